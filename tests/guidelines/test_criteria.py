"""The criteria that elements are scored by: the shipped file, its faults, and the rule for the score."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from compliance.analyse.matching.cues import CueMatcher
from compliance.errors import GuidelineError
from compliance.guidelines import (
    Criterion,
    ElementCriteria,
    Place,
    find_data_folder,
    list_criteria,
    load_criteria,
    score_element,
)
from compliance.guidelines.criteria import parse_criteria
from compliance.guidelines.lint import lint_files
from compliance.guidelines.yaml_file import read_yaml
from compliance.records import Language

FILE = find_data_folder("rules") / "criteria.yaml"


@pytest.fixture(scope="module")
def elements() -> tuple[ElementCriteria, ...]:
    return load_criteria()


def test_there_are_43_criteria_under_w1_to_w12(elements: tuple[ElementCriteria, ...]) -> None:
    assert [element.id for element in elements] == [f"W{number}" for number in range(1, 13)]
    assert [len(element.criteria) for element in elements] == [4, 3, 3, 5, 4, 4, 3, 3, 3, 4, 3, 4]


def test_each_element_has_its_place_in_the_framework(elements: tuple[ElementCriteria, ...]) -> None:
    places = {place: [element.id for element in elements if element.place is place] for place in Place}
    assert places == {
        Place.FRAME: ["W1", "W2", "W3", "W4"],
        Place.CORE: ["W8", "W9", "W10", "W11"],
        Place.SERVICE: ["W6", "W7"],
        Place.VALUE: ["W5"],
        Place.FOUNDATION: ["W12"],
    }


def test_every_criterion_is_asked_in_three_languages_with_cues_in_both_written_ones(
    elements: tuple[ElementCriteria, ...],
) -> None:
    for criterion in list_criteria(elements):
        assert len(criterion.examples) >= 2, criterion.id
        assert criterion.question.en != criterion.question.nb, criterion.id
        for language in (Language.NB, Language.NN):
            assert sum(term.written_in(language) for term in criterion.terms) >= 8, criterion.id


@pytest.mark.parametrize(
    ("text", "criterion_id"),
    [
        pytest.param("Mobildekningen er svak i de øvre grendene.", "W4.b", id="coverage"),
        pytest.param("Elevane får nye nettbrett kvart fjerde år.", "W4.a", id="pupils' equipment, nynorsk"),
        pytest.param("Gevinsteieren melder spart tid til økonomisjefen.", "W5.c", id="owner of a benefit"),
        pytest.param("Porteføljerådet avgjør hva som starter.", "W12.b", id="who decides"),
        pytest.param("Arkivet skal være fullelektronisk.", "W10.c", id="archive"),
    ],
)
def test_a_strong_cue_tells_that_a_criterion_is_touched(
    elements: tuple[ElementCriteria, ...], text: str, criterion_id: str
) -> None:
    matches = CueMatcher[Criterion](list_criteria(elements)).find(text)
    assert criterion_id in {match.cue.id for match in matches if match.strong}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Det er satt av 3 millioner kroner til asfalt på fylkesveien.", id="a sum for asphalt"),
        pytest.param("Turstien merkes på nytt i vår.", id="a path"),
        pytest.param("Svømmehallen får nytt tak.", id="a building"),
    ],
)
def test_what_is_not_digital_meets_no_strong_cue(elements: tuple[ElementCriteria, ...], text: str) -> None:
    matches = CueMatcher[Criterion](list_criteria(elements)).find(text)
    assert not [match.wording for match in matches if match.strong]


@pytest.mark.parametrize(
    ("old", "new", "message", "field"),
    [
        pytest.param("- id: W1.b", "- id: W1.a", "«W1.a» står to ganger", "elements[1].criteria[2].id", id="twice"),
        pytest.param("- id: W1.b", "- id: W2.a", "hører ikke til W1", "elements[1].criteria[2].id", id="elsewhere"),
        pytest.param("- id: W2\n", "- id: W1\n", "«W1» står to ganger", "elements[2].id", id="element twice"),
        pytest.param("place: value", "place: verdi", "er ikke en av", "elements[5].place", id="place"),
        pytest.param(
            "common: [arealplan*, bustadbygging*, boligbygging*]",
            "common: [demografi*]",
            "både telle og ikke telle",
            "elements[1].criteria[1].excluding",
            id="cue and counter-cue",
        ),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path: Path, old: str, new: str, message: str, field: str) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "criteria.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(GuidelineError, match=re.escape(message)) as caught:
        parse_criteria(read_yaml(path))
    assert caught.value.field == field
    assert [str(error) for error in lint_files([path])] == [str(caught.value)]


@pytest.mark.parametrize(
    ("answers", "score"),
    [
        pytest.param({}, 0, id="nothing found"),
        pytest.param({"W4.a": 1}, 1, id="at least 1 where anything is touched"),
        pytest.param({"W4.a": 2, "W4.b": 1}, 1, id="3 of 10 is 1.2"),
        pytest.param({"W4.a": 2, "W4.b": 2}, 2, id="4 of 10 is 1.6"),
        pytest.param({"W4.a": 2, "W4.b": 2, "W4.c": 2}, 2, id="6 of 10 is 2.4"),
        pytest.param({"W4.a": 2, "W4.b": 2, "W4.c": 2, "W4.d": 2}, 3, id="8 of 10 is 3.2"),
        pytest.param({f"W4.{letter}": 2 for letter in "abcde"}, 4, id="all worked out"),
    ],
)
def test_an_element_is_scored_from_its_criteria(
    elements: tuple[ElementCriteria, ...], answers: dict[str, int], score: int
) -> None:
    assert score_element(elements[3], answers) == score


def test_halves_are_rounded_up(elements: tuple[ElementCriteria, ...]) -> None:
    assert score_element(elements[0], {"W1.a": 2, "W1.b": 1}) == 2  # 4 x 3 / 8 = 1.5
