from __future__ import annotations

from dataclasses import replace

import pytest

from compliance.guidelines.criteria import load_criteria
from compliance.records import Finding, Level, Measure, Stance, Task
from compliance.score.documents import assess_document
from compliance.score.evidence import DocumentEvidence
from compliance.score.meaning import NO_DIRECTIONS
from compliance.score.model import ScoreModel, parse_score_model
from compliance.score.support import make_support
from compliance.score.touch import NUMBERS, Candidate, Offer
from compliance.train.document_scores import ScoredDocument, assess_held_out, fit_documents
from compliance.train.touch import Answer

STANCES = {0: None, 2: Stance.WISHED, 3: Stance.BINDING, 4: Stance.DONE}
LEVELS = {2: Level.INTENTION, 3: Level.COMMITMENT, 4: Level.CONCRETE}


def make_document(number: int, value: int) -> ScoredDocument:
    """Build a document whose only passage speaks for G1 as a reader's value says, and touches W1.a where it is 4."""
    name, stance = f"d{number}", STANCES[value]
    offers: dict[str, Offer] = {}
    for label, found in (("G1", {"surely": 3.0}), ("W1.a", {"strong": float(value == 4)})):
        if stance:
            clause = Measure(name, "p", label, 0, 9, stance, (), copied=False, value=value)
            level = Finding(name, "p", Task.LEVEL, LEVELS[value], 0.9, ())
            support = make_support(("p", 0.95), [clause], level, copied=False)
            known = {"found": 1.0, **found}
            offers[label] = Offer({label: [Candidate(support, tuple(known.get(each, 0.0) for each in NUMBERS))]})
    listed = ("p",) if value else ()
    answer = Answer(2, listed) if value == 4 else Answer(0, ())
    evidence = DocumentEvidence(name, offers.get("G1", Offer({})), offers.get("W1.a", Offer({})))
    return ScoredDocument(name, evidence, {"G1": Answer(value, listed)}, {"W1.a": answer})


@pytest.fixture(scope="module")
def documents() -> list[ScoredDocument]:
    return [make_document(number, value) for number, value in enumerate((0, 2, 3, 4) * 12)]


@pytest.fixture(scope="module")
def elements():
    return load_criteria()[:1]


@pytest.fixture(scope="module")
def model(documents, elements):
    return fit_documents(documents, elements=elements)[0]


@pytest.mark.parametrize("value", [0, 2, 3, 4])
def test_what_documents_show_is_learnt(model, elements, value) -> None:
    document = make_document(99, value)
    found = assess_document(document.evidence, goals=("G1",), elements=elements, model=model)
    assert found.scores[0].value == value
    assert {each.criterion: each.value for each in found.criteria}["W1.a"] == document.criteria["W1.a"].value


def test_a_model_read_from_its_file_says_the_same(model, elements) -> None:
    document = make_document(99, 3)
    again = parse_score_model(ScoreModel(NO_DIRECTIONS, model, model).to_json()).read
    said, repeated = (
        assess_document(document.evidence, goals=("G1",), elements=elements, model=each).scores[0]
        for each in (model, again)
    )
    assert repeated.value == said.value
    assert repeated.at_least == pytest.approx(said.at_least, abs=0.01)


def test_a_model_of_other_signs_is_refused(model) -> None:
    with pytest.raises(ValueError, match="andre tegn"):
        parse_score_model({**ScoreModel(NO_DIRECTIONS, model, model).to_json(), "signs": ["another"]})


def test_goals_are_also_learnt_from_documents_of_a_kind_that_no_reader_has_scored(documents, elements) -> None:
    def analysis(number: int, value: int) -> ScoredDocument:
        made = make_document(number, 3)  # binding words, which bind nobody here
        evidence = replace(made.evidence, kind=(0.0, 1.0), criteria=Offer({}))
        return replace(made, evidence=evidence, goals={"G1": Answer(value, ("p",))}, criteria={})

    model, _ = fit_documents(documents, elements=elements, also=[analysis(100 + each, 2) for each in range(12)])
    said = {
        each.evidence.kind: assess_document(each.evidence, goals=("G1",), elements=elements, model=model).scores[0]
        for each in (analysis(1, 2), make_document(2, 3))
    }
    assert {kind: score.value for kind, score in said.items()} == {(0.0, 1.0): 2, (0.0, 0.0): 3}


def test_every_document_is_held_out_once(documents, elements) -> None:
    odd = replace(documents[0], goals={"G1": Answer(4, ())})  # as no other document without a passage
    found = {each.name: said for each, said in assess_held_out([odd, *documents[1:]], elements=elements)}
    assert len(found) == len(documents)
    assert found["d0"].scores[0].value == 0
