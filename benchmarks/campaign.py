"""What goes wrong when everything does: kills, damaged files, hostile files, orders, no network, memory.

Run: `python benchmarks/campaign.py [--seed 1] [--kills 40] [--mutations 5000] [--analyse] [--hostile] [--orders]
[--offline] [--documents 400] [--pages 1200]`; what is not asked for is not run. With `--analyse`, files are taken
through the whole analysis of a document, else they are only read. Ends with 1 where anything differs from what
docs/reliability.md promises. Linux only: it looks for what is left behind in /proc.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias
from uuid import uuid4

import duckdb

from compliance.config import Config, override
from compliance.records import Analysis, Reading, Rejected, RejectionReason
from compliance.runs.isolation import analyse_each, read_each
from hostile_files import HOSTILE

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "corpus" / "documents"
MAX_NAMED = 100  # files of which each is named with its answer, on stderr
END_SECONDS = 5  # within which no worker of a killed run may be left
LIMITS = {"run.document_seconds": 15, "run.page_seconds": 1, "run.document_memory_mb": 1000}
NOT_COMPARED = frozenset(("runs", "keys", "schema_version", "rejected", "given_up"))  # times, ids and places

Work: TypeAlias = Callable[..., Iterator[tuple[Path, Analysis | Reading | Rejected]]]


@dataclass(slots=True)
class Tally:
    """What became of the files of one part, and what was not as it should be."""

    outcomes: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def note(self, name: str, result: Analysis | Reading | Rejected) -> None:
        """Count one file; an error of ours is a fault, and so is a rejection without a word of what to do."""
        result = result.reading if isinstance(result, Analysis) else result
        if isinstance(result, Reading):
            quality = result.document.quality
            self.outcomes["read with a warning" if quality and quality.warnings else "read"] += 1
            return
        self.outcomes[f"rejected: {result.reason}"] += 1
        if result.reason is RejectionReason.FAILED or not result.detail:
            self.faults.append(f"{name}: {result.detail}")

    def describe(self) -> str:
        """Return the counts on one line, the most frequent first, and each fault on one."""
        counts = ", ".join(f"{count} {name}" for name, count in self.outcomes.most_common())
        return "\n".join([counts, *(f"  FAULT {fault}" for fault in self.faults)])


def main() -> int:
    """Run the parts that are asked for, print what each found, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    for name in ("kills", "mutations", "documents", "pages"):
        parser.add_argument(f"--{name}", type=int, default=0)
    for name in ("analyse", "hostile", "orders", "offline"):
        parser.add_argument(f"--{name}", action="store_true")
    asked = parser.parse_args()
    faults = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, part in choose_parts(asked, Path(folder)).items():
            started = time.monotonic()
            tally = part()
            print(f"{name} ({time.monotonic() - started:.0f} s): {tally.describe()}", flush=True)
            faults += len(tally.faults)
    return int(faults > 0)


def choose_parts(asked: argparse.Namespace, folder: Path) -> Mapping[str, object]:
    """Return the parts that are asked for, by what to call them."""
    work = analyse_each if asked.analyse else read_each
    parts = {
        "hostile files": asked.hostile and (lambda: read_hostile(folder / "hostile", work=work)),
        "mutations": asked.mutations
        and (lambda: read_mutations(folder / "mutated", asked.mutations, asked.seed, work=work)),
        "orders": asked.orders and (lambda: compare_orders(folder / "orders")),
        "offline": asked.offline and (lambda: run_offline(folder / "offline")),
        "kills": asked.kills and (lambda: kill_runs(folder / "kills", asked.kills, asked.seed)),
        "memory over documents": asked.documents and (lambda: measure_documents(folder / "many", asked.documents)),
        "memory of a long document": asked.pages and (lambda: measure_pages(folder / "long", asked.pages)),
    }
    return {name: part for name, part in parts.items() if part}


# Files


def read_files(files: Sequence[Path], *, work: Work = read_each) -> Tally:
    """Read files as a run does, or analyse them, within limits."""
    tally, started = Tally(), time.monotonic()
    for path, result in work(files, config=override(Config(), LIMITS)):
        tally.note(path.name, result)
        if sum(tally.outcomes.values()) % MAX_NAMED == 0:
            print(f"  {time.monotonic() - started:.0f} s {tally.describe()}", file=sys.stderr)
        if len(files) <= MAX_NAMED:
            said = result.detail if isinstance(result, Rejected) else "read"
            print(f"  {time.monotonic() - started:.0f} s {path.name}: {said}", file=sys.stderr)
    missing = len(files) - sum(tally.outcomes.values())
    if missing:
        tally.faults.append(f"{missing} files have no outcome")
    return tally


def read_hostile(folder: Path, names: Sequence[str] = tuple(HOSTILE), *, work: Work = read_each) -> Tally:
    """Read each hostile file."""
    folder.mkdir(parents=True)
    for name in names:
        (folder / name).write_bytes(HOSTILE[name]())
    return read_files([folder / name for name in names], work=work)


def read_mutations(folder: Path, count: int, seed: int, *, work: Work = read_each) -> Tally:
    """Read so many damaged copies of the sample documents."""
    folder.mkdir(parents=True)
    chosen = random.Random(seed)
    sources = sorted(path for path in SAMPLES.iterdir() if path.suffix in {".pdf", ".docx"})
    page = make_web_page(sources, folder)
    sources += [page] * (len(sources) // 2)
    files = []
    for number in range(count):
        source = chosen.choice(sources)
        files.append(folder / f"{number:05d}{source.suffix}")
        files[-1].write_bytes(mutate(source.read_bytes(), chosen))
    return read_files(files, work=work)


def make_web_page(sources: Sequence[Path], folder: Path) -> Path:
    """Return a web page with the text of the first document that can be read."""
    reading = next(result for _, result in read_each(sources[:1], config=Config()) if isinstance(result, Reading))
    paragraphs = "".join(f"<p>{passage.text}</p>\n" for passage in reading.passages)
    path = folder / "source.html"
    path.write_text(f"<html><head><title>Plan</title></head><body>{paragraphs}</body></html>", encoding="utf-8")
    return path


def mutate(content: bytes, chosen: random.Random) -> bytes:
    """Return the bytes damaged in one of five ways: flipped, cut off, cut out, doubled, zeroed."""
    damaged = bytearray(content)
    first = chosen.randrange(len(content))
    length = chosen.randrange(1, 4096)
    match chosen.randrange(5):
        case 0:
            for _ in range(chosen.randrange(1, 64)):
                damaged[chosen.randrange(len(damaged))] ^= 1 << chosen.randrange(8)
        case 1:
            del damaged[max(first, 100) :]
        case 2:
            del damaged[first : first + length]
        case 3:
            damaged[first:first] = damaged[first : first + length]
        case _:
            damaged[first : first + length] = bytes(len(damaged[first : first + length]))
    return bytes(damaged)


# Runs


def command(*words: str | Path) -> list[str]:
    """Return a `compliance` command of this environment."""
    return [sys.executable, "-c", "from compliance.cli.app import main; main()", *map(str, words)]


def choose_samples(folder: Path, count: int = 4) -> Path:
    """Return a folder with a few short sample documents."""
    target = folder / "documents"
    target.mkdir(parents=True)
    for path in sorted(SAMPLES.iterdir(), key=lambda path: path.stat().st_size)[:count]:
        shutil.copy(path, target)
    return target


def write_settings(folder: Path, processes: int = 2) -> Path:
    """Return settings with a cache of their own, so that a run unpacks and computes all anew."""
    file = folder / "settings.toml"
    file.write_text(f'[run]\nprocesses = {processes}\n[model]\ncache_folder = "{folder / "cache"}"\n', encoding="utf-8")
    return file


def read_tables(out: Path) -> dict[str, list[str]]:
    """Return every row that a run found, sorted; without what tells when and where it was run."""
    with duckdb.connect(out / "run.duckdb", read_only=True) as connection:
        names = [row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        tables = {}
        for name in sorted(set(names) - NOT_COMPARED):
            columns = "* EXCLUDE (path)" if name == "documents" else "*"
            order = "EXCLUDE (position)" if has_column(connection, name, "position") else ""
            selected = f"* {order}" if order else columns
            tables[name] = sorted(map(repr, connection.execute(f"SELECT {selected} FROM {name}").fetchall()))
    return tables


def has_column(connection: duckdb.DuckDBPyConnection, table: str, column: str) -> bool:
    """Whether a table has the column; positions number the rows of one insert, and documents come as they finish."""
    found = "SELECT 1 FROM duckdb_columns() WHERE table_name = ? AND column_name = ?"
    return connection.execute(found, [table, column]).fetchone() is not None


def compare_tables(before: dict[str, list[str]], now: dict[str, list[str]], what: str) -> list[str]:
    """Return a fault for each table that differs."""
    return [f"{what}: {name} differs" for name in before if before[name] != now.get(name)]


def kill_runs(folder: Path, count: int, seed: int) -> Tally:
    """Kill runs at random moments, start them again until they are done, and compare with one left alone."""
    tally, chosen = Tally(), random.Random(seed)
    documents = choose_samples(folder)
    settings = write_settings(folder)
    started = time.monotonic()
    subprocess.run(
        command("analyse", documents, "--out", folder / "whole", "--config", settings), check=False, capture_output=True
    )
    whole, seconds = read_tables(folder / "whole"), time.monotonic() - started
    while tally.outcomes["killed"] + tally.outcomes["terminated"] < count:
        out = folder / f"round{tally.outcomes['compared']}"
        shutil.rmtree(folder / "cache", ignore_errors=True)
        while kill_once(command("analyse", documents, "--out", out, "--config", settings), chosen, seconds, tally):
            if tally.outcomes["killed"] + tally.outcomes["terminated"] >= count:
                subprocess.run(
                    command("analyse", documents, "--out", out, "--config", settings), check=False, capture_output=True
                )
                break
        tally.faults += compare_tables(whole, read_tables(out), out.name)
        tally.outcomes["compared"] += 1
    return tally


def kill_once(words: list[str], chosen: random.Random, seconds: float, tally: Tally) -> bool:
    """Start a run and end it at a random moment; return whether it was still running. Notes workers left behind."""
    mark = uuid4().hex
    with subprocess.Popen(
        words, env={**os.environ, "CAMPAIGN": mark}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            process.wait(chosen.uniform(0, seconds))
        except subprocess.TimeoutExpired:
            number, name = chosen.choice([(signal.SIGKILL, "killed"), (signal.SIGTERM, "terminated")])
            process.send_signal(number)
            process.wait()
            tally.outcomes[name] += 1
        else:
            return False
    print(f"  {dict(tally.outcomes)}, {len(tally.faults)} faults", file=sys.stderr)
    give_up = time.monotonic() + END_SECONDS
    while (left := find_marked(mark)) and time.monotonic() < give_up:
        time.sleep(0.1)
    tally.faults += [f"process {number} was left behind" for number in left]
    return True


def find_marked(mark: str) -> list[int]:
    """Return the processes whose environment has the mark."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdecimal() and f"CAMPAIGN={mark}".encode() in (folder / "environ").read_bytes():
                found.append(int(folder.name))
        except OSError:  # ended meanwhile
            continue
    return found


def compare_orders(folder: Path) -> Tally:
    """Analyse the same documents in two orders, with one worker and with two."""
    tally = Tally()
    files = sorted(choose_samples(folder).iterdir())
    tables = []
    for number, (processes, order) in enumerate([(1, files), (2, files[::-1])]):
        out = folder / f"out{number}"
        words = command("analyse", *order, "--out", out, "--config", write_settings(folder, processes))
        subprocess.run(words, check=False, capture_output=True)
        tables.append(read_tables(out))
        tally.outcomes["runs"] += 1
    tally.faults += compare_tables(tables[0], tables[1], "order and workers")
    return tally


def can_unshare() -> bool:
    """Whether this machine lets a process have a network namespace of its own."""
    program = shutil.which("unshare")
    return program is not None and subprocess.run([program, "-rn", "true"], check=False).returncode == 0


def run_offline(folder: Path, names: Sequence[str] = ()) -> Tally:
    """Run every command, or those named, in a network namespace without interfaces."""
    tally = Tally()
    documents = choose_samples(folder, 1)
    file = next(documents.iterdir())
    commands = {
        "analyse": ["analyse", file, "--out", folder / "out"],
        "ingest": ["ingest", file],
        "guidelines list": ["guidelines", "list"],
        "guidelines lint": ["guidelines", "lint"],
        "guidelines import": ["guidelines", "import", file, "--config", write_settings(folder)],
        "model info": ["model", "info"],
        "evaluate": ["evaluate", "--lint-only", ROOT / "corpus"],
        "check": ["check", file, "--out", folder / "checked"],
        "reuse": ["reuse", write_lines(folder, file), "--out", folder / "spans.jsonl"],
        "model prepare": ["model", "prepare"],
        "analyse with a model by name": ["analyse", file, "--out", folder / "named", "--model", "no-such/model"],
    }
    environment = {**os.environ, "XDG_DATA_HOME": str(folder / "data")}
    for name in names or commands:
        words = commands[name]
        done = subprocess.run(
            ["unshare", "-rn", *command(*words)], capture_output=True, text=True, check=False, env=environment
        )
        tally.outcomes[f"{name}: {done.returncode}"] += 1
        if "Traceback" in done.stderr or "Feil i programmet" in done.stderr:
            tally.faults.append(f"{name}: {done.stderr.splitlines()[-1]}")
    return tally


def write_lines(folder: Path, file: Path) -> Path:
    """Return a file of two documents, a line each, as `compliance reuse` takes them."""
    text = file.read_text(encoding="utf-8", errors="replace")
    lines = folder / "lines.jsonl"
    rows = [{"id": name, "text": text[:20_000]} for name in ("a", "b")]
    lines.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return lines


def measure_documents(folder: Path, count: int) -> Tally:
    """Analyse many small documents and tell the memory of the processes in each quarter of the time."""
    folder.mkdir(parents=True)
    documents = folder / "documents"
    documents.mkdir()
    chosen = random.Random(1)
    for number in range(count):
        numbers = [chosen.randrange(9999) for _ in range(30)]
        lines = [
            f"Kommunen skal gi {one} innbyggere digitale tjenester i tiltak nummer {two}."
            for one, two in pairwise(numbers)
        ]
        (documents / f"{number}.txt").write_text(f"Plan {number}\n\n" + "\n\n".join(lines), encoding="utf-8")
    return measure_run(documents, folder)


def measure_pages(folder: Path, pages: int) -> Tally:
    """Analyse one long document and tell the most memory that it took."""
    import pymupdf

    folder.mkdir(parents=True)
    with pymupdf.open() as document:
        for number in range(pages):
            page = document.new_page()
            for line in range(16):
                page.insert_text(
                    (72, 90 + 40 * line), f"Kommunen skal på side {number} sørge for tiltak nummer {line}."
                )
        document.save(folder / "long.pdf")
    return measure_run(folder / "long.pdf", folder)


def measure_run(path: Path, folder: Path) -> Tally:
    """Analyse with two workers and note the most memory of the main process and of a worker, by quarter."""
    tally, mark = Tally(), uuid4().hex
    samples: list[tuple[int, int]] = []
    words = command("analyse", path, "--out", folder / "out", "--config", write_settings(folder))
    with subprocess.Popen(
        words, env={**os.environ, "CAMPAIGN": mark}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        watcher = threading.Thread(target=sample_memory, args=(process, mark, samples))
        watcher.start()
        process.wait()
        watcher.join()
    for quarter, some in enumerate(split_quarters(samples), start=1):
        tally.outcomes[f"MB of the main process, quarter {quarter}"] = max(main for main, _ in some)
        tally.outcomes[f"MB of the largest worker, quarter {quarter}"] = max(worker for _, worker in some)
    if process.returncode:
        tally.faults.append(f"exit code {process.returncode}")
    return tally


def sample_memory(process: subprocess.Popen[bytes], mark: str, samples: list[tuple[int, int]]) -> None:
    """Note the memory of the main process and of its largest worker twice a second, while it runs."""
    while process.poll() is None:
        sizes = {number: read_megabytes(number) for number in find_marked(mark)}
        main = sizes.pop(process.pid, 0)
        samples.append((main, max(sizes.values(), default=0)))
        time.sleep(0.5)


def read_megabytes(process: int) -> int:
    """Return the resident memory of a process."""
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS")), 0)


def split_quarters(samples: Sequence[tuple[int, int]]) -> Iterator[Sequence[tuple[int, int]]]:
    """Yield the samples in four parts; fewer where there are fewer samples."""
    size = max(1, -(-len(samples) // 4))
    yield from (samples[first : first + size] for first in range(0, len(samples), size))


if __name__ == "__main__":
    sys.exit(main())
