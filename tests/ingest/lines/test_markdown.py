"""Markdown as planners and converters write it."""

from __future__ import annotations

import pytest
from tests.ingest.reading import outline, read_draft

from compliance.records import BlockKind, FurnitureKind

PLAN = """\
---
title: "Digital plan 2025–2028"
status: utkast
---
# Digital plan for Fjellvik

## Innhold
- [Mål](#mål)
- [Tiltak](#tiltak)

## Mål {#mål}
Vi skal bruke IKT-
og skyløsninger[^1] *bedre*, se [nettsiden](https://fjellvik.example).
Det gjelder **alle**.

Kommunen skal:

* øke
  * i skolen
* styrke

  Det skjer i 2025.
3. dele
4. lære

> Staten sier noe her.

## Tiltak
Tabell 1: Investeringer

Tall i 1000 kr

| Tiltak | 2025 | Ansvar |
|---|---:|---|
| Nettbrett | 1 200 | Rektor |
| Sum | 1 200 | |

<!-- husk å ringe Kari -->
<table><tr><th>År</th><th>Sum</th></tr><tr><td>2025</td><td>3</td></tr></table>

![kart](kart.png)

[^1]: Se kommunens
    IKT-reglement.
"""


def test_markdown_gives_blocks_in_order() -> None:
    assert outline(read_draft("plan.md", PLAN)) == [
        "h1 Digital plan for Fjellvik",
        "h2 Mål",
        "p Vi skal bruke IKT- og skyløsninger bedre, se nettsiden. Det gjelder alle.",
        "p Kommunen skal:",
        "li1 * øke",
        "li2 * i skolen",
        "li1 * styrke",
        "li1 Det skjer i 2025.",
        "li1 3. dele",
        "li1 4. lære",
        "[p] Staten sier noe her.",
        "h2 Tiltak",
        "caption Tabell 1: Investeringer",
        "p Tall i 1000 kr",
        "row Tiltak | 2025 | Ansvar",
        "row Nettbrett | 1 200 | Rektor",
        "row Sum | 1 200",
        "row År | Sum",
        "row 2025 | 3",
        "note 1 Se kommunens IKT-reglement.",
    ]


def test_table_rows_carry_header_unit_and_title() -> None:
    header, row = [block.table for block in read_draft("plan.md", PLAN).blocks if block.table][:2]
    assert header is not None
    assert row is not None
    assert (header.header, header.cells) == ((), ("Tiltak", "2025", "Ansvar"))
    assert row.header == ("Tiltak", "2025", "Ansvar")
    assert row.unit == "1000 kr"
    assert row.title == "Tabell 1: Investeringer Tall i 1000 kr"


def test_front_matter_gives_the_title_and_is_kept_beside_the_text() -> None:
    draft = read_draft("plan.md", PLAN)
    assert draft.title == "Digital plan 2025–2028"
    headers = [piece.text for piece in draft.furniture if piece.kind is FurnitureKind.HEADER]
    assert headers == ['title: "Digital plan 2025–2028"', "status: utkast"]


def test_contents_list_is_furniture() -> None:
    contents = [piece.text for piece in read_draft("plan.md", PLAN).furniture if piece.kind is FurnitureKind.CONTENTS]
    assert contents == ["Innhold", "- Mål", "- Tiltak"]


def test_without_front_matter_the_first_heading_is_the_title() -> None:
    assert read_draft("plan.md", "# Temaplan\n\nVi skal dele.\n").title == "Temaplan"


def test_converted_pdf_has_pages_and_its_description_beside_the_text() -> None:
    text = "# Plan for Fjellvik\n\n- Status: vedtatt\n\n<!-- side 1 -->\n\nVi skal.\n\n<!-- side 2 -->\n\n- dele\n"
    draft = read_draft("plan.md", text)
    assert outline(draft) == ["p Vi skal.", "li1 - dele"]
    assert draft.title == "Plan for Fjellvik"
    assert [piece.text for piece in draft.furniture] == ["Plan for Fjellvik", "- Status: vedtatt"]
    assert [block.boxes[0].page for block in draft.blocks] == [1, 2]


def test_list_items_keep_their_marker() -> None:
    items = [block for block in read_draft("plan.md", PLAN).blocks if block.kind is BlockKind.LIST_ITEM]
    assert [item.marker for item in items] == ["*", "*", "*", None, "3.", "4."]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        pytest.param("> [!NOTE]\n> Gjelder alle.\n", ["[p] Gjelder alle."], id="call-out of GitHub"),
        pytest.param("::: tip\nGjelder alle.\n:::\n", ["p Gjelder alle."], id="container"),
        pytest.param(
            "Før.\n\n```mermaid\ngraph TD\nA-->B\n```\n\nEtter.\n", ["p Før.", "p Etter."], id="diagram as code"
        ),
        pytest.param("#Mål\n\nVi deler data.\n", ["h1 Mål", "p Vi deler data."], id="heading without a blank"),
        pytest.param("#helsestasjon er stikkordet.\n", ["p #helsestasjon er stikkordet."], id="tag in a text"),
        pytest.param('+++\ntitle = "Plan"\n+++\n\nVi deler data.\n', ["p Vi deler data."], id="TOML front matter"),
    ],
)
def test_additions_of_programs_are_no_text(text: str, blocks: list[str]) -> None:
    assert outline(read_draft("plan.md", text)) == blocks


def test_the_title_is_read_from_toml_too() -> None:
    assert (
        read_draft("plan.md", '+++\ntitle = "Plan for Fjellvik"\n+++\n\nVi deler data.\n').title == "Plan for Fjellvik"
    )


@pytest.mark.parametrize("sign", ["[", "![](", "[^"])
def test_brackets_that_nothing_closes_are_text(sign: str) -> None:
    # 100,000 of them would take hours, were the text read on from each.
    draft = read_draft("plan.md", f"Vi deler data {sign * 100_000}\n\nSe [planen](https://a.no).\n")
    assert [block.text[:20] for block in draft.blocks] == [f"Vi deler data {sign * 6}"[:20], "Se planen."]
    assert len(draft.blocks[0].text) == len("Vi deler data ") + 100_000 * len(sign)
