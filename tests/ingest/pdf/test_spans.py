from __future__ import annotations

import pytest

from compliance.ingest.pdf.spans import maps_hyphens, print_hyphens, read_line_text, spell_ligatures


def make_span(text: str, *, size: float = 11, base: float = 100, flags: int = 0) -> dict:
    return {"text": text, "size": size, "flags": flags, "font": "Calibri", "origin": (72, base)}


def read(*parts: dict) -> str:
    return read_line_text(parts, max(parts, key=lambda span: len(span["text"])))


MARK = {"size": 6.5, "base": 96}


@pytest.mark.parametrize(
    ("before", "mark", "after", "text"),
    [
        pytest.param("nasjonal strategi", "1", " og mer", "nasjonal strategi og mer", id="after a word"),
        pytest.param("Rammen er på 320", "2", " mill. kroner", "Rammen er på 320 mill. kroner", id="after a sum"),
        pytest.param("vedtatt i dag.", "12", " Etter det", "vedtatt i dag. Etter det", id="after a full stop"),
        pytest.param("areal på 40 m", "2", " til formålet", "areal på 40 m² til formålet", id="power of a unit"),
        pytest.param("varemerket Fjord", "TM", " til formålet", "varemerket FjordTM til formålet", id="letters stay"),
    ],
)
def test_a_notes_mark_is_no_part_of_the_words(before: str, mark: str, after: str, text: str) -> None:
    assert read(make_span(before), make_span(mark, **MARK), make_span(after)) == text


def test_a_mark_that_opens_the_line_is_the_notes_own() -> None:
    assert read(make_span("1", **MARK), make_span(" Vedtatt i sak 12/24.")) == "1 Vedtatt i sak 12/24."


def test_small_digits_on_the_baseline_stay() -> None:
    assert read(make_span("Utslipp av CO"), make_span("2", size=6.5, base=102), make_span(" i året")) == (
        "Utslipp av CO2 i året"
    )


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        pytest.param("Ɵl reƩ Ɵd", "til rett tid", id="ti and tt"),
        pytest.param("soŌware", "software", id="ft"),
        pytest.param("plaƞorm", "platform", id="tf"),
        pytest.param("ĩorden", "fjorden", id="fj"),
    ],
)
def test_calibris_ligatures_are_spelt_out(text: str, spelt: str) -> None:
    assert spell_ligatures(text) == spelt


@pytest.mark.parametrize(
    ("text", "always", "printed"),
    [
        pytest.param("2025\xad2028", False, "2025-2028", id="within the line"),
        pytest.param("transfo\xadrmasjon", False, "transformasjon", id="within a word it only says where to divide"),
        pytest.param("DIGITA\xadLISERING", False, "DIGITALISERING", id="in capitals too"),
        pytest.param("e\xadhelse og IKT\xadstrategi", False, "e-helse og IKT-strategi", id="after a letter or acronym"),
        pytest.param("digitali\xad", False, "digitali\xad", id="at its end it divides a word"),
        pytest.param("fylkes\xad-", False, "fylkes\xad", id="beside the hyphen that is printed there"),
        pytest.param("IKT\xad", True, "IKT-", id="at its end where the font has no other hyphen"),
    ],
)
def test_a_printed_soft_hyphen_is_a_hyphen(text: str, always: bool, printed: str) -> None:
    assert print_hyphens(text, always=always) == printed


def test_a_font_that_maps_its_hyphens_is_told_by_where_they_stand() -> None:
    assert maps_hyphens(["2025\xad2028", "plan\xad og bygningsloven"])
    assert not maps_hyphens(["transfo\xadrmasjon", "verbal\xadforslag", "2025\xad2028"])
