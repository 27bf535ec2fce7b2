"""An action programme: blocks, numbered groups in them, and each group's measures by letter."""

from __future__ import annotations

import pymupdf
import pytest
from tests.ingest.pdf.lines_by_hand import print_pages, read_pdf

from compliance.ingest.draft import Draft
from compliance.records import BlockKind

BLOCKS = {
    "Ressurser": ("Etablering av systematisk arbeid", "Prosjekter"),
    "Prosesser": ("Idébehandling", "Forme ideer", "Fange ideer"),
    "Suksesser": ("Omgivelser", "Virksomheten"),
    "Atferd": ("Engasjere",),
    "Klima": ("Samarbeid og trygghet",),
}
MEASURES = ("Kommunen skal sette av tid til arbeidet.", "Kommunen skal dele data med andre.", "Vi skal lære av andre.")


def list_lines(*, blocks: bool) -> list[str]:
    lines, number = [], 0
    for block, groups in BLOCKS.items():
        lines += [block] if blocks else []
        for group in groups:
            number += 1
            lines.append(f"{number}. {group}")
            lines += [f"{letter}. {measure}" for letter, measure in zip("abc", MEASURES, strict=True)]
    return lines


def print_programme(*, blocks: bool, size: float = 10.5, pitch: float = 20) -> Draft:
    lines = list_lines(blocks=blocks)
    pages = [lines[start : start + 30] for start in range(0, len(lines), 30)]

    def write(texts: list[str], *, first: bool, page: pymupdf.Page) -> None:
        if first:
            page.insert_text((72, 80), "13.1.1 Strategi", fontsize=14, fontname="hebo")
        for row, text in enumerate(texts):
            page.insert_text((72, 110 + pitch * row), text, fontsize=size)

    writers = [lambda page, texts=texts: write(texts, first=texts is pages[0], page=page) for texts in pages]
    return read_pdf(print_pages(*writers))


@pytest.mark.parametrize("blocks", [True, False], ids=["with blocks", "groups only"])
def test_group_headings_stand_over_their_measures(blocks: bool) -> None:
    found = print_programme(blocks=blocks).blocks
    headings = [block for block in found if block.kind is BlockKind.HEADING][1:]
    items = [block for block in found if block.kind is BlockKind.LIST_ITEM]
    groups = [heading for heading in headings if heading.text[0].isdigit()]
    assert (len(groups), len(items)) == (9, 27)
    assert len(headings) - len(groups) == (5 if blocks else 0)
    assert {heading.level for heading in groups} == {5 if blocks else 4}


def test_a_numbered_item_with_a_list_of_its_own_stays_an_item() -> None:
    def write(page: pymupdf.Page) -> None:
        for row, text in enumerate(["1. Kommunen skal kartlegge", "a. behov", "b. kostnader", "Arbeidet er i gang."]):
            page.insert_text((72, 100 + 20 * row), text, fontsize=10.5)

    assert not any(block.kind is BlockKind.HEADING for block in read_pdf(print_pages(write)).blocks)
