"""A real browser for the tests that look at pages: Playwright with the machine's Chromium, and axe-core.

A module that imports this is skipped where Playwright is missing, and where no browser is by `needs_browser`. CI
installs both. axe-core is vendored in tests/vendor.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from compliance.check.browser import find_browser

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: pip install playwright")
BROWSER = find_browser()
needs_browser = pytest.mark.skipif(BROWSER is None, reason="no browser on this machine: apt-get install chromium")

AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
WIDTHS = {"wide": 1280, "phone": 390}
ZOOMED = 320  # CSS pixels across, where a window of 1280 is zoomed to 400 %


@contextmanager
def start_browser() -> Iterator[Any]:
    """Start a browser without a window, and end it."""
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=BROWSER, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@contextmanager
def open_pages(browser: Any) -> Iterator[Any]:
    """Return what opens a file in a window of its own; all are closed at the end."""
    opened = []

    def open_page(path: Path, width: int = WIDTHS["wide"]) -> Any:
        page = browser.new_page(viewport={"width": width, "height": 900})
        opened.append(page)
        page.goto(path.as_uri())
        return page

    yield open_page
    for page in opened:
        page.close()


def unfold(page: Any) -> None:
    """Open all that can be opened on a page."""
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")


def run_axe(page: Any) -> list[Any]:
    """Return each rule that the page breaks with all of it open, with the elements that do.

    A page's policy may let in no script but its own; this one comes through the debugger, as an extension's does.
    """
    unfold(page)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[Any] = page.evaluate(
        "axe.run().then(({violations}) => violations.map(v => [v.id, v.nodes.map(n => n.html)]))"
    )
    return found
