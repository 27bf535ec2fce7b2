"""The pages as a reader's browser parses them."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html

from compliance.config import ReportConfig
from compliance.records import (
    Attribution,
    Rejected,
    RejectionReason,
    ReuseKind,
    Stage,
    Task,
)
from compliance.report.pages import write_atomically, write_report

HOSTILE = "<script>alert('x')</script> & «sitat»"
PAGES = ("index.html", "documents/granvik-1a2b3c4d.html", "documents/storelva-5e6f7a8b.html")


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


def test_writes_an_overview_and_a_page_per_document(results, guidelines, config, tmp_path):
    assert write_report(results, guidelines, folder=tmp_path, config=config) == tmp_path / "index.html"
    assert {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.html")} == set(PAGES)


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
        assert re.match(r"#|data:,$|\.\./index\.html|(documents/)?[\w-]+\.html", address), address
    styles = root.findtext(".//style")
    assert set(re.findall(r"url\(\s*[\"']?(\w+)", styles)) <= {"data"}
    assert "@import" not in styles


@pytest.mark.parametrize("name", PAGES)
def test_every_id_is_used_once_and_every_inner_link_leads_somewhere(write, name):
    root = parse(write() / name)
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in root.xpath("//a/@href") if link.startswith("#")} <= set(ids)


def test_links_from_the_overview_lead_to_something(write):
    folder = write()
    for link in parse(folder / "index.html").xpath("//a/@href[starts-with(., 'documents/')]"):
        name, _, anchor = link.partition("#")
        target = parse(folder / name)
        assert not anchor or target.xpath("//*[@id=$anchor]", anchor=anchor), link


@pytest.mark.parametrize("name", PAGES)
def test_every_header_cell_tells_what_it_heads(write, name):
    assert parse(write() / name).xpath("//th[not(@scope)]") == []


@pytest.mark.parametrize("name", PAGES)
def test_every_picture_has_a_title_and_a_description(write, name):
    pictures = parse(write() / name).xpath("//svg")
    assert pictures
    for picture in pictures:
        assert picture.get("role") == "img"
        named = picture.get("aria-labelledby").split()
        assert [words(picture.xpath(".//*[@id=$id]", id=each)[0]) != "" for each in named] == [True, True]
        assert picture.xpath(".//script | .//style") == []


def test_every_scored_goal_shows_score_rule_and_quotes_with_page(page):
    goals = page.xpath("//article")
    assert [goal.get("id") for goal in goals] == ["P1", "P2"]
    for goal in goals:
        assert re.search(r"[1-4] av 4 – ", words(goal))
        assert "Hvorfor" in words(goal)
        quotes = goal.xpath(".//ul[@class='quotes']/li")
        assert quotes
        assert all(re.match(r"s\. \d+", words(quote)) for quote in quotes)


def test_quote_marks_the_words_that_counted_and_tells_the_level(page):
    quote = page.xpath("//*[@id='P1-0003']")[0]
    assert [words(mark) for mark in quote.iter("mark")] == ["trygghetsalarmer", "innen 2025"]
    assert [mark.get("class") for mark in quote.iter("mark")] == [None, "commits"]
    assert "s. 4, 3 Trygghet hjemme Nivå: gjør konkret" in words(quote)
    assert "Nivået kommer av «innen 2025»." in words(quote)


def test_quotes_after_the_third_are_folded_away(page):
    goal = page.xpath("//article[@id='P2']")[0]
    assert len(goal.xpath("./ul/li")) == 3
    assert len(goal.xpath(".//details//li")) == 1


def test_quotes_beyond_the_limit_are_counted(write):
    goal = parse(write(max_evidence=2) / PAGES[1]).xpath("//article[@id='P2']")[0]
    assert len(goal.xpath(".//li")) == 2
    assert "2 avsnitt til står i databasen for kjøringen." in words(goal)


def test_goal_without_passages_is_listed_as_not_found(page):
    missing = page.xpath("//section[@aria-labelledby='missing']")[0]
    assert "P3 Åpne data: Åpne data står sentralt." in words(missing)
    assert "ikke funnet i dokumentet" in words(missing)
    assert "kommunen gjør ikke" not in words(page).lower()


def test_summary_tells_goals_commitments_whose_words_and_what_is_local(page):
    points = [words(item) for item in page.xpath("//section[@aria-labelledby='summary']//li")]
    assert points == [
        "Dokumentet omtaler 2 av 3 mål i den nasjonale strategien vi sammenlignet med. "
        "Ett av dem er bare omtalt med ord hentet fra andre.",
        "Det forplikter seg til ett av målene, og sier for ett av dem hvem, når eller hvor mye.",
        "30 % av teksten er lik andres ord. I 2 avsnitt er kilden ikke nevnt.",
        "2 av 9 avsnitt sier noe som bare denne kommunen kan skrive.",
    ]


def test_what_the_document_is_stands_with_where_it_was_read(page):
    rows = [words(row) for row in page.xpath("//section[@aria-labelledby='identity']//tbody/tr")]
    assert "Vedtatt16. juni 2022Lest på s. 1: «Vedtatt av kommunestyret 16. juni 2022»" in rows
    assert "TypeDigitaliseringsstrategiLest i filnavnet: «granvik.pdf»" in rows


def test_shared_wording_stands_beside_its_source_with_differing_words_marked(write):
    shared = parse(write() / PAGES[2]).xpath("//li[contains(@class, 'shared')]")[0]
    assert words(next(shared.iter("ins"))) == "[bare her: innbyggjarane slutt]"
    assert words(next(shared.iter("del"))) == "[bare i kilden: innbyggerne slutt]"
    assert "Nær ordrett likt" in words(shared)


def test_earlier_document_names_the_later_one_that_has_its_wording(write, results):
    root = parse(write(replace(results, reuse_spans=results.reuse_spans[1:2])) / PAGES[1])
    shared = root.xpath("//section[@aria-labelledby='shared']")[0]
    assert words(shared.xpath(".//tbody/tr")[-1]) == "Temaplan for oppvekst i Storelva1"
    assert shared.xpath(".//tbody//a/@href") == ["storelva-5e6f7a8b.html"]


def test_goal_as_source_is_said_to_be_our_own_words(page):
    assert "Prøvestrategi, P2 (med våre ord)" in words(page)
    assert "Der det står «med våre ord», viser vi vår omtale av målet." in words(page)


def test_likeness_is_never_called_proof(page):
    assert "Like ord er ikke det samme som avskrift." in words(page)


def test_what_everybody_writes_stands_apart(page):
    folded = page.xpath("//section[@aria-labelledby='shared']//details")[-1]
    assert words(folded.find("summary")) == "Vis ett avsnitt"
    assert words(page.xpath("//section[@aria-labelledby='shared']/h3")[-1]) == "Felles formuleringer som alle bruker"
    assert "personopplysningsloven" in words(folded)


def test_quote_in_the_other_written_language_is_marked_so(write):
    quotes = parse(write() / PAGES[2]).xpath("//article//blockquote/@lang")
    assert set(quotes) == {"nn"}


def test_goals_are_marked_as_bokmal_on_an_english_page(write):
    root = parse(write(language="en") / PAGES[1])
    assert root.xpath("//article[@id='P1']/h4/span/@lang") == ["nb"]


def test_furniture_is_counted(page):
    rows = [words(row) for row in page.xpath("//section[@aria-labelledby='left-out']//tbody/tr")]
    assert rows == ["Topptekst1", "Sidetall2"]
    assert "s. 2–3, s. 5 er skannet" in words(page)


def test_fact_stands_with_its_quote(page):
    facts = words(page.xpath("//section[@aria-labelledby='facts']")[0])
    assert "Status for digitaliseringsstrategi Vedtatt s. 1 Vedtatt av kommunestyret" in facts


def test_overview_shows_figures_matrix_and_sharing(index):
    row = words(index.xpath("//section[@aria-labelledby='documents']//tbody/tr")[0])
    assert "Granvik" in row
    assert "2/3" in row
    matrix = index.xpath("//section[@aria-labelledby='coverage']//table[contains(@class, 'matrix')]//tbody/tr")
    assert [[words(cell) for cell in each.iter("td")] for each in matrix] == [["4", "1", "0"], ["0", "1", "0"]]
    sharing = index.xpath("//section[@aria-labelledby='sharing']//tbody/tr")
    assert [[words(cell) for cell in each.iter("td")] for each in sharing] == [
        ["–samme kommune", "1", "1"],
        ["1", "–samme kommune", "1"],
    ]


def test_overview_tells_what_to_do_with_rejected_files(index):
    row = words(index.xpath("//section[@aria-labelledby='rejected']//tbody/tr")[0])
    assert row == "låst.pdfFilen er låst med passord.Lagre filen uten passord og prøv igjen."


def test_overview_says_what_the_run_was_made_with(index):
    run = words(index.xpath("//section[@aria-labelledby='run']")[0])
    for known in ("2. mars 2026, 08:15", "0.1.0", "e5-small-q4@1", "Prøvestrategi (2020)"):
        assert known in run


def test_document_is_judged_only_by_the_sets_it_was_scored_on(write, results, storelva):
    scores = tuple(score for score in results.scores if score.document_id != storelva.document.id)
    folder = write(replace(results, scores=scores))
    assert parse(folder / PAGES[2]).xpath("//article | //*[@id='set-prove']") == []
    rows = parse(folder / PAGES[0]).xpath("//section[@aria-labelledby='coverage']//tr[contains(., 'Storelva')]/td")
    assert [words(cell) for cell in rows] == ["–", "–", "–"]


def test_hostile_text_stays_text(write, results, granvik):
    document = replace(granvik.document, title=HOSTILE, name=HOSTILE)
    span = replace(results.reuse_spans[0], source_name=HOSTILE, source_text=HOSTILE)
    rejected = Rejected(HOSTILE, Stage.INGEST, RejectionReason.CORRUPT, HOSTILE)
    readings = (replace(granvik, document=document), *results.readings[1:])
    folder = write(replace(results, readings=readings, reuse_spans=(span,), rejected=(rejected,)))
    for name in PAGES[:2]:
        root = parse(folder / name)
        assert len(root.xpath("//script")) == 1
        assert "alert('x')" in words(root)


def test_quoted_wording_tells_what_points_to_the_source(write, results, granvik):
    span = replace(results.reuse_spans[2], attribution=Attribution.QUOTED, evidence=results.findings[0].evidence[:1])
    shared = parse(write(replace(results, reuse_spans=(span,))) / PAGES[1]).xpath("//section[h2/@id='shared']")[0]
    assert "Sitert: 2 avsnitt" in [words(heading) for heading in shared.xpath("./h4")]
    assert "Ord som viser til en annen: «trygghetsalarmer»." in words(shared)


def test_run_without_documents_still_gives_an_overview(write, results):
    empty = replace(results, readings=(), findings=(), reuse_spans=(), facts=(), scores=())
    root = parse(write(empty) / "index.html")
    assert "Ingen dokumenter kunne leses." in words(root)
    assert root.xpath("//section[@aria-labelledby='rejected']//tbody/tr")


def test_page_of_a_document_that_left_the_run_is_removed(write, results):
    write()
    folder = write(replace(results, readings=results.readings[:1], reuse_spans=results.reuse_spans[2:3]))
    assert [path.name for path in (folder / "documents").iterdir()] == ["granvik-1a2b3c4d.html"]


def test_failed_write_leaves_nothing_behind(tmp_path):
    page = tmp_path / "index.html"
    page.mkdir()
    with pytest.raises(OSError, match="directory"):
        write_atomically(page, "side")
    assert list(tmp_path.iterdir()) == [page]


def test_text_that_is_no_valid_unicode_is_written_all_the_same(tmp_path):
    write_atomically(tmp_path / "index.html", "halv \ud800")
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == "halv ?"


def test_same_results_give_the_same_pages(write):
    first = {name: (write() / name).read_bytes() for name in PAGES}
    assert {name: (write() / name).read_bytes() for name in PAGES} == first


def test_fingerprint_stands_beside_the_goal_in_our_words(page):
    shared = page.xpath("//li[contains(@class, 'shared')][contains(., 'setningen er kjent igjen')]")[0]
    sides = [words(side) for side in shared.xpath(".//div[@class='beside']/div")]
    assert sides[0].startswith("Dette dokumentetVi spør ikke innbyggerne")
    assert sides[1].startswith("Prøvestrategi (2020) (med våre ord) P2 Tjenester som henger sammen")


def test_no_column_beside_a_loan_is_empty(page):
    assert all(words(side) for side in page.xpath("//div[@class='beside']/div | //div[@class='beside']//blockquote"))


def test_goal_that_only_others_words_speak_for_says_whose(write, results):
    spans = [
        replace(results.reuse_spans[2], passage_id=p.id, start=p.start, end=p.end) for p in results.readings[0].passages
    ]
    root = parse(write(replace(results, reuse_spans=tuple(spans))) / PAGES[1])
    rule = words(root.xpath("//article[@id='P2']//p[contains(., 'Hvorfor')]")[0])
    assert rule == "Hvorfor 1 poeng: Ordene er hentet fra Prøvestrategi (2020). Slike ord gir ikke mer enn 1 poeng."


def test_own_words_stand_before_borrowed_ones(page):
    ids = [item.get("id") for item in page.xpath("//article[@id='P2']//li[@id]")]
    assert ids[0] == "P2-0007"
    assert set(ids[1:]) == {"P2-0006", "P2-0009", "P2-0008"}


def test_name_of_the_municipality_copied_from_is_called_out(write, results, storelva):
    document = replace(storelva.document, text=storelva.document.text.replace("Kommunal sektor", "Granvik kommune"))
    readings = (results.readings[0], replace(storelva, document=document))
    root = parse(write(replace(results, readings=readings)) / PAGES[2])
    assert "Avsnittet nevner Granvik, kommunen som har den samme teksten." in words(root)


def test_run_without_shared_wording_says_so_and_shows_no_empty_tables(write, results):
    findings = tuple(each for each in results.findings if each.task not in {Task.ATTRIBUTION, Task.LOCAL})
    folder = write(replace(results, reuse_spans=(), findings=findings))
    shared = parse(folder / PAGES[1]).xpath("//section[@aria-labelledby='shared']")[0]
    assert "Vi fant ingen avsnitt som er like" in words(shared)
    assert shared.xpath(".//table | .//h3") == []
    assert parse(folder / "index.html").xpath("//section[@aria-labelledby='sharing']") == []


def test_overview_of_one_document_is_in_the_singular(write, results):
    folder = write(replace(results, readings=results.readings[:1], reuse_spans=results.reuse_spans[2:3]))
    assert "hvor langt ett dokument går" in words(parse(folder / "index.html"))


def test_level_is_not_told_of_words_that_are_anothers(page):
    quotes = {item.get("id"): words(item) for item in page.xpath("//article[@id='P2']//li[@id]")}
    assert "Nivå: forplikter" in quotes["P2-0007"]
    assert "Nivå" not in quotes["P2-0006"]


def test_quote_says_whose_words_it_is_also_where_there_is_no_room_for_more(write):
    root = parse(write(max_shared=1) / PAGES[1])
    quote = root.xpath("//*[@id='P2-0008']")[0]
    assert "Sitert fra Digital agenda" in words(quote)
    assert quote.xpath(".//a") == []
    assert "2 like avsnitt til står i databasen for kjøringen." in words(root)


def test_fact_written_with_and_without_a_capital_is_told_once(write, results):
    fact = replace(results.facts[0], field="prioritisation_structure", value="Porteføljestyret")
    facts = (fact, replace(fact, value="porteføljestyret"))
    shown = parse(write(replace(results, facts=facts)) / PAGES[1]).xpath("//section[@aria-labelledby='facts']//strong")
    assert [words(value) for value in shown] == ["Porteføljestyret"]


def test_words_shared_with_a_municipality_only_keep_their_level_as_in_scoring(write, results):
    root = parse(write(replace(results, reuse_spans=results.reuse_spans[:1])) / PAGES[1])
    quote = words(root.xpath("//*[@id='P2-0006']")[0])
    assert "Nivå: bakgrunn" in quote
    assert "Likt Temaplan for oppvekst i Storelva, uten at kilden er nevnt" in quote


def test_reworked_sentence_stands_beside_its_source_and_apart_from_what_is_copied(write, results):
    span = replace(results.reuse_spans[0], kind=ReuseKind.REWORKED, similarity=0.91)
    page = parse(write(replace(results, reuse_spans=(span,), findings=())) / PAGES[1])
    section = page.xpath("//h3[normalize-space()='Ett avsnitt sier det samme med andre ord']/following-sibling::ul[1]")[
        0
    ]
    assert "Omskrevet" in words(section)
    assert "91" in words(section)
    assert [words(quote) != "" for quote in section.xpath(".//blockquote")] == [True, True]
    assert "Nær ordrett likt" not in words(page)
