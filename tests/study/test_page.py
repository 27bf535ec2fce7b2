"""The overview, the rows behind its numbers and the municipalities' pages."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from compliance.guidelines.questions import load_questions
from compliance.resources import load_resources
from compliance.study.page.view import name_value
from compliance.study.page.write import Behind, write_study_pages
from study.conftest import ONE_PROCESS

MANY = 357


class Links(HTMLParser):
    """Collects the addresses and ids of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        if tag == "a" and named.get("href"):
            self.addresses.append(named["href"])
        if named.get("id"):
            self.ids.add(named["id"])


def read_links(path: Path) -> Links:
    links = Links()
    links.feed(path.read_text(encoding="utf-8"))
    return links


def read_data(path: Path) -> dict:
    found = re.search(
        r'<script type="application/json" id="data">(.*?)</script>', path.read_text(encoding="utf-8"), re.S
    )
    return json.loads(found[1])


def test_every_link_leads_somewhere(sample_study):
    folder = sample_study.run.report.parent
    pages = [folder / "index.html", *(folder / "rader").glob("*.html"), *(folder / "kommuner").glob("*.html")]
    known: dict[Path, Links] = {}
    broken = []
    for page in pages:
        for address in read_links(page).addresses:
            file, _, anchor = address.partition("#")
            target = (page.parent / unquote(file)).resolve() if file else page.resolve()
            links = known.setdefault(target, read_links(target)) if target.is_file() else None
            if links is None or (anchor and anchor not in links.ids):
                broken.append(f"{page.name}: {address}")
    assert broken == []


def test_the_table_holds_every_cell_in_one_character(sample_study):
    data = read_data(sample_study.run.report)
    assert [row[1] for row in data["rows"]] == [each.name for each in sample_study.study.municipalities]
    for row in data["rows"]:
        assert {subject: len(cells) for subject, cells in row[6].items()} == {
            subject: len(labels) for subject, labels in data["labels"].items()
        }
    cells = {(each.municipality, each.subject, each.label): each for each in sample_study.study.cells}
    place = [label[0] for label in data["labels"]["theme"]].index("personvern")
    for row in data["rows"]:
        sign, cell = row[6]["theme"][place], cells[row[0], "theme", "personvern"]
        assert sign == (str(cell.value) if cell.sure else "abcde"[cell.value])


def test_a_finding_leads_to_its_rows_with_definition_words_and_page(sample_study):
    folder = sample_study.run.report.parent
    assert 'href="rader/structures.html"' in (folder / "index.html").read_text(encoding="utf-8")
    page = (folder / "rader" / "structures.html").read_text(encoding="utf-8")
    (definition,) = [each.definition for each in sample_study.study.findings if each.id == "structures"]
    assert definition in page
    assert "Porteføljestyret" in page
    assert "s. 4" in page


def test_a_municipality_has_its_case_sheet_and_answers(sample_study):
    page = (sample_study.run.report.parent / "kommuner" / "granlia.html").read_text(encoding="utf-8")
    for words in ("Digitaliseringsrådet", "Rådet prioriterer prosjektene", "Hva er visjonen?", "2 800 000"):
        assert words in page.replace("\xa0", " ")


@pytest.fixture(scope="module")
def many(sample_study, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of as many municipalities as there are, each as one of the sample's."""
    study, resources = sample_study.study, load_resources(ONE_PROCESS)
    models = study.municipalities
    owners = [(f"{number:04}", models[number % len(models)]) for number in range(1, MANY + 1)]

    def repeat(records):
        groups = {each.id: [row for row in records if row.municipality == each.id] for each in models}
        return tuple(replace(row, municipality=new) for new, model in owners for row in groups[model.id])

    large = replace(
        study,
        municipalities=tuple(replace(model, id=new, number=new, name=f"Kommune {new}") for new, model in owners),
        cells=repeat(study.cells),
        states=repeat(study.states),
        inventory=repeat(study.inventory),
        finding_cases=repeat(study.finding_cases),
        documents=repeat(study.documents),
        case_values=repeat(study.case_values),
        answers=(),
        budget_lines=(),
        commitments=(),
    )
    folder = tmp_path_factory.mktemp("mange")
    sets = resources.guidelines_of(sample_study.run.results.readings)
    behind = Behind(sample_study.run.results.run)
    write_study_pages(large, behind, folder=folder, guidelines=sets, questions=load_questions(), known={})
    return folder / "index.html"


def test_the_overview_of_all_municipalities_is_small(many: Path):
    assert many.stat().st_size < 5_000_000
    assert many.read_text(encoding="utf-8").count("<td") < 15 * MANY  # the list of municipalities, and no cells
    assert len(read_data(many)["rows"]) == MANY


def test_a_national_set_is_called_by_its_name() -> None:
    assert name_value("ks") == "KS’ strategi"
    assert name_value("Visjon 2030") == "Visjon 2030"
