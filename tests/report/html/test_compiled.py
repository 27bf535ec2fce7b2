"""Compiled templates are kept between processes, and nothing fails where they cannot be."""

from __future__ import annotations

import pytest

from compliance.report.catalogue import load_catalogue
from compliance.report.html import compiled
from compliance.report.html.render import open_templates


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setattr(compiled, "find_user_cache", lambda: tmp_path / "cache")
    return tmp_path / "cache"


def open_page():
    return open_templates(load_catalogue("nb")).get_template("index.html.jinja")


def test_a_template_is_compiled_once(cache, monkeypatch):
    open_page()
    kept = [path for path in cache.rglob("*") if path.is_file()]
    assert kept
    monkeypatch.setattr("jinja2.Environment.compile", lambda *_, **__: pytest.fail("compiled again"))
    open_page()


def test_other_options_have_a_folder_of_their_own(cache):
    folders = {compiled.open_compiled(made_with=options).directory for options in ("trimmed", "as it is")}
    assert len(folders) == 2


def test_where_nothing_can_be_kept_templates_open_all_the_same(cache):
    cache.write_text("no folder", encoding="utf-8")
    assert open_page()


def test_a_full_disk_is_no_fault(cache, monkeypatch):
    monkeypatch.setattr("tempfile.NamedTemporaryFile", fail_as_full)
    assert open_page()


def fail_as_full(*_, **__):
    raise OSError(28, "No space left on device")
