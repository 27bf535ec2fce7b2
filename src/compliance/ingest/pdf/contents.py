"""Contents pages: lines that name a heading and its page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from compliance.ingest.patterns import is_contents_heading, is_contents_line
from compliance.ingest.pdf.furniture import Key, read_number
from compliance.ingest.pdf.lines import Area, Line
from compliance.ingest.pdf.markers import group_rows
from compliance.text.normalise import normalise_text

MIN_ENTRIES = 3  # fewer lines that end in a number may be anything
MIN_UNANNOUNCED = 4  # and without the word «Innhold» above them, a few more are asked for
MAX_WRAP = 3  # lines of one entry before the one with its page number
FRONT = 12  # pages: a table of contents without a heading stands among the first

_PAGE = re.compile(r"\d{1,3}|[ivxl]{1,6}")
_WORDS = re.compile(r"[\W\d_]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a page as the contents finder sees it."""

    lines: tuple[Line, ...]
    text: str
    dotted: bool
    page: int  # the number it ends in; 0 for none
    known: bool  # linked, or its words stand as a line of their own on a later page


@dataclass(frozen=True, slots=True)
class ContentsPage:
    """What the contents finder needs to know of a page."""

    number: int
    lines: Sequence[Line]
    links: Sequence[Area] = ()


def find_contents(pages: Sequence[ContentsPage]) -> set[Key]:
    """Return the lines that make up tables of contents, their heading and broken entries among them."""
    titles = _collect_titles(pages)
    found: set[Key] = set()
    announced = False
    for page in pages:
        entries = [_read_entry(row, page, titles) for row in group_rows(page.lines)]
        taken, announced = _take_entries(entries, announced=announced, page=page.number, last_page=len(pages))
        found |= {line.key for entry in taken for line in entry.lines}
    return found


def _collect_titles(pages: Sequence[ContentsPage]) -> dict[str, int]:
    """Return short lines, letters only, with the last page they stand on."""
    return {_letters(line.text): page.number for page in pages for line in page.lines if len(line.text) <= 100}


def _letters(text: str) -> str:
    return _WORDS.sub("", normalise_text(text)).casefold()


def _read_entry(row: Sequence[Line], page: ContentsPage, titles: dict[str, int]) -> Entry:
    text = " ".join(line.text for line in row)
    before, _, last = text.rstrip().rpartition(" ")
    printed = last if _PAGE.fullmatch(last) and any(map(str.isalpha, before)) else ""
    number = _read_page(row, printed) if printed else 0
    title = _letters(before if number else text)
    linked = any(area.holds(line) or _covers(area, line) for area in page.links for line in row)
    return Entry(
        tuple(row),
        text,
        dotted=is_contents_line(text),
        page=number,
        known=linked or (len(title) >= 4 and titles.get(title, 0) > page.number),
    )


def _read_page(row: Sequence[Line], printed: str) -> int:
    """Return the page number; a roman one only where it stands by itself, for «i» is a word."""
    if printed.isdigit() or row[-1].text.strip() == printed:
        return read_number(printed)
    return 0


def _covers(area: Area, line: Line) -> bool:
    return (
        area.y0 <= line.middle <= area.y1 and area.x0 <= line.x0 + 5 and area.x1 >= line.x0 + 0.5 * (line.x1 - line.x0)
    )


def _take_entries(entries: Sequence[Entry], *, announced: bool, page: int, last_page: int) -> tuple[list[Entry], bool]:
    """Return the page's contents entries, and whether the list may go on over the page."""
    heading = next((index for index, entry in enumerate(entries) if is_contents_heading(entry.text)), None)
    dotted = [index for index, entry in enumerate(entries) if entry.dotted]
    begin = heading + 1 if heading is not None else 0
    run: list[int] = []
    if len(dotted) >= MIN_ENTRIES or (announced and dotted):  # leaders say all: nothing else is believed beside them
        run = _with_wraps(entries, dotted, begin=begin)
    elif heading is not None or announced:
        run = _follow(entries, begin, last_page=last_page)
        goes_on = announced and any(entries[index].page for index in run)
        certain = all(entries[index].page and entries[index].known for index in run)
        run = run if goes_on or certain or len(run) >= MIN_ENTRIES else []
    elif page <= FRONT:
        run = _find_unannounced(entries, last_page=last_page)
    run = run or dotted
    if heading is not None and page <= FRONT and heading not in run:
        run = sorted([heading, *run])
    return [entries[index] for index in run], bool(run) and run[-1] >= len(entries) - 5


def _follow(entries: Sequence[Entry], start: int, *, last_page: int) -> list[int]:
    """Return the entries from `start` on for as long as they look like contents, broken ones included.

    In a list with page numbers only what has one counts; in one without, what is linked or known from later pages.
    """
    numbered = sum(0 < entry.page <= last_page + 30 for entry in entries[start : start + 12])
    run: list[int] = []
    waiting: list[int] = []
    reached = 0
    for index in range(start, len(entries)):
        entry = entries[index]
        fits = entry.page >= reached if numbered >= MIN_ENTRIES else True
        fits = fits and (numbered < MIN_ENTRIES or entry.page > 0 or entry.dotted)
        if fits and _looks_like_contents(entry, last_page):
            run += [*waiting, index]
            waiting, reached = [], entry.page
        else:
            waiting.append(index)
            if len(waiting) > MAX_WRAP or entry.text.endswith((".", ":", ".»")):
                break
    return run


def _looks_like_contents(entry: Entry, last_page: int) -> bool:
    if entry.text.endswith((".", ",", ";")) and not entry.dotted:
        return False
    return entry.dotted or (entry.known and len(entry.text) <= 160) or 0 < entry.page <= last_page + 30


def _with_wraps(entries: Sequence[Entry], dotted: list[int], *, begin: int) -> list[int]:
    """Return the dotted entries with the broken first halves between them; `begin` is where the list may begin."""
    taken: list[int] = []
    for order, index in enumerate(dotted):
        before = dotted[order - 1] if order else begin - 1
        between = range(before + 1, index)
        if len(between) <= MAX_WRAP and (order or begin) and _near(entries[max(before, 0) : index + 1]):
            taken += between
        taken.append(index)
    return taken + _find_unnumbered(entries, taken[-1] + 1) if len(taken) >= MIN_ENTRIES else taken


def _find_unnumbered(entries: Sequence[Entry], start: int) -> list[int]:
    """Return short entries without a page number that end the list and its page: its appendices."""
    rest = list(range(start, len(entries)))
    short = all(len(entries[index].text) <= 100 and not entries[index].text.endswith((".", ":")) for index in rest)
    if rest and short and len(rest) <= start and _near(entries[start - 1 :]):
        return rest
    known = [index for index in rest if entries[index].known and not entries[index].text.endswith(".")]
    return known if known == rest[: len(known)] and known and _near(entries[start - 1 : known[-1] + 1]) else []


def _near(entries: Sequence[Entry]) -> bool:
    """Tell whether the rows stand close enough for one list."""
    return all(below.lines[0].y0 - above.lines[0].y1 < 2.5 * above.lines[0].size for above, below in pairwise(entries))


def _find_unannounced(entries: Sequence[Entry], *, last_page: int) -> list[int]:
    """Return a run of entries whose page numbers rise and whose titles are known from later pages."""
    numbered = [index for index, entry in enumerate(entries) if 0 < entry.page <= last_page + 30]
    rising = [
        index
        for order, index in enumerate(numbered)
        if order == 0 or entries[index].page >= entries[numbered[order - 1]].page
    ]
    known = sum(entries[index].known for index in rising)
    if len(rising) < MIN_UNANNOUNCED or known < 0.6 * len(rising):
        return []
    return list(range(rising[0], rising[-1] + 1)) if len(rising) >= 0.6 * (rising[-1] - rising[0] + 1) else rising
