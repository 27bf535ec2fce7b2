"""How much of a document is own words, counted in characters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from compliance.records import BlockKind, Passage, Results
from compliance.records.study import TextShare
from compliance.report.document_results import DocumentResults, collect_results
from compliance.report.views.attributed_spans import (
    AttributedSpan,
    AttributionStatus,
    collect_attributed,
    ranges_of,
)
from compliance.report.views.quotes import Span

# Where spans overlap the later one holds: whoever names a source somewhere is not said to have left it out.
LAYERS: Final = (
    AttributionStatus.BOILERPLATE,
    AttributionStatus.UNATTRIBUTED,
    AttributionStatus.UNCERTAIN,
    AttributionStatus.QUOTED,
)


@dataclass(frozen=True, slots=True)
class TextShares:
    """Characters of a text by whose words they are."""

    total: int
    quoted: int
    unattributed: int
    uncertain: int
    boilerplate: int

    @property
    def own(self) -> int:
        """Characters that are nobody else's, as far as is known."""
        return self.total - self.borrowed - self.boilerplate

    @property
    def borrowed(self) -> int:
        """Characters that are another's, what everybody writes not counted."""
        return self.quoted + self.unattributed + self.uncertain

    def share(self, part: int) -> float:
        """Return characters as a share of the text, 0 to 1."""
        return part / self.total if self.total else 0.0


def share_out(counts: Sequence[int]) -> tuple[int, ...]:
    """Return counts as whole per cent that add up to 100, 0 for what is less than one and counts as one in the sum.

    Those that lose most by rounding down are rounded up; where much is small, the largest gives way.
    """
    total = sum(counts)
    shares = [100 * count / total if total else 0.0 for count in counts]
    small = [0 < share < 1 for share in shares]
    whole = [int(share) for share in shares]
    left = 100 - sum(whole) - sum(small) if total else 0
    by_loss = sorted(range(len(counts)), key=lambda at: (small[at], whole[at] - shares[at], -at))
    for at in by_loss[: max(0, left)]:
        whole[at] += 1
    whole[whole.index(max(whole))] += min(0, left)
    return tuple(whole)


def measure_shares(plan: DocumentResults, spans: Sequence[AttributedSpan]) -> TextShares:
    """Return the shares of the document's passages; headings are not counted."""
    passages = [passage for passage in plan.reading.passages if passage.kind is not BlockKind.HEADING]
    return _count(passages, _paint(len(plan.document.text), spans))


def measure_all_shares(results: Results) -> tuple[TextShare, ...]:
    """Return whose words each document's are, those without any of another's too."""
    return tuple(
        _keep_shares(plan, measure_shares(plan, collect_attributed(plan))) for plan in collect_results(results)
    )


def _keep_shares(plan: DocumentResults, shares: TextShares) -> TextShare:
    return TextShare(
        plan.document.id,
        total=shares.total,
        own=shares.own,
        quoted=shares.quoted,
        unattributed=shares.unattributed,
        uncertain=shares.uncertain,
        boilerplate=shares.boilerplate,
    )


def share_of_passages(plan: DocumentResults, spans: Iterable[AttributedSpan]) -> dict[str, float]:
    """Return, for each passage with words of others, the share of it that they make up, 0 to 1."""
    by_passage: dict[str, list[AttributedSpan]] = {}
    for span in spans:
        if span.status is not AttributionStatus.BOILERPLATE:
            by_passage.setdefault(span.passage.id, []).append(span)
    paint = _paint(len(plan.document.text), [span for each in by_passage.values() for span in each])
    shares = {name: _count([each[0].passage], paint) for name, each in by_passage.items()}
    return {name: each.share(each.borrowed) for name, each in shares.items()}


def _paint(length: int, spans: Sequence[AttributedSpan]) -> bytes:
    """Return one byte a character: 0 for own words, else the layer's number."""
    canvas = bytearray(length)
    for number, status in enumerate(LAYERS, start=1):
        for span in spans:
            if span.status is status:
                for start, end in (*span.ranges, *_said_by(span)):
                    canvas[start:end] = bytes([number]) * (end - start)
    return bytes(canvas)


def _said_by(span: AttributedSpan) -> tuple[Span, ...]:
    return ranges_of(span.finding, span.passage) if span.finding else ()


def _count(passages: Sequence[Passage], paint: bytes) -> TextShares:
    counts = {
        status: sum(paint.count(bytes([number]), passage.start, passage.end) for passage in passages)
        for number, status in enumerate(LAYERS, start=1)
    }
    return TextShares(
        total=sum(passage.end - passage.start for passage in passages),
        quoted=counts[AttributionStatus.QUOTED],
        unattributed=counts[AttributionStatus.UNATTRIBUTED],
        uncertain=counts[AttributionStatus.UNCERTAIN],
        boilerplate=counts[AttributionStatus.BOILERPLATE],
    )
