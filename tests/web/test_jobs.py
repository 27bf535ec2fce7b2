"""Drafts in a folder: names that are safe everywhere, nothing lost at a restart, nothing left after deletion."""

from __future__ import annotations

import pytest

from compliance.web.jobs import INPUT, JOB, JobState, JobStore, make_safe_name


@pytest.fixture
def store(tmp_path):
    return JobStore(tmp_path)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        pytest.param("Økonomiplan 2025–2028.pdf", "Økonomiplan 2025_2028.pdf", id="Norwegian letters stay"),
        pytest.param("../../etc/passwd", "etc_passwd", id="a path is no name"),
        pytest.param("<b>x</b>.pdf", "b_x_b.pdf", id="markup"),
        pytest.param("...", "utkast", id="nothing but dots"),
        pytest.param("a\x00b.docx", "a_b.docx", id="a null"),
        pytest.param("x" * 300 + ".pdf", "x" * 100 + ".pdf", id="long"),
    ],
)
def test_a_file_name_is_made_safe(name, safe):
    assert make_safe_name(name) == safe


def test_a_job_keeps_the_users_name_and_a_safe_one(store):
    job = store.add("..\\mappe\\utkast <1>.pdf")
    assert (job.name, job.file) == ("utkast <1>.pdf", "utkast _1.pdf")
    assert store.input_of(job).parent.name == INPUT
    assert store.load(job.id) == job


@pytest.mark.parametrize("job_id", ["..", "../x", "abc", "0" * 31, "0" * 32, "G" * 32])
def test_what_is_no_job_is_not_found(store, job_id):
    with pytest.raises(KeyError):
        store.load(job_id)


def test_the_latest_job_comes_first(store):
    first, second = store.add("a.pdf"), store.add("b.pdf")
    assert {job.id for job in store.list_all()} == {first.id, second.id}
    assert store.list_all() == sorted(store.list_all(), key=lambda job: (job.created, job.id), reverse=True)


def test_what_was_under_way_waits_again_after_a_restart_and_what_was_done_stays(store, tmp_path):
    done, under_way, waiting = (store.add(name) for name in ("a.pdf", "b.pdf", "c.pdf"))
    store.move(done, JobState.DONE)
    store.move(under_way, JobState.ANALYSING)
    again = JobStore(tmp_path)
    assert {job.id for job in again.restart_unfinished()} == {under_way.id, waiting.id}
    assert again.load(done.id).state is JobState.DONE
    assert again.load(under_way.id).state is JobState.WAITING


def test_a_deleted_job_leaves_no_file(store):
    job = store.add("a.pdf")
    store.input_of(job).write_bytes(b"x")
    store.delete(job.id)
    assert not store.path(job.id).exists()
    assert store.list_all() == []


def test_a_damaged_job_hides_nothing_else(store):
    damaged, whole = store.add("a.pdf"), store.add("b.pdf")
    (store.path(damaged.id) / JOB).write_text("{", encoding="utf-8")
    assert [job.id for job in store.list_all()] == [whole.id]
