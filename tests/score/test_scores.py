"""Scores follow from levels, never from copied words alone, and never fall when there is more to read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import make_reading
from compliance.config import ScoreConfig
from compliance.guidelines.sets import GuidelineSet
from compliance.records import (
    Attribution,
    Evidence,
    EvidenceKind,
    Finding,
    Level,
    Reading,
    ReuseKind,
    ReuseSpan,
    Score,
    ScoreSubject,
    SourceKind,
    Task,
)
from compliance.score.scores import ELEMENTS, ScoreRule, score_documents

BOTH = {"nb": "tekst", "nn": "tekst"}
GOALS = [
    {"id": goal, "title": BOTH, "statement": BOTH, "terms": {"strong": {"common": ["ord"]}}, "not_counted": BOTH}
    for goal in ("G1", "G2")
]
GUIDELINES = (
    GuidelineSet.model_validate(
        {
            "id": "prove",
            "edition": "2025",
            "document": "Prøve",
            "publisher": "Oss",
            "url": "https://example.no/prove",
            "valid_from": date(2025, 1, 1),
            "goals": GOALS,
        }
    ),
)
DOCS = Path(__file__).resolve().parents[2] / "docs" / "scoring.md"

Said = tuple[Level, bool]  # a passage's level, and whether its words are copied


def make_plan(said: list[Said]) -> tuple[Reading, list[Finding], list[ReuseSpan]]:
    """Build a plan in which every passage speaks for G1."""
    reading = make_reading(["Tjue tegn med tekst."] * len(said))
    findings: list[Finding] = []
    spans: list[ReuseSpan] = []
    for passage, (level, copied) in zip(reading.passages, said, strict=True):
        goal = Finding(passage.document_id, passage.id, Task.GOALS, "G1", 0.9, ())
        findings += [goal, replace(goal, task=Task.LEVEL, label=level)]
        if copied:
            spans.append(make_span(reading, passage.index, covered=len(passage.text)))
    return reading, findings, spans


def make_span(
    reading: Reading, index: int, *, covered: int, begin: int = 0, kind: SourceKind = SourceKind.GUIDELINE
) -> ReuseSpan:
    passage = reading.passages[index]
    start, end = passage.start + begin, passage.start + begin + covered
    return ReuseSpan(
        document_id=passage.document_id,
        passage_id=passage.id,
        start=start,
        end=end,
        source_kind=kind,
        source_id="prove:G1",
        source_name="Prøve",
        source_start=0,
        source_end=covered,
        source_text=passage.text[:covered],
        source_page=None,
        kind=ReuseKind.VERBATIM,
        attribution=Attribution.QUOTED,
        similarity=1.0,
        boilerplate=False,
        evidence=(),
    )


def score_goal(said: list[Said]) -> Score:
    reading, findings, spans = make_plan(said)
    return score(reading, findings, spans)


def score(reading: Reading, findings: list[Finding], spans: list[ReuseSpan]) -> Score:
    scores = score_documents(
        [reading], findings=findings, reuse_spans=spans, guidelines=GUIDELINES, config=ScoreConfig()
    )
    return scores[0]


@pytest.mark.parametrize(
    ("level", "value", "rule"),
    [
        (Level.NONE, 1, ScoreRule.NAMED),
        (Level.BACKGROUND, 2, ScoreRule.DESCRIBED),
        (Level.INTENTION, 2, ScoreRule.DESCRIBED),
        (Level.COMMITMENT, 3, ScoreRule.COMMITTED),
        (Level.CONCRETE, 4, ScoreRule.CONCRETE),
    ],
)
def test_level_decides_the_value(level: Level, value: int, rule: ScoreRule) -> None:
    given_score = score_goal([(level, False)])
    assert (given_score.value, given_score.rule) == (value, rule)


def test_goals_and_elements_that_are_missing_score_0() -> None:
    reading = make_reading(["Vann og avløp."])
    scores = score_documents([reading], findings=(), reuse_spans=(), guidelines=GUIDELINES, config=ScoreConfig())
    assert [each.label for each in scores] == ["G1", "G2", *ELEMENTS]
    assert {each.subject for each in scores[:2]} == {ScoreSubject.GOAL}
    assert all((each.value, each.rule, each.passage_ids) == (0, ScoreRule.NOT_MENTIONED, ()) for each in scores)


def test_copied_words_only_mention() -> None:
    copied = score_goal([(Level.CONCRETE, True)])
    assert (copied.value, copied.rule) == (1, ScoreRule.COPIED)


def test_own_words_beside_copied_ones_count() -> None:
    assert score_goal([(Level.CONCRETE, True), (Level.COMMITMENT, False)]).value == 3


def test_a_short_quote_does_not_make_a_passage_copied() -> None:
    reading, findings, _ = make_plan([(Level.COMMITMENT, False)])
    assert score(reading, findings, [make_span(reading, 0, covered=9)]).value == 3


def test_overlapping_spans_are_counted_once() -> None:
    reading, findings, _ = make_plan([(Level.COMMITMENT, False)])
    spans = [make_span(reading, 0, covered=9), make_span(reading, 0, covered=9)]
    assert score(reading, findings, spans).value == 3
    assert score(reading, findings, [*spans, make_span(reading, 0, begin=9, covered=5)]).value == 1


def test_wording_shared_with_another_municipality_does_not_hold_down() -> None:
    reading, findings, _ = make_plan([(Level.COMMITMENT, False)])
    shared = make_span(reading, 0, covered=20, kind=SourceKind.MUNICIPALITY)
    assert score(reading, findings, [shared]).value == 3


def test_passages_come_strongest_first() -> None:
    reading, findings, spans = make_plan([(Level.NONE, False), (Level.CONCRETE, False), (Level.CONCRETE, True)])
    ids = [passage.id for passage in reading.passages]
    assert score(reading, findings, spans).passage_ids == (ids[1], ids[0], ids[2])


def test_other_documents_do_not_count() -> None:
    reading, findings, spans = make_plan([(Level.CONCRETE, False)])
    other = make_reading(["Noe annet."], document_id="annen-11111111")
    scores = score_documents(
        [other, reading], findings=findings, reuse_spans=spans, guidelines=GUIDELINES, config=ScoreConfig()
    )
    assert [each.value for each in scores if each.label == "G1"] == [0, 4]


said = st.tuples(st.sampled_from(list(Level)), st.booleans())


@given(st.lists(said, max_size=6), said)
def test_adding_a_passage_never_lowers_a_score(before: list[Said], added: Said) -> None:
    assert score_goal([*before, added]).value >= score_goal(before).value


@given(st.lists(said, max_size=6), st.sampled_from(list(Level)))
def test_adding_copies_never_lifts_a_score_above_1(before: list[Said], level: Level) -> None:
    assert score_goal([*before, (level, True)]).value <= max(1, score_goal(before).value)


@given(st.lists(said, max_size=6), st.integers(2, 4))
def test_more_of_the_same_leaves_a_score_as_it_is(passages: list[Said], times: int) -> None:
    assert score_goal(passages * times).value == score_goal(passages).value


@pytest.mark.parametrize("rule", list(ScoreRule))
def test_rule_is_documented(rule: ScoreRule) -> None:
    assert f"`{rule}`" in DOCS.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("evidence", "value"),
    [
        pytest.param((Evidence(EvidenceKind.HEADING, "KS' strategi", 0.7),), 1, id="all of it"),
        pytest.param((Evidence(EvidenceKind.WORDING, "ks:KS5", 1.0, 0, 8),), 3, id="a stretch that its span measures"),
    ],
)
def test_passage_in_anothers_words_is_copied(evidence: tuple[Evidence, ...], value: int) -> None:
    reading, findings, spans = make_plan([(Level.COMMITMENT, False)])
    (passage,) = reading.passages
    findings.append(Finding(passage.document_id, passage.id, Task.ATTRIBUTION, "quoted", 0.7, evidence))
    scores = score_documents(
        [reading], findings=findings, reuse_spans=spans, guidelines=GUIDELINES, config=ScoreConfig()
    )
    assert next(score for score in scores if score.label == "G1").value == value


@pytest.mark.parametrize("task", [Task.REVIEW, Task.LOCAL])
def test_only_findings_of_goals_and_elements_give_points(task: Task) -> None:
    reading, findings, spans = make_plan([(Level.CONCRETE, False)])
    others = [replace(finding, task=task) if finding.task is Task.GOALS else finding for finding in findings]
    assert score(reading, others, spans).value == 0
    assert score(reading, [*findings, *others], spans).value == 4
    assert len(score(reading, [*findings, *others], spans).passage_ids) == 1
