"""Learns how surely passages speak for labels, from the passages that readers of whole documents listed.

A linear reading of the passage's meaning for each label (ridge regression), then one logistic regression over all
labels of a kind, in which what is a label's own is held small.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from compliance.score.meaning import Directions
from compliance.score.support import Support, Values
from compliance.score.touch import (
    MEANT,
    NUMBERS,
    Offer,
    TouchHead,
    describe_candidates,
    list_own,
    measure_nearness,
)
from compliance.train.logistic import fit_logistic

DIRECTIONS = 64  # 48 to 128 differ by less than the folds do; all 384 are worse
RIDGE = 300.0  # 100 to 1000 differ by less than the folds do
PARTS = 8  # of the documents, each read by what was learnt from the others
TOUCH_STRENGTH = 0.3  # scikit-learn's C, by document held out
UNLISTED_WEIGHT = 0.05  # of a passage that a reader did not list: three were listed at most
OWN_SCALES = np.array([0.7, 0.5, 0.35])  # of a label's own bias and slopes: the smaller, the more the labels are alike
_MIN_SPREAD = 1e-6


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reader gave a label, and the passages that were listed for it."""

    value: int
    passages: tuple[str, ...]

    def weigh(self, passage_id: str) -> float:
        """Return how much it counts whether the passage is listed."""
        return 1.0 if passage_id in self.passages or not self.value else UNLISTED_WEIGHT


Answers = Mapping[str, Answer]  # by label


@dataclass(frozen=True, slots=True)
class LearntTouch:
    """A head with its parts: each has read none of every PARTS-th document."""

    head: TouchHead
    parts: tuple[TouchHead, ...]

    def weigh_learnt(self, number: int, offer: Offer) -> dict[str, list[Support]]:
        """Return the support in a document that the head was learnt from, by what was learnt without it."""
        return self.parts[number % PARTS].weigh(offer)


def fit_directions(vectors: Sequence[NDArray[np.float32]], *, encoder: str) -> Directions:
    """Return the directions in which the vectors of all these documents' passages differ most (no labels are used).

    They are as long as makes a number of a vector vary by 1 on average: RIDGE is of that size.
    """
    table = np.vstack(vectors).astype(np.float64)
    centre = table.mean(axis=0)
    spread = max(_MIN_SPREAD, float(np.sqrt((table - centre).var(axis=0).mean())))
    _, _, rows = np.linalg.svd(table - centre, full_matrices=False)
    signs = np.sign(rows[np.arange(len(rows)), np.abs(rows).argmax(axis=1)])  # which way a row points is chance
    return Directions(encoder, centre, (rows * signs[:, None])[:DIRECTIONS] / spread)


def fit_touch(documents: Sequence[tuple[Offer, Answers]]) -> LearntTouch:
    """Return the head learnt from what documents offer and what readers answered."""
    labels = sorted({label for _, answers in documents for label in answers})
    near, near_parts = _fit_nearness(documents, labels)
    columns, owners, listed, counts = [], [], [], []
    for number, (offer, answers) in enumerate(documents):
        nearness = measure_nearness(near_parts[number % PARTS], offer.meanings)
        for label, answer in answers.items():
            candidates = offer.list_candidates(label, nearness.get(label, {}))
            if candidates:
                columns.append(describe_candidates(candidates, nearness.get(label, {})))
                owners += [labels.index(label)] * len(candidates)
                listed += [each.support.passage_id in answer.passages for each in candidates]
                counts += [answer.weigh(each.support.passage_id) for each in candidates]
    head = _fit_head(labels, np.vstack(columns), owners, np.array(listed), np.array(counts))
    return LearntTouch(replace(head, near=near), tuple(replace(head, near=each) for each in near_parts))


def _fit_head(
    labels: Sequence[str], numbers: Values, owners: Sequence[int], listed: NDArray[np.bool_], counts: Values
) -> TouchHead:
    """Return the head of candidates in rows, each of a label; it is near nothing yet."""
    own = list_own(numbers) * OWN_SCALES
    rows = np.arange(len(owners))
    each_own = [csr_matrix((column, (rows, owners)), shape=(len(owners), len(labels))) for column in own.T]
    weights, bias = fit_logistic(hstack([csr_matrix(numbers), *each_own]).tocsr(), listed, counts, TOUCH_STRENGTH)
    shared = len(NUMBERS) + len(MEANT)
    rest = weights[shared:].reshape(len(OWN_SCALES), len(labels)).T * OWN_SCALES
    return TouchHead({}, weights[:shared], bias, dict(zip(labels, rest, strict=True)))


def _fit_nearness(
    documents: Sequence[tuple[Offer, Answers]], labels: Sequence[str]
) -> tuple[dict[str, Values], list[dict[str, Values]]]:
    """Return each label's reading of meanings, from all documents, then from those outside each part.

    Readings are in deviations from the mean over the documents, each read by what was learnt outside its part.
    """
    if not any(offer.meanings for offer, _ in documents):
        return {}, [{} for _ in range(PARTS)]
    tables = [_tabulate(offer, answers, labels) for offer, answers in documents]
    sums = [
        _sum_products([each for number, each in enumerate(tables) if number % PARTS == part]) for part in range(PARTS)
    ]
    squares, products = (np.asarray(sum(each)) for each in zip(*sums, strict=True))
    whole = _solve(squares, products)
    parts = [_solve(squares - own, products - own_products) for own, own_products in sums]
    read = np.vstack([table[0] @ parts[number % PARTS].T for number, table in enumerate(tables) if len(table[0])])
    mean, spread = read.mean(axis=0), np.maximum(read.std(axis=0), _MIN_SPREAD)

    def scale(weights: Values) -> dict[str, Values]:
        scaled = weights.copy()
        scaled[:, -1] -= mean
        return dict(zip(labels, scaled / spread[:, None], strict=True))

    return scale(whole), [scale(each) for each in parts]


_Table = tuple[Values, Values, Values]  # meanings with a constant, whether listed, how much that counts


def _tabulate(offer: Offer, answers: Answers, labels: Sequence[str]) -> _Table:
    passages = [*offer.meanings]
    numbers = np.array([(*each, 1.0) for each in offer.meanings.values()])
    known = [answers.get(label, Answer(1, ())) for label in labels]  # of one not asked for, next to nothing is known
    listed = np.array([[each in answer.passages for answer in known] for each in passages], dtype=np.float64)
    counts = np.array([[answer.weigh(each) for answer in known] for each in passages])
    return numbers, listed, counts


def _sum_products(tables: Sequence[_Table]) -> tuple[Values, Values]:
    """Return the weighted sums that a ridge regression is solved from, for each label."""
    read = [each for each in tables if len(each[0])]
    if not read:
        return np.zeros(()), np.zeros(())
    numbers, listed, counts = (np.vstack([each[place] for each in read]) for place in range(3))
    squares = np.array([(numbers * counts[:, label : label + 1]).T @ numbers for label in range(counts.shape[1])])
    return squares, (counts * listed).T @ numbers


def _solve(squares: Values, products: Values) -> Values:
    """Return the weights of each label, shape (labels, directions + 1)."""
    penalty = np.eye(squares.shape[-1]) * RIDGE
    penalty[-1, -1] = _MIN_SPREAD  # the constant is free
    return np.asarray(np.linalg.solve(squares + penalty, products[:, :, None])[:, :, 0])
