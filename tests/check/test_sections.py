"""What a check says beyond the report, in the report's languages."""

from __future__ import annotations

import pytest

from builders import make_reading
from compliance.check.own_plans import Break, GoalChain, OtherPlan, OwnPlans
from compliance.check.peers import GoalAmongPeers, PeerPassage
from compliance.check.previous import VersionChanges
from compliance.check.sections import MAX_ROWS, Names, show_own_plans, show_peers, show_reminders, show_versions
from compliance.guidelines.reminders import load_reminders
from compliance.report.catalogue import LANGUAGES, load_catalogue

DRAFT = make_reading(["Kommunen skal dele data."], document_id="draft-00000000")
SOCIAL = make_reading(["Kommunen skal dele data med alle."], document_id="social-00000000", municipality="Hol")


@pytest.fixture(params=LANGUAGES)
def names(request):
    return Names(load_catalogue(request.param), {"EN2": "Deling av data"}, "utkastet")


def test_a_broken_chain_tells_goal_draft_other_plans_and_what_lacks(names):
    chain = GoalChain("EN2", 0, (OtherPlan(SOCIAL, 3, ("social-00000000:0000",)),), (), (Break.LEFT_OUT,))
    (section,) = show_own_plans(OwnPlans((SOCIAL,), (chain,), (), ()), DRAFT, names)
    ((goal, draft, others, lacks),) = section.rows
    assert goal == "EN2 Deling av data"
    assert (draft, others) == (names.step(0), f"{names.plan(SOCIAL)}: {names.step(3)}")
    assert lacks == names.texts.text("check.plans.break.left_out", noun="utkastet")


def test_a_whole_chain_is_no_row(names):
    (section,) = show_own_plans(OwnPlans((SOCIAL,), (GoalChain("EN2", 3, (), (), ()),), (), ()), DRAFT, names)
    assert section.rows == ()


def test_more_rows_than_a_page_holds_are_counted(names):
    chains = tuple(GoalChain(f"G{n}", 0, (), (), (Break.NO_MONEY,)) for n in range(MAX_ROWS + 2))
    (section,) = show_own_plans(OwnPlans((SOCIAL,), chains, (), ()), DRAFT, names)
    assert len(section.rows) == MAX_ROWS
    assert "2" in section.more


def test_peers_are_shown_for_what_the_draft_does_not_bind_itself_to(names):
    passage = PeerPassage(SOCIAL, "social-00000000:0000", 4)
    peers = [
        GoalAmongPeers("EN2", 2, speaking=3, binding=2, plans=4, passages=(passage,)),
        GoalAmongPeers("DA1", 3, speaking=3, binding=3, plans=4, passages=(passage,)),
        GoalAmongPeers("DA2", 0, speaking=0, binding=0, plans=4, passages=()),
    ]
    (row,) = show_peers(peers, names).rows
    assert row[0] == "EN2 Deling av data"
    assert row[3].startswith("Hol, ")
    assert "«Kommunen skal dele data med alle.»" in row[3]


def test_versions_that_say_the_same_have_no_goals_that_changed(names):
    assert show_versions(VersionChanges((), ()), names).rows == ()


def test_a_reminder_names_its_law_and_paragraph(names):
    section = show_reminders(load_reminders()[:1], names)
    assert section.rows[0][0] == "plan- og bygningsloven § 3-1"
