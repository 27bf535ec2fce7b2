"""The study's findings: counts by written definitions, and each municipality's part in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from compliance.guidelines.findings import FindingDefinition, load_findings
from compliance.guidelines.sets import GuidelineSet
from compliance.records import ScoreSubject
from compliance.records.study import (
    CRITERION,
    BudgetLine,
    CaseValue,
    Commitment,
    FindingCase,
    StrategyState,
    StrategyStatus,
    StudyCell,
    StudyDocument,
    StudyFinding,
    TextShare,
)
from compliance.study.documents import BUDGETS
from compliance.study.owners import STRATEGIES
from compliance.study.placing import Place

_BINDING: Final = 3  # a goal's value from which the municipality binds itself in its own words
_TEMPLATE_SHARE: Final = 0.15  # of a strategy's text; the study calls five of ten copies without giving a share …
_LOOSE_SHARE: Final = 0.05  # … so both are shown
_NOBODY: Final = "{title}: Det er ingen kommuner å regne på."
_UNDER_WAY: Final = frozenset({StrategyStatus.UNDER_WAY, StrategyStatus.DRAFT})


@dataclass(frozen=True, slots=True)
class Subject:
    """One municipality with all that findings look at."""

    id: str
    state: StrategyState
    documents: Mapping[str, StudyDocument]
    values: Sequence[CaseValue]
    cells: Sequence[StudyCell]
    budget: Sequence[BudgetLine]
    commitments: Sequence[Commitment]
    shares: Mapping[str, TextShare]  # by document
    goal_set: GuidelineSet | None  # the one that most municipalities are held against

    def list_values(self, name: str) -> list[CaseValue]:
        """Return a field's values of the case sheet."""
        return [each for each in self.values if each.field == name]


@dataclass(frozen=True, slots=True)
class Part:
    """Whether a municipality is counted, by both definitions and with how much."""

    counts: bool
    reason: str
    loosely: bool | None = None  # None: as by the first definition
    place: Mapping[str, Any] = field(default_factory=dict)
    value: float | None = None  # of a share
    span: tuple[float, float] | None = None  # of the share: what is sure, and what could be; None: the value itself
    is_asked: bool = True  # False: it is not among those that the finding is about
    is_sure: bool = True  # an unsure yes is in the range's upper end only
    may_count: bool = False  # not counted, but what is unsure would change that


def make_findings(
    subjects: Sequence[Subject],
) -> tuple[tuple[StudyFinding, ...], tuple[FindingCase, ...]]:
    """Return the findings in the order of the definitions, and each municipality's part in each."""
    findings, cases = [], []
    for definition in load_findings():
        parts = [(subject, _READERS[definition.id](subject)) for subject in subjects]
        asked = [(subject, part) for subject, part in parts if part.is_asked]
        cases += [_make_case(definition, subject, part) for subject, part in asked]
        goal_set = subjects[0].goal_set if subjects else None
        findings.append(_add_up(definition, [part for _, part in asked], goal_set))
    return tuple(findings), tuple(cases)


def choose_set(cells: Sequence[StudyCell], guidelines: Sequence[GuidelineSet]) -> GuidelineSet | None:
    """Return the set whose goals most municipalities are held against, the first of them; None where there are none.

    A share has one set as its denominator: a municipality that is held against more would else seem to do less.
    """
    held: dict[str, set[str]] = {}
    for cell in cells:
        if cell.subject == ScoreSubject.GOAL.value:
            held.setdefault(cell.label, set()).add(cell.municipality)
    counts = {each.id: len(held.get(each.goals[0].id, ())) for each in guidelines}
    known = [each for each in guidelines if counts[each.id]]
    return max(known, key=lambda each: (counts[each.id], each.default), default=None)


def _add_up(definition: FindingDefinition, parts: Sequence[Part], goal_set: GuidelineSet | None) -> StudyFinding:
    asked = [part for part in parts if part.value is not None]
    values = [part.value for part in asked if part.value is not None]
    looser = sum(part.counts if part.loosely is None else part.loosely for part in parts) if definition.looser else None
    if "{percent}" in definition.text:
        mean = sum(values) / len(values) if values else 0.0
        named = goal_set.document if goal_set else ""
        text = (
            definition.text.format(percent=f"{100 * mean:.0f} prosent", set=named)
            if values
            else _NOBODY.format(title=definition.title)
        )
        low, high = (
            sum(part.span[end] if part.span else part.value or 0.0 for part in asked) / len(asked) if asked else 0.0
            for end in (0, 1)
        )
        if f"{100 * low:.0f}" != f"{100 * high:.0f}":
            text = f"{text} Med det usikre er spennet {100 * low:.0f}–{100 * high:.0f} prosent."
        return _make(definition, text, round(mean, 6), 1, (round(low, 6), round(high, 6)), None)
    count = sum(part.counts for part in parts)
    low = sum(part.counts and part.is_sure for part in parts)
    high = count + sum(part.may_count and not part.counts for part in parts)
    text = (definition.text if count else definition.none or definition.text).format(
        count=_spell(count), of=_spell(len(parts))
    )
    if low != high:
        text = f"{text} Med det usikre er spennet {low}–{high}."
    if looser is not None and looser != count:
        text = f"{text} Med en videre definisjon ville tallet vært {looser}."
    return _make(definition, _capitalise(text), count, len(parts), (low, high), looser)


def _make(
    definition: FindingDefinition, text: str, count: float, of: int, span: tuple[float, float], looser: float | None
) -> StudyFinding:
    return StudyFinding(
        id=definition.id,
        group=definition.group,
        title=definition.title,
        text=text,
        definition=definition.definition,
        count=count,
        of=of,
        low=span[0],
        high=span[1],
        looser_definition=definition.looser,
        looser_count=looser,
    )


def _make_case(definition: FindingDefinition, subject: Subject, part: Part) -> FindingCase:
    loosely = part.counts if part.loosely is None else part.loosely
    return FindingCase(definition.id, subject.id, part.counts, loosely, part.value, part.reason, **part.place)


def _read_digital_work(subject: Subject) -> Part:
    if subject.commitments:
        first = subject.commitments[0]
        return Part(counts=True, reason=f"{len(subject.commitments)} tiltak binder kommunen.", place=place_of(first))
    if subject.budget:
        return Part(
            counts=True, reason=f"{len(subject.budget)} summer til noe digitalt.", place=place_of(subject.budget[0])
        )
    funded = subject.list_values("funding")
    if funded:
        return Part(counts=True, reason="Det er satt av midler.", place=place_of(funded[0]))
    touched = [cell for cell in subject.cells if cell.breadth]
    return Part(counts=False, reason="Ingen bindende tiltak og ingen sum er funnet.", loosely=bool(touched))


def _read_money(subject: Subject) -> Part:
    if subject.budget:
        lines = len(subject.budget)
        return Part(counts=True, reason=f"{lines} summer til noe digitalt.", place=place_of(subject.budget[0]))
    funded = subject.list_values("funding")
    if funded:
        kinds = ", ".join(each.value for each in funded)
        return Part(counts=True, reason=f"Midler til {kinds}.", place=place_of(funded[0]))
    return Part(counts=False, reason="Ingen sum er funnet.")


def _read_valid(subject: Subject) -> Part:
    state = subject.state
    counts = state.status is StrategyStatus.VALID
    loosely = counts or state.has_expired or state.equivalent is not None
    return Part(counts=counts, reason=state.reason, loosely=loosely, place=place_of(state))


def _read_under_way(subject: Subject) -> Part:
    state = subject.state
    return Part(counts=state.status in _UNDER_WAY, reason=state.reason, place=place_of(state))


def _read_none(subject: Subject) -> Part:
    state = subject.state
    counts = state.status in {StrategyStatus.EXPIRED, StrategyStatus.NONE}
    loosely = counts or state.status is StrategyStatus.NOT_FOUND
    return Part(counts=counts, reason=state.reason, loosely=loosely, place=place_of(state))


def _read_not_found(subject: Subject) -> Part:
    state = subject.state
    return Part(counts=state.status is StrategyStatus.NOT_FOUND, reason=state.reason, place=place_of(state))


def _read_template(subject: Subject) -> Part:
    if subject.state.status is not StrategyStatus.VALID:
        return Part(counts=False, reason="", is_asked=False)
    follows = subject.list_values("goals_follow")
    share = _share_of(subject, [each for each in subject.documents.values() if each.document_type in STRATEGIES])
    if follows:
        reason = f"Målene følger inndelingen i en nasjonal strategi ({follows[0].note})."
        return Part(counts=True, reason=reason, place=place_of(follows[0]))
    if share is None:
        return Part(counts=False, reason="Selve strategien er ikke i korpuset.", may_count=True)
    reason = f"{100 * share:.0f} prosent av teksten er andres ord."
    return Part(counts=share >= _TEMPLATE_SHARE, reason=reason, loosely=share >= _LOOSE_SHARE)


def _read_sector_plans(subject: Subject) -> Part:
    plans = subject.list_values("sector_plans")
    if not plans:
        return Part(counts=False, reason="Ingen er funnet.")
    names = ", ".join(each.value for each in plans)
    return Part(counts=True, reason=f"Fagområder: {names}.", place=place_of(plans[0]))


def _read_structures(subject: Subject) -> Part:
    structures = subject.list_values("prioritisation_structure")
    if structures:
        return Part(counts=True, reason=structures[0].value, place=place_of(structures[0]))
    cells = [
        cell
        for cell in subject.cells
        if cell.subject == CRITERION and cell.label in {"W12.b", "W9.a"} and cell.value and cell.document_id
    ]
    sure = [cell for cell in cells if cell.sure]
    place = place_of(sure[0]) if sure else {}
    reason = "Ikke noe organ er navngitt, men prioritering eller ansvar er omtalt." if sure else "Ingen spor er funnet."
    return Part(counts=False, reason=reason, loosely=bool(sure), place=place)


def _read_own_goals(subject: Subject) -> Part:
    wanted = {goal.id for goal in subject.goal_set.goals} if subject.goal_set else set()
    goals = [each for each in subject.cells if each.subject == ScoreSubject.GOAL.value and each.label in wanted]
    return _read_bound(goals, "mål")


def _read_own_themes(subject: Subject) -> Part:
    return _read_bound([each for each in subject.cells if each.subject == ScoreSubject.THEME.value], "temaer")


def _read_bound(cells: Sequence[StudyCell], name: str) -> Part:
    if not cells:
        return Part(counts=False, reason="", is_asked=False)
    bound = [cell for cell in cells if cell.value >= _BINDING]
    place = next((place_of(cell) for cell in bound if cell.document_id), {})
    low = sum(cell.sure for cell in bound)
    high = len(bound) + sum(not cell.sure for cell in cells if cell.value < _BINDING)
    reason = f"{len(bound)} av {len(cells)} {name}" + (f", med det usikre {low}–{high}." if low != high else ".")
    span = (low / len(cells), high / len(cells))
    return Part(counts=bool(bound), reason=reason, place=place, value=len(bound) / len(cells), span=span)


def _read_copied(subject: Subject) -> Part:
    share = _share_of(subject, list(subject.documents.values()))
    if share is None:
        return Part(counts=False, reason="", is_asked=False)
    return Part(counts=share > 0, reason=f"{100 * share:.0f} prosent av teksten.", value=share)


def _read_expired(subject: Subject) -> Part:
    state = subject.state
    counts = state.status in _UNDER_WAY or state.status is StrategyStatus.EXPIRED
    return Part(counts=counts, reason=state.reason, place=place_of(state))


def _read_details(subject: Subject) -> Part:
    if not subject.commitments:
        return Part(counts=False, reason="", is_asked=False)
    detailed = [each for each in subject.commitments if each.who or each.deadline or each.amount]
    reason = f"{len(detailed)} av {len(subject.commitments)} tiltak."
    place = place_of(detailed[0]) if detailed else {}
    return Part(counts=bool(detailed), reason=reason, place=place, value=len(detailed) / len(subject.commitments))


def _read_in_budgets(subject: Subject) -> Part:
    has_budget = any(each.document_type in BUDGETS for each in subject.documents.values())
    if not subject.commitments or not has_budget:
        return Part(counts=False, reason="", is_asked=False)
    tied = [each for each in subject.commitments if each.budget_passage]
    place = place_of(tied[0]) if tied else {}
    reason = f"{len(tied)} av {len(subject.commitments)} tiltak."
    return Part(counts=bool(tied), reason=reason, place=place, value=len(tied) / len(subject.commitments))


_READERS: Final[Mapping[str, Callable[[Subject], Part]]] = {
    "digital_work": _read_digital_work,
    "digital_money": _read_money,
    "strategy_valid": _read_valid,
    "strategy_under_way": _read_under_way,
    "strategy_none": _read_none,
    "strategy_not_found": _read_not_found,
    "strategy_like_template": _read_template,
    "sector_plans": _read_sector_plans,
    "structures": _read_structures,
    "own_binding_goals": _read_own_goals,
    "own_binding_themes": _read_own_themes,
    "copied_share": _read_copied,
    "expired_or_revised": _read_expired,
    "who_when_much": _read_details,
    "commitments_in_budgets": _read_in_budgets,
}


def _share_of(subject: Subject, documents: Sequence[StudyDocument]) -> float | None:
    """Return how much of the documents' text is others' words; None where there is no text."""
    shares = [subject.shares[each.document_id] for each in documents if each.document_id in subject.shares]
    total = sum(share.total for share in shares)
    if not total:
        return None
    return sum(share.quoted + share.unattributed + share.uncertain for share in shares) / total


def place_of(row: Any) -> dict[str, Any]:
    """Return where a row rests, as another row has it."""
    return {name: getattr(row, name) for name in Place.__annotations__}


_NUMBERS: Final = ("ingen", "én", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv")


def _spell(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def _capitalise(text: str) -> str:
    return text[:1].upper() + text[1:]
