"""Passages on which the system became right or wrong between two measurements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from compliance.evaluate.gold import LabelRow, PassageLabels

YES, NO = "ja", "nei"
SAID = {True: "rett", False: "galt"}
CHOICES = ("level", "reuse")  # parts of which a passage has exactly one
SETS = ("goals", "elements")  # parts of which a passage has any number: each label is judged by itself


@dataclass(frozen=True, slots=True)
class Flip:
    """One judgement that was right and is wrong, or the reverse."""

    document: str  # the gold set's name
    passage_id: str  # a case's name where the part is "facts"
    label: str  # the part, with what was judged: "goals DA1", "level"
    gold: str  # the right answer
    before: str
    now: str

    @property
    def is_worse(self) -> bool:
        """Tell whether it was right and is wrong."""
        return self.before == self.gold

    def describe(self) -> str:
        """Return the flip on one line."""
        where = f"{self.document} {self.passage_id}"
        return f"{where}: {self.label}: fasit {self.gold}, før {self.before}, nå {self.now}"


def find_flips(document: str, rows: Sequence[tuple[LabelRow, PassageLabels, PassageLabels]]) -> Iterator[Flip]:
    """Yield the flips among (gold, before, now), in the passages' order."""
    for gold, before, now in rows:
        for label, answer, old, new in _judge(gold, before, now):
            if (old == answer) != (new == answer):
                yield Flip(document, gold.id, label, answer, old, new)


def find_fact_flips(
    document: str,
    before: Mapping[str, Mapping[str, bool]],
    now: Mapping[str, Mapping[str, bool]],
    *,
    part: str = "facts",
) -> Iterator[Flip]:
    """Yield the fields of the cases that flipped."""
    for case, facts in now.items():
        for field, right in facts.items():
            was_right = before.get(case, {}).get(field, right)
            if was_right != right:
                yield Flip(document, case, f"{part} {field}", SAID[True], *(SAID[each] for each in (was_right, right)))


def _judge(gold: PassageLabels, before: PassageLabels, now: PassageLabels) -> Iterator[tuple[str, str, str, str]]:
    """Yield each judgement of a passage: what it is of, the right answer, the one before and the one now."""
    for part in SETS:
        given = [getattr(row, part) for row in (gold, before, now)]
        for label in sorted({label for each in given for label in each}):
            answer, old, new = (YES if label in each else NO for each in given)
            yield f"{part} {label}", answer, old, new
    for part in CHOICES:
        answer, old, new = (str(getattr(row, part)) for row in (gold, before, now))
        yield part, answer, old, new
    if all(row.reuse != "own" for row in (gold, before, now)):  # the source is judged among the found
        answer, old, new = (str(row.source or NO) for row in (gold, before, now))
        yield "source", answer, old, new
    answer, old, new = (YES if row.local else NO for row in (gold, before, now))
    yield "local", answer, old, new
