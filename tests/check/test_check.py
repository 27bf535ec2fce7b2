"""One draft checked from end to end: what is written, and that nothing is said that was not compared."""

from __future__ import annotations

import json
import subprocess
import sys

import docx
import pytest
from openpyxl import load_workbook

from compliance.check.browser import find_browser
from compliance.check.check import CheckInput, check_document
from compliance.cli.app import app
from compliance.config import Config, override
from compliance.errors import DocumentError
from compliance.files import hash_file
from compliance.records import RejectionReason

CONFIG = override(Config(), {"run.processes": 1, "model.use_cache": False})
DRAFT = """Digitaliseringsstrategi for Skarvøya kommune 2027–2030

Utkast til høring.

1 Innbyggerne

Skarvøya kommune skal gi alle innbyggere digitale tjenester som henger sammen, med ett felles skjema for flytting.

2 Sikkerhet

Kommunen skal ha et styringssystem for informasjonssikkerhet, og personvernombudet rapporterer hvert år.
"""
BEFORE = (
    DRAFT.replace("Utkast til høring.", "Vedtatt 4. mai 2023.").replace("2027–2030", "2023–2026")
    + "\n3 Annet\n\nVi rydder i gamle systemer før sommeren.\n"
)
SOCIAL = """Kommuneplanens samfunnsdel for Skarvøya kommune 2024–2036

Vedtatt 14. mars 2024.

Skarvøya kommune skal dele data med innbyggere og næringsliv, og åpne data skal publiseres i et felles format.
"""
OTHER = """Digitaliseringsstrategi for Lillevik kommune 2022–2025

Vedtatt 2. juni 2022.

Lillevik kommune skal ha digitalt førstevalg. Kommunedirektøren innfører felles digitale skjema innen 1. juni 2024.
"""


def check(given, out):
    return check_document(given, out=out, config=CONFIG, on_progress=lambda *_: None)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("drafts")
    document = docx.Document()
    for paragraph in DRAFT.split("\n\n"):
        document.add_paragraph(paragraph.strip(), style="Heading 1" if paragraph[:1].isdigit() else None)
    document.save(str(folder / "utkast.docx"))
    (folder / "forrige.txt").write_text(BEFORE, encoding="utf-8")
    (folder / "andre").mkdir()
    (folder / "andre" / "lillevik.txt").write_text(OTHER, encoding="utf-8")
    (folder / "egne").mkdir()
    (folder / "egne" / "samfunnsdel.txt").write_text(SOCIAL, encoding="utf-8")
    (folder / "egne" / "tom.txt").touch()
    return folder


@pytest.fixture(scope="module")
def checked(folder, tmp_path_factory):
    given = CheckInput(folder / "utkast.docx", (folder / "egne",), folder / "forrige.txt", (folder / "andre",))
    out = tmp_path_factory.mktemp("out")
    before = hash_file(given.draft)
    result = check(given, out)
    assert hash_file(given.draft) == before  # the planner's own file is not touched
    return result


def test_everything_a_planner_takes_away_is_written(checked):
    files = checked.files
    names = {path.name for path in (files.page, files.annotated, files.sheet, files.case_paper)}
    assert names == {
        "utkast_rapport.html",
        "utkast_merknader.docx",
        "utkast_lister.xlsx",
        "utkast_saksframlegg.txt",
    }
    assert all(path.stat().st_size for path in (files.page, files.annotated, files.sheet, files.case_paper))
    assert load_workbook(files.sheet).sheetnames


@pytest.mark.skipif(find_browser() is None, reason="no browser on this machine (Debian: chromium)")
def test_the_report_is_printed(checked):
    assert checked.files.pdf.read_bytes().startswith(b"%PDF")


def test_a_draft_is_called_one_where_it_says_so(checked):
    assert checked.report.noun == "Utkastet"
    assert "utkastet" in next(each for each in checked.sections if each.id == "plans").intro[0]


@pytest.mark.parametrize(
    ("name", "loaded"),
    [("plan.pdf", ["pymupdf"]), ("PLAN.DOCX", ["docx"]), ("plan.txt", [])],
    ids=["pdf", "docx", "text"],
)
def test_what_writes_into_a_draft_is_loaded_while_it_is_analysed_and_nothing_else(name, loaded):
    program = (
        "import sys; from pathlib import Path; from compliance.check.check import _load_for_writing\n"
        "from compliance.config import Config\n"
        "_load_for_writing(Path(sys.argv[1]), Config())\n"
        "print([each for each in ('pymupdf', 'docx') if each in sys.modules], 'jinja2' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, name], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"{loaded} True"


def test_the_page_leads_to_the_lists_beside_it(checked):
    assert f'href="{checked.files.sheet.name}" download' in checked.files.page.read_text(encoding="utf-8")


def test_the_page_says_why_the_draft_was_held_against_its_goals(checked):
    page = checked.files.page.read_text(encoding="utf-8")
    assert "gjaldt da planen ble laget" in page or "Planen sier ikke når den er laget" in page


def test_each_thing_it_was_held_against_has_its_section(checked):
    assert [section.id for section in checked.sections] == ["plans", "peers", "previous"]
    page = checked.files.page.read_text(encoding="utf-8")
    assert all(section.heading in page for section in checked.sections)


def test_the_version_before_is_no_source_of_copying(checked):
    assert "2023–2026" not in checked.files.page.read_text(encoding="utf-8")


def test_a_passage_taken_out_since_the_version_before_is_counted(checked):
    (previous,) = [section for section in checked.sections if section.id == "previous"]
    assert "2 tatt ut" in previous.intro[0]  # the adoption and the last chapter


def test_a_file_beside_the_draft_that_cannot_be_read_is_named(checked):
    assert [(each.id.rsplit("/", 1)[-1], each.reason) for each in checked.rejected] == [
        ("tom.txt", RejectionReason.EMPTY)
    ]


def test_a_draft_that_cannot_be_read_says_what_to_do(tmp_path):
    (tmp_path / "utkast.pdf").write_bytes(b"%PDF-1.7\nno PDF")
    with pytest.raises(DocumentError, match=r"utkast\.pdf"):
        check_document(
            CheckInput(tmp_path / "utkast.pdf"), out=tmp_path / "out", config=CONFIG, on_progress=lambda *_: None
        )


def test_the_command_gates_and_tells_where_the_files_are(folder, tmp_path, capsys):
    arguments = ["check", str(folder / "utkast.docx"), "--out", str(tmp_path), "--json", "--fail-under", "36"]
    assert app(arguments, standalone_mode=False) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["followed_up"] < 36
    assert told["files"]["page"].endswith("utkast_rapport.html")
    assert "ikke sammenlignet" in (tmp_path / "utkast_rapport.html").read_text(encoding="utf-8").lower()


def test_the_library_for_word_files_is_loaded_for_them_alone() -> None:
    program = "import sys, compliance.check.check; print('docx' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
