from __future__ import annotations

import numpy as np
import pytest

from compliance.analyse.classification.first_stage import load_first_stage
from compliance.config import Config, ModelConfig
from compliance.errors import GoldError
from compliance.evaluate.gold import Description, GoldPassage, GoldSet, LabelRow
from compliance.records import ELEMENTS, Level
from compliance.resources import Resources
from compliance.train.examples import build_observer, make_example
from compliance.train.first_stage import MIN_DOCUMENTS, choose_gate, measure_gate, train_first_stage

DIGITAL = "Vi skal dele data digitalt med andre etater."
ROADS = "Vi skal bygge ny bru over elva og ruste opp veien."


def make_gold(number: int, *, split="train") -> GoldSet:
    text, goals = (DIGITAL, ("EN2",)) if number % 2 else (ROADS, ())
    texts = [f"{text} Avsnitt {index}." for index in range(6)]
    rows = tuple(
        LabelRow(
            id=f"p{index}",
            goals=goals,
            elements=ELEMENTS[:1] if goals else (),
            level=Level.COMMITMENT if goals else Level.BACKGROUND,
            reuse="own",
            local=not goals,
        )
        for index in range(6)
    )
    passages = tuple(GoldPassage(f"p{index}", text) for index, text in enumerate(texts))
    return GoldSet(f"plan-{number}", passages, labels=rows, description=Description(split=split))


@pytest.fixture(scope="module")
def resources() -> Resources:
    return Resources(Config(model=ModelConfig(name="words")))


def test_what_is_plain_to_see_is_learnt_and_measured_on_documents_held_out(tmp_path, resources) -> None:
    golds = [make_gold(number) for number in range(3 * MIN_DOCUMENTS)]
    figures = train_first_stage(golds, resources=resources, out=tmp_path / "first")
    assert (figures.recall, figures.unread, figures.documents) == (1.0, 0.5, len(golds))
    first = load_first_stage(tmp_path / "first")
    observer = build_observer(resources)
    roads, digital = (make_example(make_gold(number), observer).seen for number in (100, 101))
    assert not first.needs_reading(roads).any()
    assert first.needs_reading(digital).all()
    assert first.read(roads).local.min() > 0.5 > first.read(digital).local.max()


def test_documents_of_the_test_split_are_never_trained_on(tmp_path, resources) -> None:
    golds = [make_gold(number, split="test") for number in range(MIN_DOCUMENTS)]
    with pytest.raises(GoldError, match=str(MIN_DOCUMENTS)):
        train_first_stage(golds, resources=resources, out=tmp_path / "first")


def test_the_gate_is_as_narrow_as_recall_asks(resources) -> None:
    observer = build_observer(resources)
    examples = [make_example(make_gold(number), observer) for number in (0, 1)]
    sums = [np.full(6, -1.0), np.array([0.0, 1.0, 2.0, 3.0, 4.0, 5.0])]
    threshold = choose_gate(examples, sums)
    recall, unread = measure_gate(examples, sums, threshold)
    assert recall == 1.0
    assert unread == pytest.approx(0.5)
