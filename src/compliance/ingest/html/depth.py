"""Pages that are nested deeper than anyone meant: tags that were never closed, as old editors leave them."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element as Element

from compliance.ingest.html.elements import BREAK

MAX_DEPTH = 200  # a page that is well made has 30; each level takes three of Python's 1,000 calls
_WRAPPERS = ("div", "font", "center", "span", "section", "b", "i", "u", "em", "strong")
_WITHOUT_TEXT = ("script", "style", "template", "noscript")


def limit_depth(root: Element) -> None:
    """Unwrap what only wraps where a page is too deep, then turn what is still too deep into plain paragraphs.

    All text stays, in its order.
    """
    if not any(depth > MAX_DEPTH for _, depth in _walk(root)):
        return
    for element in list(root.iter("div", "center", "section")):
        _part(element)
    etree.strip_tags(root, *_WRAPPERS)
    for element in [element for element, depth in _walk(root) if depth == MAX_DEPTH]:
        etree.strip_elements(element, *_WITHOUT_TEXT, with_tail=False)
        for inner in list(element.iterdescendants()):
            _part(inner)
        etree.strip_tags(element, "*")


def _part(element: Element) -> None:
    """Set an element's text apart from what stands before and after it."""
    element.text = f"{BREAK}{BREAK}{element.text or ''}"
    element.tail = f"{BREAK}{BREAK}{element.tail or ''}"


def _walk(root: Element) -> Iterator[tuple[Element, int]]:
    """Yield each element with its depth below the root, in order."""
    depth = -1
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if event == "start":
            yield element, depth
