"""Gold sets for ingest: what a reader of the finished document should find, told by its source."""

from __future__ import annotations

import json
from collections.abc import Iterator

from builder.blocks import Block, Kind, join_text
from builder.source import Source

CELL_SEPARATOR = " "  # white space is folded before texts are compared


def make_passages(source: Source) -> str:
    """Return `passages.jsonl` (docs/evaluate.md): headings, paragraphs, items, captions and table rows in order.

    Footnotes are left out: where they stand in the reading order is a matter of taste.
    """
    texts = (text for block in source.blocks for text in _list_texts(block, bullet=source.layout.bullet))
    rows = ({"id": f"{source.path.stem}-{number:03}", "text": text} for number, text in enumerate(texts))
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _list_texts(block: Block, *, bullet: str) -> Iterator[str]:
    if block.kind is Kind.DIRECTIVE:
        return
    if block.kind is Kind.TABLE:
        yield from (CELL_SEPARATOR.join(map(join_text, row)) for row in block.rows[1:])
    elif block.kind is Kind.BOX:
        for child in block.children:
            yield from _list_texts(child, bullet=bullet)
    elif block.kind is Kind.ITEM:
        yield f"{block.marker or bullet} {block.text}"
    else:
        yield block.text
