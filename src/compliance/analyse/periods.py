"""Which years belong to the municipality's own plan, where a sentence names several plans and several periods."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

Span = tuple[int, int]

PERIOD = re.compile(r"\b(20[0-4]\d)\s?(?:[-–—/]|til)\s?(20[1-5]\d)\b")
STRATEGY = re.compile(
    r"\b(?:(?:digitaliserings|ikt|it|digital)[- ]?strategi|strategi\w* for (?:digital|ikt\b))", re.IGNORECASE
)
_OTHER_PLAN = re.compile(
    r"\b(?:samfunnsdel|kommuneplan|økonomiplan|handlingsplan|planstrategi|budsjett)\w*", re.IGNORECASE
)
_OTHERS_NAME = re.compile(r"\b([A-ZÆØÅ][\w-]+)s? (?:fylkes)?kommunes?(?: sin)?\s+$")
_NEAR = 3  # characters between a body's name and its strategy: «Regjeringens », «KS' »


def find_strategy_periods(text: str, *, sources: Iterable[Span], municipality: str | None) -> Iterator[re.Match[str]]:
    """Yield the periods that belong to the municipality's own strategy.

    A period belongs to the plan named last before it, else to the first one after it. `sources` are the places where
    the text names a national body or its documents: a strategy there is not the municipality's.
    """
    national = tuple(sources)
    own: list[Span] = []
    other = list(national)
    for match in STRATEGY.finditer(text):
        foreign = _is_others(text, match.start(), municipality) or _touches(match.span(), national)
        (other if foreign else own).append(match.span())
    other += [match.span() for match in _OTHER_PLAN.finditer(text)]
    for period in PERIOD.finditer(text):
        before = [span for span in (*own, *other) if span[0] < period.start()]
        owner = max(before) if before else min((*own, *other), default=None)
        if owner in own:
            yield period


def _is_others(text: str, start: int, municipality: str | None) -> bool:
    """Tell whether another municipality's name stands right before the strategy."""
    named = _OTHERS_NAME.search(text, 0, start)
    return named is not None and municipality is not None and named[1] not in municipality.split()


def _touches(span: Span, others: Iterable[Span]) -> bool:
    return any(start < span[1] and span[0] - end < _NEAR for start, end in others)
