"""Which matches are told of: every one, but of what very many municipalities have only those with the earliest of them.

Documents that are alike share wording pair by pair, so that what there is to tell would grow with their square. That
three hundred others have a sentence too is a number, and the sentence is custom long before (`MIN_SHARERS`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from compliance.analyse.reuse.age import read_age
from compliance.analyse.reuse.sources import NATIONAL
from compliance.records import SharedText, Span

# Municipalities that a sentence is told to share wording with, besides those that its document names. Twice as many as
# make wording custom: what is left out is nobody's loan.
MOST_TOLD = 8

Ranks = Mapping[str, int]  # a municipality's place by the age of its earliest document, by owner
Stretch = tuple[Span, str, bool]  # a document's sentences, whose words they are too, and whether it names that one


def rank_owners(texts: Iterable[SharedText]) -> dict[str, int]:
    """Return each municipality's place by its earliest document, the oldest first."""
    ordered = sorted(texts, key=lambda each: (_order_by_age(each), each.document_id))
    owners = dict.fromkeys(text.owner for text in ordered if text.owner != NATIONAL)
    return {owner: rank for rank, owner in enumerate(owners)}


def choose_told(stretches: Sequence[Stretch], ranks: Ranks) -> list[bool]:
    """Tell which of one document's stretches are told of; the answers do not depend on their order."""
    earliest: dict[int, set[int]] = {}
    for sentences, owner, named in stretches:
        for number in () if named else range(*sentences):
            earliest.setdefault(number, set()).add(ranks[owner])
    last = {number: sorted(found)[:MOST_TOLD][-1] for number, found in earliest.items()}
    return [
        named or any(ranks[owner] <= last[number] for number in range(*sentences))
        for sentences, owner, named in stretches
    ]


def _order_by_age(text: SharedText) -> tuple[bool, int, str]:
    """Return what puts the oldest first, and what says nothing of its age last."""
    age = read_age(text)
    year = age.adopted[0].year if age.adopted else age.year
    return year is None, year or 0, age.adopted[0].isoformat() if age.adopted else ""
