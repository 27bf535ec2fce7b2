"""The pages of a run that a trained model judged."""

from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html

from compliance.config import ReportConfig
from compliance.report.pages import write_report

INDEX, DOCUMENT, OTHER = "index.html", "documents/granvik-1a2b3c4d.html", "documents/storelva-5e6f7a8b.html"


@pytest.fixture
def write(judged, guidelines, trained, tmp_path):
    def write_pages(language="nb") -> Path:
        write_report(judged, guidelines, folder=tmp_path, config=ReportConfig(language=language), trained=trained)
        return tmp_path

    return write_pages


def parse(path: Path) -> html.HtmlElement:
    return html.document_fromstring(path.read_text(encoding="utf-8"))


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("name", [INDEX, DOCUMENT, OTHER])
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_page_keeps_its_order(write, language, name):
    root = parse(write(language) / name)
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in root.xpath("//a/@href") if link.startswith("#")} <= set(ids)
    levels = [int(each.tag[1]) for each in root.iter("h1", "h2", "h3", "h4")]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_quote_tells_how_sure_goal_and_level_are(write):
    quote = parse(write() / DOCUMENT).xpath("//*[@id='P1-0004']")[0]
    assert "Vurdering: usikker, 0,52" in words(quote)
    assert "Nivå: forplikter (usikker, 0,58)" in words(quote)
    assert "«bør» alene peker mot et annet nivå." in words(quote)


def test_quote_tells_what_spoke_for_and_against(write):
    weighed = parse(write() / DOCUMENT).xpath("//*[@id='P1-0003']//details")[0]
    assert "Talte for: språkmodellen finner mer av temaet her enn vanlig; ord fra temaet står i avsnittet." in words(
        weighed
    )
    assert "Talte imot: avsnittet foran handler mer om temaet enn vanlig, og da skjer det sjeldnere her." in words(
        weighed
    )


def test_labelled_example_is_said_to_be_from_a_fictional_plan(write):
    weighed = parse(write() / DOCUMENT).xpath("//*[@id='P1-0003']//details")[0]
    assert "treningseksempel fra en oppdiktet plan" in words(weighed)
    assert words(weighed.find("blockquote")).startswith("Vika kommune låner ut trygghetsalarmer")


def test_open_goals_are_listed_with_page_quote_and_goal(write):
    items = parse(write() / DOCUMENT).xpath("//section[@aria-labelledby='review']//ul[@class='quotes']/li")
    assert [item.get("id") for item in items] == ["review-0004", "review-0007"]
    assert words(items[0]).startswith("s. 4, 3 Trygghet hjemme")
    assert "P1 Trygghet hjemme Vurdering: usikker, 0,52 Talt med" in words(items[0])
    assert "Vurdering: usikker, 0,34 Ikke talt med" in words(items[1])


def test_document_in_which_nothing_is_open_says_so(write):
    section = parse(write() / OTHER).xpath("//section[@aria-labelledby='review']")[0]
    assert "Programmet var ikke i tvil" in words(section)


def test_overview_counts_the_passages_to_read(write):
    table = parse(write() / INDEX).xpath("//section[@aria-labelledby='documents']//table")[0]
    assert words(table.xpath(".//thead//th[last()]")[0]) == "Å lese"
    assert [words(cell) for cell in table.xpath(".//tbody/tr/td[last()]")] == ["2", "0"]


def test_report_on_rules_has_no_list_to_read(results, guidelines, tmp_path):
    write_report(results, guidelines, folder=tmp_path, config=ReportConfig())
    assert parse(tmp_path / DOCUMENT).xpath("//section[@aria-labelledby='review']") == []
    assert "Å lese" not in words(parse(tmp_path / INDEX))
    assert "Vurdering:" not in words(parse(tmp_path / DOCUMENT))
