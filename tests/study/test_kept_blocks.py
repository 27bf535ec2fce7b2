"""After a change a study is what one made from nothing would be, and only the municipalities it touches are read."""

from __future__ import annotations

from datetime import date

import pytest

from compliance.runs.analysis_pool import AnalysisPool
from compliance.study.blocks import BlockReader
from compliance.study.files import MANIFEST_NAME, PLACES, ROWS, STATE_NAME
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


def read_pages(out):
    """Return the study's pages by name: content, and when each was written."""
    pages = [path for folder in (ROWS, PLACES) for path in (out / "report" / folder).glob("*.html")]
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in pages}


def test_pages_are_those_of_a_study_made_from_nothing_and_only_those_that_change_are_written(corpus, tmp_path):
    study(corpus, tmp_path / "out")
    before = read_pages(tmp_path / "out")
    path = corpus / "lillevik_strategi.txt"
    path.write_text(path.read_text(encoding="utf-8").replace(SHARED, "Vi rydder stier."), encoding="utf-8")
    study(corpus, tmp_path / "out")
    study(corpus, tmp_path / "fresh")
    now, expected = read_pages(tmp_path / "out"), read_pages(tmp_path / "fresh")
    assert {name: content for name, (content, _) in now.items()} == {name: page for name, (page, _) in expected.items()}
    assert {name for name in now if now[name][1] != before[name][1]} == {
        name for name in now if now[name][0] != before[name][0]
    }
    assert {"storvik.html", "lillevik.html"} <= now.keys()
    assert now["storvik.html"] == before["storvik.html"]
    assert now["lillevik.html"] != before["lillevik.html"]


def test_a_page_that_somebody_changed_is_written_again(corpus, tmp_path):
    study(corpus, tmp_path / "out")
    before = read_pages(tmp_path / "out")
    (tmp_path / "out" / "report" / PLACES / "storvik.html").write_text("Endret.", encoding="utf-8")
    (corpus / "lillevik_strategi.txt").unlink()
    study(corpus, tmp_path / "out")
    assert read_pages(tmp_path / "out")["storvik.html"][0] == before["storvik.html"][0]
