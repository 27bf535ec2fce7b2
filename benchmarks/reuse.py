"""Speed, memory, growth and quality of `compliance reuse` on documents with known copies.

Run: `python benchmarks/reuse.py [--documents 60 600] [--seed 7]`. The documents are made of the sample corpus'
sentences with most words exchanged, so that none is the same by nature; then passages are copied between them.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from compliance.evaluate.reuse import SpanPair, measure_macro, measure_micro

ROOT = Path(__file__).resolve().parent.parent
KEPT = 0.2  # share of a sentence's words that stay, which leaves frequent phrases in place
PARAGRAPHS = (60, 140)  # a document
COPIES = (3, 10)  # a document
EDITS = {"verbatim": 0.0, "short": 0.0, "near": 0.12, "heavy": 0.3}  # share of words left out, exchanged or added
SHORT = (8, 12)  # words of a sentence copied alone
GOAL = "Alle som bor her skal møte én samlet kommune"  # nine words
GOAL_DOCUMENTS = 150


@dataclass(slots=True)
class Piece:
    """One paragraph: `origin` is where its wording comes from, `kind` how far it has drifted from there."""

    text: str
    origin: tuple[int, int]
    kind: str = "verbatim"


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the command."""

    seconds: float
    megabytes: float  # resident, of the largest process
    rows: list[dict[str, Any]]


class Maker:
    """Makes documents of one seed."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.sentences = collect_sentences()
        self.words = " ".join(self.sentences).replace(".", "").split()
        self.plain_words = [word for word in self.words if word.isalpha()]  # no dashes, so that words can be counted

    def make(self, documents: int) -> list[list[Piece]]:
        """Return documents as paragraphs, with copies between them."""
        made = [
            [Piece(self.write_paragraph(), (number, place)) for place in range(self.draw.randint(*PARAGRAPHS))]
            for number in range(documents)
        ]
        for number in range(documents):
            for _ in range(self.draw.randint(*COPIES)):
                self.copy_between(made, number, self.draw.choice(list(EDITS)))
        return made

    def write_paragraph(self) -> str:
        """Return two to six sentences that nobody else has."""
        return " ".join(self.write_sentence() for _ in range(self.draw.randint(2, 6)))

    def write_sentence(self) -> str:
        """Return a sentence as long as a real one, in words as frequent."""
        real = self.draw.choice(self.sentences).rstrip(".!?").split()
        words = [word if self.draw.random() < KEPT else self.draw.choice(self.words) for word in real]
        return " ".join(words).capitalize() + "."

    def copy_between(self, made: list[list[Piece]], number: int, kind: str) -> None:
        """Put a passage of another document into this one; a short one becomes a paragraph of its own."""
        other = self.draw.randrange(len(made))
        if other == number:
            return
        piece = self.draw.choice(made[other])
        if kind == "short":
            words = " ".join(self.draw.choice(self.plain_words) for _ in range(self.draw.randint(*SHORT)))
            origin = (-len(self.words) - self.draw.randrange(10**9), 0)
            for document in (made[number], made[other]):
                document.insert(self.draw.randrange(len(document)), Piece(words.capitalize() + ".", origin, "short"))
            return
        drift = max(kind, piece.kind, key=list(EDITS).index)
        if piece.kind != "short":
            at = self.draw.randrange(len(made[number]))
            made[number][at] = Piece(self.edit(piece.text, EDITS[kind]), piece.origin, drift)

    def edit(self, text: str, rate: float) -> str:
        """Leave out, exchange or add words, a third of the rate each."""
        words: list[str] = []
        for word in text.split():
            chance = self.draw.random() / rate if rate else 1.0
            if chance >= 1 / 3:
                words.append(self.draw.choice(self.words) if chance < 2 / 3 else word)
            if 2 / 3 <= chance < 1:
                words.append(self.draw.choice(self.words))
        return " ".join(words)


def collect_sentences() -> list[str]:
    """Return the sentences of the sample corpus."""
    files = sorted((ROOT / "corpus" / "sources").rglob("*.md"))
    text = " ".join(re.sub(r"(?m)^(---[\s\S]*?---|[#>|!:].*)$", "", file.read_text(encoding="utf-8")) for file in files)
    return sorted({" ".join(each.split()) for each in re.findall(r"[A-ZÆØÅ][^.!?\n|<>]{40,250}[.!?]", text)})


def write_documents(made: Sequence[Sequence[Piece]], file: Path) -> list[tuple[str, SpanPair]]:
    """Write the documents, a line each, and return the true pairs with their kinds."""
    places: dict[tuple[int, int], list[tuple[int, str, tuple[int, int]]]] = defaultdict(list)
    with file.open("w", encoding="utf-8") as stream:
        for number, pieces in enumerate(made):
            start = 0
            for piece in pieces:
                places[piece.origin].append((number, piece.kind, (start, start + len(piece.text))))
                start += len(piece.text) + 2
            row = {"id": f"d{number:05}", "text": "\n\n".join(piece.text for piece in pieces)}
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")
    return [
        (max(kind, other_kind, key=list(EDITS).index), SpanPair(f"d{number:05}", span, f"d{other:05}", other_span))
        for same in places.values()
        for (number, kind, span), (other, other_kind, other_span) in combinations(same, 2)
        if number != other
    ]


def run_command(documents: Path, *options: str) -> Run:
    """Run `compliance reuse` in a process of its own."""
    out = documents.with_suffix(".spans")
    command = [str(Path(sys.executable).parent / "compliance"), "reuse", str(documents), "--out", str(out), *options]
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    seconds = time.perf_counter() - started
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    return Run(seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, rows)


def measure_corpus(documents: int, seed: int, folder: Path) -> float:
    """Make a corpus, print what the command finds in it, and return its seconds."""
    file = folder / f"{documents}.jsonl"
    truth = write_documents(Maker(seed).make(documents), file)
    run = run_command(file)
    characters = sum(len(json.loads(line)["text"]) for line in file.open(encoding="utf-8")) / 1e6
    print(
        f"{documents} documents, {characters:.1f} Mchar: {run.seconds:.1f} s, {characters / run.seconds:.2f} Mchar/s, "
        f"{run.megabytes:.0f} MB"
    )
    found = [SpanPair(row["doc"], tuple(row["span"]), row["source"], tuple(row["source_span"])) for row in run.rows]
    cases = [pair for _, pair in truth]
    for name, measure in (("micro", measure_micro(found, cases)), ("macro", measure_macro(found, cases))):
        print(
            f"  {name}: precision {measure.precision:.3f} recall {measure.recall:.3f} "
            f"granularity {measure.granularity:.3f} plagdet {measure.plagdet:.3f}"
        )
    print("  found:", ", ".join(f"{kind} {count}" for kind, count in count_found(truth, found)))
    return run.seconds


def count_found(truth: Sequence[tuple[str, SpanPair]], found: Sequence[SpanPair]) -> Iterator[tuple[str, str]]:
    """Yield, for each kind, how many cases at least half of which was found, and of how many."""
    by_pair: dict[tuple[str, str], list[SpanPair]] = defaultdict(list)
    for each in found:
        by_pair[pair_of(each)].append(each)
    for kind in EDITS:
        cases = [pair for other, pair in truth if other == kind]
        shares = [measure_micro(by_pair[pair_of(case)], [case]).recall for case in cases]
        yield kind, f"{sum(share >= 0.5 for share in shares)}/{len(shares)}"


def pair_of(pair: SpanPair) -> tuple[str, str]:
    """Return the two ids, in order."""
    (one, _), (other, _) = pair.sides()
    return one, other


def measure_goal(folder: Path, seed: int) -> None:
    """Print how many of the pairs that share one goal and nothing else are found, and in how many families."""
    maker = Maker(seed)
    made = [
        [Piece(maker.write_paragraph(), (k, 0)), Piece(GOAL, (-1, 0)), Piece(maker.write_paragraph(), (k, 1))]
        for k in range(GOAL_DOCUMENTS)
    ]
    file, families = folder / "goal.jsonl", folder / "families.jsonl"
    truth = write_documents(made, file)
    run = run_command(file, "--families", str(families))
    pairs = {(row["doc"], row["source"]) for row in run.rows}
    sizes = [len(json.loads(line)["members"]) for line in families.read_text(encoding="utf-8").splitlines()]
    print(f"one goal in {GOAL_DOCUMENTS} documents: {len(pairs)} of {len(truth)} pairs, families of {sizes}")


def main() -> None:
    """Run the benchmark and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, nargs="+", default=[60, 600])
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure_goal(Path(folder), arguments.seed)
        seconds = [measure_corpus(size, arguments.seed, Path(folder)) for size in arguments.documents]
        for (small, before), (large, after) in combinations(zip(arguments.documents, seconds, strict=True), 2):
            print(f"{large / small:.1f} times the documents took {after / before:.1f} times as long")


if __name__ == "__main__":
    main()
