"""Take the pictures of README and the guide anew from a run's report: `python scripts/take_pictures.py outputs/demo`.

Needs Playwright and a Chromium, as the tests of the pages do.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
SHOWN = "havnesund-digitaliseringsstrategi-*.html"  # the sample strategy that the guide follows
WINDOW = {"width": 1280, "height": 860}  # the first screen


def main(folder: Path) -> None:
    """Write `report.png` (first screen) and `goals.png` (all goals) from the run in the folder."""
    path = next((folder / "report" / "documents").glob(SHOWN))
    with sync_playwright() as started:
        browser = started.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page: Page = browser.new_page(viewport=WINDOW)
        page.goto(path.resolve().as_uri())
        page.screenshot(path=PICTURES / "report.png")
        page.add_style_tag(content=".hopp { display: none }")  # it would lie over the picture's upper edge
        page.locator("#maal").screenshot(path=PICTURES / "goals.png")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
