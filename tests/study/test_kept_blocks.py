"""After a change a study is what one made from nothing would be, and only the municipalities it touches are read."""

from __future__ import annotations

from datetime import date

import pytest

from compliance.runs.analysis_pool import AnalysisPool
from compliance.study.blocks import BlockReader
from compliance.study.files import MANIFEST_NAME, STATE_NAME
from compliance.study.run import StudyOptions, run_study
from runs.test_kept_parts import CONFIG, DOCUMENTS, SHARED, analyse_here, read_tables

OPTIONS = StudyOptions(as_of=date(2024, 6, 30))
NOT_COMPARED = {"study_info", "study_blocks"}  # when it was made; and what a hash of the reading order is in


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch):
    monkeypatch.setattr(AnalysisPool, "analyse_each", analyse_here)
    monkeypatch.setattr(AnalysisPool, "start_ahead", lambda pool, files: None)


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "korpus"
    folder.mkdir()
    for name, text in DOCUMENTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def read_again(monkeypatch):
    """Return the municipalities that were read, as they are."""
    names = []
    whole = BlockReader.read

    def note(self, name, documents, rows, results):
        names.append(name)
        return whole(self, name, documents, rows, results)

    monkeypatch.setattr(BlockReader, "read", note)
    return names


def study(corpus, out):
    return run_study(corpus, out=out, config=CONFIG, options=OPTIONS)


def test_a_changed_corpus_has_the_study_of_one_made_from_nothing(corpus, tmp_path, read_again):
    study(corpus, tmp_path / "out")
    assert sorted(read_again) == ["Lillevik", "Skarvøya", "Storvik"]
    read_again.clear()
    path = corpus / "lillevik_strategi.txt"
    path.write_text(path.read_text(encoding="utf-8").replace(SHARED, "Vi rydder stier."), encoding="utf-8")
    study(corpus, tmp_path / "out")
    assert "Lillevik" in read_again
    assert "Storvik" not in read_again  # it shares nothing with the document that was changed
    study(corpus, tmp_path / "fresh")
    tables, expected = read_tables(tmp_path / "out"), read_tables(tmp_path / "fresh")
    assert expected["study_cells"]
    for name in expected.keys() - NOT_COMPARED:
        assert tables[name] == expected[name], name


def test_a_municipality_that_is_gone_is_not_kept(corpus, tmp_path):
    study(corpus, tmp_path / "out")
    for name in ("storvik_strategi.txt", MANIFEST_NAME, STATE_NAME):
        (corpus / name).unlink()
    study(corpus, tmp_path / "out")
    assert not [row for row in read_tables(tmp_path / "out")["study_blocks"] if "Storvik" in row]
