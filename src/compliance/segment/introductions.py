"""Which passage introduces a list."""

from __future__ import annotations

from compliance.records import BlockKind


class Introductions:
    """Follows a document in reading order and knows what introduces the list item that comes next.

    The items of a list have the paragraph directly before the list as their introduction; the items of a list within
    a list have the item above them, so that «Kommunen skal:» reaches the innermost item step by step.
    """

    def __init__(self) -> None:
        self._paragraph: str | None = None
        self._items: list[tuple[int, str]] = []  # the open items, outermost first: depth and passage id

    def find(self, depth: int) -> str | None:
        """Return the id of the passage that introduces an item of this depth (1 is outermost)."""
        for item_depth, item_id in reversed(self._items):
            if item_depth < depth:
                return item_id
        return self._paragraph

    def note(self, kind: BlockKind, passage_id: str, *, depth: int) -> None:
        """Take account of a passage that has been made."""
        if kind is BlockKind.LIST_ITEM:
            self._items = [item for item in self._items if item[0] < depth] + [(depth, passage_id)]
        elif kind is BlockKind.PARAGRAPH:
            self._paragraph, self._items = passage_id, []
        elif kind in {BlockKind.HEADING, BlockKind.TABLE_ROW}:
            self._paragraph, self._items = None, []
