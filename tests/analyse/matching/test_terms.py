"""Terms are found where they stand, with exact offsets, also when the writing is not perfect."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.analyse.matching.forms import EXACT, MISSPELT, SPREAD, VARIANT
from compliance.analyse.matching.terms import Match, TermIndex
from compliance.guidelines.terms import Strength, Term, parse_phrases


def make_term(text: str) -> Term:
    return Term(text, parse_phrases(text), Strength.STRONG, None)


def find(term: str, text: str, sentences: Sequence[tuple[int, int]] = ()) -> list[Match]:
    return TermIndex({"": [make_term(term)]}).find(text, sentences).get("", [])


@pytest.mark.parametrize(
    ("term", "text", "words", "quality"),
    [
        pytest.param("personvern*", "Godt personvernet!", "personvernet", EXACT, id="inflection"),
        pytest.param("*kompetanse*", "brukerkompetansen", "brukerkompetansen", EXACT, id="compound"),
        pytest.param("felleskomponent*", "FELLESKOMPONENTER", "FELLESKOMPONENTER", EXACT, id="capitals"),
        pytest.param("deling av data", "deling av data", "deling av data", EXACT, id="phrase"),
        pytest.param("deling av data", "deling av åpne data", "deling av åpne data", SPREAD, id="word-between"),
        pytest.param("informasjonssikkerhet*", "infornasjonssikkerhet", "infornasjonssikkerhet", MISSPELT, id="ocr"),
        pytest.param("innbyggertjeneste*", "innbyggjartenester", "innbyggjartenester", VARIANT, id="nynorsk"),
        pytest.param("drifts- og investeringsmid*", "drifts- og investeringsmidler",
                     "drifts- og investeringsmidler", EXACT, id="suspended-hyphen"),
        pytest.param("e-helse*", "IKT og e-helseløsninger", "e-helseløsninger", EXACT, id="hyphen"),
    ],
)  # fmt: skip
def test_term_is_found_at_its_place(term: str, text: str, words: str, quality: float) -> None:
    (match,) = find(term, text)
    assert [text[start:end] for start, end in match.spans] == [words]
    assert match.quality == quality


@pytest.mark.parametrize(
    ("term", "text"),
    [
        pytest.param("data", "mandater og dataene", id="whole-word-only"),
        pytest.param("deling*", "avdelinger", id="start-of-word-only"),
        pytest.param("bruker*", "bruken", id="short-words-are-never-fuzzy"),
        pytest.param("digitaliseringsfond*", "digitaliseringsrundskriv", id="another-last-part"),
        pytest.param("deling av data", "deling uten de samme felles data", id="too-far-apart"),
        pytest.param("kompetanse* & ansatt*", "Kompetanse er viktig. Ansatte får tilbud.", id="other-sentence"),
    ],
)
def test_term_is_not_found(term: str, text: str) -> None:
    assert not find(term, text)


def test_phrases_may_stand_in_any_order_within_a_sentence() -> None:
    text = "Plan. Ansatte skal få ny kompetanse. Slutt."
    (match,) = find("kompetanse* & ansatt*", text)
    assert [text[start:end] for start, end in match.spans] == ["Ansatte", "kompetanse"]


def test_given_sentences_decide_what_belongs_together() -> None:
    term, text = "kompetanse* & ansatt*", "Kompetanse: ansatte"
    assert find(term, text, [(0, len(text))])
    assert not find(term, text, [(0, 11), (12, len(text))])


def test_a_vocabulary_that_is_asked_of_sentences_takes_the_text_for_one() -> None:
    text, terms = "Kompetanse: Ansatte", [make_term("kompetanse* & ansatt*")]
    assert not TermIndex({"any": terms}).find(text).get("any")
    assert TermIndex({"any": terms}, sentences_only=("any",)).find(text)["any"]


def test_each_vocabulary_is_met_as_if_it_were_alone() -> None:
    security, damaged = make_term("informasjonssikkerhet*"), "informasjonssikkerhct"
    other = make_term("informasjonssikkerhct*")  # explains the form, but of another vocabulary
    found = TermIndex({"goals": [security], "other": [other]}).find(damaged)
    assert [match.quality for match in found["goals"]] == [MISSPELT]
    assert [match.quality for match in found["other"]] == [EXACT]


@given(st.text(max_size=80), st.text(max_size=80))
def test_offsets_hold_whatever_stands_around(before: str, after: str) -> None:
    text = f"{before} velferdsteknologi {after}"
    matches = find("velferdsteknologi*", text)
    assert matches
    start, end = matches[0].spans[0]
    assert text[start:end].casefold().startswith("velferdsteknologi")
