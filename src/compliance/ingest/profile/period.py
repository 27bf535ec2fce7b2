"""The years a plan is for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from compliance.ingest.profile.stretches import (
    Stretch,
    list_cover_lines,
    list_running_lines,
    prefer_text,
    read_file_name,
    read_title,
)
from compliance.records import Attribute, AttributeSource, Document, DocumentType

_RANGE = re.compile(
    r"\b(20[0-4]\d)(?:\s*[-–—]{1,3}\s*|\s+til\s+(?:og\s+med\s+)?|\s+t\.?o\.?m\.?\s+)(20[0-4]\d|\d\d)\b(?![./]\d|\s*kr)"
)
_YEAR = re.compile(r"\b(20[0-4]\d)\b")
_MAX_YEARS = 22  # a samfunnsdel looks twelve to twenty years ahead
_OKONOMIPLAN_YEARS = 4  # kommuneloven § 14-1: the plan is for the next four years at least
_ENDS = re.compile(r"\n|[.?!]\s+(?![a-zæøå])")  # of a sentence: a date's dot has a small letter after it
_REACH = 400  # characters before a range that its sentence may begin
_LINE_CHARS = 80  # a longer line speaks of more than its own title
_CUE = re.compile(
    r"\b(?:gjelder|gjeld|gjelde|gyldig\w*|varer|varar|strekker seg|planperiode\w*|strategiperiode\w*|perioden"
    r"|tidshorisont|tidsperspektiv\w*|tidsrommet)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"bygger på|byggjer på|til grunn|i tråd med|\bKS\b|meld\."
    r"|forrige|førre|tidligere|tidlegare|gjeldende|gjeldande|erstatter|avløs|avløys"
    r"|nasjonal|regjering|stortinge|fylke|regional|statistikk|utvikling(?:en|a) i|økte|auka",
    re.IGNORECASE,
)
_THIS = re.compile(r"\b(?:denne|dette|vår|vårt)\s+(?:\w+\s+)?\w*(?:plan|strategi|dokument|program)", re.IGNORECASE)
_ELECTED = re.compile(r"valgperiod|valperiod|kommunestyreperiod", re.IGNORECASE)  # the years of a planstrategi only
_NOUNS = {
    DocumentType.SAMFUNNSDEL: r"samfunnsdel|kommuneplan",
    DocumentType.OKONOMIPLAN: r"økonomiplan|handlings|planperiod",
    DocumentType.ARSBUDSJETT: r"budsjett",
    DocumentType.DIGITALISERINGSSTRATEGI: r"(?<!plan)strategi|digitaliseringsplan",
    DocumentType.IKT_STRATEGI: r"(?<!plan)strategi|ikt-plan",
    DocumentType.TEMAPLAN: r"temaplan|kommunedelplan|\bplan(?:en)?\b|planperiod|(?<!plan)strategi",
    DocumentType.PLANSTRATEGI: r"planstrategi",
    DocumentType.PLANPROGRAM: r"planprogram|samfunnsdel|kommuneplan",
    DocumentType.UTREDNING: r"\bplan(?:en)?\b|planperiod|strategi",
    DocumentType.OTHER: r"\bplan(?:en)?\b|planperiod|strategi",
}


def read_period(document: Document, *, document_type: DocumentType) -> Attribute | None:
    """Return the plan's period as "YYYY-YYYY": from the title, cover, file name or headers, else from the text.

    A budget is for one year, its own; an økonomiplan named by its first year only is for four. Year ranges that the
    text gives for other plans, elections or statistics are left alone.
    """
    for stretches in _list_places(document):
        found = _find_range(stretches, document_type)
        if found:
            return prefer_text(found, _find_range(list_cover_lines(document), document_type))
    return _read_text(document, document_type) or _read_first_year(document, document_type)


def parse_range(match: re.Match[str]) -> str | None:
    """Return "YYYY-YYYY" of a matched range; None where it cannot be a plan's period."""
    first = int(match[1])
    last = int(match[2]) if len(match[2]) == 4 else first // 100 * 100 + int(match[2])
    return f"{first}-{last}" if 0 < last - first <= _MAX_YEARS else None


def _list_places(document: Document) -> Iterator[list[Stretch]]:
    title = read_title(document)
    if title:
        yield [title]
    yield list(list_cover_lines(document))
    yield [read_file_name(document)]
    yield list_running_lines(document)[:3]


def _find_range(stretches: Iterable[Stretch], document_type: DocumentType) -> Attribute | None:
    """Return the first range, one that stands with the plan's own name before any other."""
    named = re.compile(_NOUNS[document_type], re.IGNORECASE)
    found: Attribute | None = None
    for stretch in stretches:
        for match in _RANGE.finditer(stretch.text):
            value = parse_range(match)
            if value and named.search(stretch.text):
                return stretch.make_attribute(value, match.start(), match.end())
            if value and not found and len(stretch.text) <= _LINE_CHARS and not _is_others(stretch.text):
                found = stretch.make_attribute(value, match.start(), match.end())
    return found


def _read_text(document: Document, document_type: DocumentType) -> Attribute | None:
    """Return the range of the first sentence that says what period this plan is for."""
    named = re.compile(_NOUNS[document_type], re.IGNORECASE)
    for match in _RANGE.finditer(document.text):
        sentence = _find_sentence(document.text, match)
        value = parse_range(match)
        if value and named.search(sentence) and _speaks_of_period(sentence, document_type):
            return Attribute(value, AttributeSource.TEXT, match[0], match.start(), match.end())
    return None


def _find_sentence(text: str, match: re.Match[str]) -> str:
    """Return the sentence that holds a match, cut 40 characters after it: «12. mai» and «f.eks. den» end none."""
    begins = max(
        (each.end() for each in _ENDS.finditer(text, max(0, match.start() - _REACH), match.start())), default=None
    )
    start = max(0, match.start() - _REACH) if begins is None else begins
    return _ENDS.split(text[start : match.end() + 40])[0]


def _is_others(line: str) -> bool:
    """Say whether a line's years are those of another plan or of an election."""
    return _OTHERS.search(line) is not None or _ELECTED.search(line) is not None


def _speaks_of_period(sentence: str, document_type: DocumentType) -> bool:
    """Say whether a sentence tells how long this plan is for; notes on plans speak of one after another."""
    if _OTHERS.search(sentence) or (document_type is DocumentType.OTHER and not _THIS.search(sentence)):
        return False
    if _ELECTED.search(sentence):
        return document_type is DocumentType.PLANSTRATEGI
    return _CUE.search(sentence) is not None


def _read_first_year(document: Document, document_type: DocumentType) -> Attribute | None:
    """Return the period of a budget or an økonomiplan that names only its first year."""
    years = {DocumentType.ARSBUDSJETT: 1, DocumentType.OKONOMIPLAN: _OKONOMIPLAN_YEARS}.get(document_type)
    if years is None:
        return None
    named = re.compile(rf"\w*(?:{_NOUNS[document_type]}|budsjett)\w*\s+(?:for\s+)?(20[0-4]\d)\b", re.IGNORECASE)
    for stretches in _list_places(document):
        for stretch in stretches:
            match = named.search(stretch.text)
            if match:
                first = int(match[1])
                return stretch.make_attribute(f"{first}-{first + years - 1}", match.start(), match.end())
    return None
