"""When a plan was adopted, and by whom it says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from compliance.ingest.profile.document_type import match_type
from compliance.ingest.profile.stretches import (
    Stretch,
    list_closing_lines,
    list_cover_lines,
    list_running_lines,
    read_file_name,
    read_title,
)
from compliance.records import Attribute, AttributeSource, Document, DocumentType

_MONTHS = (
    *("januar", "februar", "mars", "april", "mai", "juni"),
    *("juli", "august", "september", "oktober", "november", "desember"),
)
_DAY = (
    r"(?:(?P<day>\d{1,2})\s?[./-]\s?(?P<month>\d{1,2})\s?[./-]\s?(?P<year>20\d\d|\d\d)\b"
    r"|(?:(?P<wday>\d{1,2})\.?\s*)?(?P<wmonth>" + "|".join(_MONTHS) + r")\s+(?P<wyear>20\d\d)"
    r"|(?P<iyear>20\d\d)-(?P<imonth>\d\d)-(?P<iday>\d\d)"
    r"|(?P<cday>[0-3]\d)(?P<cmonth>[01]\d)(?P<cyear>20\d\d)\b)"
)
_CASE = r"\d{1,4}/(?P<case>20\d\d|\d\d)\b"
_ADOPTED = (
    r"(?:vedtatt|vedteke[nt]?|vedtekne|vedtak|vedtok|fastsatt|fastsett|fastset|godkjent|godkjend|vedtaksdato)\b"
    r"(?!\s+(?:å\s|ut\b|utlagt|sendt|lagt|sende|lagd|(?:til|på) (?:høring|høyring)))"
)
_COUNCIL = r"(?:kommunestyret?|bystyret|heradsstyret|formannskapet|\w*utval(?:g|get)?)"
_OWN = (
    r"(?:(?:denne|dette|vår|kommunens|kommunen sin)\s+)?(?:\w*planen|\w*strategien|samfunnsdelen|\w*budsjettet"
    r"|planprogrammet|handlings- og økonomiplanen|dokumentet)"
)
_OWN_ADOPTED = (
    rf"(?:{_OWN}\s+(?:ble|vart|blei|er|vert|blir|har blitt|har vorte)\s+(?:\w+\s+)?{_ADOPTED}"
    rf"|{_COUNCIL}(?: for \w+)?\s+(?:vedtok|fastsatte|fastsette|godkjente|godkjende)\s+{_OWN})"
)
_GAP = r"(?:[^.\n]|\.(?=\s?\d)|(?<=\d)\.|(?<=nr)\.|(?<=jf)\.){0,90}?"
# Only these may stand between «vedtatt» and a bare year or case number: «Vedtatt økonomiplan 2025–2028» gives no year.
_SHORT_GAP = (
    rf"(?:[\s:,.(-]|\b(?:i|av|den|dato|år|møte|sak|saksnr|nr|ps|k-?sak|ks-?\s?sak|kommunestyresak|{_COUNCIL})\b)*"
)


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# In order: a day beats a year, a decision to adopt beats the name of who decides.
_COVER = (
    _compile(rf"\b{_ADOPTED}{_GAP}\b{_DAY}"),
    _compile(rf"\b(?:{_COUNCIL}|ks?-?\s?sak)(?:s vedtak)?{_GAP}\b{_DAY}"),
    _compile(rf"\b(?:behandlet|handsama|behandla)\b{_GAP}\b{_DAY}"),
    _compile(rf"\b{_ADOPTED}{_SHORT_GAP}(?:{_CASE}|(?P<only>20\d\d)\b(?!\s*[-–—/]))"),
    _compile(rf"\bks?-?\s?sak\s+(?:nr\.?\s*)?{_CASE}"),
)
_TEXT = (
    _compile(rf"\b{_OWN_ADOPTED}{_GAP}\b{_DAY}"),
    _compile(rf"\b{_OWN_ADOPTED}{_SHORT_GAP}(?:{_CASE}|(?P<only>20\d\d)\b(?!\s*[-–—/]))"),
)
_ENDING = re.compile(r"(?<=plan)en\b|(?<=strategi)en\b|(?<=del)en\b|(?<=program)met\b|(?<=budsjett)et\b")
_DRAFT = re.compile(
    r"utkast|kladd|\bdraft\b|h(?:ø|o|øy|oy)rings(?:utgave|utgåve|versjon|forslag|framlegg|dokument)"
    r"|\bh(?:ø|o|øy|oy)ring\b|offent(?:lig|leg) ettersyn|\bforslag\b|(?<!saks)fr[ae]mlegg\b",
    re.IGNORECASE,
)
_SENT_OUT = re.compile(
    r"h(?:ø|øy)rings?(?:frist|periode|uttal|innspel|innspill)|(?:etter|på|til) h(?:ø|øy)ring", re.IGNORECASE
)
_HEARING = re.compile(r"(?:på|til|ut) h(?:ø|øy)ring|ettersyn", re.IGNORECASE)  # decided, but not adopted
_CUE = _compile(r"\b(?:vedt|fasts|godkjen)")
_CUE_CHARS = 80  # from the plan's name to «vedtatt»; twice as far from there to the date
_YEARS_AROUND = (4, 3)  # a plan is adopted at most so many years before its first year, or after it


def read_adoption(document: Document, *, period: Attribute | None, document_type: DocumentType) -> Attribute | None:
    """Return the date of adoption as "YYYY-MM-DD", "YYYY-MM" or "YYYY", as exactly as the document gives it.

    A draft or a hearing edition is not adopted: None. Dates that the text gives for other plans are left alone.
    """
    cover = [*list_cover_lines(document), *list_closing_lines(document)]
    marks = _list_marks(document)
    if any(_is_draft(stretch) for stretch in marks):
        return None
    for pattern in _COVER:
        for stretch in [*cover, *marks]:
            found = _find_date(pattern, stretch)
            if found:
                return found
    if any(_DRAFT.search(stretch.text) for stretch in list_cover_lines(document)):
        return None
    return _read_text(document, period, document_type)


def is_marked_draft(document: Document) -> bool:
    """Whether the title, file name, running lines or cover say that the document is a draft or a hearing edition."""
    return any(_is_draft(stretch) for stretch in (*_list_marks(document), *list_cover_lines(document)))


def _list_marks(document: Document) -> list[Stretch]:
    """Return the title, file name and running lines, which mark a draft on every page."""
    title = read_title(document)
    return [*([title] if title else []), read_file_name(document), *list_running_lines(document)[:4]]


def _is_draft(stretch: Stretch) -> bool:
    return _DRAFT.search(stretch.text) is not None and _SENT_OUT.search(stretch.text) is None


def _find_date(pattern: re.Pattern[str], stretch: Stretch) -> Attribute | None:
    match = None if _HEARING.search(stretch.text) else pattern.search(stretch.text)
    value = parse_date_match(match) if match else None
    return stretch.make_attribute(value, match.start(), match.end()) if match and value else None


def _read_text(document: Document, period: Attribute | None, document_type: DocumentType) -> Attribute | None:
    """Return the date of a sentence that says when this very plan was adopted, if it fits the plan's period."""
    for match in _find_decisions(document.text):
        value = parse_date_match(match)
        if value and _fits(value, period) and not _names_another(match[0], document_type):
            return Attribute(value, AttributeSource.TEXT, match[0], match.start(), match.end())
    return None


def _find_decisions(text: str) -> Iterator[re.Match[str]]:
    """Yield the sentences of a text that say when a plan was adopted, those that tell the day first."""
    cues = [match.start() for match in _CUE.finditer(text)]
    for pattern in _TEXT:
        for cue in cues:
            match = pattern.search(text, max(0, cue - _CUE_CHARS), cue + 2 * _CUE_CHARS)
            if match:
                yield match


def _names_another(sentence: str, document_type: DocumentType) -> bool:
    """Say whether a sentence names a plan of another kind than the document is."""
    named = match_type(_ENDING.sub("", sentence))
    return named is not None and named not in {document_type, DocumentType.TEMAPLAN}


def _fits(value: str, period: Attribute | None) -> bool:
    if period is None:
        return True
    distance = int(period.value[:4]) - int(value[:4])
    before, after = _YEARS_AROUND
    return -after <= distance <= before


def parse_date_match(match: re.Match[str]) -> str | None:
    """Return the date that a match holds, as exactly as it is given; None where there is no such day."""
    groups = {name: value for name, value in match.groupdict().items() if value}
    for kind in ("", "w", "i", "c"):
        if f"{kind}year" in groups:
            return _format_date(groups[f"{kind}year"], groups[f"{kind}month"], groups.get(f"{kind}day"))
    year = groups.get("only") or groups["case"]
    return year if len(year) == 4 else f"20{year}"


def _format_date(year: str, month: str, day: str | None) -> str | None:
    number = int(month) if month.isdigit() else _MONTHS.index(month.casefold()) + 1
    full = int(year) if len(year) == 4 else 2000 + int(year)
    try:
        found = date(full, number, int(day or 1))
    except ValueError:
        return None
    return found.isoformat() if day else f"{full}-{number:02d}"
