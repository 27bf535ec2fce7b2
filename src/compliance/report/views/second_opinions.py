"""What a second reader says beside ours: shown, and counted in nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from compliance.guidelines.sets import Goal
from compliance.records import ReaderOutcome, SecondReading, Task
from compliance.report.context import ReportContext
from compliance.report.document_results import DocumentResults
from compliance.report.views.phrases import Phrase, name_short
from compliance.report.views.quotes import Quote, quote_span

MAX_OPINIONS: Final = 6  # on the page; the spreadsheet has the rest
QUOTE_CHARS: Final = 240


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """One goal of one passage as both readers see it."""

    goal: str
    title: Phrase
    passage_id: str
    quote: Quote  # the words that the other reader rests on are marked
    ours: bool  # whether we give the passage the goal
    probability: float | None  # ours; None where the goal was not in doubt
    theirs: bool | None  # None: no opinion

    @property
    def differs(self) -> bool:
        """Whether the two see it differently."""
        return self.theirs is not None and self.theirs is not self.ours


@dataclass(frozen=True, slots=True)
class SecondReader:
    """The other reader of a document, and all that it says."""

    models: str
    addresses: str  # where text was sent; empty where none was
    asked: int  # passages
    answered: int
    silent: tuple[tuple[ReaderOutcome, int], ...]  # passages without an opinion, by what became of them
    opinions: tuple[SecondOpinion, ...]

    @property
    def differing(self) -> tuple[SecondOpinion, ...]:
        """What the two see differently."""
        return tuple(each for each in self.opinions if each.differs)


def show_second_reader(plan: DocumentResults, *, context: ReportContext) -> SecondReader | None:
    """Return the other reader's view of a document; None where no passage was to be asked about."""
    readings = [each for each in plan.second_readings if each.passage_id in plan.passages]
    if not readings:
        return None
    goals = {goal.id: goal for each in context.guidelines for goal in each.goals}
    given: dict[str, set[str]] = {}
    for (task, label), findings in plan.findings.items():
        if task is Task.GOALS:
            for finding in findings:
                given.setdefault(finding.passage_id, set()).add(label)
    outcomes = [each.outcome for each in readings]
    silent = [outcome for outcome in ReaderOutcome if outcome is not ReaderOutcome.ANSWERED and outcome in outcomes]
    return SecondReader(
        models=", ".join(sorted({each.model for each in readings})),
        addresses=", ".join(sorted({each.address for each in readings if each.address})),
        asked=len(readings),
        answered=outcomes.count(ReaderOutcome.ANSWERED),
        silent=tuple((outcome, outcomes.count(outcome)) for outcome in silent),
        opinions=tuple(
            opinion
            for reading in readings
            for opinion in _compare(plan, reading, given.get(reading.passage_id, set()), goals, context)
        ),
    )


def find_opinions(plan: DocumentResults) -> dict[tuple[str, str], bool]:
    """Return whether the other reader gives a goal, by passage and goal, where it has an opinion on a doubt."""
    return {
        (reading.passage_id, goal): goal in {each.goal for each in reading.goals}
        for reading in plan.second_readings
        if reading.outcome is ReaderOutcome.ANSWERED
        for goal, _ in reading.doubts
    }


def _compare(
    plan: DocumentResults, reading: SecondReading, ours: set[str], goals: Mapping[str, Goal], context: ReportContext
) -> Iterator[SecondOpinion]:
    """Yield every goal that either reader gives the passage, or that was in doubt."""
    doubts = dict(reading.doubts)
    theirs = {each.goal: (each.start, each.end) for each in reading.goals}
    passage = plan.passages[reading.passage_id]
    for goal in dict.fromkeys([*doubts, *theirs, *sorted(ours)]):
        if goal in goals:
            marks = [theirs[goal]] if goal in theirs else []
            span = (passage.start, passage.end)
            yield SecondOpinion(
                goal=goal,
                title=name_short(goals[goal], context.texts.language),
                passage_id=passage.id,
                quote=quote_span(plan, passage, span, marks=marks, texts=context.texts, max_chars=QUOTE_CHARS),
                ours=goal in ours,
                probability=doubts.get(goal),
                theirs=goal in theirs if reading.outcome is ReaderOutcome.ANSWERED else None,
            )
