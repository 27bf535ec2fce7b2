"""What is loaded for an analysis, and what its results depend on."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date

import pytest

from builders import make_reading
from compliance.analyse.classification.model import HEADS, RULES
from compliance.config import Config, GuidelinesConfig, override
from compliance.records import Attribute, AttributeSource
from compliance.resources import Resources, document_dates

RULES_ALONE = override(Config(), {"analyse.judgement_folder": "rules"})


def read_dated(name: str, adopted: str):
    reading = make_reading(["Vi skal."], document_id=name)
    object.__setattr__(reading.profile, "adopted", Attribute(adopted, AttributeSource.TEXT, adopted))
    return reading


def test_documents_of_one_time_are_held_against_the_sets_of_that_time_together() -> None:
    old, late, young = (read_dated(name, day) for name, day in [("a-1", "2018"), ("b-1", "2018"), ("c-1", "2026")])
    groups = list(Resources(Config()).group_by_guidelines([old, young, late]))
    assert sorted([each.document.id for each in group] for _, group in groups) == [["a-1", "b-1"], ["c-1"]]
    for sets, group in groups:
        assert sets == Resources(Config()).guidelines_for(group[0].profile)


def test_named_sets_are_the_only_ones() -> None:
    resources = Resources(Config(guidelines=GuidelinesConfig(sets=("ks",))))
    assert [each.id for each in resources.guidelines_for(read_dated("a-1", "2018").profile)] == ["ks"]


def test_other_weights_make_other_results(tmp_path) -> None:
    class NoEncoder:
        revision = "none"

    def hash_with(folder) -> str:
        resources = Resources(override(Config(), {"analyse.judgement_folder": folder}))
        resources.__dict__["encoder"] = NoEncoder()
        return resources.settings_sha256

    same, other = tmp_path / "same", tmp_path / "other"
    for folder in (same, other):
        shutil.copytree(RULES, folder)
    text = (other / HEADS).read_text(encoding="utf-8")
    (other / HEADS).write_text(text.replace("4.4", "4.5"), encoding="utf-8")
    assert hash_with(same) == hash_with("rules") != hash_with(other)


@pytest.mark.parametrize(
    ("adopted", "dates"),
    [pytest.param("2018", (date(2018, 1, 1),), id="year"), pytest.param("2018-05-21", (date(2018, 5, 21),), id="day")],
)
def test_a_document_speaks_from_its_adoption(adopted, dates) -> None:
    assert document_dates(read_dated("a-1", adopted).profile) == dates


class NamedEncoder:
    def __init__(self, revision: str) -> None:
        self.revision = revision


@pytest.mark.parametrize(
    ("revision", "kept"),
    [
        pytest.param("{}/int8", True, id="the encoder that scores were learnt with"),
        pytest.param("another/int8", False, id="another encoder"),
    ],
)
def test_meanings_are_kept_only_of_the_encoder_that_scores_were_learnt_with(revision, kept) -> None:
    resources = Resources(Config())
    encoder = NamedEncoder(revision.format(resources.score_model.directions.encoder))
    resources.__dict__["models"] = replace(Resources(RULES_ALONE).models, encoder=encoder)
    assert (resources.directions is not None) is kept


def test_nothing_is_kept_of_meanings_by_rules_alone() -> None:
    assert Resources(RULES_ALONE).directions is None
