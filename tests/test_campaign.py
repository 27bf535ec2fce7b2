"""A small run of benchmarks/campaign.py: it finds nothing, and would find what is left out."""

from __future__ import annotations

import random
import signal
import sys

import pytest

from benchmark_modules import load_benchmark
from compliance.records import Rejected, RejectionReason, Stage

SOME = (
    *("page_marks.md", "brackets.md", "controls.txt", "half_utf8.txt", "nested.html", "start.html", "charset.html"),
    *("span.docx", "superscript.docx", "entities.docx", "cut.docx", "many_pages.pdf", "page_circle.pdf"),
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the campaign looks for processes in /proc")


@pytest.fixture(scope="module")
def campaign():
    with load_benchmark("campaign") as module:
        yield module


def test_hostile_files_each_get_an_answer(campaign, tmp_path):
    tally = campaign.read_hostile(tmp_path / "hostile", SOME)
    assert tally.faults == []
    assert sum(tally.outcomes.values()) == len(SOME)


def test_damaged_files_each_get_an_answer(campaign, tmp_path):
    tally = campaign.read_mutations(tmp_path / "mutated", 24, seed=1)
    assert tally.faults == []
    assert sum(tally.outcomes.values()) == 24


def test_same_seed_damages_files_alike(campaign):
    content = bytes(range(256)) * 64
    first, second = (
        [sys.modules["campaign_files"].mutate(content, random.Random(seed)) for seed in range(20)] for _ in range(2)
    )
    assert first == second
    assert all(damaged != content for damaged in first)


@pytest.mark.parametrize(
    ("reason", "detail"), [(RejectionReason.FAILED, "Feil i programmet"), (RejectionReason.CORRUPT, "")]
)
def test_error_of_ours_and_rejection_without_a_word_are_faults(campaign, reason, detail):
    tally = campaign.Tally()
    tally.note("a.pdf", Rejected("a.pdf", Stage.INGEST, reason, detail))
    assert tally.faults == [f"a.pdf: {detail}"]


def test_tables_that_differ_are_faults(campaign):
    assert campaign.compare_tables({"a": ["1"], "b": []}, {"a": ["1"]}, "x") == ["x: b differs"]


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_kill_comes_when_its_moment_is_reached_and_is_told_by_signal_and_moment(campaign, tmp_path, number):
    # A shell starts what runs in its background deaf to SIGINT, and its children with it.
    hear = "import signal, time; signal.signal(signal.SIGINT, signal.SIG_DFL)"
    words = [sys.executable, "-c", f"{hear}; open({str(tmp_path / 'a.html')!r}, 'w').close(); time.sleep(60)"]
    run = campaign.Killed(words, lambda: campaign.is_written(tmp_path, 0), 0, number)
    tally = campaign.Tally()
    assert campaign.kill_once(run, "report", tally)
    assert dict(tally.outcomes) == {f"{number.name} at report": 1}


def test_run_that_ends_before_its_moment_is_not_killed(campaign):
    tally = campaign.Tally()
    run = campaign.Killed([sys.executable, "-c", ""], lambda: False, 0, signal.SIGKILL)
    assert not campaign.kill_once(run, "unpacking", tally)
    assert not tally.outcomes


CHEAP = (
    *("ingest", "guidelines list", "guidelines lint", "guidelines import", "model info", "evaluate", "reuse"),
    *("corpus", "corpus list", "questions"),
)


def test_commands_need_no_network(campaign, tmp_path):
    if not campaign.can_unshare():
        pytest.skip("this machine lets no process have a network namespace of its own (unshare -rn)")
    tally = campaign.run_offline(tmp_path / "offline", CHEAP)
    assert tally.faults == []
    assert sorted(tally.outcomes) == sorted(f"{name}: 0" for name in CHEAP)
