"""Rule files: what ships, what a user's folder adds, how errors are told, and what the patterns catch."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

import pytest

from compliance.errors import GuidelineError, SettingsError
from compliance.guidelines import Rules, find_data_folder, load_rules
from compliance.guidelines.criteria import CRITERIA_FILE
from compliance.guidelines.cues import Cue, Funding, SectorPlan, StrategyStatus
from compliance.guidelines.findings import FINDINGS_FILE
from compliance.guidelines.rules import RULE_FILES
from compliance.guidelines.study_rules import STUDY_FILE
from compliance.guidelines.themes import THEMES_FILE
from compliance.records import Language
from guideline_files import MONEY

OTHERS = {THEMES_FILE, CRITERIA_FILE, STUDY_FILE, FINDINGS_FILE}  # files in the folder with a format of their own


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load_rules()


def find(cues: Iterable[Cue], text: str) -> set[str]:
    """Return the ids of the cues with a pattern in the text."""
    return {cue.id for cue in cues if any(pattern.compiled.search(text) for pattern in cue.patterns)}


def test_every_rule_file_has_a_field_and_every_field_a_file() -> None:
    assert {path.stem for path in find_data_folder("rules").glob("*.yaml")} == RULE_FILES | OTHERS


def test_the_elements_are_w1_to_w12(rules: Rules) -> None:
    assert [cue.id for cue in rules.elements] == [f"W{number}" for number in range(1, 13)]


@pytest.mark.parametrize("file", sorted(RULE_FILES))
def test_every_cue_serves_bokmal_and_nynorsk(rules: Rules, file: str) -> None:
    for cue in getattr(rules, file):
        for language in (Language.NB, Language.NN):
            assert any(item.written_in(language) for item in (*cue.terms, *cue.patterns)), cue.id


@pytest.mark.parametrize(
    ("file", "field", "wanted"),
    [
        pytest.param("sector_plans", "plan", SectorPlan, id="sector plans"),
        pytest.param("funding", "funding", Funding, id="funding"),
        pytest.param("strategy_status", "status", StrategyStatus, id="status"),
    ],
)
def test_every_value_of_a_fact_has_a_cue(rules: Rules, file: str, field: str, wanted: type[StrEnum]) -> None:
    assert {getattr(cue, field) for cue in getattr(rules, file)} == set(wanted)


@pytest.mark.parametrize(
    ("file", "text", "cue_id"),
    [
        ("money", "Det settes av kr 1,5 mill. i 2024", "amount_kroner"),
        ("money", "ei ramme på 250 000 kroner", "amount_kroner"),
        ("deadlines", "innen utgangen av 2025", "within"),
        ("deadlines", "seinast 1. mars", "within"),
        ("deadlines", "fristen er 31.12.2025", "full_date"),
        ("networks", "Kommunen deltar i Digi Rogaland.", "digi_rogaland"),
        ("networks", "gjennom DigiVestland", "digi_vestland"),
        ("networks", "Kommunen er med i eit interkommunalt IKT-samarbeid", "intermunicipal_ict"),
        ("local", "vedtatt i K-sak 12/18", "case_number"),
        ("local", "KST 93/18", "case_number"),
        ("local", "kommunestyret har vedteke", "own_decision"),
        ("sources", "jf. Meld. St. 27 (2015–2016)", "digital_agenda"),
        ("sources", "KS digitaliseringsstrategi", "ks_strategy"),
        ("attribution", "Det skal være enkelt (KMD, 2019).", "reference_in_brackets"),
        ("attribution", "Ifølgje Datatilsynet", "according_to"),
        ("boilerplate", "jf. plan- og bygningslova § 11-2", "planning_act"),
        ("prioritisation", "Saker går til DigiForum først", "named_structure"),
        ("strategy_status", "Kommunen har ikke digitaliseringsstrategi", "missing"),
        ("strategy_status", "IKT-strategien er under utarbeiding", "under_way"),
    ],
)
def test_a_pattern_finds_what_planners_write(rules: Rules, file: str, text: str, cue_id: str) -> None:
    assert cue_id in find(getattr(rules, file), text)


@pytest.mark.parametrize(
    ("file", "text", "cue_id"),
    [
        ("networks", "digital agenda for heile Agder", "digi_agder"),
        ("local", "vi legger vekt på tillit", "place"),  # capital letters count in place names
        ("money", "kapittel 3 og 4", "amount_kroner"),
        ("sources", "vi søker ro", "ks"),
    ],
)
def test_a_pattern_leaves_lookalikes_alone(rules: Rules, file: str, text: str, cue_id: str) -> None:
    assert cue_id not in find(getattr(rules, file), text)


def test_a_users_rule_file_is_added_to_the_shipped_one(rules: Rules, tmp_path: Path) -> None:
    (tmp_path / "money.yaml").write_text(MONEY, encoding="utf-8")
    assert [cue.id for cue in load_rules((tmp_path,)).money] == [*(cue.id for cue in rules.money), "own_sum"]


def test_a_folder_that_does_not_exist_is_a_settings_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="finnes ikke"):
        load_rules((tmp_path / "borte",))


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "message"),
    [
        ("\\d+ kr", "(kr", 3, "cues[1].patterns.common[1]", "mønsteret kan ikke leses"),
        ("\\d+ kr", "k*", 3, "cues[1].patterns.common[1]", "tom tekst"),
        ("patterns:", "mønstre:", 3, "cues[1].mønstre", "ukjent felt"),
        ("    patterns: {common: ['\\d+ kr']}\n", "", 2, "cues[1]", "verken begreper"),
        ("own_sum", "amount_kroner", 2, "cues[1].id", "alt brukt"),
    ],
    ids=["regex", "matches nothing", "unknown field", "no content", "clash"],
)
def test_an_error_names_file_line_and_field(
    tmp_path: Path, old: str, new: str, line: int, field: str, message: str
) -> None:
    assert old in MONEY
    path = tmp_path / "money.yaml"
    path.write_text(MONEY.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(GuidelineError, match=re.escape(message)) as caught:
        load_rules((tmp_path,))
    assert caught.value.file == path
    assert (caught.value.line, caught.value.field) == (line, field)
