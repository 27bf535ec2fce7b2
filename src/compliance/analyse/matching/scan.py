"""All vocabularies in one pass: a text is read once, and what was found is handed to every question about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Generic, cast

from compliance.analyse.matching.cues import CueIndex, CueMatch, CueT, FoundCues
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
_EXCLUDING = "excluding."  # before an element's name: the vocabulary that argues against it
_KEPT = 4096  # texts: those of a document of 300 pages, each with its sentences, headings and lead-ins


class _Cues(Generic[CueT]):
    """A vocabulary's cues in a text, in the order of `CueMatcher.find`; looked for at the first question, then kept."""

    def __set_name__(self, owner: type[TextMatches], name: str) -> None:
        self._name = name

    def __get__(self, matches: TextMatches, owner: type[TextMatches]) -> Sequence[CueMatch[CueT]]:
        found = cast("Sequence[CueMatch[CueT]]", matches.found.list_cues(self._name))
        matches.__dict__[self._name] = found  # which Python looks at first from now on
        return found


@dataclass(frozen=True)
class TextMatches:
    """Every cue and goal term in one text, by vocabulary: few texts are asked about all of them."""

    found: FoundCues

    elements = _Cues[ElementCue]()
    digital = _Cues[Cue]()
    digital_goods = _Cues[Cue]()
    other_goods = _Cues[Cue]()
    digital_content = _Cues[Cue]()
    modality = _Cues[ModalityCue]()
    measures = _Cues[MeasureCue]()
    specifics = _Cues[Cue]()  # who is responsible, how much money, until when
    local = _Cues[LocalCue]()
    attribution = _Cues[AttributionCue]()
    sources = _Cues[SourceCue]()
    plans = _Cues[PlanCue]()
    statements = _Cues[StatementCue]()
    strategy_status = _Cues[StrategyStatusCue]()
    sector_plans = _Cues[SectorPlanCue]()
    funding = _Cues[FundingCue]()
    networks = _Cues[NetworkCue]()

    @property
    def is_digital(self) -> bool:
        """Whether a word is surely of something digital."""
        return any(cue.strong for cue in (*self.digital, *self.digital_goods))

    @property
    def is_of_other_goods(self) -> bool:
        """Whether what money goes to is named, and surely nothing digital."""
        return bool(self.other_goods) and not self.is_digital

    @property
    def goals(self) -> Sequence[Match]:
        """The goals' terms."""
        return self.found.terms.get("goals", ())

    def list_excluding(self, element: str) -> Sequence[Match]:
        """Return the terms that argue against an element."""
        return self.found.terms.get(_EXCLUDING + element, ())


VOCABULARIES = tuple(name for name, each in vars(TextMatches).items() if isinstance(each, _Cues))


class Scanner:
    """Scans texts for the cues of the rule files and the terms of some goals; remembers the texts it has scanned."""

    def __init__(self, rules: Rules, goals: Sequence[Goal] = ()) -> None:
        responsible = [actor for actor in rules.actors if actor.kind in _RESPONSIBLE]
        cues: dict[str, Sequence[Cue]] = {name: getattr(rules, name) for name in VOCABULARIES if hasattr(rules, name)}
        cues["specifics"] = (*responsible, *rules.money, *rules.deadlines)
        terms: dict[str, Sequence[Term]] = {
            _EXCLUDING + cue.id: tuple(cue.excluding.terms(Strength.STRONG)) for cue in rules.elements
        }
        counted = (term for goal in goals for term in goal.terms)
        not_counted = (term for goal in goals for term in goal.not_counted.terms)
        terms["goals"] = tuple(chain(counted, not_counted))
        self._index = CueIndex(cues, terms, sentences_only=("modality",))
        self.scan = lru_cache(maxsize=_KEPT)(self._scan)

    def _scan(self, text: str) -> TextMatches:
        """Return everything that the vocabularies find in the text."""
        return TextMatches(self._index.find(text))
