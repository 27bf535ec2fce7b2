"""What each stage of `compliance study` costs as a corpus grows: processor seconds and memory.

Run: `python benchmarks/study_stages.py [--municipalities 4 16 64] [--pages 2] [--kinds 4] [--workers 1] [--changes 3]
[--exports] [--profile STAGE] [--keep FOLDER]`. For each size the corpus of `study.py` is made, studied, studied
unchanged, studied with one document written anew (`--changes` times: the one that took least is told), and with
`--exports` written in all formats. Every run is a process of its own, as a user's is (`stages.py`). Prints a table for
each size. Sentences' vectors are kept from size to size, so that reading is dear in the first alone. With `--profile` a
stage's functions are listed too, those that take most first («rest» lists all of the command itself); with `--keep` the
folders stay, and a corpus that is there is used. Linux only.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from stages import EXPORTS, REST, STAGES, STUDY, Stages
from study import AS_OF, TYPES, Writer, make_corpus, make_writer, write_settings

RUN: Final = Path(__file__).with_name("stages.py")


def main() -> int:
    """Measure each size and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--municipalities", type=int, nargs="+", default=[4])
    parser.add_argument("--pages", type=int, default=2, help="pages a document")
    parser.add_argument("--kinds", type=int, default=len(TYPES), help="documents a municipality")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--changes", type=int, default=1, help="how often a document is written anew")
    parser.add_argument("--exports", action="store_true")
    parser.add_argument("--profile", choices=[*STAGES, EXPORTS, REST], help="stage whose functions are listed")
    parser.add_argument("--keep", type=Path, help="folder in which corpora and results stay")
    asked = parser.parse_args()
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
    found = {"anew": run_elsewhere(work, STUDY, asked.profile), "unchanged": run_elsewhere(work, STUDY)}
    changed = []
    for _ in range(asked.changes):
        writer.write(work / "korpus", 0, kinds[0], version=time.time_ns())
        changed.append(run_elsewhere(work, STUDY, asked.profile))
    found["one document changed"] = min(changed, key=lambda each: each.processor)
    if asked.exports:
        found[EXPORTS] = run_elsewhere(work, EXPORTS, asked.profile)
    return found


def run_elsewhere(work: Path, what: str, profiled: str | None = None) -> Stages:
    """Study or export the folder's corpus in a process of its own, and return what the stages took."""
    words = [sys.executable, str(RUN), what, str(work), "--as-of", AS_OF]
    if profiled:
        words += ["--profile", profiled]
    done = subprocess.run(words, stdout=subprocess.PIPE, check=True)
    return Stages(**json.loads(done.stdout.splitlines()[-1]))


def show(found: Mapping[str, Stages]) -> None:
    """Print a table of the runs, a row a stage: processor seconds, and the most MB where a stage was measured."""
    print("| " + " | ".join(("", *found)) + " |", "|---" * (len(found) + 1) + "|", sep="\n")
    for name in dict.fromkeys(name for stages in found.values() for name in stages.seconds):
        print("| " + " | ".join((name, *(describe(stages, name) for stages in found.values()))) + " |")
    for title, figures in (
        ("processor seconds", [f"{each.processor:.1f}" for each in found.values()]),
        ("seconds", [f"{each.clock:.1f}" for each in found.values()]),
    ):
        print("| " + " | ".join((title, *figures)) + " |", flush=True)


def describe(stages: Stages, name: str) -> str:
    """Return a stage's processor seconds and memory, empty where a run did not have it."""
    if name not in stages.seconds:
        return ""
    memory = f" ({stages.megabytes[name]:.0f} MB)" if name in stages.megabytes else ""
    return f"{stages.seconds[name]:.2f}{memory}"


if __name__ == "__main__":
    sys.exit(main())
