"""Fits the first stage on labelled documents: which passages are surely about nothing digital, and their other labels.

Logistic regressions (scikit-learn). What the gate leaves out is lost to the goals, so its threshold is chosen by
recall, on documents that were held out from the fit; the heads are fitted on readings of documents held out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from compliance.analyse.classification.decide import Heads
from compliance.analyse.classification.examples import Examples
from compliance.analyse.classification.features import describe
from compliance.analyse.classification.first_stage import (
    BUCKETS,
    FirstStage,
    Marks,
    Weights,
    describe_numbers,
    describe_rules,
    find_stretches,
    hash_places,
    read_labels,
    save_first_stage,
    weigh_gate,
)
from compliance.analyse.classification.heads import Array, Features, Head
from compliance.analyse.classification.model import RULES, ClassificationModel, load_model
from compliance.analyse.classification.probe import LEVEL_STEPS, LabelNames
from compliance.evaluate.gold import GoldSet
from compliance.records import ELEMENTS, LOCAL, Method
from compliance.resources import Resources
from compliance.train.examples import Example, build_observer, choose_labelled, deal, make_example
from compliance.train.heads import Material, choose_threshold, fit_head, measure_f1

FOLDS = 3
MIN_DOCUMENTS = 8  # as for all of the training (train/run.py)
MIN_RECALL = 0.998  # of the passages with a goal in documents held out
GATE_STRENGTH, LABEL_STRENGTH = 0.3, 0.1  # scikit-learn's C
WORD_SCALE = 0.3  # of a hashed word beside the numbers, which have deviation 1
MAX_ROUNDS = 300
MIN_SPREAD = 1e-6
SURE = 6.0  # logits, of a label that all passages have, or none
NAMES = LabelNames((), ELEMENTS)
NO_EXAMPLES = Examples((), np.zeros((0, 0), np.int8))


@dataclass(frozen=True, slots=True)
class FirstStageFigures:
    """How documents held out were treated; `recall` is of passages with a goal, `unread` the share of all left out."""

    documents: int
    recall: float
    unread: float


def train_first_stage(golds: Sequence[GoldSet], *, resources: Resources, out: Path) -> FirstStageFigures:
    """Fit on the labelled sets that are not of the test split, and write the first stage to the folder `out`.

    Needs no encoder. Raises GoldError where fewer than MIN_DOCUMENTS have labels.
    """
    chosen = choose_labelled(golds, least=MIN_DOCUMENTS)
    observer = build_observer(resources)
    first, figures = fit_first_stage([make_example(gold, observer) for gold in chosen])
    save_first_stage(first, out)
    return figures


def fit_first_stage(examples: Sequence[Example]) -> tuple[FirstStage, FirstStageFigures]:
    """Return the first stage, fitted on all examples, with the gate's figures on each held out."""
    gated: dict[int, Array] = {}
    features: dict[int, dict[str, Features]] = {}
    for rest, others in _hold_out(examples):
        gate, labels = _fit_gate([examples[index] for index in rest]), _fit_labels([examples[index] for index in rest])
        for index in others:
            seen = examples[index].seen
            gated[index] = weigh_gate(gate, seen)
            features[index] = describe(read_labels(labels, seen), seen, NAMES)
    sums = [gated[index] for index in range(len(examples))]
    threshold = choose_gate(examples, sums)
    heads = _fit_heads(examples, [features[index] for index in range(len(examples))])
    model = ClassificationModel(Method.MODEL, None, NAMES, None, heads, None, NO_EXAMPLES)
    first = FirstStage(_fit_gate(examples), threshold, _fit_labels(examples), model)
    return first, FirstStageFigures(len(examples), *measure_gate(examples, sums, threshold))


def choose_gate(examples: Sequence[Example], sums: Sequence[Array]) -> float:
    """Return the highest sum of a passage with a goal at which MIN_RECALL is kept: what is lower may be left out."""
    spoken = np.sort(np.concatenate([each[_find_spoken(one)] for one, each in zip(examples, sums, strict=True)]))
    if not len(spoken):
        return -np.inf
    low, high = 0, len(spoken) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if measure_gate(examples, sums, float(spoken[middle]))[0] >= MIN_RECALL:
            low = middle
        else:
            high = middle - 1
    return float(spoken[low])


def measure_gate(examples: Sequence[Example], sums: Sequence[Array], threshold: float) -> tuple[float, float]:
    """Return the recall of passages with a goal, and the share of all passages left unread."""
    unread = np.concatenate([find_stretches(each < threshold) for each in sums])
    spoken = np.concatenate([_find_spoken(each) for each in examples])
    return 1.0 - float((unread & spoken).sum()) / max(1, int(spoken.sum())), float(unread.mean())


def _hold_out(examples: Sequence[Example]) -> list[tuple[list[int], list[int]]]:
    """Return the indices of the others and of those held out, for each fold that has any."""
    places = [deal(f"første:{each.name}", FOLDS) for each in examples]
    return [
        (
            [index for index, place in enumerate(places) if place != fold],
            [index for index, place in enumerate(places) if place == fold],
        )
        for fold in sorted(set(places))
    ]


def _find_spoken(example: Example) -> Marks:
    return np.array([bool(row.goals) for row in example.labels], dtype=bool)


def _fit_gate(examples: Sequence[Example]) -> Weights:
    numbers = [describe_numbers(each.seen) for each in examples]
    spoken = np.concatenate([_find_spoken(each) for each in examples])
    return _fit(examples, numbers, spoken[:, None], strength=GATE_STRENGTH)


def _fit_labels(examples: Sequence[Example]) -> Weights:
    numbers = [describe_rules(each.seen) for each in examples]
    targets = [np.hstack((each.target_elements(NAMES), each.target_steps(), each.target_local())) for each in examples]
    return _fit(examples, numbers, np.concatenate(targets) > 0, strength=LABEL_STRENGTH)


def _fit(examples: Sequence[Example], numbers: Sequence[Array], targets: Marks, *, strength: float) -> Weights:
    """Return a logistic regression for each column of the targets, shape (passages, outputs)."""
    stacked = np.vstack(numbers)
    centre, spread = stacked.mean(axis=0), np.maximum(stacked.std(axis=0), MIN_SPREAD)
    buckets = hash_places([place for each in examples for place in each.seen.places])
    ends = np.cumsum([0, *map(len, buckets)])
    words = csr_matrix((np.ones(ends[-1]), np.concatenate(buckets), ends), shape=(len(buckets), BUCKETS))
    columns = hstack([csr_matrix((stacked - centre) / spread), WORD_SCALE * words]).tocsr()
    fitted = np.array([_fit_output(columns, each, strength) for each in targets.T])
    weights = fitted[:, : stacked.shape[1]] / spread
    return Weights(
        words=(WORD_SCALE * fitted[:, stacked.shape[1] : -1]).T.astype(np.float32),
        numbers=weights.T,
        bias=fitted[:, -1] - weights @ centre,
    )


def _fit_output(columns: csr_matrix, target: Marks, strength: float) -> Array:
    """Return the weights of the columns, then the bias; where all passages are alike, a bias that says so."""
    if target.all() or not target.any():
        return np.append(np.zeros(columns.shape[1]), SURE if target.all() else -SURE)
    model = LogisticRegression(C=strength, max_iter=MAX_ROUNDS, solver="liblinear", random_state=0)
    model.fit(columns, target)
    return np.append(model.coef_[0], model.intercept_[0])


def _fit_heads(examples: Sequence[Example], features: Sequence[dict[str, Features]]) -> Heads:
    targets = [each.target(NAMES) for each in examples]
    fitted: dict[str, Head] = {}
    for kind, labels in {"elements": ELEMENTS, "level": LEVEL_STEPS, "local": (LOCAL,)}.items():
        own = [each[kind] for each in features]
        material = Material(labels, own, [each[kind] for each in targets], [1.0] * len(examples))
        head = fit_head(material)
        predicted = np.concatenate([head.predict(each) for each in own])
        truth = np.concatenate([each[kind] for each in targets])
        fitted[kind] = replace(head, threshold=choose_threshold(predicted, truth, measure=measure_f1))
    return Heads(goals=load_model(RULES).heads.goals, **fitted)  # no goal is asked of it
