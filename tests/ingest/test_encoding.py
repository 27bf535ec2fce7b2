from __future__ import annotations

import pytest

from compliance.ingest.encoding import decode

TEXT = "Økonomien i Fjordvik er stram, så vi må gjøre mer sammen for å få økt nytte av det vi lærer."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "cp850", "mac_roman"])
def test_text_is_read_in_the_encoding_it_is_in(encoding: str) -> None:
    decoded = decode(TEXT.encode(encoding))
    assert decoded is not None
    assert decoded.text == TEXT
    assert decoded.warnings == ()


@pytest.mark.parametrize("signs", ["«Mål» – ’nå’ … 5 §", "Café, naïve, Müller og Åse", "Temperatur −5 °C, 20 m²"])
def test_signs_of_windows_stay_what_they_are(signs: str) -> None:
    text = f"{TEXT} {signs.replace('−', '-')}"
    decoded = decode(text.encode("cp1252"))
    assert decoded is not None
    assert decoded.text == text


@pytest.mark.parametrize("middle", ["cp1252", "latin-1"])
def test_text_that_was_encoded_twice_is_mended_and_told(middle: str) -> None:
    text = "Mål for økonomien: å gjøre mer"
    decoded = decode(text.encode("utf-8").decode(middle).encode("utf-8"))
    assert decoded is not None
    assert decoded.text == text
    assert [warning.code for warning in decoded.warnings] == ["repaired_encoding"]


def test_a_wrong_declaration_is_told() -> None:
    decoded = decode(TEXT.encode("cp1252"), declared="utf-8")
    assert decoded is not None
    assert decoded.text == TEXT
    assert [warning.code for warning in decoded.warnings] == ["repaired_encoding"]
