"""The second reader: which passages it is asked about, and what comes of each."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from compliance.config import SecondReaderConfig
from compliance.guidelines.sets import Goal
from compliance.records import Finding, Level, Method, Passage, ReaderOutcome, Reading, SecondGoal, SecondReading, Task
from compliance.second_reader.answer import Opinion, check_answer
from compliance.second_reader.cache import AnswerCache
from compliance.second_reader.prompt import Prompt, Question, make_question
from compliance.second_reader.reply import Endpoint, Failure

SECONDS_PER_MINUTE = 60
_DOUBTED = frozenset({Task.GOALS, Task.REVIEW})


@dataclass(frozen=True, slots=True)
class Doubt:
    """A passage that is to be asked about, with the goals that are hard to call."""

    passage: Passage
    reading: Reading
    goals: tuple[tuple[str, float], ...]  # with our probabilities, the likeliest first


def find_doubts(reading: Reading, findings: Iterable[Finding], *, config: SecondReaderConfig) -> tuple[Doubt, ...]:
    """Return the document's passages with a goal between `ask_from` and `ask_below`, in their order.

    Only a model's goals: a score of the rules is no probability.
    """
    doubted: dict[str, dict[str, float]] = {}
    for each in findings:
        if each.task in _DOUBTED and each.method is Method.MODEL and config.ask_from <= each.score < config.ask_below:
            doubted.setdefault(each.passage_id, {})[each.label] = each.score
    return tuple(
        Doubt(passage, reading, tuple(sorted(doubted[passage.id].items(), key=lambda goal: -goal[1])))
        for passage in reading.passages
        if passage.id in doubted
    )


@dataclass(slots=True)
class SecondReader:
    """Asks about passages one by one, each answer kept at once, until it is done or has to be given up."""

    config: SecondReaderConfig
    endpoint: Endpoint
    cache: AnswerCache
    prompt: Prompt
    clock: Callable[[], float] = time.monotonic  # seconds
    _failed: int = field(default=0, init=False)  # passages in a row without contact
    _given_up: str = field(default="", init=False)  # why no more is asked
    _deadline: float | None = field(default=None, init=False)

    def read(self, doubt: Doubt, goals: Sequence[Goal]) -> SecondReading:
        """Return what the reader says of the passage; raises nothing for what the endpoint does or leaves undone."""
        ids = frozenset(goal.id for goal in goals)
        question = make_question(
            doubt.passage,
            doubt.reading,
            instruction=self.prompt.instruct(goals),
            goal_ids=[goal.id for goal in goals],
        )
        return self._recall(doubt, question, ids) or self._ask(doubt, question, ids)

    def _recall(self, doubt: Doubt, question: Question, ids: AbstractSet[str]) -> SecondReading | None:
        """Return what the reader said of just this before, None where it did not or where that does not hold."""
        kept = self.cache.find(self.config.model, question.sha256)
        opinion = check_answer(kept.content, doubt.passage, goal_ids=ids) if kept else None
        if kept is None or not isinstance(opinion, Opinion):
            return None
        return self._note(doubt, question, opinion, address=kept.address)

    def _ask(self, doubt: Doubt, question: Question, ids: AbstractSet[str]) -> SecondReading:
        self._look_at_the_clock()
        if self._given_up:
            return self._note(doubt, question, Failure(ReaderOutcome.NOT_ASKED, self._given_up), address="")
        address = self.config.address
        answer = self.endpoint.ask({"model": self.config.model, **question.body})
        self._count_failures(answer)
        if isinstance(answer, Failure):
            return self._note(doubt, question, answer, address=address)
        opinion = check_answer(answer, doubt.passage, goal_ids=ids)
        if isinstance(opinion, str):
            return self._note(doubt, question, Failure(ReaderOutcome.INVALID, opinion), address=address)
        self.cache.keep(self.config.model, question.sha256, address=address, content=answer)
        return self._note(doubt, question, opinion, address=address)

    def _look_at_the_clock(self) -> None:
        now = self.clock()
        if self._deadline is None:
            self._deadline = now + SECONDS_PER_MINUTE * self.config.run_minutes
        if now >= self._deadline and not self._given_up:
            self._given_up = f"Tiden for en kjøring ({self.config.run_minutes:g} minutter) var ute."

    def _count_failures(self, answer: str | Failure) -> None:
        lost = isinstance(answer, Failure) and answer.outcome is ReaderOutcome.FAILED
        self._failed = self._failed + 1 if lost else 0
        if self._failed >= self.config.give_up_after:
            self._given_up = f"Leseren svarte ikke på {self._failed} avsnitt på rad, og ble ikke spurt mer."

    def _note(self, doubt: Doubt, question: Question, said: Opinion | Failure, *, address: str) -> SecondReading:
        goals: tuple[SecondGoal, ...] = ()
        level: Level | None = None
        outcome, detail = ReaderOutcome.ANSWERED, ""
        if isinstance(said, Opinion):
            goals, level = said.goals, said.level
        else:
            outcome, detail = said.outcome, said.detail
        return SecondReading(
            document_id=doubt.passage.document_id,
            passage_id=doubt.passage.id,
            outcome=outcome,
            doubts=doubt.goals,
            goals=goals,
            level=level,
            model=self.config.model,
            prompt_sha256=question.sha256,
            address=address,
            detail=detail,
        )
