"""Which folders are measured."""

from __future__ import annotations

import pytest

from compliance.errors import SettingsError
from compliance.evaluate.discovery import choose_split, find_gold_folders
from compliance.evaluate.gold import load_gold
from gold_folders import make_row, write_gold


def test_parent_stands_for_the_sets_under_it(tmp_path):
    folders = [write_gold(tmp_path / name) for name in ("b", "a", "agreement/a")]
    assert find_gold_folders([tmp_path]) == tuple(sorted(folders))


def test_set_stands_for_itself_and_comes_once(tmp_path):
    outer = write_gold(tmp_path / "plan")
    write_gold(outer / "old")
    assert find_gold_folders([outer, tmp_path / "plan"]) == (outer,)


def test_folder_of_cases_is_found(tmp_path):
    (tmp_path / "kommuner" / "cases").mkdir(parents=True)
    (tmp_path / "kommuner" / "cases" / "skarvoya.txt").write_text("Skarvøya.", encoding="utf-8")
    assert find_gold_folders([tmp_path]) == (tmp_path / "kommuner",)


def test_folder_without_sets_is_kept_for_its_error(tmp_path):
    assert find_gold_folders([tmp_path / "borte"]) == (tmp_path / "borte",)


@pytest.mark.parametrize(
    ("split", "names"),
    [
        pytest.param("test", ["held", "readers", "unread"], id="the test split, and what nothing is learnt from"),
        pytest.param("train", ["learnt", "readers", "unread"], id="the training split"),
        pytest.param(None, ["held", "learnt", "loose", "readers", "unread"], id="all"),
    ],
)
def test_split_is_taken_from_the_description(tmp_path, split, names):
    write_gold(tmp_path / "held", labels=[make_row()], split="test")
    write_gold(tmp_path / "learnt", labels=[make_row()], split="train")
    write_gold(tmp_path / "loose", labels=[make_row()])
    for name in ("labels.A.jsonl", "labels.B.jsonl"):
        write_gold(tmp_path / "readers", labels=[make_row()], labels_name=name)
    write_gold(tmp_path / "unread")
    golds = [load_gold(folder) for folder in find_gold_folders([tmp_path])]
    assert [gold.name for gold in choose_split(golds, split)] == names


def test_split_without_sets_is_told(tmp_path):
    gold = load_gold(write_gold(tmp_path, labels=[make_row()], split="train"))
    with pytest.raises(SettingsError, match="--split test"):
        choose_split([gold], "test")
