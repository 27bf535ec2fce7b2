import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.text.normalise import fold_text, join_lines, normalise_text


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param(
            "effektiv of\ufb01siell af\ufb01nitet \ufb02yt", "effektiv offisiell affinitet flyt", id="ligatures"
        ),
        pytest.param("Bla\u030a o\u0308l", "Blå öl", id="decomposed letters"),
        pytest.param("kommune\xadplan", "kommuneplan", id="soft hyphen inside a word"),
        pytest.param("digitali\xad\nsering", "digitalisering", id="soft hyphen before a line break joins"),
        pytest.param("vel\u200bferd\ufeff", "velferd", id="zero width characters"),
        pytest.param("kr\xa01\u202f500\u2009000", "kr 1 500 000", id="odd spaces"),
        pytest.param("IKT\u2011strategi og e\u2010helse", "IKT-strategi og e-helse", id="hyphens"),
        pytest.param("«Vi – alle» sa “hun”", "«Vi – alle» sa “hun”", id="quotes and dashes stay"),
        pytest.param("a\r\nb\rc\u2028d", "a\nb\nc\nd", id="line breaks"),
        pytest.param("\uf0b7 Tiltak", "• Tiltak", id="bullet of a symbol font"),
    ],
)
def test_normalise_text_repairs_characters(raw: str, expected: str) -> None:
    assert normalise_text(raw) == expected


@given(st.text())
def test_normalise_text_is_idempotent(raw: str) -> None:
    once = normalise_text(raw)
    assert normalise_text(once) == once
    assert unicodedata.is_normalized("NFC", once)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            ["Kommunen satser på digitali-", "sering av skolen."],
            "Kommunen satser på digitalisering av skolen.",
            id="hyphenation",
        ),
        pytest.param(
            ["IKT-", "og digitaliseringsstrategi"],
            "IKT- og digitaliseringsstrategi",
            id="suspended hyphen of an acronym",
        ),
        pytest.param(["helse-", "og omsorg"], "helse- og omsorg", id="suspended hyphen"),
        pytest.param(["HELSE-", "OG OMSORG"], "HELSE- OG OMSORG", id="suspended hyphen in capitals"),
        pytest.param(
            ["barne- eller ungdoms-", "skole"], "barne- eller ungdomsskole", id="hyphenation after a suspended hyphen"
        ),
        pytest.param(["e-", "helse"], "e-helse", id="single letter"),
        pytest.param(["IKT-", "strategi"], "IKT-strategi", id="acronym"),
        pytest.param(["COVID-", "19"], "COVID-19", id="digit follows"),
        pytest.param(["2019-", "2025"], "2019-2025", id="years with a hyphen"),
        pytest.param(["2019–", "2025"], "2019–2025", id="years with a dash"),
        pytest.param(["5G-", "nett"], "5G-nett", id="digit in the fragment"),
        pytest.param(["Nord-", "Trøndelag"], "Nord-Trøndelag", id="capital keeps the hyphen"),
        pytest.param(["DIGITALISERINGS-", "STRATEGI"], "DIGITALISERINGSSTRATEGI", id="heading in capitals"),
        pytest.param(["PLAN-", "STRATEGI"], "PLANSTRATEGI", id="short word of a heading in capitals"),
        pytest.param(["UNESCO-", "listen"], "UNESCO-listen", id="long acronym"),
        pytest.param(["ikke-", "digitale innbyggere"], "ikke-digitale innbyggere", id="prefix written with a hyphen"),
        pytest.param(["digitali\xad", "sering"], "digitalisering", id="soft hyphen"),
        pytest.param(["Nord\xad", "Trøndelag"], "NordTrøndelag", id="soft hyphen joins even before a capital"),
        pytest.param(["digitali\u2010", "sering"], "digitalisering", id="U+2010 is a hyphen"),
        pytest.param(["helse\u2011", "og omsorg"], "helse- og omsorg", id="U+2011 is a hyphen"),
        pytest.param(["et tiltak -", "som virker"], "et tiltak - som virker", id="a dash written as a hyphen"),
        pytest.param(["https://www.min-", "kommune.no"], "https://www.min-kommune.no", id="web address"),
        pytest.param(["og/", "eller"], "og/eller", id="slash"),
        pytest.param(["  Vi skal ", "", " lykkes  sammen."], "Vi skal lykkes sammen.", id="spaces and empty lines"),
        pytest.param(["velferds-", "tekno-", "logi"], "velferdsteknologi", id="twice"),
        pytest.param([], "", id="no lines"),
    ],
)
def test_join_lines_repairs_line_ends(lines: list[str], expected: str) -> None:
    assert join_lines(lines) == expected


@given(st.lists(st.text()))
def test_join_lines_gives_one_clean_line(lines: list[str]) -> None:
    joined = join_lines(lines)
    assert joined == " ".join(joined.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("«Én DIGITAL offentlig sektor»", '"én digital offentlig sektor"', id="case and quotes"),
        pytest.param("2019–2025 — slutt", "2019-2025 - slutt", id="dashes"),
        pytest.param("kr\xa05\nmill.", "kr 5 mill.", id="spaces and line breaks"),
        pytest.param("Straße İ", "straße İ", id="letters that casefold would lengthen stay"),
    ],
)
def test_fold_text_unifies(text: str, expected: str) -> None:
    assert fold_text(text) == expected


@given(st.text())
def test_fold_text_keeps_the_length(text: str) -> None:
    assert len(fold_text(text)) == len(text)
