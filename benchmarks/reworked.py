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
from itertools import chain
from pathlib import Path

from compliance.analyse.reuse.paraphrase import MIN_SIMILARITY, Reworking, judge_candidates
from compliance.analyse.reuse.paraphrase_candidates import MAX_STEMS, MIN_STEMS, Candidate, Sentence, SentenceIndex
from compliance.config import GuidelinesConfig, IngestConfig, ModelConfig, SegmentConfig
from compliance.errors import ComplianceError
from compliance.guidelines.load import load_guidelines
from compliance.ingest.discover import discover_files
from compliance.ingest.profile import profile_document
from compliance.ingest.read import read_document
from compliance.records import BlockKind
from compliance.segment.passages import segment_document
from compliance.text.embedding import load_encoder
from compliance.text.stems import find_numbers, find_stems

ROOT = Path(__file__).resolve().parent.parent
THRESHOLDS = (0.5, 0.6, 0.7, 0.8, MIN_SIMILARITY, 0.9, 0.95)
Pair = tuple[str, str]


class Sample:
    """Sentences of all kinds, weighed together as in a run."""

    def __init__(self) -> None:
        self.sentences: list[Sentence] = []
        self.wordings: list[str] = []
        self.texts = 0  # counted, so that each text has a number

    def add(self, wordings: Sequence[str], *, text: int) -> list[int | None]:
        """Add sentences of one text; return their numbers, None for those too short to be compared."""
        return [self._add(wording, text) for wording in wordings]

    def _add(self, wording: str, text: int) -> int | None:
        stems = frozenset(stem for stem, _, _ in find_stems(wording))
        if not MIN_STEMS <= len(stems) <= MAX_STEMS or "://" in wording:
            return None
        self.sentences.append(Sentence(text, text, None, 0, len(wording), stems, find_numbers(wording)))
        self.wordings.append(wording)
        return len(self.sentences) - 1

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


def judge(sample: Sample, pairs: Sequence[tuple[int | None, int | None]], index: SentenceIndex) -> list[Reworking]:
    """Return the pairs judged; those with too short a side are left out and counted as missed."""
    whole = [(one, other) for one, other in pairs if one is not None and other is not None]
    candidates = [Candidate(one, other, index.measure_overlap(one, other)) for one, other in whole]
    return judge_candidates(candidates, dict(enumerate(sample.wordings)), encoder=load_encoder(ModelConfig()))


def find_unrelated(sample: Sample, owners: dict[int, str], index: SentenceIndex) -> list[Reworking]:
    """Return the judged pairs of different municipalities' sentences that share words, each once."""
    copied = read_known_copies()
    own = [number for number, sentence in enumerate(sample.sentences) if sentence.text in owners]
    found = list(index.find_candidates(own))
    judged = judge_candidates(found, dict(enumerate(sample.wordings)), encoder=load_encoder(ModelConfig()))
    national = {each.holder for each in judged if each.similarity >= 0.5 and each.source not in set(own)}
    kept = {
        number
        for number in own
        if number not in national and "«" not in sample.wordings[number] and sample.wordings[number][:40] not in copied
    }
    owner = [owners.get(sentence.text) for sentence in sample.sentences]
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
    index = SentenceIndex(tuple(sample.sentences))
    unrelated = find_unrelated(sample, owners, index)
    written = {
        label: [numbers for one, other in pairs for numbers in sample.add_pair([one], [other])]
        for label, pairs in read_written_pairs().items()
    }
    index = SentenceIndex(sample.sentences)
    reworked = {
        "nb/nn": (len(languages), judge(sample, languages, index)),
        "retold": (len(written["same"]), judge(sample, written["same"], index)),
    }
    print_table(reworked, [*judge(sample, written["other"], index), *unrelated])
    for each in sorted(unrelated, key=lambda each: -each.similarity)[: options.show]:
        print(f"{each.similarity:.2f}  {sample.wordings[each.holder]}\n      {sample.wordings[each.source]}")


if __name__ == "__main__":
    main()
