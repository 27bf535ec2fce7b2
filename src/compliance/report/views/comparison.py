"""Two wordings side by side: which words stand on one side only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from rapidfuzz.distance import Indel

from compliance.report.views.quotes import Piece

WORD: Final = re.compile(r"\S+")
EDGES: Final = ".,;:!?()[]«»\"'“”’–-•"


def compare_wordings(own: str, source: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return both texts in runs of words, those that the other lacks marked; case and punctuation do not count."""
    own_words, source_words = WORD.findall(own), WORD.findall(source)
    steps = Indel.opcodes([_fold(word) for word in own_words], [_fold(word) for word in source_words])
    own_marks = ((own_words[step.src_start : step.src_end], step.tag != "equal") for step in steps)
    source_marks = ((source_words[step.dest_start : step.dest_end], step.tag != "equal") for step in steps)
    return _join(own_marks), _join(source_marks)


def _fold(word: str) -> str:
    return word.strip(EDGES).casefold() or word


def _join(runs: Iterable[tuple[Sequence[str], bool]]) -> tuple[Piece, ...]:
    """Return the runs as pieces, neighbours of the same kind joined, a space between pieces."""
    words: list[tuple[list[str], bool]] = []
    for run, marked in runs:
        if not run:
            continue
        if words and words[-1][1] is marked:
            words[-1][0].extend(run)
        else:
            words.append((list(run), marked))
    return tuple(Piece(" ".join(run), marked) for run, marked in words)
