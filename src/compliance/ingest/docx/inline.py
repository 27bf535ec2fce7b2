"""What a paragraph's runs say: insertions in, deletions and comments out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from docx.oxml.ns import qn
from lxml.etree import _Element as Element

MARKUP_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
ALTERNATIVES = f"{MARKUP_COMPATIBILITY}AlternateContent"  # for newer and for older programs: the first is read
_CONTENTS_FIELD = re.compile(r"\s*TOC\b")

_SKIPPED = frozenset(
    map(qn, ("w:del", "w:moveFrom", "w:delText", "w:pPr", "w:rPr", "w:sdtPr", "w:sdtEndPr", "w:commentReference"))
)
_CHARACTERS = {
    qn("w:tab"): "\t",
    qn("w:ptab"): "\t",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
    qn("w:softHyphen"): "",
}
_TEXTS = frozenset((qn("w:t"), qn("m:t")))
_NOTES = {qn("w:footnoteReference"): "footnote", qn("w:endnoteReference"): "endnote"}
_FIELD_MARKS = frozenset((qn("w:fldChar"), qn("w:instrText")))
_DRAWINGS = frozenset((qn("w:drawing"), qn("w:pict"), qn("w:object"), ALTERNATIVES))
_PICTURES = frozenset((qn("a:blip"), "{urn:schemas-microsoft-com:vml}imagedata"))
_TEXT_PATH = "{urn:schemas-microsoft-com:vml}textpath"  # WordArt of older files
_ON = frozenset(("1", "true", "on"))
_SURROGATES = range(0xD800, 0xE000)  # halves of characters; alone they are none


@dataclass(slots=True)
class FieldState:
    """The fields that are open: they may run over several paragraphs, as a table of contents does."""

    hidden_styles: frozenset[str] = frozenset()  # ids of the styles of characters whose text nobody sees
    open: list[str] = field(default_factory=list)  # the instruction of each, outermost first
    within_instruction: list[bool] = field(default_factory=list)

    @property
    def in_contents(self) -> bool:
        """Whether the text belongs to a table of contents."""
        return any(_CONTENTS_FIELD.match(instruction) for instruction in self.open)

    @property
    def in_instruction(self) -> bool:
        """Whether the text is a field's code, which no reader sees."""
        return any(self.within_instruction)

    def step(self, kind: str | None) -> None:
        """Take account of a field's begin, separate or end mark."""
        if kind == "begin":
            self.open.append("")
            self.within_instruction.append(True)
        elif kind == "separate" and self.within_instruction:
            self.within_instruction[-1] = False
        elif kind == "end" and self.open:
            self.open.pop()
            self.within_instruction.pop()

    def instruct(self, code: str) -> None:
        """Take account of a piece of a field's code."""
        if self.open and self.within_instruction[-1]:
            self.open[-1] += code


@dataclass(slots=True)
class RunText:
    """A paragraph's text with what hangs on it."""

    text: str = ""
    notes: list[tuple[str, str]] = field(default_factory=list)  # "footnote" or "endnote", and its id
    text_boxes: list[Element] = field(default_factory=list)
    diagrams: list[str] = field(default_factory=list)  # relationship ids of SmartArt figures
    word_art: list[str] = field(default_factory=list)
    prompts: int = 0  # fields of the template that nobody filled in
    bold: int = 0  # letters set bold directly
    italic: int = 0
    letters: int = 0
    pictures: int = 0
    in_contents: bool = False  # part of it stands in a table of contents


def read_runs(paragraph: Element, fields: FieldState) -> RunText:
    """Return what a paragraph says; `fields` carries the open fields from paragraph to paragraph."""
    result = RunText(in_contents=fields.in_contents)
    for child in paragraph:
        _read(child, result, fields)
    return result


def is_on(properties: Element | None, name: str) -> bool:
    """Tell whether a toggle property such as bold is there and not switched off."""
    element = properties.find(qn(name)) if properties is not None else None
    return element is not None and element.get(qn("w:val"), "1") in _ON


def _read(element: Element, result: RunText, fields: FieldState) -> None:
    tag = element.tag
    if tag in _SKIPPED or not isinstance(tag, str):
        return
    if read := _READERS.get(tag):
        read(element, result, fields)
    elif is_prompt(element):
        result.prompts += 1
    elif (piece := _piece(element)) is not None:
        result.text += "" if fields.in_instruction else piece
    else:
        for child in element:
            _read(child, result, fields)


def is_prompt(element: Element) -> bool:
    """Whether a content control shows its prompt: nobody has filled it in."""
    return element.tag == qn("w:sdt") and element.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None


def _note(element: Element, result: RunText, _: FieldState) -> None:
    result.notes.append((_NOTES[element.tag], element.get(qn("w:id"), "")))


def _read_drawing(element: Element, result: RunText, _: FieldState) -> None:
    result.text_boxes.extend(find_text_boxes(element))
    shown = element[0] if element.tag == ALTERNATIVES and len(element) else element
    result.diagrams.extend(filter(None, (ids.get(qn("r:dm")) for ids in shown.iter(f"{DIAGRAM}relIds"))))
    result.word_art.extend(filter(None, (path.get("string") for path in shown.iter(_TEXT_PATH))))
    result.pictures += sum(1 for inner in element.iter() if inner.tag in _PICTURES)


def _follow_field(element: Element, result: RunText, fields: FieldState) -> None:
    if element.tag == qn("w:fldChar"):
        fields.step(element.get(qn("w:fldCharType")))
    else:
        fields.instruct(element.text or "")
    result.in_contents = result.in_contents or fields.in_contents


def _read_run(run: Element, result: RunText, fields: FieldState) -> None:
    properties = run.find(qn("w:rPr"))
    style = properties.find(qn("w:rStyle")) if properties is not None else None
    if is_on(properties, "w:vanish") or (style is not None and style.get(qn("w:val")) in fields.hidden_styles):
        return
    before = len(result.text)
    for child in run:
        _read(child, result, fields)
    letters = sum(map(str.isalnum, result.text[before:]))
    result.letters += letters
    result.bold += letters if is_on(properties, "w:b") else 0
    result.italic += letters if is_on(properties, "w:i") else 0


_READERS = {
    qn("w:r"): _read_run,
    **dict.fromkeys(_FIELD_MARKS, _follow_field),
    **dict.fromkeys(_NOTES, _note),
    **dict.fromkeys(_DRAWINGS, _read_drawing),
}


def _piece(element: Element) -> str | None:
    """Return the characters an element stands for, None for one that only holds others."""
    tag = element.tag
    if tag in _TEXTS:
        return element.text or ""
    if tag == qn("w:br"):
        return "\n" if element.get(qn("w:type")) in {None, "textWrapping"} else " "
    if tag == qn("w:sym"):
        code = element.get(qn("w:char"), "")
        number = int(code, 16) if re.fullmatch(r"[0-9A-Fa-f]{2,5}", code) else _SURROGATES.start
        return "" if number in _SURROGATES else chr(number)
    return _CHARACTERS.get(tag)


def find_text_boxes(element: Element) -> Iterator[Element]:
    """Yield the contents of the text boxes in a drawing, of each pair of alternatives only the first."""
    if element.tag == qn("w:txbxContent"):
        yield element
        return
    children = list(element)
    if element.tag == ALTERNATIVES:
        children = children[:1]
    for child in children:
        if isinstance(child.tag, str):
            yield from find_text_boxes(child)
