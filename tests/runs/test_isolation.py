"""What becomes of a fault in one file: a rejection that says what to do, and nothing of it hidden."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from compliance.config import RunConfig
from compliance.errors import DocumentError, ModelError
from compliance.records import RejectionReason, Stage
from compliance.runs.isolation import isolate, reject_failure
from compliance.runs.page_count import count_file_pages
from compliance.runs.worker_process import OutOfMemory
from compliance.runs.workers import OverTime, WorkerCrashed

PLAN = Path("plan.pdf")


def make_pdf(pages):
    with pymupdf.open() as document:
        for _ in range(pages):
            document.new_page().insert_text((72, 72), "Kommunen skal dele data.")
        return document.tobytes()


def fail_with(error):
    def work(path):
        raise error

    return work


def test_fault_of_the_file_is_told_with_its_advice():
    error = DocumentError(PLAN, RejectionReason.EMPTY, "Filen er tom.")
    rejected = isolate(fail_with(error), PLAN, stage=Stage.ANALYSE)
    assert (rejected.id, rejected.stage, rejected.detail) == ("plan.pdf", Stage.INGEST, "Filen er tom.")


def test_fault_of_ours_names_the_error():
    rejected = isolate(fail_with(ZeroDivisionError("division by zero")), PLAN, stage=Stage.ANALYSE)
    assert (rejected.stage, rejected.reason) == (Stage.ANALYSE, RejectionReason.FAILED)
    assert rejected.detail.startswith("Feil i programmet (ZeroDivisionError: division by zero).")


@pytest.mark.parametrize(
    "error",
    [
        pytest.param(MemoryError(), id="Python"),
        pytest.param(RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to"), id="torch"),
        pytest.param(RuntimeError("code=2: malloc (8388608 bytes) failed"), id="MuPDF"),
    ],
)
def test_lack_of_memory_is_raised_however_a_library_says_it(error):
    with pytest.raises(MemoryError):
        isolate(fail_with(error), PLAN, stage=Stage.INGEST)


def test_fault_of_the_model_ends_the_run():
    with pytest.raises(ModelError):
        isolate(fail_with(ModelError("modellen mangler")), PLAN, stage=Stage.ANALYSE)


@pytest.mark.parametrize(
    ("failure", "reason", "said"),
    [
        pytest.param(OverTime(90.0), RejectionReason.TOO_SLOW, "mer enn 90 sekunder", id="slow"),
        pytest.param(OverTime(1300.0), RejectionReason.TOO_SLOW, "mer enn 22 minutter", id="very slow"),
        pytest.param(OutOfMemory(), RejectionReason.TOO_LARGE, "mer enn 2000 MB minne", id="large"),
        pytest.param(WorkerCrashed(), RejectionReason.CRASHED, "stanse to ganger", id="crashed"),
    ],
)
def test_failure_says_what_to_do_and_how_to_try_again(failure, reason, said):
    rejected = reject_failure(PLAN, failure, config=RunConfig())
    assert rejected.reason is reason
    assert said in rejected.detail
    assert "--retry" in rejected.detail


@pytest.mark.parametrize(
    ("name", "content", "pages"),
    [
        pytest.param("a.txt", b"x" * 20_000, 0, id="no pages to recognise"),
        pytest.param("a.pdf", make_pdf(3), 3, id="PDF, by its own count"),
        pytest.param("a.pdf", b"%PDF-1.7 damaged" * 1000, 0, id="damaged PDF"),
        pytest.param("borte.pdf", None, 0, id="no file"),
    ],
)
def test_pages_of_a_file_are_estimated_before_it_is_read(tmp_path, name, content, pages):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert count_file_pages(tmp_path / name) == pages
