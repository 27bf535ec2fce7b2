"""What each view and column holds, as data (views.toml): the workbook's codebook and datapackage.json say it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class ViewText:
    """What a view is; `sheet` is its name in the workbook, None where it is not there."""

    text: str
    sheet: str | None


@dataclass(frozen=True, slots=True)
class ViewTexts:
    """The texts of all views, in the workbook's order, and of all columns."""

    views: Mapping[str, ViewText]
    columns: Mapping[str, str]


@cache
def load_view_texts() -> ViewTexts:
    """Return what views and columns are, in Norwegian."""
    content = files("compliance.study.export").joinpath("views.toml").read_text(encoding="utf-8")
    data = tomllib.loads(content)
    views = {name: ViewText(each["text"], each.get("sheet")) for name, each in data["view"].items()}
    return ViewTexts(views, data["column"])
