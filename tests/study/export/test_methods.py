"""The methods appendix, in Markdown and in Word."""

from __future__ import annotations

import docx
import pytest

from compliance.records import Rejected, RejectionReason, Run, Stage
from compliance.records.study import Study, StudyFinding, StudyInfo
from compliance.study.export.methods import LIMITS, MethodsInput, write_methods
from study.export.coded_run import make_results

RUN = Run("r1", "0.1.0", "ab" * 32, "e5", ("ks@2017–2020",), "2026-03-01T12:00:00+00:00", None)


@pytest.fixture
def given(tmp_path):
    results, _ = make_results(tmp_path)
    finding = StudyFinding("f", "funn2", "Har strategi", "", "Gjelder på | datoen.", 5, 10, 5, 6, "Også utkast.", 6)
    return MethodsInput(
        run=RUN,
        study=Study(StudyInfo("r1", "2020-09-30", "korpus", "", "", "0"), findings=(finding,)),
        documents=[each.document for each in results.readings],
        rejected=[Rejected("x.pdf", Stage.INGEST, RejectionReason.EMPTY, "")],
        settings={"segment.max_chars": 900},
        measured={"goals": {"right": 0.68}},
    )


def test_appendix_says_what_was_used_measured_and_counted(given, tmp_path):
    text = write_methods(given, tmp_path)[0].read_text(encoding="utf-8")
    for words in (
        "| Studiedato | 2020-09-30 |",
        "ab" * 32,
        given.documents[0].sha256,
        "Lagt til side: empty: 1.",
        "| segment.max_chars | 900 |",
        "| ks | 2017–2020 |",
        "68 prosent av målene som et avsnitt får, er riktige.",
        "| Har strategi | Gjelder på \\| datoen. | 5 av 10 | Også utkast. |",
        *LIMITS,
    ):
        assert words in text


def test_what_was_not_measured_is_not_told(given, tmp_path):
    text = write_methods(given, tmp_path)[0].read_text(encoding="utf-8")
    assert "blir funnet." not in text.partition("## Grenser")[0]


def test_settings_of_another_run_are_not_told(given, tmp_path):
    from dataclasses import replace

    text = write_methods(replace(given, settings=None), tmp_path)[0].read_text(encoding="utf-8")
    assert "er ikke de kjøringen ble gjort med" in text
    assert "max_chars" not in text


def test_word_file_says_the_same(given, tmp_path):
    markdown, word = write_methods(given, tmp_path)
    document = docx.Document(str(word))
    headings = [each.text for each in document.paragraphs if each.style.name == "Heading 1"]
    assert headings == [
        line[3:] for line in markdown.read_text(encoding="utf-8").splitlines() if line.startswith("## ")
    ]
    assert [cell.text for cell in document.tables[-1].rows[1].cells][:2] == ["Har strategi", "Gjelder på | datoen."]
