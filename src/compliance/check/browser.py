"""A browser that is started before there is anything to print, and prints a page when it is asked.

Starting takes half of the second that a print takes. It is steered through a pipe, with the Chrome DevTools Protocol:
messages in JSON that each end with a zero byte, to the browser's third file and from its fourth. Nothing listens on
any port.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any, Final

# By name on the path, then where Windows and macOS keep them. All are Chromium inside and print alike.
_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge")
_PLACES: Final = (
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
# It prints a file of ours and needs no network; root, as in a container, has no sandbox to print in.
SWITCHES: Final = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
PRINT_SECONDS: Final = 60  # a report prints in one; a browser that asks something at its first start never ends
_READ, _WRITE = 3, 4  # the files that a browser with --remote-debugging-pipe reads from and writes to
_FREE = 10  # from this number on our own ends of the pipes are out of the way of those
_AT_ONCE = 1 << 20  # bytes


class BrowserError(Exception):
    """The browser cannot be steered: it has ended, says nothing, or its owner has forbidden it."""


@dataclass
class WaitingBrowser:
    """A browser with a blank page, of which nothing has been asked yet."""

    process: int
    commands: int  # file descriptors: what is written to, and what is read from
    answers: int
    _asked: int = 0
    _read: bytearray = field(default_factory=bytearray)
    _session: str = ""

    def print_page(self, page: Path) -> bytes:
        """Return an HTML page as a PDF, as `--print-to-pdf --no-pdf-header-footer` makes it. Raises BrowserError."""
        targets = self._ask("Target.getTargets")["targetInfos"]
        blank = next((each["targetId"] for each in targets if each["type"] == "page"), None)
        self._session = self._ask("Target.attachToTarget", targetId=blank, flatten=True)["sessionId"]
        self._ask("Page.enable")
        self._ask("Page.navigate", until="Page.loadEventFired", url=page.resolve().as_uri())
        printed = self._ask("Page.printToPDF", printBackground=True, preferCSSPageSize=True, displayHeaderFooter=False)
        return base64.b64decode(printed["data"])

    def _ask(self, method: str, *, until: str | None = None, **parameters: object) -> dict[str, Any]:
        """Return what the browser answers, when it has also told of the event `until`."""
        self._asked += 1
        message = {"id": self._asked, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        give_up = time.monotonic() + PRINT_SECONDS
        try:
            os.write(self.commands, json.dumps(message).encode() + b"\0")
            answer = None
            while answer is None or until is not None:
                said = self._hear(give_up)
                if said.get("id") == self._asked:
                    answer = said["result"]
                if said.get("method") == until:
                    until = None
        except (OSError, EOFError, ValueError, KeyError) as error:
            raise BrowserError(method) from error
        return dict(answer)

    def _hear(self, give_up: float) -> dict[str, Any]:
        """Return the browser's next message. Raises EOFError where it has ended, TimeoutError where nothing comes."""
        while (end := self._read.find(b"\0")) < 0:
            if not wait([self.answers], max(0.0, give_up - time.monotonic())):
                raise TimeoutError
            more = os.read(self.answers, _AT_ONCE)
            if not more:
                raise EOFError
            self._read += more
        said: dict[str, Any] = json.loads(self._read[:end])
        del self._read[: end + 1]
        return said

    def close(self) -> None:
        """End the browser with all its processes; its profile goes with it, so that it has nothing to save."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        os.close(self.commands)
        os.close(self.answers)


@contextmanager
def start_browser() -> Iterator[WaitingBrowser | None]:
    """Start a browser, and end it with the block; None where there is none, or where none can be steered (Windows)."""
    program = find_browser()
    if program is None or not hasattr(os, "posix_spawn"):
        yield None
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:  # its last process may still write there
        try:
            browser = _spawn(program, Path(folder))
        except OSError:
            yield None
            return
        try:
            yield browser
        finally:
            browser.close()


def _spawn(program: Path, profile: Path) -> WaitingBrowser:
    """Start the browser in a group of its own, with its ends of two pipes. Raises OSError."""
    command = [str(program), *SWITCHES, f"--user-data-dir={profile}", "--remote-debugging-pipe", "about:blank"]
    theirs_in, ours_out = _open_pipe()
    ours_in, theirs_out = _open_pipe()
    files = [
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_DUP2, theirs_in, _READ),
        (os.POSIX_SPAWN_DUP2, theirs_out, _WRITE),
    ]
    try:
        environment = {**os.environ, "TMPDIR": str(profile)}  # what it leaves there goes with the profile
        process = os.posix_spawn(program, command, environment, file_actions=files, setpgroup=0)
    except OSError:
        os.close(ours_out)
        os.close(ours_in)
        raise
    finally:
        os.close(theirs_in)
        os.close(theirs_out)
    return WaitingBrowser(process, ours_out, ours_in)


def _open_pipe() -> tuple[int, int]:
    """Return a pipe's ends, to read from and to write to, under numbers that no program knows."""
    import fcntl  # not on Windows

    ends = os.pipe()
    moved = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, _FREE) for end in ends]
    for end in ends:
        os.close(end)
    return moved[0], moved[1]


def find_browser() -> Path | None:
    """Return a browser that can print, None where none is found."""
    named = next((found for name in _NAMES if (found := shutil.which(name))), None)
    placed = next((path for path in map(Path, _PLACES) if path.is_file()), None)
    return Path(named) if named else placed
