"""What a document's passages offer for each label: how surely they speak for it, and what they do about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from compliance.records import DetailKind, DocumentType, Finding, Level, Measure, Stance

Values = NDArray[np.float64]

FLOOR = 0.1  # a probability up to here is silence, so that a sentence on something else adds nothing at all
_MUTE = frozenset({Stance.ASKED, Stance.NAMED, Stance.REJECTED})  # such a clause lifts nothing above 1
_LEVELS, _STANCES, _DETAILS = tuple(Level), tuple(Stance), tuple(DetailKind)  # an enum's own loop is slow
_UPPER = (2, 3, 4)  # ranks of the levels that are among SIGNS
_MAX_DETAILS = 3  # more than these make a measure no more concrete
_MIN_SHARE = 0.02  # nothing is surer than this from certain, whatever the level's model says
SIGNS = (
    *(f"stance_{each}" for each in Stance),
    *(f"detail_{each}" for each in DetailKind),
    *("binds", "concrete", "details", "level_described", "level_commitment", "level_concrete"),
)

# Plans on everything that a municipality does: what they say that sounds like a goal is less often about it.
GENERAL = frozenset(
    {
        DocumentType.SAMFUNNSDEL,
        DocumentType.OKONOMIPLAN,
        DocumentType.ARSBUDSJETT,
        DocumentType.PLANSTRATEGI,
        DocumentType.PLANPROGRAM,
    }
)
KINDS = ("general", "analysis")  # of documents
Kind: TypeAlias = tuple[float, ...]  # 1 for what a document is, in the order of KINDS
ONE_THING: Kind = (0.0,) * len(KINDS)  # a plan on one thing is neither


@dataclass(frozen=True, slots=True)
class Support:
    """One passage that may speak for a label."""

    passage_id: str
    probability: float  # that it does
    signs: tuple[float, ...]  # in the order of SIGNS: what it does about the label
    copied: bool  # another's words
    mute: bool  # copied, only named, asked or rejected: lifts nothing above 1

    @property
    def weight(self) -> float:
        """The probability as it counts."""
        return weigh_probability(self.probability)


def weigh_probability(probability: float) -> float:
    """Return a probability as it counts: 0 up to FLOOR, then rising evenly to 1."""
    return max(0.0, (probability - FLOOR) / (1.0 - FLOOR))


def describe_type(document_type: DocumentType) -> Kind:
    """Return which kind a document of this type is of."""
    return float(document_type in GENERAL), float(document_type is DocumentType.UTREDNING)


def make_support(
    speaking: tuple[str, float], measures: Sequence[Measure], level: Finding | None, *, copied: bool
) -> Support:
    """Return the support that a passage gives a label, from its id and how surely it speaks for it.

    `measures` are its clauses that do, `level` how far it commits; `copied` tells that its words are another's.
    """
    others = copied or (bool(measures) and all(each.copied for each in measures))
    mute = others or all(each.stance in _MUTE or each.copied for each in measures)
    return Support(*speaking, describe_measures(measures, level), others, mute)


def describe_measures(measures: Sequence[Measure], level: Finding | None) -> tuple[float, ...]:
    """Return what the clauses that speak of a label do about it, and how far their passage commits, as SIGNS."""
    levels = _weigh_levels(level.label, level.score) if level else _UNKNOWN_LEVELS
    if not measures:
        return _SILENT + levels
    best = max(measures, key=lambda each: (each.value, len(each.details)))
    kinds = {detail.kind for each in measures if each.value > 2 for detail in each.details}
    return (
        *(float(best.stance is each) for each in _STANCES),
        *(float(each in kinds) for each in _DETAILS),
        float(best.value > 2),
        float(best.value > 3),
        float(min(_MAX_DETAILS, len(best.details))),
        *levels,
    )


@lru_cache(maxsize=4096)  # a passage is described for every label that it may speak for
def _weigh_levels(label: str, score: float) -> tuple[float, ...]:
    """Return how likely a passage reaches each of the upper levels, in logits.

    `label` is its median level and `score` how likely that is.
    """
    rank, rest = _LEVELS.index(Level(label)), (1.0 - score) / 2
    shares = (
        1.0 if each < rank else 1.0 - rest if each == rank else rest if each == rank + 1 else 0.0 for each in _UPPER
    )
    return tuple(find_logit(each) for each in shares)


def find_logit(share: float) -> float:
    """Return a probability as a logit, kept off 0 and 1."""
    share = min(1.0 - _MIN_SHARE, max(_MIN_SHARE, share))
    return float(np.log(share / (1.0 - share)))


_UNKNOWN_LEVELS = tuple(find_logit(0.0) for _ in _UPPER)  # of a passage without a level
_SILENT = (0.0,) * (len(SIGNS) - len(_UPPER))  # of a passage without a clause that speaks of the label
