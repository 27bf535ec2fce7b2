from __future__ import annotations

import csv
import json
import random

import pytest

from compliance.errors import SettingsError
from compliance.records import Certainty
from compliance.records.study import FindingCase, StudyCell, StudyMunicipality
from compliance.study.agreement import (
    FORM_NAME,
    compare_form,
    compare_readers,
    draw_sample,
    krippendorff_alpha,
    read_form,
    weighted_kappa,
    write_form,
)
from compliance.study.resampling import interval_of_mean
from compliance.study.statistics import estimate_all


def make_place(number: int, county: str, population: int) -> StudyMunicipality:
    return StudyMunicipality(str(number), str(number), f"Kommune {number}", county, population, None, 1, responded=True)


def make_cell(municipality: str, label: str, value: int, *, subject: str = "theme", sure: bool = True) -> StudyCell:
    certainty = Certainty.CLEAR if sure else Certainty.UNSURE
    return StudyCell(municipality, subject, label, value, certainty, sure, 1, 1, "d")


def test_kappa_and_alpha_are_those_of_worked_examples():
    # Cohen's kappa with quadratic weights of two values is plain kappa: 20 + 15 agree of 50, 5 and 10 do not.
    pairs = [(1, 1)] * 20 + [(1, 0)] * 5 + [(0, 1)] * 10 + [(0, 0)] * 15
    assert weighted_kappa(pairs) == pytest.approx(0.4)
    # Krippendorff (2011), two coders and nominal data of two values: alpha = 0.095 for 10 units of which 6 agree.
    binary = [(0, 1), (1, 1), (0, 0), (0, 0), (0, 1), (0, 0), (0, 0), (0, 0), (1, 0), (0, 1)]
    assert krippendorff_alpha(binary) == pytest.approx(0.095, abs=0.001)
    assert weighted_kappa([(2, 2), (2, 2)]) == 1.0


def test_kappa_and_alpha_are_those_of_other_programs_and_of_the_definition():
    metrics = pytest.importorskip("sklearn.metrics")
    generator = random.Random(7)
    for _ in range(20):
        pairs = [(each := generator.randint(0, 4), max(0, each - generator.randint(0, 2))) for _ in range(30)]
        ones, others = zip(*pairs, strict=True)
        expected = metrics.cohen_kappa_score(ones, others, weights="quadratic", labels=range(5))
        assert weighted_kappa(pairs) == pytest.approx(expected)
        # Krippendorff: one minus what is seen of squared difference within units by what is expected over all values.
        values = [*ones, *others]
        seen = sum((one - other) ** 2 for one, other in pairs) / len(pairs)
        chance = [(a - b) ** 2 for i, a in enumerate(values) for j, b in enumerate(values) if i != j]
        assert krippendorff_alpha(pairs) == pytest.approx(1 - seen / (sum(chance) / len(chance)))


def test_an_interval_holds_its_mean_and_is_the_same_each_time():
    values = [0.1, 0.2, 0.4, 0.9, 0.3]
    low, high = interval_of_mean(values)
    assert low < sum(values) / len(values) < high
    assert (low, high) == interval_of_mean(values)
    assert interval_of_mean([0.2, 0.4]) == (0.3, 0.3)


def test_groups_are_by_county_and_size_and_small_ones_are_left_out():
    places = [make_place(number, "Rogaland" if number < 4 else "Agder", 1000 * number) for number in range(1, 6)]
    cases = [FindingCase("structures", each.id, each.id == "1", False, None, "") for each in places]
    found = {(each.grouping, each.group): each for each in estimate_all(places, (), (), cases, ())}
    assert set(found) == {("all", "alle"), ("county", "Rogaland"), ("size", "under 5 000")}
    assert found["county", "Rogaland"].value == pytest.approx(1 / 3, abs=1e-4)
    assert found["all", "alle"].units == 5


def test_the_order_is_stable_where_a_threshold_changes_nothing():
    cells = [make_cell(str(n), theme, 4 if n > place else 0) for n in range(6) for place, theme in enumerate("abcde")]
    found = {each.group: each.value for each in estimate_all((), (), cells, (), ())}
    assert found == {"minst omtalt": 1.0, "konkret": 1.0, "uten usikre": 1.0}
    unsure = [make_cell(str(n), "a", 4, sure=n % 2 == 0) for n in range(4)] + [
        make_cell(str(n), "b", 4 * (n > 1)) for n in range(4)
    ]
    assert {each.group: each.value for each in estimate_all((), (), unsure, (), ())}["uten usikre"] < 1


def test_how_stable_the_order_is_is_spearmans_rank_correlation():
    stats = pytest.importorskip("scipy.stats")
    generator = random.Random(3)
    values = {(str(n), theme): generator.choice((0, 2, 3, 4)) for n in range(20) for theme in "abcde"}
    cells = [make_cell(place, theme, value) for (place, theme), value in values.items()]
    counted = {
        least: [sum(values[str(n), theme] >= least for theme in "abcde") for n in range(20)] for least in (2, 3, 4)
    }
    found = {each.group: each.value for each in estimate_all((), (), cells, (), ())}
    for name, least in (("minst omtalt", 2), ("konkret", 4)):
        assert found[name] == pytest.approx(stats.spearmanr(counted[3], counted[least]).statistic, abs=1e-4)


def test_the_sample_has_every_stratum_and_is_the_same_each_time():
    cells = [make_cell(str(n), "DA1", n % 5, subject="goal", sure=n % 3 > 0) for n in range(300)]
    sample = draw_sample(cells)
    assert sample == draw_sample(cells)
    assert 45 <= len(sample) <= 55
    assert {each.stratum for each in sample} == {"goal usikker", *(f"goal {value}" for value in range(5))}


def test_the_form_hides_the_programs_values_and_feeds_back(tmp_path):
    cells = [make_cell(str(n), "DA1", n % 5, subject="goal") for n in range(20)]
    sample = draw_sample(cells, size=10)
    path = write_form(tmp_path, sample, names={}, labels={("goal", "DA1"): "Brukeren i sentrum"})
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert all(row["verdi"] == "" for row in rows)
    for row in rows:
        row["verdi"] = str(next(cell.value for cell in cells if row["id"].startswith(f"{cell.municipality}|")))
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    write_form(tmp_path, draw_sample(cells, size=5), names={}, labels={})  # what is begun is left alone
    found = {each.measure: each for each in compare_form(cells, read_form(tmp_path))}
    assert found["enighet_kappa"].value == 1.0
    assert found["enighet_alpha"].units == len(rows)


def test_a_value_that_is_none_is_told(tmp_path):
    (tmp_path / FORM_NAME).write_text("id,verdi\n1|goal|DA1,kanskje\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="kanskje"):
        read_form(tmp_path)


def test_readers_scores_beside_a_document_are_compared_with(sample_study, tmp_path):
    results = sample_study.run.results
    document = results.readings[2].document.id
    goals = {
        each.label: {"score": each.value, "passages": []}
        for each in results.scores
        if each.document_id == document and each.subject.value == "goal"
    }
    scores = {"reader": "A", "goals": goals, "criteria": {}, "elements": {}}
    (tmp_path / "plan.pdf.scores.json").write_text(json.dumps(scores), encoding="utf-8")
    found = {
        (each.measure, each.group): each.value for each in compare_readers(tmp_path, results, {document: "plan.pdf"})
    }
    assert found == {("enighet_kappa", "goal"): 1.0, ("enighet_alpha", "goal"): 1.0}


def test_a_study_has_estimates_and_a_form(sample_study, sample_out):
    measures = {each.measure for each in sample_study.study.estimates}
    assert {"strategy_valid", "words", "document_copied_share", "rank_stability"} <= measures
    assert (sample_out / FORM_NAME).is_file()
