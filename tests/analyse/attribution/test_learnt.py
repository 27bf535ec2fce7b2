from __future__ import annotations

import pytest

from analyse.stages import get_scanner, load_rules
from builders import make_reading
from compliance.analyse.attribution import AttributionReader
from compliance.analyse.attribution.borrowed_features import describe_passages
from compliance.analyse.attribution.borrowed_model import BorrowedModel, Decision, load_borrowed, save_borrowed
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


def test_a_saved_model_comes_back_the_same(tmp_path) -> None:
    model = make_model({"own": -1.5, "word:sektor": 0.25})
    save_borrowed(model.borrowed, model.copied, tmp_path / "b.json")
    loaded = load_borrowed(tmp_path / "b.json")
    assert (loaded.borrowed, loaded.copied) == (model.borrowed, model.copied)
    assert loaded.checksum


@pytest.mark.parametrize("text", [None, "{", '{"borrowed": {}}', "[]"], ids=["missing", "cut", "incomplete", "list"])
def test_a_spoilt_model_is_told_of(tmp_path, text) -> None:
    if text is not None:
        (tmp_path / "b.json").write_text(text)
    with pytest.raises(ModelError, match="train-borrowed"):
        load_borrowed(tmp_path / "b.json")
