"""Documents as tasks of a Dask cluster: the same tables as with our own processes, also when a worker dies."""

from __future__ import annotations

import socket
import subprocess
import sys
from contextlib import ExitStack

import pytest

from compliance.config import Config
from compliance.errors import SettingsError
from compliance.records import Rejected
from compliance.runs.cluster import analyse_on_cluster
from compliance.runs.run import analyse_files
from compliance.store.runs import load_run
from made_prose import COPIED, filler

TABLES = ("readings", "findings", "facts", "reuse_spans", "scores", "criteria", "measures")
DOCUMENTS = 12


def make_config(**run) -> Config:
    return Config.model_validate({"run": {"processes": 1, **run}, "analyse": {"judgement_folder": "rules"}})


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("korpus")
    for number in range(DOCUMENTS):
        text = "\n\n".join(
            f"{filler(number * 10 + part)} Kommunen skal ha én digital inngang. {COPIED}" for part in range(4)
        )
        (folder / f"plan_{number:02d}.txt").write_text(text, encoding="utf-8")
    (folder / "tom.pdf").write_bytes(b"")
    return folder


@pytest.fixture
def cluster():
    """A scheduler and two workers, each a process of its own on this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    with ExitStack() as stack:

        def start(*arguments):
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            stack.callback(process.wait)
            stack.callback(process.kill)
            return process

        start("scheduler", "--host", "127.0.0.1", "--port", address.rpartition(":")[2], "--no-dashboard")
        workers = [start("worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard") for _ in range(2)]
        yield address, workers


def test_worker_killed_midway_changes_no_table(corpus, cluster, tmp_path):
    address, workers = cluster
    wait_for_workers(address, 2)
    done = []

    def kill_one(path, outcome, total):
        done.append(path)
        if len(done) == 3:
            workers[0].kill()

    alone = analyse_files([corpus], out=tmp_path / "alene", config=make_config())
    spread = analyse_files([corpus], out=tmp_path / "klynge", config=make_config(cluster=address), on_progress=kill_one)
    assert workers[0].wait() != 0
    assert len(done) == len(set(done)) == DOCUMENTS + 1
    assert spread.rejected == alone.rejected
    one, other = load_run(tmp_path / "alene"), load_run(tmp_path / "klynge")
    for table in TABLES:
        assert getattr(one, table) == getattr(other, table)
    assert len(one.readings) == DOCUMENTS
    assert one.findings


def wait_for_workers(address, number):
    from distributed import Client

    with Client(address, timeout=60) as client:
        client.wait_for_workers(number, timeout=60)


def test_own_cluster_gives_every_file(corpus):
    found = dict(analyse_on_cluster(sorted(corpus.iterdir()), config=make_config(cluster="local")))
    assert len(found) == DOCUMENTS + 1
    rejected = [each for each in found.values() if isinstance(each, Rejected)]
    assert [each.id for each in rejected] == [str(corpus / "tom.pdf")]


def test_address_where_nobody_answers_is_told(corpus, monkeypatch):
    monkeypatch.setattr("compliance.runs.cluster.WAIT_SECONDS", 1)
    with pytest.raises(SettingsError, match="Ingen klynge svarer"):
        list(analyse_on_cluster([corpus / "plan_00.txt"], config=make_config(cluster="tcp://127.0.0.1:9")))
