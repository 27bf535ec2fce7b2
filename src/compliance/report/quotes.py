"""Quotes: a passage's words with those that counted marked, and where in the document they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from compliance.records import Document, Language, Passage
from compliance.report.catalogue import Catalogue
from compliance.report.material import DocumentMaterial

ELLIPSIS: Final = "…"
CELL_BREAK: Final = " | "  # how the cells of a table row are set apart
HTML_LANGUAGES: Final = {Language.NB.value: "nb", Language.NN.value: "nn", Language.OTHER.value: "und"}

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words of one kind: marked because they counted or because they differ, or plain."""

    text: str
    marked: bool = False
    commits: bool = False  # marked because it tells how far the passage commits, not what it is about


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document, ready to show."""

    pieces: tuple[Piece, ...]
    location: str
    language: str  # BCP 47


def quote_passage(
    material: DocumentMaterial,
    passage: Passage,
    marks: Iterable[Span],
    *,
    texts: Catalogue,
    max_chars: int,
    commits: Iterable[Span] = (),
) -> Quote:
    """Return the passage with the marked document offsets set off, cut around the marks where it is too long.

    `commits` are the words that tell how far it commits, marked in another way.
    """
    merged, committing = _clip(marks, passage), _clip(commits, passage)
    window = _choose_window(passage, merge_spans([*merged, *committing]), max_chars)
    whole = passage.start, passage.end
    return Quote(
        pieces=tuple(cut_pieces(material.document.text, window, merged, whole=whole, commits=committing)),
        location=locate(material.document, passage, texts=texts),
        language=HTML_LANGUAGES[material.profile.language.value],
    )


def locate(document: Document, passage: Passage, *, texts: Catalogue) -> str:
    """Return where a passage stands, as one would tell a colleague: «s. 12, 4.2 Digitale tjenester»."""
    places = []
    if has_pages(document) and passage.pages:
        places.append(name_pages(passage.pages, texts=texts))
    if passage.section:
        places.append(passage.section[-1].strip())
    return ", ".join(places) or texts.text("place.passage", n=texts.number(passage.index + 1))


def name_pages(pages: Sequence[int], *, texts: Catalogue) -> str:
    """Return «s. 12» or «s. 12–13»."""
    first, last = pages[0], pages[-1]
    number = str(first) if first == last else f"{first}–{last}"
    return texts.text("place.page", page=number)


def has_pages(document: Document) -> bool:
    """Tell whether the file's format has pages to refer to."""
    return any(page.width for page in document.pages)


def merge_spans(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, overlapping ones joined and empty ones left out."""
    merged: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def cut_pieces(
    text: str, window: Span, marks: Sequence[Span], *, whole: Span, commits: Sequence[Span] = ()
) -> Iterable[Piece]:
    """Yield the text of the window in runs of marked and plain words, with an ellipsis where the whole goes on.

    `marks` and `commits` are each in order and apart; words that are both are shown as `marks`.
    """
    position, last = window
    if position > whole[0]:
        yield Piece(f"{ELLIPSIS} ")
    runs = [(start, end, False) for start, end in marks] + [(*span, True) for span in _subtract(commits, marks)]
    for start, end, committing in sorted(runs):
        start, end = max(start, position), min(end, last)  # noqa: PLW2901
        if start < end:
            yield from _run(text[position:start])
            yield from _run(text[start:end], marked=True, commits=committing)
            position = end
    yield from _run(text[position:last])
    if last < whole[1]:
        yield Piece(f" {ELLIPSIS}")


def _run(text: str, *, marked: bool = False, commits: bool = False) -> Iterable[Piece]:
    if text:
        yield Piece(text.replace("\t", CELL_BREAK), marked, commits)


def _clip(spans: Iterable[Span], passage: Passage) -> list[Span]:
    return merge_spans((max(start, passage.start), min(end, passage.end)) for start, end in spans)


def _subtract(spans: Sequence[Span], others: Sequence[Span]) -> Iterable[Span]:
    """Yield what of the spans no other covers."""
    for start, end in spans:
        for low, high in others:
            if low < end and start < high:
                if start < low:
                    yield start, low
                start = max(start, high)  # noqa: PLW2901
        if start < end:
            yield start, end


def _choose_window(passage: Passage, marks: Sequence[Span], max_chars: int) -> Span:
    """Return the sentences to show: from the one with the first mark on, as many as there is room for."""
    if passage.end - passage.start <= max_chars:
        return passage.start, passage.end
    sentences = passage.sentences or ((passage.start, passage.end),)
    anchor = marks[0][0] if marks else passage.start
    start = max((begin for begin, _ in sentences if begin <= anchor), default=passage.start)
    if anchor - start > max_chars // 2:  # a long sentence: begin a few words before the mark
        start = _find_space(passage, anchor - max_chars // 4, last=False)
    limit = min(start + max_chars, passage.end)
    end = max((end for _, end in sentences if start < end <= limit), default=0)
    return start, end or _find_space(passage, limit, last=True)


def _find_space(passage: Passage, offset: int, *, last: bool) -> int:
    """Return the document offset of the word break nearest before (`last`) or after the offset."""
    position = offset - passage.start
    found = passage.text.rfind(" ", 0, position) if last else passage.text.find(" ", position) + 1
    return passage.start + found if found > 0 else offset
