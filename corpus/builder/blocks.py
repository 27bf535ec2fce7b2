"""What a source's Markdown consists of, and how it is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

NOTE_MARK = re.compile(r"\[\^(\d+)\]")
CAPTION = re.compile(r"(Tabell|Figur) \d+:")
ORDERED_START = 1


class Kind(StrEnum):
    """Kind of block."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"
    ITEM = "item"
    TABLE = "table"
    BOX = "box"
    DIRECTIVE = "directive"  # <!-- sideskift -->, <!-- spalter 2 -->, <!-- kommentar | ... -->


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; `note` is a footnote number, and then `text` is empty."""

    text: str
    bold: bool = False
    italic: bool = False
    note: int | None = None


Cell = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One block; which fields are filled follows from its kind."""

    kind: Kind
    runs: Cell = ()
    level: int = 1  # headings: 1 is the outermost; items: depth
    marker: str = ""  # items: empty for a bullet, else the number as printed
    rows: tuple[tuple[Cell, ...], ...] = ()  # tables: the header row first
    children: tuple[Block, ...] = ()  # boxes
    directive: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The block's own text without styles and note marks."""
        return join_text(self.runs)

    @property
    def notes(self) -> tuple[int, ...]:
        """The footnotes called from the block, in order."""
        return tuple(run.note for run in self.runs if run.note is not None)


def join_text(runs: Cell) -> str:
    """Return the runs' text."""
    return "".join(run.text for run in runs)


def parse_markdown(text: str) -> tuple[Block, ...]:
    """Return the blocks of a Markdown text (CommonMark with tables, and footnote marks `[^1]`)."""
    root = SyntaxTreeNode(MarkdownIt("commonmark").enable("table").parse(text))
    return tuple(block for node in root.children for block in _convert(node, depth=1))


def _convert(node: SyntaxTreeNode, *, depth: int) -> Iterator[Block]:
    if node.type == "heading":
        yield Block(Kind.HEADING, _read_runs(node.children[0]), level=int(node.tag[1]))
    elif node.type == "paragraph":
        runs = _read_runs(node.children[0])
        yield Block(Kind.CAPTION if CAPTION.match(join_text(runs)) else Kind.PARAGRAPH, runs)
    elif node.type in {"bullet_list", "ordered_list"}:
        yield from _convert_list(node, depth=depth)
    elif node.type == "table":
        yield Block(Kind.TABLE, rows=tuple(_read_rows(node)))
    elif node.type == "blockquote":
        children = tuple(block for child in node.children for block in _convert(child, depth=1))
        yield Block(Kind.BOX, children=children)
    elif node.type == "html_block":
        content = node.content.strip().removeprefix("<!--").removesuffix("-->")
        yield Block(Kind.DIRECTIVE, directive=tuple(part.strip() for part in content.split("|")))
    else:
        raise ValueError(f"Markdown that the corpus does not use: {node.type}")


def _convert_list(node: SyntaxTreeNode, *, depth: int) -> Iterator[Block]:
    number = int(node.attrs.get("start", ORDERED_START))
    for item in node.children:
        marker = f"{number}." if node.type == "ordered_list" else ""
        first, *nested = item.children
        yield Block(Kind.ITEM, _read_runs(first.children[0]), level=depth, marker=marker)
        for child in nested:
            yield from _convert(child, depth=depth + 1)
        number += 1


def _read_rows(table: SyntaxTreeNode) -> Iterator[tuple[Cell, ...]]:
    for part in table.children:
        for row in part.children:
            yield tuple(_read_runs(cell.children[0]) if cell.children else () for cell in row.children)


def _read_runs(inline: SyntaxTreeNode, *, bold: bool = False, italic: bool = False) -> Cell:
    runs: list[Run] = []
    for node in inline.children:
        if node.type == "strong":
            runs.extend(_read_runs(node, bold=True, italic=italic))
        elif node.type == "em":
            runs.extend(_read_runs(node, bold=bold, italic=True))
        elif node.type == "softbreak":
            runs.append(Run(" ", bold, italic))
        else:
            runs.extend(_split_notes(node.content, bold=bold, italic=italic))
    return tuple(runs)


def _split_notes(text: str, *, bold: bool, italic: bool) -> Iterator[Run]:
    for index, part in enumerate(NOTE_MARK.split(text)):
        if index % 2:
            yield Run("", note=int(part))
        elif part:
            yield Run(part, bold, italic)
