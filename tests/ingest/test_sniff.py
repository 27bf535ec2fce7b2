"""What a file is, told in time that grows no faster than the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.ingest.media import HTML, MARKDOWN
from compliance.ingest.sniff import sniff_media_type

PAGE_MARKS = "".join(f"<!-- side {page} -->\n\n" for page in range(1, 5001))  # of a scan without text


@pytest.mark.parametrize(
    ("name", "text", "media_type"),
    [
        pytest.param("a.md", PAGE_MARKS + "# Plan", MARKDOWN, id="page marks only"),  # took 2ⁿ steps
        pytest.param("a.md", "<!-- a <!-- b --> " + "<!--" * 20_000, MARKDOWN, id="comments that are never closed"),
        pytest.param("a.html", PAGE_MARKS + "<html><p>Plan", HTML, id="comments before HTML"),
        pytest.param("a.html", "<p " * 100_000 + "<p>Plan", HTML, id="tags that are never closed"),  # took n² steps
    ],
)
def test_media_type_of_text_with_many_marks(name: str, text: str, media_type: str) -> None:
    assert sniff_media_type(Path(name), text.encode()) == media_type
