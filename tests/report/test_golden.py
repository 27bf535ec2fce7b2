"""The report read as prose: what a screen reader would say, kept as Markdown and reviewed when it changes.

Set REWRITE_GOLDEN=1 to write the files anew.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from compliance.config import ReportConfig
from compliance.report.pages import write_report

GOLDEN = Path(__file__).parent / "golden"
BLOCKS = ("h1", "h2", "h3", "h4", "p", "blockquote", "summary", "caption", "title", "desc", "dt", "dd", "tr", "li")
LISTS = {"li": "- ", "blockquote": "> ", "dt": "- ", "dd": "  "}


def read_aloud(main: html.HtmlElement) -> Iterator[str]:
    """Yield the page's blocks in reading order, a line each."""
    for element in main.iter(*BLOCKS):
        if element.tag == "li" and element.find("p") is not None:
            continue  # its parts follow
        words = " ".join(element.text_content().split())
        if element.tag == "tr":
            words = "| " + " | ".join(" ".join(cell.text_content().split()) for cell in element) + " |"
        if element.tag.startswith("h"):
            yield ""
            words = "#" * int(element.tag[1]) + " " + words
        yield LISTS.get(element.tag, "") + words


@pytest.mark.parametrize(
    ("name", "page", "language"),
    [
        pytest.param("overview.nb.md", "index.html", "nb", id="overview"),
        pytest.param("granvik.nb.md", "documents/granvik-1a2b3c4d.html", "nb", id="document"),
        pytest.param("storelva.nn.md", "documents/storelva-5e6f7a8b.html", "nn", id="document-in-nynorsk"),
        pytest.param("granvik.en.md", "documents/granvik-1a2b3c4d.html", "en", id="document-in-english"),
    ],
)
def test_report_reads_as_reviewed(results, guidelines, tmp_path, name, page, language):
    write_report(results, guidelines, folder=tmp_path, config=ReportConfig(language=language))
    compare(tmp_path / page, name)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_trained_judgement_reads_as_reviewed(judged, guidelines, trained, tmp_path, language):
    write_report(judged, guidelines, folder=tmp_path, config=ReportConfig(language=language), trained=trained)
    compare(tmp_path / "documents/granvik-1a2b3c4d.html", f"judged.{language}.md", sections=("goals", "review"))


def compare(page: Path, name: str, *, sections: tuple[str, ...] = ()) -> None:
    """Hold the page, or these sections of it, against the reviewed text."""
    main = html.parse(page, html.HTMLParser(encoding="utf-8")).getroot().get_element_by_id("main")
    parts = [main.xpath(".//section[@aria-labelledby=$name]", name=each)[0] for each in sections] or [main]
    text = "\n".join(line for part in parts for line in read_aloud(part)).strip() + "\n"
    if os.environ.get("REWRITE_GOLDEN"):
        (GOLDEN / name).write_text(text, encoding="utf-8")
    assert text == (GOLDEN / name).read_text(encoding="utf-8")
