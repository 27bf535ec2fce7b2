"""Which words of a document are another's, and when a sentence is."""

from __future__ import annotations

import pytest

from analyse.stages import get_scanner, load_rules
from builders import make_reading
from compliance.analyse.attribution import AttributionReader, lies_within
from compliance.analyse.attribution.cues import SignReader
from compliance.analyse.context import outline_passages


@pytest.mark.parametrize(
    ("spans", "within"),
    [
        pytest.param([(0, 5)], True, id="half of it"),
        pytest.param([(0, 4)], False, id="less than half"),
        pytest.param([(0, 3), (8, 10)], True, id="half of it in two pieces"),
        pytest.param([(0, 9)], True, id="most of it"),
        pytest.param([(10, 20)], False, id="only beside it"),
        pytest.param([(-9, 2)], False, id="before it for the most part"),
        pytest.param([], False, id="nothing"),
    ],
)
def test_a_sentence_is_anothers_where_half_of_it_is(spans, within) -> None:
    assert lies_within(spans, 0, 10) is within


def test_nothing_is_within_an_empty_sentence() -> None:
    assert not lies_within([(0, 5)], 7, 7)


def test_the_longest_quotation_counts() -> None:
    short, long = "«én to tre fire fem seks sju åtte»", "«én to tre fire fem seks sju åtte ni ti elleve tolv»"
    reader = SignReader(load_rules(), get_scanner())
    for text in (f"{short} og {long} sa de.", f"{long} og {short} sa de."):
        quotation = reader.read(text, municipality=None).quotation
        assert quotation is not None
        assert quotation.text == long
        assert text[quotation.start : quotation.end] == long


@pytest.mark.parametrize(
    ("words", "counts"),
    [pytest.param(6, False, id="a name"), pytest.param(7, True, id="a saying"), pytest.param(8, True, id="a sentence")],
)
def test_a_quotation_has_seven_words_at_least(words, counts) -> None:
    quotation = (
        SignReader(load_rules(), get_scanner()).read(f"«{' '.join(['ord'] * words)}»", municipality=None).quotation
    )
    assert (quotation is not None) is counts


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "Å være «kjapp» på hugget er ikke det samme som å være «ferdig» med noe i kommunen.", id="guillemets"
        ),
        pytest.param("Merket “A” står for brygger som tåler storm og brukes sammen med “B” om de andre.", id="curly"),
        pytest.param(
            'Merket "A" står for brygger som tåler storm og brukes sammen med "B" om de andre.', id="straight"
        ),
    ],
)
def test_what_stands_between_two_quoted_terms_is_no_quotation(text) -> None:
    assert SignReader(load_rules(), get_scanner()).read(text, municipality=None).quotation is None


SAID = "digitale tjenester skal være enkle å bruke for alle som bor i landet og alle som driver virksomhet her"


@pytest.mark.parametrize(
    ("text", "others"),
    [
        pytest.param(f"«{SAID}»", f"«{SAID}»", id="the quotation alone"),
        pytest.param(f"{'Ord ' * 30}«{SAID}» {'ord ' * 5}".strip(), f"«{SAID}»", id="a long one in a longer paragraph"),
        pytest.param(f"{'Ord ' * 90}«{SAID}»", None, id="a small part of a long paragraph"),
        pytest.param("Planen har kortnavnet «digitale tjenester for alle som bor her» og gjelder i fire år, med årlig "
                     "rullering i hovedutvalget og i kommunestyret hver høst", None, id="a title in a paragraph"),
        pytest.param(f"«Vi mener at {SAID}» står det, og slik er det",  None, id="one's own words of oneself"),
        pytest.param(f"«Vi mener at {SAID}»", f"«Vi mener at {SAID}»", id="nothing but words of a «vi»"),
    ],
)  # fmt: skip
def test_quotations_are_anothers_where_they_are_much_of_the_passage(text, others) -> None:
    reading = make_reading([text], municipality="Storvik")
    reader = AttributionReader(load_rules(), get_scanner())
    spans = reader.read(reading, outline_passages(reading.passages)).spans
    assert [reading.document.text[start:end] for start, end in spans] == ([others] if others else [])
