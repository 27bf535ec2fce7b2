"""Processes that start before it is known what to analyse: used where there is work, ended where there is none."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace

import psutil
import pytest

from compliance.config import Config, override
from compliance.pipeline import read_file
from compliance.records import Analysis, Meaning
from compliance.runs.analysis_pool import open_pool
from compliance.runs.run import analyse_draft, analyse_files
from compliance.runs.template import CAN_SPLIT
from compliance.runs.worker import ITEMS_STANDBY, Worker
from compliance.runs.worker_process import Job
from compliance.runs.workers import WorkerLimits, WorkerPool
from processes import count_graphs

CONFIG = override(Config(), {"run.processes": 1, "model.use_cache": False})
TEXT = "Plan for Lillevik kommune\n\nVi rydder stier, måler vannet i bekken og holder gymsalen åpen om kvelden.\n"


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "plan.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


TWO = override(CONFIG, {"run.processes": 2, "model.precision": "fp32", "analyse.judgement_folder": "rules"})
only_where_split = pytest.mark.skipif(not CAN_SPLIT, reason="processes are split on Linux only")


def list_children():
    return {child.pid for child in psutil.Process().children() if "spawn_main" in " ".join(child.cmdline())}


def test_process_started_ahead_does_the_work(plan, tmp_path):
    with open_pool([plan], out=tmp_path / "out", config=CONFIG) as pool:
        ahead = list_children()
        assert len(ahead) == 1
        ((path, analysis),) = pool.analyse_each([plan])
        assert isinstance(analysis, Analysis)
        assert path == plan
    assert not ahead & list_children()


def test_process_started_ahead_may_begin_before_it_is_known_what_is_to_be_done(plan, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text(TEXT.replace("Lillevik", "Storvik"), encoding="utf-8")
    with open_pool([plan], out=tmp_path / "out", config=CONFIG) as pool:
        ahead = list_children()
        pool.begin(plan)
        found = dict(pool.analyse_each([other, plan]))
    assert {path: type(result) for path, result in found.items()} == {plan: Analysis, other: Analysis}
    assert not ahead & list_children()


def test_nothing_begins_where_no_process_was_started(plan, tmp_path):
    with open_pool([], out=tmp_path / "out", config=CONFIG) as pool:
        pool.begin(plan)
        assert not list_children()


def test_file_that_the_caller_has_read_is_not_read_again(plan, tmp_path):
    known = read_file(plan, config=CONFIG)
    with open_pool([plan], out=tmp_path / "out", config=CONFIG) as pool:
        pool.readings[plan] = replace(known, passages=known.passages[:1])
        ((_, analysis),) = pool.analyse_each([plan])
    assert len(analysis.reading.passages) == 1 < len(known.passages)


def test_process_that_is_not_needed_ends_with_the_block(plan, tmp_path):
    with open_pool([plan], out=tmp_path / "out", config=CONFIG):
        assert list_children()
    assert not list_children()


def test_nothing_starts_for_files_older_than_the_folders_results(plan, tmp_path):
    analyse_files([plan], out=tmp_path / "out", config=CONFIG)
    with open_pool([plan, tmp_path / "missing.txt"], out=tmp_path / "out", config=CONFIG):
        assert not list_children()
    os.utime(plan, (2**31, 2**31))
    with open_pool([plan], out=tmp_path / "out", config=CONFIG):
        assert list_children()


def test_draft_has_the_same_results_and_no_report_of_the_run(plan, tmp_path):
    whole = analyse_files([plan], out=tmp_path / "whole", config=CONFIG)
    with open_pool([plan], out=tmp_path / "draft", config=CONFIG) as pool:
        draft = analyse_draft([plan], out=tmp_path / "draft", pool=pool)
    assert draft.results.findings == whole.results.findings
    assert draft.results.scores == whole.results.scores
    assert whole.report.is_file()
    assert not draft.report.exists()


def test_process_that_stays_for_other_work_lets_go_of_its_encoder(plan, tmp_path):
    plan.write_text(f"{TEXT}\nKommunen skal tilby digitale tjenester til innbyggerne.\n", encoding="utf-8")
    with open_pool([plan], out=tmp_path / "out", config=CONFIG, stays=True) as pool:
        ((_, analysis),) = pool.analyse_each([plan])
        assert any(isinstance(each, Meaning) for each in analysis.records)  # something was encoded
        count = WorkerPool(count_graphs, 1, WorkerLimits(60))
        assert [*count.run([1], standby=pool.standby)] == [(1, 0)]


@pytest.fixture
def plans(tmp_path):
    folder = tmp_path / "plans"
    folder.mkdir()
    for number in range(ITEMS_STANDBY):
        (folder / f"plan{number}.txt").write_text(f"{TEXT}\nDette er plan {number}.\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("split", [pytest.param(True, marks=only_where_split), False])
def test_processes_that_analyse_make_scores_and_pages_too(plans, tmp_path, monkeypatch, split):
    monkeypatch.setattr("compliance.runs.analysis_pool.CAN_SPLIT", split)
    workers = {}

    def ask(self, message, send=Worker.send):
        if isinstance(message, Job):
            workers.setdefault(message.work.func.__name__, set()).add(id(self))
        send(self, message)

    monkeypatch.setattr(Worker, "send", ask)
    elsewhere = analyse_files([plans], out=tmp_path / "out", config=TWO).results
    assert workers["_work_elsewhere"] & workers["analyse_given"]
    assert len(workers["_work_elsewhere"] | workers["analyse_given"]) == 2
    here = analyse_files([plans], out=tmp_path / "alone", config=override(TWO, {"run.processes": 1})).results
    assert elsewhere.scores == here.scores
    assert len([*(tmp_path / "out" / "report").rglob("*.xlsx")]) == len(elsewhere.readings)
    assert not list_children()


@only_where_split
def test_what_is_loaded_before_processes_are_split_off_starts_no_threads():
    program = (
        "import os, sys; from compliance.config import Config, override\n"
        "from compliance.runs.isolation import prepare_template\n"
        "prepare_template(override(Config(), {'model.precision': 'fp32'}))\n"
        "print(len(os.listdir('/proc/self/task')), *({'torch', 'openvino'} & {*sys.modules}))\n"
    )
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    said = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["1"]


@pytest.mark.parametrize(
    "model",
    [
        pytest.param({"name": "en-annen-modell"}, id="another model loads torch"),
        pytest.param({"precision": "auto"}, id="not measured yet"),
    ],
)
def test_processes_that_start_threads_by_loading_are_not_split(plans, tmp_path, monkeypatch, model):
    monkeypatch.setattr("compliance.text.embedding.threads.find_choice", lambda root: None)
    config = override(TWO, {f"model.{name}": value for name, value in model.items()})
    with open_pool([*plans.iterdir()], out=tmp_path / "out", config=config, stays=True) as pool:
        assert pool.standby.template is None
        assert pool.standby.workers


COPYING = """
import sys, threading
from pathlib import Path
from compliance.runs.copying import stay_single
stay_single()
from compliance.config import Config, override
from compliance.runs.analysis_pool import open_pool
from compliance.store.runs import open_run
plan, out = map(Path, sys.argv[1:3])
with open_run(out):
    pass  # as a command does that looks whether anything has changed
if sys.argv[3] == "thread":
    threading.Thread(target=threading.Event().wait, daemon=True).start()
config = override(Config(), {"run.processes": 1, "model.use_cache": False, "model.precision": "fp32"})
with open_pool([plan], out=out, config=config, stays=sys.argv[3] != "leaves") as pool:
    ((_, analysis),) = pool.analyse_each([plan])
    print(*(type(worker.process).__name__ for worker in pool.standby.workers), len(analysis.records))
"""


@only_where_split
@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        pytest.param("stays", "ForkProcess", id="nothing else runs"),
        pytest.param("thread", "SpawnProcess", id="a thread would be missing in the copy"),
        pytest.param("leaves", "", id="its owner has not loaded what it needs"),
    ],
)
def test_first_process_of_a_run_is_a_copy_where_that_is_safe(plan, tmp_path, asked, expected):
    os.utime(plan, (2**31, 2**31))  # newer than the database
    words = [sys.executable, "-c", COPYING, str(plan), str(tmp_path / "out"), asked]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout.split()
    assert said[:-1] == ([expected] if expected else [])
    with open_pool([plan], out=tmp_path / "out", config=override(CONFIG, {"model.precision": "fp32"})) as pool:
        ((_, analysis),) = pool.analyse_each([plan])
    assert int(said[-1]) == len(analysis.records) > 0
