from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from compliance.config import Config
from compliance.study.run import StudyOptions, StudyResult, run_study
from study.places import write_notes

ONE_PROCESS = Config.model_validate({"run": {"processes": 1}})


@pytest.fixture(scope="session")
def notes_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_notes(tmp_path_factory.mktemp("korpus"))


@pytest.fixture(scope="session")
def notes_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("studie")


@pytest.fixture(scope="session")
def notes_study(notes_corpus: Path, notes_out: Path) -> StudyResult:
    options = StudyOptions(as_of=date(2020, 9, 30))
    return run_study(notes_corpus, out=notes_out, config=ONE_PROCESS, options=options)
