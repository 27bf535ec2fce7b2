"""A text's words through the noise of files and typesetting, with offsets in the text as it stands."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.textreuse.token_hashes import index_words

PLAIN = "Fylket skal digitalisere offentlig forvaltning på én effektiv måte: IKT-strategien er «først»."


def ids_of(text: str) -> list[int]:
    return index_words(text).ids.tolist()


def words_of(text: str) -> list[str]:
    index = index_words(text)
    return [text[start:end] for start, end in zip(index.starts, index.ends, strict=True)]


@pytest.mark.parametrize(
    ("noisy", "as_written"),
    [
        pytest.param(unicodedata.normalize("NFD", PLAIN), unicodedata.normalize("NFD", "på"), id="decomposed letters"),
        pytest.param(PLAIN.replace("ff", "ﬀ"), "oﬀentlig", id="ligature"),
        pytest.param(PLAIN.replace("digitali", "digi\xadtali\xad"), "digi\xadtali\xadsere", id="soft hyphens"),
        pytest.param(PLAIN.replace("digitali", "digi-tali‑"), "digi-tali‑sere", id="hard hyphens"),
        pytest.param(PLAIN.replace("digitali", "digitali-\n   "), "digitali-\n   sere", id="line break in a word"),
        pytest.param(PLAIN.replace("digitali", "digitali\xad\r\n"), "digitali\xad\r\nsere", id="soft break"),
        pytest.param(PLAIN.replace("digitali", "digitali- "), "digitali- sere", id="line break made a space"),
        pytest.param(PLAIN.replace("IKT-", "IKT-\n"), "IKT-\nstrategien", id="line break at a hyphen that belongs"),
        pytest.param(PLAIN.replace("digi", "di\u200bgi"), "di\u200bgitalisere", id="zero width space"),
        pytest.param(PLAIN.upper(), "OFFENTLIG", id="case"),
        pytest.param(PLAIN.replace(" ", " \n\xa0"), "offentlig", id="spaces"),
        pytest.param(PLAIN.replace("«", "“").replace("»", "”").replace("-", "–"), "først", id="quotes and dashes"),
        pytest.param(f"  • {PLAIN}", "Fylket", id="bullet"),
        pytest.param(f"7) {PLAIN}", "Fylket", id="numbered item"),
        pytest.param(f"a. {PLAIN}", "Fylket", id="lettered item"),
        pytest.param(f"(iv) {PLAIN}", "Fylket", id="roman item"),
        pytest.param(f"o {PLAIN}", "Fylket", id="bullet that is a letter"),
    ],
)
def test_noise_changes_no_word(noisy: str, as_written: str) -> None:
    assert ids_of(noisy) == ids_of(PLAIN)
    assert as_written in words_of(noisy)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("helse- og omsorg", ["helse", "og", "omsorg"], id="suspended compound"),
        pytest.param("helse-\nog omsorg", ["helse", "og", "omsorg"], id="suspended compound at a line end"),
        pytest.param("12. mai", ["12", "mai"], id="a date is no list marker"),
        pytest.param("2020-2024", ["2020", "2024"], id="years"),
        pytest.param("se www.example.org/a-b?c=d her", ["se", "www.example.org/a-b?c=d", "her"], id="address"),
        pytest.param("- – ‐ \xad \u0301", [], id="nothing but signs"),
        pytest.param("", [], id="empty"),
        pytest.param("\ud800 a 😀 b", ["a", "b"], id="half a surrogate pair, and a sign beyond the basic plane"),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@given(st.text(alphabet=st.sampled_from("aåÅé-\xad\u0301\u030a\u200bﬁß 1.)\n–»hwt:/"), max_size=40))
def test_offsets_are_ordered_and_within_the_text(text: str) -> None:
    index = index_words(text)
    ends = [0, *index.ends.tolist()]
    for before, start, end in zip(ends, index.starts.tolist(), ends[1:], strict=False):
        assert before <= start < end <= len(text)


@given(st.text(max_size=60))
def test_composing_changes_no_word_of_letters_we_write(text: str) -> None:
    norwegian = "".join(character for character in text if character in "abcæøåÆØÅéô -.")
    assert ids_of(unicodedata.normalize("NFD", norwegian)) == ids_of(norwegian)
