"""Probabilities that a document reaches each value of a label, from its passages' support; no scikit-learn here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from compliance.score.support import KINDS, ONE_THING, Kind, Support, Values

PLACES = 3  # the strongest passages count, and no others: a longer document has no more of them
_SMOOTH = 0.01  # of a share on its way to a logit
_LOGIT_SCALE = 4.0  # brings logits of shares to about the size of the shares beside them
FULL = 0.1  # of evidence: with less, a step is held below the median, and all the more the less there is
HELD = 0.45  # the most likely that a step can be without any evidence for it: below the median, so never given
SHARES = 6  # of evidence: see OrdinalModel.describe
RELATED_SHARE = SHARES - 1  # the place of the related labels' among them
SHARED = 2 * SHARES + 2 * len(KINDS)  # numbers of a label and step that all labels weigh alike


@dataclass(frozen=True)
class ValueHead:
    """Tells how likely a passage that speaks for a label would be given each value above 1, by what it does."""

    weights: Values  # (values, SIGNS)
    bias: Values  # (values,)

    def predict(self, supports: Sequence[Support]) -> Values:
        """Return the probabilities of 2 or more, and so on, shape (passages, values), falling; 0 for the mute."""
        if not supports:
            return np.zeros((0, len(self.bias)))
        signs = np.array([each.signs for each in supports])
        found = np.minimum.accumulate(sigmoid(signs @ self.weights.T + self.bias), axis=1)
        speaks = np.array([not each.mute for each in supports])
        return np.asarray(found * speaks[:, None])


@dataclass(frozen=True)
class Step:
    """One step of the scale: weights that all labels share, and what is a label's own."""

    weights: Values  # (SHARED,)
    bias: float
    own_bias: Mapping[str, float]
    own_slope: Mapping[str, float]  # of the strongest passage
    related_slope: Mapping[str, float]  # of the strongest passage for a related label

    def predict(self, label: str, numbers: Values) -> Values:
        """Return the probability that the step is reached, by numbers of the shape (…, SHARED), of the shape (…)."""
        logits = numbers @ self.weights + self.bias + self.own_bias.get(label, 0.0)
        logits = logits + self.own_slope.get(label, 0.0) * numbers[..., 0]
        return sigmoid(logits + self.related_slope.get(label, 0.0) * numbers[..., RELATED_SHARE])


@dataclass(frozen=True)
class OrdinalModel:
    """From the support of every label to the probabilities of reaching 1, 2 and so on."""

    value_head: ValueHead
    steps: tuple[Step, ...]
    related: Mapping[str, Sequence[str]]  # labels whose passages may speak for this one too

    def has_learnt(self, label: str) -> bool:
        """Return whether readers' scores of the label were among those that the model was learnt from."""
        return any(label in step.own_bias for step in self.steps)

    def summarise(self, support: Mapping[str, Sequence[Support]]) -> dict[str, Values]:
        """Return for each label with support how strongly its passages reach each step, shape (steps, PLACES + 1)."""
        values = self.read_all_values(support)
        return {label: summarise_label(list_weights(each), values[label]) for label, each in support.items()}

    def read_all_values(self, support: Mapping[str, Sequence[Support]]) -> dict[str, Values]:
        """Return `read_values` of each label, read at once."""
        values = self.read_values([each for found in support.values() for each in found])
        ends = np.cumsum([len(found) for found in support.values()])
        return dict(zip(support, np.split(values, ends[:-1]), strict=True)) if support else {}

    def read_values(self, supports: Sequence[Support]) -> Values:
        """Return how likely each passage, if it speaks for a label, would be given 1, 2 and so on."""
        return np.hstack([np.ones((len(supports), 1)), self.value_head.predict(supports)])

    def describe(self, label: str, step: int, summaries: Mapping[str, Values], kind: Kind = ONE_THING) -> Values:
        """Return the numbers that the step weighs, shape (SHARED,).

        Shares of evidence, their logits, the kind of document, and the strongest share in a document of that kind.
        """
        numbers: Values = self._describe_steps(label, self._find_own(label, summaries), summaries, kind)[step]
        return numbers

    def _find_own(self, label: str, summaries: Mapping[str, Values]) -> Values:
        return summaries[label] if label in summaries else np.zeros((len(self.steps), PLACES + 1))

    def _describe_steps(self, label: str, own: Values, summaries: Mapping[str, Values], kind: Kind) -> Values:
        """Return the numbers of every step, shape (…, steps, SHARED); all at once, since a score asks for all of them.

        `own` is what `summarise_label` gives of the label.
        """
        steps = own.shape[-2]
        related = np.zeros(steps)
        for each in self.related.get(label, ()):
            if each in summaries:
                np.maximum(related, summaries[each][:steps, 0], out=related)
        shares = np.empty((*own.shape[:-1], SHARES))
        shares[..., :2], shares[..., 2], shares[..., 4] = own[..., :2], own[..., PLACES], own[..., 2]
        # The next step, or the one before.
        shares[..., 0, 3], shares[..., 1:, 3] = own[..., min(1, steps - 1), 0], own[..., :-1, 0]
        shares[..., RELATED_SHARE] = related
        kinds = np.broadcast_to(kind, (*own.shape[:-1], len(kind)))
        return np.concatenate([shares, logit(shares) / _LOGIT_SCALE, kinds, shares[..., :1] * kinds], axis=-1)

    def predict(self, label: str, summaries: Mapping[str, Values], kind: Kind = ONE_THING) -> tuple[float, ...]:
        """Return the probabilities that the document reaches 1, 2 and so on, falling."""
        own = self._find_own(label, summaries)
        return tuple(self.predict_each(label, own, summaries, kind).tolist())

    def predict_each(self, label: str, own: Values, summaries: Mapping[str, Values], kind: Kind = ONE_THING) -> Values:
        """Return `predict` for whatever the label's summary might be: `own`, shape (…, steps, PLACES + 1)."""
        numbers = np.moveaxis(self._describe_steps(label, own, summaries, kind), -2, 0)
        found = np.array([step.predict(label, each) for step, each in zip(self.steps, numbers, strict=False)])
        evidence = np.maximum(numbers[..., PLACES - 1], numbers[..., RELATED_SHARE])[: len(found)]
        held = HELD + (1.0 - HELD) * np.minimum(1.0, evidence / FULL)
        falling: Values = np.minimum.accumulate(np.minimum(found, held))
        return np.moveaxis(falling, 0, -1)


def list_weights(supports: Sequence[Support]) -> Values:
    """Return how much each passage counts, by how likely it is to speak for the label."""
    return np.array([each.weight for each in supports])


def summarise_label(weights: Values, values: Values) -> Values:
    """Return how strongly passages reach each step, from what each counts and `OrdinalModel.read_values`.

    `weights` have the shape (…, passages), so that several may be asked about; the summary (…, steps, PLACES + 1).
    """
    reached = (weights[..., None] * values).swapaxes(-1, -2)
    top = np.zeros((*reached.shape[:-1], PLACES))
    strongest = -np.sort(-reached, axis=-1)[..., :PLACES]
    top[..., : strongest.shape[-1]] = strongest
    any_of = 1.0 - np.prod(1.0 - top, axis=-1, keepdims=True)
    return np.concatenate([top, any_of], axis=-1)


def choose_value(at_least: Sequence[float]) -> int:
    """Return the median of the distribution."""
    return sum(share >= 0.5 for share in at_least)


def measure_certainty(at_least: Sequence[float], value: int) -> float:
    """Return how likely the value is."""
    bounds = (1.0, *at_least, 0.0)
    return bounds[value] - bounds[value + 1]


def sigmoid(logits: Values) -> Values:
    """Return probabilities."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.minimum(np.maximum(logits, -40.0), 40.0))))  # np.clip is slower


def logit(shares: Values) -> Values:
    """Return shares as logits, kept off 0 and 1."""
    smooth = _SMOOTH + (1.0 - 2 * _SMOOTH) * np.minimum(np.maximum(shares, 0.0), 1.0)
    return np.asarray(np.log(smooth / (1.0 - smooth)))
