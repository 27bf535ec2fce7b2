"""Files of official wording, which fingerprints are made from; they stay with whoever has the documents."""

from __future__ import annotations

import json
import re
from pathlib import Path

from compliance.errors import GuidelineError, describe_os_error

# «KS1.1: ordlyden», as a line of its own, a list item or in bold; lines that follow go on with it until an empty one.
_ENTRY = re.compile(r"^\s*(?:[-*#•]+\s+)?\**([A-ZÆØÅ][A-ZÆØÅa-zæøå]*\d[\w.-]*?)\**\s*[:\t]\**\s*(\S.*)$")


def read_wordings(path: Path) -> dict[str, tuple[str, ...]]:
    """Return the official wordings of a file by goal id, in the order of the file.

    JSON holds an object of goal ids with a text or a list of texts each. Text and Markdown hold an entry «ID: wording»
    for each text; a goal may have several. Raises GuidelineError when the file cannot be read or has no wording.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise GuidelineError(f"kan ikke leses: {describe_os_error(error)}", file=path) from error
    except UnicodeDecodeError as error:
        raise GuidelineError("er ikke UTF-8-tekst", file=path) from error
    wordings = _parse_json(text, path) if path.suffix.lower() == ".json" else _parse_text(text)
    if not wordings:
        raise GuidelineError("fant ingen ordlyd; hver skal stå som «ID: ordlyden», for eksempel «KS1.1: …»", file=path)
    return wordings


def _parse_json(text: str, path: Path) -> dict[str, tuple[str, ...]]:
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise GuidelineError(f"er ikke gyldig JSON: {error.msg}", file=path, line=error.lineno) from error
    if not isinstance(content, dict):
        raise GuidelineError("skal være et objekt med mål-id og ordlyd", file=path, line=1)
    wordings = {goal_id: (value,) if isinstance(value, str) else value for goal_id, value in content.items()}
    for goal_id, texts in wordings.items():
        if not isinstance(texts, list | tuple) or not all(isinstance(each, str) for each in texts):
            raise GuidelineError("ordlyden skal være en tekst eller en liste av tekster", file=path, field=goal_id)
    return {goal_id: tuple(texts) for goal_id, texts in wordings.items()}


def _parse_text(text: str) -> dict[str, tuple[str, ...]]:
    wordings: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in text.splitlines():
        entry = _ENTRY.match(line)
        if entry:
            current = wordings.setdefault(entry[1], [])
            current.append(entry[2].strip())
        elif line.strip() and current:
            current[-1] += f" {line.strip()}"
        else:
            current = None
    return {goal_id: tuple(texts) for goal_id, texts in wordings.items()}
