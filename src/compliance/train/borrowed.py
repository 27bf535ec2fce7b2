"""Learns which passages are in another's words, and whether the text says so, from readers' labels.

Two logistic regressions (scikit-learn) on named numbers; each becomes a probability by a line fitted on documents that
were held out. A third reads the encoder's vectors of the tenth of passages that the first leaves open. A false «copied»
hurts someone, so the threshold is chosen by precision first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from compliance.analyse.attribution.analyser import AttributionReader
from compliance.analyse.attribution.borrowed_features import Numbers, describe_passages
from compliance.analyse.attribution.borrowed_model import BorrowedModel, CloserLook, Decision, logit, save_borrowed
from compliance.analyse.attribution.cues import SignReader
from compliance.analyse.context import outline_passages
from compliance.analyse.matching.scan import Scanner
from compliance.evaluate.gold import GoldSet
from compliance.evaluate.system import make_reading
from compliance.resources import Resources
from compliance.text.embedding.encoder import Encoder, Prefix
from compliance.train.examples import choose_labelled, deal

MIN_DOCUMENTS = 10  # so that each fold has two
FOLDS = 5
STRENGTH = 2.0  # scikit-learn's C; 0.3 to 3 differ by less than 0.01 of F1 on held-out documents
MAX_ROUNDS = 500
MIN_PASSAGES = 3  # that have a number; rarer ones tell of a document, not of how national texts speak
FLOOR = 0.02  # of the first reading; a tenth of all passages have more, and nine of ten borrowed ones
VECTOR_VALUE, LOGIT_VALUE = 3.0, 0.5  # of a unit vector and of a logit beside it, for the ridge to hold them down alike
MIN_PRECISION = 0.85  # the rules alone have 0.82 on the same documents: learning must not accuse wrongly more often
THRESHOLDS = np.arange(0.20, 0.901, 0.02)
EVEN = 0.5  # quoted or copied: the likelier

Marks = NDArray[np.bool_]
Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class BorrowedExample:
    """A labelled document: the numbers of its passages, and which are another's and which of these without a source."""

    name: str
    texts: Sequence[str]
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

    The encoder reads a tenth of the passages. Raises GoldError where fewer than MIN_DOCUMENTS have labels.
    """
    chosen = choose_labelled(golds, least=MIN_DOCUMENTS)
    model, figures = fit_borrowed(describe_golds(chosen, resources), encoder=resources.encoder)
    save_borrowed(model, out)
    return figures


def describe_golds(golds: Sequence[GoldSet], resources: Resources) -> list[BorrowedExample]:
    """Return the labelled sets as examples."""
    scanner = Scanner(resources.rules)
    rules = AttributionReader(resources.rules, scanner, fingerprints=resources.fingerprints)
    reader = SignReader(resources.rules, scanner)
    examples = []
    for gold in golds:
        reading = make_reading(gold)
        found = rules.read(reading, outline_passages(reading.passages)).borrowed
        numbers = describe_passages(reading, found, reader=reader)
        kinds = [row.reuse for row in gold.labels or ()]
        marks = np.array([kind != "own" for kind in kinds]), np.array([kind == "copied" for kind in kinds])
        examples.append(BorrowedExample(gold.name, [each.text for each in reading.passages], numbers, *marks))
    return examples


def fit_borrowed(examples: Sequence[BorrowedExample], *, encoder: Encoder) -> tuple[BorrowedModel, BorrowedFigures]:
    """Return the model, fitted on all examples, with its figures on each held out."""
    numbers = [each for example in examples for each in example.numbers]
    borrowed = np.concatenate([example.borrowed for example in examples])
    copied = np.concatenate([example.copied for example in examples])
    folds = np.concatenate([np.full(len(each.numbers), deal(f"ord:{each.name}", FOLDS)) for each in examples])
    first, likely = _fit(numbers, borrowed, folds, np.ones_like(borrowed))
    texts = [text for example in examples for text in example.texts]
    closer, likely = _fit_closer(texts, likely, borrowed, folds, encoder)
    second, likely_copied = _fit(numbers, copied, folds, borrowed)
    threshold = choose_careful(borrowed, likely)
    given = likely >= threshold
    precision, recall, f1 = measure(borrowed, given)
    hits = given & borrowed
    kind = float(((likely_copied >= EVEN) == copied)[hits].mean()) if hits.any() else 0.0
    figures = BorrowedFigures(len(examples), precision, recall, f1, kind, threshold)
    closer = replace(closer, threshold=threshold) if closer else None
    return BorrowedModel(_finish(first, threshold), _finish(second, EVEN), "", closer), figures


def _fit_closer(
    texts: Sequence[str], likely: Scores, truth: Marks, folds: NDArray[np.int64], encoder: Encoder
) -> tuple[CloserLook | None, Scores]:
    """Fit on the passages that the first reading leaves open; return each one's probability with its fold held out.

    `likely` are the first reading's probabilities, held out as well. What it leaves out is not borrowed. None where it
    leaves too little open to learn from.
    """
    asked = np.flatnonzero(likely >= FLOOR)
    if any(len(np.unique(truth[asked[folds[asked] != fold]])) == 1 for fold in range(FOLDS)):
        return None, likely
    vectors = encoder.encode([texts[int(row)] for row in asked], prefix=Prefix.QUERY)
    logits = np.array([logit(float(likely[row])) for row in asked])
    table = np.hstack([LOGIT_VALUE * logits[:, None], VECTOR_VALUE * vectors])
    held_out: Scores = np.zeros_like(likely)
    for fold in range(FOLDS):
        inside = folds[asked] == fold
        if inside.any():
            held_out[asked[inside]] = _fit_table(table[~inside], truth[asked[~inside]]).predict_proba(table[inside])[
                :, 1
            ]
    whole = _fit_table(table, truth[asked])
    weights = whole.coef_[0]
    closer = CloserLook(
        encoder=encoder.revision,
        floor=FLOOR,
        weight=float(weights[0]) * LOGIT_VALUE,
        vector=(weights[1:] * VECTOR_VALUE).astype(np.float32),
        bias=float(whole.intercept_[0]),
        threshold=EVEN,
    )
    return closer, held_out


def _fit_table(table: NDArray[np.float64], truth: Marks) -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, max_iter=MAX_ROUNDS, random_state=0).fit(table, truth)


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
