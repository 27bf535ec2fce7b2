"""The written pages: whole, accessible, and safe to open."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html

from compliance.config import ReportConfig
from compliance.errors import SettingsError
from compliance.records import Rejected, RejectionReason, Stage, Task
from compliance.report.pages import ReportWriter
from compliance.report.surroundings import COUNTED, STEPS, Uptake
from written_report import write_report

HOSTILE = "<script>alert('x')</script> & «sitat»"
PAGES = ("index.html", "documents/granvik-1a2b3c4d.html", "documents/storelva-5e6f7a8b.html")
SHEETS = ("documents/granvik-1a2b3c4d.xlsx", "documents/storelva-5e6f7a8b.xlsx")
# What the program says to itself: it is in the database, and never beside a quote.
MACHINE_TALK = ("sannsynlighet", "treningseksempel", "språkmodellen alene", "talte for", "logit", "0,9", "cosinus")


@pytest.fixture
def write(results, guidelines, tmp_path):
    def write_pages(changed=results, **options) -> Path:
        write_report(changed, guidelines, folder=tmp_path, config=ReportConfig(**options))
        return tmp_path

    return write_pages


def parse(path: Path) -> html.HtmlElement:
    return html.document_fromstring(path.read_text(encoding="utf-8"))


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.fixture
def page(write) -> html.HtmlElement:
    return parse(write() / PAGES[1])


@pytest.fixture
def index(write) -> html.HtmlElement:
    return parse(write() / PAGES[0])


def test_writes_an_overview_and_a_page_and_a_sheet_per_document(results, guidelines, config, tmp_path):
    assert write_report(results, guidelines, folder=tmp_path, config=config) == tmp_path / "index.html"
    assert {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.*")} == {*PAGES, *SHEETS}


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("step", [COUNTED, *STEPS])
def test_a_goal_that_is_not_found_says_how_many_others_have_it(make_report, results, tmp_path, step, language):
    report, plan, context = make_report(language=language)
    (goal,) = report.not_found
    around = replace(context.around, uptake={goal.id: Uptake(step, 3, 7)})
    ReportWriter(tmp_path, results.run, context).write_document(plan, context.place(around))
    row = words(parse(tmp_path / PAGES[1]).get_element_by_id(goal.id))
    told = context.texts.text(f"goals.uptake.{step}", n=3, total=7)
    assert f"{context.texts.text('goals.uptake.heading')}{told}" in row


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_page_tells_its_language(write, language, name):
    assert parse(write(language=language) / name).get("lang") == language


@pytest.mark.parametrize("name", PAGES)
def test_headings_start_at_one_and_skip_no_level(write, name):
    levels = [int(each.tag[1]) for each in parse(write() / name).iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", PAGES)
def test_page_loads_nothing_from_elsewhere(write, name):
    root = parse(write() / name)
    assert root.xpath("//script/@src | //link[@rel='stylesheet'] | //img | //iframe | //object") == []
    for address in root.xpath("//@href | //@*[local-name()='href']"):
        assert re.match(r"#|data:,$|(\.\./)?index\.html|(documents/)?[\w-]+\.(html|xlsx)", address), address
    styles = root.findtext(".//style")
    assert "url(" not in styles
    assert "@import" not in styles


@pytest.mark.parametrize("name", PAGES)
def test_every_id_is_used_once_and_every_inner_link_leads_somewhere(write, name):
    root = parse(write() / name)
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in root.xpath("//a/@href | //use/@href") if link.startswith("#")} <= set(ids)


def test_links_from_the_overview_lead_to_something(write):
    folder = write()
    for link in parse(folder / "index.html").xpath("//a/@href[starts-with(., 'documents/')]"):
        name, _, anchor = link.partition("#")
        target = parse(folder / name)
        assert not anchor or target.xpath("//*[@id=$anchor]", anchor=anchor), link


@pytest.mark.parametrize("name", PAGES)
def test_every_header_cell_tells_what_it_heads(write, name):
    assert parse(write() / name).xpath("//th[not(@scope)]") == []


@pytest.mark.parametrize("name", PAGES[1:])
def test_signs_are_hidden_from_screen_readers_and_have_words_beside_them(write, name):
    root = parse(write() / name)
    assert root.xpath("//svg[not(@aria-hidden='true') and not(ancestor::*[@aria-hidden='true'])]") == []
    assert all(
        words(chip.xpath(".//span[@class='ds-sr-only']")[0]) for chip in root.xpath("//a[contains(@class,'brikke')]")
    )


@pytest.mark.parametrize("name", PAGES[1:])
def test_machine_talk_is_not_on_the_page(write, name):
    said = words(parse(write() / name).xpath("//main")[0]).lower()
    assert [each for each in MACHINE_TALK if each in said] == []


def test_every_goal_has_a_row_that_opens(page):
    rows = page.xpath("//details[contains(@class, 'mal')]")
    assert [row.get("id") for row in rows] == ["P1", "P2", "P3", "P4"]
    assert "Det nærmeste vi fant" in words(rows[2]) or "Ingen tekst ligger i nærheten." in words(rows[2])
    assert "Vi lette blant annet etter åpne data" in words(rows[2]).replace("etteråpne", "etter åpne")


def test_doubts_can_be_answered_with_yes_and_no(page):
    labels = [words(label) for label in page.xpath("//ol[@class='usikre']//label")]
    assert labels == ["Ja", "Nei", "Vet ikke"]
    assert "Ja: omtalt. Nei: ikke funnet." in words(page)


def test_likeness_is_never_called_proof(page):
    assert "Like ord er ikke det samme som avskrift" in words(page)


def test_quote_in_another_language_than_the_page_is_marked_so(write):
    quotes = parse(write() / PAGES[2]).xpath("//blockquote/@lang")
    assert set(quotes) == {"nn"}


def test_goal_titles_are_marked_as_bokmal_on_an_english_page(write):
    root = parse(write(language="en") / PAGES[1])
    assert root.xpath("//details[@id='P1']//span[@class='navn']/span/@lang") == ["nb"]


def test_overview_shows_figures_steps_and_sharing(index):
    row = words(index.xpath("//section[@id='dokumenter']//tbody/tr")[0])
    assert "Granvik" in row
    assert "1/4" in row
    matrix = index.xpath("//section[@id='maal']//table//tbody/tr")
    assert [[words(cell)[:1] for cell in each.iter("td")] for each in matrix] == [
        ["4", "3", "0", "2"],
        ["0", "1", "0", "2"],
    ]
    assert "usikkert" in words(matrix[0])
    sharing = index.xpath("//section[@aria-labelledby='h-deling']//tbody/tr")
    assert [[words(cell) for cell in each.iter("td")] for each in sharing] == [
        ["–samme kommune", "1", "1"],
        ["1", "–samme kommune", "1"],
    ]


def test_overview_tells_what_to_do_with_rejected_files(index):
    row = words(index.xpath("//section[@id='avvist']//tbody/tr")[0])
    assert row == "låst.pdfFilen er låst med passord.Lagre filen uten passord og prøv igjen."


def test_overview_says_what_the_run_was_made_with(index):
    run = words(index.xpath("//section[@id='kjoring']")[0])
    for known in ("2. mars 2026, 08:15", "0.1.0", "e5-small-q4@1", "Prøvestrategi (2020)"):
        assert known in run


def test_document_is_held_only_against_the_sets_it_was_scored_on(write, results, storelva):
    scores = tuple(score for score in results.scores if score.document_id != storelva.document.id)
    folder = write(replace(results, scores=scores))
    assert parse(folder / PAGES[2]).xpath("//details[contains(@class, 'mal')] | //section[@id='maal']") == []
    rows = parse(folder / PAGES[0]).xpath("//section[@id='maal']//tr[contains(., 'Storelva')]/td")
    assert [words(cell) for cell in rows] == ["–", "–", "–", "–"]


def test_hostile_text_stays_text(write, results, granvik):
    document = replace(granvik.document, title=HOSTILE, name=HOSTILE)
    span = replace(results.reuse_spans[0], source_name=HOSTILE, source_text=HOSTILE)
    rejected = Rejected(HOSTILE, Stage.INGEST, RejectionReason.CORRUPT, HOSTILE)
    detail = replace(results.measures[0].details[0], value=HOSTILE)
    measure = replace(results.measures[0], details=(detail,))
    readings = (replace(granvik, document=document), *results.readings[1:])
    hostile = replace(results, readings=readings, reuse_spans=(span,), rejected=(rejected,), measures=(measure,))
    folder = write(hostile)
    for name in PAGES[:2]:
        root = parse(folder / name)
        assert len(root.xpath("//script")) == 1
        assert "alert('x')" in words(root)


def test_run_without_documents_still_gives_an_overview(write, results):
    empty = replace(results, readings=(), findings=(), reuse_spans=(), facts=(), scores=(), measures=(), reviews=())
    root = parse(write(empty) / "index.html")
    assert "Ingen dokumenter kunne leses." in words(root)
    assert root.xpath("//section[@id='avvist']//tbody/tr")


def test_run_of_an_earlier_version_says_what_it_does_not_know(write, results):
    scores = tuple(replace(score, at_least=()) for score in results.scores)
    root = parse(write(replace(results, scores=scores, measures=(), criteria=(), reviews=())) / PAGES[1])
    assert "Kjøringen sier ikke hvor sikre vurderingene er." in words(root)
    assert root.xpath("//section[@id='tiltak'] | //section[@id='usikre']") == []


def test_files_of_a_document_that_left_the_run_are_removed(write, results):
    write()
    folder = write(replace(results, readings=results.readings[:1], reuse_spans=results.reuse_spans[2:3]))
    assert sorted(path.name for path in (folder / "documents").iterdir()) == [
        "granvik-1a2b3c4d.html",
        "granvik-1a2b3c4d.xlsx",
    ]


def test_page_that_cannot_be_written_is_told_of(results, guidelines, config, tmp_path):
    (tmp_path / "index.html").mkdir()
    with pytest.raises(SettingsError, match=r"index\.html"):
        write_report(results, guidelines, folder=tmp_path, config=config)


def test_text_that_is_no_valid_unicode_is_written_all_the_same(write, results, granvik):
    document = replace(granvik.document, title="halv \ud800")
    readings = (replace(granvik, document=document), *results.readings[1:])
    assert "halv ?" in (write(replace(results, readings=readings)) / PAGES[1]).read_text(encoding="utf-8")


def test_same_results_give_the_same_pages(write):
    first = {name: (write() / name).read_bytes() for name in PAGES}
    assert {name: (write() / name).read_bytes() for name in PAGES} == first


def test_run_without_shared_wording_says_so_and_shows_no_empty_tables(write, results):
    findings = tuple(each for each in results.findings if each.task not in {Task.ATTRIBUTION, Task.LOCAL})
    folder = write(replace(results, reuse_spans=(), findings=findings))
    shared = parse(folder / PAGES[1]).xpath("//section[@id='ord']")[0]
    assert "Vi fant ingen ord som er like" in words(shared)
    assert shared.xpath(".//table | .//h3") == []
    assert parse(folder / "index.html").xpath("//section[@aria-labelledby='h-deling']") == []


def test_overview_of_one_document_is_in_the_singular(write, results):
    folder = write(replace(results, readings=results.readings[:1], reuse_spans=results.reuse_spans[2:3]))
    assert "hvor langt ett dokument går" in words(parse(folder / "index.html"))
