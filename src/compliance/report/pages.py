"""Writes the report: an overview and a page per document, each complete in itself."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from compliance.config import ReportConfig
from compliance.guidelines.sets import GuidelineSet
from compliance.records import Results
from compliance.report.catalogue import Catalogue, load_catalogue
from compliance.report.document_page import build_document_page
from compliance.report.index_page import build_index_page, summarise_document
from compliance.report.material import collect_material
from compliance.report.presentation import Presentation, TrainedJudgement

if TYPE_CHECKING:
    from jinja2 import Environment

STYLE_SHEETS = ("designsystemet.css", "report.css")
SCRIPT = "report.js"


def write_report(
    results: Results,
    guidelines: Sequence[GuidelineSet],
    *,
    folder: Path,
    config: ReportConfig,
    trained: TrainedJudgement | None = None,
) -> Path:
    """Write `index.html` and `documents/<id>.html` into the folder and return the path of the overview.

    `trained` tells of the model that judged; None where rules did, whose scores are not shown as probabilities.
    Pages are replaced one by one and never half written; pages of documents no longer in the results are removed.
    """
    texts = load_catalogue(config.language)
    environment = open_templates(texts)
    document_template = environment.get_template("document.html.jinja")
    documents = folder / "documents"
    documents.mkdir(parents=True, exist_ok=True)
    materials = collect_material(results)
    names = {material.document.id: material.full_name for material in materials}
    owners = {each.document.id: each.profile.municipality.value for each in materials if each.profile.municipality}
    presentation = Presentation(
        texts=texts,
        config=config,
        guidelines=tuple(guidelines),
        documents=names,
        municipalities=owners,
        trained=trained,
    )
    rows = []
    for material in materials:
        page = build_document_page(material, presentation=presentation)
        write_atomically(documents / f"{page.id}.html", document_template.render(page=page, run=results.run))
        rows.append(summarise_document(material, page.figures, presentation=presentation))
    index = build_index_page(results, materials, rows, presentation)
    path = folder / "index.html"
    write_atomically(path, environment.get_template("index.html.jinja").render(page=index, run=results.run))
    remove_stale_pages(documents, keep={f"{row.id}.html" for row in rows})
    return path


def open_templates(texts: Catalogue) -> Environment:
    """Return the templates, with the catalogue's functions, the style sheets and the script at hand."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=PackageLoader("compliance.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    assets = files("compliance.report").joinpath("assets")
    styles = "\n".join(assets.joinpath(name).read_text(encoding="utf-8") for name in STYLE_SHEETS)
    environment.globals.update(
        t=texts.text,
        tn=texts.count,
        number=texts.number,
        percent=texts.percent,
        date=texts.date,
        find=texts.find,
        lang=texts.language,
        styles=Markup(styles),
        script=Markup(assets.joinpath(SCRIPT).read_text(encoding="utf-8")),
        svg=Markup,
    )
    return environment


def write_atomically(path: Path, text: str) -> None:
    """Write the text beside the file and move it into place, so that no reader meets half a page."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_text(text, encoding="utf-8", errors="replace")  # a broken file may hold half a surrogate pair
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def remove_stale_pages(folder: Path, *, keep: set[str]) -> None:
    """Remove the pages in the folder that the report no longer has."""
    for path in folder.glob("*.html"):
        if path.name not in keep:
            path.unlink(missing_ok=True)
