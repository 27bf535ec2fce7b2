"""The study's pages in a browser: accessible, no wider than a phone, and drawn fifty municipalities at a time.

Skipped where Playwright or a Chromium is missing; CI installs both. axe-core is vendored in tests/vendor.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: pip install playwright")
CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed: apt-get install chromium")

AXE = Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js"
PAGES = (
    "index.html",
    "kommuner/havnesund.html",
    "kommuner/tverrdalen.html",
    "rader/structures.html",
    "rader/goal-en5.html",
)
WIDTHS = {"wide": 1280, "phone": 390}
SUBJECTS = ("theme", "goal", "element", "criterion")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture
def open_page(browser: Any) -> Iterator[Any]:
    opened = []

    def open_at(path: Path, width: int = 1280) -> Any:
        page = browser.new_page(viewport={"width": width, "height": 900})
        opened.append(page)
        page.goto(path.as_uri())
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        return page

    yield open_at
    for page in opened:
        page.close()


def run_axe(page: Any) -> list[Any]:
    """Return each rule that the page breaks, with the elements that do."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[Any] = page.evaluate(
        "axe.run().then(({violations}) => violations.map(v => [v.id, v.nodes.map(n => n.html)]))"
    )
    return found


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(sample_study, open_page, name, width):
    page = open_page(sample_study.run.report.parent / name, width)
    assert run_axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("subject", SUBJECTS)
def test_axe_finds_nothing_in_any_of_the_tables(sample_study, open_page, subject):
    page = open_page(sample_study.run.report)
    page.select_option("#f-s", subject)
    assert page.locator("#tabell tbody tr").count() == len(sample_study.study.municipalities)
    assert run_axe(page) == []


def test_a_cell_is_read_aloud_as_a_sentence_and_leads_to_its_row(sample_study, open_page):
    page = open_page(sample_study.run.report)
    cell = page.locator("#tabell tbody tr", has_text="Havnesund").locator("td a").first
    assert cell.get_attribute("aria-label").startswith("Havnesund, Brukeren i sentrum: ")
    cell.click()
    page.wait_for_selector("tr:target")
    assert page.url.endswith("kommuner/havnesund.html#brukeren")
