"""After any change a folder holds what a run from nothing would: every table, every page; and no more is made again."""

from __future__ import annotations

import re
import shutil

import duckdb
import pytest

from compliance.config import Config, override
from compliance.runs.analysis_pool import AnalysisPool
from compliance.runs.corpus_stage import score_document
from compliance.runs.isolation import analyse_isolated
from compliance.runs.run import analyse_files
from compliance.store.runs import open_run

CONFIG = override(
    Config(),
    {
        "run.processes": 1,
        "analyse.judgement_folder": "rules",
        "analyse.reuse": {"reworked": False},
        "model.use_cache": False,
        "model.precision": "fp32",  # not measured: that takes seconds
    },
)
SHARED = (
    "Kommunen skal samle alle skjemaer på ett sted, slik at innbyggerne kan følge sin egen sak fra søknad til vedtak, "
    "og hver enhet skal melde fra til rådmannen innen utgangen av mars om hva som gjenstår."
)
DOCUMENTS = {
    "skarvoya_strategi.txt": f"Digitaliseringsstrategi for Skarvøya kommune 2024–2027\n\nVedtatt 14. mars 2024.\n\n"
    f"Skarvøya kommune skal innen 1. juni 2025 gi alle innbyggere digitale tjenester som henger sammen.\n\n{SHARED}\n",
    "skarvoya_okonomi.txt": "Økonomiplan for Skarvøya kommune 2025–2028\n\nDet er satt av 400 000 kroner til "
    "digitale tjenester i 2026. Kommunen skal dele data.\n",
    "lillevik_strategi.txt": "Digitaliseringsstrategi for Lillevik kommune 2021–2024\n\n"
    f"Vedtatt 3. mai 2021.\n\n{SHARED}\n",
    "storvik_strategi.txt": "<!-- side 1 -->\n\nDigitaliseringsstrategi for Storvik kommune 2023–2026\n\n"
    "<!-- side 2 -->\n\nVi skal dele data med andre, og informasjonssikkerhet skal være en del av alle planer.\n",
}
NOT_COMPARED = {"runs", "rejected", "keys", "schema_version"}


def analyse_here(pool, paths):
    for path in paths:
        yield path, analyse_isolated(path, lambda _: None, config=pool.config)


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch):
    monkeypatch.setattr(AnalysisPool, "analyse_each", analyse_here)
    monkeypatch.setattr(AnalysisPool, "start_ahead", lambda pool, files: None)


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "plans"
    folder.mkdir()
    for name, text in DOCUMENTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def run(folder, out, config=CONFIG):
    return analyse_files([folder], out=out, config=config, prune=True)


def read_tables(out):
    with duckdb.connect(out / "run.duckdb", read_only=True) as connection:
        names = [row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        return {
            name: sorted(
                repr({column: value for column, value in zip(columns, row, strict=True) if column != "position"})
                for row in relation.fetchall()
            )
            for name in sorted(set(names) - NOT_COMPARED)
            for relation in [connection.table(name)]
            for columns in [relation.columns]
        }


def read_pages(out):
    """Return the text of every page, without which run made it, and when it had ended."""
    return {
        str(path.relative_to(out)): re.sub(
            r"\d{8}T\d{6}-[0-9a-f]{8}|\d\d:\d\d UTC", "", path.read_text(encoding="utf-8")
        )
        for path in (out / "report").rglob("*.html")
    } | {str(path.relative_to(out)): "" for path in (out / "report").rglob("*.xlsx")}


def check_equal(out, fresh):
    tables, expected = read_tables(out), read_tables(fresh)
    assert expected["scores"]
    for name, rows in expected.items():
        assert tables[name] == rows, name
    assert read_pages(out) == read_pages(fresh)


def rewrite(folder):
    path = folder / "lillevik_strategi.txt"
    path.write_text(path.read_text(encoding="utf-8").replace(SHARED, "Vi rydder stier."), encoding="utf-8")


def add(folder):
    text = f"Temaplan for Nordnes kommune 2024–2027\n\nVedtatt 2. juni 2024.\n\n{SHARED}\n"
    (folder / "nordnes.txt").write_text(text, encoding="utf-8")


CHANGES = [
    pytest.param(rewrite, {}, id="one written anew"),
    pytest.param(add, {}, id="one added"),
    pytest.param(lambda folder: (folder / "skarvoya_strategi.txt").unlink(), {}, id="one removed"),
    pytest.param(lambda folder: None, {"score.max_copied_share": 0.9}, id="another threshold of scoring"),
    pytest.param(lambda folder: None, {"report.language": "nn"}, id="another language"),
]


@pytest.mark.parametrize(("change", "setting"), CHANGES)
def test_a_changed_folder_is_as_one_made_from_nothing(folder, tmp_path, change, setting):
    run(folder, tmp_path / "out")
    change(folder)
    config = override(CONFIG, setting)
    run(folder, tmp_path / "out", config)
    run(folder, tmp_path / "fresh", config)
    check_equal(tmp_path / "out", tmp_path / "fresh")


def test_only_what_a_change_touches_is_scored_and_written_again(folder, tmp_path, monkeypatch):
    run(folder, tmp_path / "out")
    written = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*.html")}
    scored = []

    def note(document_id, store, *, config):
        scored.append(document_id.rpartition("-")[0])
        raise KeyError

    monkeypatch.setattr("compliance.runs.corpus_stage.score_document", note)
    (folder / "storvik_strategi.txt").write_text(f"{DOCUMENTS['storvik_strategi.txt']}Vi måler.\n", encoding="utf-8")
    with pytest.raises(KeyError):
        run(folder, tmp_path / "out")
    assert scored == ["storvik-strategi"]
    monkeypatch.setattr("compliance.runs.corpus_stage.score_document", score_document)
    run(folder, tmp_path / "out")
    again = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*.html")}
    same = {name for name, time in written.items() if again.get(name) == time}
    assert {name.rpartition("-")[0] for name in same} == {"skarvoya-strategi", "skarvoya-okonomi", "lillevik-strategi"}


def test_a_run_that_ended_while_scoring_goes_on(folder, tmp_path, monkeypatch):
    scored = []

    class EndedError(Exception):
        pass

    def end_at_third(document_id, store, *, config):
        if len(scored) == 2:
            raise EndedError
        scored.append(document_id.rpartition("-")[0])
        return score_document(document_id, store, config=config)

    def note(document_id, store, *, config):
        scored.append(document_id.rpartition("-")[0])
        return score_document(document_id, store, config=config)

    monkeypatch.setattr("compliance.runs.corpus_stage.score_document", end_at_third)
    with pytest.raises(EndedError):
        run(folder, tmp_path / "out")
    monkeypatch.setattr("compliance.runs.corpus_stage.score_document", note)
    run(folder, tmp_path / "out")
    assert sorted(scored) == sorted(name.removesuffix(".txt").replace("_", "-") for name in DOCUMENTS)
    run(folder, tmp_path / "fresh")
    check_equal(tmp_path / "out", tmp_path / "fresh")


def test_pages_that_are_gone_are_written_again(folder, tmp_path):
    run(folder, tmp_path / "out")
    shutil.rmtree(tmp_path / "out" / "report")
    run(folder, tmp_path / "out")
    run(folder, tmp_path / "fresh")
    check_equal(tmp_path / "out", tmp_path / "fresh")


def test_what_is_counted_in_the_database_is_what_is_counted_from_records(folder, tmp_path):
    from compliance.report.document_results import collect_results
    from compliance.report.surroundings import describe_neighbours
    from written_report import count_sharing

    results = run(folder, tmp_path / "out").results
    plans = collect_results(results)
    with open_run(tmp_path / "out") as store:
        assert store.parts().load_neighbours() == describe_neighbours(plans)
        assert store.parts().count_sharing() == count_sharing(plans) != {}
        assert store.parts().load_profiles() == {each.document.id: each.profile for each in results.readings}


def test_scores_and_pages_made_in_several_processes_are_the_same(folder, tmp_path, monkeypatch):
    run(folder, tmp_path / "fresh")
    monkeypatch.setattr("compliance.runs.worker.ITEMS_EACH", 1)
    run(folder, tmp_path / "out", override(CONFIG, {"run.processes": 2}))
    check_equal(tmp_path / "out", tmp_path / "fresh")
