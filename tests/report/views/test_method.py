"""The method's eight paragraphs, with measured shares only."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from compliance.guidelines.editions import Edition, EditionReason
from compliance.report.catalogue import load_catalogue
from compliance.report.views.method import PARAGRAPHS, _tell_certainty, explain_method, load_measured
from report_records import change_profile

CALIBRATION = Path(__file__).parents[3] / "docs" / "calibration.md"
BASELINE = Path(__file__).parents[3] / "corpus" / "baseline.json"


def test_method_is_eight_short_paragraphs(make_report):
    method = make_report()[0].method
    assert len(method) == len(PARAGRAPHS) == 8
    assert all(len(paragraph.text) <= 330 for paragraph in method)


@pytest.mark.parametrize(
    ("subject", "key", "figure"),
    [
        ("goals", "right", ("goals", "precision")),
        ("goals", "found", ("goals", "recall")),
        ("words", "right", ("reuse", "precision")),
        ("words", "found", ("reuse", "recall")),
    ],
)
def test_shares_are_those_of_the_baseline(subject, key, figure):
    measured = json.loads(BASELINE.read_text(encoding="utf-8"))
    assert load_measured()[subject][key] == pytest.approx(measured[figure[0]][figure[1]], abs=0.05)


def test_share_that_was_not_measured_is_not_told():
    texts = load_catalogue("nb")
    assert "av 10" not in _tell_certainty({}, texts)
    assert "er 91\u00a0% av vurderingene riktige" in _tell_certainty(
        {"clear": 0.91, "likely": 0.74, "unsure": 0.5}, texts
    )


def test_shares_of_certainty_and_elements_are_those_of_the_account_of_calibration():
    told = CALIBRATION.read_text(encoding="utf-8")
    (goals,) = [line for line in told.splitlines() if line.startswith("| goals as the report calls them |")]
    shares = [float(each.split()[0]) for each in goals.split("|")[4].split(" / ")]
    measured = load_measured()
    assert shares == [measured["certainty"][name] for name in ("clear", "likely", "unsure")]
    (equal,) = [line for line in told.splitlines() if line.startswith("| 17 documents never seen |")]
    criteria, elements = (float(each.split(" / ")[1]) for each in equal.split("|")[3:5])
    assert (criteria, elements) == (measured["elements"]["criteria"], measured["elements"]["scores"])


def test_sets_are_named_with_why_and_whether_they_are_in_force(make_report):
    report, _, context = make_report()
    editions = (Edition("prove", EditionReason.IN_FORCE, date(2022, 6, 16), None),)
    text = explain_method(report.sets, report.voice, context=replace(context, editions=editions))[-1].text
    assert text.startswith("Planen er holdt opp mot Prøvestrategi 2020. Prøvestrategi gjaldt da planen ble laget.")
    assert "I dag gjelder Prøvestrategi." in text


def test_programme_is_not_asked_for_names_and_dates(make_report, results, granvik, storelva):
    programme = change_profile(granvik, document_type="planprogram")
    report, _, _ = make_report(replace(results, readings=(programme, storelva)))
    assert "Derfor ber vi ikke om navn og frist." in report.method[0].text
