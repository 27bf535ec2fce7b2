"""The style sheets that every page carries."""

import re
from importlib.resources import files

ASSETS = files("compliance.report").joinpath("assets")
REFERENCE = re.compile(r"var\(\s*(--[\w-]+)\s*([,)])")


def read(name: str) -> str:
    return ASSETS.joinpath(name).read_text(encoding="utf-8")


def test_vendored_style_sheet_defines_every_property_the_report_uses():
    sheets = read("designsystemet.css") + read("report.css")
    defined = set(re.findall(r"(--[\w-]+)\s*:", sheets))
    used = {name for name, after in REFERENCE.findall(read("report.css")) if after == ")"}
    assert used - defined == set()


def test_vendored_style_sheet_names_version_and_licence():
    assert re.match(r"/\* @digdir/designsystemet-css@\d+\.\d+\.\d+ .*MIT", read("designsystemet.css"))
    assert "Permission is hereby granted" in read("LICENSE.designsystemet.txt")


def test_style_sheets_ask_for_nothing_elsewhere():
    sheets = read("designsystemet.css") + read("report.css")
    assert "@import" not in sheets
    assert set(re.findall(r"url\(\s*[\"']?(\w+)", sheets)) <= {"data"}
