"""The named numbers that the heads weigh, made from what the encoder reads and what the rules see.

Each is of the passage and its nearest surroundings: what is said elsewhere in the document changes no judgement. How
long a passage is says nothing of its goals either, though it did in text written for training (docs/judgement.md).
"""

from __future__ import annotations

import numpy as np

from compliance.analyse.classification.heads import Array, Features, logit, stack_features
from compliance.analyse.classification.probe import LEVEL_STEPS, LabelNames, Probabilities
from compliance.analyse.observation.goal_observer import MIN_DIGITAL
from compliance.analyse.observation.rule_features import Observations
from compliance.records import EvidenceCode

_LONG = 400.0  # characters that count as a long passage
NOTHING = 0.01  # probability of a goal in a passage that was not read


def describe(read: Probabilities | None, seen: Observations, names: LabelNames) -> dict[str, Features]:
    """Return the numbers of a document for every kind of label, by the name of its head.

    Without what the encoder reads they are those of the rules alone.
    """
    return {
        "goals": describe_goals(read, seen, names),
        "elements": describe_elements(read, seen, names),
        "level": describe_levels(read, seen),
        "local": describe_local(read, seen),
    }


def describe_goals(read: Probabilities | None, seen: Observations, names: LabelNames) -> Features:
    """Return the numbers for each passage and goal."""
    own, above, against = (seen.tabulate_goals(names, field) for field in ("own", "above", "against"))
    digital = _column(np.array(seen.offered.digital))
    off_topic = (digital < MIN_DIGITAL).astype(np.float64)
    columns = [
        ("terms", own),
        ("terms_above", above),
        ("terms_against", against),
        ("terms_around", seen.tabulate_near(names)),
        ("terms_in_digital", own * digital),
        ("terms_of_goals", _column((own > 0).sum(axis=1))),
        ("digital", digital),
        ("off_topic", off_topic),
        ("terms_off_topic", own * off_topic),
        *_describe_kind(seen),
    ]
    if read:
        columns += [
            ("meaning", logit(read.goals)),
            ("rival", logit(_find_rivals(read.goals))),
            ("terms_and_meaning", own * logit(read.goals)),
        ]
    return stack_features(columns, own.shape)


def describe_elements(read: Probabilities | None, seen: Observations, names: LabelNames) -> Features:
    """Return the numbers for each passage and element."""
    words = seen.tabulate_elements(names)
    columns = [
        ("words", words),
        ("words_before", _take_before(words)),
        ("words_strongest", words.max(axis=1, keepdims=True)),
        ("digital", _column(np.array(seen.offered.digital))),
        *_describe_place(seen),
    ]
    if read:
        columns += [
            ("meaning", logit(read.elements)),
            ("rank", (-read.elements).argsort(axis=1).argsort(axis=1).astype(np.float64)),
            ("strongest", logit(read.elements.max(axis=1, keepdims=True))),
            ("words_and_meaning", words * logit(read.elements)),
        ]
    return stack_features(columns, words.shape)


def describe_levels(read: Probabilities | None, seen: Observations) -> Features:
    """Return the numbers for each passage and step of the level."""
    levels = seen.tabulate_levels()
    steps = np.arange(len(LEVEL_STEPS))
    above = (levels[:, None] > steps).astype(np.float64)
    columns = [
        ("rules", above),
        ("rules_distance", levels[:, None] - steps - 0.5),
        ("rules_before", _take_before(above)),
        ("rules_default", _column(np.array([float(_is_default(ruled.evidence)) for ruled in seen.levels]))),
        ("borrowed", _column(seen.borrowed)),
        *_describe_place(seen),
    ]
    if read:
        columns += [
            ("meaning", logit(read.steps)),
            ("rules_and_meaning", above * logit(read.steps)),
            ("local", logit(read.local)),
        ]
    return stack_features(columns, above.shape)


def describe_local(read: Probabilities | None, seen: Observations) -> Features:
    """Return the numbers for each passage; there is one label."""
    signs = _column(np.array([signs.score for signs in seen.local]))
    columns = [
        ("signs", signs),
        ("levels", _column(seen.tabulate_levels() == len(LEVEL_STEPS))),
        ("borrowed", _column(seen.borrowed)),
        *_describe_place(seen),
    ]
    if read:
        columns += [
            ("meaning", logit(read.local)),
            ("signs_and_meaning", signs * logit(read.local)),
            ("concrete", logit(read.steps[:, -1:])),
        ]
    return stack_features(columns, signs.shape)


def _describe_place(seen: Observations) -> list[tuple[str, Array]]:
    places = seen.places
    return [
        *_describe_kind(seen),
        ("item", _column(np.array([float(place.item) for place in places]))),
        ("length", _column(np.array([min(1.0, len(place.passage.text) / _LONG) for place in places]))),
    ]


def _describe_kind(seen: Observations) -> list[tuple[str, Array]]:
    return [
        ("heading", _column(np.array([float(place.heading) for place in seen.places]))),
        ("aside", _column(np.array([float(place.aside) for place in seen.places]))),
    ]


def _find_rivals(read: Array) -> Array:
    """Return for each label the highest probability among the others."""
    order = np.sort(read, axis=1)
    highest, second = order[:, -1:], order[:, -2:-1]
    return np.where(read >= highest, second, highest)


def _take_before(values: Array) -> Array:
    """Return for each row the one before, 0 for the first."""
    shifted = np.zeros_like(values)
    shifted[1:] = values[:-1]
    return shifted


def _column(values: Array) -> Array:
    return np.asarray(values, dtype=np.float64).reshape(-1, 1)


def _is_default(evidence: object) -> bool:
    return isinstance(evidence, tuple) and all(item.code is EvidenceCode.DEFAULT_LEVEL for item in evidence)
