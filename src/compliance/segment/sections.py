"""The headings that stand above a passage."""

from __future__ import annotations


class HeadingStack:
    """Follows a document's headings in reading order and knows which of them apply."""

    def __init__(self) -> None:
        self._open: list[tuple[int, str]] = []

    @property
    def path(self) -> tuple[str, ...]:
        """The headings above the present place, outermost first."""
        return tuple(text for _, text in self._open)

    def enter(self, heading: str, *, level: int) -> tuple[str, ...]:
        """Open a heading and return those above it; a heading closes every one of its own level or deeper."""
        while self._open and self._open[-1][0] >= level:
            self._open.pop()
        above = self.path
        self._open.append((level, heading))
        return above
