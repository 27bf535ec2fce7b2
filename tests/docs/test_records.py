"""Each stage's page lists the fields of its records."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from compliance import records
from compliance.records import study

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {
    "ingest": [
        records.Document,
        records.Page,
        records.Block,
        records.TableRow,
        records.Furniture,
        records.Box,
        records.ReadingQuality,
        records.ReadingWarning,
        records.Profile,
        records.Attribute,
    ],
    "segment": [records.Passage, records.Reading],
    "analyse": [records.Finding, records.Evidence, records.Meaning, records.ReuseSpan, records.Fact],
    "scoring": [
        records.Assessment,
        records.Score,
        records.CriterionAnswer,
        records.Review,
        records.Measure,
        records.Detail,
    ],
    "study": [
        study.StudyInfo,
        study.StudyMunicipality,
        study.StudyDocument,
        study.InventoryCell,
        study.CorpusRemark,
        study.StrategyState,
        study.CaseValue,
        study.BudgetLine,
        study.StudyCell,
        study.TextShare,
        study.CopiedSource,
        study.Commitment,
        study.NationalTiming,
        study.StudyAnswer,
        study.StudyFinding,
        study.FindingCase,
        study.Estimate,
        study.SampleItem,
    ],
    "second-reader": [records.SecondReading, records.SecondGoal],
    "report": [records.Results, records.Run, records.Rejected],
}


@pytest.mark.parametrize(
    ("page", "record"),
    [pytest.param(page, record, id=record.__name__) for page, found in PAGES.items() for record in found],
)
def test_page_lists_the_record_with_all_its_fields(page, record):
    text = (DOCS / f"{page}.md").read_text(encoding="utf-8")
    section = re.search(rf"\*\*{record.__name__}\*\*.*?(?=\n\*\*[A-Z]|\n## |\Z)", text, re.DOTALL)
    assert section, f"docs/{page}.md says nothing of {record.__name__}"
    named = set(re.findall(r"`(\w+)`", section.group()))
    assert {field.name for field in fields(record)} <= named


@pytest.mark.parametrize("code", list(records.EvidenceCode), ids=lambda code: code.value)
def test_page_explains_every_evidence_code(code):
    text = (DOCS / "analyse.md").read_text(encoding="utf-8")
    assert f"`{code}`" in text[text.index("| `code` |") : text.index("**ReuseSpan**")]
