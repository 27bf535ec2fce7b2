"""The pictures of a study, opened by other readers, and the words that go with them."""

from __future__ import annotations

import re
import struct

import pytest
from lxml import etree

from compliance.records import Certainty
from compliance.records.study import (
    InventoryState,
    StrategyState,
    StrategyStatus,
    Study,
    StudyCell,
    StudyDocument,
    StudyInfo,
    StudyMunicipality,
    TextShare,
)
from compliance.study.export.codes import Code
from compliance.study.export.pictures import PictureInput, draw_goals, draw_profile, draw_validity, write_pictures

SVG = "{http://www.w3.org/2000/svg}"
NAMES = ["andres_ord_og_lokalt", "elementer", "gyldighet", "maal", "temaer"]


def make_cell(place, subject, label, value, *, sure=True):
    return StudyCell(place, subject, label, value, Certainty.LIKELY, sure, 1, 1, "d")


@pytest.fixture
def given():
    places = tuple(
        StudyMunicipality(number, number, name, None, None, None, 1, True)
        for number, name in (("1", "Granlia"), ("2", "Myra & Sør"), ("3", "Tverrdalen"))
    )
    cells = (
        make_cell("1", "theme", "bruker", 4),
        make_cell("2", "theme", "bruker", 2, sure=False),
        make_cell("1", "goal", "DA1", 3),
        make_cell("2", "goal", "DA1", 0),
        make_cell("1", "element", "W1", 1),
        make_cell("2", "element", "W1", 1),
        make_cell("3", "element", "W1", 4),
    )
    documents = tuple(
        StudyDocument(name, place, kind, "T", "f", "adopted", "2024-2027", None, InventoryState.HELD, 9, None)
        for name, place, kind in (("d", "1", "digitaliseringsstrategi"), ("e", "2", "temaplan"))
    )
    statuses = (StrategyStatus.VALID, StrategyStatus.NONE, StrategyStatus.NOT_FOUND)
    states = tuple(
        StrategyState(place.id, status, None, False, None, "") for place, status in zip(places, statuses, strict=True)
    )
    study = Study(
        StudyInfo("r", "2026-03-01", "k", "", "", "0"),
        municipalities=places,
        documents=documents,
        cells=cells,
        states=states,
    )
    codes = (Code("Temaer", "", None, (Code("Brukeren i sentrum", "", "theme:bruker"),)),)
    return PictureInput(study, codes, (TextShare("d", 100, 80, 10, 5, 5, 0),), {"d": 0.4})


def list_words(picture):
    return [each.text for each in etree.fromstring(picture.svg).iter(f"{SVG}text")]


def test_every_picture_is_written_as_svg_and_png_with_its_words(given, tmp_path):
    written = write_pictures(given, tmp_path)
    assert sorted({path.stem for path in written[:-1]}) == NAMES
    captions = (tmp_path / "bildetekster.md").read_text(encoding="utf-8")
    for name in NAMES:
        root = etree.parse(tmp_path / f"{name}.svg").getroot()
        described = {root.find(f"{SVG}{tag}").get("id"): root.find(f"{SVG}{tag}").text for tag in ("title", "desc")}
        assert root.get("role") == "img"
        assert root.get("aria-labelledby").split() == list(described)
        assert f"![{described['d']}]({name}.svg)" in captions
        content = (tmp_path / f"{name}.png").read_bytes()
        width, height = struct.unpack(">II", content[16:24])  # of the header chunk
        assert content.startswith(b"\x89PNG")
        assert width / height == pytest.approx(float(root.get("width")) / float(root.get("height")), rel=0.02)
        assert width > 600


def test_cell_says_its_step_in_words_and_what_is_unsure(given):
    picture = draw_goals(given)
    assert [word for word in list_words(picture) if re.fullmatch(r"\d\??", word)] == ["3", "0"]
    assert "1 er ikke funnet" in picture.alt
    assert "Tverrdalen" not in list_words(picture)  # no document of it was held against the goals


def test_unsure_cell_has_a_question_mark(given, tmp_path):
    write_pictures(given, tmp_path)
    words = [each.text for each in etree.parse(tmp_path / "temaer.svg").iter(f"{SVG}text")]
    assert "2?" in words
    assert "Brukeren i sentrum" in words


def test_profile_counts_municipalities_at_each_step(given):
    assert [word for word in list_words(draw_profile(given)) if re.fullmatch(r"\d: \d", word)] == ["1: 2", "4: 1"]


def test_validity_shows_strategies_alone_and_the_status_of_all(given):
    picture = draw_validity(given)
    assert list_words(picture).count("2024–2027") == 1
    assert "Myra & Sør: har ikke strategi. Tverrdalen: ikke funnet." in picture.alt


def test_study_without_cells_has_no_matrix(given):
    empty = PictureInput(Study(given.study.info), (), (), {})
    assert draw_goals(empty) is None
    assert draw_validity(empty) is None
