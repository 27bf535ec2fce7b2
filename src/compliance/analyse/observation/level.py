"""How far each passage commits the municipality, by modal verbs and by what makes a promise checkable."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from compliance.analyse.analyser import Scope
from compliance.analyse.attribution import AttributionAnalyser, lies_within
from compliance.analyse.context import Place, has_finite_verb, outline_passages, strip_marker
from compliance.analyse.matching.cues import CueMatch, CueMatcher
from compliance.analyse.matching.terms import MISSPELT, split_roughly
from compliance.guidelines.cues import (
    ActorCue,
    ActorKind,
    Cue,
    LocalCue,
    LocalKind,
    MeasureCue,
    MeasureKind,
    ModalityCue,
    ModalityRole,
)
from compliance.guidelines.rules import Rules
from compliance.records import (
    Evidence,
    EvidenceCode,
    EvidenceKind,
    Finding,
    Level,
    Passage,
    Reading,
    Span,
    TableRow,
    Task,
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
TASK = re.compile(  # an item that opens with an infinitive sets a task; comparatives look like verbs on -ere
    r"(?!(?:Fl|Vid|Enkl|Rask|Sikr|Tidlig|Sen|Høy|Lav|Sterk|Trygg|Tett|Smart|Tydelig|Grønn|Billig|Lett|Ren|Bred|Nærm)ere\b)"
    r"(?:[A-ZÆØÅ]\w+(?:ere|arbeide)|Sikre|Styrke|Styrkje|Utvikle|Vidareutvikle|Videreutvikle|Gjennomføre|Innføre|Følge|Følgje"
    r"|Bruke|Skape|Øke|Auke|Lage|Gjøre|Gjere|Beslutte|Sette|Setje|Drifte|Godkjenne|Støtte|Dele|Samle|Bygge|Byggje|Sørge|Sørgje"
    r"|Legge|Leggje|Kartlegge|Kartleggje|Veilede|Rettleie|Skjerme|Fortette|Oppretthalde|Opprettholde|Behalde|Beholde|Fjerne"
    r"|Fremme|Innhente|Avklare|Velge|Velje|Finne|Sende|Nytte|Utnytte|Utføre|Teste|Måle|Lære|Hjelpe|Tilrettelegge|Tilpasse"
    r"|Bidra|Delta|Tilby|Foreslå|Forstå|Bistå|Gå|Stå|Få|Gi|Ta|Se|Sjå)[ ,]"
)
_NATION = re.compile(r"\b(?:Norge|Noreg|[Rr]egjeringa|[Rr]egjeringen|Stortinget)\b")  # whose task it is then
_PRESUPPOSED = re.compile(r"\bsom\s+$", re.IGNORECASE)  # «teknologien som vi har valgt» tells of no step
_OWN = re.compile(
    r"\b(?:vi|vår[te]?|kommunens?|\w+ kommunes?|kommunestyret|formannskapet|bystyret|rådmannens?)\b", re.I
)
_RESPONSIBLE = {ActorKind.ROLE, ActorKind.BODY, ActorKind.UNIT}
_MAX_STATUS_LINE = 120  # characters; «Sist vedtatt i 2022.» speaks of the municipality without naming it
_VISION = re.compile(r"framtidsbil|fremtidsbil|\bvisjon", re.IGNORECASE)
_PROMISE = re.compile(r"\b(?:tiltak|mål|delmål|strategia?r?|strategier|prinsipp|ansvar|oppgave|oppgåve)", re.IGNORECASE)
_MIN_STATEMENT = 60  # characters; a shorter text without a finite verb says nothing by itself


@dataclass(frozen=True, slots=True)
class _Said:
    """What was read from a passage, or from one of its sentences."""

    level: Level
    evidence: tuple[Evidence, ...] = ()


class LevelAnalyser:
    """Gives every passage one Level, with the wording that set it."""

    name = "level"
    scope = Scope.DOCUMENT

    def __init__(self, rules: Rules, borrowed: AttributionAnalyser | None = None) -> None:
        self._borrowed = borrowed or AttributionAnalyser(rules)
        self._modality = CueMatcher[ModalityCue](rules.modality)
        self._measures = CueMatcher[MeasureCue](rules.measures)
        actors = [actor for actor in rules.actors if actor.kind in _RESPONSIBLE]
        self._specifics = CueMatcher[Cue]((*actors, *rules.money, *rules.deadlines))
        self._steps = CueMatcher[LocalCue]([cue for cue in rules.local if cue.kind is LocalKind.STEP])
        self._roles = CueMatcher[ActorCue](actors)

    def analyse(self, readings: Sequence[Reading]) -> list[Finding]:
        """Return one finding per passage."""
        return [finding for reading in readings for finding in self._judge_reading(reading)]

    def _judge_reading(self, reading: Reading) -> list[Finding]:
        findings: list[Finding] = []
        others = self._borrowed.find_spans(reading)
        before: Place | None = None
        said = _Said(Level.NONE)
        for place in outline_passages(reading.passages):
            said = self._judge_place(place, before, said)
            if said.level is not Level.CONCRETE and lies_within(others, place.passage.start, place.passage.end):
                said = _hold_back(said)
            before = place
            findings.append(_make_finding(place.passage, said))
        return findings

    def _judge_place(self, place: Place, before: Place | None, said_before: _Said) -> _Said:
        if place.heading or place.aside:
            return _Said(Level.NONE)
        said = self._read_text(place.passage)
        if _rank(said.level) > _rank(Level.BACKGROUND):
            return said
        if place.passage.table is not None:
            return _read_row(place.passage, place.passage.table, said)
        if place.item:
            siblings = before is not None and before.item
            return self._read_item(place, said, said_before if siblings else _Said(Level.NONE))
        return _read_surroundings(place, said, said_before)

    def _read_text(self, passage: Passage) -> _Said:
        """Return the strongest of the passage's sentences; without a cue it is background, if it says anything."""
        plain = has_finite_verb(passage.text) or len(passage.text) > _MIN_STATEMENT
        best = _Said(Level.BACKGROUND if plain else Level.NONE)
        for start, end in list_sentences(passage):
            said = self._read_sentence(passage.text[start:end], passage.start + start)
            if _rank(said.level) > _rank(best.level):
                best = said
        return best

    def _read_sentence(self, text: str, offset: int) -> _Said:
        cues = self._modality.find(text, ((0, len(text)),))
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
        return self._make_concrete(text, offset, _Said(level, evidence + against), capped=bool(capping))

    def _make_concrete(self, text: str, offset: int, said: _Said, *, capped: bool) -> _Said:
        """Lift a commitment that names who, when or how much, and a step that has been taken."""
        measures = self._measures.find(text)
        own = _OWN.search(text) or len(text) < _MAX_STATUS_LINE
        done: list[CueMatch[Cue]] = [cue for cue in measures if own and cue.cue.kind is MeasureKind.COMPLETED]
        done += [step for step in self._steps.find(text) if not _PRESUPPOSED.search(text[: step.start])]
        if done and not capped:
            return _Said(Level.CONCRETE, tuple(cue.as_evidence(offset) for cue in done))
        if said.level is not Level.COMMITMENT:
            return said
        specifics: list[CueMatch[Cue]] = [*measures, *self._specifics.find(text)]
        specifics = [cue for cue in specifics if cue.strong and cue.quality > MISSPELT]
        if not specifics:
            return said
        return _Said(Level.CONCRETE, said.evidence + tuple(cue.as_evidence(offset) for cue in specifics))

    def _defines(self, text: str) -> bool:
        """Tell an item that explains what its first words mean: «Digital ledelse Handler om …»."""
        return any(cue.cue.id == _DEFINITION and cue.start < _MAX_DEFINED for cue in self._modality.find(text))

    def _read_item(self, place: Place, said: _Said, sibling: _Said) -> _Said:
        """Return what a list item without a modal verb says: its lead-in's promise, a role, a task, its sibling's."""
        text = strip_marker(place.passage.text)
        offset = place.passage.end - len(text)
        inherits = place.lead_in is not None and not self._defines(text)
        inherited = _pass_on(self._read_text(place.lead_in)) if place.lead_in and inherits else _Said(Level.NONE)
        if _rank(inherited.level) > _rank(Level.BACKGROUND):
            return self._make_concrete(text, offset, inherited, capped=False)
        roles = [role for role in self._roles.find(text) if role.start == 0 and role.strong and role.quality > MISSPELT]
        if roles and len(text.split()) <= _MAX_ROLE_WORDS:
            return _Said(Level.CONCRETE, (roles[0].as_evidence(offset),))
        if _QUESTION.match(text) or (_NATION.search(text) and not _OWN.search(text)):
            return said
        if TASK.match(text):
            task = Evidence(EvidenceKind.RULE, "", _RULE_SCORE, offset, offset + len(text), code=EvidenceCode.TASK)
            return self._make_concrete(text, offset, _Said(Level.COMMITMENT, (task,)), capped=False)
        best = max(said, _pass_on(sibling), _Said(Level.BACKGROUND), key=lambda each: _rank(each.level))
        if _rank(best.level) <= _rank(Level.BACKGROUND) and place.headings and _PROMISE.search(place.headings[-1]):
            return _Said(Level.COMMITMENT, (_name_heading(EvidenceCode.MEASURES),))
        return best


def _hold_back(said: _Said) -> _Said:
    """Return another's words as background: what they promise or ask, the municipality has not said."""
    level = min(said.level, Level.BACKGROUND, key=_rank)
    others = Evidence(EvidenceKind.RULE, "", _RULE_SCORE, code=EvidenceCode.OTHERS_WORDS)
    return _Said(level, (others, *(replace(item, against=True) for item in said.evidence)))


def _read_surroundings(place: Place, said: _Said, said_before: _Said) -> _Said:
    """Return what a paragraph without a modal verb takes from where it stands: a continued line, a vision."""
    if place.passage.text[:1].islower():
        return max(said, _pass_on(said_before), key=lambda each: _rank(each.level))
    if place.headings and _VISION.search(place.headings[-1]):
        return _Said(Level.INTENTION, (_name_heading(EvidenceCode.VISION),))
    return said


def _read_row(passage: Passage, row: TableRow, said: _Said) -> _Said:
    """Return what a table row says: an amount in kroner with a name is concrete, bare figures say nothing."""
    words = [word for word in _LETTERS.findall(passage.text) if len(word) > 2]
    if len(words) < _MIN_ROW_WORDS:
        return _Said(Level.NONE)
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
        return _Said(Level.CONCRETE, (money,))
    return said


def _pass_on(said: _Said) -> _Said:
    """Return what of a passage's level its list items or its continuation take over: at most a commitment."""
    evidence = tuple(
        Evidence(EvidenceKind.NEIGHBOUR, item.reference, item.score, code=item.code) for item in said.evidence
    )
    return _Said(min(said.level, Level.COMMITMENT, key=_rank), evidence)


def list_sentences(passage: Passage) -> Sequence[Span]:
    """Return the passage's sentences as offsets in its text."""
    if passage.sentences:
        return [Span(start - passage.start, end - passage.start) for start, end in passage.sentences]
    return [Span(*span) for span in split_roughly(passage.text)]


def _name_heading(code: EvidenceCode) -> Evidence:
    return Evidence(EvidenceKind.HEADING, "", _RULE_SCORE, code=code)


def _rank(level: Level) -> int:
    return _ORDER.index(level)


def _make_finding(passage: Passage, said: _Said) -> Finding:
    evidence = said.evidence or (
        Evidence(EvidenceKind.RULE, said.level, _DEFAULT_SCORE, code=EvidenceCode.DEFAULT_LEVEL),
    )
    score = _RULE_SCORE if said.evidence else _DEFAULT_SCORE
    return Finding(passage.document_id, passage.id, Task.LEVEL, said.level, score, evidence)


def _overlaps(cue: CueMatch[ModalityCue], others: Iterable[CueMatch[ModalityCue]]) -> bool:
    return any(cue.start < other.end and other.start < cue.end for other in others)
