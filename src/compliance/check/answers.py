"""What a reader has answered: which passages speak for a goal and which do not, kept from run to run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from compliance.files import write_atomically
from compliance.records import Certainty, Results, Review, Score, ScoreSubject


@dataclass(frozen=True, slots=True)
class Answer:
    """A reader's yes or no to whether a passage speaks for a goal.

    The passage is known by its words, so that the answer holds where they come again in the next version of the draft.
    """

    passage_sha256: str
    goal: str
    speaks_for_it: bool
    note: str = ""  # what the reader found wrong, in own words
    answered: str = ""  # ISO 8601, UTC


def hash_passage(text: str) -> str:
    """Return what a passage is known by: its words, whatever the white space between them."""
    return sha256(" ".join(text.split()).encode("utf-8", "replace")).hexdigest()


class AnswerBook:
    """Every answer, in one file; a later answer to the same question replaces the earlier."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def load(self) -> dict[tuple[str, str], Answer]:
        """Return the answers by passage and goal; none where nobody has answered anything."""
        try:
            lines = self.path.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return {}
        answers = (Answer(**json.loads(line)) for line in lines if line.strip())
        return {(each.passage_sha256, each.goal): each for each in answers}

    def add(self, answer: Answer) -> None:
        """Keep an answer."""
        answers = self.load()
        now = datetime.now(UTC).isoformat(timespec="seconds")
        answers[answer.passage_sha256, answer.goal] = replace(answer, answered=now)
        self._write(answers.values())

    def remove(self, passage_sha256: str, goal: str) -> None:
        """Take an answer back; nothing happens where there is none."""
        answers = self.load()
        if answers.pop((passage_sha256, goal), None):
            self._write(answers.values())

    def _write(self, answers: Iterable[Answer]) -> None:
        lines = "".join(json.dumps(asdict(each), ensure_ascii=False) + "\n" for each in answers)
        with write_atomically(self.path) as file:
            file.write(lines.encode("utf-8", "replace"))


def apply_answers(results: Results, answers: Mapping[tuple[str, str], Answer]) -> Results:
    """Return the results with the doubts that a reader has settled taken out, and the scores as the answers make them.

    One yes is enough: the goal has what that passage gives it. Only when every doubt about a goal is answered with no
    does it fall to what is left without them. Until then its score stays as it is, and so does its certainty.
    """
    texts = {passage.id: passage.text for reading in results.readings for passage in reading.passages}
    doubts: dict[tuple[str, str], list[tuple[Review, Answer | None]]] = {}
    for review in results.reviews:
        answer = answers.get((hash_passage(texts.get(review.passage_id, "")), review.label))
        doubts.setdefault((review.document_id, review.label), []).append((review, answer))
    settled = {key: value for key, about in doubts.items() if (value := _settle(about)) is not None}
    scores = (_confirm(score, settled) for score in results.scores)
    left = (
        review
        for key, about in doubts.items()
        for review, answer in about
        if answer is None and (key not in settled or review.score_if_yes > settled[key])
    )
    return replace(results, scores=tuple(scores), reviews=tuple(left))


def _settle(about: Sequence[tuple[Review, Answer | None]]) -> int | None:
    """Return what the answers make of a goal's score, None where they do not settle it."""
    confirmed = [review.score_if_yes for review, answer in about if answer is not None and answer.speaks_for_it]
    if confirmed:
        return max(confirmed)
    if all(answer is not None for _, answer in about):
        return min(review.score_if_no for review, _ in about)
    return None


def _confirm(score: Score, settled: Mapping[tuple[str, str], int]) -> Score:
    key = score.document_id, score.label
    if score.subject is not ScoreSubject.GOAL or key not in settled:
        return score
    return replace(score, value=settled[key], certainty=Certainty.CONFIRMED)
