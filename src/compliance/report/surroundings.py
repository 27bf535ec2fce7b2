"""What a document's report says of the run's others: gathered once, so that no report needs them whole."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from compliance.records import Neighbour, ScoreSubject
from compliance.report.document_results import DocumentResults
from compliance.report.views.quotes import has_pages
from compliance.report.views.steps import NOT_FOUND, is_sure


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The other documents as one document's report speaks of them; equal surroundings, equal words about them."""

    own_plans: tuple[Neighbour, ...] = ()  # the other documents of the same municipality
    sources: Mapping[str, Neighbour] = field(default_factory=dict)  # those whose wording it has, by id
    # How many documents of the same type from other municipalities speak of a goal, and of how many, by goal.
    others: Mapping[str, tuple[int, int]] = field(default_factory=dict)
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
        kind, owner = document.document_type, document.municipality
        mine = self._owned[owner]
        return Surroundings(
            own_plans=tuple(each for each in mine if each is not document) if owner is not None else (),
            sources={each: self._by_id[each] for each in sorted({*sources} & self._by_id.keys())},
            others={
                goal: (
                    self._found[kind, goal] - self._own_found[kind, goal, owner],
                    self._scored[kind, goal] - self._own_scored[kind, goal, owner],
                )
                for goal in document.goals
            },
            compared=len(mine) < len(self._by_id),
        )


def describe_neighbours(plans: Sequence[DocumentResults]) -> tuple[Neighbour, ...]:
    """Return the documents as the others' reports speak of them."""
    return tuple(
        Neighbour(
            plan.document.id,
            plan.name,
            plan.municipality,
            plan.profile.document_type.value,
            has_pages(plan.document),
            {
                label: (score.value, is_sure(score))
                for (subject, label), score in plan.scores.items()
                if subject is ScoreSubject.GOAL
            },
        )
        for plan in plans
    )
