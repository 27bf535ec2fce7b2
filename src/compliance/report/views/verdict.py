"""The verdict: one sentence that claims no more than the text, and four numbers that add up to the number of goals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from compliance.records import Certainty, DetailKind
from compliance.report.catalogue import Catalogue
from compliance.report.context import ReportContext
from compliance.report.document_results import DocumentResults
from compliance.report.views.goals import GoalSetView, GoalView
from compliance.report.views.phrases import lower_first
from compliance.report.views.steps import CONCRETE, NOT_FOUND, SHALL, STEPS
from compliance.report.views.voice import Genre, Voice

MAX_NAMED: Final = 3  # goals named in a half sentence: more is a list
MIN_UNSURE: Final = 1 / 3  # share of unsure goals from which on the other numbers tell too little to stand alone


@dataclass(frozen=True, slots=True)
class Number:
    """One of the four numbers, with what it counts."""

    count: int
    label: str
    meaning: str
    squares: tuple[int | None, ...]  # a step for each goal, None where that is unsure


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the whole document comes to."""

    sentence: str
    heading: str  # over the numbers: «De 36 nasjonale målene»
    numbers: tuple[Number, ...]


def reach_verdict(
    plan: DocumentResults, sets: Sequence[GoalSetView], voice: Voice, *, context: ReportContext
) -> Verdict:
    """Return the document's verdict over all goals that it was scored on."""
    texts, goals = context.texts, [goal for each in sets for goal in each.goals]
    noun = texts.text(f"noun.{plan.profile.document_type.value}")
    if not goals:
        return Verdict(texts.text("verdict.no_goals", noun=noun), texts.text("numbers.none"), ())
    sentences = {Genre.PROGRAMME: _judge_programme, Genre.BUDGET: _judge_budget, Genre.PLAN: _judge_plan}
    parts = [
        *sentences[voice.genre](goals, noun, texts),
        *_tell_missing(goals, context),
        *_tell_unsure(goals, texts),
    ]
    return Verdict(
        sentence=" ".join(parts),
        heading=texts.count("numbers.heading", len(goals)),
        numbers=_count(goals, voice, texts),
    )


def has_sum(goal: GoalView) -> bool:
    """Whether a sum of money is tied to what is done about the goal."""
    return any(detail.kind is DetailKind.SUM for measure in goal.measures for detail in measure.details)


def _judge_plan(goals: Sequence[GoalView], noun: str, texts: Catalogue) -> Iterable[str]:
    concrete = [goal for goal in goals if goal.sure and goal.step == CONCRETE]
    shall = [goal for goal in goals if goal.sure and goal.step == SHALL]
    if concrete:
        yield texts.text("verdict.concrete", noun=noun, goals=name_goals(concrete, texts))
    else:
        yield texts.text("verdict.not_concrete", noun=lower_first(noun))
    if shall:
        yield texts.text("verdict.shall", goals=_capitalise(name_goals(shall, texts)))


def _judge_programme(goals: Sequence[GoalView], noun: str, texts: Catalogue) -> Iterable[str]:
    asked = sum(goal.sure and goal.step > NOT_FOUND for goal in goals)
    if asked:
        yield texts.count("verdict.asks", asked, noun=noun)
    else:
        yield texts.text("verdict.asks_nothing", noun=lower_first(noun))


def _judge_budget(goals: Sequence[GoalView], noun: str, texts: Catalogue) -> Iterable[str]:
    funded = [goal for goal in goals if goal.sure and has_sum(goal)]
    if funded:
        yield texts.count("verdict.money", len(funded), noun=noun, goals=name_goals(funded, texts))
    else:
        yield texts.text("verdict.no_money", noun=lower_first(noun))


def _tell_missing(goals: Sequence[GoalView], context: ReportContext) -> Iterable[str]:
    """Yield how many goals are not found, and of how many that is only likely."""
    texts = context.texts
    missing = [goal for goal in goals if goal.sure and goal.step == NOT_FOUND and not goal.elsewhere]
    if missing:
        yield texts.count("verdict.missing_all" if context.around.own_plans else "verdict.missing", len(missing))
    maybe = sum(goal.certainty is Certainty.LIKELY for goal in missing)
    if maybe and maybe == len(missing):
        yield texts.text(f"verdict.overlooked.{'all' if maybe > 1 else 'only'}")
    elif maybe:
        yield texts.count("verdict.overlooked", maybe)


def _tell_unsure(goals: Sequence[GoalView], texts: Catalogue) -> Iterable[str]:
    """Yield that the verdict stands on little, where so many goals are unsure that it does."""
    unsure = sum(not goal.sure for goal in goals)
    if unsure >= MIN_UNSURE * len(goals):
        yield texts.count("verdict.unsure", unsure)


def name_goals(goals: Sequence[GoalView], texts: Catalogue) -> str:
    """Return up to three goals by their short titles, as a clause: different themes and texts before more of one."""
    chosen: list[GoalView] = []
    fresh = [goal for goal in goals if goal.same_as is None]
    for goal in fresh:
        if all(goal.theme is None or goal.theme != other.theme for other in chosen):
            chosen.append(goal)
    chosen += [goal for goal in fresh if goal not in chosen]
    names = list(dict.fromkeys(lower_first(goal.short.text) for goal in chosen or goals))[:MAX_NAMED]
    return join_words(names, texts)


def join_words(words: Sequence[str], texts: Catalogue) -> str:
    """Return «a, b og c»; «a, b, og c og d» where one is itself made of two."""
    if len(words) < 2:
        return "".join(words)
    conjunction = texts.text("format.and", first="", last="")
    key = "format.and_apart" if any(conjunction in word for word in words) else "format.and"
    return texts.text(key, first=", ".join(words[:-1]), last=words[-1])


def _capitalise(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _count(goals: Sequence[GoalView], voice: Voice, texts: Catalogue) -> tuple[Number, ...]:
    sure = [goal for goal in goals if goal.sure]
    found = [goal for goal in sure if goal.step > NOT_FOUND]
    if voice.genre is Genre.BUDGET:
        first = [goal for goal in found if has_sum(goal)]
        second = [goal for goal in found if not has_sum(goal)]
        named = (_number("money", first, texts), _number("unfunded", second, texts))
    elif voice.genre is Genre.PROGRAMME:
        first = [goal for goal in found if goal.step < CONCRETE]
        second = [goal for goal in found if goal.step == CONCRETE]
        named = (_number("asked", first, texts), _number("concrete", second, texts))
    else:
        first = [goal for goal in found if goal.step == CONCRETE]
        named = (_number("concrete", first, texts), _count_between([g for g in found if g not in first], texts))
    unsure = [goal for goal in goals if not goal.sure]
    missing = [goal for goal in sure if goal.step == NOT_FOUND]
    elsewhere = sum(bool(goal.elsewhere) for goal in missing)
    last = texts.count("numbers.missing.elsewhere", elsewhere) if elsewhere else texts.text("numbers.missing.meaning")
    unsure_number = Number(
        len(unsure), _label("unsure", len(unsure), texts), texts.text("numbers.unsure.meaning"), (None,) * len(unsure)
    )
    missing_number = Number(len(missing), _label("missing", len(missing), texts), last, (NOT_FOUND,) * len(missing))
    return (*named, unsure_number, missing_number)


def _number(name: str, goals: Sequence[GoalView], texts: Catalogue) -> Number:
    label = _label(name, len(goals), texts)
    return Number(len(goals), label, texts.text(f"numbers.{name}.meaning"), _squares(goals))


def _count_between(goals: Sequence[GoalView], texts: Catalogue) -> Number:
    """Return what is spoken of and not concrete: only «skal» where that is all there is, else what it is made of."""
    steps = [step for step in STEPS if NOT_FOUND < step < CONCRETE and any(goal.step == step for goal in goals)]
    if steps in ([], [SHALL]):
        return _number("shall", goals, texts)
    parts = [texts.count(f"numbers.part.{step}", sum(goal.step == step for goal in goals)) for step in steps]
    return Number(len(goals), _label("between", len(goals), texts), f"{join_words(parts, texts)}.", _squares(goals))


def _label(name: str, count: int, texts: Catalogue) -> str:
    return texts.text(f"numbers.{name}.{'one' if count == 1 else 'other'}")


def _squares(goals: Sequence[GoalView]) -> tuple[int, ...]:
    return tuple(sorted((goal.step for goal in goals), reverse=True))
