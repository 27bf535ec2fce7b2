"""How far each passage commits the municipality, by modal verbs and by what makes a promise checkable."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from compliance.analyse.attribution import Attributions, lies_within
from compliance.analyse.context import TASK, Place, continues, has_finite_verb, strip_marker
from compliance.analyse.matching.cues import CueMatch
from compliance.analyse.matching.forms import MISSPELT
from compliance.analyse.matching.scan import Scanner
from compliance.analyse.matching.terms import split_roughly
from compliance.guidelines.cues import (
    ActorCue,
    Cue,
    LocalCue,
    LocalKind,
    MeasureKind,
    ModalityCue,
    ModalityRole,
)
from compliance.records import (
    Evidence,
    EvidenceCode,
    EvidenceKind,
    Level,
    Passage,
    Span,
    TableRow,
)

_ORDER = tuple(Level)
_DEFINITION, _MAX_DEFINED = "definition", 40  # its cue, and the characters of the term before it at most
_RULE_SCORE = 0.8  # a cue was read; a default without one scores _DEFAULT_SCORE
_DEFAULT_SCORE = 0.5
_LETTERS = re.compile(r"[^\W\d_]+")
_AMOUNT = re.compile(r"(?<!\S)-?\d[\d .]*(?:,\d+)?(?!\S)")
_MIN_ROW_WORDS = 2  # longer than two letters; fewer are a label without content
_MAX_ROLE_WORDS = 6  # «Avdelingsleder applikasjon/utvikling» names who; a longer item tells what
_QUESTION = re.compile(r"(?:hvordan|hva|hvilke[nt]?|hvem|korleis|kva|kven)\b", re.IGNORECASE)  # «hvordan vi skal»
_NATION = re.compile(r"\b(?:Norge|Noreg|[Rr]egjeringa|[Rr]egjeringen|Stortinget)\b")  # whose task it is then
_PRESUPPOSED = re.compile(r"\bsom\s+$", re.IGNORECASE)  # «teknologien som vi har valgt» tells of no step
_OWN = re.compile(
    r"\b(?:vi|vår[te]?|kommunens?|\w+ kommunes?|kommunestyret|formannskapet|bystyret|rådmannens?)\b", re.I
)
_MAX_STATUS_LINE = 120  # characters; «Sist vedtatt i 2022.» speaks of the municipality without naming it
_VISION = re.compile(r"framtidsbil|fremtidsbil|\bvisjon", re.IGNORECASE)
_PROMISE = re.compile(r"\b(?:tiltak|mål|delmål|strategia?r?|strategier|prinsipp|ansvar|oppgave|oppgåve)", re.IGNORECASE)
_MIN_STATEMENT = 60  # characters; a shorter text without a finite verb says nothing by itself


@dataclass(frozen=True, slots=True)
class RuledLevel:
    """What the rules read from a passage, or from one of its sentences."""

    level: Level
    evidence: tuple[Evidence, ...] = ()


class LevelReader:
    """Reads from the words how far every passage commits the municipality, with the wording that says so."""

    def __init__(self, scanner: Scanner) -> None:
        self._scanner = scanner

    def read(self, places: Sequence[Place], attributions: Attributions) -> list[RuledLevel]:
        """Return the level of each passage; what is another's words commits nobody."""
        levels: list[RuledLevel] = []
        before: Place | None = None
        said = RuledLevel(Level.NONE)
        for place in places:
            said = self._judge_place(place, before, said)
            passage = place.passage
            if said.level is not Level.CONCRETE and lies_within(attributions.spans, passage.start, passage.end):
                said = _hold_back(said)
            before = place
            levels.append(said if said.evidence else _assume(said.level))
        return levels

    def _judge_place(self, place: Place, before: Place | None, said_before: RuledLevel) -> RuledLevel:
        if place.heading or place.aside:
            return RuledLevel(Level.NONE)
        said = self._read_text(place.passage)
        if _rank(said.level) > _rank(Level.BACKGROUND):
            return said
        if place.passage.table is not None:
            return _read_row(place.passage, place.passage.table, said)
        if place.item:
            siblings = before is not None and before.item
            return self._read_item(place, said, said_before if siblings else RuledLevel(Level.NONE))
        if before is not None and before.item and continues(place, before):
            return RuledLevel(Level.NONE)  # the line that opens the action carries it
        return _read_surroundings(place, said, said_before)

    def _read_text(self, passage: Passage) -> RuledLevel:
        """Return the strongest of the passage's sentences; without a cue it is background, if it says anything."""
        plain = has_finite_verb(passage.text) or len(passage.text) > _MIN_STATEMENT
        best = RuledLevel(Level.BACKGROUND if plain else Level.NONE)
        for start, end in list_sentences(passage):
            said = self._read_sentence(passage.text[start:end], passage.start + start)
            if _rank(said.level) > _rank(best.level):
                best = said
        return best

    def _read_sentence(self, text: str, offset: int) -> RuledLevel:
        cues = self._scanner.scan(text).modality
        negated = [cue for cue in cues if cue.cue.role is ModalityRole.NEGATES]
        capping = [cue for cue in cues if cue.cue.role is ModalityRole.CAPS]
        asked = [cue for cue in negated if _QUESTION.match(text, cue.start)]
        binding = [cue for cue in cues if cue.cue.role is ModalityRole.BINDS and not _overlaps(cue, asked)]
        others = [cue for cue in cues if cue.cue.role is ModalityRole.SETS and not _overlaps(cue, negated)]
        setting = binding + others
        level = max((cue.cue.level for cue in setting), key=_rank, default=Level.NONE)
        if capping and not binding:
            level = min(level, *(cue.cue.level for cue in capping), key=_rank)
        evidence = tuple(cue.as_evidence(offset) for cue in setting if level is not Level.NONE)
        against = tuple(cue.as_evidence(offset, against=True) for cue in (*capping, *negated))
        return self._make_concrete(text, offset, RuledLevel(level, evidence + against), capped=bool(capping))

    def _make_concrete(self, text: str, offset: int, said: RuledLevel, *, capped: bool) -> RuledLevel:
        """Lift a commitment that names who, when or how much, and a step that has been taken."""
        matches = self._scanner.scan(text)
        measures = matches.measures
        own = _OWN.search(text) or len(text) < _MAX_STATUS_LINE
        done: list[CueMatch[Cue]] = [cue for cue in measures if own and cue.cue.kind is MeasureKind.COMPLETED]
        done += [step for step in matches.local if _is_step(step) and not _PRESUPPOSED.search(text[: step.start])]
        if done and not capped:
            return RuledLevel(Level.CONCRETE, tuple(cue.as_evidence(offset) for cue in done))
        if said.level is not Level.COMMITMENT:
            return said
        specifics: list[CueMatch[Cue]] = [*measures, *matches.specifics]
        specifics = [cue for cue in specifics if cue.strong and cue.quality > MISSPELT]
        if not specifics:
            return said
        return RuledLevel(Level.CONCRETE, said.evidence + tuple(cue.as_evidence(offset) for cue in specifics))

    def _defines(self, text: str) -> bool:
        """Tell an item that explains what its first words mean: «Digital ledelse Handler om …»."""
        return any(cue.cue.id == _DEFINITION and cue.start < _MAX_DEFINED for cue in self._scanner.scan(text).modality)

    def _read_item(self, place: Place, said: RuledLevel, sibling: RuledLevel) -> RuledLevel:
        """Return what a list item without a modal verb says: its lead-in's promise, a role, a task, its sibling's."""
        text = strip_marker(place.passage.text)
        offset = place.passage.end - len(text)
        inherits = place.lead_in is not None and not self._defines(text)
        inherited = _pass_on(self._read_text(place.lead_in)) if place.lead_in and inherits else RuledLevel(Level.NONE)
        if _rank(inherited.level) > _rank(Level.BACKGROUND):
            return self._make_concrete(text, offset, inherited, capped=False)
        roles = [role for role in self._scanner.scan(text).specifics if _opens_as_role(role)]
        if roles and len(text.split()) <= _MAX_ROLE_WORDS:
            return RuledLevel(Level.CONCRETE, (roles[0].as_evidence(offset),))
        if _QUESTION.match(text) or (_NATION.search(text) and not _OWN.search(text)):
            return said
        if TASK.match(text):
            task = Evidence(EvidenceKind.RULE, "", _RULE_SCORE, offset, offset + len(text), code=EvidenceCode.TASK)
            return self._make_concrete(text, offset, RuledLevel(Level.COMMITMENT, (task,)), capped=False)
        best = max(said, _pass_on(sibling), RuledLevel(Level.BACKGROUND), key=lambda each: _rank(each.level))
        if _rank(best.level) <= _rank(Level.BACKGROUND) and place.headings and _PROMISE.search(place.headings[-1]):
            return RuledLevel(Level.COMMITMENT, (_name_heading(EvidenceCode.MEASURES),))
        return best


def _hold_back(said: RuledLevel) -> RuledLevel:
    """Return another's words as background: what they promise or ask, the municipality has not said."""
    level = min(said.level, Level.BACKGROUND, key=_rank)
    others = Evidence(EvidenceKind.RULE, "", _RULE_SCORE, code=EvidenceCode.OTHERS_WORDS)
    return RuledLevel(level, (others, *(replace(item, against=True) for item in said.evidence)))


def _read_surroundings(place: Place, said: RuledLevel, said_before: RuledLevel) -> RuledLevel:
    """Return what a paragraph without a modal verb takes from where it stands: a continued line, a vision."""
    if place.passage.text[:1].islower():
        return max(said, _pass_on(said_before), key=lambda each: _rank(each.level))
    if place.headings and _VISION.search(place.headings[-1]):
        return RuledLevel(Level.INTENTION, (_name_heading(EvidenceCode.VISION),))
    return said


def _read_row(passage: Passage, row: TableRow, said: RuledLevel) -> RuledLevel:
    """Return what a table row says: an amount in kroner with a name is concrete, bare figures say nothing."""
    words = [word for word in _LETTERS.findall(passage.text) if len(word) > 2]
    if len(words) < _MIN_ROW_WORDS:
        return RuledLevel(Level.NONE)
    figure = _AMOUNT.search(passage.text)
    if figure and row.unit and "kr" in row.unit.lower():
        start, end = figure.span()
        money = Evidence(
            EvidenceKind.RULE,
            "",
            _RULE_SCORE,
            passage.start + start,
            passage.start + end,
            code=EvidenceCode.AMOUNT_IN_ROW,
        )
        return RuledLevel(Level.CONCRETE, (money,))
    return said


def _pass_on(said: RuledLevel) -> RuledLevel:
    """Return what of a passage's level its list items or its continuation take over: at most a commitment."""
    evidence = tuple(
        Evidence(EvidenceKind.NEIGHBOUR, item.reference, item.score, code=item.code) for item in said.evidence
    )
    return RuledLevel(min(said.level, Level.COMMITMENT, key=_rank), evidence)


def list_sentences(passage: Passage) -> Sequence[Span]:
    """Return the passage's sentences as offsets in its text."""
    if passage.sentences:
        return [Span(start - passage.start, end - passage.start) for start, end in passage.sentences]
    return [Span(*span) for span in split_roughly(passage.text)]


def _name_heading(code: EvidenceCode) -> Evidence:
    return Evidence(EvidenceKind.HEADING, "", _RULE_SCORE, code=code)


def _rank(level: Level) -> int:
    return _ORDER.index(level)


def _assume(level: Level) -> RuledLevel:
    return RuledLevel(level, (Evidence(EvidenceKind.RULE, level, _DEFAULT_SCORE, code=EvidenceCode.DEFAULT_LEVEL),))


def _is_step(match: CueMatch[LocalCue]) -> bool:
    return match.cue.kind is LocalKind.STEP


def _opens_as_role(match: CueMatch[Cue]) -> bool:
    return isinstance(match.cue, ActorCue) and match.start == 0 and match.strong and match.quality > MISSPELT


def _overlaps(cue: CueMatch[ModalityCue], others: Iterable[CueMatch[ModalityCue]]) -> bool:
    return any(cue.start < other.end and other.start < cue.end for other in others)
