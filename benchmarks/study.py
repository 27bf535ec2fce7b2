"""How `compliance study` grows with the number of municipalities: speed, memory, sizes, reruns, and what kills lose.

Run: `python benchmarks/study.py [--municipalities 4 8 16] [--pages 5] [--workers 2] [--kill 2]`; the full size is
`--municipalities 357 --pages 40`. For each size a corpus is made: four documents a municipality of exactly so many
pages, `manifest.csv`, and a places file. It is studied with an empty vector cache, then unchanged, then with one
document written anew. With `--kill`, a study of the same corpus in another folder is killed (SIGKILL) that many times,
each time at a drawn moment of what remains of it, and gone on with; its tables are compared with those of the first.
Ends with 1 where a table differs or a process is left behind. Linux only: memory is read from /proc twice a second.

The municipalities are fictional. Sentences are the sample corpus' own, most with half of their words drawn anew; a few
stand as they are, in many documents (`SHARED`), so that there is wording to find.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import uuid4

from analysis import collect_sentences, make_sentence, write_pdf
from campaign import (
    END_SECONDS,
    command,
    compare_tables,
    find_marked,
    read_tables,
    sample_memory,
    split_quarters,
    write_settings,
)

TYPES: Final = {  # the name of its files in the sample corpus, by document type: title, period
    "digitaliseringsstrategi": ("Digitaliseringsstrategi for {} kommune 2023–2026", "2023-2026"),
    "samfunnsdel": ("Kommuneplanens samfunnsdel for {} kommune 2022–2034", "2022-2034"),
    "okonomiplan": ("Økonomiplan for {} kommune 2025–2028", "2025-2028"),
    "temaplan": ("Temaplan for helse og velferdsteknologi i {} kommune 2023–2030", "2023-2030"),
}
AS_OF: Final = "2025-06-30"  # all of the periods hold it
SHARED: Final = 0.02  # of the sentences are the sample corpus' own, word for word
CHAPTERS: Final = 5  # a page; more than it holds, since the layout stops at the last page
FIRST: Final = (
    *("Alm", "Bark", "Due", "Elg", "Furu", "Gaupe", "Hegg", "Jerv", "Kråke", "Lerke"),
    *("Lom", "Nise", "Orre", "Pil", "Rype", "Selje", "Trane", "Ugle", "Vier", "Våk"),
)
LAST: Final = (
    *("bekken", "berget", "bukta", "eidet", "fallet", "flata", "grenda", "kollen", "lia", "moen"),
    *("myra", "neset", "odden", "reina", "sletta", "stranda", "sundet", "tangen", "vollen", "åsen"),
)
SMALL: Final = 100  # MB; a process below this is no worker
# When and by which run the study and its pages were made; which matches that are not told of were described depends on
# the blocks.
NOT_COMPARED: Final = frozenset(("study_info", "study_pages", "shared_sides"))
HEADINGS: Final = (
    *("municipalities", "documents", "pages", "seconds", "of it after the last document", "processor seconds"),
    *("pages/s", "MB of the main process, by quarter", "MB of the largest worker, by quarter", "database, MB"),
    *("overview, kB", "unchanged, s", "of processor"),
    *("one document changed, s", "of processor", "MB of its main process"),
)


@dataclass(frozen=True, slots=True)
class Writer:
    """Makes documents of `pages` pages from sentences that were collected once."""

    pages: int
    seed: int
    words: Sequence[str]
    sentences: dict[str, list[str]]  # by document type

    def write(self, folder: Path, number: int, kind: str, *, version: int = 0) -> Path:
        """Write one document; the same seed, number, type and version make the same bytes."""
        draw = random.Random(f"{self.seed} {number} {kind} {version}")
        path = folder / f"{number:05}_{kind}.pdf"
        written = write_pdf(path, "".join(self._write_chapters(draw, number, kind)), most=self.pages)
        if written != self.pages:
            raise ValueError(f"{path.name}: {written} pages, not {self.pages}")
        return path

    def _write_chapters(self, draw: random.Random, number: int, kind: str) -> Iterator[str]:
        yield f"<h1>{TYPES[kind][0].format(name_municipality(number))}</h1>"
        for chapter in range(1, CHAPTERS * self.pages + 1):
            heading = make_sentence(draw, self.sentences[kind], self.words)[:50].rsplit(" ", 1)[0]
            yield f"<h2>{chapter} {heading}</h2>"
            for _ in range(3):
                yield f"<p>{' '.join(self._make_sentence(draw, kind) for _ in range(draw.randint(2, 4)))}</p>"
            yield f"<ul>{''.join(f'<li>{self._make_sentence(draw, kind)}</li>' for _ in range(3))}</ul>"

    def _make_sentence(self, draw: random.Random, kind: str) -> str:
        if draw.random() < SHARED:
            return draw.choice(self.sentences[kind])
        return make_sentence(draw, self.sentences[kind], self.words)


@dataclass(frozen=True, slots=True)
class Measured:
    """One run of the command."""

    seconds: float
    processor: float  # seconds, of the main process and its workers
    alone: float  # seconds at the end in which no worker was there
    main: tuple[int, ...]  # MB, the most in each quarter of the run
    worker: tuple[int, ...]  # MB, of the largest worker


def main() -> int:
    """Make each size, measure it, print a row of a table for each, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--municipalities", type=int, nargs="+", default=[4])
    parser.add_argument("--pages", type=int, default=5, help="pages a document")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kill", type=int, default=0, help="times that a study of the same corpus is killed")
    asked = parser.parse_args()
    writer, faults = make_writer(asked.pages, seed=asked.seed), []
    print("|".join(("", *HEADINGS, "")), "|".join(("", *("---" for _ in HEADINGS), "")), sep="\n", flush=True)
    for count in asked.municipalities:
        with tempfile.TemporaryDirectory() as folder:
            work = Path(folder)
            make_corpus(work / "korpus", count, writer)
            seconds = measure_size(work, count, writer, workers=asked.workers).seconds
            if asked.kill:
                faults += kill_study(work, count, writer, asked=asked, seconds=seconds)
    for fault in faults:
        print(fault, file=sys.stderr)
    return int(bool(faults))


# The corpus


def name_municipality(number: int) -> str:
    """Return a name that no municipality has; numbered from the 401st on."""
    turn, place = divmod(number, len(FIRST) * len(LAST))
    name = FIRST[place // len(LAST)] + LAST[place % len(LAST)]
    return f"{name} {turn + 1}" if turn else name


def make_writer(pages: int, *, seed: int) -> Writer:
    """Return a writer of documents with the sentences of the sample corpus."""
    words = " ".join(collect_sentences()).replace(".", "").split()
    return Writer(pages, seed, words, {kind: collect_sentences(f"*{kind}*.md") for kind in TYPES})


def make_corpus(folder: Path, municipalities: int, writer: Writer, *, kinds: Sequence[str] = tuple(TYPES)) -> None:
    """Write the documents of these types and their manifest into the folder, and a places file beside it."""
    folder.mkdir(parents=True)
    with (folder / "manifest.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("municipality_number", "type", "period", "file", "sha256", "source"))
        for number in range(municipalities):
            for kind in kinds:
                path, period = writer.write(folder, number, kind), TYPES[kind][1]
                sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
                rows.writerow((name_municipality(number), kind, period, path.name, sha256, "generated"))
    draw = random.Random(writer.seed)
    places = [
        f"{name_municipality(number)};{round(draw.lognormvariate(8.6, 1.1))};{draw.randint(1, 6)}\n"
        for number in range(municipalities)
    ]
    (folder.parent / "places.csv").write_text(
        "kommunenummer;innbyggere;sentralitet\n" + "".join(places), encoding="utf-8"
    )


# The study


def measure_size(work: Path, municipalities: int, writer: Writer, *, workers: int) -> Measured:
    """Study a corpus cold, unchanged and with one document changed, and print the row."""
    words = study_command(work, settings=write_settings(work, workers))
    whole = measure_run(words)
    shutil.copytree(work / "out", work / "whole")  # before it changes, to compare with
    unchanged = measure_run(words)
    writer.write(work / "korpus", 0, "digitaliseringsstrategi", version=1)
    changed = measure_run(words)
    documents = municipalities * len(TYPES)
    pages = documents * writer.pages
    figures = (
        *(municipalities, documents, pages, f"{whole.seconds:.0f}", f"{whole.alone:.0f}", f"{whole.processor:.0f}"),
        *(f"{pages / whole.seconds:.2f}", ", ".join(map(str, whole.main)), ", ".join(map(str, whole.worker))),
        f"{(work / 'whole' / 'run.duckdb').stat().st_size / 1e6:.1f}",
        f"{(work / 'whole' / 'report' / 'index.html').stat().st_size / 1e3:.0f}",
        *(f"{unchanged.seconds:.1f}", f"{unchanged.processor:.1f}"),
        *(f"{changed.seconds:.0f}", f"{changed.processor:.0f}", max(changed.main)),
    )
    print("| " + " | ".join(map(str, figures)) + " |", flush=True)
    return whole


def study_command(work: Path, *, settings: Path) -> list[str]:
    """Return the command that studies the folder's `korpus` into its `out`."""
    return command(
        *("study", work / "korpus", "--out", work / "out", "--as-of", AS_OF),
        *("--places", work / "places.csv", "--config", settings),
    )


def start(words: Sequence[str], mark: str) -> subprocess.Popen[bytes]:
    """Start a command whose processes can be found by the mark."""
    return subprocess.Popen(
        words, env={**os.environ, "CAMPAIGN": mark}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )


def measure_run(words: Sequence[str]) -> Measured:
    """Run a command to its end. Raises CalledProcessError where it does not end well."""
    samples: list[tuple[int, int]] = []
    mark, started, before = uuid4().hex, time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    with start(words, mark) as process:
        watcher = threading.Thread(target=sample_memory, args=(process, mark, samples))
        watcher.start()
        _, said = process.communicate()
        watcher.join()
    seconds, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, words, stderr=said.decode())
    last = max((number for number, (_, worker) in enumerate(samples) if worker > SMALL), default=-1)
    quarters = list(split_quarters(samples))
    return Measured(
        seconds,
        after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        seconds * (1 - (last + 1) / len(samples)),
        tuple(max(main for main, _ in some) for some in quarters),
        tuple(max(worker for _, worker in some) for some in quarters),
    )


def kill_study(
    work: Path, municipalities: int, writer: Writer, *, asked: argparse.Namespace, seconds: float
) -> list[str]:
    """Kill a study of the same corpus, go on with it, and return what differs from the one that was left alone.

    Each moment is drawn from what remains of `seconds`, which the whole study took.
    """
    draw, ran, killed, faults = random.Random(asked.seed), 0.0, 0, []
    make_corpus(work / "killed" / "korpus", municipalities, writer)
    settings = write_settings(work, asked.workers)  # the same: results are those of their settings
    shutil.rmtree(work / "cache")
    words = study_command(work / "killed", settings=settings)
    for _ in range(asked.kill):
        mark, moment = uuid4().hex, draw.uniform(0.1, 0.9) * (seconds - ran)
        killed += kill_after(moment, words, mark)
        ran += moment
        faults += [f"process {number} was left behind" for number in wait_for_end(mark)]
    measure_run(words)
    before, now = (read_tables(folder) for folder in (work / "whole", work / "killed" / "out"))
    compared = {name: rows for name, rows in before.items() if name not in NOT_COMPARED}
    faults += compare_tables(compared, now, "killed")
    rows = sum(map(len, compared.values()))
    print(
        f"killed {killed} times in {ran:.0f} s ({asked.kill - killed} ended before), then gone on with: "
        f"{rows} rows of {len(compared)} tables compared, {len(faults)} faults"
    )
    return faults


def kill_after(seconds: float, words: Sequence[str], mark: str) -> bool:
    """Start a command and kill it then; return whether it was still running."""
    with start(words, mark) as process:
        try:
            process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            return True
    return False


def wait_for_end(mark: str) -> list[int]:
    """Wait until the processes with the mark have ended; return those that have not in time."""
    give_up = time.monotonic() + END_SECONDS
    while (left := find_marked(mark)) and time.monotonic() < give_up:
        time.sleep(0.1)
    return left


if __name__ == "__main__":
    sys.exit(main())
