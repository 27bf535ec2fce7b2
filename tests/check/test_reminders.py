"""Reminders of law: by kind of plan, silent where the text speaks of the matter."""

from __future__ import annotations

import pytest

from builders import make_reading
from compliance.check.reminders import find_reminders
from compliance.guidelines.reminders import load_reminders
from compliance.records import DocumentType


@pytest.fixture(scope="session")
def reminders():
    return load_reminders()


def remind(text, kind, reminders):
    return {each.id for each in find_reminders(make_reading([text], document_type=kind), reminders)}


@pytest.mark.parametrize(
    "kind", [DocumentType.DIGITALISERINGSSTRATEGI, DocumentType.IKT_STRATEGI, DocumentType.TEMAPLAN]
)
def test_a_strategy_is_no_plan_under_the_planning_act(kind, reminders):
    assert remind("Kommunen skal dele data.", kind, reminders) == set()


def test_samfunnsdel_without_an_action_programme_is_reminded_of_it(reminders):
    assert "pbl_11_1" in remind("Vi vil at flere flytter hit.", DocumentType.SAMFUNNSDEL, reminders)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Handlingsdelen viser tiltakene de neste fire årene.", id="named"),
        pytest.param("Planen følgjast opp i handlings- og økonomiplanen.", id="nynorsk"),
    ],
)
def test_samfunnsdel_with_an_action_programme_is_not(text, reminders):
    assert "pbl_11_1" not in remind(text, DocumentType.SAMFUNNSDEL, reminders)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        pytest.param(DocumentType.PLANSTRATEGI, {"pbl_10_1"}, id="planning strategy"),
        pytest.param(DocumentType.PLANPROGRAM, {"pbl_5_1", "pbl_4_1"}, id="planning programme"),
        pytest.param(DocumentType.ARSBUDSJETT, {"koml_14_2"}, id="budget"),
        pytest.param(DocumentType.OKONOMIPLAN, {"pbl_11_3", "koml_14_2"}, id="financial plan"),
    ],
)
def test_each_kind_of_plan_has_its_own(kind, expected, reminders):
    assert remind("Her står ingenting om saken.", kind, reminders) == expected


def test_every_reminder_tells_its_paragraph_in_three_languages(reminders):
    assert all(
        each.text.nb and each.text.nn and each.text.en and each.url.endswith(each.paragraph.replace(" ", ""))
        for each in reminders
    )
