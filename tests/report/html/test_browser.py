"""The pages in a browser: accessible, usable without a mouse, and three printed pages at their core."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from lxml import html

from browsers import WIDTHS, ZOOMED, needs_browser, open_pages, run_axe, start_browser, unfold
from compliance.config import GuidelinesConfig, ReportConfig
from compliance.guidelines.load import load_guidelines
from compliance.records import Certainty, DetailKind, Results, Review
from report_records import score_goal, take_measure
from written_report import write_report

pytestmark = needs_browser

PAGES = ("index.html", "documents/granvik-1a2b3c4d.html")
MAX_CHARS = 30_000  # of a report on a plan of up to 25 pages
CORE_PAGES = 3


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with start_browser() as browser:
        yield browser


@pytest.fixture
def open_page(browser: Any) -> Iterator[Any]:
    with open_pages(browser) as open_page:
        yield open_page


@pytest.fixture
def written(results, guidelines, tmp_path) -> Path:
    write_report(results, guidelines, folder=tmp_path, config=ReportConfig())
    return tmp_path


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_with_all_details_open(open_page, results, guidelines, tmp_path, name, width, language):
    write_report(results, guidelines, folder=tmp_path, config=ReportConfig(language=language))
    page = open_page(tmp_path / name, width)
    assert run_axe(page) == []


def test_axe_would_find_a_picture_without_words(open_page, written):
    page = open_page(written / PAGES[1])
    page.evaluate("document.querySelector('.stabel').removeAttribute('aria-label')")
    assert [name for name, _ in run_axe(page)] == ["role-img-alt"]


@pytest.mark.parametrize("width", [WIDTHS["phone"], ZOOMED], ids=["phone", "400 % zoom"])
@pytest.mark.parametrize("name", PAGES)
def test_page_never_scrolls_sideways(open_page, written, name, width):
    page = open_page(written / name, width)
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_all_columns_of_the_overview_are_seen_at_1280(open_page, written):
    page = open_page(written / PAGES[0])
    page.evaluate(
        "for (const each of document.querySelectorAll('.sorterbar tbody th a'))"
        " each.textContent = 'Temaplan for helse og velferdsteknologi i Almbekken kommune 2023–2030'"
    )
    hidden = "[...document.querySelectorAll('.rulle')].map(each => each.scrollWidth - each.clientWidth)"
    assert set(page.evaluate(hidden)) == {0}


def test_names_stay_in_sight_while_a_table_of_the_overview_is_scrolled(open_page, written):
    page = open_page(written / PAGES[0])
    moved = page.evaluate(
        """[...document.querySelectorAll('.rulle:has(.sorterbar, .kart)')].map(each => {
            each.style.width = '300px';
            each.firstElementChild.style.width = '900px';
            const first = each.querySelector('tbody th'), last = each.querySelector('tbody tr').lastElementChild;
            const before = [first, last].map(cell => cell.getBoundingClientRect().x);
            each.scrollLeft = 150;
            return [first, last].map((cell, place) => before[place] - cell.getBoundingClientRect().x);
        })"""
    )
    assert moved
    assert {last for _, last in moved} == {150}
    assert max(first for first, _ in moved) <= 2  # the space between two cells


def test_first_heading_of_the_overview_stands_closer_to_its_text_than_to_the_introduction(open_page, written):
    page = open_page(written / PAGES[0])
    lead, heading, text = (
        page.locator(each).bounding_box() for each in ("main > .ingress", "#h-dokumenter", "#dokumenter > .ingress")
    )
    above = heading["y"] - lead["y"] - lead["height"]
    assert above >= 4 * (text["y"] - heading["y"] - heading["height"]) > 0


def test_first_tab_stop_skips_to_the_content(open_page, written):
    page = open_page(written / PAGES[1])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#innhold"


def test_goal_row_opens_from_the_keyboard(open_page, written):
    page = open_page(written / PAGES[1])
    page.focus("#P1 > summary")
    page.keyboard.press("Enter")
    assert page.evaluate("document.getElementById('P1').open")


def test_link_to_a_goal_opens_its_row(open_page, written):
    page = open_page(written / PAGES[1])
    page.click("a.brikke[href='#P2']")
    page.wait_for_function("document.getElementById('P2').open")


def test_page_asks_the_network_for_nothing(browser, written):
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((written / PAGES[1]).as_uri())
    page.close()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


@pytest.fixture
def full(results, granvik, tmp_path) -> tuple[Path, Results]:
    """A report on sixty goals of the shipped sets, every step and certainty among them."""
    sets = tuple(each for each in load_guidelines(GuidelinesConfig()) if not each.named_only)
    goals = [goal.id for each in sets for goal in each.goals]
    certainties = (Certainty.CLEAR, Certainty.LIKELY, Certainty.CLEAR, Certainty.UNSURE)
    scores = tuple(
        score_goal(granvik, goal, number % 5, 3, 4, certainty=certainties[number % 4])
        for number, goal in enumerate(goals)
    )
    who, when = (DetailKind.ACTOR, "Granvik kommune", "Granvik kommune"), (DetailKind.DATE, "2023", "2023")
    measures = tuple(
        take_measure(granvik, 3, goal, granvik.passages[3].text[number % 40 :], who if number % 40 == 0 else when)
        for number, goal in enumerate(goals)
        if number % 5
    )
    reviews = tuple(Review(granvik.document.id, goal, granvik.passages[4].id, 3, 0) for goal in goals[:15])
    made = replace(results, scores=(*scores, *results.scores), measures=measures, reviews=reviews)
    write_report(made, sets, folder=tmp_path, config=ReportConfig())
    return tmp_path / PAGES[1], made


def test_core_is_three_printed_pages_also_with_every_goal_set(open_page, full):
    page = open_page(full[0])
    page.evaluate("document.body.classList.add('bare-kjernen')")
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    with pymupdf.open(stream=printed, filetype="pdf") as document:
        assert document.page_count == CORE_PAGES


def test_report_is_short_also_with_every_goal_set(full):
    main = html.parse(full[0], html.HTMLParser(encoding="utf-8")).getroot().get_element_by_id("innhold")
    assert len(" ".join(main.text_content().split())) <= MAX_CHARS
