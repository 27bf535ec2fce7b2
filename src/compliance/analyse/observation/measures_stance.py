"""How one clause speaks of what it names: asks, names, describes, wishes, binds, tells what is done, rejects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from compliance.analyse.context import TASK, Place, has_finite_verb, strip_marker
from compliance.analyse.matching.cues import CueMatch, CueMatcher
from compliance.analyse.observation.background import drop_forecast_verbs, find_background
from compliance.analyse.observation.level import list_sentences
from compliance.analyse.observation.measures_details import find_row_figures
from compliance.analyse.observation.subordinate import drop_subordinate
from compliance.guidelines.cues import StanceCue, StanceKind
from compliance.guidelines.rules import Rules
from compliance.records import DocumentType, Passage, Span, Stance

# Documents that only ask: a planprogram names what the plan that is to come will have to answer.
ASKING = frozenset({DocumentType.PLANPROGRAM})
# Documents that decide which plans are to be made: what they say «shall» binds the planning, not the goal.
PLANNING = frozenset({DocumentType.PLANSTRATEGI})
_NOT_BINDING = frozenset({StanceKind.OTHERS, StanceKind.PLANS})
# Documents that decide nothing: what they tell is done, was found, and is no measure.
REPORTING = frozenset({DocumentType.UTREDNING})
_WEAK = frozenset({StanceKind.ACTS, StanceKind.DONE})  # an account of how things are in general holds these back
_DUTIES = frozenset({StanceKind.BINDS, StanceKind.CHARGES})
_STANDING = frozenset({StanceKind.ACTS, StanceKind.CHARGES})  # what is done as a rule
_BINDING = _WEAK | _DUTIES
_TELLING = frozenset({StanceKind.LACKS, StanceKind.FORECASTS})  # statements, whatever their verb
_COMMITTING = frozenset({Stance.BINDING, Stance.DONE})
_OWN = re.compile(
    r"\b(?i:vi|me|vår[te]?|oss|kommunen|kommunens|kommunestyret|formannskapet)\b|\b[A-ZÆØÅ][\wæøå-]+ kommunes?\b"
)
_OWN_TEXT = re.compile(rf"{_OWN.pattern}|(?i:\w*(?:plan|strategi|program|kapittel|kapitlet|dokument))")
_CUT = re.compile(r";\s+|,\s+(?=(?:men|mens|medan)\s)", re.IGNORECASE)
_LABEL = re.compile(r"\s*(?:ansvar\w*|frist|når|kostnad\w*|ramme|hvem|kven)\s*:", re.IGNORECASE)
# «Kommunikasjonsavdelingen har ansvar for dette.», «Ansvarlig er IKT-sjefen.»: whose the measure before is.
_CHARGES = re.compile(
    r"\s*(?:(?-i:[A-ZÆØÅ])[^.;,]{2,60}? (?:(?:har|får|tar|tek) (?:hoved|hovud)?ansvar(?:et)? for (?:dette|det|arbeidet"
    r"|tiltaket|gjennomføringen|gjennomføringa|oppfølgingen|oppfølginga)"
    r"|er ansvarl[ei]g(?: for (?:dette|det|arbeidet))?"
    r"|er (?:prosjekt|tiltaks)(?:eier|eigar|leder|leiar)|følgj?er opp at (?:det|dette) (?:blir|vert) gjort)"
    r"|Ansvaret(?: for (?:dette|arbeidet))? ligge?r? (?:hos|til) [^.;,]{3,60}|Ansvarl[ei]g er [^.;,]{3,60})\W*",
    re.IGNORECASE,
)
_CONTRASTS = re.compile(r"\s*(?:men|mens|medan|og)\b", re.IGNORECASE)  # «mens fleksibiliteten reduseres»: what follows
# «Hvorfor skal vi digitalisere?», «Formålet er å:»: infinitives below tell what is hoped for, not what is to be done.
_AIMS = re.compile(
    r"\b(?:hvorfor|kvifor|formål\w*|føremål\w*|hensikt\w*|gevinst\w*|effekt\w*|visjon\w*|fordel\w*)\b", re.IGNORECASE
)
_MIN_CLAUSE_WORDS = 3  # fewer on one side are an insertion
_MAX_NAMED_WORDS = 12  # a longer item without a finite verb says more than a name
_STANCES = {
    StanceKind.DONE: Stance.DONE,
    StanceKind.BINDS: Stance.BINDING,
    StanceKind.CHARGES: Stance.BINDING,
    StanceKind.ACTS: Stance.BINDING,
    StanceKind.WISHES: Stance.WISHED,
}
_ORDER = tuple(_STANCES)  # of wordings that begin at the same place
_CODE = re.compile(  # «D2.1 …», «2024 …»: a numbered action, or one of a road map
    r"\s*(?:[A-ZÆØÅ]\d{1,2}(?:\.\d{1,2})*|\d{1,2}\.\d{1,2}(?:\.\d{1,2})?|20\d\d(?:[-–]\d{2,4})?)\.?:?\s+(?=[A-ZÆØÅ«\d])"
)
_PEOPLE = re.compile(  # «Innbyggere», «Brukere»: nouns in the form of an infinitive on -ere
    r"\w*(?:bruk|bygg|led|lær|forsk|søk|mottak|eig|ei|giv|tak|selg|kjøp|arbeid|skriv|hjelp|rådgiv|veiled|besøk|stift|bo)ere\b",
    re.IGNORECASE,
)
# An opening that its items complete: «Kommunen skal:», «Vi vil». A vision above a list is a sentence of its own.
_UNFINISHED = re.compile(
    r"(?:[:–-]|…|\bbl\.? ?a\.?"
    r"|\b(?:skal|vil|må|å|ha|være|vere|bruke|for|med|til|gjennom|ved|om|av|i|på|at|som|og|blant annet))\s*$",
    re.IGNORECASE,
)
# What something may be used for is no measure.
_MAY_USE = re.compile(r"\b(?:skal|vil) kunne\b[^:]*:\s*$", re.IGNORECASE)
_OPENS_LIST = re.compile(r":\s*$")
_CHAPTER = re.compile(r"\s*\d{1,2}(?:\.\d{1,2})+\.?\s")
_MORE_CELLS = re.compile(r"[.;|]\s|\t|\s{2,}|\d{4}")
_ROW = re.compile(r"\s{2,}|[|]\s")  # cells of a table without layout


@dataclass(frozen=True, slots=True)
class ReadStance:
    """A clause's stance, with the words that tell."""

    stance: Stance
    done: tuple[tuple[int, int], ...] = ()  # where the clause says that a step was taken
    about_plan: bool = False  # about the work on the plan itself, which carries out no goal
    background: tuple[Span, ...] = ()  # where a clause that commits forecasts or describes, as offsets in it


class StanceReader:
    """Reads stances by the cues of rules/stances.yaml."""

    def __init__(self, rules: Rules) -> None:
        self._cues = CueMatcher[StanceCue](rules.stances)

    def opens_example(self, text: str) -> bool:
        """Tell whether the clause opens an example, which the rest of its passage then is."""
        return self._has(text, StanceKind.EXAMPLES)

    def read_clause(self, text: str, place: Place, *, document_type: DocumentType, example: bool = False) -> ReadStance:
        """Return how the clause speaks, as part of this place in this kind of document; `example`: one has begun."""
        found = self._cues.find(text)
        kinds = {each.cue.kind for each in found}
        about_plan = StanceKind.PLANS in kinds
        if place.aside or (place.heading and not (is_action(text) or find_row_figures(text))):
            return ReadStance(Stance.ASKED if StanceKind.ASKS in kinds else Stance.NAMED)
        if document_type in ASKING or StanceKind.ASKS in kinds or self._is_topic(place):
            return ReadStance(Stance.ASKED, about_plan=about_plan)
        held_back = self._find_held_back(text, kinds, place, document_type)
        stance = self._choose(text, found, place, held_back)
        if stance in _COMMITTING and (example or StanceKind.EXAMPLES in kinds or self._is_example(place)):
            stance = Stance.DESCRIBED
        if document_type in PLANNING and stance is Stance.BINDING:
            stance = Stance.WISHED
        done = tuple((each.start, each.end) for each in found if each.cue.kind is StanceKind.DONE)
        background = tuple(find_background(text, found)) if stance in _COMMITTING else ()
        return ReadStance(stance, done if stance is Stance.DONE else (), about_plan, background)

    def _is_example(self, place: Place) -> bool:
        """Tell whether the lead-in or the nearest heading opens an example."""
        return any(self.opens_example(each) for each in (read_opening(place), *place.headings[-1:]) if each)

    def _find_held_back(
        self, text: str, kinds: set[StanceKind], place: Place, document_type: DocumentType
    ) -> frozenset[StanceKind]:
        """Return which of what binds or is done says nothing of the municipality in this clause."""
        own = _OWN.search(text) is not None
        own_list = _OWN.search(read_opening(place)) is not None
        general = StanceKind.GENERAL in kinds or _CONTRASTS.match(text)
        held_back: set[StanceKind] = set()
        reports = document_type in REPORTING and not self._opens_measures(place)
        if reports or (general and not own) or _OPENS_LIST.search(text):
            held_back |= _WEAK
        if (use := _MAY_USE.search(text)) and "." not in text[: use.start()]:
            held_back |= _BINDING
        if StanceKind.TODAY in kinds:
            held_back.add(StanceKind.ACTS)
        if self._is_state(place):
            held_back |= _STANDING
        if StanceKind.OUTSIDERS in kinds and not own:
            held_back.add(StanceKind.DONE)
        if self._is_framed(place):
            held_back |= {StanceKind.ACTS} if own or own_list else _BINDING
        return frozenset(held_back)

    def _is_state(self, place: Place) -> bool:
        """Tell whether the nearest heading is over how things are: «Status», «Utfordringer»."""
        return any(self._has(each, StanceKind.STANDING) for each in place.headings[-1:])

    def _is_framed(self, place: Place) -> bool:
        """Tell whether the nearest heading is over what others ask, how things are, or what words mean."""
        above = place.headings[-1:]
        return any(self._has(each, StanceKind.FRAMES) and not self._has(each, StanceKind.ANSWERS) for each in above)

    def _choose(
        self, text: str, found: Sequence[CueMatch[StanceCue]], place: Place, held_back: frozenset[StanceKind]
    ) -> Stance:
        kinds = {each.cue.kind for each in found}
        above = (read_opening(place), *place.headings[-1:])
        if StanceKind.REJECTS in kinds or any(self._has(each, StanceKind.REJECTS) for each in above if each):
            return Stance.REJECTED
        main = drop_subordinate(text, found)
        telling = [each for each in drop_forecast_verbs(main, found) if each.cue.kind in _STANCES]
        if StanceKind.LACKS in kinds:
            telling = [each for each in telling if each.cue.kind is not StanceKind.DONE]
        telling = [each for each in telling if each.cue.kind not in held_back]
        if not telling:
            said = self._read_plain(text, place, {each.cue.kind for each in main})
            others = StanceKind.BINDS in held_back or self._is_others_list(place)
            return Stance.DESCRIBED if others and said is Stance.BINDING else said
        first = min(telling, key=lambda each: (each.start, _ORDER.index(each.cue.kind)))
        stance = _STANCES[first.cue.kind]
        others = bool(kinds & _NOT_BINDING) and not _OWN.search(text)
        return Stance.DESCRIBED if others and stance is not Stance.WISHED else stance

    def _read_plain(self, text: str, place: Place, kinds: set[StanceKind]) -> Stance:
        """Return the stance of a clause without any cue: an item of a list of measures, a task, a name, a statement."""
        plain = strip_marker(text)
        plain = _CODE.sub("", plain)
        if find_row_figures(text):
            return Stance.BINDING
        if sets_task(plain):
            return Stance.WISHED if _tells_aims(place) or self._wishes_items(place) else Stance.BINDING
        if _OPENS_LIST.search(text):
            return Stance.DESCRIBED if has_finite_verb(text) else Stance.NAMED
        if self._is_measure(place, kinds):
            return Stance.WISHED if self._wishes_items(place) else Stance.BINDING
        if kinds & _TELLING or has_finite_verb(text):
            return Stance.DESCRIBED
        acts = is_action(text) or (_ROW.search(text.strip()) and self._opens_measures(place))
        named = Stance.DESCRIBED if len(text.split()) > _MAX_NAMED_WORDS else Stance.NAMED
        return Stance.BINDING if acts else named

    def _is_measure(self, place: Place, kinds: set[StanceKind]) -> bool:
        """Tell whether it is one of a list or table of measures, where it is no statement of how something is."""
        if place.passage.table is not None:
            return self._opens_measures(place)
        stated = StanceKind.STATES in kinds
        return place.item and (self._binds_items(place) or (self._opens_measures(place) and not stated))

    def _opens_measures(self, place: Place) -> bool:
        """Tell whether the lead-in, the nearest heading or the table's title says that measures follow."""
        title = place.passage.table.title if place.passage.table else None
        above = [read_opening(place), title, *place.headings[-1:]]
        cues = [cue for text in above if text for cue in drop_subordinate(text, self._cues.find(text))]
        return any(each.cue.kind is StanceKind.OPENS for each in cues) or self._binds_items(place)

    def _binds_items(self, place: Place) -> bool:
        """Tell whether the lead-in ends in a clause that its items complete: «Kommunen skal:»."""
        opening = read_opening(place)
        if not _UNFINISHED.search(opening) or _MAY_USE.search(opening):
            return False
        cues = drop_subordinate(opening, self._cues.find(opening)) if opening else []
        return any(each.cue.kind in _DUTIES for each in cues)

    def _is_others_list(self, place: Place) -> bool:
        """Tell whether another's duty or account opens the list: «Regjeringen vil:», «KS anbefaler at en skal:»."""
        opening = read_opening(place)
        if not opening or _OWN_TEXT.search(opening):
            return False
        return self._has(opening, StanceKind.OTHERS, StanceKind.REPORTS)

    def _wishes_items(self, place: Place) -> bool:
        """Tell whether the lead-in only wishes what its items name: «Disse områdene bør prioriteres:»."""
        opening = read_opening(place)
        cues = drop_subordinate(opening, self._cues.find(opening)) if opening else []
        return next((each.cue.kind for each in cues if each.cue.kind in _STANCES), None) is StanceKind.WISHES

    def _is_topic(self, place: Place) -> bool:
        """Tell an item of a list of questions, or a passage under a heading that announces questions."""
        if place.lead_in and self._has(place.lead_in.text, StanceKind.ASKS, StanceKind.TOPICS):
            return True
        return bool(place.headings) and self._has(place.headings[-1], StanceKind.TOPICS)

    def _has(self, text: str, *kinds: StanceKind) -> bool:
        return any(each.cue.kind in kinds for each in self._cues.find(text))


def is_action(text: str) -> bool:
    """Tell a numbered action from a numbered heading: «2.1 Felles portal. 2026», not «2.1 Portal»."""
    code = _CODE.match(text)
    return code is not None and (not _CHAPTER.match(text) or bool(_MORE_CELLS.search(text, code.end())))


def sets_task(text: str) -> bool:
    """Tell whether the text opens with an infinitive: «Etablere porteføljestyre», not «Innbyggere ringte»."""
    return bool(TASK.match(text[:1].upper() + text[1:])) and not _PEOPLE.match(text)


def find_opening(lead_in: Passage) -> Span:
    """Return where the last sentence of a lead-in is in it: that which opens the list."""
    sentences = list_sentences(lead_in)
    return sentences[-1] if sentences else Span(0, 0)


def _tells_aims(place: Place) -> bool:
    """Tell whether the lead-in or the nearest heading announces what is hoped for."""
    return any(_AIMS.search(each) for each in (read_opening(place), *place.headings[-1:]))


def read_opening(place: Place) -> str:
    """Return what opens the list of which the place is an item: a lead-in, or a heading that ends in a colon."""
    if place.lead_in is None:
        above = place.headings[-1] if place.item and place.headings else ""
        return above if _OPENS_LIST.search(above) else ""
    start, end = find_opening(place.lead_in)
    return place.lead_in.text[start:end]


def list_clauses(text: str, sentences: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the clauses of a passage: sentences, cut where a new statement follows a semicolon, «men» or «mens».

    «Ansvarlig: rektor.» and «Rektor har ansvar for dette.» are part of the clause before it.
    """
    found: list[tuple[int, int]] = []
    for start, end in sentences:
        if found and (_LABEL.match(text, start) or _CHARGES.fullmatch(text, start, end)):
            found[-1] = (found[-1][0], end)
            continue
        begins = start
        for cut in _CUT.finditer(text, start, end):
            if min(len(text[begins : cut.start()].split()), len(text[cut.end() : end].split())) >= _MIN_CLAUSE_WORDS:
                found.append((begins, cut.start()))
                begins = cut.end()
        found.append((begins, end))
    return found
