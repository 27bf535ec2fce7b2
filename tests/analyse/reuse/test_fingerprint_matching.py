"""Official wording is found by its fingerprint alone, and nothing else is."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import make_reading
from compliance.analyse.reuse import ReuseAnalyser
from compliance.analyse.reuse.fingerprint_matching import find_official_wording
from compliance.config import GuidelinesConfig, ReuseConfig
from compliance.guidelines.fingerprints import load_fingerprints, make_fingerprints
from compliance.guidelines.rules import load_rules
from compliance.records import Attribution, EvidenceCode, ReuseKind, SourceKind

# Wording of our own making, as official goals are written; SHORT has seven that carry content.
SHORT = "Alle kommuner på øyene skal ha gratis ferge hver eneste morgen hele vinteren."
LONG = "Den som venter på kaia, skal uten videre få vite når båten går og hvem som styrer den i dag."
FINGERPRINTS = make_fingerprints({"X1": (SHORT,), "X2": (LONG,)}, set_id="ferger")
BEFORE, AFTER = "Rådhuset har åpent om lørdagen.", "Dette tar vi opp igjen når budsjettet er vedtatt."


def random_words(seed: int, count: int) -> str:
    draw = random.Random(seed)
    words = f"{SHORT} {LONG} {BEFORE} {AFTER}".replace(".", "").replace(",", "").split()
    words += ["".join(draw.choices("abdefgiklmnoprstuvy", k=draw.randint(3, 9))) for _ in range(2000)]
    return " ".join(draw.choices(words, k=count))


@pytest.mark.parametrize(
    ("copied", "goal_id", "coverage"),
    [
        pytest.param(SHORT, "X1", 1.0, id="nine words"),
        pytest.param(LONG, "X2", 1.0, id="longer goal"),
        pytest.param(LONG.upper().replace(" ", "\n"), "X2", 1.0, id="case and line breaks"),
        pytest.param(LONG.replace(",", " –"), "X2", 1.0, id="punctuation"),
        pytest.param(LONG.replace("Den som venter", "Alle som står"), "X2", 0.7, id="beginning changed"),
        pytest.param(LONG.replace("båten", "ferga"), "X2", 0.7, id="word changed"),
        pytest.param(LONG.replace("uten videre ", ""), "X2", 0.6, id="words left out"),
        pytest.param(LONG.replace("få vite", "alltid få vite").replace("båten", "den neste båten"), "X2", 0.7, id="in"),
        pytest.param(LONG.split(" og hvem", maxsplit=1)[0], "X2", 0.6, id="first half"),
    ],
)
def test_copy_is_found_with_its_place(copied, goal_id, coverage):
    text = f"{BEFORE} {copied} {AFTER}"
    (match,) = find_official_wording(text, FINGERPRINTS)
    assert match.fingerprint.goal_id == goal_id
    assert match.coverage >= coverage
    low, high = text.index(copied), text.index(copied) + len(copied)
    assert low <= match.start < match.end <= high
    assert match.end - match.start >= 0.6 * (high - low)


@pytest.mark.parametrize(
    "text", ["", "Ferge.", f"{BEFORE} {AFTER}", "Alle kommuner på øyene skal ha det bra hele året"]
)
def test_own_words_are_nobody_elses(text):
    assert find_official_wording(text, FINGERPRINTS) == []


def test_changed_goal_is_found_beside_another_of_its_document():
    changed = SHORT.replace("gratis ferge ", "").replace("øyene", "øyene og i byene").replace("eneste", "eneste lange")
    changed = f"På møtet sa de at {changed.lower().removesuffix('.')} og hver høst fra nå av."
    assert find_official_wording(f"{BEFORE} {changed}", FINGERPRINTS) == []
    found = find_official_wording(f"{LONG} {AFTER} {changed}", FINGERPRINTS)
    assert [match.fingerprint.goal_id for match in found] == ["X2", "X1"]


def test_nothing_is_found_in_random_words():
    """100,000 runs of words, the wordings' own among them, against every fingerprint we ship."""
    fingerprints = (*FINGERPRINTS, *load_fingerprints(GuidelinesConfig()))
    assert find_official_wording(random_words(7, 100_000), fingerprints) == []


def test_every_place_is_found():
    text = f" {AFTER} ".join([SHORT, LONG, SHORT])
    assert [match.fingerprint.goal_id for match in find_official_wording(text, FINGERPRINTS)] == ["X1", "X2", "X1"]


def analyse(*lines):
    analyser = ReuseAnalyser(
        guidelines=(), rules=load_rules(), references=(), config=ReuseConfig(), fingerprints=FINGERPRINTS
    )
    reading = make_reading([BEFORE, *lines, AFTER], municipality="Storvik")
    return reading, analyser.analyse([reading])


def test_span_names_the_goal_and_claims_no_wording():
    reading, (span,) = analyse(SHORT)
    assert reading.document.text[span.start : span.end] == SHORT.removesuffix(".")
    assert (span.source_kind, span.source_id, span.source_text) == (SourceKind.GUIDELINE, "ferger:X1", "")
    assert (span.kind, span.similarity) == (ReuseKind.VERBATIM, 1.0)
    assert span.attribution is Attribution.UNATTRIBUTED


def test_changed_word_makes_it_near_verbatim():
    _, (span,) = analyse(LONG.replace("båten", "ferga"))
    assert span.kind is ReuseKind.NEAR_VERBATIM
    assert span.similarity < 1.0


def test_part_of_a_goal_within_a_sentence_of_ones_own_charges_nobody():
    analyser = ReuseAnalyser(
        guidelines=(), rules=load_rules(), references=(), config=ReuseConfig(), fingerprints=FINGERPRINTS
    )
    part = LONG.split(" og hvem", maxsplit=1)[0]
    before = f"{BEFORE.removesuffix('.')}, bygda drøfter både brygger, naust og moloer på folkemøtet, og"
    own = f"{before} {part[0].lower()}{part[1:]}."
    (alone,), (within,) = (analyser.analyse([make_reading([line])]) for line in (f"{part}.", own))
    assert alone.is_copy
    assert not within.is_copy
    assert EvidenceCode.SET_PHRASE in {each.code for each in within.evidence}


def test_quotation_is_seen():
    _, (span,) = analyse(f"«{SHORT}»")
    assert span.attribution is Attribution.QUOTED


def test_official_wording_explains_what_two_municipalities_share():
    analyser = ReuseAnalyser(
        guidelines=(), rules=load_rules(), references=(), config=ReuseConfig(), fingerprints=FINGERPRINTS
    )
    names = ("Storvik", "Lillevik")
    readings = [make_reading([LONG], document_id=f"{name}-00000001", municipality=name) for name in names]
    assert {span.source_kind for span in analyser.analyse(readings)} == {SourceKind.GUIDELINE}


@given(st.lists(st.sampled_from([*SHORT.split(), *LONG.split(), "kai", "\n", "–", "1)"]), max_size=60), st.text())
def test_matches_lie_in_the_text_in_order_and_never_overlap(words, tail):
    text = f"{' '.join(words)} {SHORT} {tail}"
    matches = find_official_wording(text, FINGERPRINTS)
    assert all(0 <= match.start < match.end <= len(text) and 0 < match.coverage <= 1 for match in matches)
    assert all(one.end <= other.start for one, other in pairwise(matches))


THESIS = Path(__file__).parents[4] / "shared" / "reference" / "thesis"


@pytest.mark.skipif(not THESIS.is_dir(), reason="the study's descriptions are not here")
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("porsgrunn", {"ks:KS0", "ks:KS1"}, id="vision and introduction, the municipality's name put in"),
        pytest.param("haugesund", {"digitalisation_circular:R1"}, id="definition"),
        pytest.param("larvik", set(), id="nothing"),
    ],
)
def test_near_verbatim_official_wording_is_found_in_prose(name, expected):
    text = (THESIS / f"{name}.txt").read_text(encoding="utf-8")
    found = find_official_wording(text, load_fingerprints(GuidelinesConfig()))
    assert {f"{each.fingerprint.set_id}:{each.fingerprint.goal_id}" for each in found} == expected


def test_wording_of_a_law_is_boilerplate():
    law = [replace(each, law=True) for each in FINGERPRINTS]
    analyser = ReuseAnalyser(guidelines=(), rules=load_rules(), references=(), config=ReuseConfig(), fingerprints=law)
    (span,) = analyser.analyse([make_reading([BEFORE, LONG, AFTER], municipality="Storvik")])
    assert (span.boilerplate, span.is_copy) == (True, False)
