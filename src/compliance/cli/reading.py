"""How the command line shows a document that was read."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.tree import Tree

from compliance.records import (
    Attribute,
    AttributeSource,
    BlockKind,
    FurnitureKind,
    Profile,
    Reading,
    ReadingQuality,
    ReadingWarning,
    Rejected,
    RejectionReason,
)
from compliance.text.table_rows import render_row

_LANGUAGES = {"nb": "bokmål", "nn": "nynorsk", "other": "annet språk"}
_TYPES = {
    "samfunnsdel": "kommuneplanens samfunnsdel",
    "okonomiplan": "handlings- og økonomiplan",
    "arsbudsjett": "årsbudsjett",
    "digitaliseringsstrategi": "digitaliseringsstrategi",
    "ikt_strategi": "IKT-strategi",
    "temaplan": "temaplan eller sektorplan",
    "planstrategi": "planstrategi",
    "planprogram": "planprogram",
    "utredning": "utredning eller analyse",
    "other": "annet",
}
_KINDS = {
    BlockKind.HEADING: ("overskrift", "overskrifter"),
    BlockKind.PARAGRAPH: ("avsnitt", "avsnitt"),
    BlockKind.LIST_ITEM: ("listepunkt", "listepunkter"),
    BlockKind.TABLE_ROW: ("tabellrad", "tabellrader"),
    BlockKind.CAPTION: ("bildetekst", "bildetekster"),
    BlockKind.FOOTNOTE: ("fotnote", "fotnoter"),
}
_FURNITURE = {
    FurnitureKind.HEADER: ("topptekst", "topptekster"),
    FurnitureKind.FOOTER: ("bunntekst", "bunntekster"),
    FurnitureKind.PAGE_NUMBER: ("sidetall", "sidetall"),
    FurnitureKind.CONTENTS: ("linje i innholdsfortegnelsen", "linjer i innholdsfortegnelsen"),
    FurnitureKind.LINE_NUMBER: ("linjenummer", "linjenummer"),
    FurnitureKind.COMMENT: ("merknad", "merknader"),
}
_SOURCES = {
    AttributeSource.TEXT: "i teksten",
    AttributeSource.FILE_NAME: "i filnavnet",
    AttributeSource.METADATA: "i filens egenskaper",
    AttributeSource.OVERRIDE: "oppgitt av deg",
}
_MAX_QUOTE = 60  # characters
_MAX_HEADING = 100
_SAMPLE_ROWS = 3  # table rows shown, so that one sees whether the tables came through


def write_reading(reading: Reading, *, with_furniture: bool) -> None:
    """Write a JSON line for each passage to stdout, and for each piece of furniture where asked for."""
    for passage in reading.passages:
        _write_line(asdict(passage))
    if with_furniture:
        for piece in reading.document.furniture:
            box = asdict(piece.box) if piece.box else None
            _write_line({"document_id": reading.document.id, "furniture": piece.kind, "text": piece.text, "box": box})


def name_rejection(rejected: Rejected) -> str:
    """Return whether the file was left out or is read in part, in a word or three."""
    return "Lest med mangler" if rejected.reason is RejectionReason.REPAIRED else "Avvist"


def print_rejection(rejected: Rejected) -> None:
    """Say on stderr that a file was left out or is read in part, why, and what to do."""
    name = f"[bold red]{name_rejection(rejected)}[/] [bold]{escape(rejected.id)}[/]"
    line = f"{name} ({rejected.reason}): {escape(rejected.detail)}"
    Console(stderr=True, soft_wrap=True).print(line, highlight=False)


def print_overview(reading: Reading, *, with_furniture: bool) -> None:
    """Print what a document is, what it holds and how its headings lie."""
    console = Console(soft_wrap=True, highlight=False)
    document = reading.document
    console.rule(f"[bold]{escape(document.name)}", align="left")
    table = Table.grid(padding=(0, 2))
    for label, value in _describe(reading):
        table.add_row(f"[dim]{label}", escape(value))
    console.print(table)
    console.print(_draw_headings(reading))
    rows = [passage.table for passage in reading.passages if passage.table and passage.table.header]
    for row in rows[:_SAMPLE_ROWS]:
        console.print(f"[dim]Tabellrad[/]  {escape(_shorten(render_row(row), 200))}")
    if with_furniture:
        for piece in document.furniture:
            page = f" s. {piece.box.page}" if piece.box else ""
            console.print(f"[dim]{_FURNITURE[piece.kind][0].capitalize()}{page}[/]  {escape(piece.text)}")
    console.print()


def _write_line(record: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")


def _describe(reading: Reading) -> Iterator[tuple[str, str]]:
    document, profile = reading.document, reading.profile
    if document.title:
        yield "Tittel", document.title
    yield from _describe_profile(profile)
    ocr = sum(page.ocr for page in document.pages)
    if document.has_pages:
        yield "Sider", str(len(document.pages)) + (f", {ocr} med tekstgjenkjenning" if ocr else "")
    kinds = Counter(passage.kind for passage in reading.passages)
    yield "Innhold", ", ".join(_count(kinds[kind], _KINDS[kind]) for kind in BlockKind if kinds[kind])
    yield from _describe_quality(document.quality)
    pieces = Counter(piece.kind for piece in document.furniture)
    if pieces:
        yield (
            "Holdt utenfor",
            ", ".join(_count(pieces[kind], _FURNITURE[kind]) for kind in FurnitureKind if pieces[kind]),
        )


def _describe_quality(quality: ReadingQuality | None) -> Iterator[tuple[str, str]]:
    """Yield what is worth knowing of the reading: nothing where all was read as it stands."""
    if quality is None:
        return
    if quality.read_share < 1:
        yield "Lest", f"{100 * quality.read_share:.0f} % av sidene"
    for detail, pages in group_warnings(quality.warnings):
        yield "Merk", f"{detail} (s. {', '.join(map(str, pages))})" if pages else detail


def group_warnings(warnings: Sequence[ReadingWarning]) -> list[tuple[str, list[int]]]:
    """Return each detail once with the pages it is said of."""
    pages: dict[str, list[int]] = {}
    for warning in warnings:
        pages.setdefault(warning.detail, []).extend([warning.page] if warning.page else [])
    return list(pages.items())


def _describe_profile(profile: Profile) -> Iterator[tuple[str, str]]:
    yield "Språk", _state(profile.language, _LANGUAGES.get(profile.language.value))
    yield "Type", _state(profile.document_type, _TYPES.get(profile.document_type.value))
    if profile.municipality:
        place = ", ".join(filter(None, [profile.municipality_number, profile.county]))
        name = f"{profile.municipality.value} ({place})" if place else profile.municipality.value
        yield "Kommune", _state(profile.municipality, name)
    else:
        yield "Kommune", "ikke funnet; oppgi den med --municipality"
    if profile.period:
        yield "Planperiode", _state(profile.period, profile.period.value)
    if profile.adopted:
        yield "Vedtatt", _state(profile.adopted, profile.adopted.value)


def _state(attribute: Attribute, shown: str | None) -> str:
    """Return what is known with where it was read."""
    value = shown or attribute.value
    quote = f": «{_shorten(attribute.quote, _MAX_QUOTE)}»" if attribute.quote else ""
    return f"{value} – {_SOURCES[attribute.source]}{quote}"


def _draw_headings(reading: Reading) -> Tree:
    tree = Tree("[dim]Overskrifter")
    branches: list[tuple[int, Tree]] = [(0, tree)]
    for passage in reading.passages:
        if passage.kind is not BlockKind.HEADING:
            continue
        level = passage.level or 1
        while branches[-1][0] >= level:
            branches.pop()
        page = f"  [dim]s. {passage.pages[0]}[/]" if reading.document.has_pages else ""
        branches.append((level, branches[-1][1].add(escape(_shorten(passage.text, _MAX_HEADING)) + page)))
    return tree


def _count(number: int, names: tuple[str, str]) -> str:
    return f"{number} {names[0] if number == 1 else names[1]}"


def _shorten(text: str, length: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
