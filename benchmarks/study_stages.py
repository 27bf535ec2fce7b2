"""What each stage of `compliance study` costs as a corpus grows: processor seconds and memory.

Run: `python benchmarks/study_stages.py [--municipalities 4 16 64] [--pages 2] [--kinds 4] [--workers 1] [--exports]
[--profile STAGE] [--keep FOLDER]`. For each size the corpus of `study.py` is made, studied, studied unchanged, studied
with one document written anew, and with `--exports` written in all formats. Every run is a process of its own, as a
user's is. Prints a table for each size. Sentences' vectors are kept from size to size, so that reading is dear in the
first alone. With `--profile` a stage's functions are listed too, those that take most first; with `--keep` the folders
stay, and a corpus that is there is used. Linux only: memory is read from /proc.
"""

from __future__ import annotations

import argparse
import cProfile
import functools
import importlib
import json
import pstats
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from study import AS_OF, TYPES, Writer, make_corpus, make_writer, write_settings

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
EXPORTS: Final = "exports"
REST: Final = "rest"


@dataclass
class Stages:
    """Processor seconds, of this process and those it waited for, and the most MB of this process, by stage."""

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


@contextmanager
def profile(*, enabled: bool) -> Iterator[None]:
    """List the functions of the block on standard error, if enabled."""
    if not enabled:
        yield
        return
    with cProfile.Profile() as found:
        yield
    pstats.Stats(found, stream=sys.stderr).sort_stats("cumulative").print_stats(70)


def read_processor() -> float:
    """Return the processor seconds of this process and of those it has waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def read_peak() -> float:
    """Return the most MB that this process has held since its peak was last started anew."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def main() -> int:
    """Measure each size, or the one run that a process of this file is started for, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--municipalities", type=int, nargs="+", default=[4])
    parser.add_argument("--pages", type=int, default=2, help="pages a document")
    parser.add_argument("--kinds", type=int, default=len(TYPES), help="documents a municipality")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--exports", action="store_true")
    parser.add_argument("--profile", choices=[*STAGES, EXPORTS], help="stage whose functions are listed")
    parser.add_argument("--keep", type=Path, help="folder in which corpora and results stay")
    parser.add_argument("--one", choices=("study", EXPORTS), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        stages = Stages(profiled=asked.profile)
        (export_here if asked.one == EXPORTS else study_here)(asked.keep, stages)
        print(json.dumps(asdict(stages)))
        return 0
    writer = make_writer(asked.pages, seed=asked.seed)
    with tempfile.TemporaryDirectory() as folder:
        for count in asked.municipalities:
            work = (asked.keep or Path(folder)) / f"{count}x{asked.kinds}x{asked.pages}"
            print(f"\n{count} municipalities, {count * asked.kinds} documents of {asked.pages} pages\n")
            show(measure_size(work, count, writer, asked))
    return 0


def measure_size(work: Path, count: int, writer: Writer, asked: argparse.Namespace) -> Mapping[str, Stages]:
    """Return what the stages took, by which run it was: anew, unchanged, one document changed."""
    kinds = [*TYPES][: asked.kinds]
    if not (work / "korpus").is_dir():
        make_corpus(work / "korpus", count, writer, kinds=kinds)
    write_settings(work.parent, asked.workers)
    found = {"anew": run_elsewhere(work, "study", asked.profile), "unchanged": run_elsewhere(work, "study")}
    writer.write(work / "korpus", 0, kinds[0], version=time.time_ns())
    found["one document changed"] = run_elsewhere(work, "study", asked.profile)
    if asked.exports:
        found[EXPORTS] = run_elsewhere(work, EXPORTS, asked.profile)
    return found


def run_elsewhere(work: Path, what: str, profiled: str | None = None) -> Stages:
    """Study or export the folder's corpus in a process of its own, and return what the stages took."""
    words = [sys.executable, __file__, "--one", what, "--keep", str(work)]
    if profiled:
        words += ["--profile", profiled]
    done = subprocess.run(words, stdout=subprocess.PIPE, check=True)
    return Stages(**json.loads(done.stdout.splitlines()[-1]))


def study_here(work: Path, stages: Stages) -> None:
    """Study the folder's corpus and note what each stage takes."""
    started = time.perf_counter()
    from compliance.config import load_config
    from compliance.study.result import StudyOptions
    from compliance.study.run import run_study

    for name, place in STAGES.items():
        watch(*place, stage=name, stages=stages)
    options = StudyOptions(as_of=date.fromisoformat(AS_OF), places=work / "places.csv")
    run_study(work / "korpus", out=work / "out", config=load_config(work.parent / "settings.toml"), options=options)
    stages.seconds[REST] = read_processor() - sum(stages.seconds.values())
    stages.clock = time.perf_counter() - started


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
    started = time.perf_counter()
    from compliance.config import load_config
    from compliance.study.export.run import ExportKind, export_run

    config = load_config(work.parent / "settings.toml")
    with profile(enabled=stages.profiled == EXPORTS):
        for kind in ExportKind:
            with stages.measure(f"export: {kind.value}"):
                export_run(work / "out", out=work / "exports", config=config, kinds=[kind])
    stages.clock = time.perf_counter() - started


def show(found: Mapping[str, Stages]) -> None:
    """Print a table of the runs, a row a stage: processor seconds, and the most MB where a stage was measured."""
    print("| " + " | ".join(("", *found)) + " |", "|---" * (len(found) + 1) + "|", sep="\n")
    for name in dict.fromkeys(name for stages in found.values() for name in stages.seconds):
        print("| " + " | ".join((name, *(describe(stages, name) for stages in found.values()))) + " |")
    for title, figures in (
        ("processor seconds", [f"{sum(each.seconds.values()):.1f}" for each in found.values()]),
        ("seconds", [f"{each.clock:.1f}" for each in found.values()]),
    ):
        print("| " + " | ".join((title, *figures)) + " |", flush=True)


def describe(stages: Stages, name: str) -> str:
    """Return a stage's processor seconds and memory, empty where a run did not have it."""
    if name not in stages.seconds:
        return ""
    memory = f" ({stages.megabytes[name]:.0f} MB)" if name in stages.megabytes else ""
    return f"{stages.seconds[name]:.1f}{memory}"


if __name__ == "__main__":
    sys.exit(main())
