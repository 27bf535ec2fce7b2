"""A copy of a Word document with notes as comments; its text, comments and tracked changes stay as they are."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from compliance.check import AUTHOR, INITIALS
from compliance.files import write_atomically
from compliance.ingest.docx.package import drop_dangling
from compliance.records import Block, Reading
from compliance.report.remarks import Remark

_REMOVED = frozenset(map(qn, ("w:del", "w:moveFrom", "w:txbxContent")))  # text boxes have paragraphs of their own
_SPACES = re.compile(r"\s|\u00ad|\u200b")  # what reading folds, and characters that nobody sees


def annotate_docx(source: Path, reading: Reading, remarks: Sequence[Remark], *, out: Path) -> None:
    """Write a copy of the Word document with each note as a comment on the words that it is about.

    A note whose words are not found in its paragraph as they are in the text is put on the whole paragraph. Raises
    SettingsError where `out` cannot be written.
    """
    document = _open(source)
    paragraphs = list(document.part.element.iter(qn("w:p")))
    for remark in remarks:
        block = _find_block(reading, remark)
        if block is None or block.anchor is None:
            continue
        words = reading.document.text[slice(*remark.span)].removeprefix(block.marker or "")  # Word draws the marker
        if place := _find_place(paragraphs[int(block.anchor)], words=words):
            _add_comment(document, place, remark.text)
    buffer = io.BytesIO()
    document.save(buffer)
    with write_atomically(out) as file:
        file.write(buffer.getvalue())


def _open(source: Path) -> WordDocument:
    content = source.read_bytes()
    try:
        return docx.Document(io.BytesIO(content))
    except KeyError:  # a part that is pointed to is not there, as when reading it
        return docx.Document(io.BytesIO(drop_dangling(content)))


def _find_block(reading: Reading, remark: Remark) -> Block | None:
    return next((block for block in reading.document.blocks if block.start <= remark.span[0] < block.end), None)


@dataclass(frozen=True, slots=True)
class _Place:
    """The first and the last run of a comment, both within the paragraph."""

    paragraph: Element
    first: Element
    last: Element


def _find_place(anchored: Element, *, words: str) -> _Place | None:
    """Return where the words are: in the anchored paragraph, or in one of its table row; else all of the first.

    None where no paragraph has any visible text.
    """
    row = next(anchored.iterancestors(qn("w:tr")), None)
    candidates = [anchored] if row is None else list(row.iter(qn("w:p")))
    for paragraph in candidates:
        if place := _find_words(paragraph, words):
            return place
    runs = [run for each in candidates for run in _list_runs(each)]
    if not runs:
        return None
    paragraph = next(runs[0].iterancestors(qn("w:p")))
    return _Place(paragraph, runs[0], list(_list_runs(paragraph))[-1])


def _find_words(paragraph: Element, words: str) -> _Place | None:
    """Return the runs that hold the words, cut so that they hold nothing else where that can be done."""
    runs = list(_list_runs(paragraph))
    owners: list[tuple[int, int]] = []  # of each visible character: its run, and its place in the run
    folded = ""
    for number, run in enumerate(runs):
        for place, character in enumerate(_read_run(run)):
            if not _SPACES.match(character):
                owners.append((number, place))
                folded += character
    wanted = _SPACES.sub("", words)
    start = folded.find(wanted) if wanted else -1
    if start < 0:
        return None
    (first, first_place), (last, last_place) = owners[start], owners[start + len(wanted) - 1]
    runs[last], _ = _cut(runs[last], last_place + 1)
    if first_place:
        before, after = _cut(runs[first], first_place)
        if first == last and after is not None:
            return _Place(paragraph, after, after)
        runs[first] = after if after is not None else before
    return _Place(paragraph, runs[first], runs[last])


def _list_runs(paragraph: Element) -> Iterator[Element]:
    """Yield the runs whose text is there when all changes are accepted."""
    for run in paragraph.iter(qn("w:r")):
        outside = next((each for each in run.iterancestors() if each is paragraph or each.tag in _REMOVED), None)
        if outside is paragraph and _read_run(run):
            yield run


def _read_run(run: Element) -> str:
    return "".join(text.text or "" for text in run.iterchildren(qn("w:t")))


def _cut(run: Element, place: int) -> tuple[Element, Element | None]:
    """Cut a run in two after `place` characters; return both, or the run alone where it cannot or need not be cut."""
    texts = run.findall(qn("w:t"))
    holds_more = any(child.tag not in {qn("w:t"), qn("w:rPr")} for child in run)
    if len(texts) != 1 or holds_more or not 0 < place < len(texts[0].text or ""):
        return run, None
    rest = deepcopy(run)
    text = texts[0].text or ""
    for element, part in ((texts[0], text[:place]), (rest.findall(qn("w:t"))[0], text[place:])):
        element.text = part
        element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.addnext(rest)
    return run, rest


def _add_comment(document: WordDocument, place: _Place, text: str) -> None:
    """Put a comment's marks around the runs, outside insertions and links, which stay as they are."""
    identity = str(document.comments.add_comment(text, author=AUTHOR, initials=INITIALS).comment_id)
    start, end, reference = (OxmlElement(f"w:{tag}") for tag in ("commentRangeStart", "commentRangeEnd", "r"))
    mark = OxmlElement("w:commentReference")
    for element in (start, end, mark):
        element.set(qn("w:id"), identity)
    reference.append(mark)
    _child_of(place.paragraph, place.first).addprevious(start)
    last = _child_of(place.paragraph, place.last)
    last.addnext(end)
    end.addnext(reference)


def _child_of(paragraph: Element, run: Element) -> Element:
    """Return the paragraph's own child that holds the run."""
    return next(each for each in (run, *run.iterancestors()) if each.getparent() is paragraph)
