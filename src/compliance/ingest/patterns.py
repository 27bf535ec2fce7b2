"""How Norwegian municipal documents mark lists, numbered headings, captions, contents and page numbers.

Every reader asks here, so that a plan reads the same as PDF, DOCX, HTML and text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Bullets as printed; the private-use ones are what Symbol and Wingdings bullets become when a PDF is read.
BULLETS = "•·∙●○◦▪▫■□◆◇►▶▸‣⁃➢➤➔→✓✔❖★\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf0e0\uf02d\uf06f"
DASHES = "-–—*"  # bullets only before white space
_BULLET = re.compile(rf"(?:[{re.escape(BULLETS)}]|[{re.escape(DASHES)}](?=\s)|o(?=\s+\S))\s*")
# Numbers: "1." "12)" "(3)" "a)" "b." "(c)" "iv)" "1.2)"; a bare "1 " is never a list marker.
_NUMBER = re.compile(
    r"(?:\((?:\d{1,2}|[a-zæøå]|[ivx]{1,4})\)|(?:\d{1,2}(?:\.\d{1,2})?|[ivx]{1,4}|[a-zæøå])\)|\d{1,2}\.|[a-h]\.)\s+"
)

_HEADING_NUMBER = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})(?P<dot>\.?)(?P<gap>\s*)(?=[^\W\d_]|[«\"“”'(])")
_CHAPTER = re.compile(
    r"(?P<word>kapit(?:tel|el)|kap\.|del|vedlegg)\s+(?P<number>\d{1,2}|[A-H]|[IVX]{1,4})\b[\s:.–-]*", re.IGNORECASE
)
_CAPTION = re.compile(
    r"(?:(?i:figur|fig\.|tabell|bilde|bilete|kart|diagram|graf|illustrasjon|skisse)\s*\d+(?:[.-]\d+)*[a-z]?"
    r"\s*(?:[.:–-]|$|\s(?=[A-ZÆØÅ«\"]))"
    r"|(?i:foto|illustrasjon|ill\.|bilde|bilete)\s*:)"
)
# A leader is looked for from its first dot only, and given up at its last: the time stays linear in its length.
LEADER_START = r"(?<![.…·_])(?<![.…·_]\s)"
_CONTENTS_ENTRY = re.compile(
    rf"{LEADER_START}(?:(?:\.\s?){{4,}}+|(?:…\s?){{2,}}+|_{{4,}}+|(?:·\s?){{4,}}+)\s*(?:s\.\s*)?\d{{1,3}}(?!\d)"
)
_LONG_LEADER = re.compile(rf"{LEADER_START}(?:(?:\.\s?){{12,}}+|(?:…\s?){{6,}}+|(?:·\s?){{12,}}+)")
_CONTENTS_HEADING = re.compile(
    r"(?:\d{1,2}\.?\s+)?(?:innhold|innhald|innholdsfortegnelse|innhaldsliste|innholdsliste|innhaldsoversikt|innholdsoversikt)\s*:?",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(
    r"[-–—|\s]*(?:(?:side|s\.|page)\s*)?(?:\d{1,3}|[ivx]{1,5})\s*(?:(?:av|of|/)\s*\d{1,3})?"
    r"\s*(?:\|?\s*(?:s\s?i\s?d\s?e|page))?[-–—|\s]*",
    re.IGNORECASE,
)
_MANY = r"(?:1\s?000|tusen|mill(?:ioner|ionar|\.)?|mrd\.?|milliard(?:er|ar)|he[ie]?le)"
_KRONER = r"(?:kr\.?|kroner|nok)"
_UNIT = re.compile(
    rf"\b(?:{_MANY}\s*{_KRONER}|{_KRONER}\s+i\s+{_MANY}|(?<=\bi ){_MANY}|prosent|årsverk"
    rf"|(?:kroner|kr)\s+(?:per|pr\.?)\s+innbygger)(?!\w)",
    re.IGNORECASE,
)
_OPENINGS = "§" + DASHES
_ENDING = 20  # characters of a line in which its end is looked for
_ENDED = re.compile(r"[.!?:;][»”\")]?(?:\d{1,2})?$")  # also with a note's number
_EXPECTS_MORE = re.compile(
    r"(?:,|\w[-\u2010\xad]|§"
    r"|\b(?:og|eller|i|av|for|fra|frå|til|på|med|om|som|at|er|en|et|ein|ei|eit|å|den|det|de|dei|innen|innan|mellom|mot"
    r"|over|under|etter|før|ved|hos|kapittel|punkt|avsnitt|artikkel|sak|nr\.|nummer|se|jf\.|kap\.|ca\.))$",
    re.IGNORECASE,
)
_DASH_AND = re.compile(r"[-–—]\s+(?:og|eller|men|samt|altså|også|ikke|ikkje|særlig|særleg|enten|anten|både)\b")
_DATE = re.compile(
    r"\d{1,2}\.\s*(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)\b",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class ListMarker:
    """A list marker as printed, and where the item's own words begin."""

    marker: str
    end: int
    numbered: bool


@dataclass(frozen=True, slots=True)
class HeadingNumber:
    """The number in front of a heading; level 1 for "3", 2 for "3.1"; `end` is where the title begins."""

    number: str
    level: int
    end: int


def read_list_marker(text: str) -> ListMarker | None:
    """Return the list marker that `text` opens with.

    "1. Innledning" may be a heading as well: callers ask `read_heading_number` first where a heading can stand.
    """
    if (match := _BULLET.match(text)) and match.end() < len(text):
        return ListMarker(match.group().strip(), match.end(), numbered=False)
    if (match := _NUMBER.match(text)) and match.end() < len(text):
        return ListMarker(match.group().strip(), match.end(), numbered=True)
    return None


def expects_more(text: str) -> bool:
    """Whether a line of print cannot end its sentence: it ends in a comma, a hyphen or a word such as «og», «av»."""
    return _EXPECTS_MORE.search(text[-_ENDING:].rstrip()) is not None


def continues_sentence(before: str, text: str) -> bool:
    """Whether a line goes on with the sentence that the line before it left open, whatever it opens with.

    A year, a date, a paragraph or a number within a sentence is no list marker or heading number when a line happens
    to begin with it; nor is a dash before a conjunction.
    """
    opening = text[:1]
    if not (opening.isdigit() or opening in _OPENINGS) or _ENDED.search(before[-_ENDING:].rstrip()):
        return False
    if _DASH_AND.match(text) or _DATE.match(text):
        return True
    if opening in DASHES:
        return False
    return expects_more(before) or not (read_list_marker(text) or read_heading_number(text))


def read_heading_number(text: str) -> HeadingNumber | None:
    """Return the chapter number that `text` opens with: "2.1 Mål", "1.1.Mål", "Kapittel 3: Mål", "Vedlegg A".

    Says nothing of whether the line *is* a heading: "1. januar 2024 trer …" has a number as well. Numbers without
    a following dot need white space ("3 Mål"), and dates and amounts ("3 mill. kroner", "2 år") are left alone.
    """
    if match := _CHAPTER.match(text):
        return HeadingNumber(match["number"], 1, match.end())
    match = _HEADING_NUMBER.match(text)
    if not match or (not match["gap"] and not match["dot"] and "." not in match["number"]):
        return None
    if text[match.end() : match.end() + 1].islower():
        return None
    return HeadingNumber(match["number"], match["number"].count(".") + 1, match.end())


def is_caption(text: str) -> bool:
    """Tell whether `text` opens as a caption: "Figur 2:", "Tabell 3.1 Befolkning", "Foto: …"."""
    return bool(_CAPTION.match(text)) and len(text) <= 400


def is_contents_heading(text: str) -> bool:
    """Tell whether `text` is the heading of a table of contents."""
    return bool(_CONTENTS_HEADING.fullmatch(text.strip()))


def is_contents_line(text: str) -> bool:
    """Tell whether `text` is one or several entries of a table of contents, by leaders that end in page numbers.

    An entry broken over two lines, whose second half has the leader, is one too; the first half is not told here.
    """
    return bool(_CONTENTS_ENTRY.search(text) or _LONG_LEADER.search(text))


def is_page_number(text: str) -> bool:
    """Tell whether `text` is nothing but a page number: "7", "- 7 -", "Side 7 av 30", "7 | Side"."""
    stripped = text.strip()
    return 0 < len(stripped) <= 24 and bool(_PAGE_NUMBER.fullmatch(stripped))


def fold_running_line(text: str) -> str:
    """Return what repeats of a running header or footer: no case, no numbers, single spaces."""
    return _SPACES.sub(" ", _DIGITS.sub("#", text)).strip().casefold()


def fold_title(text: str) -> str:
    """Return a heading's words for comparison with the table of contents: no number, no case, single spaces."""
    number = read_heading_number(text)
    return " ".join(text[number.end if number else 0 :].split()).casefold().rstrip(" .:")


def find_unit(text: str) -> str | None:
    """Return the unit that a table's title, header cell or corner states: "1000 kr", "mill. kr", "årsverk"."""
    match = _UNIT.search(text)
    return _SPACES.sub(" ", match.group()) if match else None
