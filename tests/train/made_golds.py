"""Documents that are quickly learnt: every second passage speaks of data, the others of roads."""

from __future__ import annotations

from compliance.evaluate.gold import Description, GoldPassage, GoldSet, LabelRow
from compliance.records import Level


def make_gold(number: int, *, about_data: str, about_roads: str, split: str | None = "train") -> GoldSet:
    """Return a document of six passages, each with the document's number and its own behind its text."""
    rows = [
        LabelRow(
            id=f"p{index}",
            goals=("EN2",) if index % 2 else (),
            elements=("W10",) if index % 2 else ("W1",),
            level=Level.COMMITMENT if index % 2 else Level.BACKGROUND,
            reuse="own",
            local=not index % 2,
        )
        for index in range(6)
    ]
    texts = [f"{about_data if index % 2 else about_roads} {number}.{index}." for index in range(6)]
    passages = tuple(GoldPassage(f"p{index}", text) for index, text in enumerate(texts))
    return GoldSet(f"plan-{number}", passages, labels=tuple(rows), description=Description(split=split))
