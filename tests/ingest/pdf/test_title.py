"""The title comes from the metadata only where a person wrote it."""

from __future__ import annotations

import pytest

from compliance.ingest.draft import DraftBlock
from compliance.ingest.pdf.title import choose_title
from compliance.records import BlockKind, Box

COVER = DraftBlock(BlockKind.HEADING, "Digitaliseringsstrategi 2025–2028", (Box(1, 0, 0, 1, 1),), level=1)
LATER = DraftBlock(BlockKind.HEADING, "Vedlegg", (Box(9, 0, 0, 1, 1),), level=1)


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        pytest.param("Kommuneplanens samfunnsdel", "Kommuneplanens samfunnsdel", id="sensible"),
        pytest.param("Microsoft Word - strategi_v3.docx", COVER.text, id="file name"),
        pytest.param("Dokument1", COVER.text, id="placeholder"),
        pytest.param("", COVER.text, id="empty"),
        pytest.param(None, COVER.text, id="none"),
    ],
)
def test_choose_title(metadata: str | None, expected: str) -> None:
    assert choose_title(metadata, [COVER, LATER]) == expected


def test_no_title_is_none() -> None:
    assert choose_title("untitled", [LATER]) is None
