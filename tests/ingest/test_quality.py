from __future__ import annotations

from collections.abc import Sequence

import pytest

from compliance.ingest.draft import Draft, DraftBlock, measure_quality
from compliance.records import BlockKind, Page, ReadingQuality, ReadingWarning, ReadingWarningCode

ROW = DraftBlock(BlockKind.TABLE_ROW, "Digital byggesak\t2027")
TEXT = DraftBlock(BlockKind.PARAGRAPH, "Kommunen skal ha felles drift.")
CIPHER = ReadingWarning(ReadingWarningCode.CIPHER, 2, "Skriften på siden er kodet.")


def measure(
    blocks: Sequence[DraftBlock] = (TEXT,), pages: Sequence[Page] = (Page(1, 0, 0),), **given: object
) -> ReadingQuality:
    return measure_quality(Draft(None, tuple(pages), blocks, **given))


def test_a_text_without_faults_is_read_whole() -> None:
    assert measure() == ReadingQuality()


@pytest.mark.parametrize(
    ("blocks", "tables"),
    [
        pytest.param([ROW, ROW], 1, id="rows that follow each other are one table"),
        pytest.param([ROW, TEXT, ROW], 2, id="text parts two tables"),
    ],
)
def test_tables_are_counted(blocks: list[DraftBlock], tables: int) -> None:
    assert measure(blocks).tables == tables


def test_unread_and_ciphered_pages_are_no_part_of_what_was_read() -> None:
    pages = [Page(1, 595, 842), Page(2, 595, 842), Page(3, 595, 842, unread=True), Page(4, 595, 842, ocr=True)]
    quality = measure(pages=pages, warnings=[CIPHER])
    assert quality.read_share == 0.5
    assert quality.cipher_pages == (2,)
    assert quality.ocr_pages == 1
