"""What a document's report says of the run's others: gathered once, so that no report needs them whole."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from compliance.records import Neighbour, ScoreSubject
from compliance.report.document_results import DocumentResults
from compliance.report.views.steps import NOT_FOUND, is_sure

MIN_COMPARED: Final = 2  # other documents of the type, below which «1 av 1» would say nothing
MAX_COUNTED: Final = 9  # of more a share is told: numbers would change in every page with every document
COUNTED: Final = "counted"
# The least share of a step by its name. Few and wide, since all pages that tell a share are written anew where one
# document more takes it over a bound. None has no step of its own: it would end with the first of hundreds.
STEPS: Final = {"few": 0.0, "some": 0.1, "many": 0.5, "most": 0.9}


@dataclass(frozen=True, slots=True)
class Uptake:
    """How many comparable documents take a goal up, as it is told: counted where they are few, else as a share."""

    step: str  # of STEPS, or COUNTED
    taken_up: int = 0  # documents, where they are counted
    compared: int = 0

    @property
    def is_counted(self) -> bool:
        """Whether it is told in numbers."""
        return self.step == COUNTED

    @property
    def share(self) -> float:
        """The share of the documents, 0 to 1: of many the least that the step says."""
        return self.taken_up / self.compared if self.is_counted else STEPS[self.step]


def tell_uptake(taken_up: int, compared: int) -> Uptake:
    """Return how a page tells that so many of the compared documents, one at least, take a goal up."""
    if compared <= MAX_COUNTED:
        return Uptake(COUNTED, taken_up, compared)
    return Uptake([*STEPS][bisect_right([*STEPS.values()], taken_up / compared) - 1])


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The other documents as one document's report speaks of them; equal surroundings, equal words about them."""

    own_plans: tuple[Neighbour, ...] = ()  # the other documents of the same municipality
    sources: Mapping[str, Neighbour] = field(default_factory=dict)  # those whose wording it has, by id, without scores
    # By goal that the document does not speak of: documents of the same type from other municipalities that do.
    uptake: Mapping[str, Uptake] = field(default_factory=dict)
    compared: bool = False  # another municipality's document is in the run, so that shared wording could be seen


class Neighbourhood:
    """All documents of a run, looked up from the side of each."""

    def __init__(self, documents: Sequence[Neighbour]) -> None:
        self._by_id = {each.id: each for each in documents}
        self._owned: defaultdict[str | None, list[Neighbour]] = defaultdict(list)
        # By document type and goal, of all municipalities (None: of those without one) and of each.
        self._scored: Counter[tuple[str, str]] = Counter()
        self._found: Counter[tuple[str, str]] = Counter()
        self._own_scored: Counter[tuple[str, str, str | None]] = Counter()
        self._own_found: Counter[tuple[str, str, str | None]] = Counter()
        for each in documents:
            self._owned[each.municipality].append(each)
            for goal, (step, _) in each.goals.items():
                kind = each.document_type
                self._scored[kind, goal] += 1
                self._own_scored[kind, goal, each.municipality] += 1
                if step > NOT_FOUND:
                    self._found[kind, goal] += 1
                    self._own_found[kind, goal, each.municipality] += 1

    def look_around(self, document_id: str, *, sources: Iterable[str]) -> Surroundings:
        """Return the surroundings of a document; `sources` are the ids of what it shares wording with."""
        document = self._by_id[document_id]
        owner = document.municipality
        mine = self._owned[owner]
        return Surroundings(
            own_plans=tuple(each for each in mine if each is not document) if owner is not None else (),
            sources={each: replace(self._by_id[each], goals={}) for each in sorted({*sources} & self._by_id.keys())},
            uptake=dict(self._tell_uptake(document)),
            compared=len(mine) < len(self._by_id),
        )

    def _tell_uptake(self, document: Neighbour) -> Iterator[tuple[str, Uptake]]:
        kind, owner = document.document_type, document.municipality
        for goal, (step, _) in document.goals.items():
            compared = self._scored[kind, goal] - self._own_scored[kind, goal, owner]
            if step == NOT_FOUND and compared >= MIN_COMPARED:
                yield goal, tell_uptake(self._found[kind, goal] - self._own_found[kind, goal, owner], compared)


def describe_neighbours(plans: Sequence[DocumentResults]) -> tuple[Neighbour, ...]:
    """Return the documents as the others' reports speak of them."""
    return tuple(
        Neighbour(
            plan.document.id,
            plan.name,
            plan.municipality,
            plan.profile.document_type.value,
            plan.document.has_pages,
            {
                label: (score.value, is_sure(score))
                for (subject, label), score in plan.scores.items()
                if subject is ScoreSubject.GOAL
            },
        )
        for plan in plans
    )
