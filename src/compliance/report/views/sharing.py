"""Who shares wording with whom: passages that two municipalities have in common, as a table of all against all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

MAX_NAMES: Final = 30  # municipalities in the table: those that share most
MAX_PAIRS: Final = 10  # named in a list, where the table is too long to take in
MIN_LISTED: Final = 6  # names from which on a table is that long
SHADES: Final = 4


@dataclass(frozen=True, slots=True)
class SharingView:
    """How many passages of each municipality also stand in another's documents."""

    names: tuple[str, ...]  # those that share most, by name
    counts: Mapping[tuple[str, str], int]
    pairs: tuple[tuple[str, str, int], ...]  # the strongest, empty where the table is short
    left_out: int  # municipalities that share, but are not in the table

    def shade(self, own: str, other: str) -> int:
        """Return how dark a cell is, 0 to 4, by its share of the highest count."""
        count = self.counts.get((own, other), 0)
        return -(-SHADES * count // max(self.counts.values())) if count else 0

    def total(self, own: str) -> int:
        """Return the passages that a municipality shares with each other one, added up."""
        return sum(count for (name, _), count in self.counts.items() if name == own)


def show_sharing(counts: Mapping[tuple[str, str], int]) -> SharingView:
    """Return the counts as a table of those that share most, and a list of the strongest pairs."""
    totals: Counter[str] = Counter()
    for (own, other), count in counts.items():
        totals[own] += count
        totals[other] += count
    chosen = sorted(totals, key=lambda name: (-totals[name], name))[:MAX_NAMES]
    ranked = sorted(((*pair, n) for pair, n in counts.items()), key=lambda item: (-item[2], item[0], item[1]))
    return SharingView(
        names=tuple(sorted(chosen)),
        counts=counts,
        pairs=tuple(ranked[:MAX_PAIRS]) if len(chosen) > MIN_LISTED else (),
        left_out=len(totals) - len(chosen),
    )
