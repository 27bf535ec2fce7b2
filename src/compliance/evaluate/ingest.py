"""How well a document was read: recovered passages, their order, and furniture taken for content."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz
from scipy.stats import kendalltau

from compliance.evaluate.gold import GoldSet
from compliance.evaluate.intervals import Figure, measure
from compliance.records import Passage, Reading

MIN_RATIO = 90.0  # docs/evaluate.md: RapidFuzz ratio of a recovered passage, 0 to 100
# A ratio of 90 is out of reach where the lengths differ more than this (ratio = 2·matches / total length).
LENGTH_WINDOW = (MIN_RATIO / (200 - MIN_RATIO), (200 - MIN_RATIO) / MIN_RATIO)
# The judge's own patterns, not the readers': where those go blind it must still see.
PAGE_NUMBER = re.compile(
    r"(?:(?:side|s\.|page)\s*)?[-–]?\s*(?:\d{1,4}|[ivxl]{1,7})\s*[-–]?(?:\s*(?:av|of|/)\s*\d+)?", re.I
)
CONTENTS_LINE = re.compile(r".*\S\s*(?:\.\s?){4,}\s*\d{1,4}")
REPEATED_ON_PAGES = 3  # the same unmatched text on as many pages is a running header or footer


@dataclass(frozen=True, slots=True)
class ReadingMeasure:
    """What was measured of one document."""

    positions: tuple[int | None, ...]  # per gold passage: index of the first extracted passage that recovers it
    furniture: tuple[bool, ...]  # per extracted passage
    pages: int
    seconds: float


def measure_reading(gold: GoldSet, *, read: Callable[[], Reading]) -> ReadingMeasure:
    """Read the gold set's document with `read`, and hold its passages against the gold ones.

    It is read twice and the second time counted: the first loads the libraries, which a batch does once.
    """
    reading = read()
    started = time.perf_counter()
    read()
    seconds = time.perf_counter() - started
    texts = [fold_space(passage.text) for passage in reading.passages]
    wanted = [fold_space(passage.text) for passage in gold.passages]
    runs = find_runs(wanted, texts)
    return ReadingMeasure(
        positions=tuple(run.start if run else None for run in runs),
        furniture=tuple(judge_furniture(reading.passages, runs)),
        pages=len(reading.document.pages),
        seconds=seconds,
    )


def summarise_readings(measures: Sequence[ReadingMeasure]) -> dict[str, Figure]:
    """Return the ingest figures of docs/evaluate.md over all documents measured."""
    found = [position is not None for measure_ in measures for position in measure_.positions]
    furniture = [flag for measure_ in measures for flag in measure_.furniture]
    pairs = [pair for number, measure_ in enumerate(measures) for pair in _order_pairs(measure_, number)]
    return {
        "recovered": measure(found, lambda flags: float(np.mean(flags))),
        "order": measure(pairs, _tau),
        "furniture": measure(furniture, lambda flags: float(np.mean(flags))),
        "pages_per_second": measure(
            measures, lambda each: sum(one.pages for one in each) / sum(one.seconds for one in each)
        ),
    }


def count_reading(measure_: ReadingMeasure) -> dict[str, tuple[float, float]]:
    """Return each figure of one document as a part and a whole: over documents it is the share of their sums."""
    pairs = list(_order_pairs(measure_, 0))
    found, wanted = len(pairs), len(measure_.positions)
    return {
        "recovered": (found, wanted),
        "order": (round(_tau(pairs) * found, 4), found),
        "furniture": (sum(measure_.furniture), len(measure_.furniture)),
    }


def fold_space(text: str) -> str:
    """Make every run of white space one space."""
    return " ".join(text.split())


def find_runs(wanted: Sequence[str], texts: Sequence[str]) -> list[range | None]:
    """Return for each wanted text the run of neighbouring texts that recovers it, or None.

    Of equally good runs the first after the previous match is taken, so that a text standing several times is not
    counted against the order.
    """
    runs: list[range | None] = []
    after = 0
    for text in wanted:
        run = max(_candidate_runs(text, texts), key=lambda scored: (scored[0], scored[1].start >= after), default=None)
        runs.append(run[1] if run else None)
        after = run[1].start if run else after
    return runs


def _candidate_runs(wanted: str, texts: Sequence[str]) -> Iterator[tuple[float, range]]:
    shortest, longest = (len(wanted) * share for share in LENGTH_WINDOW)
    for start in range(len(texts)):
        joined = ""
        for end in range(start, len(texts)):
            joined = f"{joined} {texts[end]}" if joined else texts[end]
            if len(joined) > longest:
                break
            if len(joined) >= shortest and (ratio := fuzz.ratio(wanted, joined, score_cutoff=MIN_RATIO)):
                yield ratio, range(start, end + 1)


def judge_furniture(passages: Sequence[Passage], runs: Sequence[range | None]) -> Iterator[bool]:
    """Say of each extracted passage whether it is furniture that should not have come through.

    Judged by looks alone and only among passages that no gold passage accounts for: a page number, a contents line,
    or a text that stands on several pages.
    """
    accounted = {index for run in runs if run for index in run}
    pages: Counter[str] = Counter()
    for text, _ in {(fold_space(passage.text), passage.pages[0]) for passage in passages}:
        pages[text] += 1
    for index, passage in enumerate(passages):
        text = fold_space(passage.text)
        looks = PAGE_NUMBER.fullmatch(text) or CONTENTS_LINE.fullmatch(text) or pages[text] >= REPEATED_ON_PAGES
        yield index not in accounted and bool(looks)


def _order_pairs(reading: ReadingMeasure, document: int) -> Iterator[tuple[int, int, int]]:
    for rank, position in enumerate(reading.positions):
        if position is not None:
            yield document, rank, position


def _tau(pairs: Sequence[tuple[int, int, int]]) -> float:
    """Return Kendall's tau, weighted by passages over documents; 1 where a document has too few to order."""
    total = weight = 0.0
    for document in {pair[0] for pair in pairs}:
        ranks, positions = zip(*((rank, position) for doc, rank, position in pairs if doc == document), strict=True)
        tau = float(kendalltau(ranks, positions).statistic) if len(set(ranks)) > 1 else 1.0
        total, weight = total + tau * len(ranks), weight + len(ranks)
    return total / weight if weight else 0.0
