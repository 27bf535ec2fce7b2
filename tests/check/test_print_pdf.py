"""Printing a page with the browser that the machine has."""

from __future__ import annotations

import stat
from pathlib import Path

import pymupdf
import pytest

from compliance.check import print_pdf as module
from compliance.check.browser import find_browser
from compliance.check.print_pdf import print_pdf

PAGE = "<!doctype html><meta charset=utf-8><title>Rapport</title><p>Kommunen skal dele data.</p>"


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "rapport med mellomrom.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.mark.skipif(find_browser() is None, reason="no browser on this machine (Debian: chromium)")
def test_a_page_is_printed_with_its_words(page, tmp_path):
    out = tmp_path / "rapport.pdf"
    assert print_pdf(page, out=out)
    with pymupdf.open(out) as document:
        assert "Kommunen skal dele data." in document[0].get_text()


def test_without_a_browser_nothing_is_written_and_that_is_told(page, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "find_browser", lambda: None)
    assert not print_pdf(page, out=tmp_path / "rapport.pdf")
    assert not (tmp_path / "rapport.pdf").exists()


@pytest.mark.parametrize("script", ["#!/bin/sh\nexit 3\n", "#!/bin/sh\nexit 0\n", "no program at all"])
def test_a_browser_that_fails_leaves_no_half_written_file(script, page, tmp_path, monkeypatch):
    browser = tmp_path / "browser"
    browser.write_text(script, encoding="utf-8")
    browser.chmod(browser.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(module, "find_browser", lambda: Path(browser))
    assert not print_pdf(page, out=tmp_path / "rapport.pdf")
    assert not (tmp_path / "rapport.pdf").exists()
