"""Which clauses of a passage speak of a goal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analyse.measuring import READER, measure
from builders import make_reading
from compliance.records import Evidence, EvidenceCode, EvidenceKind, Finding, Stance, Task
from compliance.text.sentences import split_sentences

STRONG, WEAK = 0.7, 0.3  # what a term's evidence scores


def read_text(text: str):
    reading = make_reading([text], municipality="Nordvik")
    passage = reading.passages[0]
    spans = tuple((passage.start + low, passage.start + high) for low, high in split_sentences(text))
    return replace(reading, passages=(replace(passage, sentences=spans),))


def find(reading, goal: str, *terms: tuple[str, str, float]) -> Finding:
    """Return a finding of the goal by terms: as the goal's file writes them, as they first stand, and their score."""
    passage = reading.passages[0]
    starts = [(passage.text.index(words), words, term, score) for term, words, score in terms]
    evidence = [Evidence(EvidenceKind.TERM, term, score, at, at + len(words)) for at, words, term, score in starts]
    return Finding(reading.document.id, passage.id, Task.GOALS, goal, 0.9, tuple(evidence))


def list_stances(reading, *findings: Finding, goal: str) -> list[Stance]:
    return [each.stance for each in READER.read(reading, findings, others=[]) if each.goal == goal]


@pytest.mark.parametrize(
    ("text", "weak", "strong", "words"),
    [
        (
            "Kommunen skal bygge infrastruktur for veg. Bredbåndet er dårlig i grendene.",
            "infrastruktur",
            "bredbånd*",
            "Bredbåndet",
        ),
        (
            "Kommunen skal byggje infrastruktur for veg. Breibandet er dårleg i grendene.",
            "infrastruktur",
            "breiband*",
            "Breibandet",
        ),
    ],
)
def test_a_clause_with_a_weak_term_only_does_not_speak_where_a_strong_one_is(text, weak, strong, words) -> None:
    reading = read_text(text)
    finding = find(reading, "KS4.8", (f"{weak}*", weak, WEAK), (strong, words, STRONG))
    assert list_stances(reading, finding, goal="KS4.8") == [Stance.DESCRIBED]
    alone = find(reading, "KS4.8", (f"{weak}*", weak, WEAK))
    assert list_stances(reading, alone, goal="KS4.8") == [Stance.BINDING]


@pytest.mark.parametrize(
    ("text", "term", "words", "stances"),
    [
        (
            "Bredbåndsdekningen er 85 prosent. Kommunen skal gi alle bredbånd innen 2028.",
            "bredbånd*",
            "Bredbåndsdekningen",
            [Stance.DESCRIBED, Stance.BINDING],
        ),
        (
            "Digital kompetanse er viktig. Kommunen skal gi alle digital kompetanse.",
            "digital* kompetanse*",
            "Digital kompetanse",
            [Stance.DESCRIBED, Stance.BINDING],
        ),
        (
            "Breibandsdekninga er 85 prosent. Kommunen skal gje alle breiband innan 2028.",
            "breiband*",
            "Breibandsdekninga",
            [Stance.DESCRIBED, Stance.BINDING],
        ),
        ("Bredbånd er dårlig. Kommunen skal bygge veg.", "bredbånd*", "Bredbånd", [Stance.DESCRIBED]),
        ("Breiband er dårleg. Kommunen skal byggje veg.", "breiband*", "Breiband", [Stance.DESCRIBED]),
    ],
)
def test_every_clause_with_the_term_speaks(text, term, words, stances) -> None:
    reading = read_text(text)
    finding = find(reading, "KS4.8", (term, words, STRONG))
    assert list_stances(reading, finding, goal="KS4.8") == stances


def test_of_a_goal_that_another_brings_the_clauses_of_that_one_speak() -> None:
    reading = read_text("Kommunen skal bygge veg. Bredbånd er dårlig.")
    bringing = find(reading, "KS4.8", ("bredbånd*", "Bredbånd", STRONG))
    brought = Evidence(EvidenceKind.RULE, "KS4.8", 0.9, code=EvidenceCode.BROUGHT)
    finding = replace(bringing, label="DA2", evidence=(brought,))
    assert list_stances(reading, finding, bringing, goal="DA2") == [Stance.DESCRIBED]
    assert list_stances(reading, finding, goal="DA2") == [Stance.BINDING, Stance.DESCRIBED]


def test_all_clauses_speak_where_no_term_tells() -> None:
    found = measure("Kommunen skal bygge veg. Grendene er små.")
    assert [each.stance for each in found] == [Stance.BINDING, Stance.DESCRIBED]
