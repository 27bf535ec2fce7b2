"""Lists of words that are data: all are there, and a damaged one is told of."""

from __future__ import annotations

import re

import pytest

from compliance.errors import SettingsError
from compliance.files import find_data_folder
from compliance.records import DocumentType
from compliance.text import word_lists
from compliance.text.word_lists import (
    DocumentTypes,
    LanguageWords,
    NameWords,
    StemWords,
    WordFile,
    load_all_words,
    load_words,
)


def test_every_shipped_list_is_read() -> None:
    shipped = {path.stem for path in (find_data_folder("rules") / word_lists.FOLDER).iterdir()}
    assert shipped == set(word_lists._FILES.values())
    assert len(load_all_words()) == len(shipped)


@pytest.mark.parametrize("kind", [kind for kind in word_lists._FILES if kind.__name__.endswith("Words")])
def test_words_are_in_lower_case_without_what_is_no_letter(kind: type[WordFile]) -> None:
    lists = load_words(kind)
    words = [word for name in kind.model_fields for word in getattr(lists, name)]
    assert all(re.fullmatch(r"[^\W\d_]+", word) and word == word.casefold() for word in words)


def test_words_that_yaml_takes_for_truth_values_are_words() -> None:
    assert {"ja", "nei", "no"} <= set(load_words(StemWords).function_words)
    assert "on" in load_words(LanguageWords).list_foreign()["finnish"]


def test_no_small_word_is_of_both_written_languages() -> None:
    words = load_words(LanguageWords)
    assert not set(words.bokmal) & set(words.nynorsk)


def test_every_kind_of_title_is_a_kind_of_document_and_reads_as_a_pattern() -> None:
    for each in load_words(DocumentTypes).titles:
        assert DocumentType(each.type)
        assert not re.compile(each.pattern).search("")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("national: ''", "tom", id="empty"),
        pytest.param("national: norge noreg norge", "«norge» står to ganger", id="twice"),
        pytest.param("other: norge", "national", id="another field"),
        pytest.param("- norge", "", id="a list"),
        pytest.param("national: [", "ikke gyldig YAML", id="no YAML"),
        pytest.param(None, "kan ikke leses", id="missing"),
    ],
)
def test_a_damaged_list_is_named(tmp_path, monkeypatch: pytest.MonkeyPatch, text: str | None, message: str) -> None:
    (tmp_path / word_lists.FOLDER).mkdir()
    if text is not None:
        (tmp_path / word_lists.FOLDER / "names.yaml").write_text(text)
    monkeypatch.setattr(word_lists, "find_data_folder", lambda _: tmp_path)
    with pytest.raises(SettingsError, match=rf"names\.yaml: .*{message}"):
        load_words.__wrapped__(NameWords)
