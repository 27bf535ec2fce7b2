"""The report read as prose: what a screen reader would say, kept as Markdown and reviewed when it changes.

Set REWRITE_GOLDEN=1 to write the files anew.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from compliance.config import ReportConfig
from written_report import write_report

GOLDEN = Path(__file__).parent / "golden"
BLOCKS = ("h1", "h2", "h3", "h4", "p", "blockquote", "summary", "dt", "dd", "tr", "li", "legend", "label", "div")
LISTS = {"li": "- ", "blockquote": "> ", "dt": "- ", "dd": "  ", "label": "[ ] "}


def read_aloud(main: html.HtmlElement) -> Iterator[str]:
    """Yield the page's blocks in reading order, a line each."""
    for element in main.iter(*BLOCKS):
        if element.tag == "li" and element.xpath(".//p"):
            continue  # its parts follow
        if element.tag == "div" and element.get("class") != "topplinje":
            continue
        words = " ".join(element.text_content().split())
        if element.tag == "tr":
            words = "| " + " | ".join(" ".join(cell.text_content().split()) for cell in element) + " |"
        if element.tag.startswith("h"):
            yield ""
            words = "#" * int(element.tag[1]) + " " + words
        if words:
            yield LISTS.get(element.tag, "") + words


@pytest.mark.parametrize(
    ("name", "page", "language"),
    [
        pytest.param("overview.nb.md", "index.html", "nb", id="overview"),
        pytest.param("granvik.nb.md", "documents/granvik-1a2b3c4d.html", "nb", id="document"),
        pytest.param("granvik.nn.md", "documents/granvik-1a2b3c4d.html", "nn", id="bokmål document in nynorsk"),
        pytest.param("granvik.en.md", "documents/granvik-1a2b3c4d.html", "en", id="document in English"),
        pytest.param("storelva.nn.md", "documents/storelva-5e6f7a8b.html", "nn", id="nynorsk document"),
    ],
)
def test_report_reads_as_reviewed(results, guidelines, tmp_path, name, page, language):
    write_report(results, guidelines, folder=tmp_path, config=ReportConfig(language=language))
    main = html.parse(tmp_path / page, html.HTMLParser(encoding="utf-8")).getroot().get_element_by_id("innhold")
    text = "\n".join(read_aloud(main)).strip() + "\n"
    if os.environ.get("REWRITE_GOLDEN"):
        (GOLDEN / name).write_text(text, encoding="utf-8")
    assert text == (GOLDEN / name).read_text(encoding="utf-8")
