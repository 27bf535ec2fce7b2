"""Quotes: a document's words with those that counted marked, and where they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from compliance.records import Document, Language, Measure, Passage
from compliance.report.catalogue import Catalogue
from compliance.report.document_results import DocumentResults
from compliance.text.told_quotations import is_told_quotation

ELLIPSIS: Final = "…"
CELL_BREAK: Final = " | "  # how the cells of a table row are set apart
HTML_LANGUAGES: Final = {Language.NB.value: "nb", Language.NN.value: "nn", Language.OTHER.value: "und"}
NUMBERED: Final = re.compile(r"(?:(?:kapittel|kap\.?)\s*)?(\d{1,2}(?:\.\d{1,2}){0,3})\.?(?=\s|$)", re.IGNORECASE)
BULLET: Final = re.compile(r"^[•●○▪■–—\-*·\uf0b7\s]+")
MAX_HEADING: Final = 48  # characters of a heading without a number, in a place that shares its line
MARK: Final = re.compile(r"[«“\"]")
NAMES: Final = re.compile(r"\w.*:\s*$", re.DOTALL)  # «KS skriver: «Kommunen skal …»», never a motto alone
LEAD: Final = 30  # characters kept before the first mark, where a quote is cut in front

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words of one kind: marked because they counted or because they differ, or plain."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a document something is: «s. 5», «kap. 2.7», and the heading itself."""

    page: str  # empty where the format has no pages
    chapter: str
    heading: str
    paragraph: str

    @property
    def short(self) -> str:
        """The page; chapter and paragraph where there are no pages."""
        return self.page or ", ".join(filter(None, (self.chapter, self.paragraph)))

    @property
    def full(self) -> str:
        """Page and chapter, as one would tell a colleague."""
        return ", ".join(filter(None, (self.page, self.chapter))) if self.page else self.short


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document, ready to show."""

    pieces: tuple[Piece, ...]
    place: Place
    language: str  # BCP 47
    key: Span  # the document offsets that were quoted from

    @property
    def text(self) -> str:
        """The words without marks."""
        return "".join(piece.text for piece in self.pieces)


def quote_span(
    plan: DocumentResults,
    passage: Passage,
    span: Span,
    *,
    marks: Iterable[Span] = (),
    texts: Catalogue,
    max_chars: int,
) -> Quote:
    """Return the words of a span of the passage, the marked document offsets set off, cut where it is too long."""
    text = plan.document.text
    start = span[0] + _skip_bullet(text[span[0] : span[1]])
    merged = merge_spans((max(begin, start), min(end, span[1])) for begin, end in marks)
    window = _choose_window(text, (start, span[1]), merged, max_chars)
    return Quote(
        pieces=tuple(cut_pieces(text, window, merged, whole=(start, span[1]))),
        place=find_place(plan.document, passage, texts=texts),
        language=HTML_LANGUAGES[plan.profile.language.value],
        key=span,
    )


def quotes_another(plan: DocumentResults, measure: Measure) -> bool:
    """Whether a measure's words are another's, set in quotation marks after or before the words that name them."""
    words = plan.document.text[measure.start : measure.end]
    if is_told_quotation(words):
        return True
    mark = MARK.search(words)
    return mark is not None and NAMES.search(words, 0, mark.start()) is not None


def find_place(document: Document, passage: Passage, *, texts: Catalogue) -> Place:
    """Return where a passage is."""
    heading = " ".join(_choose_heading(passage.section).split())
    numbered = NUMBERED.match(heading)
    named = shorten(heading, MAX_HEADING).rstrip(
        "?!.:"
    )  # «Hvorfor gjør vi det, avsnitt 9» without a mark before a comma
    chapter = texts.text("place.chapter", number=numbered[1]) if numbered else named
    return Place(
        page=name_pages(passage.pages, texts=texts) if document.has_pages and passage.pages else "",
        chapter=chapter,
        heading=heading,
        paragraph=texts.text("place.passage", n=texts.number(passage.index + 1)),
    )


def _choose_heading(section: Sequence[str]) -> str:
    """Return the innermost heading, one that only leads in what follows («Tiltak:») left out where there are others."""
    named = [heading for heading in section if not heading.rstrip().endswith(":")]
    return (named or list(section) or [""])[-1]


def name_pages(pages: Sequence[int], *, texts: Catalogue) -> str:
    """Return «s. 12» or «s. 12–13»."""
    first, last = pages[0], pages[-1]
    number = str(first) if first == last else f"{first}–{last}"
    return texts.text("place.page", page=number)


def list_pages(document: Document, passages: Iterable[Passage], *, texts: Catalogue, most: int) -> str:
    """Return the pages that passages begin on: «s. 3, 4, 7 …», `most` at the most; empty without pages."""
    if not document.has_pages:
        return ""
    pages = sorted({passage.pages[0] for passage in passages if passage.pages})
    if not pages:
        return ""
    listed = ", ".join(str(page) for page in pages[:most])
    return texts.text("place.page", page=f"{listed} {ELLIPSIS}" if len(pages) > most else listed)


def shorten(text: str, limit: int) -> str:
    """Return the text, cut at a word where it is longer than `limit` characters."""
    words = " ".join(text.split())
    if len(words) <= limit:
        return words
    return f"{words[: words.rfind(' ', 0, limit) if ' ' in words[:limit] else limit].rstrip(' ,;:')} {ELLIPSIS}"


def merge_spans(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, overlapping ones joined and empty ones left out."""
    merged: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def cut_pieces(text: str, window: Span, marks: Sequence[Span], *, whole: Span) -> Iterable[Piece]:
    """Yield the text of the window in runs of marked and plain words, with an ellipsis where the whole goes on."""
    position, last = window
    if position > whole[0]:
        yield Piece(f"{ELLIPSIS} ")
    for begin, until in marks:
        start, end = max(begin, position), min(until, last)
        if start < end:
            yield from _run(text[position:start])
            yield from _run(text[start:end], marked=True)
            position = end
    yield from _run(text[position:last])
    if last < whole[1]:
        yield Piece(f" {ELLIPSIS}")


def _run(text: str, *, marked: bool = False) -> Iterable[Piece]:
    if text:
        yield Piece(" ".join(text.replace("\t", CELL_BREAK).split("\n")), marked)


def _skip_bullet(text: str) -> int:
    found = BULLET.match(text)
    return found.end() if found and found.end() < len(text) else 0


def _choose_window(text: str, span: Span, marks: Sequence[Span], max_chars: int) -> Span:
    """Return what to show of a span: its beginning, or from shortly before the first mark where that is far in."""
    start, end = span
    if end - start <= max_chars:
        return span
    if marks and marks[0][1] - start > max_chars:
        start = text.find(" ", max(start, marks[0][0] - LEAD), end) + 1 or start
    if end - start <= max_chars:
        return start, end
    cut = text.rfind(" ", start, start + max_chars)
    return start, cut if cut > start else start + max_chars
