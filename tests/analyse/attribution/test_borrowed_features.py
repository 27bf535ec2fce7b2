"""What is read of a passage before a trained model says whose words it is: every number of small documents, by hand."""

from __future__ import annotations

import pytest

from analyse.stages import get_scanner, load_rules
from builders import make_reading
from compliance.analyse.attribution.author import is_municipal
from compliance.analyse.attribution.borrowed_features import describe_passages
from compliance.analyse.attribution.cues import SignReader
from compliance.records import BlockKind, Evidence, EvidenceKind, Finding, Task

HEADING, ITEM = BlockKind.HEADING, BlockKind.LIST_ITEM
QUOTATION = "«én dør inn til alt det som er for alle»"


def describe(lines, *, found=(), municipality="Nordvik"):
    """Return the numbers of each passage; `found` are the places of passages that the rules took for another's."""
    reading = make_reading(lines, municipality=municipality)
    findings = {
        reading.passages[number].id: Finding("plan", "id", Task.ATTRIBUTION, label, score, evidence)
        for number, label, score, evidence in found
    }
    return describe_passages(reading, findings, reader=SignReader(load_rules(), get_scanner()))


def signs_of(numbers):
    return {name: value for name, value in numbers.items() if not name.startswith(("word:", "pair:", "start:"))}


def words_of(numbers):
    return {name: value for name, value in numbers.items() if name.startswith(("word:", "pair:", "start:"))}


def test_signs_of_own_words() -> None:
    (numbers,) = describe(["Vi i Nordvik reiser hus i Storneset, på Indre og i Flata i 2027."])
    assert signs_of(numbers) == {
        "cue:own_voice": 1.0, "own": 1.0, "own_name": 1.0, "names": 2.0, "figures": 1.0, "year": 1.0,
        "length": 13 / 30, "rule_share": 0.0,
    }  # fmt: skip


def test_signs_of_national_wording() -> None:
    (numbers,) = describe(["Kommunal sektor skal dele data om det meste i hele landet."])
    assert signs_of(numbers) == {
        "cue:voice": 1.0, "cue_and_impersonal:voice": 1.0, "named_and_cue:voice": 1.0,
        "cue:public_subject": 1.0, "cue_and_impersonal:public_subject": 1.0, "named_and_cue:public_subject": 1.0,
        "impersonal": 1.0, "named": 1.0, "named:ks": 0.5, "named_for_all": 1.0, "named_first": 1.0,
        "named_and_impersonal": 1.0, "length": 11 / 30, "rule_share": 0.0,
    }  # fmt: skip


def test_signs_of_a_quotation() -> None:
    text = f"{QUOTATION} sier de som vi på et annet sted har kalt for Datatilsynet"
    (numbers,) = describe([text])
    assert signs_of(numbers) == {
        "cue:own_voice": 1.0, "cue:quotation": 1.0, "named_and_cue:own_voice": 1.0, "named_and_cue:quotation": 1.0,
        "quotation": 1.0, "quoted_share": len(QUOTATION) / len(text), "opens_with_marks": 1.0, "own": 1.0,
        "named": 1.0, "named:other": 0.5, "named_and_own": 1.0, "length": 22 / 30, "rule_share": 0.0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("Et «ord» i marker her nå.", {"marks": 1.0, "impersonal": 1.0, "length": 0.2}, id="marks"),
        pytest.param(
            "API – måten to systemer deler data.",
            {"term": 1.0, "term_and_impersonal": 1.0, "impersonal": 1.0, "length": 0.2},
            id="term",
        ),
        pytest.param(
            "API – måten vi deler data.",
            {"term": 1.0, "own": 1.0, "cue:own_voice": 1.0, "length": 1 / 6, "short": 1.0},
            id="own term",
        ),
        pytest.param((ITEM, "Delte data her"), {"item": 1.0, "impersonal": 1.0, "length": 0.1, "short": 1.0}, id="i"),
        pytest.param((HEADING, "Mål og midler"), {"heading": 1.0, "length": 0.1, "short": 1.0}, id="heading"),
        pytest.param("ord " * 60, {"impersonal": 1.0, "length": 2.0}, id="sixty words"),
        pytest.param("ord " * 61, {"impersonal": 1.0, "length": 2.0}, id="more than sixty words are no longer"),
        pytest.param("ord " * 20 + "1 a", {"figures": 1.0, "length": 0.7}, id="figure"),
        pytest.param(
            "Figur 1: Alt sammen, her og der",
            {"aside": 1.0, "figures": 1.0, "term": 1.0, "length": 0.2},
            id="caption",
        ),
    ],
)  # fmt: skip
def test_signs_of(line, expected) -> None:
    (numbers,) = describe([line])
    assert signs_of(numbers) == {"rule_share": 0.0, **expected}


@pytest.mark.parametrize(
    ("letters", "first"), [(15, True), (16, False)], ids=["within thirty letters", "farther in"]
)  # fmt: skip
def test_a_source_named_first(letters, first) -> None:
    text = "a" * letters + " sier litt om " + "Difi"
    assert text.index("Difi") == letters + 14
    (numbers,) = describe([text])
    assert ("named_first" in numbers) is first


def test_what_the_rules_found_counts_with_their_certainty() -> None:
    wording = (Evidence(EvidenceKind.WORDING, "ks:KS1", 1.0, 0, 4),)
    sign = (Evidence(EvidenceKind.RULE, "says", 1.0, 0, 4),)
    lines = ["Alt kan deles av alle her."] * 40
    numbers = describe(lines, found=[(0, "copied", 0.7, sign), (39, "quoted", 1.0, wording)])
    rule = {"rule", "rule:copied", "rule:quoted", "official", "rule_share"}
    shown = [{name: value for name, value in each.items() if name in rule} for each in numbers]
    assert shown[0] == {"rule": 0.7, "rule:copied": 0.7, "rule_share": 0.5}  # ten times 2 of 40
    assert shown[39] == {"rule": 1.0, "rule:quoted": 1.0, "official": 1.0, "rule_share": 0.5}
    assert shown[20] == {"rule_share": 0.5}
    assert describe(["Alt kan deles."], found=[(0, "copied", 0.7, sign)])[0]["rule_share"] == 1.0


def test_two_neighbours_on_either_side_tell_of_a_passage() -> None:
    lines = ["Vi er ett.", "Difi er to.", "Tre er nok.", (HEADING, "Fire"), "API: fem er sju.", "Vi er seks."]
    numbers = signs_of(describe(lines)[2])
    neighbours = {name: value for name, value in numbers.items() if name.startswith(("before", "after"))}
    assert neighbours == {
        "before:named": 1.0, "before:impersonal": 1.0, "before_2:own": 0.5,
        "after:heading": 1.0, "after_2:term": 0.5, "after_2:impersonal": 0.5,
    }  # fmt: skip
    assert not [name for name in describe(lines)[0] if name.startswith("before")]
    assert not [name for name in describe(lines)[5] if name.startswith("after")]


def test_a_lists_lead_in_and_its_heading_tell_of_an_item() -> None:
    lines = [(HEADING, "Gamle planer"), (HEADING, "Mål for deling"), "Ett av Difis mål er slik:", (ITEM, "Kart")]
    numbers = signs_of(describe(lines)[3])
    shown = {name: value for name, value in numbers.items() if name.startswith(("lead_in", "above"))}
    assert shown == {
        "lead_in": 1.0,
        "lead_in:named": 1.0,
        "lead_in:cue:lead_in": 1.0,
        "above:mål": 0.5,
        "above:del": 0.5,
    }
    assert not [name for name in describe(lines)[1] if name.startswith("above")]


def test_words_count_alone_in_pairs_and_at_the_start() -> None:
    (numbers,) = describe(["Deling av data skal, på tvers, deling"])
    assert words_of(numbers) == dict.fromkeys(
        [
            "word:del", "word:_av", "word:dat", "word:_skal", "word:_på", "word:tve",
            "pair:del _av", "pair:_av dat", "pair:dat _skal", "pair:_skal _på", "pair:_på tve", "pair:tve del",
            "start:del", "start:del _av", "start:del _av dat",
        ],
        0.5,
    )  # fmt: skip


def test_a_short_passage_starts_with_what_it_has() -> None:
    (numbers,) = describe(["Deling av"])
    assert {name for name in numbers if name.startswith("start:")} == {"start:del", "start:del _av"}


@pytest.mark.parametrize(
    ("lines", "municipality", "expected"),
    [
        pytest.param(["Alt for alle"], "Nordvik", True, id="by its profile"),
        pytest.param(["En", "To", "Tre", "Fire", "Plan for kommunene ved fjorden"], None, True, id="by its title page"),
        pytest.param(["En", "To", "Tre", "Fire", "Fem", "Plan for kommunene"], None, False, id="farther on"),
        pytest.param(["Strategi for kommuner og fylkeskommuner"], None, False, id="a national strategy"),
    ],
)
def test_whose_document_it_is(lines, municipality, expected) -> None:
    assert is_municipal(make_reading(lines, municipality=municipality)) is expected
