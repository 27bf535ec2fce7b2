"""What goes wrong when everything does: kills, damaged files, hostile files, orders, no network, memory.

Run: `python benchmarks/campaign.py [--seed 1] [--kills 40] [--mutations 5000] [--analyse] [--hostile] [--orders]
[--offline] [--documents 400] [--pages 1200] [--forms pdf docx html] [--processes 2]`; what is not asked for is not run.
With `--analyse`, files are taken through the whole analysis of a document, else they are only read. Ends with 1 where
anything differs from what docs/reliability.md promises. Linux only: it looks for what is left behind in /proc.
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
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

import duckdb

from campaign_files import SAMPLES, Tally, read_hostile, read_mutations
from compliance.config import Config
from compliance.records import Analysis, Rejected
from compliance.runs.analysis_pool import AnalysisPool
from compliance.runs.isolation import read_each

ROOT = Path(__file__).resolve().parent.parent
SERVED_SECONDS = 10  # that the page is open
MAX_MEGABYTES = 1500  # that a process may take for a long document
MAX_SAID = 600  # characters of what a command said that are shown of a fault
AS_OF = "2025-06-30"  # the date of the studies
END_SECONDS = 5  # within which no worker of a killed run may be left
MOMENTS = ("any", "unpacking", "report")
SIGNALS = {  # with the exit codes that tell it: the command's own, and that of a process which it ended at once
    signal.SIGKILL: (-9,),
    signal.SIGTERM: (143, -15),
    signal.SIGINT: (130, -2),
}
NOT_COMPARED = frozenset(("runs", "keys", "schema_version", "rejected", "given_up"))  # times, ids and places


def main() -> int:
    """Run the parts that are asked for, print what each found, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    for name in ("kills", "mutations", "documents", "pages"):
        parser.add_argument(f"--{name}", type=int, default=0)
    parser.add_argument("--forms", nargs="+", default=["pdf", "docx", "html"], help="of the long document")
    parser.add_argument("--processes", type=int, default=2, help="for many documents, and for a long one")
    for name in ("analyse", "hostile", "orders", "offline"):
        parser.add_argument(f"--{name}", action="store_true")
    asked = parser.parse_args()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # in the background it is ignored, and commands inherit it
    faults = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, part in choose_parts(asked, Path(folder)).items():
            started = time.monotonic()
            tally = part()
            print(f"{name} ({time.monotonic() - started:.0f} s): {tally.describe()}", flush=True)
            faults += len(tally.faults)
    return int(faults > 0)


def analyse_each(paths: Sequence[Path], *, config: Config) -> Iterator[tuple[Path, Analysis | Rejected]]:
    """Yield each file as it is analysed, in processes of its own."""
    return AnalysisPool(config).analyse_each(paths)


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
        "memory over documents": asked.documents
        and (lambda: measure_documents(folder / "many", asked.documents, asked.processes)),
    }
    if asked.pages:
        parts |= {
            f"memory of a long {form}": lambda form=form: measure_pages(
                folder / form, asked.pages, form, asked.processes
            )
            for form in asked.forms
        }
    return {name: part for name, part in parts.items() if part}


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
    """Kill runs at one moment after the other, start them again until they are done, and compare with one left alone.

    A third of the moments is drawn from the whole run, a third while the model is unpacked into an empty cache, a
    third while the report is written; with SIGKILL, SIGTERM or SIGINT.
    """
    tally, chosen = Tally(), random.Random(seed)
    documents, settings = choose_samples(folder), write_settings(folder)
    words = command("analyse", documents, "--config", settings)
    started = time.monotonic()
    subprocess.run([*words, "--out", folder / "whole"], check=False, capture_output=True)
    whole, seconds = read_tables(folder / "whole"), time.monotonic() - started
    for number in range(count):
        out = folder / f"round{tally.outcomes['compared']}"
        moment = MOMENTS[number % len(MOMENTS)]
        if moment == "unpacking" or not out.exists():
            shutil.rmtree(folder / "cache", ignore_errors=True)
        reached = {
            "any": lambda: True,
            "unpacking": lambda: any((folder / "cache").rglob("*.part")),
            "report": partial(is_written, out / "report", time.time()),
        }[moment]
        wait = chosen.uniform(0, seconds if moment == "any" else 1)
        run = Killed([*words, "--out", str(out)], reached, wait, chosen.choice(list(SIGNALS)))
        if not kill_once(run, moment, tally) or number == count - 1:
            subprocess.run(run.words, check=False, capture_output=True)
            tally.faults += compare_tables(whole, read_tables(out), out.name)
            tally.outcomes["compared"] += 1
    return tally


@dataclass(frozen=True, slots=True)
class Killed:
    """A command that is to be ended by a signal, so many seconds after something is seen."""

    words: Sequence[str]
    reached: Callable[[], bool]
    wait: float
    number: signal.Signals


def is_written(folder: Path, since: float) -> bool:
    """Whether a file in the folder is newer than the moment `since`."""
    return any(path.stat().st_mtime > since for path in folder.rglob("*.*") if path.is_file())


def kill_once(run: Killed, moment: str, tally: Tally) -> bool:
    """Start a run and end it; return whether it was still running. Notes workers left behind and tracebacks."""
    mark = uuid4().hex
    with subprocess.Popen(
        run.words, env={**os.environ, "CAMPAIGN": mark}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        while process.poll() is None and not run.reached():
            time.sleep(0.02)
        try:
            process.wait(run.wait)
        except subprocess.TimeoutExpired:
            process.send_signal(run.number)
        said = process.communicate()[1]
    if "Error" in said:  # what follows it is the cause, on lines that are broken as the terminal is wide
        tally.faults.append(f"{run.number.name} at {moment}: {' '.join(said.split())[-MAX_SAID:]}")
    if process.returncode not in SIGNALS[run.number]:
        return False  # it was done before the signal came
    tally.outcomes[f"{run.number.name} at {moment}"] += 1
    give_up = time.monotonic() + END_SECONDS
    while (left := find_marked(mark)) and time.monotonic() < give_up:
        time.sleep(0.1)
    tally.faults += [f"process {number} was left behind by {run.number.name} at {moment}" for number in left]
    print(f"  {tally.describe()}", file=sys.stderr)
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
    """Analyse and study the same documents in two orders, with one worker and with two."""
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
    studied = [study_parts(folder, parts, tally) for parts in ([files], [files[2:], files[:2]])]
    tally.faults += compare_tables(studied[0], studied[1], "order and workers of a study")
    return tally


def study_parts(folder: Path, parts: Sequence[Sequence[Path]], tally: Tally) -> dict[str, list[str]]:
    """Study a corpus that grows part by part, with as many workers as there are parts; return the last tables."""
    corpus, out = folder / f"corpus{len(parts)}", folder / f"studied{len(parts)}"
    corpus.mkdir()
    for part in parts:
        for path in part:
            shutil.copy(path, corpus)
        subprocess.run(command("corpus", "init", corpus), check=False, capture_output=True)
        words = ["study", corpus, "--out", out, "--as-of", AS_OF, "--config", write_settings(folder, len(parts))]
        done = subprocess.run(command(*words), check=False, capture_output=True, text=True)
        if done.returncode:
            tally.faults.append(f"study: {done.returncode} {done.stderr[-300:]}")
        tally.outcomes["studies"] += 1
    return {name: rows for name, rows in read_tables(out).items() if name != "study_info"}  # when it was made


def can_unshare() -> bool:
    """Whether this machine lets a process have a network namespace of its own."""
    program = shutil.which("unshare")
    return program is not None and subprocess.run([program, "-rn", "true"], check=False).returncode == 0


def run_offline(folder: Path, names: Sequence[str] = ()) -> Tally:
    """Run every command, or those named, in a network namespace without interfaces."""
    tally = Tally()
    documents = choose_samples(folder, 1)
    file = next(documents.iterdir())
    studied = folder / "studied"
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
        "corpus": ["corpus", "init", documents],
        "corpus list": ["corpus", "list", documents],
        "questions": ["questions", "list"],
        "study": ["study", documents, "--out", studied, "--as-of", AS_OF],
        "export": ["export", studied, "--out", folder / "exported"],
        "serve": ["serve", "--no-browser", "--port", "8399", "--data", folder / "served"],
        "analyse with a model by name": ["analyse", file, "--out", folder / "named", "--model", "no-such/model"],
    }
    environment = {**os.environ, "XDG_DATA_HOME": str(folder / "data")}
    for name in names or commands:
        words = commands[name]
        code, said = run_unshared(command(*words), environment)
        tally.outcomes[f"{name}: {code}"] += 1
        if "Traceback" in said or "Feil i programmet" in said:
            tally.faults.append(f"{name}: {said.splitlines()[-1]}")
    return tally


def run_unshared(words: Sequence[str], environment: Mapping[str, str]) -> tuple[int | str, str]:
    """Run a command without interfaces; return its exit code, and what it said.

    A command that goes on (`serve`) is stopped with Ctrl-C as soon as it tells its address.
    """
    with subprocess.Popen(
        ["unshare", "-rn", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**environment, "PYTHONUNBUFFERED": "1"},
    ) as process:
        said = []
        for line in process.stdout or ():
            said.append(line)
            if "Siden er åpen" in line:
                time.sleep(SERVED_SECONDS)
                process.send_signal(signal.SIGINT)
    return process.returncode, "".join(said)


def write_lines(folder: Path, file: Path) -> Path:
    """Return a file of two documents, a line each, as `compliance reuse` takes them."""
    text = file.read_text(encoding="utf-8", errors="replace")
    lines = folder / "lines.jsonl"
    rows = [{"id": name, "text": text[:20_000]} for name in ("a", "b")]
    lines.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return lines


def measure_documents(folder: Path, count: int, processes: int) -> Tally:
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
    return measure_run(documents, folder, processes)


def measure_pages(folder: Path, pages: int, form: str, processes: int) -> Tally:
    """Analyse one long document and tell the most memory that it took; over 1,500 MB is a fault."""
    folder.mkdir(parents=True)
    texts = [
        [f"Kommunen skal på side {number} sørge for tiltak nummer {line}." for line in range(16)]
        for number in range(pages)
    ]
    path = folder / f"long.{form}"
    {"pdf": write_pdf, "docx": write_docx, "html": write_html}[form](path, texts)
    tally = measure_run(path, folder, processes)
    tally.faults += [f"{what}: {size}" for what, size in tally.outcomes.items() if size > MAX_MEGABYTES]
    return tally


def write_pdf(path: Path, pages: Sequence[Sequence[str]]) -> None:
    """Write the pages, a line under the other."""
    import pymupdf

    with pymupdf.open() as document:
        for lines in pages:
            page = document.new_page()
            for number, line in enumerate(lines):
                page.insert_text((72, 90 + 40 * number), line)
        document.save(path)


def write_docx(path: Path, pages: Sequence[Sequence[str]]) -> None:
    """Write a paragraph for each line, and break the pages."""
    import docx

    document = docx.Document()
    for lines in pages:
        for line in lines:
            document.add_paragraph(line)
        document.add_page_break()
    document.save(str(path))


def write_html(path: Path, pages: Sequence[Sequence[str]]) -> None:
    """Write a paragraph for each line."""
    body = "\n".join(f"<p>{line}</p>" for lines in pages for line in lines)
    path.write_text(f"<html><head><title>Plan</title></head><body>{body}</body></html>", encoding="utf-8")


def measure_run(path: Path, folder: Path, processes: int) -> Tally:
    """Analyse and note the most memory of the main process and of a worker, by quarter."""
    tally, mark = Tally(), uuid4().hex
    samples: list[tuple[int, int]] = []
    words = command("analyse", path, "--out", folder / "out", "--config", write_settings(folder, processes))
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
