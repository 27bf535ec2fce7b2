"""The report's words: the languages say the same things, and write numbers as their readers do."""

import re
from importlib.resources import files
from string import Formatter

import pytest

from compliance.guidelines.rules import load_rules
from compliance.records import (
    AttributeSource,
    DocumentType,
    EvidenceKind,
    FurnitureKind,
    Language,
    Level,
    RejectionReason,
    ReuseKind,
)
from compliance.report.catalogue import LANGUAGES, load_catalogue
from compliance.report.loans import NATIONAL_SOURCES, Origin, Standing
from compliance.report.reasons import UNTOLD
from compliance.report.signs import NAMED_SIGNS
from compliance.score.scores import ScoreRule

ENUMS = {
    "type": DocumentType,
    "language": Language,
    "level": Level,
    "rejection": RejectionReason,
    "kind": ReuseKind,
    "evidence.from": Standing,
    "portions": Standing,
    "furniture": FurnitureKind,
}
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


def test_every_reason_and_origin_has_words():
    messages = load_catalogue("nb").messages
    told = [kind for kind in EvidenceKind if kind not in UNTOLD]
    wanted = {f"reason.{kind.value}.{form}" for kind in told for form in ("words", "plain")}
    wanted |= {f"reason.embedding.{form}" for form in ("near", "like", "weak", "read", "doubted", "unread")}
    wanted |= {f"sign.{name}" for name in NAMED_SIGNS} | {
        f"source_name.{name}" for name in (*NATIONAL_SOURCES, "other", "others")
    }
    counted = [f"origin.{origin.value}" for origin in Origin] + [
        f"standing.{standing.value}" for standing in Standing if standing is not Standing.BOILERPLATE
    ]
    wanted |= {f"{key}.{form}" for key in counted for form in ("one", "other")}
    wanted |= {f"source.{source.value}.{form}" for source in AttributeSource for form in ("quote", "plain")}
    assert wanted <= messages.keys()


def test_every_scoring_rule_and_local_sign_has_words():
    messages = load_catalogue("nb").messages
    rules = load_rules()
    wanted = {f"rule.{rule.value}" for rule in ScoreRule} | {f"local.sign.{cue.id}" for cue in rules.local}
    assert wanted <= messages.keys()


def test_every_message_that_a_template_asks_for_exists():
    messages = load_catalogue("nb").messages
    missing = []
    for template in files("compliance.report").joinpath("templates").iterdir():
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
    assert texts.count("goals.more", 1) == "Vis ett avsnitt til"
    assert texts.count("goals.more", 1200) == "Vis 1\u00a0200 avsnitt til"
