"""The drafts that someone has put in: a folder each, so that a restart loses nothing that was finished."""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from compliance.files import write_atomically

JOB: Final = "job.json"
RESULT: Final = "result.json"
INPUT: Final = "input"
OUT: Final = "out"
PAGES: Final = "pages"
_ID: Final = re.compile(r"[0-9a-f]{32}")
_UNSAFE: Final = re.compile(r"[^\w .()-]+")
_ENDING: Final = re.compile(r"\.[A-Za-z0-9]{1,8}$")
_MAX_NAME: Final = 100  # characters of a file name that are kept; most file systems take 255 bytes


class JobState(StrEnum):
    """How far a draft has come."""

    WAITING = "waiting"
    READING = "reading"  # nothing is known of it yet
    ANALYSING = "analysing"  # it is read, and what it is can be shown
    DONE = "done"
    FAILED = "failed"  # `message` says what to do


ENDED: Final = frozenset((JobState.DONE, JobState.FAILED))


@dataclass(frozen=True, slots=True)
class Job:
    """One draft on its way through the check."""

    id: str  # 32 hex digits, drawn by chance
    name: str  # the file as the user named it, for people
    file: str  # what it is called in the job's folder
    state: JobState
    created: str  # ISO 8601, UTC
    message: str = ""


class JobStore:
    """The jobs in a folder, each in one of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def add(self, name: str) -> Job:
        """Return a new job, with a folder whose `input` takes the file."""
        shown = Path(name.replace("\\", "/")).name or "utkast"
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        job = Job(uuid4().hex, shown, make_safe_name(shown), JobState.WAITING, now)
        (self.path(job.id) / INPUT).mkdir(parents=True)
        self.save(job)
        return job

    def path(self, job_id: str) -> Path:
        """Return the folder of a job; KeyError for what is no job id, such as a path."""
        if not _ID.fullmatch(job_id):
            raise KeyError(job_id)
        return self.folder / job_id

    def input_of(self, job: Job) -> Path:
        """Return the draft's own file."""
        return self.path(job.id) / INPUT / job.file

    def save(self, job: Job) -> None:
        """Keep a job as it is now, whole or not at all."""
        _write_json(self.path(job.id) / JOB, asdict(job))

    def load(self, job_id: str) -> Job:
        """Return a job; KeyError where there is none."""
        return self._read(self.path(job_id)) or _raise_missing(job_id)

    def _read(self, folder: Path) -> Job | None:
        try:
            content = json.loads((folder / JOB).read_text(encoding="utf-8"))
            return Job(**{**content, "state": JobState(content["state"])})
        except (OSError, ValueError, TypeError, KeyError):
            return None  # being made or removed right now, or damaged from outside

    def list_all(self) -> list[Job]:
        """Return every job, the latest first."""
        jobs = (self._read(folder) for folder in self.folder.iterdir() if _ID.fullmatch(folder.name))
        return sorted((job for job in jobs if job), key=lambda job: (job.created, job.id), reverse=True)

    def move(self, job: Job, state: JobState, *, message: str = "") -> Job:
        """Return the job in its new state, kept."""
        moved = replace(job, state=state, message=message)
        self.save(moved)
        return moved

    def delete(self, job_id: str) -> None:
        """Remove a job with all its files; KeyError where there is none."""
        job = self.load(job_id)
        shutil.rmtree(self.path(job.id), ignore_errors=True)

    def restart_unfinished(self) -> list[Job]:
        """Put what was under way when the program ended back in the queue; return the queue, first come first."""
        waiting = [job for job in self.list_all() if job.state not in ENDED]
        return [self.move(job, JobState.WAITING) for job in reversed(waiting)]

    def save_result(self, job: Job, result: dict[str, Any]) -> None:
        """Keep what the page shows of a finished job, or of one that is read and not yet finished."""
        _write_json(self.path(job.id) / RESULT, result)

    def load_result(self, job: Job) -> dict[str, Any] | None:
        """Return what is known of the draft, None where nothing is yet."""
        try:
            result: dict[str, Any] = json.loads((self.path(job.id) / RESULT).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return result


def make_safe_name(name: str) -> str:
    """Return a file name that is one on every system: no path, no reserved characters, the ending kept."""
    plain = _UNSAFE.sub("_", unicodedata.normalize("NFC", name))
    ending = _ENDING.search(plain)
    stem = plain[: ending.start()] if ending else plain
    return (stem.strip(" ._")[:_MAX_NAME] or "utkast") + (ending[0] if ending else "")


def _write_json(path: Path, content: object) -> None:
    with write_atomically(path) as file:
        file.write(json.dumps(content, ensure_ascii=False).encode("utf-8", "replace"))


def _raise_missing(job_id: str) -> Job:
    raise KeyError(job_id)
