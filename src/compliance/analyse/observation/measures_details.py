"""Who, when and how much: the typed details of one clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from compliance.analyse.matching.cues import CueMatcher
from compliance.analyse.observation.measures_owners import (
    RESPONSIBLE_HEADER,
    OwnerReader,
    find_details,
    names_somebody,
    takes_owner_from_above,
)
from compliance.guidelines.cues import StanceCue, StanceKind
from compliance.guidelines.rules import Rules
from compliance.records import Detail, DetailKind, Passage, Span, TableRow
from compliance.text.number_words import NUMBER_WORDS, read_number_words
from compliance.text.table_rows import locate_cells

_MONTHS = (
    *("januar", "februar", "mars", "april", "mai", "juni", "juli", "august"),
    *("september", "oktober", "november", "desember"),
)
_MONTH = "|".join(_MONTHS)
_YEAR = r"(?:19|20)\d{2}"
_DATES = (
    re.compile(rf"\b(?P<day>[0-3]?\d)\.\s?(?P<number>[01]?\d)\.\s?(?P<year>{_YEAR})\b"),
    re.compile(rf"\b(?P<day>[0-3]?\d)\.\s*(?P<month>{_MONTH})\b(?:\s+(?P<year>{_YEAR}))?", re.IGNORECASE),
    re.compile(rf"\b(?P<month>{_MONTH})\s+(?P<year>{_YEAR})\b", re.IGNORECASE),
    re.compile(rf"\b(?P<year>{_YEAR})\s?[-–—/]\s?(?P<last>{_YEAR}|\d{{2}})\b"),
    re.compile(rf"(?<![\d.,/-])(?P<year>{_YEAR})(?![\d.,]*\d)"),
)
_HALF = re.compile(
    r"\b(?:innen|innan|før|til|i løpet av) (?:sommeren|sommaren|høsten|hausten|våren|jul|påske|årsskiftet|ferien)\b"
    r"|\b(?:første|andre|tredje|fjerde|\d\.) (?:kvartal|tertial|halvår)\b|\bQ[1-4]\b"
    r"|\b(?:høsten|hausten|våren|sommeren|sommaren|nyttår)$",
    re.IGNORECASE,
)
# «Digital agenda 2016–2020», «(Difi, 2018)», «loven av 2018»: the year belongs to a title or a source, not to a step.
_TITLE = re.compile(
    r"(?:agenda|strategi\w*|plan|planen|melding\w*|st\.? ?(?:27|nr)|loven? av|lov|rapport\w*|NOU|prop\.?"
    r"|undersøkelse\w*|undersøking\w*|vedtatt i|vedteken i|siden|sidan|etter)\W*(?:for\s+)?(?:(?:i\s+)?perioden\W*)?$"
    r"|\([^)]{0,60}$",
    re.IGNORECASE,
)
# «prinsippene som IT-sjefen fastsatte i 2024»: what was done then is background to what shall be done
_PAST = re.compile(
    r"\b(?:som|da)\b[^,;.]{0,60}\b(?:fast(?:satte|sette)|vedtok|innførte|oppretta?(?:et)?|etablerte|starta(?:et)?|begynte|byrja"
    r"|laga|laget|kjøpte|fikk|fekk|tok|gjorde|bestem(?:te|de)|anskaffa|anskaffet|utarbeid(?:et|de)"
    r"|(?:ble|blei|vart) \w+)\b[^,;.]{0,40}$",
    re.IGNORECASE,
)
_SUM = re.compile(
    r"(?:\b(?:kr|nok)\.?\s*)?(?P<figure>\d{1,3}(?:[\u00a0 .]\d{3})+|\d+(?:,\d+)?"
    rf"|(?<!\w)(?:{NUMBER_WORDS})(?=\s+(?:mill|mrd|tusen)))\s*"
    r"(?P<unit>milliard\w*|mill(?:\.|ioner|ionar|ion)?|mrd\.?|tusen)?\s*(?P<kroner>kroner|kr\b|kr\.|,-)?",
    re.IGNORECASE,
)
_THRESHOLD = re.compile(
    r"\b(?:under|over|(?:mer|meir|større|mindre|høyere|høgare|lavere|lågare) enn)\s+$", re.IGNORECASE
)
_PRICE = re.compile(  # «290 kroner per alarm»: what one costs
    r"\s*(?:per|pr\.?)\s+(?!(?:år|måned|månad|kvartal|halvår|tertial|uke|veke)\b)\w+", re.IGNORECASE
)
_FACTORS = {"milli(?!ard)|mill\\b": 1_000_000, "mrd|milliard": 1_000_000_000, "tusen": 1_000}
_ROW_FIGURES = re.compile(  # «Bredbånd 2 000 1 000 0 0», «Økte lisenskostnader, 780 000.»
    r"(?<=[^\W\d])(?:\s+[-–+]?\d{1,3}(?:[\u00a0 ]\d{3})*(?:,\d+)?){2,}\s*(?:K|t|kr)?\.?$"
    r"|\s\d{1,3}[\u00a0 ]\d{3}(?:[\u00a0 ]\d{3})*\.?$"
)
_PRONOUN = re.compile(r"(?:Det|Den|De|Dei|Styret|Rådet|Gruppa|Gruppen|Utvalget|Utvalet|Oppgaven\w*|Oppgåv\w*)\b")
_OPENING = re.compile(r"(?::|[^.!?])\s*$")  # the sentence goes on with the items
_CELL_FIGURE = re.compile(r"-?\d[\d\u00a0 .]*(?:,\d+)?")
_DATE_HEADER = re.compile(r"frist|når|tid|start|ferdig|år\b|periode|gjennomfør", re.IGNORECASE)
_YEAR_HEADER = re.compile(r"20\d\d")
_SUM_HEADER = re.compile(r"kostnad|sum|beløp|ramme|budsjett|kroner|\bkr\b|mill|økonomi", re.IGNORECASE)
# «Mål 2030», «Måltal»: a figure to reach. «Status 2025»: the one it starts from.
_GOAL_HEADER = re.compile(
    r"\bmål(?:\b(?=.*20\d\d)|ta(?:l|ll)\b|verdi)|\bønsk(?:et|t|a) (?:nivå|resultat)", re.IGNORECASE
)
_STATE_HEADER = re.compile(
    r"status|resultat|\bi dag\b|dagens|\bnå\b|utgangspunkt|nullpunkt|nivå 20\d\d|faktisk|^20\d\d$", re.IGNORECASE
)
_START_HEADER = re.compile(r"start|begynn|\bfra\b|\bfrå\b", re.IGNORECASE)
_OR_LIMIT = re.compile(r"\b(?:under|over|(?:mer|meir) enn)\s+[\d\u00a0 .,]+\w*\s+eller\s+$", re.IGNORECASE)
# «skoler med mer enn 30 elever»: which ones are meant
_LIMIT = re.compile(
    r"\bmed (?:mer enn|meir enn|flere enn|fleire enn|færre enn|mindre enn|over|under)\s+$", re.IGNORECASE
)
# «ei gruppe med tre lærarar, to elevar og …»: who is in it
_MEMBERS = re.compile(
    r"\b\w*(?:gruppe|gruppa|gruppen|team|utvalg|utval|råd|styre)\s+(?:med|på)\s+(?:\w+\s+\w+,\s+)*$", re.IGNORECASE
)
_SAYS_MONEY = 3  # digits, from which on a figure under a year is taken for money
_MIN_CELL = 2  # characters; a dash or a cross names nobody
MAX_YEARS_BACK = 1  # before the plan's first year; older years tell how something came about


class DetailReader:
    """Finds details by the cues of rules/actors.yaml and rules/stances.yaml, dates and sums by their form."""

    def __init__(self, rules: Rules) -> None:
        self._owners = OwnerReader(rules)
        targets = [each for each in rules.stances if each.kind is StanceKind.TARGET]
        self._targets = CueMatcher[StanceCue](targets)

    def read_clause(self, text: str, offset: int, *, first_year: int | None, table: bool = False) -> tuple[Detail, ...]:
        """Return the details in a clause that begins at `offset` in the document, in the order of the text.

        Years before `first_year`, the plan's own, are background. The figures of a row of a `table` are left to
        `read_row`, which knows what they are figures of.
        """
        found = [
            *self._owners.read(text, offset),
            *find_dates(text, offset, first_year=first_year),
            *find_sums(text, offset),
        ]
        if not table and (figures := find_row_figures(text)) and not any(each.kind is DetailKind.SUM for each in found):
            start, end = figures
            found.append(Detail(DetailKind.SUM, offset + start, offset + end, text[start:end].strip()))
        taken = [(each.start, each.end) for each in found]
        found += [
            each
            for each in find_details(self._targets, DetailKind.TARGET, text, offset)
            if not any(each.start < end and start < each.end for start, end in taken)
            and not any(limit.search(text[: each.start - offset]) for limit in (_OR_LIMIT, _LIMIT, _MEMBERS))
        ]
        return tuple(sorted(found, key=lambda each: (each.start, each.end)))

    def read_opening(self, lead_in: Passage, opening: Span, *, first_year: int | None) -> tuple[Detail, ...]:
        """Return what the words that open a list say of each of its items: who and when.

        `opening` is where the last sentence of the lead-in is in it. A sum or a figure there is of the items together,
        and is no item's own. «Det skal:» is said of whom the lead-in names first.
        """
        text = lead_in.text[opening[0] : opening[1]]
        if not _OPENING.search(text):
            return ()
        found = self.read_clause(text, lead_in.start + opening[0], first_year=first_year)
        kept = [each for each in found if each.kind in {DetailKind.ACTOR, DetailKind.DATE}]
        if _PRONOUN.match(text) and not any(each.kind is DetailKind.ACTOR for each in kept):
            before = lead_in.text[: opening[0]]
            kept += sorted(self._owners.read(before, lead_in.start), key=lambda each: each.start)[:1]
        return tuple(kept)

    def read_above(self, headings: Sequence[Passage], clause: str, *, opening: str, item: bool) -> tuple[Detail, ...]:
        """Return whom the headings above name, where the clause is theirs: an item of a list, or without a subject.

        `opening` is what opens the list, empty where nothing does.
        """
        return self._owners.read_above(headings) if takes_owner_from_above(clause, opening, item=item) else ()

    def read_row(self, row: TableRow, text: str, offset: int) -> tuple[Detail, ...]:
        """Return what the cells of a row say under headers that ask who, when or how much."""
        found: list[Detail] = []
        asides = find_asides(row, text)
        for header, (start, end) in zip(row.header, locate_cells(row, text), strict=False):
            cell = text[start:end]
            if len(cell.strip()) >= _MIN_CELL and Span(start, end) not in asides:
                found += self._read_cell(header, cell, offset + start, row.unit)
        return tuple(found)

    def _read_cell(self, header: str, cell: str, offset: int, unit: str | None) -> Iterator[Detail]:
        if RESPONSIBLE_HEADER.search(header) and names_somebody(cell):
            yield Detail(DetailKind.ACTOR, offset, offset + len(cell), cell.strip())
        elif _DATE_HEADER.search(header):
            yield from find_dates(cell, offset, first_year=None)
            return
        if not unit and _GOAL_HEADER.search(header) and _CELL_FIGURE.fullmatch(cell.strip(" %")):
            yield Detail(DetailKind.TARGET, offset, offset + len(cell), cell.strip())
            if year := _YEAR_HEADER.search(header):
                yield Detail(DetailKind.DATE, offset, offset + len(cell), year[0])
        elif _CELL_FIGURE.fullmatch(cell.strip()) and _is_money(header, cell, unit):
            yield Detail(DetailKind.SUM, offset, offset + len(cell), _in_kroner(cell, f"{unit or ''} {header}"))


def find_asides(row: TableRow, text: str) -> list[Span]:
    """Return the cells whose dates and figures are not the measure's own.

    They tell when it begins, where its end is told too, or how things stood, where a column says what is to be reached.
    """
    cells = list(zip(row.header, locate_cells(row, text), strict=False))
    ends = any(
        _DATE_HEADER.search(header)
        and not _START_HEADER.search(header)
        and find_dates(text[start:end], 0, first_year=None)
        for header, (start, end) in cells
    )
    aims = any(_GOAL_HEADER.search(header) for header, _ in cells)
    return [
        Span(*span)
        for header, span in cells
        if (ends and _START_HEADER.search(header)) or (aims and _STATE_HEADER.search(header))
    ]


def _is_money(header: str, cell: str, unit: str | None) -> bool:
    """Tell whether a figure is a sum: by its table's unit or its header, which may be a year of a budget."""
    digits = [sign for sign in cell if sign.isdigit()]
    if not any(digit != "0" for digit in digits):
        return False
    if unit or _SUM_HEADER.search(header):
        return True
    return bool(_YEAR_HEADER.search(header)) and len(digits) >= _SAYS_MONEY


def find_dates(text: str, offset: int, *, first_year: int | None) -> list[Detail]:
    """Return dates, years and periods as ISO; those of titles, sources and the past are left out."""
    found: list[Detail] = []
    seen: list[tuple[int, int]] = []
    for pattern in _DATES:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < high and low < end for low, high in seen):
                continue
            seen.append((start, end))
            background = _TITLE.search(text[:start]) or _PAST.search(text[:start])
            value = None if background else _format_date(match)
            if value and not (first_year and value[:4].isdigit() and int(value[:4]) < first_year - MAX_YEARS_BACK):
                found.append(Detail(DetailKind.DATE, offset + start, offset + end, value))
    found += [
        Detail(DetailKind.DATE, offset + match.start(), offset + match.end(), match.group())
        for match in _HALF.finditer(text)
    ]
    return found


def _format_date(match: re.Match[str]) -> str | None:
    """Return the date as ISO, a period with a slash; None where it is no date."""
    parts = match.groupdict()
    year, last = parts.get("year"), parts.get("last")
    if last and year:
        return f"{year}/{last if len(last) == 4 else year[:2] + last}"
    month = parts.get("number") or (_MONTHS.index(parts["month"].lower()) + 1 if parts.get("month") else None)
    if month and not 1 <= int(month) <= 12:
        return None
    numbers = [f"{int(each):02d}" for each in (month, parts.get("day")) if each]
    return "-".join([year or "", *numbers]) if numbers else year


def find_sums(text: str, offset: int) -> Iterator[Detail]:
    """Yield sums of money in whole kroner, a price as it is written; «prosjekter over 200 000 kroner» has no sum."""
    for match in _SUM.finditer(text):
        if _THRESHOLD.search(text[: match.start()]):
            continue
        million = (match["unit"] or "").lower().startswith(("mi", "mr"))
        if match["kroner"] or million or re.match(r"(?:kr|nok)\b", match.group(), re.IGNORECASE):
            price = _PRICE.match(text, match.end())
            words = text[match.start() : price.end()] if price else match.group().rstrip()
            value = words if price else _in_kroner(match["figure"], match["unit"] or "")
            yield Detail(DetailKind.SUM, offset + match.start(), offset + match.start() + len(words), value)


def find_row_figures(text: str) -> tuple[int, int] | None:
    """Return where the figures of a budget row without layout are: two or more at its end, one of them above zero."""
    match = _ROW_FIGURES.search(text)
    return match.span() if match and re.search(r"[1-9]", match.group()) else None


def _in_kroner(figure: str, unit: str) -> str:
    amount = _read_figure(figure)
    lowered = unit.lower()
    factor = next((each for name, each in _FACTORS.items() if re.search(rf"\b(?:{name})", lowered)), 1)
    factor = 1_000 if factor == 1 and re.search(r"\b1[\u00a0 ]?000\b", lowered) else factor
    return str(round(amount * factor))


def _read_figure(figure: str) -> float:
    if figure[0].isalpha():
        return read_number_words(figure)
    whole, _, part = re.sub(r"[\u00a0 .]", "", figure).partition(",")
    return float(f"{whole}.{part or 0}")


def drop_repeated(details: Sequence[Detail]) -> tuple[Detail, ...]:
    """Return the details in order, one of those of the same kind that overlap: the longest."""
    kept: list[Detail] = []
    for _, group in groupby(
        sorted(details, key=lambda each: (each.kind, each.start, -each.end)), lambda each: each.kind
    ):
        reached = -1
        for each in group:
            if each.start >= reached:
                kept.append(each)
                reached = each.end
    return tuple(sorted(kept, key=lambda each: (each.start, each.end)))
