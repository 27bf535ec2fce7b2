"""What the elements of a web page are to its reader."""

from __future__ import annotations

import re

from lxml.etree import _Element as Element

from compliance.ingest.patterns import read_list_marker
from compliance.records import FurnitureKind

# Not text: programs, pictures, controls; and text that was struck out.
_DROPPED = (
    frozenset(("script", "style", "template", "noscript", "head", "title", "link", "meta", "del"))
    | frozenset(("svg", "math", "iframe", "object", "video", "audio", "canvas", "map"))
    | frozenset(("button", "select", "input", "textarea"))  # not form: many pages are one form from top to bottom
)
_INLINE = (
    frozenset(("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font", "i"))
    | frozenset(("ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup"))
    | frozenset(("time", "tt", "u", "var", "wbr", "img", "picture", "source", "br", "nobr"))
)
_FURNITURE = {"nav": FurnitureKind.HEADER, "header": FurnitureKind.HEADER, "footer": FurnitureKind.FOOTER}
_ROLES = {
    "navigation": FurnitureKind.HEADER,
    "banner": FurnitureKind.HEADER,
    "search": FurnitureKind.HEADER,
    "contentinfo": FurnitureKind.FOOTER,
}
_BOXED = frozenset({"blockquote", "aside"})
_BOX_CLASS = re.compile(r"\b(?:(?:fact|fakta|info)[-_]?(?:box|boks|ruta?|ramme)|callout|ramme|sitat)\b", re.IGNORECASE)
_BUTTON_IS_TITLE = ("h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt")
_FOLDS_OUT = re.compile(r"accordion|collaps|panel|trekkspill|expand", re.IGNORECASE)
_NOTE_LINK = re.compile(r"[^#]*#_?(?:ftn|fn|footnote|fotnote|endnote)(?:ref)?[-_:]?\d+")
_NOTE_ID = re.compile(r"_?(?:ftn|fn|footnote|fotnote|endnote)[-_:]?(?P<mark>\d+)")
BREAK = "\u2028"  # stands for a line break until paragraphs are told apart; a line separator, so never in a word
_PARAGRAPH = re.compile(rf"{BREAK}\s*{BREAK}")
_WORD_LIST = re.compile(r"Mso(?:ListParagraph|ListBullet|ListNumber)")
_WORD_LEVEL = re.compile(r"mso-list:\s*l\d+\s+level(\d)")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def is_dropped(element: Element) -> bool:
    """Tell whether an element holds no text that a reader can come to see; what folds out on a click is text."""
    if element.tag == "button":
        return next(element.iterancestors(*_BUTTON_IS_TITLE), None) is None
    if element.tag == "a" and _NOTE_LINK.match(element.get("href", "")):
        return True
    hidden = element.get("hidden") is not None or _HIDDEN.search(element.get("style", ""))
    return element.tag in _DROPPED or bool(hidden and not _folds_out(element))


def find_note_mark(element: Element) -> str | None:
    """Return the mark of the footnote that an element holds, by its id: "ftn3", "fn:3"."""
    match = _NOTE_ID.fullmatch(element.get("id", ""))
    return match["mark"] if match else None


def is_inline(element: Element) -> bool:
    """Tell whether an element is part of running text: an inline tag that holds no block."""
    return element.tag in _INLINE and not any(
        isinstance(inner.tag, str) and inner.tag not in _INLINE | _DROPPED for inner in element.iterdescendants()
    )


def find_furniture_kind(element: Element) -> FurnitureKind | None:
    """Return what furniture of the page an element is; None for content."""
    if (role := element.get("role", "")) in _ROLES:
        return _ROLES[role]
    if element.tag in {"header", "footer"} and any(True for _ in element.iterancestors("article", "main", "section")):
        return None  # the head of an article is its title and introduction
    return _FURNITURE.get(element.tag)


def is_boxed(element: Element) -> bool:
    """Tell whether an element sets its text apart: a quotation, a box of facts."""
    return element.tag in _BOXED or bool(_BOX_CLASS.search(join_names(element)))


def join_names(element: Element | None) -> str:
    """Return an element's classes and role, which say what it is for."""
    return "" if element is None else f"{element.get('class', '')} {element.get('role', '')}"


def inline_text(element: Element) -> str:
    """Return an element's text: a line break is a space, dropped elements and their text are left out."""
    if not isinstance(element.tag, str) or is_dropped(element):
        return ""
    if element.tag in {"br", "hr"}:
        return BREAK
    inner = "".join(inline_text(child) + (child.tail or "") for child in element)
    gap = "" if element.tag in _INLINE else " "
    return f"{gap}{element.text or ''}{inner}{gap}"


def split_paragraphs(text: str) -> list[str]:
    """Return loose text as its paragraphs: parted by two breaks, or by one before a list marker."""
    return [line for part in _PARAGRAPH.split(text) for line in _split_items(part)]


def _split_items(text: str) -> list[str]:
    lines = [""]
    for line in text.split(BREAK):
        if read_list_marker(line.strip()):
            lines.append(line)
        else:
            lines[-1] = f"{lines[-1]} {line}"
    return lines


def find_word_level(element: Element) -> int | None:
    """Return the depth of a list item that Word saved as a paragraph; None for other elements."""
    if element.tag != "p" or not _WORD_LIST.match(element.get("class", "")):
        return None
    level = _WORD_LEVEL.search(element.get("style", ""))
    return int(level[1]) if level else 1


def _folds_out(element: Element) -> bool:
    if element.get("role") in {"region", "tabpanel"} or element.get("aria-labelledby"):
        return True
    return bool(_FOLDS_OUT.search(f"{element.get('class', '')} {element.get('id', '')}"))
