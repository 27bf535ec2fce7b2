"""Who is in charge of a measure: named in its clause, in what opens its list, or by the heading above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from compliance.analyse.context import strip_marker
from compliance.analyse.matching.cues import CueMatcher, CueT
from compliance.analyse.matching.forms import MISSPELT
from compliance.analyse.observation.owner_names import find_acting
from compliance.guidelines.cues import ActorCue, ActorKind
from compliance.guidelines.rules import Rules
from compliance.records import Detail, DetailKind, Passage

_RESPONSIBLE = {ActorKind.ROLE, ActorKind.BODY, ActorKind.UNIT}
RESPONSIBLE_HEADER = re.compile(r"ansvar|eier|eigar|hvem|kven|utfører|leder|leiar", re.IGNORECASE)
# «til formannskapet», «sammen med IKT-avdelingen»: one who is told, asked or joined, not the one who does it.
_NOT_OWNER = re.compile(
    r"\b(?:til|for|fra|frå|med|mellom|i|på|hos|gjennom|via|om|under|mot|enn|ved|blant|overfor|ikke bare|ikkje berre)\s+"
    r"(?:(?:den|det|de|dei|alle|hver|kvar|den enkelte|vår|våre|kommunens?)\s+){0,2}(?:\w+ (?:sin|si|sitt|sine)\s+)?$"
    r"|\bhar (?:en|ein|ei|et|eit)\s+$|\bskal ha (?:(?:en|ein|ei|et|eit)\s+)?(?:egen\s+|eigen\s+)?$",
    re.IGNORECASE,
)
# «om ikkje kommunedirektøren legg fram», «som IT-sjefen fastsatte»: who does something else than the measure, unless
# it is the measure that is told: «tiltak som kommunedirektøren skal gjennomføre».
_SUBORDINATE = re.compile(
    r"\b(?:som|der|hvis|dersom|viss|om|når|fordi|da|mens|medan|med mindre)(?:\s+(?:ikke|ikkje))?\s+$", re.IGNORECASE
)
_CHARGED = re.compile(r"\s+(?:skal|må|vil|har ansvar\w*|er ansvarl\w+)\b", re.IGNORECASE)
# «Digitaliseringssjefen leder porteføljekontoret»: a verb of one's own, whatever it is.
_DOES = re.compile(
    r"\s+(?:skal|må|vil|har|er|held|legg|set|driv|(?!(?:eller|etter|over|under|heller|her|der)\b)\w{3,}(?:er|ar))\b",
    re.IGNORECASE,
)
# «Det skal lages en protokoll, og personvernombudet skal gi råd»: who advises on another's measure.
_ADVISES = re.compile(r"\s+(?:skal|må|vil)\s+(?:\w+\s+)?(?:gi|gje) råd\b", re.IGNORECASE)
_MEANT = re.compile(r"\b(?:skal|må|vil)\b", re.IGNORECASE)
_UNNAMED = re.compile(r"\b(?:en|ein|én|éin)\s+$", re.IGNORECASE)  # «spleiser på en prosjektleder»: somebody to be had
_SHARED = re.compile(r"\bdel(?:er|e)\s+(?:vi\s+|me\s+)?$", re.IGNORECASE)  # «deler vi personvernombod»: what is had
_MIN_LISTED = 2  # commas, from which on names in brackets are a list of those concerned
# «Ansvarlig: Fagutvikler.», «Ansvar: Rektor. Frist: 2027»: who it is, whatever the role is called.
_STATED = re.compile(
    r"\b(?:ansvarlige?|ansvarlege?|ansvar(?=[^:]*:[^:]*\bfrist\b)|(?<=[.;]\s)ansvar|hvem|kven)\s*:\s*(?P<agent>[^\W\d][^.;|()\n:]{2,60}?)"
    r"\s*(?=[.;|()\n]|,\s*(?:frist|kostnad|ramme)|\bfrist\b|$)",
    re.IGNORECASE,
)
_MAX_STATED_WORDS = 6  # more is a sentence
# «Ikke avklart», «Avklares i 2027», «Ingen», «N.N.»: where an owner is asked for, and none is named.
_NOBODY = re.compile(
    r"\W*(?:(?:(?:er|blir|vert|må|skal|ennå|enno|foreløpig|førebels)\s+)*(?:(?:ikke|ikkje)\s+\w+|uavklar\w*|ubestem\w*"
    r"|(?:av)?klar(?:es|ast)|bestemmes|fastsettes|utpekes|avgjøres)|ingen|ukjent|ukjend|n\W?n|n\W?a|tbd|senere|seinare)\b",
    re.IGNORECASE,
)
_HAS_CHARGE = re.compile(r"\bansvar\w*(?:\s+\w+){0,4}\s+(?:til|hos|på|i|ved)\s+(?:\w+\s+)?$", re.IGNORECASE)
_JOINED = re.compile(r"^\w*\s*(?:,|og|eller)\s+$", re.IGNORECASE)  # «formannskapet og kommunestyret»
_AGENT = re.compile(r"\bav\s+$|[(:]\s*$|\bansvar\w*\W+(?:\w+\W+)?$", re.IGNORECASE)
_GENITIVE = re.compile(r"s\s$|\w\s(?:sin|si|sitt|sine)\s$")  # «rådmannens ledergruppe» is one body
# A heading that is about a role: «7.1.6 Digitaliseringsenheten», «Ansvar for IKT-sjefen», «Ledergruppen skal:».
_OF_ROLE = re.compile(
    r"(?:(?:ansvar\w*|mandat\w*|roll\w+|oppgave\w*|oppgåv\w*|hovedoppgave\w*)(?: (?:til|for|hos)|:)\s+)?", re.IGNORECASE
)
_AFTER_ROLE = re.compile(r"\W*(?:(?:med|for|og|i|sin|sine|sitt|si|til|skal|må|vil|har|er)\b.*)?", re.IGNORECASE)
_MAX_ROLE_WORDS = 6
# Headings that ask for a role and name none: who it is, is said by the heading above them.
_ASKS_ROLE = re.compile(
    r"\W*(?:ansvar|oppgave|oppgåve|hovedoppgave|hovudoppgåve|mandat|rolle|rolla|funksjon|formål|føremål)\w*\W*",
    re.IGNORECASE,
)
# Whom the words that open a list name before the items: then these are theirs, whatever the heading is about.
_OTHER_SUBJECT = re.compile(
    r"\b(?:kommunen|vi|me|alle|(?:de|dei) (?:ansatte|tilsette)|enhetene|einingane|staten)\b", re.I
)
_ELLIPTIC = re.compile(r"\W*(?:skal|må|har|er)\b", re.IGNORECASE)  # «Har ansvar for drift»: of whom the heading names


class OwnerReader:
    """Finds who is in charge by the cues of rules/actors.yaml, and by the form of a role that does something."""

    def __init__(self, rules: Rules) -> None:
        self._actors = CueMatcher[ActorCue]([each for each in rules.actors if each.kind in _RESPONSIBLE])

    def read(self, text: str, offset: int) -> list[Detail]:
        """Return who does something in a clause that begins at `offset` in the document, in the order of the text."""
        return list(_keep_owners(self._find(text, offset), text, offset))

    def read_above(self, headings: Sequence[Passage]) -> tuple[Detail, ...]:
        """Return whom the innermost of the headings is about, or the one above it where that only says «Ansvar»."""
        named = [each for each in headings if not _ASKS_ROLE.fullmatch(each.text)]
        return self._read_heading(named[-1]) if named else ()

    def _read_heading(self, heading: Passage) -> tuple[Detail, ...]:
        plain = strip_marker(heading.text)
        start = len(heading.text) - len(plain)
        role = next(iter(self._find(plain, heading.start + start)), None)
        before = _OF_ROLE.match(plain)
        if role is None or before is None or role.start != heading.start + start + before.end():
            return ()
        after = heading.text[role.end - heading.start :]
        is_role = _AFTER_ROLE.fullmatch(after) and len(plain.split()) <= _MAX_ROLE_WORDS
        return (role,) if is_role else ()

    def _find(self, text: str, offset: int) -> list[Detail]:
        """Return who is named, by the rules and by the form of a role, in order; «rådmannens ledergruppe» is one."""
        found = list(find_details(self._actors, DetailKind.ACTOR, text, offset))
        for start, end in (*_find_stated(text), *find_acting(text)):
            if not any(offset + start < other.end and other.start < offset + end for other in found):
                found.append(Detail(DetailKind.ACTOR, offset + start, offset + end, text[start:end]))
        joined: list[Detail] = []
        for each in sorted(found, key=lambda actor: actor.start):
            before = joined[-1] if joined else None
            if (
                before
                and before.end < each.start
                and _GENITIVE.fullmatch(text[before.end - 1 - offset : each.start - offset])
            ):
                words = text[before.start - offset : each.end - offset]
                joined[-1] = Detail(DetailKind.ACTOR, before.start, each.end, words)
            else:
                joined.append(each)
        return joined


def _find_stated(text: str) -> Iterator[tuple[int, int]]:
    for match in _STATED.finditer(text):
        if len(match["agent"].split()) <= _MAX_STATED_WORDS and names_somebody(match["agent"]):
            yield match.span("agent")


def names_somebody(answer: str) -> bool:
    """Tell whether what is written where an owner is asked for names one: not «Ikke avklart», «–» or «N.N.»."""
    return any(letter.isalpha() for letter in answer) and _NOBODY.match(answer) is None


def takes_owner_from_above(clause: str, opening: str, *, item: bool) -> bool:
    """Tell whether a clause without an owner is of whom its heading names: an item, or words without a subject.

    `opening` is what opens the item's list, empty where nothing does.
    """
    if _OTHER_SUBJECT.search(opening) or _OTHER_SUBJECT.match(strip_marker(clause)):
        return False
    return item or _ELLIPTIC.match(clause) is not None


def find_details(matcher: CueMatcher[CueT], kind: DetailKind, text: str, offset: int) -> Iterator[Detail]:
    """Yield what the matcher's cues name for certain in a text that begins at `offset` in the document."""
    for cue in matcher.find(text):
        if cue.strong and cue.quality > MISSPELT:
            yield Detail(kind, offset + cue.start, offset + cue.end, text[cue.start : cue.end])


def _keep_owners(actors: Sequence[Detail], text: str, offset: int) -> Iterator[Detail]:
    """Yield the actors that do something in the clause, not those that it is done to, for or with."""
    left_out: int | None = None  # where the actor left out last ends
    acts = False  # whether one before has its verb: who then follows without one is what it is done to
    for each in actors:
        before = text[: each.start - offset]
        after = text[each.end - offset :]
        joined = left_out is not None and _JOINED.match(before[left_out:])
        done_to = _NOT_OWNER.search(before) and not _HAS_CHARGE.search(before)
        unnamed = _UNNAMED.search(before) and not _CHARGED.match(after)
        if joined or done_to or unnamed or _is_beside(before, after) or (acts and _is_object(before, after)):
            left_out = each.end - offset
        else:
            yield each
            acts = acts or _DOES.match(after) is not None


def _is_object(before: str, after: str) -> bool:
    """Tell whether one named after another's verb has none himself: «sekretariatet skal støtte porteføljestyret»."""
    return _DOES.match(after) is None and not _AGENT.search(before)


def _is_beside(before: str, after: str) -> bool:
    """Tell whether an actor between these words is named in passing: in a clause of its own, shared, or in a list."""
    if _ADVISES.match(after) and _MEANT.search(before):
        return True
    if (_SUBORDINATE.search(before) and not _CHARGED.match(after)) or _SHARED.search(before):
        return True
    opened = before.rpartition("(")[2] if before.rfind("(") > before.rfind(")") else ""
    listed = f"{opened}{after.partition(')')[0]}" if opened and ")" in after else ""
    return listed.count(",") >= _MIN_LISTED and not RESPONSIBLE_HEADER.search(opened)
