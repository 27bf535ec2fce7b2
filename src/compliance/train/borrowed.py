"""Learns which passages are in another's words, and whether the text says so, from readers' labels.

Two logistic regressions (scikit-learn) on named numbers; each becomes a probability by a line fitted on documents that
were held out. A false «copied» hurts someone, so the threshold is chosen by precision first.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from compliance.analyse.attribution.analyser import AttributionReader
from compliance.analyse.attribution.borrowed_features import Numbers, describe_passages
from compliance.analyse.attribution.borrowed_model import Decision, save_borrowed
from compliance.analyse.attribution.cues import SignReader
from compliance.analyse.context import outline_passages
from compliance.analyse.matching.scan import Scanner
from compliance.errors import GoldError, GoldProblem
from compliance.evaluate.gold import GoldSet
from compliance.evaluate.system import make_reading
from compliance.resources import Resources

MIN_DOCUMENTS = 10  # so that each fold has two
FOLDS = 5
STRENGTH = 2.0  # scikit-learn's C; 0.3 to 3 differ by less than 0.01 of F1 on held-out documents
MAX_ROUNDS = 500
MIN_PASSAGES = 3  # that have a number; rarer ones tell of a document, not of how national texts speak
MIN_PRECISION = 0.85  # the rules alone have 0.82 on the same documents: learning must not accuse wrongly more often
THRESHOLDS = np.arange(0.20, 0.901, 0.02)
EVEN = 0.5  # quoted or copied: the likelier

Marks = NDArray[np.bool_]
Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class BorrowedExample:
    """A labelled document: the numbers of its passages, and which are another's and which of these without a source."""

    name: str
    numbers: Sequence[Numbers]
    borrowed: Marks
    copied: Marks


@dataclass(frozen=True, slots=True)
class BorrowedFigures:
    """How passages of documents held out were judged; `kind` is the share of those found whose kind is right."""

    documents: int
    precision: float
    recall: float
    f1: float
    kind: float
    threshold: float


def train_borrowed(golds: Sequence[GoldSet], *, resources: Resources, out: Path) -> BorrowedFigures:
    """Fit on the labelled sets that are not of the test split, and write the model to the file `out`.

    Needs no encoder. Raises GoldError where fewer than MIN_DOCUMENTS have labels.
    """
    chosen = [gold for gold in golds if gold.labels and gold.description.split != "test"]
    if len(chosen) < MIN_DOCUMENTS:
        what = f"treningen trenger minst {MIN_DOCUMENTS} merkede dokumenter; her er {len(chosen)}"
        raise GoldError(GoldProblem(what, Path()))
    borrowed, copied, figures = fit_borrowed(describe_golds(chosen, resources))
    save_borrowed(borrowed, copied, out)
    return figures


def describe_golds(golds: Sequence[GoldSet], resources: Resources) -> list[BorrowedExample]:
    """Return the labelled sets as examples."""
    scanner = Scanner(resources.rules)
    rules = AttributionReader(resources.rules, scanner, fingerprints=resources.fingerprints)
    reader = SignReader(resources.rules, scanner)
    examples = []
    for gold in golds:
        reading = make_reading(gold)
        found = {
            finding.passage_id: finding for finding in rules.read(reading, outline_passages(reading.passages)).findings
        }
        numbers = describe_passages(reading, found, reader=reader)
        kinds = [row.reuse for row in gold.labels or ()]
        marks = np.array([kind != "own" for kind in kinds]), np.array([kind == "copied" for kind in kinds])
        examples.append(BorrowedExample(gold.name, numbers, *marks))
    return examples


def fit_borrowed(examples: Sequence[BorrowedExample]) -> tuple[Decision, Decision, BorrowedFigures]:
    """Return both decisions, fitted on all examples, with the figures of each held out."""
    numbers = [each for example in examples for each in example.numbers]
    borrowed = np.concatenate([example.borrowed for example in examples])
    copied = np.concatenate([example.copied for example in examples])
    folds = np.concatenate([np.full(len(each.numbers), _deal(each.name)) for each in examples])
    every = np.ones_like(borrowed)
    first, likely = _fit(numbers, borrowed, folds, every)
    threshold = choose_careful(borrowed, likely)
    second, likely_copied = _fit(numbers, copied, folds, borrowed)
    given = likely >= threshold
    precision, recall, f1 = measure(borrowed, given)
    hits = given & borrowed
    kind = float(((likely_copied >= EVEN) == copied)[hits].mean()) if hits.any() else 0.0
    figures = BorrowedFigures(len(examples), precision, recall, f1, kind, threshold)
    return _finish(first, threshold), _finish(second, EVEN), figures


def choose_careful(truth: Marks, likely: Scores) -> float:
    """Return the threshold of the best F1 among those with precision from MIN_PRECISION and from recall on."""
    figures = [(measure(truth, likely >= threshold), float(threshold)) for threshold in THRESHOLDS]
    careful = [
        (f1, threshold) for (precision, recall, f1), threshold in figures if precision >= max(recall, MIN_PRECISION)
    ]
    return round(max(careful, default=(0.0, float(THRESHOLDS[-1])))[1], 2)


def measure(truth: Marks, given: Marks) -> tuple[float, float, float]:
    """Return precision, recall and F1."""
    hits = float((truth & given).sum())
    precision, recall = hits / max(1.0, float(given.sum())), hits / max(1.0, float(truth.sum()))
    return precision, recall, 2 * hits / max(1.0, float(truth.sum() + given.sum()))


def _fit(numbers: Sequence[Numbers], truth: Marks, folds: NDArray[np.int64], used: Marks) -> tuple[Decision, Scores]:
    """Fit on the passages in use; return the decision, and each passage's probability with its fold held out."""
    weighed = np.zeros(len(numbers))
    for fold in range(FOLDS):
        decision = _fit_weights(_take(numbers, used & (folds != fold)), truth[used & (folds != fold)])
        for index in np.flatnonzero(folds == fold):
            weighed[index] = decision.weigh(numbers[int(index)])
    line = LogisticRegression(C=1.0, max_iter=MAX_ROUNDS).fit(weighed[used].reshape(-1, 1), truth[used])
    slope, offset = float(line.coef_[0, 0]), float(line.intercept_[0])
    whole = _fit_weights(_take(numbers, used), truth[used])
    likely: Scores = line.predict_proba(weighed.reshape(-1, 1))[:, 1]
    return Decision(whole.weights, whole.bias, slope, offset, EVEN), likely


def _fit_weights(numbers: Sequence[Numbers], truth: Marks) -> Decision:
    counts = Counter(name for each in numbers for name in each)
    kept = [{name: value for name, value in each.items() if counts[name] >= MIN_PASSAGES} for each in numbers]
    table = DictVectorizer()
    columns = table.fit_transform(kept)
    model = LogisticRegression(C=STRENGTH, max_iter=MAX_ROUNDS, random_state=0).fit(columns, truth)
    weights = dict(zip(table.get_feature_names_out(), model.coef_[0].tolist(), strict=True))
    return Decision(weights, float(model.intercept_[0]), 1.0, 0.0, EVEN)


def _take(numbers: Sequence[Numbers], used: Marks) -> list[Numbers]:
    return [numbers[int(index)] for index in np.flatnonzero(used)]


def _finish(decision: Decision, threshold: float) -> Decision:
    return Decision(decision.weights, decision.bias, decision.slope, decision.offset, threshold)


def _deal(name: str) -> int:
    """Return the fold of a document, by its name alone."""
    return int.from_bytes(hashlib.sha256(f"ord:{name}".encode()).digest()[:4], "big") % FOLDS
