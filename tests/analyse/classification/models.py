"""A model that trusts the rules alone, so that tests can say what it should judge."""

from __future__ import annotations

import numpy as np

from analyse.fakes import WordEncoder
from compliance.analyse.attribution import AttributionAnalyser
from compliance.analyse.classification.examples import Examples, LabelledPassage
from compliance.analyse.classification.features import (
    describe_elements,
    describe_goals,
    describe_levels,
    describe_local,
)
from compliance.analyse.classification.heads import Features, Head
from compliance.analyse.classification.model import Heads, JudgementModel
from compliance.analyse.classification.probe import LEVEL_STEPS, LabelNames, LinearProbe
from compliance.analyse.observation.rule_features import Observer
from compliance.config import AnalyseConfig, GuidelinesConfig
from compliance.guidelines.load import load_guidelines
from compliance.guidelines.rules import load_rules
from compliance.score.scores import ELEMENTS
from compliance.text.embedding.in_context import PlainPassageEncoder

RULES = load_rules()
GOALS = tuple(goal for each in load_guidelines(GuidelinesConfig()) if each.default for goal in each.goals)
NAMES = LabelNames(tuple(goal.id for goal in GOALS), ELEMENTS)
ENCODER = PlainPassageEncoder(WordEncoder())
OBSERVER = Observer(GOALS, RULES, config=AnalyseConfig(), borrowed=AttributionAnalyser(RULES))
READOUT = LinearProbe(
    centre=np.zeros(ENCODER.dimension, np.float32),
    spread=np.ones(ENCODER.dimension, np.float32),
    weights=np.zeros((NAMES.outputs, ENCODER.dimension), np.float32),
    bias=np.full(NAMES.outputs, -2.0, np.float32),
)


def trust(features: Features, labels: tuple[str, ...], name: str, *, weight: float, bias: float) -> Head:
    """Return a head that weighs one feature and no other."""
    weights = np.array([weight if each == name else 0.0 for each in features.names])
    blank = np.zeros(len(weights))
    return Head(features.names, labels, blank, blank + 1.0, weights, np.full(len(labels), bias), threshold=0.5)


def make_model(seen) -> JudgementModel:
    """Return the model; `seen` are observations of any document, which tell the features' names."""
    read = READOUT.read(np.zeros((len(seen.places), ENCODER.dimension), np.float32), NAMES)
    return JudgementModel(
        encoder="words-64",
        names=NAMES,
        readout=READOUT,
        heads=Heads(
            goals=trust(describe_goals(read, seen, NAMES), NAMES.goals, "terms", weight=8.0, bias=-4.0),
            elements=trust(describe_elements(read, seen, NAMES), NAMES.elements, "words", weight=8.0, bias=-3.0),
            level=trust(describe_levels(read, seen), LEVEL_STEPS, "rules", weight=8.0, bias=-4.0),
            local=trust(describe_local(read, seen), ("local",), "signs", weight=8.0, bias=-4.0),
        ),
        adapter=None,
        examples=Examples(
            (LabelledPassage("plan#p1", "Vi deler data.", ("EN2",)), LabelledPassage("plan#p2", "Vern.", ("DA5",))),
            np.ones((2, ENCODER.dimension), np.int8),
        ),
        checksum="0",
    )
