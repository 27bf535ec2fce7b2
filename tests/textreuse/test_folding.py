"""What each character is to a reader, and which characters of the text it stands for."""

from __future__ import annotations

import pytest

from compliance.textreuse.folding import fold_characters


def fold(text: str) -> list[tuple[str, str]]:
    """Return the letters and figures of words, folded, each with the part of the text that it stands for."""
    characters = fold_characters(text)
    return [
        (chr(folded), text[start:stop])
        for folded, in_word, start, stop in zip(
            characters.folded.tolist(), characters.in_word, characters.starts, characters.stops, strict=True
        )
        if in_word
    ]


def alike(text: str) -> list[tuple[str, str]]:
    return [(letter.lower(), letter) for letter in text]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("Åå 1", [("å", "Å"), ("å", "å"), ("1", "1")], id="case"),
        pytest.param("a\u030ab", [("å", "a\u030a"), ("b", "b")], id="a letter with its ring"),
        pytest.param("e\u0301\u0327b", [("é", "e\u0301\u0327"), ("b", "b")], id="two marks, of which one composes"),
        pytest.param("\u0301ab", alike("ab"), id="a mark without a letter"),
        pytest.param("aﬁb", [("a", "a"), ("f", "ﬁ"), ("i", "ﬁ"), ("b", "b")], id="ligature"),
        pytest.param("ßﬃ", [("s", "ß"), ("s", "ß"), ("f", "ﬃ"), ("f", "ﬃ"), ("i", "ﬃ")], id="two of them"),
        pytest.param("a\u200bb", alike("ab"), id="zero width space"),
        pytest.param("\u200ba\ufeff", alike("a"), id="invisible at the ends"),
        pytest.param("ab-cd", alike("abcd"), id="hyphen within a word"),
        pytest.param("1-2", alike("12"), id="figures, which a hyphen parts"),
        pytest.param("a-1", alike("a1"), id="a letter and a figure, which it parts"),
        pytest.param("-a-", alike("a"), id="hyphens around a word"),
    ],
)
def test_letters_stand_for_parts_of_the_text(text, folded) -> None:
    assert fold(text) == folded


def words_of(text: str) -> list[str]:
    """Return the words as folded: what a character that is in none of them parts."""
    characters = fold_characters(text)
    pairs = zip(characters.folded.tolist(), characters.in_word.tolist(), strict=True)
    return "".join(chr(folded) if in_word else " " for folded, in_word in pairs).split()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("ab-\n  cd", ["abcd"], id="hyphen and line break"),
        pytest.param("ab- cd", ["abcd"], id="and a space"),
        pytest.param("ab- Cd", ["ab", "cd"], id="before a capital: a name"),
        pytest.param("ab-\nCd", ["abcd"], id="before a capital on the next line"),
        pytest.param("ab-\rCd", ["abcd"], id="by the carriage return alone"),
        pytest.param("ab–\ncd", ["ab", "cd"], id="a dash"),
        pytest.param("ab\xad\ncd", ["abcd"], id="soft hyphen"),
        pytest.param("ab‐\ncd", ["abcd"], id="the hyphen of Unicode"),
        pytest.param("ab- og cd", ["ab", "og", "cd"], id="suspended"),
        pytest.param("ab-\nELLER cd", ["ab", "eller", "cd"], id="suspended, in capitals"),
        pytest.param("ab- and", ["ab", "and"], id="in English"),
        pytest.param("ab- ogsa", ["abogsa"], id="longer than «og»"),
        pytest.param("ab-  1", ["ab", "1"], id="before a figure"),
        pytest.param("ab- ", ["ab"], id="before nothing"),
        pytest.param("ab- «cd", ["ab", "cd"], id="before a quotation mark"),
        pytest.param("12-\ncd", ["12", "cd"], id="after a figure"),
        pytest.param("1-2", ["1", "2"], id="between figures"),
        pytest.param("a1-b", ["a1", "b"], id="after a figure in a word"),
        pytest.param("a - b", ["a", "b"], id="a dash by itself"),
        pytest.param("a😀b", ["a", "b"], id="a sign beyond the basic plane"),
        pytest.param("å https://x.no/a-b?c_d=1 b", ["å", "https://x.no/a-b?c_d=1", "b"], id="an address is one word"),
        pytest.param("å www.x.no b", ["å", "www.x.no", "b"], id="without its scheme"),
        pytest.param("1. ab\n(b) cd\n iv) ef\no gh", ["ab", "cd", "ef", "gh"], id="markers of lists"),
        pytest.param("12. mai\n3. des", ["12", "mai", "3", "des"], id="dates"),
        pytest.param("ab 1. cd", ["ab", "1", "cd"], id="not in a line"),
    ],
)
def test_what_parts_words(text, words) -> None:
    assert words_of(text) == words
