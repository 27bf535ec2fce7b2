from __future__ import annotations

import pytest

from analyse.classification.models import ENCODER, NAMES, OBSERVER, make_model
from builders import make_reading
from compliance.analyse.classification.analyser import ClassificationAnalyser, UncertaintyBand
from compliance.analyse.observation.elements import MAX_ELEMENTS
from compliance.records import (
    BlockKind,
    EvidenceKind,
    Task,
)

SECURITY = "Informasjonssikkerhet og personvern skal ivaretas med internkontroll i alle digitale løsninger."
ROADS = "Kommunen bygger ny bru over elva."
READING = make_reading([(BlockKind.HEADING, "Sikkerhet"), SECURITY, ROADS])
MODEL = make_model(OBSERVER.observe(READING))


def judge(reading=READING, *, doubt=(0.0, 0.0), goals=frozenset(NAMES.goals)):
    analyser = ClassificationAnalyser(MODEL, OBSERVER, ENCODER, doubt=UncertaintyBand(*doubt), goals=goals)
    return list(analyser.analyse([reading]))


def test_every_passage_gets_one_level_and_at_most_three_elements() -> None:
    found = judge()
    for passage in READING.passages:
        own = [finding for finding in found if finding.passage_id == passage.id]
        assert sum(finding.task is Task.LEVEL for finding in own) == 1
        assert sum(finding.task is Task.ELEMENTS for finding in own) <= MAX_ELEMENTS


def test_findings_come_in_the_order_of_the_passages() -> None:
    order = [finding.passage_id for finding in judge()]
    assert order == sorted(order)


def test_a_goal_comes_with_its_words_its_likeness_and_what_it_was_made_of() -> None:
    (finding,) = [each for each in judge() if each.task is Task.GOALS and each.label == "DA5"]
    kinds = {item.kind for item in finding.evidence}
    assert {EvidenceKind.TERM, EvidenceKind.EXAMPLE, EvidenceKind.EMBEDDING} <= kinds
    assert next(item.reference for item in finding.evidence if item.kind is EvidenceKind.EXAMPLE) == "plan#p2"
    assert finding.features[0][0] == "terms"
    for item in finding.evidence:
        if item.start is not None:
            assert READING.document.text[item.start : item.end]


def test_a_goal_of_a_set_that_is_not_in_use_is_not_given() -> None:
    labels = {each.label for each in judge(goals=frozenset({"KS5.1"})) if each.task is Task.GOALS}
    assert labels == {"KS5.1"}


@pytest.mark.parametrize(
    ("low", "high", "listed"),
    [
        pytest.param(0.0, 0.0, False, id="nothing-is-doubtful"),
        pytest.param(0.5, 1.0, True, id="what-lies-between-is-for-a-reader"),
    ],
)
def test_what_is_too_close_to_call_is_also_for_a_reader(low, high, listed) -> None:
    found = judge(doubt=(low, high))
    assert any(each.task is Task.REVIEW and each.label == "DA5" for each in found) is listed
    assert any(each.task is Task.GOALS and each.label == "DA5" for each in found)


def test_a_level_that_the_words_do_not_give_has_them_against_it() -> None:
    (level,) = [each for each in judge() if each.task is Task.LEVEL and each.passage_id == READING.passages[1].id]
    assert level.label == "commitment"
    assert not any(item.against for item in level.evidence)


def test_a_document_without_passages_has_no_findings() -> None:
    assert judge(make_reading([])) == []
