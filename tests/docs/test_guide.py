"""The guide's own commands do what it says, on Windows as elsewhere, and its links lead to Norwegian pages."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner

from compliance.cli.app import app

ROOT = Path(__file__).parents[2]
DOCUMENTS = ROOT / "corpus" / "documents"
GUIDE = (ROOT / "docs" / "brukerveiledning.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```\n(.*?)\n```$", GUIDE, flags=re.M | re.S)
LINES = [line for block in BLOCKS for line in block.splitlines()]
UNIX = [line for line in LINES if line.startswith(".venv/bin/compliance")]
WINDOWS = [line for line in LINES if line.startswith(".venv\\Scripts\\compliance")]
DEMO = re.search(r"^demo:.*\n\t\$\(BIN\)/(.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.M)
DRAFT = """Digitaliseringsstrategi for Skarvøya kommune 2027–2030

Utkast til høring.

Kommunedirektøren skal innføre digitale skjemaer for alle tjenester innen 2028.
"""
PROGRAM = "from compliance.cli.app import main; main()"


def test_guide_shows_check_serve_and_analyse():
    assert {shlex.split(line)[1] for line in UNIX} == {"analyse", "check", "serve"}


def test_each_command_stands_as_windows_writes_it_too():
    written = [line.replace("\\", "/").replace("/Scripts/", "/bin/") for line in WINDOWS]
    assert written == [f".venv/bin/{DEMO[1]}", *UNIX]


@pytest.fixture
def folder(tmp_path):
    """A planner's folder, with the files that the guide names."""
    document = docx.Document()
    for paragraph in DRAFT.split("\n\n"):
        document.add_paragraph(paragraph.strip())
    document.save(str(tmp_path / "utkast.docx"))
    (tmp_path / "planene").mkdir()
    shutil.copy(DOCUMENTS / "storfjella_planstrategi_2024-2027.docx", tmp_path / "planene")
    shutil.copy(DOCUMENTS / "lindelva_planprogram_samfunnsdel_2026-2038.pdf", tmp_path / "forrige.pdf")
    return tmp_path


@pytest.mark.parametrize("line", [line for line in UNIX if "serve" not in line])
def test_command_of_the_guide_runs_and_writes_what_it_names(line, folder):
    _, *arguments = shlex.split(line)
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    out = folder / arguments[arguments.index("--out") + 1]
    reports = [*out.glob("utkast_rapport.html"), *out.glob("report/index.html")]
    assert len(reports) == 1


def test_command_that_serves_has_the_options_it_names():
    """It is started for real in tests/web/test_browser.py."""
    (line,) = [line for line in UNIX if "serve" in line]
    shown = CliRunner().invoke(app, ["serve", "--help"], env={"COLUMNS": "200"})
    assert shown.exit_code == 0
    assert all(option in shown.output for option in shlex.split(line) if option.startswith("--"))


@pytest.mark.parametrize("named", sorted(set(re.findall(r"`compliance ([^`]+)`", GUIDE))))
def test_command_within_the_text_has_the_options_it_names(named):
    words = shlex.split(named)
    count = next((index for index, word in enumerate(words) if word.startswith("-") or "." in word), len(words))
    shown = CliRunner().invoke(app, [*words[:count], "--help"], env={"COLUMNS": "200"})
    assert shown.exit_code == 0
    assert all(option in shown.output for option in words if option.startswith("--"))


def test_links_of_the_guide_lead_within_it():
    headings = {
        re.sub(r"[^\w -]", "", line.lstrip("# ")).strip().casefold().replace(" ", "-")
        for line in GUIDE.splitlines()
        if line.startswith("#")
    }
    links = re.findall(r"(?<!!)\[[^\]]+\]\(([^)]+)\)", GUIDE)
    assert links
    assert [link for link in links if not (link.startswith("#") and link[1:] in headings)] == []
