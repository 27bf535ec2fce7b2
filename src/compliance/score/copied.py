"""How much of a passage is wording that also stands in a national source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from compliance.records import Passage, ReuseSpan


def measure_copied(passages: Iterable[Passage], reuse_spans: Iterable[ReuseSpan]) -> Mapping[str, float]:
    """Return for each passage id the share, 0 to 1, that spans from national sources cover, quoted or not."""
    spans = list_national(reuse_spans)
    return {passage.id: _cover(passage, spans[passage.id]) for passage in passages if passage.id in spans}


def list_national(reuse_spans: Iterable[ReuseSpan]) -> dict[str, list[tuple[int, int]]]:
    """Return for each passage id the document offsets that also stand in a national source.

    What is only reworked is the municipality's own wording.
    """
    spans: dict[str, list[tuple[int, int]]] = {}
    for span in reuse_spans:
        if span.is_national:
            spans.setdefault(span.passage_id, []).append((span.start, span.end))
    return spans


def _cover(passage: Passage, spans: Iterable[tuple[int, int]]) -> float:
    covered, reached = 0, passage.start
    for start, end in sorted(spans):
        gained = min(end, passage.end) - max(start, reached)
        if gained > 0:
            covered, reached = covered + gained, end
    return covered / max(1, passage.end - passage.start)
