import pytest

from compliance.records import Language
from compliance.text.lemmas import contains_stem, lemmatise


@pytest.mark.parametrize(
    ("word", "language", "lemma"),
    [
        pytest.param("innbyggerne", Language.NB, "innbygger", id="definite plural"),
        pytest.param("Tjenester", Language.NB, "tjeneste", id="capital"),
        pytest.param("planane", Language.NN, "plan", id="nynorsk plural"),
        pytest.param("xyzzy", Language.NB, "xyzzy", id="unknown word stays"),
    ],
)
def test_lemma_of_a_word(word: str, language: Language, lemma: str) -> None:
    assert lemmatise(word, language=language) == lemma


@pytest.mark.parametrize(
    ("word", "stem", "holds"),
    [
        pytest.param("Velferdsteknologiløsninger", "velferdsteknologi", True, id="first part"),
        pytest.param("basisvelferdsteknologi", "velferdsteknologi", True, id="last part"),
        pytest.param("nettbrett", "nett", True, id="short stem first"),
        pytest.param("brunett", "nett", False, id="short stem elsewhere"),
        pytest.param("skole", "velferd", False, id="not there"),
    ],
)
def test_compound_holds_a_stem(word: str, stem: str, holds: bool) -> None:
    assert contains_stem(word, stem) is holds
