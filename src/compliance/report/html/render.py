"""Opens the templates with everything that they may use."""

from __future__ import annotations

from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING

from compliance.report.catalogue import Catalogue
from compliance.report.views.commitments import write_deadline
from compliance.report.views.doubts import MAX_DOUBTS
from compliance.report.views.quotes import shorten
from compliance.report.views.second_opinions import MAX_OPINIONS
from compliance.report.views.steps import STEPS
from compliance.report.views.text_shares import share_out

if TYPE_CHECKING:
    from jinja2 import Environment

STYLE_SHEET = "stil.css"
SCRIPT = "report.js"
MAX_COMMITMENTS = 20  # rows on the page, about one printed page; the spreadsheet has them all


def open_templates(texts: Catalogue) -> Environment:
    """Return the templates, with the catalogue's functions, the style sheet and the script at hand."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    from compliance.report.html.compiled import open_compiled

    environment = Environment(
        loader=PackageLoader("compliance.report.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    options = (environment.autoescape, environment.trim_blocks, environment.lstrip_blocks)
    environment.bytecode_cache = open_compiled(made_with=repr(options))
    assets = files("compliance.report.html")
    environment.filters["deadline"] = partial(write_deadline, texts=texts)
    environment.globals.update(
        t=texts.text,
        tn=texts.count,
        number=texts.number,
        percent=texts.percent,
        whole_percent=texts.whole_percent,
        share_out=share_out,
        zip=zip,
        date=texts.date,
        find=texts.find,
        lang=texts.language,
        shorten=shorten,
        steps=STEPS,
        most_doubts=MAX_DOUBTS,
        most_opinions=MAX_OPINIONS,
        most_commitments=MAX_COMMITMENTS,
        styles=Markup(assets.joinpath(STYLE_SHEET).read_text(encoding="utf-8")),
        script=Markup(assets.joinpath(SCRIPT).read_text(encoding="utf-8")),
    )
    return environment
