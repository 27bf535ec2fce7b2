"""What comments and docstrings refer to is in the repository."""

from __future__ import annotations

import ast
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = ("src", "tests", "benchmarks", "scripts", "corpus")
FOLDERS = (
    ROOT,
    ROOT / "src/compliance",
    ROOT / "rules",
    ROOT / "national_guidelines",
    ROOT / "docs",
    ROOT / "benchmarks",
)
# A path of letters with an ending of ours; placeholders («<set>.yaml», «NAME.json») are none.
REFERENCE = re.compile(r"(?<![\w<>*/.…-])(?:[\w-]+/)*[A-Za-z_][\w-]*\.(?:md|yaml|py)\b(?!`s)")
EXAMPLES = re.compile(r"(?:ks|mine|reminders|egne|strategi|plan|example)\b")  # files of a user's, named as examples


def list_prose(path: Path) -> Iterator[str]:
    """Yield the comments and docstrings of a Python file."""
    with path.open("rb") as file:
        yield from (token.string for token in tokenize.tokenize(file.readline) if token.type == tokenize.COMMENT)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            yield ast.get_docstring(node) or ""


def find_dead(text: str, *, beside: Path = ROOT) -> list[str]:
    """Return the references of a text that lead nowhere, also not to a file `beside` it."""
    named = [name for name in REFERENCE.findall(text) if not EXAMPLES.match(name.rpartition("/")[2])]
    return [name for name in named if not any((folder / name).exists() for folder in (*FOLDERS, beside))]


@pytest.mark.parametrize("folder", CODE)
def test_comments_refer_to_what_is_there(folder: str) -> None:
    files = sorted((ROOT / folder).rglob("*.py"))
    dead = [
        f"{file.relative_to(ROOT)}: {name}"
        for file in files
        for text in list_prose(file)
        for name in find_dead(text, beside=file.parent)
    ]
    assert dead == []


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        pytest.param("as docs/analyse.md says", [], id="there"),
        pytest.param("as docs/facts.md says", ["docs/facts.md"], id="gone"),
        pytest.param("(see GOLD.md)", ["GOLD.md"], id="of another place"),
        pytest.param("rules/sources.yaml and sources.yaml", [], id="with its folder and without"),
    ],
)
def test_dead_reference_is_found(text: str, dead: list[str]) -> None:
    assert find_dead(text) == dead
