"""Text that nobody sees on the page: white on white, invisible, or too small to read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from compliance.ingest.pdf.lines import Area
from compliance.ingest.pdf.shapes import Shapes
from compliance.ingest.pdf.spans import TINY

if TYPE_CHECKING:
    import pymupdf
    from numpy.typing import NDArray

PAPER = 0xFB  # each part of a colour at or above this: white, as shapes.WHITE
NEARLY_WHITE = PAPER << 16  # a colour below this has too little red to be white
CONTRAST = 24  # grey levels, of 255, that print differs from what it stands on at least

Raw = dict[str, Any]


def find_hidden(page: pymupdf.Page, lines: Sequence[Raw], shapes: Shapes) -> set[int]:
    """Return the indexes of the lines that nobody sees.

    White and invisible text is looked for on the printed page, unless it stands on a fill or a picture: invisible
    text over a picture is what a scanner recognised.
    """
    faint = [index for index, line in enumerate(lines) if _is_faint(line)]
    hidden = {index for index in faint if _is_tiny(lines[index])}
    unsure = [index for index in faint if index not in hidden and _is_colourless(lines[index])]
    areas = {index: shapes.transform.place(*lines[index]["bbox"]) for index in unsure}
    open_ = [index for index in unsure if not _stands_on(areas[index], shapes.fills)]
    if open_:
        pictures = [shapes.transform.place(*image["bbox"]) for image in page.get_image_info()]
        open_ = [index for index in open_ if not _stands_on(areas[index], pictures)]
    if not open_:
        return hidden
    printed = _print_grey(page)
    return hidden | {index for index in open_ if not _shows(printed, page, lines[index]["bbox"])}


def _is_faint(line: Raw) -> bool:
    """Whether all of a line may be tiny, white, invisible or blank: of hardly any is it true."""
    for span in line["spans"]:
        seen = span["size"] >= TINY and span["color"] < NEARLY_WHITE and span.get("alpha", 255)
        if seen and not span["text"].isspace():
            return False
    return True


def _inked(line: Raw) -> list[Raw]:
    return [span for span in line["spans"] if span["text"].strip()]


def _is_tiny(line: Raw) -> bool:
    spans = _inked(line)
    return bool(spans) and all(span["size"] < TINY for span in spans)


def _is_colourless(line: Raw) -> bool:
    spans = _inked(line)
    return bool(spans) and all(span.get("alpha", 255) == 0 or _is_white(span["color"]) for span in spans)


def _is_white(colour: int) -> bool:
    return min(colour >> 16 & 0xFF, colour >> 8 & 0xFF, colour & 0xFF) >= PAPER


def _stands_on(area: Area, backdrops: Sequence[Area]) -> bool:
    return any(backdrop.holds(area, slack=0) for backdrop in backdrops)


def _print_grey(page: pymupdf.Page) -> NDArray[np.uint8]:
    """Return the page at 72 dots an inch: one row a point."""
    import pymupdf

    picture = page.get_pixmap(colorspace=pymupdf.csGRAY, alpha=False)
    return np.frombuffer(picture.samples, dtype=np.uint8).reshape(picture.height, picture.stride)[:, : picture.width]


def _shows(printed: NDArray[np.uint8], page: pymupdf.Page, bbox: tuple[float, float, float, float]) -> bool:
    import pymupdf

    place = (pymupdf.Rect(bbox) * page.rotation_matrix).normalize()  # type: ignore[no-untyped-call]
    cut = printed[max(0, int(place.y0)) : int(place.y1) + 1, max(0, int(place.x0)) : int(place.x1) + 1]
    return bool(cut.size) and int(cut.max()) - int(cut.min()) >= CONTRAST
