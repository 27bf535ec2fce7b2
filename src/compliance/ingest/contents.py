"""Tables of contents among blocks, for formats that mark headings and lists."""

from __future__ import annotations

import re
from collections.abc import Sequence

from compliance.ingest.draft import DraftBlock
from compliance.ingest.patterns import fold_title, is_contents_heading, is_contents_line
from compliance.records import BlockKind, Furniture, FurnitureKind

_PAGE_AT_END = re.compile(r"[\s.…·_]*\d{0,3}\s*$")


def take_out_contents(blocks: Sequence[DraftBlock]) -> tuple[list[DraftBlock], list[Furniture]]:
    """Return the blocks without tables of contents, and these as furniture.

    A block is an entry when it has leaders to a page number, or when it stands below a contents heading and says what
    one of the document's headings says. The contents heading goes with its entries.
    """
    titles = {fold_title(block.text) for block in blocks if block.kind is BlockKind.HEADING}
    kept: list[DraftBlock] = []
    furniture: list[Furniture] = []
    within = False
    for block in blocks:
        is_heading = block.kind is BlockKind.HEADING
        if is_contents_heading(block.text):
            within = True
        elif is_heading or not (is_contents_line(block.text) or (within and _names_heading(block, titles))):
            within = within and not is_heading and block.kind is BlockKind.LIST_ITEM
        else:
            if kept and is_contents_heading(kept[-1].text):
                furniture.append(Furniture(FurnitureKind.CONTENTS, kept.pop().text))
            furniture.append(Furniture(FurnitureKind.CONTENTS, block.text))
            continue
        kept.append(block)
    return kept, furniture


def _names_heading(block: DraftBlock, titles: set[str]) -> bool:
    text = block.text.removeprefix(block.marker or "").strip()
    return fold_title(text) in titles or fold_title(_PAGE_AT_END.sub("", text)) in titles
