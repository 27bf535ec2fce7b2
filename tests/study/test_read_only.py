"""A corpus that can only be read: its manifest is kept with the results."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from compliance.records.study import RemarkKind
from compliance.study.files import MANIFEST_NAME
from compliance.study.run import StudyOptions, run_study
from study.conftest import ONE_PROCESS
from study.places import write_notes

OPTIONS = StudyOptions(as_of=date(2020, 9, 30))


@pytest.fixture
def closed_corpus(tmp_path: Path) -> Path:
    """A corpus that no manifest can be written into, whoever runs the tests: an administrator may write anywhere."""
    corpus = write_notes(tmp_path / "korpus")
    (corpus / f".{MANIFEST_NAME}.{os.getpid()}.part").mkdir()
    return corpus


def test_the_manifest_is_kept_with_the_results_and_corrected_there(closed_corpus: Path, tmp_path: Path):
    out = tmp_path / "ut"
    first = run_study(closed_corpus, out=out, config=ONE_PROCESS, options=OPTIONS)
    assert first.manifest == out / MANIFEST_NAME
    (remark,) = [each for each in first.study.remarks if each.kind is RemarkKind.MANIFEST_BESIDE]
    assert "Rett det der" in remark.detail
    assert not (closed_corpus / MANIFEST_NAME).exists()

    sundet = next(each for each in first.study.documents if each.municipality == "Sundet")
    text = first.manifest.read_text(encoding="utf-8")
    assert sundet.title in text
    first.manifest.write_text(text.replace(sundet.title, "Rettet tittel"), encoding="utf-8")
    second = run_study(closed_corpus, out=out, config=ONE_PROCESS, options=OPTIONS)
    assert "Rettet tittel" in second.manifest.read_text(encoding="utf-8")


def test_a_corpus_that_can_be_written_to_again_has_its_manifest_back(closed_corpus: Path, tmp_path: Path):
    out = tmp_path / "ut"
    run_study(closed_corpus, out=out, config=ONE_PROCESS, options=OPTIONS)
    (closed_corpus / f".{MANIFEST_NAME}.{os.getpid()}.part").rmdir()
    again = run_study(closed_corpus, out=out, config=ONE_PROCESS, options=StudyOptions(as_of=date(2020, 10, 1)))
    assert again.manifest == closed_corpus / MANIFEST_NAME
    assert again.manifest.is_file()
    assert not (out / MANIFEST_NAME).exists()
