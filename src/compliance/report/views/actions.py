"""At most five things to do, each with what, where and why: the first page that a planner works from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from compliance.records import Passage, ScoreSubject
from compliance.report.context import ReportContext
from compliance.report.document_results import DocumentResults
from compliance.report.views.commitments import Commitment
from compliance.report.views.goals import GoalSetView, GoalView
from compliance.report.views.others_words import INVITING, OthersWords
from compliance.report.views.quotes import MAX_HEADING, Place, find_place, shorten
from compliance.report.views.steps import DESCRIBED, NOT_FOUND, SHALL
from compliance.report.views.verdict import has_sum, join_words
from compliance.report.views.voice import Genre, Voice

MAX_ACTIONS: Final = 5  # what fits the first screen, and what two days are enough for
TITLE: Final = re.compile(r"^Meld\. St\. \d+ \([^)]*\)\s*")  # how a white paper is numbered, before its name
COMMON: Final = 0.5  # of comparable documents, from which on a goal is common where shares are told
MAX_PLACES: Final = 3  # places named for one action; the goal rows have the rest


class ActionKind(StrEnum):
    """What kind of change an action asks for."""

    NAME_AND_DATE = "name_and_date"
    MONEY = "money"
    PAST = "past"
    SOURCE = "source"
    IN_FORCE = "in_force"
    STAND = "stand"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do."""

    kind: ActionKind
    what: str
    where: str
    why: str
    pages: tuple[str, ...]


def choose_actions(
    plan: DocumentResults,
    sets: Sequence[GoalSetView],
    words: OthersWords,
    commitments: Sequence[Commitment],
    *,
    voice: Voice,
    context: ReportContext,
) -> tuple[Action, ...]:
    """Return the actions that the document calls for, those that change most first."""
    finder = _Finder(plan, tuple(goal for each in sets for goal in each.goals), voice, context)
    found = [
        *finder.ask_for_details(),
        *finder.ask_what_was_done(commitments),
        *finder.ask_for_sources(words),
        *finder.ask_for_goals_in_force(sets),
        *finder.ask_for_a_stand(),
    ]
    return tuple(found[:MAX_ACTIONS])


def tell_action(action: Action) -> str:
    """Return an action in one line of plain text, with where it applies if that is known."""
    return f"{action.what} ({action.where})" if action.where else action.what


@dataclass(frozen=True, slots=True)
class _Finder:
    plan: DocumentResults
    goals: tuple[GoalView, ...]
    voice: Voice
    context: ReportContext

    def ask_for_details(self) -> Iterator[Action]:
        """Yield where a name and a deadline are missing; in a budget, where money is."""
        if self.voice.genre is Genre.PROGRAMME:
            return
        budget = self.voice.genre is Genre.BUDGET
        kind = ActionKind.MONEY if budget else ActionKind.NAME_AND_DATE
        goals = [goal for goal in self.goals if goal.sure and (_lacks_sum(goal) if budget else _lacks_owner(goal))]
        if goals:
            bound = [goal for goal in goals if goal.step >= SHALL] or goals  # where the plan means to do something
            yield self._act(kind, len(goals), [place for goal in bound for place in self._places_of(goal)])

    def ask_what_was_done(self, commitments: Sequence[Commitment]) -> Iterator[Action]:
        """Yield the deadlines that are past."""
        dated = [each for each in commitments if each.deadlines]
        past = [each for each in dated if each.past and not each.done]
        if past and self.voice.genre is not Genre.PROGRAMME:
            last = max(deadline.rpartition("/")[2] for each in past for deadline in each.deadlines)
            key = "all" if len(past) == len(dated) else "some"
            texts = self.context.texts
            why = texts.count(f"action.past.{key}", len(past), total=texts.number(len(dated)), year=last[:4])
            yield self._act(ActionKind.PAST, len(past), [each.place for each in past], why=why)

    def ask_for_sources(self, words: OthersWords) -> Iterator[Action]:
        """Yield national wording that names no source: something to add, not a fault."""
        texts, missing = self.context.texts, words.unattributed
        if missing:
            names = list(dict.fromkeys(each.source_name for each in missing))
            invited = any(span.source_id.startswith(f"{INVITING}:") for each in missing for span in each.span.spans)
            why = texts.text("action.source.why", names=join_words(names[:MAX_PLACES], texts))
            why = f"{why} {texts.text('action.source.invited')}" if invited else why
            yield self._act(ActionKind.SOURCE, len(missing), [each.place for each in missing], why=why)

    def ask_for_goals_in_force(self, sets: Sequence[GoalSetView]) -> Iterator[Action]:
        """Yield a national document that the text builds on though it is no longer in force."""
        texts = self.context.texts
        for view in sets:
            known = self.context.find_set(view.id)
            newer = self.context.find_successor(known) if known and not view.in_force else None
            place = self._find_mention(view.name) if newer else None
            if place and newer:
                new = texts.find(f"set.{newer.id}", newer.document)
                why = texts.text("action.in_force.why", old=view.short, new=new, period=newer.edition)
                yield self._act(ActionKind.IN_FORCE, 1, [place], why=why)
                return

    def ask_for_a_stand(self) -> Iterator[Action]:
        """Yield the goals that none of the municipality's plans speaks of."""
        texts = self.context.texts
        missing = [goal for goal in self.goals if goal.sure and goal.step == NOT_FOUND and not goal.elsewhere]
        if not missing:
            return
        where = self._tell_uptake(missing)
        key = "stand_programme" if self.voice.genre is Genre.PROGRAMME else "stand"
        all_plans = "all" if self.context.around.own_plans else "one"
        yield Action(
            ActionKind.STAND,
            texts.count(f"action.{key}.{all_plans}", len(missing)),
            where,
            texts.text(f"action.{key}.why"),
            (),
        )

    def _tell_uptake(self, missing: Sequence[GoalView]) -> str:
        """Return which two goals others take up most; where shares are told, two that half of the others take up.

        Which of several goals with the same share is taken up most, a share does not say.
        """
        counted = all(goal.uptake.is_counted for goal in missing if goal.uptake)
        taken_up = [goal for goal in missing if (share := _share_of(goal)) and (counted or share >= COMMON)]
        named = sorted(taken_up, key=_share_of, reverse=True)[:2]
        names = join_words([goal.short.text for goal in named], self.context.texts)
        key = "most_common" if counted else "common"
        return self.context.texts.count(f"action.stand.{key}", len(named), goals=names) if named else ""

    def _act(self, kind: ActionKind, count: int, places: Sequence[Place], *, why: str = "") -> Action:
        texts = self.context.texts
        headings = list(dict.fromkeys(_name_place(place) for place in places))
        pages = list(dict.fromkeys(place.page for place in places if place.page))
        named = join_words([each for each in headings if each][:MAX_PLACES], texts)
        more = len(headings) - MAX_PLACES
        return Action(
            kind=kind,
            what=texts.count(f"action.{kind.value}.what", count),
            where=texts.count("action.more", more, places=named) if more > 0 and named else named,
            why=why or texts.count(f"action.{kind.value}.why", count),
            pages=tuple(pages[:MAX_PLACES]),
        )

    def _places_of(self, goal: GoalView) -> list[Place]:
        """Return where the text speaks of a goal; others' words are no place for the plan to say more."""
        if self.plan.measures_behind(goal.id) and not goal.measures:
            return []
        if goal.quotes:
            return [quote.place for quote in goal.quotes[:1]]
        score = self.plan.scores.get((ScoreSubject.GOAL, goal.id))
        known = [each for each in (score.passage_ids if score else ()) if each in self.plan.passages]
        return [self._place(self.plan.passages[each]) for each in known[:1]]

    def _find_mention(self, name: str) -> Place | None:
        """Return where the text names a national document: by the first words of its title."""
        title = TITLE.sub("", name.split(" – ", maxsplit=1)[0]).split(".")[0].strip()
        for passage in self.plan.reading.passages:
            if title.casefold() in passage.text.casefold():
                return self._place(passage)
        return None

    def _place(self, passage: Passage) -> Place:
        return find_place(self.plan.document, passage, texts=self.context.texts)


def _lacks_owner(goal: GoalView) -> bool:
    """Whether the goal is bound to without a name or a date."""
    return goal.step == SHALL and (goal.details is None or bool({"who", "when"} & set(goal.details.missing)))


def _lacks_sum(goal: GoalView) -> bool:
    return goal.step >= DESCRIBED and not has_sum(goal)


def _share_of(goal: GoalView) -> float:
    """Return the share of comparable documents that take the goal up, 0 to 1; 0 where there are none."""
    return goal.uptake.share if goal.uptake else 0.0


def _name_place(place: Place) -> str:
    return shorten(place.heading, MAX_HEADING) or place.paragraph
