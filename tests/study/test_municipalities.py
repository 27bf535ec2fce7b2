"""What a reader finds in municipalities that were made up, field by field (municipalities/README.md)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from compliance.records.study import Study
from compliance.resources import load_resources
from compliance.store.runs import open_run
from compliance.study.build import StudyInput, make_study
from compliance.study.corpus.manifest import read_manifest
from compliance.study.run import StudyOptions, run_study
from compliance.study.source import StudySource
from study.conftest import ONE_PROCESS
from study.sheets import Sheet, is_same

FOLDER = Path(__file__).parent / "municipalities"


def list_expected() -> Iterator[tuple[str, str, date, Any]]:
    for path in sorted(FOLDER.glob("*/expected.yaml")):
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
        day, others = told.pop("as_of"), told.pop("others", {})
        for name, fields in {told.pop("municipality"): told, **others}.items():
            yield from ((name, field, day, value) for field, value in fields.items())


EXPECTED = list(list_expected())
MISSED = {
    "Gåsneset prioritisation_structure": "«Utviklingsstyret»: only its list of tasks says that it ranks",
    "Gåsneset structure_members": "… and so its members",
    "Gåsneset structure_mandate": "… and its tasks",
    "Nordlia prioritisation_structure": "the board of an IKT cooperation, called «et styre»",
    "Nordlia structure_members": "… and so its members",
    "Nordlia structure_mandate": "… and its task",
    "Østre Bakk structure_mandate": "a sentence on the office that prepares what the body decides",
    "Krokstad budget": "money for «planen», where another plan was named since the strategy was",
    "Ildjern budget": "a fund for innovation and a service centre «på nett»: no word of theirs is surely digital",
    "Hellestrand prioritisation_structure": "«søke» beside «ikke ville fått plass»: read as denied",
    "Hellestrand structure_mandate": "… and so its task",
}


def mark(name: str) -> list[pytest.MarkDecorator]:
    return [pytest.mark.xfail(reason=MISSED[name], strict=True)] if name in MISSED else []


@pytest.fixture(scope="session")
def study_on(tmp_path_factory: pytest.TempPathFactory):
    corpus, out = tmp_path_factory.mktemp("korpus"), tmp_path_factory.mktemp("studie")
    for path in FOLDER.glob("*/*"):
        if path.suffix in {".md", ".txt"}:
            (corpus / f"{path.parent.name}_{path.name}").write_bytes(path.read_bytes())
    run_study(corpus, out=out, config=ONE_PROCESS, options=StudyOptions(as_of=EXPECTED[0][2]))
    manifest, resources = read_manifest(corpus), load_resources(ONE_PROCESS)
    made: dict[date, Study] = {}

    def study(day: date) -> Study:
        if day not in made:
            with open_run(out) as store:
                source = StudySource(store)
                run_id, outlined = store.load_run().id, source.outline()
                given = StudyInput(run_id, "", source, outlined, (), manifest, {}, as_of=day, corpus="korpus")
                made[day] = make_study(given, rules=resources.rules, guidelines=resources.guidelines)
        return made[day]

    return study


def find(study: Study, municipality: str, field: str) -> Any:
    """Return what the study has of a field, in the form that is expected."""
    state = next(each for each in study.states if each.municipality == municipality)
    values = tuple(each for each in study.case_values if each.municipality == municipality)
    lines = tuple(each for each in study.budget_lines if each.municipality == municipality)
    return Sheet(state, values, lines).find(field)


@pytest.mark.parametrize(
    ("municipality", "field", "day", "value"),
    [
        pytest.param(*each, id=name, marks=mark(name))
        for each, name in ((each, f"{each[0]} {each[1]}") for each in EXPECTED)
    ],
)
def test_a_reader_would_find_the_same(study_on, municipality: str, field: str, day: date, value: Any):
    found = find(study_on(day), municipality, field)
    assert is_same(field, found, value), f"{found} instead of {value}"
