"""Documents as tasks of a Dask cluster: the same tables as with our own processes, also when a worker dies."""

from __future__ import annotations

import socket
import subprocess
import sys
from contextlib import ExitStack

import pytest

from builders import make_reading
from compliance.config import Config
from compliance.errors import SettingsError
from compliance.records import Rejected
from compliance.resources import load_resources
from compliance.runs.cluster import analyse_on_cluster
from compliance.runs.comparing import compare_documents, load_block
from compliance.runs.run import analyse_files
from compliance.store.runs import load_run, open_run
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


def test_worker_killed_midway_changes_no_table(corpus, cluster, tmp_path, monkeypatch):
    address, workers = cluster
    wait_for_workers(address, 2)
    done = []

    def kill_one(path, outcome, total):
        done.append(path)
        if len(done) == 3:
            workers[0].kill()

    # Blocks of few documents, so that comparing them is many tasks too.
    monkeypatch.setattr("compliance.runs.comparing.BLOCK_CHARACTERS", 5_000)
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


def test_blocks_compared_on_a_cluster_are_as_here_though_a_worker_dies(cluster, tmp_path, monkeypatch):
    address, workers = cluster
    wait_for_workers(address, 2)
    monkeypatch.setattr("compliance.runs.comparing.BLOCK_CHARACTERS", 1_000)
    given = []

    def kill_one_at_third(block, *, store):
        given.append(block)
        if len(given) == 3:
            workers[0].kill()
        return load_block(block, store=store)

    alone = compare_made(tmp_path / "alene", make_config())
    monkeypatch.setattr("compliance.runs.comparing.load_block", kill_one_at_third)
    assert compare_made(tmp_path / "klynge", make_config(cluster=address)) == alone
    assert workers[0].wait() != 0
    assert len(given) > 3
    assert sum(side.parts != () for sides in alone for side in sides) > DOCUMENTS


def compare_made(folder, config):
    """Return what made documents share, compared in many blocks."""
    readings = [
        make_reading(
            [filler(number), f"{filler(100 + number)} {COPIED}"],
            document_id=f"plan-{number:08d}",
            municipality=f"Øde {number}",
            adopted=str(2010 + number),
        )
        for number in range(DOCUMENTS)
    ]
    with open_run(folder) as store:
        for reading in readings:
            store.save_reading(reading, records=[], config_sha256="c")
        compare_documents(store, references=(), resources=load_resources(config))
        return [sides for _, sides in store.shared().load_sides([each.document.id for each in readings])]


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
