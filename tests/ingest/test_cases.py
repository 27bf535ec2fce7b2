"""Files as they come, each a kind of fault that was reported of some reader, with what must come out.

Beside each file in `cases/` stands its stem + `.expected.json`: `situation`, `source` (where the fault was reported),
`passages` ([kind, text] in this order), `in_order` (strings in this order), `never` (strings that must not appear) and
`rejected` (reasons, parted by |; "ok" among them: may also be read). The files are written for this purpose, their
municipalities are fictional.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from compliance.config import IngestConfig
from compliance.errors import DocumentError
from compliance.ingest.read import read_document
from compliance.records import RejectionReason

FOLDER = Path(__file__).parent / "cases"
CASES = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.expected.json"))]


def read_blocks(path: Path) -> list[tuple[str, str]] | RejectionReason:
    try:
        document = read_document(path, config=IngestConfig())
    except DocumentError as error:
        return error.reason
    return [(block.kind.value, document.text[block.start : block.end]) for block in document.blocks]


def fold(text: str) -> str:
    return " ".join(text.split())


def find_missing(texts: list[str], case: dict[str, Any]) -> Iterator[str]:
    flat, at = fold(" ".join(texts)), 0
    for text in case["in_order"]:
        found = flat.find(fold(text), at)
        if found < 0:
            yield f"missing or out of order: {text}"
        at = max(at, found + len(fold(text)))
    yield from (f"must not appear: {text}" for text in case["never"] if text in flat)


def find_missing_blocks(blocks: list[tuple[str, str]], case: dict[str, Any]) -> Iterator[str]:
    index = 0
    for kind, text in case["passages"]:
        if (kind, fold(text)) in blocks[index:]:
            index = blocks.index((kind, fold(text)), index) + 1
        else:
            yield f"no {kind}: {text}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["file"])
def test_a_file_as_it_comes_is_read_right(case: dict[str, Any]) -> None:
    wanted = (case["rejected"] or "ok").split("|")
    read = read_blocks(FOLDER / case["file"])
    if isinstance(read, RejectionReason):
        assert read in wanted, case["situation"]
        return
    assert "ok" in wanted, case["situation"]
    blocks = [(kind, fold(text)) for kind, text in read]
    missing = [*find_missing([text for _, text in blocks], case), *find_missing_blocks(blocks, case)]
    assert not missing, case["situation"]
