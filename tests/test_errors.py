"""Errors carry their fields, also out of a worker process, and say what the operating system meant."""

from __future__ import annotations

import errno
import pickle
from pathlib import Path

import pytest

from compliance.errors import (
    BaselineError,
    ComplianceError,
    DocumentError,
    FetchError,
    GoldError,
    GoldProblem,
    GuidelineError,
    MissingExtraError,
    SettingsError,
    WorkerError,
    describe_os_error,
)
from compliance.records import RejectionReason

ERRORS = [
    SettingsError("feil", file=Path("a.toml"), field="ingest.layout"),
    GuidelineError("feil", file=Path("a.yaml"), line=3, field="id"),
    DocumentError(Path("a.pdf"), RejectionReason.EMPTY, "Hent den på nytt."),
    FetchError("https://example.no", "svarer ikke"),
    MissingExtraError("train", ("torch",), "Trening"),
    GoldError(GoldProblem("feil", Path("labels.jsonl"), 3)),
    BaselineError("feil", file=Path("baseline.json")),
    WorkerError(3),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_error_is_the_same_after_pickling(error: ComplianceError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert vars(again) == vars(error)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        pytest.param(OSError(errno.ENOENT, "No such file"), "finnes ikke", id="missing"),
        pytest.param(OSError(errno.ENOSPC, "No space left"), "disken er full", id="full"),
        pytest.param(OSError(errno.EMFILE, "Too many open files"), "Too many open files", id="not a user's to meet"),
        pytest.param(OSError("seek"), "seek", id="without a number"),
    ],
)
def test_operating_system_speaks_norwegian_where_it_can(error: OSError, said: str) -> None:
    assert describe_os_error(error) == said
