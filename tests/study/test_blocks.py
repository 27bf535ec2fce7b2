"""Cells, copying, chain and answers of the sample corpus."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

import duckdb
import pytest

from compliance.files import DATABASE_NAME
from compliance.guidelines.questions import lint_questions, list_question_files, load_questions
from compliance.guidelines.themes import map_goals
from compliance.records import ScoreSubject
from compliance.records.study import CRITERION
from compliance.report.document_results import collect_results
from compliance.report.views.attributed_spans import collect_attributed
from compliance.report.views.text_shares import measure_shares
from compliance.store.runs import load_run
from compliance.study.copying import _compare


@pytest.fixture
def connection(sample_study, sample_out):
    with duckdb.connect(sample_out / DATABASE_NAME, read_only=True) as opened:
        yield opened


def test_every_row_that_rests_on_a_passage_quotes_it(sample_study, sample_out):
    texts = {each.document.id: each.document.text for each in load_run(sample_out).readings}
    study = sample_study.study
    rows = [
        *study.states, *study.case_values, *study.budget_lines, *study.cells, *study.commitments, *study.answers,
        *study.finding_cases,
    ]  # fmt: skip
    placed = [each for each in rows if each.document_id]
    assert len(placed) > 500
    assert all(texts[each.document_id][each.start : each.end] == each.quote for each in placed)


def test_a_theme_is_as_well_covered_as_the_best_of_its_goals(sample_study):
    cells = {(each.municipality, each.subject, each.label): each for each in sample_study.study.cells}
    theme = cells["Havnesund", ScoreSubject.THEME.value, "kompetanse"]
    goals = [cells.get(("Havnesund", ScoreSubject.GOAL.value, label)) for label in ("DA3", "KS3.1", "KS3.2", "EN7")]
    assert theme.value == max(each.value for each in goals if each)
    assert theme.breadth >= max(each.breadth for each in goals if each)


def test_a_theme_is_as_sure_as_in_a_documents_report(sample_study):
    """The furthest and surest goal gives it; that nothing is found is as unsure as the least sure goal."""
    themes, goals = map_goals(), defaultdict(list)
    for each in sample_study.study.cells:
        if each.subject == ScoreSubject.GOAL.value and each.label in themes:
            goals[each.municipality, themes[each.label].value].append(each)
    for each in sample_study.study.cells:
        if each.subject == ScoreSubject.THEME.value:
            mine = goals[each.municipality, each.label]
            best = max(mine, key=lambda cell: (cell.value, cell.certainty.rank))
            least = min(mine, key=lambda cell: cell.certainty.rank)
            assert each.certainty is (best if best.value else least).certainty


def test_a_cell_has_one_quote_where_something_is_found(sample_study):
    cells = [each for each in sample_study.study.cells if each.subject != CRITERION]
    assert all(each.quote for each in cells if each.value >= 2)
    assert not any(each.quote for each in cells if each.value == 0)


def test_counts_are_ranges(connection):
    rows = connection.execute("SELECT low, high, municipalities FROM label_counts").fetchall()
    assert all(low <= high <= total for low, high, total in rows)
    assert any(low < high for low, high, _ in rows)


def test_whose_words_is_as_the_report_says(sample_study, sample_out):
    plans = {plan.document.id: plan for plan in collect_results(sample_study.run.results)}
    # After the results, which are read from the same database.
    with duckdb.connect(sample_out / DATABASE_NAME, read_only=True) as opened:
        rows = opened.execute(
            "SELECT document_id, quoted, unattributed, uncertain, total FROM document_words"
        ).fetchall()
    assert len(rows) == len(plans) == 15
    for document_id, *characters in rows:
        shown = measure_shares(plans[document_id], collect_attributed(plans[document_id]))
        assert characters == [shown.quoted, shown.unattributed, shown.uncertain, shown.total]


def test_copied_words_name_their_source(connection):
    rows = connection.execute("SELECT name, source_name FROM copied_from WHERE source_kind = 'municipality'").fetchall()
    assert ("Granlia", "Lindelva: lindelva_digitaliseringsstrategi_2020-2023.pdf") in rows


def test_a_promise_is_found_again_in_the_budget(connection):
    rows = connection.execute(
        "SELECT name, shared_words FROM commitment_chain WHERE budget_text IS NOT NULL"
    ).fetchall()
    assert ("Ytre Skarvøy", "fel ikt-drift nabokommun") in rows
    assert ("Havnesund", "digital nat tilsyn") in rows
    assert ("Havnesund", "avvikl fagsystem") not in rows  # a row with savings alone


@pytest.mark.parametrize(
    ("day", "order"),
    [(None, "unknown"), ("2019-06", "unknown"), ("2019", "unknown"), ("2018", "before"), ("2019-06-12", "after")],
)
def test_who_was_first_is_said_where_it_is_known(day, order):
    assert _compare(day, date(2019, 6, 11)) == order


def test_only_what_names_something_digital_is_a_promise_outside_a_strategy(sample_study):
    promises = {each.id: [] for each in sample_study.study.municipalities}
    for each in sample_study.study.commitments:
        promises[each.municipality].append(" ".join(each.quote.split()))
    assert not [each for each in promises["Tverrdalen"] if "Folk skal kunne bli gamle hjemme" in each]
    assert not [each for each in promises["Tverrdalen"] if "byggeklare næringstomter" in each]
    assert [each for each in promises["Havnesund"] if "Alle trygghetsalarmer skal være digitale" in each]


def test_names_of_columns_and_sums_of_rows_are_no_promises(sample_study):
    quotes = [" ".join(each.quote.split()) for each in sample_study.study.commitments]
    assert not [each for each in quotes if each.startswith(("Sum", "Nr. Tiltak"))]
    assert [each for each in quotes if each.startswith("2 Digitalt tilsyn i alle soner")]


def test_the_name_of_a_plan_ties_no_promise_to_it(sample_study):
    shared = {word for each in sample_study.study.commitments for word in each.shared_words.split()}
    assert not shared & {"økonomiplan", "handlingsplan"}
    assert "nabokommun" in shared


def test_a_saving_and_a_whole_department_are_no_budget_lines(sample_study):
    lines = {(each.what, each.year): each for each in sample_study.study.budget_lines}
    assert all(each.kroner > 0 for each in lines.values())
    names = {what for what, _ in lines}
    assert not names & {
        "Sentraladministrasjon og IKT",
        "Organisasjon og digitalisering",
        "Nedlegging av eige serverrom",
    }
    assert "PC og nettbrett i skulen" in names


def test_a_sum_has_the_kind_that_its_own_clause_names_and_a_span_is_no_year(sample_study):
    two = [
        each for each in sample_study.study.budget_lines if each.what.startswith("Kommunestyret sette av inntil 1,2")
    ]
    assert [(each.kroner, each.year, each.kind) for each in two] == [
        (1_200_000, None, ""),
        (4_600_000, None, "investering"),
    ]


def test_a_strategy_in_force_does_not_say_that_none_is_being_made(sample_study):
    answers = {each.municipality: each.answer for each in sample_study.study.answers if each.question.endswith("S2")}
    assert answers["Havnesund"] == "not_found"
    assert answers["Tverrdalen"] == "no"  # its plan says that none is planned
    assert answers["Granlia"] == "yes"


def test_no_is_said_only_where_a_document_says_no(sample_study):
    answers = [each for each in sample_study.study.answers if each.answer == "no"]
    assert answers
    assert all(each.quote for each in answers)


def test_every_question_is_answered_for_every_municipality(sample_study):
    questions = [f"{each.id}.{question.id}" for each in load_questions() for question in each.questions]
    found = Counter(each.question for each in sample_study.study.answers if each.item == 0)
    assert found == Counter(dict.fromkeys(questions, 6))


def test_the_shipped_questions_are_whole():
    assert len(load_questions()[0].questions) >= 25
    assert lint_questions(list_question_files()) == ()


def test_a_faulty_question_is_told_with_its_line(tmp_path):
    (tmp_path / "egne.yaml").write_text(
        "id: egne\ntitle: {nb: a, nn: a, en: a}\nquestions:\n"
        "  - {id: A1, group: g, text: {nb: a, nn: a, en: a}, answer: yes_no, criteria: [W99.a]}\n",
        encoding="utf-8",
    )
    (error,) = lint_questions([tmp_path / "egne.yaml"])
    assert "W99.a" in str(error)
    assert error.line == 4
