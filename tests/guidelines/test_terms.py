"""How terms are written and what they say of a word."""

from __future__ import annotations

import pytest

from compliance.guidelines.terms import TermLists, TermWord, Vocabulary, parse_phrases
from compliance.records import Language


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("personvernombud", ((TermWord("personvernombud"),),)),
        ("Personvern*", ((TermWord("personvern", open_end=True),),)),
        ("*kompetanse*", ((TermWord("kompetanse", open_start=True, open_end=True),),)),
        ("én gang", ((TermWord("én"), TermWord("gang")),)),
        ("kart* & deling", ((TermWord("kart", open_end=True),), (TermWord("deling"),))),
        ("e\u0301n", ((TermWord("én"),),)),  # combining accent
    ],
    ids=["word", "prefix", "part", "phrase", "together", "composed"],
)
def test_a_term_is_written_as_in_a_search_box(text: str, phrases: tuple[tuple[TermWord, ...], ...]) -> None:
    assert parse_phrases(text) == phrases


@pytest.mark.parametrize("text", ["", " ", "*", "&", "a &", "& a", "a*", "k*rt", "**"], ids=repr)
def test_a_term_without_a_word_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"tomt|stjernen"):
        parse_phrases(text)


@pytest.mark.parametrize(
    ("term", "word", "meets"),
    [
        ("ki", "ki", True),
        ("ki", "kino", False),
        ("personvern*", "personvernet", True),
        ("personvern*", "personvern", True),
        ("personvern*", "innbygdpersonvern", False),
        ("*vern", "personvern", True),
        ("*vern", "vernet", False),
        ("*kompetanse*", "brukarkompetansen", True),
    ],
)
def test_a_word_meets_a_term(term: str, word: str, meets: bool) -> None:
    assert parse_phrases(term)[0][0].meets(word) is meets


def test_a_spelling_under_both_languages_comes_once_and_belongs_to_both() -> None:
    vocabulary = Vocabulary(strong=TermLists(nb=("kart*", "løsning*"), nn=("kart*", "løysing*")))
    assert [(term.text, term.language) for term in vocabulary.terms] == [
        ("kart*", None),
        ("løsning*", Language.NB),
        ("løysing*", Language.NN),
    ]


def test_terms_of_both_languages_serve_texts_in_neither() -> None:
    terms = Vocabulary(weak=TermLists(nb=("løsning*",), nn=("løysing*",))).terms
    assert all(term.written_in(Language.OTHER) for term in terms)
    assert [term.written_in(Language.NN) for term in terms] == [False, True]
