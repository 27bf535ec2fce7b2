"""Records by what they belong to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from typing import Protocol, TypeVar


class OfDocument(Protocol):
    """A record of one document."""

    @property
    def document_id(self) -> str:
        """The document's id."""


ItemT = TypeVar("ItemT")
KeyT = TypeVar("KeyT", bound=Hashable)
RecordT = TypeVar("RecordT", bound=OfDocument)


def group_by(items: Iterable[ItemT], key: Callable[[ItemT], KeyT]) -> dict[KeyT, tuple[ItemT, ...]]:
    """Return the items by their key, each group in their order."""
    groups: defaultdict[KeyT, list[ItemT]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return {name: tuple(members) for name, members in groups.items()}


def group_by_document(records: Iterable[RecordT]) -> dict[str, tuple[RecordT, ...]]:
    """Return the records by the document that each is of."""
    return group_by(records, lambda record: record.document_id)
