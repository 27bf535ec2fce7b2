"""What is made of data files is kept between processes, and made again where anything has changed."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from compliance import kept
from compliance.config import GuidelinesConfig
from compliance.errors import GuidelineError
from compliance.files import find_data_folder
from compliance.guidelines.criteria import _load_criteria
from compliance.guidelines.fingerprints import load_fingerprints
from compliance.guidelines.load import load_guidelines
from compliance.guidelines.reminders import load_reminders
from compliance.guidelines.rules import load_rules
from compliance.kept import MOST_KEPT, keep_made
from guideline_files import MONEY


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setattr(kept, "find_user_cache", lambda: tmp_path / "cache")
    return tmp_path / "cache" / kept.FOLDER


@pytest.fixture
def words(tmp_path):
    path = tmp_path / "words.txt"
    path.write_text("nett\nsky", encoding="utf-8")
    return path


def split_words(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split()


def keep_words(path: Path) -> list[str]:
    return keep_made("words", [path], lambda: split_words(path))


def find_kept(words: Path) -> list[str]:
    """Return what is kept of the words; a failed test where they are made again."""
    return keep_made("words", [words], lambda: pytest.fail("made again"))


def test_what_was_made_once_is_kept(words):
    assert keep_words(words) == find_kept(words) == ["nett", "sky"]


def test_a_changed_file_is_read_again(words):
    keep_words(words)
    words.write_text("nett\nhav", encoding="utf-8")  # as long as before, and perhaps within the clock's tick
    assert keep_words(words) == find_kept(words) == ["nett", "hav"]


def test_another_program_makes_it_again(words, monkeypatch):
    keep_words(words)
    monkeypatch.setattr(kept, "_describe_program", lambda: b"the next version")
    assert keep_made("words", [words], lambda: ["made", "otherwise"]) == ["made", "otherwise"]


def test_an_edited_module_is_another_program(tmp_path, monkeypatch):
    (tmp_path / "cues.py").write_text("a = 1", encoding="utf-8")
    monkeypatch.setattr(kept, "PACKAGE", tmp_path)
    before = [*kept._list_modules()]
    (tmp_path / "cues.py").write_text("a = 10", encoding="utf-8")
    assert len(before) == 1
    assert [*kept._list_modules()] != before


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda content: content[:-1] + bytes([content[-1] ^ 1]), id="a-bit"),
        pytest.param(lambda content: content[: len(content) // 2], id="cut"),
        pytest.param(lambda content: content[:40], id="cut-in-its-head"),
        pytest.param(lambda content: b"", id="empty"),
        pytest.param(lambda content: content + b"more", id="longer"),
    ],
)
def test_what_is_damaged_is_made_again_and_told(words, cache, caplog, damage):
    keep_words(words)
    (file,) = cache.iterdir()
    file.write_bytes(damage(file.read_bytes()))
    with caplog.at_level(logging.WARNING):
        assert keep_words(words) == ["nett", "sky"]
    assert [record.getMessage() for record in caplog.records] == [f"{file} var skadet og lages på nytt."]
    assert find_kept(words) == ["nett", "sky"]


def test_what_another_user_has_put_there_is_not_opened(words, monkeypatch):
    keep_words(words)
    monkeypatch.setattr("os.getuid", lambda: 4711)
    assert keep_made("words", [words], lambda: ["our", "own"]) == ["our", "own"]


def test_where_nothing_can_be_kept_it_is_made_all_the_same(words, cache):
    cache.parent.write_text("no folder", encoding="utf-8")
    assert keep_words(words) == keep_words(words) == ["nett", "sky"]


def test_a_file_that_cannot_be_read_is_told_by_who_reads_it(tmp_path, cache):
    with pytest.raises(FileNotFoundError):
        keep_words(tmp_path / "missing.txt")
    assert not cache.exists()


def test_files_in_other_places_do_not_drive_each_other_out_until_there_are_many(tmp_path, words, cache):
    others = [tmp_path / f"{number}.txt" for number in range(MOST_KEPT)]
    for path in others[:-1]:
        path.write_text(path.stem, encoding="utf-8")
        keep_words(path)
    keep_words(words)
    assert find_kept(others[0]) == ["0"]
    others[-1].write_text("last", encoding="utf-8")
    keep_words(others[-1])
    assert len([*cache.iterdir()]) == MOST_KEPT


@pytest.mark.parametrize(
    "load",
    [
        pytest.param(load_rules, id="rules"),
        pytest.param(lambda: load_guidelines(GuidelinesConfig()), id="guidelines"),
        pytest.param(lambda: load_fingerprints(GuidelinesConfig()), id="fingerprints"),
        pytest.param(load_reminders, id="reminders"),
        pytest.param(lambda: _load_criteria.__wrapped__(find_data_folder("rules") / "criteria.yaml"), id="criteria"),
    ],
)
def test_what_is_kept_of_the_shipped_files_equals_what_is_read_of_them(load, cache, monkeypatch):
    read = load()
    assert len([*cache.iterdir()]) == 1
    with monkeypatch.context() as patch:
        patch.setattr("yaml.compose", lambda *_, **__: pytest.fail("read again"))
        found = load()
    assert found == read
    assert repr(found) == repr(read)  # what results are kept by


def test_a_pattern_that_was_kept_is_found_in_a_text():
    load_rules()
    money = {cue.id: cue for cue in load_rules().money}
    assert any(each.compiled.search("4 millioner kroner") for cue in money.values() for each in cue.patterns)


def test_a_users_rule_file_counts_beside_what_is_kept_and_so_does_a_change_to_it(tmp_path):
    shipped = load_rules()
    (tmp_path / "money.yaml").write_text(MONEY, encoding="utf-8")
    assert [each.id for each in load_rules((tmp_path,)).money[len(shipped.money) :]] == ["own_sum"]
    (tmp_path / "money.yaml").write_text(MONEY.replace("own_sum", "our_sum"), encoding="utf-8")
    assert [each.id for each in load_rules((tmp_path,)).money[len(shipped.money) :]] == ["our_sum"]
    assert load_rules() == shipped


def test_of_files_with_a_fault_nothing_is_kept(tmp_path, cache):
    (tmp_path / "money.yaml").write_text(MONEY.replace("\\d+ kr", "(kr"), encoding="utf-8")
    for _ in range(2):
        with pytest.raises(GuidelineError, match="mønsteret kan ikke leses"):
            load_rules((tmp_path,))
    assert not cache.exists()


def test_processes_that_come_at_once_all_read_the_same(tmp_path, cache):
    script = (
        "import sys; from pathlib import Path; from compliance import kept\n"
        "kept.find_user_cache = lambda: Path(sys.argv[1])\n"
        "from compliance.guidelines.rules import load_rules\n"
        "print(hash(len(repr(load_rules()))))\n"
    )
    command = [sys.executable, "-c", script, str(cache.parent)]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
    said = [process.communicate() for process in processes]
    assert [error for _, error in said] == [b""] * 3
    assert {int(output) for output, _ in said} == {len(repr(load_rules()))}
    assert len([*cache.iterdir()]) == 1  # nothing half written is left
