"""The study's pages in a browser: accessible, no wider than a phone, and drawn fifty municipalities at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from browsers import WIDTHS, needs_browser, open_pages, run_axe, start_browser

pytestmark = needs_browser

PAGES = (
    "index.html",
    "kommuner/havnesund.html",
    "kommuner/tverrdalen.html",
    "rader/structures.html",
    "rader/goal-en5.html",
)
SUBJECTS = ("theme", "goal", "element", "criterion")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with start_browser() as browser:
        yield browser


@pytest.fixture
def open_page(browser: Any) -> Iterator[Any]:
    with open_pages(browser) as open_page:
        yield open_page


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(sample_study, open_page, name, width):
    page = open_page(sample_study.run.report.parent / name, width)
    assert run_axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_all_columns_of_the_municipalities_are_seen_at_1280(sample_study, open_page):
    page = open_page(sample_study.run.report)
    table = page.locator("#kommuner .rulle")
    assert page.locator("#kommuner thead th").count() > 8
    assert table.evaluate("each => each.scrollWidth - each.clientWidth") == 0


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
