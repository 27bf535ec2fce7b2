"""Bodies that decide which digital projects come first, each named once however the text refers to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from compliance.analyse.facts.sentences import WEAK, FactField, FactSentence, is_firm, make_fact
from compliance.analyse.matching.cues import CueMatch, CueMatcher
from compliance.guidelines.cues import PrioritisationCue
from compliance.guidelines.rules import Rules
from compliance.records import Fact

# A body is another's: «utvalget i KS», «rådet for fylket».
_ELSEWHERE = re.compile(r"\W{1,2}(?:i|for|hos|ved) (?P<place>KS\b|regionen\b|fylket\b|[A-ZÆØÅ][\w-]+)")
_OF_OTHERS = re.compile(r"\b(?:KS['’]?|KS sitt?|statens|staten sitt|nasjonalt?|regjeringens|fylkets)\s$", re.IGNORECASE)
_BODY: Final = r"(?:gruppe|grupp|råd|utvalg|utval|forum|team|styre|nemnd|komité)(?:et|t|a|en|n|e)?"
# «Ledergruppen er styringsgruppe for digitalisering»: two names of one body.
_SAME = re.compile(
    rf"\b(?P<subject>[\w-]+{_BODY})\s+(?:(?:er|utgjør|utgjer)|(?:fungerer|fungerar|møter|opptrer) som"
    rf"|skal (?:også |òg )?(?:være|vere))\s+(?:også |òg |kommunens )?(?P<other>[\w-]+{_BODY})\b",
    re.IGNORECASE,
)
_DEFINITE = re.compile(r"[\w-]+(?:en|et|a)", re.IGNORECASE)  # «Styringsgruppen»: one that was named before
_ENDING = re.compile(r"(?:e?[tn]|e|a)$")
# What a body does that prepares others' choices: it counts only where none is said to choose.
_HELPS = re.compile(
    r"^[^.;]*?\b(?:(?:gir|gjev|gje|gi) (?:\w+ ){0,2}(?:råd|innspill?|innspel)\b|rådgivende|rådgjevande|rådgir|rådgjev"
    r"|forbereder|førebur|legger til rette|legg til rette|(?:er|som) (?:et )?sekretariat"
    r"|(?:følger|følgjer) (?:\w+ )?(?:framdrift|fremdrift|prosjekt|tiltak)\w*)",
    re.IGNORECASE,
)
# «skal prioritere» before what it helps with, «prioriterer» anywhere but in «råd til dem som prioriterer»
_DECIDES = re.compile(
    r"(?<!som )\b(?:prioriter(?:er|ar)|rangerer|velger|vel|beslutter|bestemmer|avgjør|avgjer|vedtar|vedtek|godkjenner"
    r"|forde(?:ler|lar)|tildeler|styrer)\b",
    re.IGNORECASE,
)
_IS_TO_DECIDE = re.compile(
    r"^\s+(?:skal|kan|vil) (?:\w+ ){0,2}(?:prioritere|rangere|velge|velje|beslutte|bestemme|avgjøre|avgjere|vedta"
    r"|godkjenne|fordele|tildele|styre)\b",
    re.IGNORECASE,
)
# Where the clause on a body ends and the next one's begins.
_NEXT = re.compile(
    r",\s+(?:og|men|mens|medan)\s+|[.;]|\bog\s+(?=[\w-]+(?:råd|utvalg|utval|gruppe|styre|forum)\w*\s)", re.I
)


class BodyReader:
    """Reads bodies by the cues of `rules/prioritisation.yaml`."""

    def __init__(self, rules: Rules) -> None:
        self._cues = CueMatcher[PrioritisationCue](rules.prioritisation)  # read over two sentences

    def read(self, sentence: FactSentence) -> Iterator[Fact]:
        """Yield bodies that decide; what one decides may stand in the next sentence: «Enhetene søker om midler.»"""
        for body in self._cues.find(f"{sentence.said}\n{sentence.following}"):
            if body.start < len(sentence.text) and not _is_of_others(sentence, body):
                name = sentence.text[body.start : body.end].strip()
                weak = body.cue.weak or _only_helps(sentence.text[body.end :])
                score = WEAK if weak else body.quality
                span = (body.start, body.end)
                yield make_fact(sentence, FactField.PRIORITISATION_STRUCTURE, name, body.cue.id, span, score=score)


def join_bodies(facts: Sequence[Fact], sentences: Sequence[FactSentence]) -> list[Fact]:
    """Return facts in which a body has one name throughout; bodies that only help go where one is there that decides.

    «Kommunedirektørens ledergruppe er styringsgruppe» and, later, «Styringsgruppen» are one.
    """
    bodies = [fact for fact in facts if fact.field == FactField.PRIORITISATION_STRUCTURE]
    decided = any(map(is_firm, bodies))
    same = {
        _stem(match["other"]): _stem(match["subject"])
        for sentence in sentences
        for match in _SAME.finditer(sentence.said)
        if bodies
    }
    joined: list[Fact] = []
    named: dict[str, str] = {}  # the name of the body that was last called so
    for fact in facts:
        if fact.field != FactField.PRIORITISATION_STRUCTURE:
            joined.append(fact)
        elif is_firm(fact) or not decided:
            joined.append(replace(fact, value=_find_name(fact, bodies, same, named)))
    return joined


def _find_name(fact: Fact, bodies: Sequence[Fact], same: Mapping[str, str], named: dict[str, str]) -> str:
    """Return the fullest name that the body is said to have or that a definite word refers back to.

    Whose the body is tells more than what it is for: «kommunedirektørens ledergruppe», but «styringsgruppe for
    digitalisering» where the other is «ledergruppen». With one word alone, its first definite form: «Porteføljestyret».
    """
    head, name = _stem(_head(fact.value)), fact.value
    head = same.get(head, head)
    if head in same.values():
        called = [
            each.value for each in bodies if head in (_stem(_head(each.value)), same.get(_stem(_head(each.value))))
        ]
        name = max(called, key=lambda each: (" " in each, _stem(_head(each)) == head))
    elif _DEFINITE.fullmatch(name) and " " in named.get(head, ""):
        name = named[head]
    elif " " not in name:  # as in «Organisering og porteføljestyre», a heading
        definite = (each.value for each in bodies if _DEFINITE.fullmatch(each.value))
        name = next((each for each in definite if _stem(each) == head), name)
    named[head] = name
    return name


def _head(name: str) -> str:
    """Return the word of a name that says what the body is: «styringsgruppe for digitalisering»."""
    return name.partition(" for ")[0].split()[-1]


def _stem(word: str) -> str:
    return _ENDING.sub("", word.casefold())


def _only_helps(after: str) -> bool:
    """Tell whether what is said of a body is that it advises or prepares, and not that it chooses."""
    ended = _NEXT.search(after)
    clause = after[: ended.start()] if ended else after
    return bool(_HELPS.match(clause)) and not (_DECIDES.search(clause) or _IS_TO_DECIDE.match(clause))


def _is_of_others(sentence: FactSentence, body: CueMatch[PrioritisationCue]) -> bool:
    """Whether a body is said to be another's: a place after it that is not the municipality, or KS before it."""
    after, own = _ELSEWHERE.match(sentence.text, body.end), sentence.reading.profile.municipality
    elsewhere = after is not None and (own is None or not own.value.startswith(after["place"]))
    return elsewhere or _OF_OTHERS.search(sentence.text[: body.start]) is not None
