"""What a municipality has of a strategy on a day, by documents, by what documents say, and by a person."""

from __future__ import annotations

from datetime import date

import pytest

from compliance.records import Evidence, EvidenceKind, Fact
from compliance.records.study import InventoryState, StrategyStatus, StudyDocument
from compliance.study.corpus.manifest import ManifestRow
from compliance.study.documents import judge_state
from compliance.study.status import Material, judge_strategy

DAY = date(2020, 9, 30)


def make_document(
    kind: str, *, status: str = "adopted", period: str | None = None, title: str = "Plan"
) -> StudyDocument:
    state = judge_state(status, period, None, as_of=DAY)
    return StudyDocument("d-" + kind, "1106", kind, title, "fil.pdf", status, period, None, state, 100, None)


def make_fact(field: str, value: str, *, score: float = 0.8) -> Fact:
    return Fact("d-temaplan", "d-temaplan:0001", field, value, (Evidence(EvidenceKind.RULE, "cue", score, 0, 4),))


def make_row(status: str) -> ManifestRow:
    return ManifestRow({"municipality_number": "1106", "type": "digitaliseringsstrategi", "status": status})


STRATEGY = "digitaliseringsstrategi"
OTHER = make_document("temaplan", period="2018-2022")
SAYS_NONE = make_fact("strategy_status", "none")
SAYS_MAKING = make_fact("strategy_status", "in_progress")


@pytest.mark.parametrize(
    ("documents", "facts", "rows", "expected"),
    [
        pytest.param([make_document(STRATEGY, period="2018-2021")], [], [], StrategyStatus.VALID, id="in force"),
        pytest.param([make_document("ikt_strategi", period="2018-2021")], [], [], StrategyStatus.VALID, id="ikt"),
        pytest.param([make_document(STRATEGY)], [], [], StrategyStatus.VALID, id="no period"),
        pytest.param([make_document(STRATEGY, period="2015-2019")], [], [], StrategyStatus.EXPIRED, id="ended"),
        pytest.param(
            [make_document(STRATEGY, status="draft", period="2021-2024")], [], [], StrategyStatus.DRAFT, id="draft"
        ),
        # A new one that is being made is news of a strategy that has ended.
        pytest.param(
            [make_document(STRATEGY, period="2015-2019"), OTHER], [SAYS_MAKING], [], StrategyStatus.UNDER_WAY, id="new"
        ),
        pytest.param([OTHER], [SAYS_NONE], [], StrategyStatus.NONE, id="denied"),
        pytest.param([OTHER], [SAYS_NONE, SAYS_MAKING], [], StrategyStatus.UNDER_WAY, id="none but being made"),
        pytest.param([OTHER], [], [], StrategyStatus.NOT_FOUND, id="nothing is not no"),
        # «Digitaliseringsstrategien» named in passing does not say that it is in force.
        pytest.param(
            [OTHER], [make_fact("strategy_status", "adopted", score=0.3)], [], StrategyStatus.NOT_FOUND, id="mention"
        ),
        pytest.param([], [], [make_row("ikke svart")], StrategyStatus.NOT_FOUND, id="no answer"),
        pytest.param([], [], [make_row("finnes ikke")], StrategyStatus.NONE, id="a person says none"),
        pytest.param([OTHER], [SAYS_NONE], [make_row("under arbeid")], StrategyStatus.UNDER_WAY, id="a person knows"),
    ],
)
def test_status_on_the_day(documents, facts, rows, expected):
    material = Material("1106", documents, {"d-temaplan": facts}, rows, None)
    assert judge_strategy(material, as_of=DAY).status is expected


@pytest.mark.parametrize(
    ("status", "period", "adopted", "expected"),
    [
        pytest.param("adopted", "2021-2024", "2020-12-10", InventoryState.LATER, id="adopted after the day"),
        pytest.param("", "2021-2024", None, InventoryState.LATER, id="begins after the day"),
        pytest.param("adopted", "2021-2024", "2020-06-16", InventoryState.HELD, id="adopted, not begun"),
        pytest.param("draft", "2021-2024", None, InventoryState.DRAFT, id="draft of next year's"),
        pytest.param("draft", "2026-2029", None, InventoryState.LATER, id="draft of a far year"),
    ],
)
def test_what_counts_on_the_day(status, period, adopted, expected):
    assert judge_state(status, period, adopted, as_of=DAY) is expected


def test_a_plan_that_is_digital_by_its_title_is_no_strategy_but_is_named():
    smart = make_document("temaplan", period="2018-2022", title="Program for smart kommune")
    state = judge_strategy(Material("1106", [smart], {}, [], None), as_of=DAY)
    assert (state.status, state.equivalent) == (StrategyStatus.NOT_FOUND, "d-temaplan")
    school = make_document("temaplan", period="2018-2022", title="Digital skole")
    assert judge_strategy(Material("1106", [school], {}, [], None), as_of=DAY).equivalent is None
