"""What the resources tell the report of a trained model."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from compliance.analyse.classification.decide import Heads
from compliance.analyse.classification.examples import Examples, LabelledPassage
from compliance.analyse.classification.heads import Head
from compliance.analyse.classification.model import ClassificationModel
from compliance.analyse.classification.probe import LabelNames, LinearProbe
from compliance.config import AnalyseConfig, Config
from compliance.records import Method
from compliance.resources import Resources


def make_head(labels: tuple[str, ...], **weights: float) -> Head:
    values = np.array(list(weights.values()))
    return Head(tuple(weights), labels, values * 0, values * 0 + 1, values, np.zeros(len(labels)), 0.5)


def load_resources(**settings) -> Resources:
    """Return resources with a model built by hand."""
    layer = np.zeros((1, 2), np.float32)
    model = ClassificationModel(
        method=Method.MODEL,
        encoder="ingen",
        names=LabelNames(("P1",), ("W1",)),
        probe=LinearProbe(layer[0], layer[0], layer, layer[0]),
        heads=Heads(
            goals=make_head(("P1",), meaning=1.0, before=-0.2),
            elements=make_head(("W1",), meaning=1.0),
            level=make_head((">none",), rules=1.0, heading=-0.4),
            local=make_head(("local",), signs=0.0),
        ),
        adapter=None,
        examples=Examples((LabelledPassage("vika#0001", "Vi låner ut alarmer.", ("P1",)),), np.zeros((1, 2), np.int8)),
        checksum="0",
    )
    resources = Resources(Config(analyse=AnalyseConfig(**settings)))
    resources.__dict__["model"] = model
    return resources


def test_report_is_told_examples_and_which_weights_are_negative():
    told = load_resources().describe_judgement()
    assert told.falling == {("goals", "before"), ("level", "heading")}
    assert told.examples == {"vika#0001": "Vi låner ut alarmer."}


@pytest.mark.parametrize(
    ("settings", "invented"),
    [
        pytest.param({}, True, id="the shipped model"),
        pytest.param({"judgement_folder": Path("egen")}, False, id="a model of one's own, on whatever text"),
    ],
)
def test_only_the_shipped_model_is_known_to_show_invented_plans(settings, invented):
    assert load_resources(**settings).describe_judgement().invented == invented


def test_rules_have_nothing_to_tell():
    assert Resources(Config(analyse=AnalyseConfig(judgement_folder="rules"))).describe_judgement() is None
