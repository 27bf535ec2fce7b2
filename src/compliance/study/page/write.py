"""Writes the study's pages into the report's folder; the overview takes the place of the run's own."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from compliance.config import hash_parts
from compliance.files import hash_file, write_atomically
from compliance.guidelines.questions import QuestionSet
from compliance.guidelines.sets import GuidelineSet
from compliance.records import Run
from compliance.records.study import InventoryState, Study, StudyCell
from compliance.report.catalogue import load_catalogue
from compliance.report.html.render import open_templates
from compliance.store.studies import KeptPage
from compliance.study.files import PLACES, ROWS
from compliance.study.grouping import group_by_municipality
from compliance.study.names import STATE_NAMES, STATUS_NAMES
from compliance.study.page.figures import collect_statistics, draw_profile, list_networks
from compliance.study.page.view import (
    FIELD_NAMES,
    STEPS,
    Row,
    SharedPassage,
    StudyView,
    count_sharing,
    describe_breadth,
    describe_cell,
    encode_cells,
    group_answers,
    list_ties,
    make_view,
    name_kind,
    name_source,
    name_value,
    slug,
    sum_sources,
)
from compliance.study.placing import Place

if TYPE_CHECKING:
    from jinja2 import Environment

SUBJECTS: Final = (("theme", "Temaer"), ("goal", "Mål"), ("element", "Elementer"), ("criterion", "Kriterier"))


@dataclass(frozen=True, slots=True)
class Behind:
    """What pages show beside the study's own rows."""

    run: Run
    shared: Iterable[SharedPassage] = ()  # by municipalities' documents, what everybody writes aside
    ties: Mapping[str, Place] = field(default_factory=dict)  # passages that speak of a promise again, by id


@dataclass(frozen=True, slots=True)
class _Writer:
    environment: Environment
    folder: Path
    run: Run
    known: Mapping[str, KeptPage]
    kept: dict[str, KeptPage] = field(default_factory=dict)

    def write(self, name: str, template: str, **values: object) -> bytes:
        """Write one page and return its content; `up` leads from it to the report's folder."""
        up = "../" if "/" in name else ""
        common = {"run": self.run, "slug": slug, "status": STATUS_NAMES, "source_name": name_source}
        content = self.environment.get_template(template).render(**common, up=up, **values).encode("utf-8", "replace")
        with write_atomically(self.folder / name) as stream:
            stream.write(content)
        return content

    def keep(self, name: str, template: str, **values: object) -> None:
        """Write one page unless it stands there as it was made from just this; `values` are all that it shows.

        Its foot goes on to tell when it was made.
        """
        made_from = hash_parts(self.run.version, template, repr(values))
        page = self.known.get(name)
        if page is None or page.made_from != made_from or page.sha256 != hash_file(self.folder / name):
            page = KeptPage(made_from, sha256(self.write(name, template, **values)).hexdigest())
        self.kept[name] = page


def write_study_pages(
    study: Study,
    behind: Behind,
    *,
    folder: Path,
    guidelines: Sequence[GuidelineSet],
    questions: Sequence[QuestionSet],
    known: Mapping[str, KeptPage],
) -> dict[str, KeptPage]:
    """Write `index.html`, the rows behind each number and a page a municipality; return what is to be known of them.

    Pages of which the last time's `known` says the same stay as they are; those of municipalities that are no longer in
    the study are removed. The overview holds one character a cell and shows fifty municipalities at a time, so that it
    opens at once however many there are.
    """
    from markupsafe import Markup

    view = make_view(study, guidelines)
    environment = open_templates(load_catalogue("nb"))
    environment.globals["study_script"] = Markup(
        files("compliance.report.html").joinpath("study.js").read_text(encoding="utf-8")
    )
    writer = _Writer(environment, folder, behind.run, known)
    _write_rows(writer, view)
    _write_municipalities(writer, view, behind.ties, questions)
    writer.write("index.html", "study.html.jinja", study=study, view=view, **_show_overview(view, behind.shared))
    for path in [*(folder / ROWS).glob("*.html"), *(folder / PLACES).glob("*.html")]:
        if f"{path.parent.name}/{path.name}" not in writer.kept:
            path.unlink(missing_ok=True)
    return writer.kept


def _show_overview(view: StudyView, shared: Iterable[SharedPassage]) -> dict[str, object]:
    study = view.study
    states = {each.municipality: each for each in study.states}
    kinds = list(dict.fromkeys(each.document_type for each in study.inventory))
    holes = sum(each.state is InventoryState.HOLE for each in study.inventory)
    silent = [each for each in study.municipalities if not each.responded]
    return {
        "states": states,
        "kinds": kinds,
        "kind_name": name_kind,
        "inventory": {(each.municipality, each.document_type): STATE_NAMES[each.state] for each in study.inventory},
        "counties": sorted({each.county for each in study.municipalities if each.county}),
        "populations": any(each.population for each in study.municipalities),
        "unsure": Counter(each.subject for each in study.cells if not each.sure),
        "holes": holes,
        "silent": silent,
        "groups": _group_findings(study),
        "sharing": count_sharing(view, shared),
        "sources": sum_sources(view),
        "profile": draw_profile(view),
        "networks": list_networks(study),
        "statistics": collect_statistics(study),
        "subjects": [(subject, name) for subject, name in SUBJECTS if view.labels.get(subject)],
        "data": _encode_data(view),
        "counts": [
            (STATUS_NAMES[status], sum(each.status is status for each in study.states)) for status in STATUS_NAMES
        ],
    }


def _group_findings(study: Study) -> list[tuple[str, list[Any]]]:
    titles = {
        "funn1": "Funn 1: Alle driver med digitalisering",
        "funn2": "Funn 2: Strategier",
        "funn3": "Funn 3: Planer i fagområdene",
        "funn4": "Funn 4: Strukturer",
        "konklusjon": "Det konklusjonen hviler på",
    }
    return [
        (title, [each for each in study.findings if each.group == group])
        for group, title in titles.items()
        if any(each.group == group for each in study.findings)
    ]


def _encode_data(view: StudyView) -> str:
    """Return what the script draws the table from, safe inside a script element."""
    cells = encode_cells(view)
    states = {each.municipality: STATUS_NAMES[each.status] for each in view.study.states}
    data = {
        "steps": STEPS,
        "labels": {
            subject: [[each.id, each.name, each.group, each.page] for each in labels]
            for subject, labels in view.labels.items()
        },
        "rows": [
            [
                each.id,
                each.name,
                slug(each.id),
                each.county or "",
                each.population,
                states.get(each.id, ""),
                cells[each.id],
            ]
            for each in view.study.municipalities
        ],
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _write_rows(writer: _Writer, view: StudyView) -> None:
    for labels in view.labels.values():
        for label in labels:
            title = f"{label.id} {label.name}" if label.subject != "theme" else label.name
            least = "er gjort greie for" if label.subject == "criterion" else "«skal» eller mer"
            definition = f"{label.span} av {label.of} kommuner: {least}. Det beste dokumentet teller."
            rows = view.list_rows(label)
            told = {"title": title, "definition": definition, "looser": "", "rows": rows}
            writer.keep(label.page, "study_rows.html.jinja", **told)
    by_finding: dict[str, list[Any]] = {}
    for case in view.study.finding_cases:
        by_finding.setdefault(case.finding, []).append(case)
    for finding in view.study.findings:
        cases = sorted(by_finding.get(finding.id, []), key=lambda each: (not each.counts, not each.counts_loosely))
        rows = [view.place(each, _name_part(each), each.reason) for each in cases]
        writer.keep(
            f"{ROWS}/{slug(finding.id)}.html",
            "study_rows.html.jinja",
            title=finding.title,
            definition=finding.definition,
            looser=finding.looser_definition,
            rows=rows,
        )


def _name_part(case: Any) -> str:
    if case.value is not None:
        return f"{100 * case.value:.0f} %"
    return "teller" if case.counts else "bare etter den videre" if case.counts_loosely else "teller ikke"


def _write_municipalities(
    writer: _Writer, view: StudyView, ties: Mapping[str, Place], questions: Sequence[QuestionSet]
) -> None:
    study = view.study
    documents, values, budget, commitments, copied, cells = map(
        group_by_municipality,
        (study.documents, study.case_values, study.budget_lines, study.commitments, study.copied, study.cells),
    )
    answers = group_answers(view, questions)
    for each in study.municipalities:
        named = (*budget.get(each.id, ()), *copied.get(each.id, ()))
        writer.keep(
            f"{PLACES}/{slug(each.id)}.html",
            "study_municipality.html.jinja",
            place=each,
            documents=documents.get(each.id, []),
            case=[
                (
                    FIELD_NAMES.get(value.field, value.field),
                    view.place(value, name_value(value.value), name_value(value.note)),
                )
                for value in values.get(each.id, [])
            ],
            answers=answers.get(each.id, []),
            budget=budget.get(each.id, []),
            commitments=[
                (item, view.place(item, item.goal), list_ties(view, item, ties))
                for item in commitments.get(each.id, [])
            ],
            copied=copied.get(each.id, []),
            cells=list(_list_cells(view, cells.get(each.id, []))),
            titles={row.document_id: view.documents.get(row.document_id, row.document_id) for row in named},
            as_of=study.info.as_of,
        )


def _list_cells(view: StudyView, mine: Sequence[StudyCell]) -> Iterator[tuple[str, list[tuple[str, Row]]]]:
    cells = {(cell.subject, cell.label): cell for cell in mine}
    for subject, name in SUBJECTS:
        rows = [
            (
                f"{label.id} {label.name}" if subject != "theme" else label.name,
                view.place(cell, describe_cell(cell), describe_breadth(cell), label.id if subject == "goal" else ""),
            )
            for label in view.labels.get(subject, ())
            if (cell := cells.get((subject, label.id))) is not None
        ]
        if rows:
            yield name, rows
