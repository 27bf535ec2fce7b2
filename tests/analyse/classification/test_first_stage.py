"""What is surely about nothing digital is not read, in stretches only, and still gets its other labels."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analyse.classification.models import ENCODER, get_names, make_model, trust
from analyse.stages import load_goals, load_rules
from builders import make_reading
from compliance.analyse.classification.analyser import PassageClassifier, UncertaintyBand
from compliance.analyse.classification.decide import Heads
from compliance.analyse.classification.first_stage import (
    BUCKETS,
    NUMBERS,
    OUTPUTS,
    FirstStage,
    Weights,
    compute_checksum,
    describe_rules,
    find_stretches,
    load_first_stage,
    save_first_stage,
)
from compliance.analyse.classification.probe import LEVEL_STEPS, LabelNames
from compliance.analyse.matching.scan import Scanner
from compliance.analyse.observation.rule_features import Observations, Observer
from compliance.errors import ModelError
from compliance.records import ELEMENTS, LOCAL, Level, Task

ROADS = [f"Vi skal bygge ny bru over elva ved {name}." for name in ("Nes", "Vik", "Ås", "Lia", "Moen")]
DIGITAL = "Vi skal dele data digitalt med andre etater."


def observe(texts: list[str]) -> Observations:
    goals = load_goals()
    return Observer(goals, load_rules(), scanner=Scanner(load_rules(), goals)).observe(make_reading(texts))


def make_first_stage(**gate: float) -> FirstStage:
    """Return a first stage whose gate weighs these numbers alone; its heads trust what the rules see."""
    numbers = np.array([gate.get(name, 0.0) for name in NUMBERS])[:, None]
    model = replace(
        make_model(),
        names=LabelNames((), ELEMENTS),
        encoder=None,
        probe=None,
        heads=Heads(
            goals=trust(("*",), 0.0, terms=1.0),
            elements=trust(ELEMENTS, -3.0, words=8.0),
            level=trust(LEVEL_STEPS, -4.0, rules=8.0),
            local=trust((LOCAL,), -4.0, signs=8.0),
        ),
    )
    seen = observe(["Bru."])
    return FirstStage(
        gate=Weights(np.zeros((BUCKETS, 1), np.float32), numbers, np.zeros(1)),
        threshold=0.5,
        labels=Weights(
            np.zeros((BUCKETS, OUTPUTS), np.float32),
            np.zeros((describe_rules(seen).shape[1], OUTPUTS)),
            np.full(OUTPUTS, -2.0),
        ),
        model=model,
    )


@pytest.mark.parametrize(
    ("sure", "left"),
    [
        pytest.param("ssss", "ssss", id="whole-document"),
        pytest.param("sss", "sss", id="short-document"),
        pytest.param("sss.", "....", id="too-short-a-stretch"),
        pytest.param("ssss.ss", "ssss...", id="one-of-two"),
        pytest.param(".ssssss.s", ".ssssss..", id="in-the-middle"),
        pytest.param("", "", id="empty"),
    ],
)
def test_only_stretches_are_left_unread(sure: str, left: str) -> None:
    marks = find_stretches(np.array([each == "s" for each in sure], dtype=bool))
    assert "".join("s" if each else "." for each in marks) == left


def test_a_digital_word_makes_a_passage_be_read() -> None:
    first = make_first_stage(surely_digital=2.0)
    assert first.needs_reading(observe([*ROADS, DIGITAL])).tolist() == [False] * len(ROADS) + [True]


class CountingEncoder:
    """Counts what it reads."""

    revision, dimension = ENCODER.revision, ENCODER.dimension

    def __init__(self) -> None:
        self.read: list[str] = []

    def encode(self, windows):
        self.read += [text for window in windows for text in window.texts]
        return ENCODER.encode(windows)


def classify(texts: list[str], *, first: FirstStage | None):
    encoder = CountingEncoder()
    classifier = PassageClassifier(
        make_model(),
        encoder,
        first=first,
        doubt=UncertaintyBand(0.0, 0.0),
        wanted=frozenset(get_names().goals),
    )
    seen = observe(texts)
    return encoder.read, classifier.classify(seen, classifier.encode(seen))


def test_the_encoder_reads_what_the_gate_lets_through() -> None:
    read, _ = classify([*ROADS, DIGITAL], first=make_first_stage(surely_digital=1.0))
    assert read == [DIGITAL]


def test_nothing_is_read_where_nothing_is_digital() -> None:
    read, found = classify(ROADS, first=make_first_stage(surely_digital=1.0))
    assert read == []
    assert not [each for each in found if each.task is Task.GOALS]
    assert [each.label for each in found if each.task is Task.LEVEL] == [Level.COMMITMENT] * len(ROADS)


def test_an_unread_passage_has_no_goal_whatever_its_words() -> None:
    texts = ["Vi skal dele data digitalt med andre etater."] * 4
    _, found = classify(texts, first=make_first_stage())
    assert not [each for each in found if each.task is Task.GOALS]
    _, read = classify(texts, first=None)
    assert [each for each in read if each.task is Task.GOALS]


def test_what_is_saved_is_loaded(tmp_path) -> None:
    first = make_first_stage(surely_digital=1.0)
    save_first_stage(first, tmp_path)
    loaded = load_first_stage(tmp_path)
    seen = observe([*ROADS, DIGITAL])
    assert loaded.needs_reading(seen).tolist() == first.needs_reading(seen).tolist()
    np.testing.assert_allclose(loaded.read(seen).elements, first.read(seen).elements, atol=1e-3)
    before = compute_checksum(tmp_path)
    save_first_stage(replace(first, threshold=0.7), tmp_path)
    assert compute_checksum(tmp_path) != before


def test_a_damaged_folder_says_what_to_do(tmp_path) -> None:
    (tmp_path / "weights.safetensors").write_bytes(b"x")
    with pytest.raises(ModelError, match="train-first-stage"):
        load_first_stage(tmp_path)


def test_one_odd_word_is_left_unread_where_all_others_are_sure() -> None:
    first = make_first_stage(surely_digital=1.0)
    alone = observe([*ROADS * 6, DIGITAL, *ROADS * 6])
    assert not first.needs_reading(alone).any()
    assert first.needs_reading(observe([*ROADS * 6, DIGITAL, DIGITAL, DIGITAL])).any()
