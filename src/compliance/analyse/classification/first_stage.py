"""The first stage: which passages are surely about nothing digital, so that no encoder reads them, and what they are.

Linear models over hashed words and pieces of words and over what the rules see: some 0.1 ms a passage, the encoder's
about 10 (docs/performance.md). Passages are left unread only in stretches: one among digital passages is read,
since its neighbours are judged by it too. What is left unread has no goals; its elements, level and local come from
these models through heads of their own, which are weaker than the encoder's (docs/judgement.md).
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from compliance.analyse.classification.heads import Array, expit
from compliance.analyse.classification.model import HEADS, ClassificationModel, load_model, save_model
from compliance.analyse.classification.probe import LEVEL_STEPS, LabelNames, Probabilities
from compliance.analyse.context import Place
from compliance.analyse.observation.goal_observer import MIN_DIGITAL
from compliance.analyse.observation.rule_features import Observations
from compliance.errors import ModelError
from compliance.records import ELEMENTS

FOLDER, FILE = "first_stage", "weights.safetensors"  # within a model's folder, beside the heads of its own
BUCKETS = 1 << 14  # of hashed words and pieces; 2^13 to 2^16 differ by less than the folds do
STRETCH = 4  # passages in a row that must all be sure, before any of them is left unread
NUMBERS = (  # what the rules see, in the order of the weights
    *("digital", "surely_digital", "perhaps_digital", "terms", "any_terms", "terms_above", "any_terms_above", "near"),
    *("heading", "aside", "item", "length", "digital_share", "digital_dense", "terms_share"),
)
_NEAR = 12  # passages before and after whose words tell what a passage stands among
_SHARE_OF_NEAR = 0.6  # of the gate's sum: the mean of those near, itself among them; the rest is the passage's own
_DENSE = 4.0  # times the share of digital passages that counts as all
_LONG = 400.0  # characters that count as a long passage
_WORD = re.compile(r"[^\W\d_]{3,}")
_KEPT = 16384  # words of which the buckets are remembered: those of several plans
_PIECE = 5  # letters, marks of beginning and end included: «velferdsteknologi» shares pieces with «teknologien»
_ABOVE = "#"  # before what stands in headings and lead-in

Marks = NDArray[np.bool_]
OUTPUTS = len(ELEMENTS) + len(LEVEL_STEPS) + 1  # elements, steps of the level, local


@dataclass(frozen=True, slots=True)
class Weights:
    """Logistic regressions over the same columns, one for each output."""

    words: NDArray[np.float32]  # shape (BUCKETS, outputs)
    numbers: Array  # shape (numbers, outputs)
    bias: Array  # shape (outputs,)

    def weigh(self, buckets: Sequence[Sequence[int]], numbers: Array) -> Array:
        """Return each passage's sums in logits, shape (passages, outputs)."""
        said = [self.words[each].sum(axis=0, dtype=np.float64) for each in buckets]
        found: Array = np.reshape(said, (len(buckets), len(self.bias))) + numbers @ self.numbers + self.bias
        return found


@dataclass(frozen=True, slots=True)
class FirstStage:
    """Which passages an encoder must read, and the labels of the others."""

    gate: Weights  # one output: the lower, the surer that no goal speaks in the passage
    threshold: float  # below it a passage is surely about nothing digital
    labels: Weights  # OUTPUTS
    model: ClassificationModel  # the heads that weigh what `labels` reads; knows no goals

    def needs_reading(self, seen: Observations) -> Marks:
        """Return which passages an encoder must read, shape (passages,)."""
        return ~find_stretches(weigh_gate(self.gate, seen) < self.threshold)

    def read(self, seen: Observations) -> Probabilities:
        """Return the probabilities of every passage's labels by its words, without goals."""
        return read_labels(self.labels, seen)


def weigh_gate(gate: Weights, seen: Observations) -> Array:
    """Return how likely each passage is to have a goal, by its own words and its neighbours', shape (passages,).

    One odd word among roads and drains is no goal: with the neighbours' sums a third fewer passages of such documents
    are read, and as many goals found (docs/judgement.md).
    """
    own = gate.weigh(hash_places(seen.places), describe_numbers(seen))[:, 0]
    weighed: Array = (1.0 - _SHARE_OF_NEAR) * own + _SHARE_OF_NEAR * _average_near(own)
    return weighed


def read_labels(labels: Weights, seen: Observations) -> Probabilities:
    """Return the probabilities of every passage's labels by its words, without goals."""
    shares = expit(labels.weigh(hash_places(seen.places), describe_rules(seen)))
    cuts = np.cumsum([len(ELEMENTS), len(LEVEL_STEPS)])
    return Probabilities(np.zeros((len(shares), 0)), *np.split(shares, cuts, axis=1))


def find_stretches(sure: Marks) -> Marks:
    """Return the marks without those in a row shorter than STRETCH; a document that is shorter counts whole."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], sure, [False])).astype(np.int8)))
    found = np.zeros_like(sure)
    for start, end in edges.reshape(-1, 2):
        if end - start >= min(STRETCH, len(sure)):
            found[start:end] = True
    return found


def hash_places(places: Sequence[Place]) -> list[list[int]]:
    """Return the buckets of each passage."""
    return [hash_words(place) for place in places]


def hash_words(place: Place) -> list[int]:
    """Return the buckets of a passage's words and pieces, and of those above it, each once, in order."""
    above = " ".join((place.lead_in.text if place.lead_in else "", *place.headings[-2:]))
    own = (bucket for word in _list_words(place.passage.text) for bucket in _hash_word(word))
    return sorted({*own, *(bucket for word in _list_words(above) for bucket in _hash_word(word, _ABOVE))})


def describe_numbers(seen: Observations) -> Array:
    """Return what the rules see of each passage, shape (passages, NUMBERS)."""
    places = seen.places
    digital = np.array(seen.offered.digital)
    terms = _find_most([[each.own for each in found.values()] for found in seen.offered.goals])
    above = _find_most([[each.above for each in found.values()] for found in seen.offered.goals])
    share = _average_near(digital >= 1)
    columns = [
        *(digital, digital >= 1, digital >= MIN_DIGITAL, terms, terms > 0, above, above > 0),
        seen.near.max(axis=1, initial=0.0),
        *(np.array([getattr(place, name) for place in places]) for name in ("heading", "aside", "item")),
        np.array([min(1.0, len(place.passage.text) / _LONG) for place in places]),
        *(share, np.minimum(1.0, _DENSE * share), _average_near(terms > 0)),
    ]
    return np.stack([column.astype(np.float64) for column in columns], axis=1)


def describe_rules(seen: Observations) -> Array:
    """Return what the rules see beside their elements, level, local and attribution, one row a passage."""
    levels = np.eye(len(LEVEL_STEPS) + 1)[seen.tabulate_levels().astype(np.int64)]
    columns = (
        describe_numbers(seen),
        seen.tabulate_elements(LabelNames((), ELEMENTS)),
        levels,
        np.array([signs.score for signs in seen.local]).reshape(-1, 1),
        seen.borrowed.reshape(-1, 1),
    )
    return np.hstack(columns)


def save_first_stage(first: FirstStage, folder: Path) -> None:
    """Write the first stage into the folder, which is made; `load_first_stage` reads it."""
    from safetensors.numpy import save_file

    folder.mkdir(parents=True, exist_ok=True)
    tensors = {"threshold": np.array([first.threshold])}
    for name, weights in (("gate", first.gate), ("labels", first.labels)):
        tensors[f"{name}.words"] = weights.words.astype(np.float16)
        tensors |= {f"{name}.numbers": weights.numbers, f"{name}.bias": weights.bias}
    save_file({name: np.ascontiguousarray(values) for name, values in tensors.items()}, folder / FILE)
    save_model(first.model, folder)


def load_first_stage(folder: Path) -> FirstStage:
    """Read what `save_first_stage` wrote. Raises ModelError where it is damaged or of another version."""
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        tensors = load_file(folder / FILE)
        gate, labels = (_take_weights(tensors, name) for name in ("gate", "labels"))
        threshold = float(tensors["threshold"][0])
        shapes = gate.words.shape, gate.numbers.shape, labels.words.shape, labels.bias.shape
        if shapes != ((BUCKETS, 1), (len(NUMBERS), 1), (BUCKETS, OUTPUTS), (OUTPUTS,)):
            raise ValueError("vektene har andre mål enn programmets")
    except (OSError, ValueError, KeyError, SafetensorError) as error:
        raise ModelError(
            f"{folder}: modellens første trinn kan ikke leses ({error}). Lag det på nytt med "
            "«compliance train-first-stage», eller slett mappen: da leses alle avsnitt."
        ) from error
    return FirstStage(gate, threshold, labels, load_model(folder))


def compute_checksum(folder: Path) -> str:
    """Return a hash of all that decides in the first stage's folder."""
    return hashlib.sha256(b"".join((folder / name).read_bytes() for name in (FILE, HEADS))).hexdigest()[:12]


def _take_weights(tensors: Mapping[str, NDArray[np.floating]], name: str) -> Weights:
    words, numbers, bias = (tensors[f"{name}.{part}"] for part in ("words", "numbers", "bias"))
    return Weights(words.astype(np.float32), numbers.astype(np.float64), bias.astype(np.float64))


def _list_words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text)}


@lru_cache(maxsize=_KEPT)
def _hash_word(word: str, mark: str = "") -> tuple[int, ...]:
    """Return the buckets of a word and of its pieces."""
    framed = f"<{word}>"
    pieces = (framed[start : start + _PIECE] for start in range(len(framed) - _PIECE + 1))
    return tuple({zlib.crc32((mark + piece).encode("utf-8", "replace")) % BUCKETS for piece in (framed, *pieces)})


def _average_near(values: Array | Marks) -> Array:
    """Return for each passage the mean of it and those near it; of marks the share that is marked."""
    sums = np.concatenate(([0], values.cumsum()))
    rows = np.arange(len(values))
    first, end = np.maximum(0, rows - _NEAR), np.minimum(len(values), rows + _NEAR + 1)
    means: Array = (sums[end] - sums[first]) / (end - first)
    return means


def _find_most(rows: Sequence[Sequence[float]]) -> Array:
    return np.array([max(row, default=0.0) for row in rows], dtype=np.float64)
