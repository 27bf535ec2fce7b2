"""What kind of plan a document is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from compliance.ingest.profile.stretches import (
    Stretch,
    list_cover_lines,
    list_headings,
    list_running_lines,
    prefer_text,
    read_file_name,
    read_title,
)
from compliance.records import Attribute, AttributeSource, Document, DocumentType
from compliance.text.word_lists import DocumentTypes, load_words

_COVER_LINES = 8
_DECISION = re.compile(
    r"\b(?:vedt|fastsatt|fastsett|godkjen|k-?sak|ks-?sak|vedlegg|erstatter|erstattar)", re.IGNORECASE
)

# How a plan of each kind speaks of itself in its text.
_SELF = re.compile(
    r"\b(?:denne|dette|vår|vårt|her er|i|gjennom|med)\s+(\w*(?:samfunnsdelen|økonomiplanen|årsbudsjettet"
    r"|planstrategien|planprogrammet|digitaliseringsstrategien|ikt-strategien|temaplanen|kommunedelplanen))\b",
    re.IGNORECASE,
)
_MIN_MENTIONS = 3  # a plan names itself more often than it names any other plan


@cache
def load_title_patterns() -> tuple[tuple[DocumentType, re.Pattern[str]], ...]:
    """Return what plans of each kind are called, in the order in which it decides."""
    titles = load_words(DocumentTypes).titles
    return tuple((DocumentType(each.type), re.compile(each.pattern, re.IGNORECASE)) for each in titles)


def read_document_type(document: Document) -> Attribute:
    """Return the document's type: by its title, cover, file name or running headers, else by how it names itself."""
    for stretches in _list_places(document):
        found = _find_type(stretches)
        if found:
            return prefer_text(found, _find_type(list_cover_lines(document)))
    return _read_content(document)


def match_type(text: str) -> DocumentType | None:
    """Return the type that a title or file name names, None where it names none."""
    return next((kind for kind, pattern in load_title_patterns() if pattern.search(text)), None)


def _list_places(document: Document) -> Iterator[Iterable[Stretch]]:
    """Yield the places where a document names its type, the most telling first."""
    title = read_title(document)
    printed = title is not None and title.source is AttributeSource.TEXT
    if title and printed:
        yield [title]
    yield [line for line in list_cover_lines(document) if not _DECISION.search(line.text)][:_COVER_LINES]
    if title and not printed:  # a file's properties often hold the title of the template
        yield [title]
    yield [read_file_name(document)]
    yield list_running_lines(document)[:3]
    yield list(list_headings(document))[:5]


def _find_type(stretches: Iterable[Stretch]) -> Attribute | None:
    """Return what the stretches name, a later pattern never winning over an earlier one."""
    candidates = list(stretches)
    for kind, pattern in load_title_patterns():
        for stretch in candidates:
            match = pattern.search(stretch.text)
            if match:
                return stretch.make_attribute(kind.value, match.start(), match.end())
    return None


def _read_content(document: Document) -> Attribute:
    """Return the type that the running text names most, OTHER where it names none often enough."""
    mentions = [(match, match_type(match[1])) for match in _SELF.finditer(document.text)]
    counts = Counter(kind for _, kind in mentions if kind)
    for kind, count in counts.most_common(1):
        if count >= _MIN_MENTIONS:
            match = next(match for match, named in mentions if named is kind)
            return Attribute(kind.value, AttributeSource.TEXT, match[1], match.start(1), match.end(1))
    first = document.text.split("\n", 1)[0]
    return Attribute(DocumentType.OTHER.value, AttributeSource.TEXT, first, 0, len(first))
