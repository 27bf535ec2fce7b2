"""Gold folders: what is refused, and with what message."""

from __future__ import annotations

import pytest

from compliance.errors import GoldError
from compliance.evaluate.gold import load_gold


def write(folder, content):
    (folder / "passages.jsonl").write_text(content, encoding="utf-8")
    return folder


def test_passages_are_read_in_order(tmp_path):
    gold = load_gold(write(tmp_path, '{"id": "a", "text": "En."}\n\n{"id": "b", "text": "To."}\n'))
    assert [passage.id for passage in gold.passages] == ["a", "b"]
    assert gold.document is None


@pytest.mark.parametrize(
    ("content", "line"),
    [
        pytest.param('{"id": "a", "text": "En."}\nikke json\n', 2, id="not JSON"),
        pytest.param('{"id": "a"}\n', 1, id="no text"),
        pytest.param('["a", "En."]\n', 1, id="not an object"),
        pytest.param('{"id": "a", "text": "En."}\n{"id": "a", "text": "To."}\n', 2, id="an id twice"),
    ],
)
def test_broken_line_is_named(tmp_path, content, line):
    with pytest.raises(GoldError) as caught:
        load_gold(write(tmp_path, content))
    assert [problem.line for problem in caught.value.problems] == [line]


def test_folder_without_passages_is_refused(tmp_path):
    with pytest.raises(GoldError, match=r"passages\.jsonl"):
        load_gold(tmp_path)


def test_empty_set_is_refused(tmp_path):
    with pytest.raises(GoldError, match="ingen avsnitt"):
        load_gold(write(tmp_path, "\n"))


def test_line_separator_within_a_text_ends_no_line(tmp_path):
    gold = load_gold(write(tmp_path, '{"id": "a", "text": "En\u2028to."}\n'))
    assert [passage.text for passage in gold.passages] == ["En\u2028to."]


def test_set_in_another_encoding_is_refused(tmp_path):
    (tmp_path / "passages.jsonl").write_bytes('{"id": "a", "text": "Bø."}'.encode("cp1252"))
    with pytest.raises(GoldError, match="UTF-8"):
        load_gold(tmp_path)


def test_missing_folder_is_named(tmp_path):
    with pytest.raises(GoldError, match="mappen finnes ikke"):
        load_gold(tmp_path / "borte")
