"""What an evaluation keeps for later ones."""

from __future__ import annotations

import json

import pytest

from compliance.config import ToleranceConfig
from compliance.errors import BaselineError
from compliance.evaluate.baseline import format_json, key_passages, load_baseline
from compliance.evaluate.comparison import compare_with
from compliance.evaluate.gold import GoldPassage
from evaluations import make_evaluation
from gold_folders import make_row

ROWS = [make_row(k, goals=("DA1",), local=True) for k in range(10)]


def test_json_of_an_evaluation_is_a_baseline(tmp_path):
    evaluation = make_evaluation({"plan": (ROWS, ROWS)}, facts={"skarvoya": {"funding": True}})
    file = tmp_path / "baseline.json"
    file.write_text(format_json(evaluation.to_json()), encoding="utf-8")
    assert json.loads(file.read_text(encoding="utf-8")) == evaluation.to_json()
    comparison = compare_with(load_baseline(file), evaluation, tolerance=ToleranceConfig())
    assert (comparison.passages, comparison.added, comparison.flips) == (10, 0, ())
    assert "facts.accuracy" in [each.path for each in comparison.differences]


def test_no_text_is_kept_and_a_passage_has_a_line():
    evaluation = make_evaluation({"plan": ([make_row("Vi deler data.")], [make_row("Vi deler data.")])})
    written = format_json(evaluation.to_json())
    assert "Vi deler" not in written
    (key,) = key_passages([GoldPassage("0", "Vi deler data.")])
    (line,) = [line for line in written.splitlines() if key in line]
    assert line.rstrip().endswith("}")


def test_equal_texts_have_keys_of_their_own():
    keys = list(key_passages([GoldPassage("a", "Mål"), GoldPassage("b", "Tiltak"), GoldPassage("c", "Mål")]))
    assert keys[2] == f"{keys[0]}#2"
    assert len(set(keys)) == 3


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(None, "finnes ikke", id="missing"),
        pytest.param("{", "ikke gyldig JSON", id="not JSON"),
        pytest.param("[]", "navngitte felt", id="not an object"),
        pytest.param('{"goals": {}}', "documents: feltet mangler", id="figures alone"),
        pytest.param('{"documents": {"plan": {"labels": {"a": {}}}}}', "documents.plan.labels.a", id="broken row"),
    ],
)
def test_file_that_is_no_baseline_is_refused_with_advice(tmp_path, content, said):
    file = tmp_path / "baseline.json"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(BaselineError, match=said) as caught:
        load_baseline(file)
    assert "--json" in str(caught.value)
