import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.records import Language
from compliance.text.language import detect_language

NB = """Kommunen skal gi innbyggerne gode digitale tjenester. Vi vet ikke hva fremtiden bringer, men vi skal være
forberedt. Flere eldre trenger hjelp hjemme, og velferdsteknologi kan gjøre hverdagen tryggere for mange av dem."""
NN = """Kommunen skal gje innbyggjarane gode digitale tenester. Vi veit ikkje kva framtida kjem med, men vi skal vere
førebudde. Fleire eldre treng hjelp heime, og velferdsteknologi kan gjere kvardagen tryggare for mange av dei."""
DA = """Kommunen skal give borgerne gode digitale tjenester. Vi ved ikke, hvad fremtiden bringer, men vi skal være
forberedt. Flere ældre får brug for hjælp, og nogle af dem har også mod på at bruge ny teknologi, hvis de kan."""
SV = """Kommunen ska ge invånarna goda digitala tjänster. Vi vet inte vad framtiden för med sig, men vi ska vara
förberedda. Fler äldre behöver hjälp och det är också viktigt att alla får vara med när tekniken kommer till dem."""
EN = """The municipality will offer its residents good digital services. We do not know what the future holds, but we
should be prepared for it, and many of them are able to use the technology that is at hand."""
DE = """Die Gemeinde bietet den Bürgern gute digitale Dienste an. Wir wissen nicht, was die Zukunft bringt, aber wir
werden auf sie vorbereitet sein und das ist auch für die Älteren von Bedeutung."""


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param(NB, Language.NB, id="bokmål"),
        pytest.param(NN, Language.NN, id="nynorsk"),
        pytest.param(DA, Language.OTHER, id="danish"),
        pytest.param(SV, Language.OTHER, id="swedish"),
        pytest.param(EN, Language.OTHER, id="english"),
        pytest.param(DE, Language.OTHER, id="german"),
        pytest.param(NB + NB + EN, Language.NB, id="bokmål with an English summary"),
        pytest.param(NN + NN + NB, Language.NN, id="nynorsk that quotes bokmål"),
        pytest.param(NN.upper(), Language.NN, id="capitals"),
        pytest.param("Digitaliseringsstrategi for kommunen", Language.NB, id="heading without telling words"),
        pytest.param("Korleis vi arbeider", Language.NN, id="short nynorsk"),
        pytest.param("Utfordringar og moglegheiter", Language.NN, id="nynorsk by its endings"),
        pytest.param("Utfordringene og mulighetene", Language.NB, id="bokmål by its endings"),
        pytest.param("Mål og tiltak", Language.NB, id="neither: counts as bokmål"),
        pytest.param("Lorem ipsum dolor", Language.OTHER, id="no Norwegian at all"),
        pytest.param("2019 1,5 %", Language.OTHER, id="no words"),
        pytest.param("", Language.OTHER, id="empty"),
    ],
)
def test_language_of_a_text(text: str, language: Language) -> None:
    assert detect_language(text).language is language


def test_the_words_it_was_read_from_are_told() -> None:
    detected = detect_language(NN)
    assert {word.text for word in detected.words} >= {"ikkje", "kva"}
    assert detected.share > 0.9


@given(st.text() | st.sampled_from([NB, NN, SV]).flatmap(lambda text: st.text(max_size=5).map(lambda x: x + text)))
def test_evidence_stands_where_it_says(text: str) -> None:
    detected = detect_language(text)
    assert 0 <= detected.share <= 1
    for word in detected.words:
        assert text[word.start : word.end].casefold() == word.text
