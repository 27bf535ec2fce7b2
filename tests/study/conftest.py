from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from compliance.config import Config
from compliance.study.run import StudyOptions, StudyResult, run_study
from study.places import write_notes, write_ten

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


SAMPLE = Path(__file__).parents[2] / "corpus" / "documents"


@pytest.fixture(scope="session")
def ten_study(tmp_path_factory: pytest.TempPathFactory) -> StudyResult:
    corpus, out = write_ten(tmp_path_factory.mktemp("ti")), tmp_path_factory.mktemp("studie")
    return run_study(corpus, out=out, config=ONE_PROCESS, options=StudyOptions(as_of=date(2021, 3, 1)))


@pytest.fixture(scope="session")
def sample_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("eksempel")


@pytest.fixture(scope="session")
def sample_study(sample_out: Path, tmp_path_factory: pytest.TempPathFactory) -> StudyResult:
    """The sample corpus: fifteen documents of six fictional municipalities."""
    corpus = tmp_path_factory.mktemp("korpus")
    for path in SAMPLE.iterdir():
        (corpus / path.name).write_bytes(path.read_bytes())
    return run_study(corpus, out=sample_out, config=ONE_PROCESS, options=StudyOptions(as_of=date(2026, 6, 30)))
