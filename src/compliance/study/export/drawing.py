"""A drawing of rectangles, lines and words as SVG, and as PNG through MuPDF.

Only what every reader of SVG knows: no style sheet, no pattern, no dashes, no anchor of text but its start, so that the
picture is the same in a browser, in Word, in Inkscape and in MuPDF.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from compliance.ingest.pdf.open import load_pymupdf

NAMESPACE: Final = "http://www.w3.org/2000/svg"
FONT: Final = "Helvetica, Arial, sans-serif"
INK, GREY, LINE = "#292c30", "#5b5d60", "#99a6b3"
NAVY: Final = "#002c54"
SHADES: Final = ("#ffffff", "#eef4fa", "#ddeaf6", "#5f97cf", "#002c54")  # by step 0 to 4
AMBER: Final = "#a56d13"
DASH, GAP = 4.0, 3.0  # points
DPI: Final = 200


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with the words that go with it: a caption for who sees it, a text for who does not."""

    name: str  # of its files, without suffix
    title: str
    caption: str
    alt: str
    svg: bytes


@dataclass(slots=True)
class Drawing:
    """A drawing in points; y grows downwards."""

    width: float
    height: float
    _parts: list[etree._Element] = field(default_factory=list)

    def rectangle(
        self, x: float, y: float, width: float, height: float, *, fill: str = "#ffffff", dashed: bool = False
    ) -> None:
        """Add a rectangle; a dashed edge says that something is unsure or over."""
        edge = "none" if dashed else LINE
        self._add("rect", {"x": x, "y": y, "width": width, "height": height, "fill": fill, "stroke": edge})
        if dashed:  # as short lines: MuPDF knows no dashes
            for at in _list_dashes(x, width):
                self.line(at, y, min(at + DASH, x + width), y, colour=AMBER)
                self.line(at, y + height, min(at + DASH, x + width), y + height, colour=AMBER)
            for at in _list_dashes(y, height):
                self.line(x, at, x, min(at + DASH, y + height), colour=AMBER)
                self.line(x + width, at, x + width, min(at + DASH, y + height), colour=AMBER)

    def line(self, x1: float, y1: float, x2: float, y2: float, *, colour: str = LINE, width: float = 1) -> None:
        """Add a line."""
        self._add("line", {"x1": x1, "y1": y1, "x2": x2, "y2": y2, "stroke": colour, "stroke-width": width})

    def circle(self, x: float, y: float, radius: float, *, fill: str = NAVY) -> None:
        """Add a circle."""
        self._add("circle", {"cx": x, "cy": y, "r": radius, "fill": fill, "stroke": NAVY})

    def text(self, x: float, y: float, words: str, *, size: float = 11, colour: str = INK, bold: bool = False) -> None:
        """Add words that begin at x; y is where the letters stand."""
        self._write(x, y, words, {"font-size": size, "fill": colour, **({"font-weight": "bold"} if bold else {})})

    def text_before(self, x: float, y: float, words: str, *, size: float = 11) -> None:
        """Add words that end at x."""
        self.text(x - measure_text(words, size), y, words, size=size)

    def text_around(self, x: float, y: float, words: str, *, size: float = 11, colour: str = INK) -> None:
        """Add words with their middle at x."""
        self.text(x - measure_text(words, size) / 2, y, words, size=size, colour=colour)

    def text_upwards(self, x: float, y: float, words: str, *, size: float = 11) -> None:
        """Add words that run upwards from y."""
        self._write(x, y, words, {"font-size": size, "fill": INK, "transform": f"rotate(-90 {x:g} {y:g})"})

    def render(self, *, title: str, alt: str) -> bytes:
        """Return the drawing as SVG, with a title and a description that screen readers read."""
        root = etree.fromstring(f'<svg xmlns="{NAMESPACE}"/>')
        size = {
            "width": f"{self.width:g}",
            "height": f"{self.height:g}",
            "viewBox": f"0 0 {self.width:g} {self.height:g}",
        }
        for name, value in {**size, "role": "img", "aria-labelledby": "t d", "font-family": FONT}.items():
            root.set(name, value)
        for tag, identity, words in (("title", "t", title), ("desc", "d", alt)):
            element = etree.SubElement(root, f"{{{NAMESPACE}}}{tag}", id=identity)
            element.text = words
        root.append(_make("rect", {"x": 0, "y": 0, "width": self.width, "height": self.height, "fill": "#ffffff"}))
        root.extend(self._parts)
        return etree.tostring(root, encoding="utf-8", xml_declaration=True)

    def _write(self, x: float, y: float, words: str, attributes: dict[str, object]) -> None:
        element = _make("text", {"x": x, "y": y, "font-family": FONT, **attributes})
        element.text = words
        self._parts.append(element)

    def _add(self, tag: str, attributes: dict[str, object]) -> None:
        self._parts.append(_make(tag, attributes))


def measure_text(words: str, size: float) -> float:
    """Return how wide words are in Helvetica, in points."""
    return float(load_pymupdf().get_text_length(words, fontname="helv", fontsize=size))


def shorten(words: str, characters: int) -> str:
    """Return the words, cut with «…» where they are longer."""
    return words if len(words) <= characters else f"{words[: characters - 1].rstrip()}…"


def render_png(svg: bytes) -> bytes:
    """Return an SVG as PNG, 200 points an inch."""
    with load_pymupdf().open(stream=svg, filetype="svg") as document:
        content: bytes = document[0].get_pixmap(dpi=DPI).tobytes("png")
    return content


def _list_dashes(start: float, length: float) -> list[float]:
    """Return where the dashes of a line begin."""
    return [start + number * (DASH + GAP) for number in range(int(length / (DASH + GAP)) + 1)]


def _make(tag: str, attributes: dict[str, object]) -> etree._Element:
    element = etree.Element(f"{{{NAMESPACE}}}{tag}")
    for name, value in attributes.items():
        element.set(name, f"{value:g}" if isinstance(value, int | float) else str(value))
    return element
