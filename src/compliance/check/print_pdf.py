"""A page as PDF, printed by the browser that the machine has: the report's print style is made for one."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from compliance.check.browser import PRINT_SECONDS, SWITCHES, BrowserError, WaitingBrowser, find_browser
from compliance.files import write_atomically


def print_pdf(page: Path, *, out: Path, browser: WaitingBrowser | None = None) -> bool:
    """Print an HTML page to PDF and return whether that could be done.

    A browser that waits prints it, unless it cannot be steered, as where its owner has forbidden that; then, and where
    none waits, one is started that does nothing else. Raises SettingsError where `out` cannot be written.
    """
    printed = _print_waiting(page, browser) if browser else None
    printed = printed or _print_once(page)
    if printed is None:
        return False
    with write_atomically(out) as file:
        file.write(printed)
    return True


def _print_waiting(page: Path, browser: WaitingBrowser) -> bytes | None:
    try:
        return browser.print_page(page)
    except BrowserError:
        return None


def _print_once(page: Path) -> bytes | None:
    """Return the page as printed by a browser that ends with it; None where there is none, or it fails."""
    browser = find_browser()
    if browser is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        printed = Path(folder) / "printed.pdf"
        switches = (*SWITCHES, f"--user-data-dir={folder}/profile", "--no-pdf-header-footer")
        command = [str(browser), *switches, f"--print-to-pdf={printed}", page.resolve().as_uri()]
        try:
            subprocess.run(command, capture_output=True, check=True, timeout=PRINT_SECONDS)
        except (OSError, subprocess.SubprocessError):
            return None
        return printed.read_bytes() if printed.is_file() else None
