"""All vocabularies in one pass: a text is read once, and what was found is handed to every question about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from compliance.analyse.matching.cues import CueIndex, CueMatch
from compliance.analyse.matching.terms import Match
from compliance.guidelines.cues import (
    ActorKind,
    AttributionCue,
    Cue,
    ElementCue,
    FundingCue,
    LocalCue,
    MeasureCue,
    ModalityCue,
    NetworkCue,
    PlanCue,
    SectorPlanCue,
    SourceCue,
    StatementCue,
    StrategyStatusCue,
)
from compliance.guidelines.rules import Rules
from compliance.guidelines.sets import Goal
from compliance.guidelines.terms import Strength, Term

_RESPONSIBLE = {ActorKind.ROLE, ActorKind.BODY, ActorKind.UNIT}
_KEPT = 4096  # texts: those of a document of 300 pages, each with its sentences, headings and lead-ins


@dataclass(frozen=True, slots=True)
class TextMatches:
    """Every cue and goal term in one text, by vocabulary, each in the order of `CueMatcher.find`."""

    goals: Sequence[Match]
    excluding: Mapping[str, Sequence[Match]]  # by element: terms that argue against it
    elements: Sequence[CueMatch[ElementCue]]
    digital: Sequence[CueMatch[Cue]]
    digital_goods: Sequence[CueMatch[Cue]]
    other_goods: Sequence[CueMatch[Cue]]
    digital_content: Sequence[CueMatch[Cue]]
    modality: Sequence[CueMatch[ModalityCue]]
    measures: Sequence[CueMatch[MeasureCue]]
    specifics: Sequence[CueMatch[Cue]]  # who is responsible, how much money, until when
    local: Sequence[CueMatch[LocalCue]]
    attribution: Sequence[CueMatch[AttributionCue]]
    sources: Sequence[CueMatch[SourceCue]]
    plans: Sequence[CueMatch[PlanCue]]
    statements: Sequence[CueMatch[StatementCue]]
    strategy_status: Sequence[CueMatch[StrategyStatusCue]]
    sector_plans: Sequence[CueMatch[SectorPlanCue]]
    funding: Sequence[CueMatch[FundingCue]]
    networks: Sequence[CueMatch[NetworkCue]]


class Scanner:
    """Scans texts for the cues of the rule files and the terms of some goals; remembers the texts it has scanned."""

    def __init__(self, rules: Rules, goals: Sequence[Goal] = ()) -> None:
        cues: dict[str, Sequence[Cue]] = {
            name: getattr(rules, name) for name in TextMatches.__slots__ if hasattr(rules, name)
        }
        responsible = [actor for actor in rules.actors if actor.kind in _RESPONSIBLE]
        cues["specifics"] = (*responsible, *rules.money, *rules.deadlines)
        self._names = tuple(cues)
        terms: dict[str, Sequence[Term]] = {
            _name_excluding(cue.id): tuple(cue.excluding.terms(Strength.STRONG)) for cue in rules.elements
        }
        counted = (term for goal in goals for term in goal.terms)
        not_counted = (term for goal in goals for term in goal.not_counted.terms)
        terms["goals"] = tuple(chain(counted, not_counted))
        self._index = CueIndex(cues, terms, sentences_only=("modality",))
        self.scan = lru_cache(maxsize=_KEPT)(self._scan)

    def _scan(self, text: str) -> TextMatches:
        """Return everything that the vocabularies find in the text."""
        cues, terms = self._index.find(text)
        excluding = {name.partition(".")[2]: found for name, found in terms.items() if name != "goals"}
        matches = {name: cues.get(name, ()) for name in self._names}
        return TextMatches(goals=terms.get("goals", ()), excluding=excluding, **matches)  # type: ignore[arg-type]


def _name_excluding(element: str) -> str:
    return f"excluding.{element}"
