"""Which stretches of a document are another's words, for the analysers that must not take them for its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from compliance.records import EvidenceKind, Finding, Passage, Reading

Stretch = tuple[int, int]  # document offsets
_MIN_COVERED = 0.5  # share of a sentence inside another's stretch that makes it the other's


def find_stretches(reading: Reading, findings: Iterable[Finding]) -> list[Stretch]:
    """Return where another speaks: the words between quotation marks or known as official, else the whole passage."""
    by_id = {passage.id: passage for passage in reading.passages}
    return [stretch for finding in findings for stretch in _find_in_passage(by_id[finding.passage_id], finding)]


def lies_within(stretches: Sequence[Stretch], start: int, end: int) -> bool:
    """Tell whether at least half of the words from `start` to `end` (document offsets) is another's."""
    covered = sum(max(0, min(end, high) - max(start, low)) for low, high in stretches)
    return covered > 0 and covered >= _MIN_COVERED * (end - start)


def _find_in_passage(passage: Passage, finding: Finding) -> Iterator[Stretch]:
    exact = [
        (item.start, item.end)
        for item in finding.evidence
        if item.start is not None
        and item.end is not None
        and (item.reference == "quotation" or item.kind is EvidenceKind.WORDING)
    ]
    yield from exact or [(passage.start, passage.end)]
