"""Processor seconds that `compliance serve` uses of a draft before its first page is shown, and before its report is.

    python benchmarks/serve.py DRAFT

The second run of a draft is warm: the cache then has its vectors.
"""

from __future__ import annotations

import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

import psutil

from compliance.config import Config
from compliance.web.jobs import Job, JobStore
from compliance.web.work import work_on


class TimedStore(JobStore):
    """Tells what was used each time that something is there to show: the first page, then the report."""

    def save_result(self, job: Job, result: dict[str, object]) -> None:
        """Keep what is shown of a job, and print the seconds."""
        super().save_result(job, result)
        ended = resource.getrusage(resource.RUSAGE_CHILDREN)
        alive = (child.cpu_times() for child in psutil.Process().children(recursive=True))
        beside = ended.ru_utime + ended.ru_stime + sum(each.user + each.system for each in alive)
        shown = "report" if "verdict" in result else "first page"
        print(f"{shown}: {time.process_time():.1f} s in its own process, {beside:.1f} s in others beside it")


def main() -> None:
    """Work on the draft as `compliance serve` does."""
    draft = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        store = TimedStore(Path(folder))
        job = store.add(draft.name)
        shutil.copy(draft, store.input_of(job))
        work_on(job, store=store, config=Config())


if __name__ == "__main__":
    main()
