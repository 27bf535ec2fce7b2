from collections.abc import Callable

import pytest

from compliance.records import Block, BlockKind, Box, Document, Furniture, FurnitureKind, Page


def build(
    *lines: str, name: str = "fil.pdf", title: str | None = None, running: tuple[str, ...] = (), page: int = 1
) -> Document:
    """Lay lines out as a document: «# …» is a heading, everything else a paragraph, all on one page."""
    blocks: list[Block] = []
    text = ""
    for line in lines:
        kind = BlockKind.HEADING if line.startswith("# ") else BlockKind.PARAGRAPH
        words = line.removeprefix("# ")
        text += "\n\n" if text else ""
        blocks.append(Block(kind, len(text), len(text) + len(words), (Box(page, 0, 0, 1, 1),)))
        text += words
    furniture = tuple(Furniture(FurnitureKind.HEADER, line) for line in running)
    return Document(
        "plan-12345678", name, "0" * 64, "application/pdf", title, text, (Page(1, 595, 842),), tuple(blocks), furniture
    )


@pytest.fixture
def make_document() -> Callable[..., Document]:
    return build
