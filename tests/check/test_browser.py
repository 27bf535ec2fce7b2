"""A browser that waits: it prints as one that is started to print does, and whatever it does, it ends."""

from __future__ import annotations

import os
import stat
import sys
import time
from pathlib import Path

import pymupdf
import pytest

from compliance.check import browser as module
from compliance.check import print_pdf as printing
from compliance.check.browser import BrowserError, find_browser, start_browser
from compliance.check.print_pdf import print_pdf

PAGE = (
    "<!doctype html><html lang=nb><meta charset=utf-8><title>Rapport</title>"
    "<style>@page {size: A5; margin: 2cm} p {background: #c00}</style>"
    "<p>Kommunen skal dele data.<p style='break-before: page'>Side to. <a href='lister.xlsx'>Lister</a>"
)
SPEAKS = f"""#!{sys.executable}
import base64, json, os
print("a line that is nobody's", flush=True)
told = b""
def say(**message):
    os.write(4, json.dumps(message).encode() + b"\\0")
for method in ("Target.getTargets", "Target.attachToTarget", "Page.enable", "Page.navigate", "Page.printToPDF"):
    while b"\\0" not in told:
        told += os.read(3, 65536)
    message, _, told = told.partition(b"\\0")
    asked = json.loads(message)
    assert asked["method"] == method
    results = {{
        "Target.getTargets": {{"targetInfos": [{{"type": t, "targetId": t[0]}} for t in ("worker", "page")]}},
        "Target.attachToTarget": {{"sessionId": asked["params"].get("targetId")}},
        "Page.printToPDF": {{"data": base64.b64encode(b"%PDF " + asked.get("sessionId", "").encode()).decode()}},
    }}
    say(method="Page.somethingElse", params={{}})
    if method == "Page.navigate":
        say(method="Page.loadEventFired", params={{"url": asked["params"]["url"]}})
    say(id=asked["id"], result=results.get(method, {{}}))
"""
PRINTS_ALONE = 'for each in "$@"; do case "$each" in --print-to-pdf=*) echo alone > "${each#*=}";; esac; done\n'
REFUSES = f'#!/bin/sh\ncase "$*" in *--remote-debugging-pipe*) exit 21;; esac\n{PRINTS_ALONE}'
SAYS_NOTHING = f'#!/bin/sh\ncase "$*" in *--remote-debugging-pipe*) exec sleep 600;; esac\n{PRINTS_ALONE}'
SAYS_NO = (
    "#!/bin/sh\n"
    'case "$*" in *--remote-debugging-pipe*) '
    'printf \'{"id":1,"error":{"code":-32000}}\\0\' >&4; exec sleep 600;; esac\n'
    f"{PRINTS_ALONE}"
)

pytestmark = pytest.mark.skipif(not hasattr(os, "posix_spawn"), reason="no browser waits here")


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "rapport med mellomrom.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.fixture
def install(tmp_path, monkeypatch):
    def install(script: str) -> Path:
        path = tmp_path / "browser"
        path.write_text(script, encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setattr(module, "find_browser", lambda: path)
        monkeypatch.setattr(printing, "find_browser", lambda: path)
        return path

    return install


def describe(path: Path) -> list[object]:
    with pymupdf.open(path) as document:
        links = [[each.get("uri", each.get("file")) for each in page.get_links()] for page in document]
        return [links, *((page.get_text(), page.rect, page.get_pixmap(dpi=50).samples) for page in document)]


@pytest.mark.skipif(find_browser() is None, reason="no browser on this machine (Debian: chromium)")
def test_it_prints_what_a_browser_that_is_started_to_print_does(page, tmp_path, monkeypatch):
    assert print_pdf(page, out=tmp_path / "alone.pdf")
    with start_browser() as browser:
        assert browser is not None
        monkeypatch.setattr(printing, "find_browser", lambda: pytest.fail("another browser was started"))
        assert print_pdf(page, out=tmp_path / "waited.pdf", browser=browser)
    waited = describe(tmp_path / "waited.pdf")
    assert len(waited) == 3  # links, and two pages
    assert waited == describe(tmp_path / "alone.pdf")


def test_answers_are_told_from_events_whatever_comes_first(page, install):
    install(SPEAKS)
    with start_browser() as browser:
        assert browser.print_page(page) == b"%PDF p"


@pytest.mark.parametrize("script", [REFUSES, SAYS_NOTHING, SAYS_NO], ids=["ends", "silent", "error"])
def test_one_that_cannot_be_steered_prints_alone(script, page, tmp_path, install, monkeypatch):
    install(script)
    monkeypatch.setattr(module, "PRINT_SECONDS", 1)
    with start_browser() as browser:
        with pytest.raises(BrowserError):
            browser.print_page(page)
        assert print_pdf(page, out=tmp_path / "rapport.pdf", browser=browser)
    assert (tmp_path / "rapport.pdf").read_text(encoding="utf-8") == "alone\n"


def test_it_ends_with_all_its_processes_and_its_profile(tmp_path, install):
    install(f'#!/bin/sh\nsleep 600 &\necho "$$ $! $TMPDIR" > {tmp_path}/pids\nwait\n')
    with start_browser():
        _wait_until(lambda: (tmp_path / "pids").exists() and (tmp_path / "pids").read_text(encoding="utf-8"))
        *processes, profile = (tmp_path / "pids").read_text(encoding="utf-8").split()
        assert Path(profile).is_dir()
    _wait_until(lambda: not any(map(_is_alive, processes)))
    assert not Path(profile).exists()


@pytest.mark.parametrize("script", ["no program at all", None], ids=["no-program", "none"])
def test_where_none_can_wait_there_is_none(script, install, monkeypatch):
    if script:
        install(script)
    else:
        monkeypatch.setattr(module, "find_browser", lambda: None)
    before = len([*Path("/dev/fd").iterdir()])
    with start_browser() as browser:
        assert browser is None
    assert len([*Path("/dev/fd").iterdir()]) == before


def _wait_until(condition):
    give_up = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < give_up
        time.sleep(0.02)


def _is_alive(process):
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{process}").is_dir() and " Z " not in Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
