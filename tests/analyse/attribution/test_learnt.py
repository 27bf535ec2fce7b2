from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from analyse.stages import get_scanner, load_rules
from builders import make_reading
from compliance.analyse.attribution import AttributionReader
from compliance.analyse.attribution.borrowed_features import describe_passages
from compliance.analyse.attribution.borrowed_model import (
    BorrowedModel,
    CloserLook,
    Decision,
    load_borrowed,
    save_borrowed,
)
from compliance.analyse.attribution.cues import SignReader
from compliance.analyse.attribution.learnt import CERTAIN, LearntAttribution
from compliance.analyse.context import outline_passages
from compliance.errors import ModelError
from compliance.guidelines.cues import OTHER
from compliance.records import EvidenceCode, Method, Reading

NATIONAL = "Tjenester utvikles slik at opplysninger deles mellom sektorene til beste for brukerne."
OWN = "Vi skal bygge nytt bibliotek på Storneset i 2027."
BY_RULES = "Kommunal sektor skal rydde i det som er lagret."
QUOTED = "«Alle som bor i landet, skal møte det offentlige ett sted og bare én gang.»"


def make_model(weights, *, bias=-4.0, threshold=0.5, copied=2.0) -> BorrowedModel:
    """Return a model that weighs these numbers; `copied` is the logit of every passage's being copied."""
    borrowed = Decision(weights, bias, 1.0, 0.0, threshold)
    return BorrowedModel(borrowed, Decision({}, copied, 1.0, 0.0, 0.5), "")


def judge(texts, model, *, municipality: str | None = "Nordvik"):
    reading = read(texts, municipality)
    rules = AttributionReader(load_rules(), get_scanner()).read(reading, outline_passages(reading.passages))
    return LearntAttribution(model, load_rules(), get_scanner()).judge(reading, rules)


def read(texts, municipality: str | None) -> Reading:
    return make_reading(texts, municipality=municipality)


def test_words_that_read_as_national_are_told_without_accusing() -> None:
    (found,) = judge([OWN, NATIONAL], make_model({"impersonal": 60.0}))
    assert (found.label, found.method, found.source) == ("copied", Method.MODEL, OTHER)
    assert found.score <= CERTAIN  # the report charges nobody below 1
    assert found.evidence[0].code is EvidenceCode.NATIONAL_VOICE
    assert found.features[0][0] == "impersonal"


def test_quoted_or_copied_is_a_decision_of_its_own() -> None:
    (found,) = judge([NATIONAL], make_model({"impersonal": 8.0}, copied=-2.0))
    assert found.label == "quoted"


def test_what_the_rules_find_stands_whatever_the_model_thinks() -> None:
    found = judge([OWN, BY_RULES, QUOTED], make_model({}, bias=-20.0))
    assert [each.method for each in found] == [Method.RULES, Method.RULES]


def test_in_a_national_bodys_own_document_the_model_says_nothing() -> None:
    assert not judge([NATIONAL], make_model({"impersonal": 60.0}), municipality=None)


def test_a_countys_or_regions_document_is_read_like_a_municipalitys() -> None:
    texts = ["Felles strategi for kommunene rundt fjorden", NATIONAL]
    assert judge(texts, make_model({"impersonal": 60.0}), municipality=None)


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        pytest.param([OWN], "names", id="place"),
        pytest.param([OWN], "figures", id="figure"),
        pytest.param([OWN], "own", id="own voice"),
        pytest.param([NATIONAL], "impersonal", id="nobody's voice"),
        pytest.param([NATIONAL], "word:_slik", id="function word"),
        pytest.param([NATIONAL, NATIONAL], "after:impersonal", id="neighbour"),
        pytest.param(["API: måten to systemer utveksler opplysninger på."], "term", id="list of terms"),
    ],
)
def test_what_is_seen_in_the_first_passage(texts, name) -> None:
    numbers = describe_passages(read(texts, "Nordvik"), {}, reader=SignReader(load_rules(), get_scanner()))
    assert numbers[0][name] > 0


class FlatEncoder:
    """Gives every text the same vector, and keeps what it was asked for."""

    revision, dimension = "flat-1", 2

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts, *, prefix):
        self.asked += texts
        return np.array([[1.0, 0.0]] * len(texts), dtype=np.float32)


def look_closer(texts, *, weight: float, encoder):
    """Judge by a model whose numbers leave NATIONAL open, and whose vectors weigh so much."""
    closer = CloserLook("flat", 0.3, 1.0, np.array([weight, 0.0], dtype=np.float32), 0.0, 0.5)
    model = replace(make_model({"impersonal": 3.5}), closer=closer)
    reading = read(texts, "Nordvik")
    rules = AttributionReader(load_rules(), get_scanner()).read(reading, outline_passages(reading.passages))
    return LearntAttribution(model, load_rules(), get_scanner(), encoder=encoder).judge(reading, rules)


@pytest.mark.parametrize(("weight", "found"), [(2.0, 1), (0.4, 0)], ids=["by its vector", "not by its vector"])
def test_what_the_numbers_leave_open_is_read_by_its_vector(weight, found) -> None:
    encoder = FlatEncoder()
    assert len(look_closer([OWN, NATIONAL], weight=weight, encoder=encoder)) == found
    assert encoder.asked == [NATIONAL]  # what the numbers leave out costs no reading


def test_what_the_rules_find_is_not_read_again() -> None:
    encoder = FlatEncoder()
    assert [each.method for each in look_closer([BY_RULES], weight=-9.0, encoder=encoder)] == [Method.RULES]
    assert encoder.asked == []


def test_vectors_of_another_encoder_are_refused() -> None:
    encoder = FlatEncoder()
    encoder.revision = "other-2"
    with pytest.raises(ModelError, match="flat"):
        look_closer([NATIONAL], weight=1.0, encoder=encoder)


def test_a_saved_closer_look_comes_back_the_same(tmp_path) -> None:
    closer = CloserLook("flat", 0.3, 1.25, np.array([0.5, -0.25], dtype=np.float32), -1.0, 0.5)
    save_borrowed(replace(make_model({}), closer=closer), tmp_path / "b.json")
    loaded = load_borrowed(tmp_path / "b.json")
    assert loaded.closer is not None
    assert loaded.threshold == 0.5
    vector = np.array([1.0, 2.0], dtype=np.float32)
    assert loaded.closer.predict(0.4, vector) == closer.predict(0.4, vector)


def test_a_saved_model_comes_back_the_same(tmp_path) -> None:
    model = make_model({"own": -1.5, "word:sektor": 0.25})
    save_borrowed(model, tmp_path / "b.json")
    loaded = load_borrowed(tmp_path / "b.json")
    assert (loaded.borrowed, loaded.copied) == (model.borrowed, model.copied)
    assert loaded.checksum


@pytest.mark.parametrize(
    ("numbers", "weighed", "probability"),
    [
        pytest.param({"a": 1.0}, 1.5, 0.9525741268224334, id="one number"),  # 1 / (1 + e^-(2 × 1.5))
        pytest.param({"a": 1.0, "b": 2.0}, 0.5, 0.7310585786300049, id="two"),
        pytest.param({"c": 9.0}, -0.5, 0.2689414213699951, id="one without a weight"),
        pytest.param({}, -0.5, 0.2689414213699951, id="none"),
        pytest.param({"a": 1e4}, 19999.5, 1.0, id="far beyond"),
        pytest.param({"a": -1e4}, -20000.5, pytest.approx(8.7565e-27, rel=1e-4), id="far below"),  # e^-60
    ],
)
def test_a_decision_weighs_numbers(numbers, weighed, probability) -> None:
    decision = Decision({"a": 2.0, "b": -0.5}, -0.5, 2.0, 0.0, 0.5)
    assert decision.weigh(numbers) == weighed
    assert decision.predict(numbers) == pytest.approx(probability)
    shifted = Decision({"a": 2.0, "b": -0.5}, -0.5, 2.0, 1.0, 0.5)
    assert shifted.predict({"b": 2.0}) == pytest.approx(0.11920292202211755)  # 2 × -1.5 + 1


def test_a_decision_is_explained_by_its_weightiest_numbers() -> None:
    decision = Decision({"a": 2.0, "b": -0.50004, "c": 4.0, "d": -2.0}, -0.5, 3.0, 1.0, 0.5)
    numbers = {"a": 1.0, "b": 1.0, "c": 1.0, "d": 1.0, "unknown": 7.0}
    assert decision.explain(numbers, most=3) == (("c", 12.0), ("a", 6.0), ("d", -6.0))
    assert decision.explain(numbers, most=9)[3:] == (("b", -1.5001),)


@pytest.mark.parametrize(
    ("bias", "found"), [(0.0, ["copied"]), (-0.01, [])], ids=["at the threshold", "just below it"]
)  # fmt: skip
def test_words_are_anothers_from_the_threshold_on(bias, found) -> None:
    model = BorrowedModel(Decision({}, bias, 1.0, 0.0, 0.5), Decision({}, 0.0, 1.0, 0.0, 0.5), "")
    assert [each.label for each in judge([NATIONAL], model)] == found


def test_a_finding_keeps_its_certainty_and_its_weightiest_numbers() -> None:
    words = ["word:_slik", "word:_at", "word:_mellom", "word:_til", "word:_av"]
    others = ["impersonal", "pair:_slik _at", "start:tjen", "length", "after:own", "rule_share"]
    weights = dict.fromkeys(words, 1.0) | dict.fromkeys(others, 2.0)
    (found,) = judge([NATIONAL, OWN], make_model(weights, bias=-5.0))
    total = 2.0 + 1.0 + 1.0 + 2 * 12 / 30 + 2.0 + 4 * 0.5 - 5.0
    assert found.score == round(1 / (1 + math.exp(-total)), 4)
    assert found.evidence[0].score == found.score
    assert [name for name, _ in found.features][:2] == ["after:own", "impersonal"]
    assert len(found.features) == 8


def test_cues_are_shown_and_own_words_speak_against() -> None:
    texts = ["Planen bygger på det de der ute definerer som orden, og det er vi glade for."]
    (found,) = judge(texts, make_model({}, bias=1.0))
    assert found.source == OTHER
    against = {each.reference: each.against for each in found.evidence[1:]}
    assert against == {"defines": False, "own_voice": True, "builds_on": True}
    document = read(texts, "Nordvik").document.text
    assert {document[each.start : each.end] for each in found.evidence[1:] if each.reference == "own_voice"} == {"vi"}


def test_a_named_source_is_the_findings() -> None:
    (found,) = judge(["Det er slik som Difi ser det, at alt som er lagret kan finnes."], make_model({}, bias=1.0))
    assert found.source == "difi"


@pytest.mark.parametrize("text", [None, "{", '{"borrowed": {}}', "[]"], ids=["missing", "cut", "incomplete", "list"])
def test_a_spoilt_model_is_told_of(tmp_path, text) -> None:
    if text is not None:
        (tmp_path / "b.json").write_text(text)
    with pytest.raises(ModelError, match="train-borrowed"):
        load_borrowed(tmp_path / "b.json")
