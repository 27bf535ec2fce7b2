"""Families: the same wording in many texts, as one group instead of all pairs of it."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from compliance.textreuse.alignment import find_unshared
from compliance.textreuse.corpus import Compared
from compliance.textreuse.corpus_matching import FIRST, FIRST_END, FIRST_START, SECOND, SECOND_END, SECOND_START, Table

# Two stretches of a text are one place when what both cover is at least this share of the longer, or when one holds the
# other and is at most twice as long. Chance adds words at the ends of a nine-word goal; a sentence of a shared
# paragraph is another place, and so are the two halves of a passage that were taken from different texts.
SAME_PLACE, SAME_PLACE_WITHIN = 0.6, 0.5


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of one text, as its number and a half-open range of words."""

    text: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Words that a member has instead of the core's, as character ranges of both; either may be empty."""

    start: int
    end: int
    core_start: int
    core_end: int


@dataclass(frozen=True, slots=True)
class Member:
    """A passage of a family: its range of characters, and what it says otherwise than the core."""

    text_id: str
    start: int
    end: int
    similarity: float  # to the core, 0 to 1
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """Passages that each have a verified alignment with the core; that one is `core` among the `members`.

    `earliest` is the id of the text with the earliest date, None where no member has a date.
    """

    core: int
    members: tuple[Member, ...]
    earliest: str | None


def find_families(compared: Compared, *, dates: Mapping[str, date]) -> list[Family]:
    """Group the passages of a comparison by wording, the largest family first; every span found is in one of them.

    A passage is in a family because it was aligned with the family's core, never because it resembles another member.
    One that resembles two cores is in both families. `dates` gives the texts' dates by id, where they are known.
    """
    neighbours = _connect_places(compared.table)
    families = [
        _describe(compared, core, sorted(members, key=_order), dates=dates)
        for core, members in _cover_with_stars(neighbours)
    ]
    return sorted(families, key=lambda family: -len(family.members))


def _order(place: Place) -> tuple[int, int, int]:
    return place.text, place.start, place.end


def _connect_places(table: Table) -> dict[Place, set[Place]]:
    """Return, for each place, those of other texts that it was aligned with."""
    stretches: Counter[Place] = Counter()
    rows = table.tolist()
    sides = [_sides(row) for row in rows]
    for one, other in sides:
        stretches[one] += 1
        stretches[other] += 1
    place_of = dict(_merge_stretches(stretches))
    neighbours: dict[Place, set[Place]] = defaultdict(set)
    for one, other in sides:
        neighbours[place_of[one]].add(place_of[other])
        neighbours[place_of[other]].add(place_of[one])
    return neighbours


def _sides(row: list[int]) -> tuple[Place, Place]:
    return Place(row[FIRST], row[FIRST_START], row[FIRST_END]), Place(row[SECOND], row[SECOND_START], row[SECOND_END])


def _merge_stretches(stretches: Counter[Place]) -> Iterator[tuple[Place, Place]]:
    """Yield each stretch with the place it belongs to: one of the stretches, found most often of those like it."""
    places: dict[int, list[Place]] = defaultdict(list)
    for stretch in sorted(stretches, key=lambda each: (-stretches[each], _order(each))):
        own = places[stretch.text]
        place = next((place for place in own if _is_same(stretch, place)), None)
        if place is None:
            place = stretch
            own.append(stretch)
        yield stretch, place


def _is_same(one: Place, other: Place) -> bool:
    common = min(one.end, other.end) - max(one.start, other.start)
    shorter, longer = sorted((one.end - one.start, other.end - other.start))
    return common >= (SAME_PLACE_WITHIN if common == shorter else SAME_PLACE) * longer


def _cover_with_stars(neighbours: dict[Place, set[Place]]) -> Iterator[tuple[Place, set[Place]]]:
    """Yield cores with all places aligned with them, until every alignment lies within a family.

    The core is always the place with most alignments that no family has yet.
    """
    left = {place: set(others) for place, others in neighbours.items()}
    queue = [(-len(others), _order(place), place) for place, others in left.items()]
    heapq.heapify(queue)
    while queue:
        count, order, core = heapq.heappop(queue)
        if not left[core]:
            continue
        if -count != len(left[core]):
            heapq.heappush(queue, (-len(left[core]), order, core))
            continue
        members = {core, *neighbours[core]}
        for member in members:
            left[member] -= members
        yield core, members


def _describe(compared: Compared, core: Place, places: list[Place], *, dates: Mapping[str, date]) -> Family:
    members = tuple(_compare_with_core(compared, core, place) for place in places)
    dated = [(dates[member.text_id], member.text_id) for member in members if member.text_id in dates]
    return Family(places.index(core), members, min(dated)[1] if dated else None)


def _compare_with_core(compared: Compared, core: Place, place: Place) -> Member:
    own, cores = compared.texts[place.text].index, compared.texts[core.text].index
    unshared = find_unshared(own.ids[place.start : place.end], cores.ids[core.start : core.end])
    shared = (place.end - place.start) - sum(each.first_end - each.first_start for each in unshared)
    differences = tuple(
        Difference(
            *own.characters_of(place.start + each.first_start, place.start + each.first_end),
            *cores.characters_of(core.start + each.second_start, core.start + each.second_end),
        )
        for each in unshared
    )
    similarity = 2 * shared / (place.end - place.start + core.end - core.start)
    start, end = own.characters_of(place.start, place.end)
    return Member(compared.texts[place.text].id, start, end, round(similarity, 4), differences)
