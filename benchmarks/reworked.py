"""Precision and recall of reworked sentences at thresholds of their similarity, and the pairs that come nearest.

Run: `python benchmarks/reworked.py [FOLDER…] [--show 20]`. Reworked are the guideline statements in both written
languages, and the pairs written for this in `reworked_pairs.tsv`. Not reworked are the pairs written to mislead, and
sentences of different municipalities that share words, from the sample corpus and the folders: without what the corpus
has copied on purpose, what stands in quotation marks, and what is reworked from a guideline.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from pathlib import Path

import numpy as np

from compliance.analyse.reuse.paraphrase import MIN_SIMILARITY, combine, measure_standings
from compliance.analyse.reuse.paraphrase_candidates import Candidate, SentenceIndex, measure_overlaps
from compliance.analyse.reuse.prose import describe_sentence
from compliance.config import GuidelinesConfig, IngestConfig, ModelConfig, SegmentConfig
from compliance.errors import ComplianceError
from compliance.guidelines.load import load_guidelines
from compliance.ingest.discover import discover_files
from compliance.ingest.profile import profile_document
from compliance.ingest.read import read_document
from compliance.records import BlockKind, ProseSentence
from compliance.segment.passages import segment_document
from compliance.text.embedding.loading import load_encoder

ROOT = Path(__file__).resolve().parent.parent
THRESHOLDS = (0.5, 0.6, 0.7, 0.8, MIN_SIMILARITY, 0.9, 0.95)
Pair = tuple[str, str]


@dataclass(frozen=True)
class Reworking:
    """A pair of sentences, by number, and how surely the one says the other."""

    holder: int
    source: int
    similarity: float


class Sample:
    """Sentences of all kinds, weighed together as in a run."""

    def __init__(self) -> None:
        self.sentences: list[ProseSentence] = []
        self.texts_of: list[int] = []  # of each sentence
        self.wordings: list[str] = []
        self.texts = 0  # counted, so that each text has a number

    def add(self, wordings: Sequence[str], *, text: int) -> list[int | None]:
        """Add sentences of one text; return their numbers, None for those too short to be compared."""
        return [self._add(wording, text) for wording in wordings]

    def _add(self, wording: str, text: int) -> int | None:
        sentence = describe_sentence(wording, passage=0, start=0, end=len(wording))
        if sentence is None:
            return None
        self.sentences.append(sentence)
        self.texts_of.append(text)
        self.wordings.append(wording)
        return len(self.sentences) - 1

    def index(self) -> SentenceIndex:
        """Return the sentences to look up, each text the owner of its own."""
        index = SentenceIndex()
        for text, numbers in groupby(range(len(self.sentences)), key=self.texts_of.__getitem__):
            index.add(str(text), [self.sentences[number] for number in numbers])
        return index

    def next_text(self) -> int:
        """Return a number for a new text."""
        self.texts += 1
        return self.texts - 1

    def add_pair(self, one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[int | None, int | None]]:
        """Add sentences that belong together, and yield their numbers."""
        first, second = self.add(one, text=self.next_text()), self.add(other, text=self.next_text())
        if len(one) == len(other):
            yield from zip(first, second, strict=True)


def read_documents(paths: Sequence[Path]) -> Iterator[tuple[str, list[str]]]:
    """Yield the municipality and the prose sentences of each document that can be read."""
    for path in discover_files(paths).files:
        try:
            document = read_document(path, config=IngestConfig())
        except ComplianceError as error:
            print(f"{path.name}: {error}")
            continue
        profile = profile_document(document, config=IngestConfig())
        prose = [
            document.text[start:end]
            for passage in segment_document(document, config=SegmentConfig())
            if passage.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
            for start, end in passage.sentences
        ]
        yield profile.municipality.value if profile.municipality else document.name, prose


def read_written_pairs() -> dict[str, list[Pair]]:
    """Return the pairs written for this: "same" and "other"."""
    pairs: dict[str, list[Pair]] = {"same": [], "other": []}
    for line in (ROOT / "benchmarks" / "reworked_pairs.tsv").read_text(encoding="utf-8").splitlines():
        label, one, other = line.split("\t")
        pairs[label].append((one, other))
    return pairs


def read_known_copies() -> str:
    """Return all that the sample corpus copies on purpose, both sides."""
    rows = map(json.loads, (ROOT / "corpus" / "copies.jsonl").read_text(encoding="utf-8").splitlines())
    return " ".join(text for row in rows for text in (row["text"], row["source_text"]))


def split_statement(statement: str) -> list[str]:
    """Return a guideline statement's sentences."""
    return re.split(r"(?<=[.!?])\s+", statement)


def judge(sample: Sample, pairs: Sequence[tuple[int | None, int | None]]) -> list[Reworking]:
    """Return the pairs judged; those with too short a side are left out and counted as missed."""
    whole = [(one, other) for one, other in pairs if one is not None and other is not None]
    weights = sample.index().weigh_words()
    ones, others = (np.array([pair[side] for pair in whole], dtype=int) for side in (0, 1))
    _, overlaps = measure_overlaps(ones, others, weights.tabulate(), weights)
    return judge_candidates([Candidate(*pair, overlap) for pair, overlap in zip(whole, overlaps, strict=True)], sample)


def judge_candidates(candidates: Sequence[Candidate], sample: Sample) -> list[Reworking]:
    """Return every candidate judged, in order."""
    words = [(sample.wordings[each.holder], sample.wordings[each.source]) for each in candidates]
    standings = measure_standings(words, load_encoder(ModelConfig()))
    return [
        Reworking(each.holder, each.source, round(combine(float(standing), each.overlap), 2))
        for each, standing in zip(candidates, standings, strict=True)
    ]


def find_unrelated(sample: Sample, owners: dict[int, str]) -> list[Reworking]:
    """Return the judged pairs of different municipalities' sentences that share words, each once."""
    copied, index = read_known_copies(), sample.index()
    own = [number for number, text in enumerate(sample.texts_of) if text in owners]
    judged = judge_candidates(list(index.find_candidates(own, index.weigh_words())), sample)
    national = {each.holder for each in judged if each.similarity >= 0.5 and each.source not in set(own)}
    kept = {
        number
        for number in own
        if number not in national and "«" not in sample.wordings[number] and sample.wordings[number][:40] not in copied
    }
    owner = [owners.get(text) for text in sample.texts_of]
    return [
        each
        for each in judged
        if {each.holder, each.source} <= kept and each.holder < each.source and owner[each.holder] != owner[each.source]
    ]


def print_table(reworked: dict[str, tuple[int, list[Reworking]]], others: Sequence[Reworking]) -> None:
    """Print precision and the recall of each kind, at each threshold."""
    print("similarity  precision  false ", *(f"recall {name} ({count})" for name, (count, _) in reworked.items()))
    for threshold in THRESHOLDS:
        right = {name: sum(each.similarity >= threshold for each in found) for name, (_, found) in reworked.items()}
        false = sum(each.similarity >= threshold for each in others)
        recalls = (f"{right[name] / count:.2f}" for name, (count, _) in reworked.items())
        precision = sum(right.values()) / max(1, sum(right.values()) + false)
        print(f"{threshold:.2f}  {precision:.3f}  {false}/{len(others)}  ", *recalls)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, help="documents whose sentences are not each other's")
    parser.add_argument("--show", type=int, default=0, help="print so many of the nearest unrelated pairs, to read")
    options = parser.parse_args()
    sample, owners = Sample(), {}
    for owner, prose in read_documents([ROOT / "corpus" / "documents", *options.folders]):
        text = sample.next_text()
        owners[text] = owner
        sample.add(prose, text=text)
    goals = chain.from_iterable(each.goals for each in load_guidelines(GuidelinesConfig()))
    languages = [
        pair
        for goal in goals
        for pair in sample.add_pair(split_statement(goal.statement.nb), split_statement(goal.statement.nn))
    ]
    unrelated = find_unrelated(sample, owners)
    written = {
        label: [numbers for one, other in pairs for numbers in sample.add_pair([one], [other])]
        for label, pairs in read_written_pairs().items()
    }
    reworked = {
        "nb/nn": (len(languages), judge(sample, languages)),
        "retold": (len(written["same"]), judge(sample, written["same"])),
    }
    print_table(reworked, [*judge(sample, written["other"]), *unrelated])
    for each in sorted(unrelated, key=lambda each: -each.similarity)[: options.show]:
        print(f"{each.similarity:.2f}  {sample.wordings[each.holder]}\n      {sample.wordings[each.source]}")


if __name__ == "__main__":
    main()
