"""The pages as a reader's browser parses them."""

from pathlib import Path

import pytest

from compliance.report.pages import write_report


@pytest.fixture
def folder(results, guidelines, config, tmp_path) -> Path:
    write_report(results, guidelines, folder=tmp_path, config=config)
    return tmp_path


def test_writes_an_overview_and_a_page_per_document(folder):
    assert (folder / "index.html").exists()
    assert {path.name for path in (folder / "documents").iterdir()} == {
        "granvik-1a2b3c4d.html",
        "storelva-5e6f7a8b.html",
    }
