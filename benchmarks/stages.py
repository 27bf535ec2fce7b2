"""One run of `compliance study`, or one export of it, with what each stage takes; `study_stages.py` starts it.

A file of its own that imports little: the program's processes import the file that was started, and would be measured
with all that it imports. Linux only: memory is read from /proc.
"""

from __future__ import annotations

import argparse
import cProfile
import functools
import importlib
import json
import os
import pstats
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

# What a study does, in order: the module that calls it, and by which name.
STAGES: Final = {
    "reading": ("compliance.runs.run", "_analyse_each"),
    "comparing": ("compliance.runs.corpus_stage", "compare_documents"),
    "relating": ("compliance.runs.corpus_stage", "relate_documents"),
    "scoring": ("compliance.runs.corpus_stage", "_score"),
    "report": ("compliance.runs.run", "write_run_report"),
    "outlines": ("compliance.study.run", "StudySource.outline"),
    "study": ("compliance.study.run", "make_study"),
    "saving the study": ("compliance.study.run", "RunStore.save_study"),
    "study pages": ("compliance.study.run", "_write"),
}
STUDY: Final = "study"
EXPORTS: Final = "exports"
WORKERS: Final = "worker processes"
REST: Final = "rest"


@dataclass
class Stages:
    """Processor seconds of this process, and its most MB, by stage; what its workers used has a row of its own."""

    seconds: dict[str, float] = field(default_factory=dict)
    megabytes: dict[str, float] = field(default_factory=dict)
    clock: float = 0.0
    profiled: str | None = None

    @contextmanager
    def measure(self, name: str) -> Iterator[None]:
        """Measure the block as a stage."""
        before = read_processor()
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak starts anew
        with profile(enabled=name == self.profiled):
            yield
        self.seconds[name] = self.seconds.get(name, 0.0) + read_processor() - before
        self.megabytes[name] = max(self.megabytes.get(name, 0.0), read_peak())

    @property
    def processor(self) -> float:
        """All processor seconds of the run."""
        return sum(self.seconds.values())


@contextmanager
def profile(*, enabled: bool) -> Iterator[None]:
    """List the functions of the block on standard error by their processor seconds, if enabled."""
    if not enabled:
        yield
        return
    with cProfile.Profile(time.process_time) as found:
        yield
    pstats.Stats(found, stream=sys.stderr).sort_stats("cumulative").print_stats(70)


def read_processor(who: int = resource.RUSAGE_SELF) -> float:
    """Return the processor seconds of this process, or of those that it has waited for."""
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def read_peak() -> float:
    """Return the most MB that this process has held since its peak was last started anew."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def main() -> None:
    """Do what the arguments ask for and print what it took as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=(STUDY, EXPORTS))
    parser.add_argument("folder", type=Path, help="with the corpus; settings.toml is in the folder around it")
    parser.add_argument("--as-of", required=True)
    parser.add_argument("--profile", help="stage whose functions are listed")
    asked = parser.parse_args()
    stages = Stages(profiled=asked.profile)
    started = time.perf_counter()
    if asked.what == STUDY:
        study_here(asked.folder, stages, as_of=asked.as_of)
    else:
        export_here(asked.folder, stages)
    stages.seconds[REST] = read_processor() - stages.processor
    stages.seconds[WORKERS] = read_processor(resource.RUSAGE_CHILDREN)
    stages.clock = time.perf_counter() - started
    print(json.dumps(asdict(stages)))


def study_here(work: Path, stages: Stages, *, as_of: str) -> None:
    """Study the folder's corpus as the command does and note what each stage takes."""
    with profile(enabled=stages.profiled == REST):
        from compliance.cli.app import main as run_command

        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command does before it imports what is watched
        for name, place in STAGES.items():
            watch(*place, stage=name, stages=stages)
        words = [work / "korpus", "--out", work / "out", "--as-of", as_of, "--places", work / "places.csv"]
        sys.argv = ["compliance", "study", *map(str, words), "--config", str(work.parent / "settings.toml")]
        with suppress(SystemExit):
            run_command()


def watch(module: str, name: str, *, stage: str, stages: Stages) -> None:
    """Have a function's calls measured as a stage."""
    *owners, last = name.split(".")
    owner: Any = importlib.import_module(module)
    for each in owners:
        owner = getattr(owner, each)
    work = getattr(owner, last)

    @functools.wraps(work)
    def measured(*args: Any, **options: Any) -> Any:
        with stages.measure(stage):
            return work(*args, **options)

    setattr(owner, last, measured)


def export_here(work: Path, stages: Stages) -> None:
    """Write the folder's study in each format and note what each takes."""
    from compliance.config import load_config
    from compliance.study.export.run import ExportKind, export_run

    config = load_config(work.parent / "settings.toml")
    with profile(enabled=stages.profiled == EXPORTS):
        for kind in ExportKind:
            with stages.measure(f"export: {kind.value}"):
                export_run(work / "out", out=work / "exports", config=config, kinds=[kind])


if __name__ == "__main__":
    main()
