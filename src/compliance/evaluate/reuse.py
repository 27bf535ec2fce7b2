"""PAN's measures of copy-paste detection (Potthast et al., «An Evaluation Framework for Plagiarism Detection», 2010).

A case is a stretch copied from a source, a detection one that was reported; both are counted in characters of both
sides. A detection detects a case when they overlap on both sides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2

Interval = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SpanPair:
    """A stretch of a document and one of its source: half-open character ranges. Which is which does not count."""

    document_id: str
    span: Interval
    source_id: str
    source_span: Interval

    def sides(self) -> tuple[tuple[str, Interval], tuple[str, Interval]]:
        """Return both sides, in the order of the ids."""
        one, other = sorted(((self.document_id, self.span), (self.source_id, self.source_span)))
        return one, other


@dataclass(frozen=True, slots=True)
class ReuseMeasure:
    """Precision and recall, 0 to 1; granularity, 1 or more: how many pieces a detected case was reported in."""

    precision: float
    recall: float
    granularity: float

    @property
    def plagdet(self) -> float:
        """F1 over log2(1 + granularity), 0 to 1."""
        if self.precision + self.recall == 0:
            return 0.0
        f1 = 2 * self.precision * self.recall / (self.precision + self.recall)
        return f1 / log2(1 + self.granularity)


def measure_macro(detections: Sequence[SpanPair], cases: Sequence[SpanPair]) -> ReuseMeasure:
    """Measure with every case, and every detection, counting the same however long it is.

    Precision without detections is 1, and so is recall without cases: nothing was reported wrongly, nothing missed.
    """
    return ReuseMeasure(
        precision=_average_covered(detections, cases),
        recall=_average_covered(cases, detections),
        granularity=_measure_granularity(detections, cases),
    )


def measure_micro(detections: Sequence[SpanPair], cases: Sequence[SpanPair]) -> ReuseMeasure:
    """Measure with every character counting the same; one that is in several cases counts once."""
    found = _count_characters(side for case, hits in _match(cases, detections) for side in _covered_sides(case, hits))
    reported, copied = _count_characters(_all_sides(detections)), _count_characters(_all_sides(cases))
    return ReuseMeasure(
        precision=found / reported if reported else 1.0,
        recall=found / copied if copied else 1.0,
        granularity=_measure_granularity(detections, cases),
    )


def _measure_granularity(detections: Sequence[SpanPair], cases: Sequence[SpanPair]) -> float:
    pieces = [len(hits) for _, hits in _match(cases, detections) if hits]
    return sum(pieces) / len(pieces) if pieces else 1.0


def _average_covered(targets: Sequence[SpanPair], others: Sequence[SpanPair]) -> float:
    shares = [
        _count_characters(_covered_sides(target, hits)) / _count_characters(target.sides())
        for target, hits in _match(targets, others)
    ]
    return sum(shares) / len(shares) if shares else 1.0


def _match(targets: Sequence[SpanPair], others: Sequence[SpanPair]) -> Iterator[tuple[SpanPair, list[SpanPair]]]:
    """Yield each target with those that overlap it on both sides."""
    by_pair: Mapping[tuple[str, str], list[SpanPair]] = defaultdict(list)
    for other in others:
        by_pair[_pair_of(other)].append(other)
    for target in targets:
        yield target, [other for other in by_pair.get(_pair_of(target), ()) if _overlaps(target, other)]


def _pair_of(pair: SpanPair) -> tuple[str, str]:
    (one, _), (other, _) = pair.sides()
    return one, other


def _overlaps(one: SpanPair, other: SpanPair) -> bool:
    return all(_cut(a, b)[0] < _cut(a, b)[1] for (_, a), (_, b) in zip(one.sides(), other.sides(), strict=True))


def _cut(one: Interval, other: Interval) -> Interval:
    return max(one[0], other[0]), min(one[1], other[1])


def _covered_sides(target: SpanPair, hits: Iterable[SpanPair]) -> Iterator[tuple[str, Interval]]:
    for hit in hits:
        for (text_id, own), (_, other) in zip(target.sides(), hit.sides(), strict=True):
            yield text_id, _cut(own, other)


def _all_sides(pairs: Iterable[SpanPair]) -> Iterator[tuple[str, Interval]]:
    for pair in pairs:
        yield from pair.sides()


def _count_characters(sides: Iterable[tuple[str, Interval]]) -> int:
    """Count the characters that the ranges cover, each once."""
    by_text: dict[str, list[Interval]] = defaultdict(list)
    for text_id, interval in sides:
        by_text[text_id].append(interval)
    return sum(_measure_union(intervals) for intervals in by_text.values())


def _measure_union(intervals: list[Interval]) -> int:
    total = reached = 0
    for start, end in sorted(intervals):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total
