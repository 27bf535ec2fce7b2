"""The report's words: the languages say the same things, and write numbers as their readers do."""

import re
from importlib.resources import files
from string import Formatter

import pytest

from compliance.records import Attribution, Certainty, DocumentType, FurnitureKind, RejectionReason
from compliance.report.catalogue import LANGUAGES, load_catalogue
from compliance.report.views.actions import ActionKind
from compliance.report.views.elements import PLACES
from compliance.report.views.method import PARAGRAPHS
from compliance.report.views.steps import STEPS
from compliance.report.views.voice import Status

ENUMS = {
    "type": DocumentType,
    "noun": DocumentType,
    "certainty": Certainty,
    "rejection": RejectionReason,
    "status": Attribution,
    "actions.heading": Status,
}
COUNTED = {"furniture": FurnitureKind}
CALL = re.compile(r"\b(tn?)\('([\w.]+)'\s*[,)]")


def places(message: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(message) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_messages_and_places(language):
    expected, found = load_catalogue("nb").messages, load_catalogue(language).messages
    assert found.keys() == expected.keys()
    assert {key: places(text) for key, text in found.items()} == {key: places(text) for key, text in expected.items()}


@pytest.mark.parametrize(("prefix", "enum"), ENUMS.items(), ids=ENUMS)
def test_every_value_of_a_record_has_words(prefix, enum):
    messages = load_catalogue("nb").messages
    assert [value for value in enum if f"{prefix}.{value.value}" not in messages] == []


def test_every_action_and_remark_has_words():
    messages = load_catalogue("nb").messages
    wanted = {f"action.{kind.value}.what.other" for kind in ActionKind if kind is not ActionKind.STAND}
    wanted |= {f"{prefix}.{value.value}.other" for prefix, enum in COUNTED.items() for value in enum}
    wanted |= {f"layer.{place}" for place in PLACES} | {f"step.{step}" for step in STEPS}
    wanted |= {f"method.{name}.heading" for name in PARAGRAPHS}
    assert wanted <= messages.keys()


def test_every_message_that_a_template_asks_for_exists():
    messages = load_catalogue("nb").messages
    missing = []
    for template in files("compliance.report").joinpath("html", "templates").iterdir():
        for function, key in CALL.findall(template.read_text(encoding="utf-8")):
            wanted = [key] if function == "t" else [f"{key}.one", f"{key}.other"]
            missing += [name for name in wanted if name not in messages]
    assert missing == []


@pytest.mark.parametrize(
    ("language", "value", "decimals", "written"),
    [
        pytest.param("nb", 1234, 0, "1\u00a0234", id="norwegian-thousands"),
        pytest.param("nn", 12.5, 1, "12,5", id="norwegian-decimals"),
        pytest.param("en", 1234.5, 1, "1,234.5", id="english"),
    ],
)
def test_numbers_are_written_as_readers_do(language, value, decimals, written):
    assert load_catalogue(language).number(value, decimals=decimals) == written


@pytest.mark.parametrize(
    ("share", "written"),
    [
        pytest.param(0.034, "3,4\u00a0%", id="a decimal below ten"),
        pytest.param(0.125, "12\u00a0%", id="no decimal above"),
        pytest.param(0.0999, "10\u00a0%", id="rounds up to ten"),
        pytest.param(0.0, "0\u00a0%", id="nothing"),
        pytest.param(1.0, "100\u00a0%", id="all"),
    ],
)
def test_shares_are_written_as_per_cent(share, written):
    assert load_catalogue("nb").percent(share) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [("2019", "2019"), ("2019-05", "mai 2019"), ("2019-05-21", "21. mai 2019")],
    ids=["year", "month", "day"],
)
def test_dates_are_written_as_far_as_they_are_known(value, written):
    assert load_catalogue("nb").date(value) == written


@pytest.mark.parametrize(
    ("value", "written"), [("2019-2031", "2019–2031"), ("2025-2025", "2025")], ids=["years", "one year"]
)
def test_periods_are_written_as_years(value, written):
    assert load_catalogue("nb").period(value) == written


def test_one_and_many_have_their_own_words():
    texts = load_catalogue("nb")
    assert texts.count("elements.passages", 1) == "ett avsnitt"
    assert texts.count("elements.passages", 1200) == "1\u00a0200 avsnitt"
