"""A fingerprint file recognises a wording and does not hold it."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.config import GuidelinesConfig
from compliance.errors import GuidelineError
from compliance.guidelines import find_data_folder, load_guidelines
from compliance.guidelines.fingerprints import (
    BITS,
    FOLDER,
    FUNCTION_WORD,
    MIN_CONTENT,
    find_content_words,
    format_fingerprints,
    load_fingerprints,
    make_fingerprints,
    read_fingerprints,
)
from compliance.guidelines.official_texts import read_wordings

# Wording of our own making; official wording is not ours to commit.
WORDINGS = {
    "X1": ("Alle kommuner på øyene skal ha gratis ferge hver morgen.",),
    "X2": (
        "Den som venter på kaia, skal vite når båten går og hvem som styrer. "
        "Kommunene deler båter og mannskap rettferdig.",
    ),
}
OTHER_WORDS = """
    havn brygge tur dag kveld vinter ruter reise billett barn gamle folk vei bru skipper mannskap plan tid pris kort
    langt trygg snart alltid må vil kan bør få gi ta se finne bruke mange noen ingen de vi dere hun han med til uten fra
    over under mellom etter før nye flere bedre egne felles lokale daglig ofte innen året uke måned time minutt natt
    fjord holme båt kai bil buss tog skole lege butikk post
"""
SHIPPED = sorted((find_data_folder("national_guidelines") / FOLDER).glob("*.json"))


@pytest.fixture
def fingerprints():
    return make_fingerprints(WORDINGS, set_id="ferger")


def test_file_says_what_was_made(fingerprints, tmp_path):
    path = tmp_path / "ferger.json"
    path.write_text(format_fingerprints(fingerprints), encoding="utf-8")
    assert read_fingerprints(path) == fingerprints


def test_each_sentence_has_its_own_fingerprint(fingerprints):
    assert [(each.goal_id, each.number, each.words, len(each.content)) for each in fingerprints] == [
        ("X1", 0, 10, 4),
        ("X2", 0, 14, 6),
        ("X2", 1, 6, 4),
    ]


def test_sentence_too_short_to_recognise_is_left_out():
    assert make_fingerprints({"X1": ("Ferge hver dag.",)}, set_id="ferger") == ()


def test_no_word_of_the_wording_stands_in_the_file(fingerprints):
    words = {word.casefold() for texts in WORDINGS.values() for text in texts for word in re.findall(r"\w+", text)}
    assert words.isdisjoint(re.findall(r"\w+", format_fingerprints(fingerprints).casefold()))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_file_holds_ids_and_numbers_only(path):
    content = json.loads(path.read_text(encoding="utf-8"))
    assert set(content) <= {"set", "document", "law", "goals"}
    assert all(re.fullmatch(r"[A-ZÆØÅ]+[\d.-]+", goal_id) for goal_id in content["goals"])
    assert all(type(number) is int for goal in content["goals"].values() for row in goal for number in row)


@pytest.mark.parametrize("set_id", ["digital_agenda", "ks", "en_digital"])
def test_every_goal_of_the_set_has_a_sentence(set_id):
    (guideline,) = (each for each in load_guidelines(GuidelinesConfig()) if each.id == set_id)
    known = {each.goal_id for each in load_fingerprints(GuidelinesConfig()) if each.set_id == set_id}
    assert {goal.id for goal in guideline.goals} <= known


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_file_spends_about_four_bits_a_word(path):
    fingerprints = read_fingerprints(path)
    bits, words = sum(BITS * len(each.content) for each in fingerprints), sum(each.words for each in fingerprints)
    assert bits / words < 4.6


def test_attacker_who_knows_every_word_is_left_with_very_many_sentences(fingerprints):
    """A word list of 100 with all the sentence's own in it, where Norwegian has 20,000 stems."""
    first = fingerprints[0]
    vocabulary = [*re.findall(r"\w+", WORDINGS["X1"][0]), *OTHER_WORDS.split()]
    hashes = find_content_words(" ".join(vocabulary)).hash_stems(first.salt)
    choices = [int((hashes == value).sum()) for value in first.content]
    twenty_thousand = [2 + round(20_000 / 2**BITS) for _ in choices]
    assert all(count >= 1 for count in choices)
    assert np.prod(twenty_thousand, dtype=float) > 10**8  # and for each, the function words are free


def test_equal_words_in_two_sentences_have_different_hashes():
    text = WORDINGS["X1"][0]
    one, other = make_fingerprints({"X1": (text,), "X2": (text,)}, set_id="ferger")
    assert one.values != other.values


@given(st.lists(st.sampled_from([*re.findall(r"\w+", WORDINGS["X2"][0]), "og", "til", "1)", "–"]), max_size=40))
def test_fingerprint_has_a_number_for_each_word(words):
    for each in make_fingerprints({"X1": (" ".join(words),)}, set_id="ferger"):
        assert len(each.content) >= MIN_CONTENT
        assert all(value == FUNCTION_WORD or 0 <= value < 2**BITS for value in each.values)


@pytest.mark.parametrize(
    ("one", "other"), [("Tjenestene til innbyggerne", "tenester til innbyggjarar"), ("KAIA og båten", "kai båt")]
)
def test_case_inflection_and_written_language_do_not_count(one, other):
    assert find_content_words(one).stems.tolist() == find_content_words(other).stems.tolist()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param('{"set": "ferger", "goals": {"X1": [[9, -1, 2]]}}', id="too few hashes"),
        pytest.param('{"set": "ferger", "goals": {"X1": [[6, 1, 2, 3, 128]]}}', id="hash out of range"),
        pytest.param('{"set": "ferger", "goals": {"X1": [["ferge"]]}}', id="a word"),
        pytest.param('{"set": "ferger", "goals": {}}', id="nothing"),
    ],
)
def test_broken_file_is_refused_by_name(content, tmp_path):
    path = tmp_path / "ferger.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(GuidelineError, match=r"ferger\.json"):
        read_fingerprints(path)


def test_fingerprints_in_a_folder_of_ones_own_are_added(fingerprints, tmp_path):
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "ferger.json").write_text(format_fingerprints(fingerprints), encoding="utf-8")
    assert load_fingerprints(GuidelinesConfig(folders=(tmp_path,)))[-len(fingerprints) :] == fingerprints


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param(
            "w.md", "# Mål\n\n- **X1**: Ferge hver\n  morgen\n- X2: Båt\n\nTekst.\n- X1: Til\n", id="Markdown"
        ),
        pytest.param("w.txt", "X1: Ferge hver morgen\nX2:\tBåt\nX1: Til\n", id="text"),
        pytest.param("w.json", '{"X1": ["Ferge hver morgen", "Til"], "X2": "Båt"}', id="JSON"),
    ],
)
def test_wordings_are_read(name, content, tmp_path):
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert read_wordings(tmp_path / name) == {"X1": ("Ferge hver morgen", "Til"), "X2": ("Båt",)}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("w.txt", "Ingen mål her.", id="no entry"),
        pytest.param("w.json", '{"X1": 3}', id="a number"),
        pytest.param("w.json", "{", id="no JSON"),
    ],
)
def test_file_without_wordings_is_refused(name, content, tmp_path):
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(GuidelineError, match="w"):
        read_wordings(tmp_path / name)
