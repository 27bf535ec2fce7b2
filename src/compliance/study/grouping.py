"""A study's rows by what they belong to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from compliance.records.grouping import group_by


def group_by_municipality(records: Iterable[Any]) -> dict[str, tuple[Any, ...]]:
    """Return rows of a study by the municipality that each is of."""
    return group_by(records, lambda each: each.municipality)
