from __future__ import annotations

import inspect

import numpy as np
import pytest

from analyse.classification.models import ENCODER
from compliance.analyse.classification.examples import TEXTS
from compliance.analyse.classification.model import HEADS, load_model
from compliance.cli import train as command
from compliance.config import Config, ModelConfig
from compliance.errors import GoldError
from compliance.evaluate.gold import GoldSet
from compliance.resources import Resources
from compliance.train import run
from compliance.train.adapter import AdapterSettings
from compliance.train.held_out import measure_error
from compliance.train.run import MIN_DOCUMENTS, WORK, train_model
from train.made_golds import make_gold as make_learnable

DATA = "Vi deler data på tvers av sektorer, og åpne data skal være tilgjengelige for andre."
ROAD = "Kommunen bygger ny bru over elva og ruster opp veien til skolen."
BENCH = Resources(Config(model=ModelConfig(name="words")))


@pytest.fixture(autouse=True)
def word_encoder(monkeypatch):
    """Let the tiny word encoder stand for the settings' model."""
    monkeypatch.setattr(run, "load_passage_encoder", lambda config, *, adapter: ENCODER)


def make_gold(number: int, *, split="train") -> GoldSet:
    """Return a document that speaks of data in every second passage."""
    return make_learnable(number, about_data=f"{DATA} Avsnitt", about_roads=f"{ROAD} Avsnitt", split=split)


def train(golds, out, told=None, mirror=()):
    return train_model(
        golds,
        mirror=mirror,
        resources=BENCH,
        settings=AdapterSettings(adapt=False),
        out=out,
        report=[].append if told is None else told.append,
    )


GOLDS = [make_gold(number) for number in range(20)]


def test_what_is_plain_to_see_is_learnt_and_measured_on_documents_held_out(tmp_path) -> None:
    rows = list(train(GOLDS, tmp_path).held_out.measure())
    assert len(rows) == 11  # half of them, and all together
    assert {row.name for row in rows} < {*(gold.name for gold in GOLDS), "alle"}
    assert rows[-1].passages == 60
    assert rows[-1].goals >= 0.9
    assert rows[-1].elements > 0.9
    assert rows[-1].level > 0.9


def test_the_written_model_can_be_loaded_and_names_its_encoder(tmp_path) -> None:
    train(GOLDS, tmp_path)
    model = load_model(tmp_path)
    model.check_encoder(ENCODER.revision)
    assert model.encoder == ENCODER.revision
    assert "EN2" in model.names.goals
    assert {goal for each in model.examples.passages for goal in each.goals} == {"EN2"}


def test_the_test_split_is_never_trained_on(tmp_path) -> None:
    rows = list(train([*GOLDS, make_gold(999, split="test")], tmp_path).held_out.measure())
    assert "plan-999" not in {row.name for row in rows}


def test_sets_that_are_held_out_are_judged_by_the_finished_model_and_taught_it_nothing(tmp_path) -> None:
    unseen = make_gold(999)
    found = train([*GOLDS, unseen], tmp_path / "kept", mirror=[unseen])
    names = [row.name for row in found.mirror.measure()]
    assert names == ["plan-999", "alle"]
    assert next(found.mirror.measure()).goals == 1.0
    assert "plan-999" not in {row.name for row in found.held_out.measure()}
    train(GOLDS, tmp_path / "without")
    assert (tmp_path / "kept" / HEADS).read_bytes() == (tmp_path / "without" / HEADS).read_bytes()


def test_the_calibration_error_is_the_gap_between_said_and_right() -> None:
    predicted, targets = np.array([[0.9, 0.9, 0.01], [0.9, 0.9, 0.3]]), np.array([[1, 1, 1], [1, 0, 0]])
    # Three of four at 0.9 are right, 0.6 too much in all; the one at 0.3 is wrong; the one at 0.01 is not rated.
    assert measure_error(predicted, targets) == pytest.approx((0.6 + 0.3) / 5)
    assert measure_error(predicted * 0, targets) is None


def test_figures_are_of_real_documents_where_most_are_written(tmp_path) -> None:
    rows = list(train([*GOLDS, make_gold(999, split=None)], tmp_path).held_out.measure())
    assert "plan-999" in {row.name for row in rows}
    assert len(rows) == 12


def test_where_most_documents_are_real_some_of_them_are_kept_apart(tmp_path) -> None:
    golds = [make_gold(number, split=None) for number in range(MIN_DOCUMENTS)]
    assert len(list(train(golds, tmp_path).held_out.measure())) == MIN_DOCUMENTS // 2 + 1


def test_text_of_sets_without_a_split_is_not_written_into_the_model(tmp_path) -> None:
    train([*GOLDS, make_gold(999, split=None)], tmp_path)
    assert "999." not in (tmp_path / TEXTS).read_text(encoding="utf-8")


def test_training_again_uses_what_was_finished(tmp_path) -> None:
    train(GOLDS, tmp_path)
    before = {file: file.stat().st_mtime_ns for file in (tmp_path / WORK).rglob("*") if file.is_file()}
    train(GOLDS, tmp_path)
    assert before == {file: file.stat().st_mtime_ns for file in (tmp_path / WORK).rglob("*") if file.is_file()}


def test_too_few_documents_are_refused(tmp_path) -> None:
    with pytest.raises(GoldError, match="merkede dokumenter"):
        train(GOLDS[: MIN_DOCUMENTS - 1], tmp_path)


def test_the_command_trains_as_long_as_the_shipped_model_was() -> None:
    assert inspect.signature(command.train).parameters["epochs"].default == AdapterSettings().epochs
