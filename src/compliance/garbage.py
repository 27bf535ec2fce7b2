"""How often Python looks for what nobody refers to any more."""

from __future__ import annotations

import gc

# Objects made between two looks, then looks of each kind until one goes further back. Python's own 700 and 10 make it
# walk through a document's findings hundreds of times: an eighth of the work with every vector kept
# (docs/performance.md). Records refer to each other in no circles, so that they go without any look.
_OBJECTS, _YOUNG, _MIDDLE = 250_000, 4, 20


def look_seldom() -> None:
    """Let this process look for circles of dead objects seldom."""
    gc.set_threshold(_OBJECTS, _YOUNG, _MIDDLE)
