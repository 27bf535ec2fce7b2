"""Loans: what two analysers say of the same words, joined so that nobody is accused who names a source."""

from dataclasses import replace

import pytest

from compliance.records import (
    Attribution,
    Evidence,
    EvidenceCode,
    EvidenceKind,
    Finding,
    ReuseKind,
    SourceKind,
    Task,
)
from compliance.report.loans import Origin, Standing, collect_loans, collect_reworked
from compliance.report.material import collect_material

PASSAGE = "granvik-1a2b3c4d:0006"


def judge(label: str, *, source: str = "ks", score: float = 1.0, evidence: tuple[Evidence, ...] = ()) -> Finding:
    return Finding("granvik-1a2b3c4d", PASSAGE, Task.ATTRIBUTION, label, score, evidence, source=source)


@pytest.fixture
def collect(results):
    def collect_from(*, spans=(), findings=()):
        changed = replace(results, reuse_spans=tuple(spans), findings=tuple(findings))
        return collect_loans(collect_material(changed)[0])

    return collect_from


@pytest.fixture
def goal_span(results):
    return results.reuse_spans[2]


@pytest.mark.parametrize(
    ("span", "finding", "standing"),
    [
        pytest.param("unattributed", "quoted", Standing.QUOTED, id="the heading names the source"),
        pytest.param("quoted", "copied", Standing.QUOTED, id="the span's own signs name it"),
        pytest.param("uncertain", "copied", Standing.UNCERTAIN, id="uncertain stays so"),
        pytest.param("unattributed", "copied", Standing.UNATTRIBUTED, id="nobody names it"),
    ],
)
def test_milder_judgement_holds(collect, goal_span, span, finding, standing):
    loans = collect(spans=[replace(goal_span, attribution=Attribution(span))], findings=[judge(finding)])
    assert [loan.standing for loan in loans] == [standing]


def test_copying_told_by_the_text_alone_is_never_certain(collect):
    assert [loan.standing for loan in collect(findings=[judge("copied", score=0.7)])] == [Standing.UNCERTAIN]


@pytest.mark.parametrize(
    ("source", "origin"), [("difi", Origin.NATIONAL), ("eget", Origin.NATIONAL), ("other", Origin.OTHER)]
)
def test_passage_without_a_span_is_placed_by_its_source(collect, source, origin):
    assert [loan.origin for loan in collect(findings=[judge("quoted", source=source)])] == [origin]


def test_quotation_is_the_words_between_the_marks(collect, granvik):
    start = granvik.passages[6].start
    marks = Evidence(EvidenceKind.RULE, "", 1.0, start + 5, start + 30, code=EvidenceCode.QUOTATION)
    assert collect(findings=[judge("quoted", evidence=(marks,))])[0].ranges == ((start + 5, start + 30),)


def test_fingerprints_in_one_passage_are_one_loan(collect, goal_span):
    first = replace(goal_span, source_text="", end=goal_span.start + 20)
    second = replace(first, start=goal_span.start + 30, end=goal_span.start + 50, source_id="prove:P1")
    loans = collect(spans=[first, second])
    assert [len(loan.spans) for loan in loans] == [2]
    assert not loans[0].has_wording


def test_wording_at_hand_stands_before_a_fingerprint_of_the_same(collect, goal_span):
    known = replace(goal_span, source_text="")
    held = replace(goal_span, source_kind=SourceKind.REFERENCE, source_id="ref")
    assert collect(spans=[known, held])[0].spans[0].source_id == "ref"


def test_boilerplate_and_reworked_are_no_loans(results, goal_span):
    common, reworked = replace(goal_span, boilerplate=True), replace(goal_span, kind=ReuseKind.REWORKED)
    material = collect_material(replace(results, reuse_spans=(common, reworked), findings=()))[0]
    assert [loan.standing for loan in collect_loans(material)] == [Standing.BOILERPLATE]
    assert [loan.spans[0].kind for loan in collect_reworked(material)] == [ReuseKind.REWORKED]
