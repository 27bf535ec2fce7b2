"""Logistic regression as all document scores are learnt by (Pedregosa et al. 2011, scikit-learn)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from compliance.score.support import Values

MAX_ROUNDS = 1000
SURE = 4.0  # logits, where all rows are alike


def fit_logistic(
    columns: Values | csr_matrix, wanted: NDArray[np.bool_], counts: Values | None, strength: float
) -> tuple[Values, float]:
    """Return weights and bias; a bias alone where all rows are alike."""
    if wanted.all() or not wanted.any():
        return np.zeros(columns.shape[1]), SURE if wanted.all() else -SURE
    fitted = LogisticRegression(C=strength, max_iter=MAX_ROUNDS).fit(columns, wanted, sample_weight=counts)
    return fitted.coef_[0], float(fitted.intercept_[0])
