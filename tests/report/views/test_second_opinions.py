"""A second reader's opinions stand beside ours, in the report, the doubts and the spreadsheet, and change no score."""

from dataclasses import replace

import pytest
from lxml import html
from openpyxl import load_workbook

from compliance.config import ReportConfig
from compliance.records import Level, ReaderOutcome, Results, Review, SecondGoal, SecondReading
from compliance.report.sheet import write_sheet
from written_report import write_report


def read_second(
    results: Results, passage: int, *, goals=(), outcome=ReaderOutcome.ANSWERED, doubts=()
) -> SecondReading:
    place = results.readings[0].passages[passage]
    return SecondReading(
        document_id=place.document_id,
        passage_id=place.id,
        outcome=outcome,
        doubts=doubts,
        goals=tuple(SecondGoal(goal, place.start, place.start + 7) for goal in goals),
        level=Level.INTENTION if outcome is ReaderOutcome.ANSWERED else None,
        model="leser-1",
        prompt_sha256="p",
        address="http://127.0.0.1:8080/v1" if outcome is not ReaderOutcome.NOT_ASKED else "",
        detail="" if outcome is ReaderOutcome.ANSWERED else "Derfor.",
    )


@pytest.fixture
def given(results: Results) -> tuple[str, int]:
    """A goal that we give, and the index of a passage that we give it."""
    goal = next(each for each in results.findings if each.task.value == "goals")
    return goal.label, int(goal.passage_id.rpartition(":")[2])


@pytest.fixture
def second(results: Results, given) -> Results:
    label, index = given
    own = {each.label for each in results.findings if each.task.value == "goals"}
    other = next(each for each in sorted(own) if each != label)
    bare = next(
        number
        for number, passage in enumerate(results.readings[0].passages)
        if number and passage.id not in {each.passage_id for each in results.findings if each.task.value == "goals"}
    )
    readings = (
        read_second(results, index, doubts=((label, 0.45),)),
        read_second(results, bare, goals=(other,), doubts=((other, 0.3),)),
        read_second(results, 0, outcome=ReaderOutcome.FAILED, doubts=((other, 0.3),)),
        read_second(results, 2, outcome=ReaderOutcome.NOT_ASKED, doubts=((other, 0.3),)),
    )
    return replace(results, second_readings=readings)


def test_both_ways_to_differ_are_shown_with_the_words(make_report, second, given) -> None:
    report, _, _ = make_report(second)
    ours = [each for each in report.second.differing if each.ours]
    theirs = [each for each in report.second.differing if not each.ours]
    assert given[0] in {each.goal for each in ours}
    assert [piece.marked for piece in theirs[0].quote.pieces][:1] == [True]
    assert (report.second.asked, report.second.answered) == (4, 2)
    assert report.second.silent == ((ReaderOutcome.FAILED, 1), (ReaderOutcome.NOT_ASKED, 1))


def test_an_opinion_that_is_missing_differs_from_nothing(make_report, second) -> None:
    report, _, _ = make_report(second)
    silent = [each for each in report.second.opinions if each.theirs is None]
    assert len(silent) == 2
    assert not any(each.differs for each in silent)


def test_no_figure_of_ours_changes(make_report, second, results) -> None:
    after, before = make_report(second)[0], make_report(results)[0]
    assert (after.sets, after.verdict, after.actions) == (before.sets, before.verdict, before.actions)
    assert before.second is None


def test_a_doubt_says_what_the_other_reader_thinks(make_report, second, given) -> None:
    label, index = given
    passage = second.readings[0].passages[index]
    review = Review(passage.document_id, label, passage.id, score_if_yes=3, score_if_no=1)
    report, _, _ = make_report(replace(second, reviews=(review,)))
    assert [each.second for each in report.doubts] == [False]
    report, _, _ = make_report(replace(second, reviews=(review,), second_readings=()))
    assert [each.second for each in report.doubts] == [None]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_page_says_who_was_asked_where_text_went_and_what_is_missing(second, guidelines, tmp_path, language) -> None:
    write_report(second, guidelines, folder=tmp_path, config=ReportConfig(language=language))
    page = html.parse(tmp_path / "documents" / f"{second.readings[0].document.id}.html").getroot()
    said = " ".join(" ".join(page.get_element_by_id("andreleser").itertext()).split())
    assert "leser-1" in said
    assert "http://127.0.0.1:8080/v1" in said
    if language == "nb":
        assert "er ikke regnet med i noe tall" in said
        assert "Ett avsnitt fikk ikke svar. Ett avsnitt ble ikke spurt om." in said


def test_page_without_a_second_reader_says_nothing_of_it(results, guidelines, tmp_path) -> None:
    write_report(results, guidelines, folder=tmp_path, config=ReportConfig())
    page = (tmp_path / "documents" / f"{results.readings[0].document.id}.html").read_text(encoding="utf-8")
    assert 'id="andreleser"' not in page


def test_spreadsheet_has_both_readers_side_by_side(make_report, second, tmp_path) -> None:
    report, _, context = make_report(second)
    write_sheet(report, tmp_path / "ark.xlsx", texts=context.texts)
    book = load_workbook(tmp_path / "ark.xlsx")
    assert book.sheetnames[-1] == "En annen leser"
    rows = list(book["En annen leser"].iter_rows(min_row=2, values_only=True))
    assert {(row[4], row[6]) for row in rows} >= {("Ja", "Nei"), ("Nei", "Ja"), ("Nei", None)}
    assert len(rows) == len(report.second.opinions)
