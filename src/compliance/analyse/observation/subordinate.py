"""Which cues of a clause are in a subordinate clause, and bind nobody: «hvordan … skal», «som skal», «KS sier at …»."""

from __future__ import annotations

import re
from collections.abc import Sequence

from compliance.analyse.matching.cues import CueMatch
from compliance.guidelines.cues import StanceCue, StanceKind
from compliance.text.told_quotations import is_told_quotation

OPENING = frozenset({StanceKind.EMBEDS, StanceKind.REPORTS})  # kinds after which a subordinate clause follows

# A subordinate clause ends at a sign, or where the main clause goes on with its verb before its subject.
_ENDS = re.compile(
    r"[,;:–—](?!\s+(?:ikke|ikkje|aldri)\s+(?:skal|vil|må|bør|kan|er|har)\b)|\s-\s"
    r"|\b(?:skal|vil|må|bør|er|blir|har)\s+(?:vi|me|kommunen|det|den|dette|\w+ kommune)\b",
    re.IGNORECASE,
)
# What another says goes on past commas, until the municipality itself is the subject.
_OWN_AGAIN = re.compile(
    r";|,\s+(?:(?:og|men|derfor|så)\s+)?(?:(?:skal|vil)\s+)?(?:vi|me|kommunen|\w+ kommune)\b", re.IGNORECASE
)
# «som skal», «som kommunen skal», «som prosjekter skal»; in «tiltak som fremmes skal» the clause has its own verb.
_PLURAL = r"\w*(?:kommun|prosjekt|tjenest|tenest|system|inger|heter|sjoner|ingar|heitar|sjonar)(?:er|ar)?\b"
_RELATIVE = re.compile(rf"\bsom\s+(?:(?:{_PLURAL}|(?!\w+(?:er|es|ar|ast|år)\b)\w+)\s+){{0,3}}$", re.IGNORECASE)
# «vedtok at», «sikre at», «målet er at»: what the municipality has decided or is to see to is told after «at».
_RESOLVES = re.compile(
    r"\b(?:ved(?:tok|tatt|tar|teke|tek|tak)|ei?nige? om|god(?:kjenn|tar|tek)\w*|(?:ber|bes|bedt|bad|bede) om"
    r"|(?:sikr|medvirk|medverk|bidr|sørg|syt|påse|prioriter|mål|delmål|hovedmål|hovudmål|ambisjon|innebær|inneber|bety|krev)\w*"
    r"|følgj?er opp|tyder(?! på)|vil si|vil seie|opptatt av|oppteken av)\b",
    re.IGNORECASE,
)
# «målet er at alle skjemaer er tatt i bruk»: what is aimed at is not done.
_AIMED = re.compile(
    r"\b(?:mål|målet|måla|målene|delmål|hovedmål|hovudmål|ambisjon\w*|visjon\w*)\b[^.;]*?\bat\b", re.IGNORECASE
)
# «der helsehjelp ytes», «hvor portalen brukes»: the first verb after a place's adverb is that clause's.
_WHERE = re.compile(
    r"(?<=\w)\s(?:der|hvor|kor)\s+(?:(?!(?:skal|vil|må|bør|har|er|blir|vert|kan)\b|\w+(?:es|ast)\b)\w+\s+){1,3}$",
    re.IGNORECASE,
)
# A need goes on past commas: «krever at vi endrer prosesser, lærer opp ansatte og følger med».
_NEEDS = re.compile(r"(?:krever|kreves|krev|forutsetter|føreset)\s+at", re.IGNORECASE)
_TO = re.compile(r"\bå\s+$", re.IGNORECASE)  # «for å benyttes»
_MODAL = re.compile(r"(?:skal|må|bør|kan|vil)\b", re.IGNORECASE)
_INFINITIVE = re.compile(r"\w+(?:es|ast)$", re.IGNORECASE)
_LISTED = re.compile(r"^[\s,]*(?:(?:og|eller)\s+)?$", re.IGNORECASE)  # «kartlegges, forsterkes og implementeres»


def drop_subordinate(text: str, cues: Sequence[CueMatch[StanceCue]]) -> list[CueMatch[StanceCue]]:
    """Return the cues of the main clause, in the order of the text, without those that open a subordinate clause."""
    if is_told_quotation(text):
        return []
    regions = [find_region(text, cue) for cue in cues if cue.cue.kind in OPENING]
    if aimed := _AIMED.search(text):
        cues = [cue for cue in cues if cue.cue.kind is not StanceKind.DONE or cue.start < aimed.end()]
    kept: list[CueMatch[StanceCue]] = []
    reached: int | None = None  # where the last verb of a subordinate clause ends, whose infinitives may follow
    for cue in sorted((each for each in cues if each.cue.kind not in OPENING), key=lambda each: each.start):
        words = text[cue.start : cue.end]
        listed = reached is not None and _LISTED.match(text[reached : cue.start]) and _INFINITIVE.search(words)
        if listed or _is_relative(text, cue.start) or any(start <= cue.start < end for start, end in regions):
            reached = cue.end if listed or _MODAL.match(words) else reached
        else:
            kept.append(cue)
    return kept


def find_region(text: str, opener: CueMatch[StanceCue]) -> tuple[int, int]:
    """Return where the subordinate clause is that a cue of the kinds OPENING opens; empty after «vedtok at»."""
    if text[opener.start : opener.end].lower() == "at" and _RESOLVES.search(text[: opener.start]):
        return opener.end, opener.end
    far = opener.cue.kind is StanceKind.REPORTS or _NEEDS.fullmatch(text[opener.start : opener.end])
    ends = _OWN_AGAIN if far else _ENDS
    end = ends.search(text, opener.end)
    return opener.end, end.start() if end else len(text)


def _is_relative(text: str, start: int) -> bool:
    return any(opener.search(text[:start]) is not None for opener in (_RELATIVE, _WHERE, _TO))
