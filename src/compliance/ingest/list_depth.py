"""How deep a list item lies, where a format tells it only by indentation and bullets."""

from __future__ import annotations

from compliance.ingest.patterns import ListMarker


class ListDepth:
    """Follows the items of a list and gives each its depth, from 1."""

    def __init__(self) -> None:
        self._open: list[tuple[float, str]] = []

    def place(self, marker: ListMarker, *, indent: float, slack: float = 1) -> int:
        """Return the depth of the next item.

        Items that start further to the right than `slack` (in the unit of `indent`) lie deeper; at the same place, a
        new kind of marker opens a list within the list, and an earlier kind closes it.
        """
        kind = _marker_kind(marker)
        while self._open and self._open[-1][0] > indent + slack:
            self._open.pop()
        aligned = [known for place, known in self._open if abs(place - indent) <= slack]
        if kind in aligned:
            while self._open[-1][1] != kind:
                self._open.pop()
        else:
            self._open.append((indent, kind))
        return len(self._open)

    def close(self) -> None:
        """Take account of something that is no list item: the next item opens a new list."""
        self._open.clear()


def _marker_kind(marker: ListMarker) -> str:
    if not marker.numbered:
        return marker.marker
    inner = marker.marker.strip("().")
    form = "1" if inner[0].isdigit() else "a"
    return marker.marker.replace(inner, form)
