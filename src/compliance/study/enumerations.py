"""What a sentence lists: «A, B og C», «å gjøre A, å gjøre B», «A», «B» and «C», 1) A 2) B."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from compliance.records import Span

_QUOTED: Final = re.compile(r"[«\"“”]([^«»\"“”]{3,600})[»\"“”]")
_COUNTS: Final = {
    word: count
    for count, words in enumerate(
        ("to", "tre", "fire", "fem", "seks", "sju syv", "åtte", "ni", "ti", "elleve", "tolv"), start=2
    )
    for word in words.split()
}
_COUNT: Final = re.compile(rf"\b(?P<count>{'|'.join(_COUNTS)}|[2-9]|1[0-2])\b", re.IGNORECASE)
_FILLER: Final = re.compile(
    r"[\s:;,–—-]*(?:(?:i rekkefølge|i rekkjefølgje|som (?:følger|følgjer|fylgjer)|følgende|følgjande|fylgjande"
    r"|henholdsvis|nemlig|nemleg|slik|dette|disse|desse|kort sagt|i korthet|blant annet|mellom anna)\b[\s:;,–—-]*)*",
    re.IGNORECASE,
)
_SOURCE: Final = re.compile(r"\s*\([^()]*\b(?:19|20)\d\d\w?\)")  # «(Furudal kommune, 2020)»
_TURN: Final = r"og (?:det|dette|de|dei|den|disse|desse|vi|kommunen|strategien)"  # … to another subject
# Where a sentence goes on about something else than the list.
_GOES_ON: Final = re.compile(
    r"(?:[,;]| [–—-])? (?:men|mens|medan|der|derimot|noe som|noko som"
    rf"|(?!og (?:det|den) (?:første|fyrste|andre|tredje|fjerde|femte|sjette|siste)\b){_TURN})\b"
    r"|[,;] (?:som|hvor|hvorav|kor|etter|altså|jf\.?)\b|\. (?=[A-ZÆØÅ«])"
)
_NUMBER: Final = re.compile(r"(?:(?<=\s)|^)\(?(?:\d{1,2}|[a-h])[.)]\s+")
ORDINAL: Final = re.compile(
    r"\b(?:det|den|for det) (?:første|fyrste|andre|tredje|fjerde|femte|sjette|sjuende|siste)\b"
    r"(?: \w*(?:mål|område|tema)\w*)?(?:,? (?:er|heter|heiter|handler om|handlar om|gjelder|gjeld|om)\b)?[\s:,]*",
    re.IGNORECASE,
)
_AND: Final = r"(?:,? og til (?:slutt|sist) |,? samt |,? og |, )"
_INFINITIVE: Final = re.compile(rf"{_AND}(?=å\s)")
_THAT: Final = re.compile(rf"{_AND}(?=at\s)")
_FINITE: Final = re.compile(r"\b(?:er|har|blir|vert|ble|vart|skal|vil|kan|viser|følger|følgjer|står|ligger|ligg)\b")
_COMMA: Final = re.compile(r",\s+(?:og |samt )?")
_LAST: Final = re.compile(r"\s(?:og til slutt|og|samt)\s")
_HEAD: Final = re.compile(r"^[\s,;:«\"“”–—-]*(?:og\s+)?(?:(?:å|at)\s+)?[«\"“”]?")
_TAIL: Final = re.compile(r"(?:[\s,;.»\"“”]|\s(?:og|samt)(?=\W*$))+$")
_MIN_PARTS: Final = 2
_MIN_PART: Final = 3  # characters


def find_count(text: str) -> int | None:
    """Return the number that a text names, 2 to 12; the last of several."""
    found = [*_COUNT.finditer(text)]
    return (_COUNTS.get(found[-1]["count"].casefold()) or int(found[-1]["count"])) if found else None


def list_parts(text: str, start: int, *, verbs: re.Pattern[str], count: int | None = None) -> list[Span]:
    """Return the parts of what the sentence lists from `start` on, without «å», «at», marks and numbers.

    `verbs` are those that begin a part that has no «å» of its own, `count` how many the sentence says there are. A
    single part is returned where the sentence lists nothing.
    """
    begin = _end_of_filler(text, start)
    end = find_end(text, begin)
    rest, quotes = text[begin:end], list_quotes(text, begin, end)
    if quotes and (len(quotes) >= _MIN_PARTS or rest.startswith(("«", '"', "“", "”"))):
        return quotes
    for marks in (_NUMBER, ORDINAL):
        found = [*marks.finditer(rest)]
        if len(found) >= _MIN_PARTS:
            bounds = [*((each.start(), each.end()) for each in found), (len(rest), len(rest))]
            return strip_marks(text, ((begin + low[1], begin + high[0]) for low, high in pairwise(bounds)))
    return strip_marks(text, ((begin + low, begin + high) for low, high in _split_words(rest, verbs, count)))


def list_quotes(text: str, start: int, end: int) -> list[Span]:
    """Return what stands between quotation marks from `start` to `end`."""
    return [Span(*each.span(1)) for each in _QUOTED.finditer(text, start, end)]


def _end_of_filler(text: str, start: int) -> int:
    filler = _FILLER.match(text, start)
    return filler.end() if filler else start


def find_end(text: str, start: int) -> int:
    """Return where the list ends: at a source in brackets, a new clause, or the end of the sentence."""
    held = [each.span() for each in _QUOTED.finditer(text, start)]
    ends = [len(text)]
    for pattern in (_SOURCE, _GOES_ON):
        for match in pattern.finditer(text, start):
            if not any(low <= match.start() < high for low, high in held):
                ends.append(match.start())
                break
    return min(ends)


def _split_words(rest: str, verbs: re.Pattern[str], count: int | None) -> list[tuple[int, int]]:
    if rest.startswith("å ") or verbs.match(rest):
        cuts = [each.span() for each in re.finditer(rf"{_INFINITIVE.pattern}|{_AND}(?={verbs.pattern})", rest)]
        return _between(rest, cuts)
    if rest.startswith("at "):
        return _between(rest, [each.span() for each in _THAT.finditer(rest)])
    if ";" in rest:
        return _between(rest, [each.span() for each in re.finditer(r";\s*(?:og )?", rest)])
    return _split_nouns(rest, count)


def _split_nouns(rest: str, count: int | None) -> list[tuple[int, int]]:
    """Return the parts of «A, B og C»; «og» stays within a part where the commas alone give the number that is told."""
    for each in re.finditer(r", og ", rest):
        if not _FINITE.search(rest[: each.start()]) and _FINITE.search(rest, each.end()):
            rest = rest[: each.start()]  # «A, B samt C, og rekkefølgen er den samme»
    cuts = [each.span() for each in _COMMA.finditer(rest)]
    whole = len(cuts) + 1
    closed = bool(cuts) and rest[slice(*cuts[-1])].rstrip().endswith(("og", "samt"))
    last = [*_LAST.finditer(rest, cuts[-1][1] if cuts else 0)]
    last = [each for each in last if "samt" in each[0]] or last
    if last and not closed and whole != count:
        cuts.append(last[-1].span())
    return _between(rest, cuts)


def _between(rest: str, cuts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    bounds = [(0, 0), *cuts, (len(rest), len(rest))]
    return [(low[1], high[0]) for low, high in pairwise(bounds)]


def strip_marks(text: str, parts: Iterable[tuple[int, int]]) -> list[Span]:
    """Return the parts without «å», «at», blanks and the marks around them; those with nothing left are left out."""
    trimmed = []
    for start, end in parts:
        words = text[start:end]
        if words.rstrip(" .").endswith(")") and "(" not in words:
            words = words.rstrip(" .)")
        first = start + len(words) - len(_HEAD.sub("", words))
        last = start + len(_TAIL.sub("", words))
        if last - first >= _MIN_PART:
            trimmed.append(Span(first, last))
    return trimmed
