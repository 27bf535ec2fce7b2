"""The sample corpus is what its manifest, its known copies and its sources say it is."""

import csv
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pymupdf
import pytest

from compliance.records import Attribution, DocumentType, Language, ReuseKind

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
with (CORPUS / "manifest.csv").open(encoding="utf-8", newline="") as file:
    MANIFEST = list(csv.DictReader(file))
COPIES = [json.loads(line) for line in (CORPUS / "copies.jsonl").read_text(encoding="utf-8").splitlines()]
FACTS = json.loads((CORPUS / "facts.json").read_text(encoding="utf-8"))
FACT_FIELDS = {
    "municipality",
    "strategy_status",
    "strategy_period",
    "samfunnsdel_period",
    "digital_in_samfunnsdel",
    "sector_plans",
    "funding",
    "prioritisation_structure",
    "regional_networks",
}


def read_amounts(line: str) -> list[int]:
    cells = [cell.strip(" *").replace(" ", "") for cell in line.strip().strip("|").split("|")[1:]]
    return [int(cell) if re.fullmatch(r"-?\d+", cell) else 0 for cell in cells]


def source_of(document: str) -> str:
    if document.startswith("national/"):
        return (CORPUS / document).read_text(encoding="utf-8")
    row = next(row for row in MANIFEST if row["file"] == document)
    return (CORPUS / row["source"]).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("corpus")
    subprocess.run([sys.executable, CORPUS / "build.py", "--out", out], check=True, capture_output=True)
    return out


def test_manifest_lists_every_source_and_every_document():
    assert {row["source"] for row in MANIFEST} == {str(p.relative_to(CORPUS)) for p in CORPUS.glob("sources/*/*.md")}
    assert {row["file"] for row in MANIFEST} == {str(p.relative_to(CORPUS)) for p in CORPUS.glob("documents/*")}


def test_corpus_covers_six_municipalities_both_languages_and_the_document_types():
    assert len(MANIFEST) >= 12
    assert len({row["municipality"] for row in MANIFEST}) == 6
    assert sum(row["language"] == Language.NN for row in MANIFEST) >= 4
    assert {row["type"] for row in MANIFEST} == set(DocumentType) - {DocumentType.OTHER, DocumentType.UTREDNING}


@pytest.mark.parametrize("row", MANIFEST, ids=[row["file"].split("/")[1] for row in MANIFEST])
def test_manifest_row_agrees_with_its_file(row):
    path = CORPUS / row["file"]
    assert path.stat().st_size < 200_000
    assert path.suffix == f".{row['format']}"
    assert re.fullmatch(r"\d{4}-\d{4}", row["period"])
    assert re.fullmatch(r"(\d{4}-\d{2}-\d{2})?", row["adopted"])
    if row["format"] == "pdf":
        with pymupdf.open(path) as document:
            assert document.page_count == int(row["pages"])
            assert f"{row['municipality']} kommune" == document.metadata["author"]


@pytest.mark.parametrize("row", MANIFEST, ids=[row["file"].split("/")[1] for row in MANIFEST])
def test_build_reproduces_the_committed_document(row, rebuilt):
    committed, built = CORPUS / row["file"], rebuilt / row["file"]
    if row["format"] == "pdf":
        assert built.read_bytes() == committed.read_bytes()
        return
    with zipfile.ZipFile(committed) as old, zipfile.ZipFile(built) as new:
        # by parts: the compressed bytes depend on the zlib that Python was built with
        assert {name: old.read(name) for name in old.namelist()} == {name: new.read(name) for name in new.namelist()}


def test_build_reproduces_the_manifest(rebuilt):
    assert (rebuilt / "manifest.csv").read_bytes() == (CORPUS / "manifest.csv").read_bytes()


@pytest.mark.parametrize("copy", COPIES, ids=[str(number) for number in range(1, len(COPIES) + 1)])
def test_known_copy_stands_on_both_sides(copy):
    assert copy["text"] in source_of(copy["document"])
    assert copy["source_text"] in source_of(copy["source"])


@pytest.mark.parametrize("copy", COPIES, ids=[str(number) for number in range(1, len(COPIES) + 1)])
def test_known_copy_is_labelled_in_the_records_terms(copy):
    assert (copy["kind"] == ReuseKind.VERBATIM) == (copy["text"] == copy["source_text"])
    assert copy["kind"] in set(ReuseKind)
    assert copy["attribution"] in set(Attribution)
    assert isinstance(copy["boilerplate"], bool)


def test_known_copies_show_every_kind_attribution_and_source():
    assert {copy["kind"] for copy in COPIES} == set(ReuseKind)
    assert {copy["attribution"] for copy in COPIES} >= {Attribution.QUOTED, Attribution.UNATTRIBUTED}
    assert {copy["source_kind"] for copy in COPIES} == {"reference", "municipality"}
    assert {copy["boilerplate"] for copy in COPIES} == {True, False}


@pytest.mark.parametrize("path", sorted(CORPUS.glob("sources/*/*.md")), ids=lambda path: path.stem)
def test_sums_in_tables_of_money_add_up(path):
    amounts: list[list[int]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("| **Sum"):
            assert read_amounts(line) == [sum(column) for column in zip(*amounts, strict=True)], line
            amounts = []
        elif line.startswith(("|---", "| ---")) or not line.startswith("|"):
            amounts = []
        else:
            amounts.append(read_amounts(line))


def test_facts_cover_each_municipality_with_every_field():
    assert [facts["municipality"] for facts in FACTS] == sorted({row["municipality"] for row in MANIFEST})
    assert all(set(facts) == FACT_FIELDS for facts in FACTS)


def test_draft_has_word_comments():
    with zipfile.ZipFile(CORPUS / "documents/granlia_digitaliseringsstrategi_2025-2028_utkast.docx") as archive:
        assert archive.read("word/comments.xml").count(b"<w:comment ") >= 3
