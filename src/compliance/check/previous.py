"""What a new version of a plan has won and lost since the old one: goals, and passages kept, moved, changed or new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from rapidfuzz import fuzz, process

from compliance.records import BlockKind, Passage, Reading, Score, ScoreSubject
from compliance.report.views.steps import is_sure

# RapidFuzz ratio, 0 to 100, of two passages in lower case. 95 leaves room for a comma, a year or an inflection; below
# 70 two sentences of a plan are about as alike as any two that share the plan's usual words.
_SAME, _CHANGED = 95, 70
_MIN_WORDS = 4  # a shorter line («Mål», «Tiltak 2026») comes again by chance


class Fate(StrEnum):
    """What became of a passage from one version to the next."""

    KEPT = "kept"
    MOVED = "moved"  # the same words under another heading
    CHANGED = "changed"
    NEW = "new"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class PassageChange:
    """One passage of either version; `old` is None for what is new, `new` for what is removed."""

    fate: Fate
    old: Passage | None
    new: Passage | None


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """A goal whose score differs between the versions, 0 to 4 each."""

    goal: str
    before: int
    after: int
    unsure: bool  # either score is unsure: the change may be none


@dataclass(frozen=True, slots=True)
class VersionChanges:
    """A new version held against the old one."""

    goals: tuple[ScoreChange, ...]  # biggest gain first, biggest loss last
    passages: tuple[PassageChange, ...]  # those of the new version in its order, then the removed ones in the old order

    def count(self, fate: Fate) -> int:
        """Return how many passages met this fate."""
        return sum(each.fate is fate for each in self.passages)


def compare_versions(old: Reading, new: Reading, *, scores: Sequence[Score]) -> VersionChanges:
    """Hold a new version of a plan against the old one. `scores` are those of both documents."""
    return VersionChanges(_compare_scores(old, new, scores), _compare_passages(old.passages, new.passages))


def _compare_scores(old: Reading, new: Reading, scores: Sequence[Score]) -> tuple[ScoreChange, ...]:
    goals = [each for each in scores if each.subject is ScoreSubject.GOAL]
    before, after = (
        {each.label: each for each in goals if each.document_id == reading.document.id} for reading in (old, new)
    )
    changes = [
        ScoreChange(goal, before[goal].value, now.value, unsure=not (is_sure(before[goal]) and is_sure(now)))
        for goal, now in after.items()
        if goal in before and before[goal].value != now.value
    ]
    return tuple(sorted(changes, key=lambda change: change.before - change.after))


def _compare_passages(old: Sequence[Passage], new: Sequence[Passage]) -> tuple[PassageChange, ...]:
    old, new = ([each for each in passages if _is_comparable(each)] for passages in (old, new))
    matches = _match(old, new)
    changes = [_tell_fate(old[matches[number]] if number in matches else None, each) for number, each in enumerate(new)]
    matched = set(matches.values())
    gone = [PassageChange(Fate.REMOVED, each, None) for number, each in enumerate(old) if number not in matched]
    return (*changes, *gone)


def _is_comparable(passage: Passage) -> bool:
    return passage.kind is not BlockKind.HEADING and len(passage.text.split()) >= _MIN_WORDS


def _match(old: Sequence[Passage], new: Sequence[Passage]) -> dict[int, int]:
    """Return for passages of the new version the one of the old that each is most like; each is used once."""
    if not old or not new:
        return {}
    texts = ([" ".join(each.text.lower().split()) for each in passages] for passages in (new, old))
    likeness = process.cdist(*texts, scorer=fuzz.ratio, score_cutoff=_CHANGED)
    matches: dict[int, int] = {}
    taken: set[int] = set()
    for flat in np.argsort(-likeness, axis=None, kind="stable"):
        row, column = divmod(int(flat), likeness.shape[1])
        if likeness[row, column] < _CHANGED:
            break
        if row not in matches and column not in taken:
            matches[row] = column
            taken.add(column)
    return matches


def _tell_fate(old: Passage | None, new: Passage) -> PassageChange:
    if old is None:
        return PassageChange(Fate.NEW, None, new)
    same = fuzz.ratio(" ".join(old.text.lower().split()), " ".join(new.text.lower().split())) >= _SAME
    if not same:
        return PassageChange(Fate.CHANGED, old, new)
    return PassageChange(Fate.KEPT if _ends_alike(old.section, new.section) else Fate.MOVED, old, new)


def _ends_alike(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether two passages are under the same innermost heading, but for its number."""
    first, second = ((section[-1].lstrip("0123456789. ").lower() if section else "") for section in (old, new))
    return first == second
