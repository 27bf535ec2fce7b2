"""Charts as inline SVG, drawn by pygal without its script, style sheet and tooltips; colours come from the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from lxml.etree import _Element

WIDTH: Final = 420  # user units; narrow, so that labels stay readable on a phone
ROW_HEIGHT: Final = 26
LABEL_SIZE: Final = 13
DROPPED: Final = ("defs", "desc", "title")
COORDINATES: Final = ("x", "y", "width", "height")


@dataclass(frozen=True, slots=True)
class ChartTexts:
    """What a chart says to those who cannot see it: a title and the values in words."""

    id: str  # unique on the page
    title: str
    description: str


@lru_cache(maxsize=4096)
def draw_bars(labels: tuple[str, ...], values: tuple[int, ...], *, highest: int, texts: ChartTexts) -> str:
    """Return horizontal bars, one a label, on an axis from 0 to `highest`, as an SVG element."""
    series = (("", tuple({"value": value, "label": label} for label, value in zip(labels, values, strict=True))),)
    return _draw("HorizontalBar", labels, series, highest=highest, texts=texts)


@lru_cache(maxsize=4096)
def draw_stacks(labels: tuple[str, ...], parts: tuple[tuple[str, tuple[int, ...]], ...], *, texts: ChartTexts) -> str:
    """Return one stacked bar a label; `parts` are named series with a count for each label."""
    highest = max((sum(counts) for counts in zip(*(counts for _, counts in parts), strict=True)), default=0)
    return _draw("HorizontalStackedBar", labels, parts, highest=max(highest, 1), texts=texts)


def _draw(
    kind: str, labels: Sequence[str], series: Sequence[tuple[str, Sequence[Any]]], *, highest: int, texts: ChartTexts
) -> str:
    import pygal

    chart = getattr(pygal, kind)(
        style=_page_style(),
        js=[],
        width=WIDTH,
        height=ROW_HEIGHT * (len(labels) + 2),
        range=(0, highest),
        y_labels=_ticks(highest),
        margin=6,
        spacing=6,
        show_legend=False,
        no_prefix=True,
        disable_xml_declaration=True,
        print_values=True,
        print_zeroes=False,
    )
    chart.x_labels = list(reversed(labels))
    for name, values in series:
        chart.add(name, list(reversed(values)))
    chart.add_xml_filter(lambda root: _clean(root, texts))
    return str(chart.render())


@cache
def _page_style() -> Any:
    from pygal.style import Style

    return Style(label_font_size=LABEL_SIZE, major_label_font_size=LABEL_SIZE, value_font_size=LABEL_SIZE)


def _ticks(highest: int) -> list[int]:
    step = max(1, -(-highest // 5))
    return list(range(0, highest + 1, step))


def _clean(root: _Element, texts: ChartTexts) -> _Element:
    """Keep the drawing only, and name it for screen readers."""
    from lxml import etree

    etree.strip_elements(root, etree.Comment, *DROPPED, with_tail=False)
    for group in list(root.iter("g")):
        parent = group.getparent()
        if parent is not None and len(group) == 0:
            parent.remove(group)
    for node in root.iter("rect", "text"):
        _shorten(node)
    title, description = etree.Element("title"), etree.Element("desc")
    title.text, description.text = texts.title, texts.description
    title.set("id", f"{texts.id}-title")
    description.set("id", f"{texts.id}-desc")
    root.insert(0, description)
    root.insert(0, title)
    root.set("id", texts.id)
    root.set("class", "chart")
    root.set("role", "img")
    root.set("aria-labelledby", f"{texts.id}-title {texts.id}-desc")
    etree.cleanup_namespaces(root)
    return root


def _shorten(node: _Element) -> None:
    """Drop what only pygal's script needs, and decimals that nobody sees."""
    for name in ("rx", "ry"):
        node.attrib.pop(name, "")
    for name in COORDINATES:
        if name in node.attrib:
            node.set(name, f"{float(node.get(name, '0')):.5g}")
    if "tooltip-trigger" in node.get("class", ""):
        node.set("class", "bar")
