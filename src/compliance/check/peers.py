"""How comparable municipalities treat the goals of a draft: passages to read, never sentences to copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from compliance.records import Certainty, Reading, Results, Score, ScoreSubject
from compliance.report.views.steps import SHALL

MAX_PASSAGES = 2  # a goal: enough to see two ways of doing it


@dataclass(frozen=True, slots=True)
class PeerPassage:
    """The best passage of another municipality's plan about a goal."""

    reading: Reading
    passage_id: str
    score: int  # of that plan on the goal, 0 to 4


@dataclass(frozen=True, slots=True)
class GoalAmongPeers:
    """One goal of the draft among comparable plans."""

    goal: str
    score: int  # the draft's, 0 to 4
    speaking: int  # how many of the plans speak of it
    binding: int  # how many of them bind themselves
    plans: int  # how many there are
    passages: tuple[PeerPassage, ...]  # from the plans that go furthest and are sure, one a municipality


def compare_with_peers(draft: Reading, peers: Sequence[Reading], *, results: Results) -> tuple[GoalAmongPeers, ...]:
    """Return each goal of the draft as comparable plans treat it, in the order of the goals."""
    ids = {peer.document.id for peer in peers}
    goals = [each for each in results.scores if each.subject is ScoreSubject.GOAL]
    own = [each for each in goals if each.document_id == draft.document.id]
    theirs = [each for each in goals if each.document_id in ids]
    by_id = {peer.document.id: peer for peer in peers}
    return tuple(_place(each, [peer for peer in theirs if peer.label == each.label], by_id) for each in own)


def _place(own: Score, peers: Sequence[Score], by_id: dict[str, Reading]) -> GoalAmongPeers:
    sure = [each for each in peers if each.passage_ids and each.certainty is not Certainty.UNSURE]
    best = sorted((each for each in sure if each.value), key=lambda each: -each.value)
    passages: dict[str, PeerPassage] = {}
    for each in best:
        reading = by_id[each.document_id]
        municipality = reading.profile.municipality
        name = municipality.value if municipality else reading.document.id
        passages.setdefault(name, PeerPassage(reading, each.passage_ids[0], each.value))
    return GoalAmongPeers(
        goal=own.label,
        score=own.value,
        speaking=sum(each.value > 0 for each in peers),
        binding=sum(each.value >= SHALL for each in peers),
        plans=len(peers),
        passages=tuple(passages.values())[:MAX_PASSAGES],
    )
