"""Every view as Parquet or CSV, with a datapackage.json that says what the columns hold (Frictionless Data, v1)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from compliance.errors import SettingsError, describe_os_error
from compliance.files import hash_file, write_atomically
from compliance.store.exports import FileFormat, View, Views
from compliance.study.export.views import load_view_texts

TYPES: Final = {
    "BIGINT": "integer",
    "BOOLEAN": "boolean",
    "DOUBLE": "number",
    "INTEGER": "integer",
    "VARCHAR": "string",
}  # the others are lists and structures, written as text in CSV
DESCRIPTION = "datapackage.json"


def write_package(views: Views, folder: Path, *, file_format: FileFormat) -> tuple[Path, ...]:
    """Write each view that has rows as a file into the folder, with a description; return the files.

    Raises SettingsError where the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"{folder}: mappen kan ikke lages ({describe_os_error(error)}).", file=folder) from error
    written = [(view, folder / f"{view.name}.{file_format}") for view in views.list_all() if view.rows]
    for view, path in written:
        views.write(view, path, file_format=file_format)
    resources = [_describe(view, path, file_format) for view, path in written]
    package = {
        "profile": "tabular-data-package" if file_format is FileFormat.CSV else "data-package",
        "name": "kommunale-planer",
        "resources": resources,
    }
    with write_atomically(folder / DESCRIPTION) as stream:
        stream.write(json.dumps(package, ensure_ascii=False, indent=1).encode() + b"\n")
    return (folder / DESCRIPTION, *(path for _, path in written))


def _describe(view: View, path: Path, file_format: FileFormat) -> dict[str, object]:
    texts = load_view_texts().views
    described: dict[str, object] = {
        "name": view.name,
        "path": path.name,
        "description": texts[view.name].text if view.name in texts else "",
        "format": file_format.value,
        "bytes": path.stat().st_size,
        "hash": f"sha256:{hash_file(path)}",
        "rows": view.rows,
        "schema": {"fields": list(_describe_columns(view))},
    }
    return {**described, "encoding": "utf-8"} if file_format is FileFormat.CSV else described


def _describe_columns(view: View) -> Iterator[dict[str, str]]:
    texts = load_view_texts().columns
    for column in view.columns:
        yield {
            "name": column.name,
            "type": TYPES.get(column.type, "any"),
            "description": texts.get(column.name, ""),
        }
