"""What a paragraph's style says it is, in Norwegian and English Word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from compliance.ingest.docx.inline import is_on
from compliance.ingest.numbers import read_int

_HEADING = re.compile(r"(?:heading|overskrift|rubrik)\s*(?P<level>[1-9])\b", re.IGNORECASE)
_TITLE = re.compile(r"(?:title|tittel)", re.IGNORECASE)
_CONTENTS = re.compile(
    r"(?:toc|innh)\s*\d|toc heading|overskrift for innholdsfortegnelse|innholdsfortegnelse|table of figures|figurliste",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"(?:caption|bildetekst|figurtekst|tabelltekst)", re.IGNORECASE)
_LIST = re.compile(
    r"(?:list (?:bullet|number)|punktliste|punktmerket liste|nummerert liste)\s*(?P<depth>[2-5])", re.IGNORECASE
)
_QUOTE = re.compile(r"(?:intense quote|block quote|quote|sterkt sitat|blokksitat|sitat|faktaboks|ramme)", re.IGNORECASE)
_NO_COLOUR = frozenset((None, "auto", "FFFFFF", "ffffff"))
_BODY_TEXT = 9  # the outline level of what is no heading
_QUOTE_INDENT = 400  # twentieths of a point on both sides: set in from the running text


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """A paragraph's style with what it inherits and the paragraph's own settings."""

    heading: int | None = None
    title: bool = False
    contents: bool = False
    caption: bool = False
    boxed: bool = False
    bold: bool = False
    italic: bool = False
    numbering: tuple[str, int] | None = None  # numId and level
    hidden: bool = False  # nobody sees what is set in it
    list_depth: int = 1  # by the style's name: "List Bullet 2" is a list of its own, set further in


class Styles:
    """The style sheet of a document."""

    def __init__(self, sheet: Element | None) -> None:
        styles = sheet.findall(qn("w:style")) if sheet is not None else []
        self._styles = {style.get(qn("w:styleId"), ""): style for style in styles}
        self._default = next(
            (
                style.get(qn("w:styleId"), "")
                for style in styles
                if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in {"1", "true"}
            ),
            "",
        )

    def resolve(self, paragraph: Element) -> ParagraphStyle:
        """Return what the paragraph's own properties and its chain of styles say, the nearest first."""
        own = paragraph.find(qn("w:pPr"))
        reference = own.find(qn("w:pStyle")) if own is not None else None
        chain = list(self._chain(reference.get(qn("w:val"), "") if reference is not None else self._default))
        names = [name for style in chain for name in _names(style)]
        properties = [own, *(style.find(qn("w:pPr")) for style in chain)]
        runs = [style.find(qn("w:rPr")) for style in chain]
        contents = any(_CONTENTS.fullmatch(name) for name in names)
        return ParagraphStyle(
            heading=None if contents else _find_heading_level(names, properties),
            title=any(_TITLE.fullmatch(name) for name in names),
            contents=contents,
            caption=any(_CAPTION.fullmatch(name) for name in names),
            boxed=any(_QUOTE.fullmatch(name) for name in names) or any(map(_is_set_apart, properties)),
            bold=any(is_on(run, "w:b") for run in runs),
            italic=any(is_on(run, "w:i") for run in runs),
            numbering=_find_numbering(properties),
            hidden=any(is_on(run, "w:vanish") for run in runs),
            list_depth=next((int(found["depth"]) for found in map(_LIST.fullmatch, names) if found), 1),
        )

    @property
    def hidden(self) -> frozenset[str]:
        """The ids of the styles of characters whose text nobody sees."""
        return frozenset(
            identity
            for identity, style in self._styles.items()
            if style.get(qn("w:type")) == "character"
            and any(is_on(one.find(qn("w:rPr")), "w:vanish") for one in self._chain(identity))
        )

    def _chain(self, style_id: str) -> Iterator[Element]:
        seen: set[str] = set()
        while style_id in self._styles and style_id not in seen:
            seen.add(style_id)
            style = self._styles[style_id]
            yield style
            based_on = style.find(qn("w:basedOn"))
            style_id = based_on.get(qn("w:val"), "") if based_on is not None else ""


def _names(style: Element) -> Iterator[str]:
    """Yield the style's name, its aliases and its id."""
    for tag in ("w:name", "w:aliases"):
        element = style.find(qn(tag))
        if element is not None:
            yield from (part.strip() for part in element.get(qn("w:val"), "").split(","))
    yield style.get(qn("w:styleId"), "")


def _find_heading_level(names: list[str], properties: list[Element | None]) -> int | None:
    """Return the level that an outline level or a style's name gives, the nearest to the paragraph first."""
    for one in properties:
        outline = one.find(qn("w:outlineLvl")) if one is not None else None
        if outline is not None:
            level = read_int(outline.get(qn("w:val")), default=_BODY_TEXT)
            return level + 1 if 0 <= level < _BODY_TEXT else None
    found = next(filter(None, map(_HEADING.fullmatch, names)), None)
    return int(found["level"]) if found else None


def _find_numbering(properties: list[Element | None]) -> tuple[str, int] | None:
    """Return the list a paragraph belongs to; number 0 means that it was taken out of its style's list."""
    level: int | None = None
    for one in properties:
        numbering = one.find(qn("w:numPr")) if one is not None else None
        if numbering is None:
            continue
        depth, number = numbering.find(qn("w:ilvl")), numbering.find(qn("w:numId"))
        if level is None and depth is not None:
            level = read_int(depth.get(qn("w:val")), default=0)
        if number is not None:
            identity = number.get(qn("w:val"), "0")
            return (identity, level or 0) if identity != "0" else None
    return None


def _is_set_apart(properties: Element | None) -> bool:
    """Tell whether a paragraph is framed, shaded, or set in on both sides."""
    if properties is None:
        return False
    shade = properties.find(qn("w:shd"))
    if shade is not None and shade.get(qn("w:fill")) not in _NO_COLOUR:
        return True
    borders = properties.find(qn("w:pBdr"))
    if borders is not None and all(borders.find(qn(side)) is not None for side in ("w:top", "w:bottom")):
        return True
    indent = properties.find(qn("w:ind"))
    return indent is not None and min(_twips(indent, "left", "start"), _twips(indent, "right", "end")) >= _QUOTE_INDENT


def _twips(indent: Element, *names: str) -> int:
    value = next(filter(None, (indent.get(qn(f"w:{name}")) for name in names)), "0")
    return read_int(value, default=0)
