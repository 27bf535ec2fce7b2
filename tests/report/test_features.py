"""Every number that the judgement weighs has words, in every language."""

import numpy as np
import pytest

from builders import make_reading
from compliance.analyse.classification.features import (
    describe_elements,
    describe_goals,
    describe_levels,
    describe_local,
)
from compliance.analyse.classification.heads import Features
from compliance.analyse.classification.probe import LEVEL_STEPS, LabelNames, Read
from compliance.analyse.context import outline_passages
from compliance.analyse.observation.elements import Weighed
from compliance.analyse.observation.goal_observer import GoalObservations
from compliance.analyse.observation.rule_features import LocalSigns, Observations
from compliance.records import (
    Finding,
    Level,
    Task,
)
from compliance.report.catalogue import LANGUAGES, load_catalogue
from compliance.report.weighing import ANYWHERE, GROUPS

UNTOLD = {(name, "low") for name in ("heading", "aside", "item")}  # that a passage is no heading tells nothing
NAMES = LabelNames(("P1", "P2"), ("W1", "W2"))


def describe_all() -> dict[str, Features]:
    """Return the numbers of one passage, by analyser."""
    places = outline_passages(make_reading(["Kommunen skal."]).passages)
    passage = places[0].passage
    level = Finding(passage.document_id, passage.id, Task.LEVEL, Level.COMMITMENT, 0.8, ())
    seen = Observations(
        GoalObservations(places, [1.0], [{}]),
        np.zeros((1, 2)),
        [Weighed({}, {})],
        [level],
        [LocalSigns(0.0, ())],
        np.zeros(1),
    )
    read = Read(np.full((1, 2), 0.5), np.full((1, 2), 0.5), np.full((1, len(LEVEL_STEPS)), 0.5), np.full((1, 1), 0.5))
    return {
        "goals": describe_goals(read, seen, NAMES),
        "elements": describe_elements(read, seen, NAMES),
        "level": describe_levels(read, seen),
        "local": describe_local(read, seen),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_feature_has_words(language):
    messages = load_catalogue(language).messages
    missing = [
        f"{kind}.{name}.{side}"
        for kind, features in describe_all().items()
        for name in features.names
        for side in ("high", "low")
        if (name, side) not in UNTOLD
        if not {f"feature.{group}.{name}.{side}" for group in (GROUPS[kind], ANYWHERE)} & messages.keys()
    ]
    assert missing == []


def test_words_are_of_features_that_exist():
    told = {key.split(".")[2] for key in load_catalogue("nb").messages if key.startswith("feature.")}
    assert told <= {name for features in describe_all().values() for name in features.names}
