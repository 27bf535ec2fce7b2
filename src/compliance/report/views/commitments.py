"""What the document binds itself to: each measure with owner, deadline, money and gain, holes and past deadlines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from compliance.records import BlockKind, Detail, DetailKind, Measure, ScoreSubject, Stance
from compliance.report.catalogue import Catalogue
from compliance.report.context import ReportContext
from compliance.report.document_results import DocumentResults
from compliance.report.views.others_words import OthersWords
from compliance.report.views.quotes import BULLET, Place, Span, find_place, merge_spans, quotes_another
from compliance.report.views.steps import SHALL, is_rhythm, last_day, list_past_deadlines

BINDING: Final = frozenset({Stance.BINDING, Stance.DONE})  # what is decided or carried out, not what is wished


@dataclass(frozen=True, slots=True)
class Commitment:
    """One measure that the municipality has bound itself to, or has carried out."""

    text: str
    place: Place
    passage_id: str
    span: Span
    goals: tuple[str, ...]
    owner: str  # empty: the text names none
    deadlines: tuple[str, ...]  # ISO, as far as they are known
    rhythm: str  # how often, where it is done again and again
    past: bool  # whether every deadline is past, and nothing says that it is done
    money: str
    gain: str  # a figure to reach
    done: bool

    @property
    def holes(self) -> tuple[str, ...]:
        """The names of what the text does not say, of who, when and how much."""
        known = {
            "who": bool(self.owner),
            "when": bool(self.deadlines or self.rhythm),
            "much": bool(self.money or self.gain),
        }
        return tuple(name for name, said in known.items() if not said)


def list_commitments(plan: DocumentResults, words: OthersWords, *, context: ReportContext) -> tuple[Commitment, ...]:
    """Return every own commitment of the document once, in reading order, with all goals that it speaks for.

    A heading commits nobody, and neither does a clause that is national wording as scoring sees it
    (`score.max_copied_share`), nor one that speaks of a goal to which the document as a whole is not bound.
    """
    clauses: dict[Span, list[Measure]] = {}
    others = merge_spans(span for each in words.stretches if not each.municipal for span in each.span.ranges)
    bound = (goal for goal in plan.measures if plan.score_value(ScoreSubject.GOAL, goal) >= SHALL)
    for goal in bound:
        for measure in plan.measures_behind(goal):
            if measure.stance in BINDING and not measure.copied and _may_commit(measure, plan):
                clauses.setdefault((measure.start, measure.end), []).append(measure)
    own = [span for span in clauses if _share(span, others) < context.max_copied_share]
    return tuple(_show(plan, span, clauses[span], context) for span in sorted(own))


def _may_commit(measure: Measure, plan: DocumentResults) -> bool:
    passage = plan.passages.get(measure.passage_id)
    return passage is not None and passage.kind is not BlockKind.HEADING and not quotes_another(plan, measure)


def _share(span: Span, others: Sequence[Span]) -> float:
    """Return the share of a clause, 0 to 1, that lies in others' spans."""
    shared = sum(max(0, min(end, span[1]) - max(start, span[0])) for start, end in others)
    return shared / max(1, span[1] - span[0])


def _show(plan: DocumentResults, span: Span, measures: Sequence[Measure], context: ReportContext) -> Commitment:
    details = [detail for measure in measures for detail in measure.details]
    values = {kind: _list_values(each for each in details if each.kind is kind) for kind in DetailKind}
    rhythms = _list_values(filter(is_rhythm, details))
    dates = [each for each in values[DetailKind.DATE] if not each[:1].isdigit() or last_day(each) >= plan.since]
    past = list_past_deadlines(measures, since=plan.since, today=context.today)
    done = bool(values[DetailKind.DONE]) or all(measure.stance is Stance.DONE for measure in measures)
    return Commitment(
        text=BULLET.sub("", " ".join(plan.document.text[span[0] : span[1]].split()), count=1),
        place=find_place(plan.document, plan.passages[measures[0].passage_id], texts=context.texts),
        passage_id=measures[0].passage_id,
        span=span,
        goals=tuple(dict.fromkeys(measure.goal for measure in measures)),
        owner=", ".join(values[DetailKind.ACTOR]),
        deadlines=tuple(dates),
        rhythm=", ".join(rhythms),
        past=bool(dates) and {detail.value for detail in past} == set(dates),
        money=", ".join(write_sum(value, context.texts) for value in values[DetailKind.SUM]),
        gain=", ".join(each for each in values[DetailKind.TARGET] if each not in rhythms),
        done=done,
    )


def _list_values(details: Iterable[Detail]) -> list[str]:
    return list(dict.fromkeys(" ".join(each.value.split()) for each in details))


def write_sum(value: str, texts: Catalogue) -> str:
    """Return a sum in whole kroner as a reader writes it: «400 000 kr», «1,3 mill. kr»; other text as it is."""
    if not value.isdigit():
        return value
    amount = int(value)
    if amount >= 1_000_000 and amount % 100_000 == 0:
        return texts.text("format.millions", n=texts.number(amount / 1e6, decimals=int(amount % 1_000_000 > 0)))
    return texts.text("format.kroner", n=texts.number(amount))


def write_deadline(value: str, texts: Catalogue) -> str:
    """Return an ISO date or span of dates as a reader writes it: «30. juni 2026», «2026–2028»."""
    first, _, last = value.partition("/")
    return f"{texts.date(first)}–{texts.date(last)}" if last else texts.date(first)
