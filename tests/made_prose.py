"""Text that tests of reuse are built of."""

from __future__ import annotations

import random

GOAL = "Vi skal bygge trygge digitale tjenester for alle innbyggerne"  # a short goal: nine words
COPIED = (
    "Vi bygger tjenestene rundt hendelsene i livet til folk, og ikke rundt avdelingene i rådhuset. "
    "Den som får barn, flytter eller mister noen, skal møte kommunen én gang og slippe å fortelle det samme på nytt."
)


def filler(seed: int, words: int = 60) -> str:
    """Prose without meaning that shares no five words in a row with other filler."""
    draw = random.Random(seed)
    return " ".join("".join(draw.choices("abdefgiklmnoprstuvy", k=draw.randint(3, 9))) for _ in range(words))
