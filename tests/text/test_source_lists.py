"""Lists of sources: where they begin and end, and what in them is no entry."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builders import make_reading
from compliance.records import BlockKind
from compliance.text.source_lists import find_source_entries

OWN = "Kommunen skal dele data med andre."
ENTRY = "Datatilsynet (2019). Innebygd personvern."


def find(blocks) -> list[str]:
    passages = make_reading(blocks).passages
    found = find_source_entries(passages)
    return [passage.text for passage in passages if passage.id in found]


@pytest.mark.parametrize(
    "title",
    ["Referanser", "Referanser:", "8 Kilder og lenker", "Litteraturliste", "Kjelder", "Kjeldeliste", "LITTERATUR"],
)
def test_what_follows_a_title_of_sources_is_an_entry(title):
    assert find([OWN, title, ENTRY, "NOU 2023: 4 Tid for handling"]) == [ENTRY, "NOU 2023: 4 Tid for handling"]


@pytest.mark.parametrize(
    "title", ["Kilde: Statistisk sentralbyrå", "Kjelder: Nkom, SSB, eigne register.", "Kilder til energi i bygda vår"]
)
def test_a_source_named_in_a_line_begins_no_list(title):
    assert find([OWN, title, "Flere innbyggere bruker nettet."]) == []


@pytest.mark.parametrize("end", ["Vedlegg 1 Ordliste", "9 Oppfølging", (BlockKind.HEADING, "Oppfølging")])
def test_an_appendix_or_a_heading_ends_the_list(end):
    assert find(["Referanser", ENTRY, end, "Digital kompetanse: å bruke det digitale."]) == [ENTRY]


def test_what_the_municipality_says_it_shall_do_is_no_entry():
    assert find(["Kilder", ENTRY, OWN, "KS (2017). Slik skal kommunen lykkes. https://www.example.no"]) == [
        ENTRY,
        "KS (2017). Slik skal kommunen lykkes. https://www.example.no",
    ]


def test_a_heading_that_parts_the_list_does_not_end_it():
    passages = list(
        make_reading([(BlockKind.HEADING, "Kilder"), (BlockKind.HEADING, "Lover"), "Forvaltningsloven"]).passages
    )
    passages[:2] = [replace(passage, level=level) for level, passage in enumerate(passages[:2], start=1)]
    assert find_source_entries(passages) == {passages[1].id, passages[2].id}
