"""How surely passages speak for a label: what was found there, weighed with what the passage means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from compliance.score.support import Support, Values

# What tells how surely a passage speaks for a label. `found` is 1 where anything was; `surely` is the goal's
# probability as a logit, or the element's of the criterion: its weight may differ from label to label.
NUMBERS = (
    *("found", "surely", "very_surely", "strong", "weak", "against"),
    *("named", "digital", "strongest", "named_alone", "digital_alone"),  # alone: where nothing was found
)
MEANT = ("near", "near_found", "very_near", "read")  # what the meaning adds
NEAR = 1.0  # deviations above the mean from which a passage is weighed though nothing was found in it
FULLY_NEAR = 1.5  # from which it counts fully, evenly more in between
_MOST = 6.0  # deviations; nearer tells no more
_SQUARE = 0.3  # brings squares to about the size of the numbers beside them


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may speak for a label, with what was found there."""

    support: Support
    numbers: tuple[float, ...]  # NUMBERS
    entered: float = 1.0  # how far it counts by what was found: from 0, so that nothing jumps where finding begins


@dataclass(frozen=True, slots=True)
class Offer:
    """What one document offers for the labels of a kind."""

    found: Mapping[str, Sequence[Candidate]]  # by label
    rest: Mapping[str, Candidate] = field(default_factory=dict)  # of passages that were read, where nothing was found
    meanings: Mapping[str, Sequence[float]] = field(default_factory=dict)  # of the same passages

    def without_meanings(self) -> Offer:
        """Return what the document would offer if no encoder had read it."""
        return Offer(self.found)

    def list_candidates(self, label: str, nearness: Mapping[str, float]) -> list[Candidate]:
        """Return the passages in which something was found, then those that are near the label all the same."""
        found = list(self.found.get(label, ()))
        known = {each.support.passage_id for each in found}
        near = (passage for passage, value in nearness.items() if value >= NEAR and passage not in known)
        return found + [self.rest[passage] for passage in near]


@dataclass(frozen=True)
class TouchHead:
    """Tells how likely a passage is to be listed by a reader of the whole document."""

    near: Mapping[str, Values]  # by label, (directions + 1,): in deviations; the last is the constant
    weights: Values  # (numbers + MEANT,)
    bias: float
    own: Mapping[str, Values]  # by label, (3,): a bias, and of how surely it was found and how near it is

    def weigh(self, offer: Offer) -> dict[str, list[Support]]:
        """Return the support of each label; that of a label which is not learnt as it was found."""
        nearness = measure_nearness(self.near, offer.meanings)
        labels = dict.fromkeys((*offer.found, *nearness))
        return {label: found for label in labels if (found := self._weigh(label, offer, nearness.get(label, {})))}

    def _weigh(self, label: str, offer: Offer, nearness: Mapping[str, float]) -> list[Support]:
        candidates = offer.list_candidates(label, nearness)
        own = self.own.get(label)
        if own is None or not candidates:
            return [each.support for each in candidates]
        numbers = describe_candidates(candidates, nearness)
        logits = numbers @ self.weights + self.bias + list_own(numbers) @ own
        entered = np.maximum([each.entered for each in candidates], enter_by_nearness(list_nearness(numbers)))
        shares = entered / (1.0 + np.exp(-np.clip(logits, -40.0, 40.0)))
        return [
            replace(each.support, probability=share) for each, share in zip(candidates, shares.tolist(), strict=True)
        ]


def measure_nearness(
    near: Mapping[str, Values], meanings: Mapping[str, Sequence[float]]
) -> dict[str, dict[str, float]]:
    """Return how near each passage is to each label, in deviations above the mean of the training text."""
    if not near or not meanings:
        return {}
    table = np.array([*meanings.values()])
    weights = np.array([*near.values()])
    found = np.minimum(_MOST, table @ weights[:, :-1].T + weights[:, -1])
    return {label: dict(zip(meanings, row, strict=True)) for label, row in zip(near, found.T.tolist(), strict=True)}


def describe_candidates(candidates: Sequence[Candidate], nearness: Mapping[str, float]) -> Values:
    """Return the numbers that a head weighs, shape (candidates, numbers + MEANT)."""
    numbers = np.array([each.numbers for each in candidates])
    read = np.array([float(each.support.passage_id in nearness) for each in candidates])
    near = np.array([nearness.get(each.support.passage_id, 0.0) for each in candidates])
    meant = np.stack([near, near * numbers[:, 0], _SQUARE * np.maximum(near, 0.0) ** 2, read], axis=1)
    return np.hstack([numbers, meant])


def list_own(numbers: Values) -> Values:
    """Return of `describe_candidates` what each label weighs in its own way, shape (candidates, 3)."""
    return np.stack([np.ones(len(numbers)), numbers[:, 1], list_nearness(numbers)], axis=1)


def list_nearness(numbers: Values) -> Values:
    """Return of `describe_candidates` how near each is, shape (candidates,)."""
    return numbers[:, -len(MEANT)]


def enter_by_nearness(near: Values) -> Values:
    """Return how far passages count by their meaning alone, 0 to 1."""
    return np.clip((near - NEAR) / (FULLY_NEAR - NEAR), 0.0, 1.0)
