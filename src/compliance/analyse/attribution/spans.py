"""Which stretches of a document are another's words, for the analysers that must not take them for its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from compliance.records import EvidenceCode, EvidenceKind, Finding, Passage, Reading, Span

_MIN_COVERED = 0.5  # share of a sentence inside another's stretch that makes it the other's


def find_attributed_spans(reading: Reading, findings: Iterable[Finding]) -> list[Span]:
    """Return where another speaks: the words between quotation marks or known as official, else the whole passage."""
    by_id = {passage.id: passage for passage in reading.passages}
    borrowed = [each for each in findings if each.borrows]
    return [span for finding in borrowed for span in _find_in_passage(by_id[finding.passage_id], finding)]


def lies_within(spans: Sequence[Span], start: int, end: int) -> bool:
    """Tell whether at least half of the words from `start` to `end` (document offsets) is another's."""
    covered = sum(max(0, min(end, high) - max(start, low)) for low, high in spans)
    return covered > 0 and covered >= _MIN_COVERED * (end - start)


def _find_in_passage(passage: Passage, finding: Finding) -> Iterator[Span]:
    exact = [
        Span(item.start, item.end)
        for item in finding.evidence
        if item.start is not None
        and item.end is not None
        and (item.code is EvidenceCode.QUOTATION or item.kind is EvidenceKind.WORDING)
    ]
    yield from exact or [Span(passage.start, passage.end)]
