"""A source file: front matter that says what the document is and looks like, then Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import yaml

from builder.blocks import Block, Kind, Run, parse_markdown

NOTE_DEFINITION = re.compile(r"^\[\^(\d+)\]: (.+)$\n?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a document looks. Sizes in points."""

    font: str = "sans-serif"  # or serif, Times
    size: float = 10
    accent: str = "#1f4e5f"
    columns: int = 1
    cover: bool = False
    contents: bool = False
    bookmarks: bool = False
    numbered: bool = False  # headings get 1, 1.1, 1.1.1
    justified: bool = False  # with soft hyphens
    bullet: str = "•"
    box: str = "shaded"  # or framed, bar
    margin: float = 62
    header: str = ""
    footer: str = ""  # {page} and {pages} are filled in
    watermark: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One document of the corpus before it is built."""

    path: Path
    title: str
    municipality: str
    county: str
    type: str  # a DocumentType value
    language: str  # nb or nn
    period: str  # "2023-2035", or one year
    adopted: str  # ISO date, or empty where the document is not adopted
    made: date  # the date in the file's metadata
    format: str  # pdf or docx
    subtitle: str
    note: str
    layout: Layout
    text: str
    blocks: tuple[Block, ...]
    notes: dict[int, str]

    @property
    def file_name(self) -> str:
        """Name of the built file."""
        return f"{self.path.parent.name}_{self.path.stem}.{self.format}"


def read_source(path: Path) -> Source:
    """Return the source; ValueError or TypeError names a front matter field that is missing or unknown."""
    _, head, text = path.read_text(encoding="utf-8").split("---\n", 2)
    fields = yaml.safe_load(head)
    layout = Layout(**fields.pop("layout", {}))
    notes = {int(number): note for number, note in NOTE_DEFINITION.findall(text)}
    blocks = parse_markdown(NOTE_DEFINITION.sub("", text))
    return Source(
        path=path,
        adopted=str(fields.pop("adopted") or ""),
        period=str(fields.pop("period")),
        note=fields.pop("note", ""),
        layout=layout,
        text=text,
        blocks=number_headings(blocks) if layout.numbered else blocks,
        notes=notes,
        **fields,
    )


def number_headings(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks with 1, 1.1, 1.1.1 before the headings' text."""
    counters = [0, 0, 0]
    numbered: list[Block] = []
    for block in blocks:
        if block.kind is Kind.HEADING:
            counters[block.level - 1] += 1
            counters[block.level :] = [0] * (3 - block.level)
            number = ".".join(map(str, counters[: block.level]))
            numbered.append(replace(block, runs=(Run(f"{number} "), *block.runs)))
        else:
            numbered.append(block)
    return tuple(numbered)


def read_sources(folder: Path) -> tuple[Source, ...]:
    """Return all sources below a folder, in path order."""
    return tuple(read_source(path) for path in sorted(folder.glob("*/*.md")))
