"""Who shares wording with whom: passages that two municipalities have in common, as a table of all against all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from compliance.records import ReuseKind, SourceKind
from compliance.report.document_results import DocumentResults

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


def count_sharing(plans: Sequence[DocumentResults]) -> dict[tuple[str, str], int]:
    """Return how many passages each municipality shares with each other, what everybody writes not counted.

    A document that names no municipality stands under its own name.
    """
    owners = {plan.document.id: _owner(plan) for plan in plans}
    passages: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for plan in plans:
        own = owners[plan.document.id]
        for span in plan.reuse_spans:
            other = owners.get(span.source_id, span.source_name)
            counts_as_shared = not span.boilerplate and span.kind is not ReuseKind.REWORKED
            if span.source_kind is SourceKind.MUNICIPALITY and counts_as_shared and own != other:
                passages[own, other].add(span.passage_id)
    return {pair: len(ids) for pair, ids in passages.items()}


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


def _owner(plan: DocumentResults) -> str:
    return plan.profile.municipality.value if plan.profile.municipality else plan.name
