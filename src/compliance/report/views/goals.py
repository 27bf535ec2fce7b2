"""Goal by goal: how far, how sure, what the text says of who, when and how much, and what would lift it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from compliance.guidelines.sets import Goal, GuidelineSet
from compliance.records import Certainty, Language, Measure, Passage, Score, ScoreSubject, Task
from compliance.report.context import ReportContext
from compliance.report.document_results import DocumentResults
from compliance.report.surroundings import Uptake
from compliance.report.views.advice import advise, tell_absence, tell_missing
from compliance.report.views.nearest import StemIndex, find_nearest, index_stems, list_searched
from compliance.report.views.phrases import Phrase, name_short, phrase_text
from compliance.report.views.quotes import Quote, list_pages, quote_span, quotes_another
from compliance.report.views.steps import CONCRETE, DESCRIBED, NOT_FOUND, SHALL, Details, collect_details
from compliance.report.views.voice import Genre, Voice

MAX_QUOTES: Final = 2  # a goal: the strongest two show what it rests on, the spreadsheet has them all
MAX_PAGES: Final = 3  # pages named in a row
QUOTE_CHARS: Final = 195  # a goal's text is to be read in one breath: two quotes of 400 together, two lines of advice
LONG_QUOTES: Final = 28  # goals with quotes, from which on a page would grow past 30,000 characters with two of each
LONG_LIST: Final = 40  # goals of any kind, from which on one short quote each is what there is room for
SHORT_CHARS: Final = 85


@dataclass(frozen=True, slots=True)
class GoalView:
    """One goal as the document treats it."""

    id: str
    set_id: str
    short: Phrase
    title: Phrase
    theme: str | None
    step: int  # 0 to 4
    certainty: Certainty
    details: Details | None  # None where the step has none, or they are not known
    unattributed: bool  # words of others without a source are among its own passages
    elsewhere: tuple[str, ...]  # names of the municipality's other plans that say more than the goal's name
    pages: str
    quotes: tuple[Quote, ...]
    same_as: str | None  # the goal whose quotes are the same
    missing: str
    advice: str
    nearest: Quote | None
    searched: tuple[str, ...]
    uptake: Uptake | None  # of comparable documents; None where there are none, or the goal is found here
    measures: tuple[Measure, ...]  # own ones, strongest first

    @property
    def sure(self) -> bool:
        """Whether it counts for its step."""
        return self.certainty is not Certainty.UNSURE


@dataclass(frozen=True, slots=True)
class GoalSetView:
    """One guideline set with its goals."""

    id: str
    name: str  # the national document
    short: str
    period: str
    validity: str  # «gjaldt til utgangen av 2025»
    in_force: bool
    goals: tuple[GoalView, ...]


def show_goal_sets(
    plan: DocumentResults, voice: Voice, unattributed: frozenset[str], *, context: ReportContext
) -> tuple[GoalSetView, ...]:
    """Return every set the document was scored on; `unattributed` are passages with others' words, no source."""
    index = index_stems(plan)
    sets = plan.judged_by(context.guidelines)
    scored = (plan.score_value(ScoreSubject.GOAL, goal.id) for each in sets for goal in each.goals)
    long = sum(len(each.goals) for each in sets) > LONG_LIST
    many = long or sum(value > NOT_FOUND for value in scored) > LONG_QUOTES
    room = _Room(1 if many else MAX_QUOTES, SHORT_CHARS if long else QUOTE_CHARS, long)
    shown = _GoalViews(plan, voice, unattributed, index, context, room)
    return _link_same_text([_show_set(each, shown, context) for each in sets])


def _show_set(guideline_set: GuidelineSet, shown: _GoalViews, context: ReportContext) -> GoalSetView:
    texts, until = context.texts, guideline_set.valid_to
    in_force = guideline_set.covers(context.today)
    return GoalSetView(
        id=guideline_set.id,
        name=guideline_set.document,
        short=texts.find(f"set.{guideline_set.id}", guideline_set.document),
        period=guideline_set.edition,
        validity=_tell_validity(until, in_force=in_force, context=context),
        in_force=in_force,
        goals=tuple(shown.show(goal, guideline_set.id) for goal in guideline_set.goals),
    )


def _tell_validity(until: date | None, *, in_force: bool, context: ReportContext) -> str:
    texts = context.texts
    if until is None:
        return texts.text("goals.open" if in_force else "goals.not_yet")
    key = "goals.in_force" if in_force else "goals.past" if until < context.today else "goals.not_yet"
    return texts.text(key, date=texts.date(until.isoformat()))


@dataclass(frozen=True, slots=True)
class _Room:
    """How much is quoted of each goal's text."""

    quotes: int
    chars: int  # of a quote
    long: bool  # so many goals that what is not found is said in as few words as can be


@dataclass(frozen=True)
class _GoalViews:
    """Everything that the view of one goal needs of the document around it."""

    plan: DocumentResults
    voice: Voice
    unattributed: frozenset[str]
    index: StemIndex
    context: ReportContext
    room: _Room

    def show(self, goal: Goal, set_id: str) -> GoalView:
        """Return one goal's view."""
        plan, texts = self.plan, self.context.texts
        score = plan.scores.get((ScoreSubject.GOAL, goal.id))
        step = score.value if score else NOT_FOUND
        measures = _rank(plan.measures_behind(goal.id), step)
        own = tuple(each for each in measures if not each.copied and not quotes_another(plan, each))
        behind = _list_passages(plan, score, measures)
        view = GoalView(
            id=goal.id,
            set_id=set_id,
            short=name_short(goal, texts.language),
            title=phrase_text(goal.title, texts.language),
            theme=goal.theme,
            step=step,
            certainty=_tell_certainty(score, own if measures or not behind else None),
            details=collect_details(own) if step >= SHALL and measures else None,
            unattributed=step > NOT_FOUND and any(passage.id in self.unattributed for passage in behind),
            elsewhere=self._find_elsewhere(goal.id) if step == NOT_FOUND else (),
            pages=list_pages(plan.document, behind, texts=texts, most=MAX_PAGES),
            quotes=self._quote(goal.id, own or measures, behind) if step > NOT_FOUND else (),
            same_as=None,
            missing="",
            advice="",
            nearest=self._quote_nearest(goal) if step == NOT_FOUND else None,
            searched=list_searched(goal, Language(plan.profile.language.value)) if step == NOT_FOUND else (),
            uptake=self.context.around.uptake.get(goal.id) if step == NOT_FOUND else None,
            measures=own,
        )
        return self._advise(view)

    def _advise(self, view: GoalView) -> GoalView:
        if view.step == NOT_FOUND:
            if self.room.long:
                return replace(view, searched=() if view.nearest else view.searched)
            return replace(view, missing=tell_absence(view, self.context))
        if self.voice.genre is Genre.PROGRAMME:
            return view
        text = self.plan.document.text
        return replace(
            view,
            missing=tell_missing(view, text, since=self.plan.since, context=self.context),
            advice=advise(view, text, since=self.plan.since, context=self.context),
        )

    def _quote(self, goal_id: str, measures: Sequence[Measure], behind: Sequence[Passage]) -> tuple[Quote, ...]:
        plan, texts = self.plan, self.context.texts
        spans = {(measure.start, measure.end): measure for measure in measures}
        if spans:
            return tuple(
                quote_span(
                    plan,
                    plan.passages[measure.passage_id],
                    span,
                    marks=[(detail.start, detail.end) for detail in measure.details],
                    texts=texts,
                    max_chars=self.room.chars,
                )
                for span, measure in list(spans.items())[: self.room.quotes]
            )
        marks = _list_marks(plan, goal_id)
        return tuple(
            quote_span(
                plan, each, (each.start, each.end), marks=marks.get(each.id, ()), texts=texts, max_chars=self.room.chars
            )
            for each in behind[: self.room.quotes]
        )

    def _quote_nearest(self, goal: Goal) -> Quote | None:
        near = find_nearest(self.plan, goal, self.index)
        if near is None:
            return None
        return quote_span(self.plan, near.passage, near.span, texts=self.context.texts, max_chars=self.room.chars)

    def _find_elsewhere(self, goal_id: str) -> tuple[str, ...]:
        return tuple(
            each.name
            for each in self.context.around.own_plans
            for step, sure in [each.goals.get(goal_id, (NOT_FOUND, False))]
            if step >= DESCRIBED and sure
        )


def _rank(measures: Sequence[Measure], step: int) -> list[Measure]:
    """Return own measures and those that go as far as the score first, of those the one that says most.

    What is quoted first then shows as much of who, when and how much as one quote can.
    """
    return sorted(
        measures, key=lambda each: (each.copied, -min(each.value, step), len(collect_details([each]).missing))
    )


def _tell_certainty(score: Score | None, own: Sequence[Measure] | None) -> Certainty:
    """Return how sure a score is; a concrete one of which the page can show no who, when or how much is unsure.

    `own` are the goal's own measures in passages that can be shown, None where the run knows no measures of those.
    """
    if score is None:
        return Certainty.UNSURE
    bare = own is not None and not any(each.value == CONCRETE for each in own)
    return Certainty.UNSURE if bare and score.value == CONCRETE and not _is_confirmed(score) else score.certainty


def _is_confirmed(score: Score) -> bool:
    return score.certainty is Certainty.CONFIRMED


def _list_passages(plan: DocumentResults, score: Score | None, measures: Sequence[Measure]) -> list[Passage]:
    ids = dict.fromkeys([*(score.passage_ids if score else ()), *(measure.passage_id for measure in measures)])
    return [plan.passages[each] for each in ids if each in plan.passages]


def _list_marks(plan: DocumentResults, goal_id: str) -> Mapping[str, list[tuple[int, int]]]:
    return {
        finding.passage_id: [(i.start, i.end) for i in finding.evidence if i.start is not None and i.end is not None]
        for finding in plan.findings.get((Task.GOALS, goal_id), ())
    }


def _link_same_text(sets: Sequence[GoalSetView]) -> tuple[GoalSetView, ...]:
    """Return the sets, a goal that rests on the very text of one before it pointing there instead of quoting again."""
    first: dict[tuple[object, ...], str] = {}
    linked = []
    for view in sets:
        goals = []
        for goal in view.goals:
            key = (goal.step, goal.sure, *(quote.key for quote in goal.quotes))
            same = first.setdefault(key, goal.id) if goal.quotes else goal.id
            goals.append(goal if same == goal.id else replace(goal, same_as=same, quotes=()))
        linked.append(replace(view, goals=tuple(goals)))
    return tuple(linked)
