"""Works through the waiting jobs, one at a time, each in a process that may die without taking anything with it."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from queue import Queue
from typing import Final

from compliance.config import Config
from compliance.web.jobs import ENDED, Job, JobState, JobStore

log = logging.getLogger(__name__)
STOPPED: Final = (
    "Programmet som leste filen, ble stanset. Prøv igjen. Skjer det på nytt, lagre filen på nytt (for eksempel som "
    "PDF/A) og last den opp derfra."
)
TOO_LONG: Final = "Filen tok mer enn {minutes} minutter og ble stanset. Del den opp, eller lagre den på nytt som PDF/A."
_SLACK_SECONDS: Final = 120  # beyond the document's own limit: starting, comparing, writing the report
_PAGES: Final = 400  # the longest plan that the limit of time has to have room for


@dataclass(slots=True)
class JobQueue:
    """Jobs that wait, and the thread that works on them."""

    store: JobStore
    config: Config
    settings: Path | None = None  # the file that the settings came from, for the process that works
    _waiting: Queue[str | None] = field(default_factory=Queue)
    _process: subprocess.Popen[bytes] | None = None
    _current: str = ""
    _asked_again: bool = False  # the current job, whose process had told its end and not yet come to it
    _lock: threading.Lock = field(default_factory=threading.Lock)  # of these two, with the job's state beside them
    _stopping: bool = False
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin with what was left unfinished when the program last ended."""
        for job in self.store.restart_unfinished():
            self._waiting.put(job.id)
        self._thread = threading.Thread(target=self._work, name="jobs", daemon=True)
        self._thread.start()

    def add(self, job: Job) -> None:
        """Put a job last in the queue."""
        self._waiting.put(job.id)

    def restart(self, job: Job) -> None:
        """Put a job that has ended last in the queue again."""
        with self._lock:
            self._asked_again |= job.id == self._current
            self.add(self.store.move(job, JobState.WAITING))

    def stop(self) -> None:
        """End the work; what was under way waits for the next start."""
        self._stopping = True
        self._waiting.put(None)
        self.cancel(self._current)
        if self._thread is not None:
            self._thread.join(timeout=5)

    def cancel(self, job_id: str) -> None:
        """End the process that works on a job, where one does."""
        if job_id and job_id == self._current and self._process is not None:
            self._process.kill()

    def _work(self) -> None:
        while (job_id := self._waiting.get()) is not None:
            try:
                job = self.store.load(job_id)
            except KeyError:
                continue  # deleted while it waited
            self._run(job)

    def _run(self, job: Job) -> None:
        command = [sys.executable, "-m", "compliance.web.work", str(self.store.folder), job.id]
        command += [str(self.settings)] if self.settings else []
        limit = self.config.run.document_seconds + _PAGES * self.config.run.page_seconds + _SLACK_SECONDS
        with self._lock:
            self._current, self._asked_again = job.id, False
        self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, env={**os.environ, "PYTHONUTF8": "1"})
        try:
            self._process.wait(timeout=limit)
            message = STOPPED
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            message = TOO_LONG.format(minutes=round(limit / 60))
        with self._lock:
            self._current = ""
            if not self._asked_again:
                self._close(job, message)

    def _close(self, job: Job, message: str) -> None:
        """Say that a job was stopped whose process ended without an answer, unless the program itself is ending."""
        if self._stopping:
            return
        try:
            now = self.store.load(job.id)
        except KeyError:
            return  # deleted while it was worked on
        if now.state not in ENDED:
            log.warning("job %s ended without an answer", job.id)
            self.store.move(now, JobState.FAILED, message=message)
