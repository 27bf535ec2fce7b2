"""A text's words through the noise of files and typesetting, with offsets in the text as it stands."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.textreuse.token_hashes import hash_ngrams, index_words

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


INDEX = index_words("  aa bbb, cc  d")  # words at 2–4, 5–8, 10–12 and 14–15


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        pytest.param(0, 99, (0, 4), id="all"),
        pytest.param(2, 8, (0, 2), id="just two"),
        pytest.param(3, 8, (1, 2), id="the first is cut"),
        pytest.param(2, 7, (0, 1), id="the last is cut"),
        pytest.param(6, 7, (2, 2), id="within a word"),
        pytest.param(8, 10, (2, 2), id="between words"),
        pytest.param(15, 99, (4, 4), id="behind all"),
    ],
)
def test_the_words_within_some_characters(start: int, end: int, words: tuple[int, int]) -> None:
    assert INDEX.words_within(start, end) == words


@pytest.mark.parametrize(
    ("first", "last", "characters"),
    [
        pytest.param(0, 4, (2, 15), id="all"),
        pytest.param(1, 2, (5, 8), id="one"),
        pytest.param(1, 1, (5, 5), id="none, before a word"),
        pytest.param(4, 4, (15, 15), id="none, behind the last"),
    ],
)
def test_the_characters_of_some_words(first: int, last: int, characters: tuple[int, int]) -> None:
    assert INDEX.characters_of(first, last) == characters


def test_a_text_has_as_many_words_as_it_has() -> None:
    assert len(INDEX) == 4


def test_words_are_the_same_by_their_letters_in_order() -> None:
    words = ["ab", "ba", "abc", "a", "b", "aab", "abb", "0", "00", "år", "ar", "æ" * 5000, "æ" * 4999]
    assert len({ids_of(word)[0] for word in words}) == len(words)
    assert [ids_of(f"{word} x {word}") for word in words] == [
        ids_of(word) + ids_of("x") + ids_of(word) for word in words
    ]


def test_ids_stay_as_they_are_from_one_version_to_the_next() -> None:
    """An index on disk is compared with what is made today."""
    assert ids_of("Vi digitaliserer") == [13468387764818561557, 7581528577758253713]


@pytest.mark.parametrize(("size", "count"), [(1, 6), (3, 4), (6, 1), (7, 0)])
def test_runs_of_words_are_hashed_by_their_order(size: int, count: int) -> None:
    ids = index_words("a b c a b d").ids
    hashes = hash_ngrams(ids, size=size).tolist()
    assert len(hashes) == count
    runs = [tuple(ids[k : k + size].tolist()) for k in range(count)]
    assert len(set(hashes)) == len(set(runs))
    assert [hashes.index(each) for each in hashes] == [runs.index(each) for each in runs]


def test_runs_in_another_order_are_other_runs() -> None:
    assert hash_ngrams(index_words("a b c").ids, size=3) != hash_ngrams(index_words("b a c").ids, size=3)
