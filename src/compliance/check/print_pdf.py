"""A page as PDF, printed by the browser that the machine has: the report's print style is made for one."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from compliance.files import write_atomically

# By name on the path, then where Windows and macOS keep them. All are Chromium inside and print alike.
_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge")
_PLACES: Final = (
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
_SECONDS: Final = 60  # a report prints in two; a browser that asks something at its first start never ends
# It prints a file of ours and needs no network; root, as in a container, has no sandbox to print in.
_SWITCHES: Final = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")


def find_browser() -> Path | None:
    """Return a browser that can print, None where none is found."""
    named = next((found for name in _NAMES if (found := shutil.which(name))), None)
    placed = next((path for path in map(Path, _PLACES) if path.is_file()), None)
    return Path(named) if named else placed


def print_pdf(page: Path, *, out: Path) -> bool:
    """Print an HTML page to PDF and return whether that could be done.

    Raises SettingsError where `out` cannot be written.
    """
    browser = find_browser()
    if browser is None:
        return False
    with tempfile.TemporaryDirectory() as folder:
        printed = Path(folder) / "printed.pdf"
        switches = (*_SWITCHES, f"--user-data-dir={folder}/profile", "--no-pdf-header-footer")
        command = [str(browser), *switches, f"--print-to-pdf={printed}", page.resolve().as_uri()]
        try:
            subprocess.run(command, capture_output=True, check=True, timeout=_SECONDS)
        except (OSError, subprocess.SubprocessError):
            return False
        if not printed.is_file():
            return False
        with write_atomically(out) as file:
            file.write(printed.read_bytes())
    return True
