"""A model that trusts the rules alone although an encoder reads along, so that tests can say what it should answer."""

from __future__ import annotations

from functools import cache

import numpy as np

from analyse.fakes import WordEncoder
from analyse.stages import load_goals, load_rules
from compliance.analyse.build import Models, ReadingAnalyser, build_analyser
from compliance.analyse.classification.decide import Heads
from compliance.analyse.classification.examples import Examples, LabelledPassage
from compliance.analyse.classification.heads import Head
from compliance.analyse.classification.model import RULES, ClassificationModel, load_model
from compliance.analyse.classification.probe import LEVEL_STEPS, LabelNames, LinearProbe
from compliance.config import AnalyseConfig
from compliance.guidelines.sets import Goal
from compliance.records import ELEMENTS, LOCAL, Method
from compliance.text.embedding.in_context import PlainPassageEncoder

ENCODER = PlainPassageEncoder(WordEncoder())


@cache
def get_names() -> LabelNames:
    """Every goal of the default sets and every element."""
    return LabelNames(tuple(goal.id for goal in load_goals()), ELEMENTS)


def trust(labels: tuple[str, ...], bias: float, **weights: float) -> Head:
    """Return a head that weighs these features and no other."""
    values = np.array(list(weights.values()))
    return Head(tuple(weights), labels, values * 0, values * 0 + 1, values, np.full(len(labels), bias), threshold=0.5)


def make_model(**heads: Head) -> ClassificationModel:
    """Return the model; `heads` take the place of those that trust the rules."""
    names = get_names()
    trusting = {
        "goals": trust(names.goals, -4.0, terms=8.0),
        "elements": trust(names.elements, -3.0, words=8.0),
        "level": trust(LEVEL_STEPS, -4.0, rules=8.0),
        "local": trust((LOCAL,), -4.0, signs=8.0),
    }
    return ClassificationModel(
        method=Method.MODEL,
        encoder="words-64",
        names=names,
        probe=LinearProbe(
            centre=np.zeros(ENCODER.dimension, np.float32),
            spread=np.ones(ENCODER.dimension, np.float32),
            weights=np.zeros((names.outputs, ENCODER.dimension), np.float32),
            bias=np.full(names.outputs, -2.0, np.float32),
        ),
        heads=Heads(**(trusting | heads)),
        adapter=None,
        examples=Examples(
            (LabelledPassage("plan#p1", "Vi deler data.", ("EN2",)), LabelledPassage("plan#p2", "Vern.", ("DA5",))),
            np.ones((2, ENCODER.dimension), np.int8),
        ),
    )


def make_analyser(
    model: ClassificationModel | None = None,
    *,
    config: AnalyseConfig | None = None,
    goals: tuple[str, ...] = (),
    others: tuple[Goal, ...] = (),
) -> ReadingAnalyser:
    """Return the analysis by such a model of documents that are held against the goals, all where none is named.

    `others` are goals that the model does not know.
    """
    held = [*(goal for goal in load_goals() if not goals or goal.id in goals), *others]
    models = Models(model or make_model(), load_goals(), ENCODER, load_model(RULES), WordEncoder())
    return build_analyser(held, rules=load_rules(), models=models, config=config or AnalyseConfig())
