"""Records by what they belong to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

T = TypeVar("T")


def group_by(items: Iterable[T], key: Callable[[T], str]) -> dict[str, list[T]]:
    """Return the items by their key, each group in their order."""
    groups: dict[str, list[T]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return groups


def group_by_municipality(records: Iterable[Any]) -> dict[str, list[Any]]:
    """Return rows of a study by the municipality that each is of."""
    return group_by(records, lambda each: each.municipality)
