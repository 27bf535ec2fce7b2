"""Everything that one document's report says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from compliance.records import Run, ScoreSubject
from compliance.report.context import ReportContext
from compliance.report.document_results import DocumentResults
from compliance.report.views.actions import Action, choose_actions
from compliance.report.views.attributed_spans import AttributionStatus
from compliance.report.views.commitments import Commitment, list_commitments
from compliance.report.views.doubts import DoubtView, show_doubts
from compliance.report.views.elements import ElementPicture, show_elements
from compliance.report.views.facts import FactView, show_facts
from compliance.report.views.goals import GoalSetView, GoalView, show_goal_sets
from compliance.report.views.method import MethodParagraph, describe_run, explain_method
from compliance.report.views.others_words import OthersWords, show_others_words
from compliance.report.views.quotes import HTML_LANGUAGES
from compliance.report.views.reading_quality import ReadingView, show_reading
from compliance.report.views.second_opinions import SecondReader, show_second_reader
from compliance.report.views.steps import NOT_FOUND
from compliance.report.views.themes import ThemeView, show_themes
from compliance.report.views.verdict import Verdict, reach_verdict
from compliance.report.views.voice import Genre, Status, Voice, choose_voice


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """One document's report as data."""

    id: str
    title: str
    municipality: str
    language: str
    noun: str  # what the report calls the document, first in a sentence: «Strategien», «Utkastet»
    about: tuple[str, ...]  # what the document is, a few words each
    voice: Voice
    verdict: Verdict
    actions: tuple[Action, ...]
    sets: tuple[GoalSetView, ...]
    themes: tuple[ThemeView, ...]
    words: OthersWords
    doubts: tuple[DoubtView, ...]
    elements: ElementPicture
    facts: tuple[FactView, ...]
    commitments: tuple[Commitment, ...]
    reading: ReadingView
    method: tuple[MethodParagraph, ...]
    run: str
    second: SecondReader | None  # None where no second reader was asked
    outdated: bool  # the run says nothing of how sure its scores are: made by an earlier version

    @property
    def goals(self) -> tuple[GoalView, ...]:
        """Every goal, in the sets' order."""
        return tuple(goal for each in self.sets for goal in each.goals)

    @property
    def not_found(self) -> tuple[GoalView, ...]:
        """The goals that no text was found on."""
        return tuple(goal for goal in self.goals if goal.step == NOT_FOUND)


def build_report(plan: DocumentResults, *, run: Run, context: ReportContext) -> DocumentReport:
    """Return what one document's report says."""
    voice = choose_voice(plan)
    words = show_others_words(plan, context=context)
    unattributed = frozenset(
        each.span.passage.id for each in words.stretches if each.status is AttributionStatus.UNATTRIBUTED
    )
    sets = show_goal_sets(plan, voice, unattributed, context=context)
    commitments = () if voice.genre is Genre.PROGRAMME else list_commitments(plan, words, context=context)
    return DocumentReport(
        id=plan.document.id,
        title=plan.name,
        municipality=plan.municipality or "",
        language=HTML_LANGUAGES[plan.profile.language.value],
        noun=_name_kind(plan, voice, context),
        about=_describe(plan, voice, context),
        voice=voice,
        verdict=reach_verdict(plan, sets, voice, context=context),
        actions=choose_actions(plan, sets, words, commitments, voice=voice, context=context),
        sets=sets,
        themes=show_themes([goal for each in sets for goal in each.goals], context=context),
        words=words,
        doubts=show_doubts(plan, context=context),
        elements=show_elements(plan, context=context),
        facts=show_facts(plan, context=context),
        commitments=commitments,
        reading=show_reading(plan, context=context),
        method=explain_method(sets, voice, context=context),
        run=describe_run(run, context.texts),
        second=show_second_reader(plan, context=context),
        outdated=_lacks_certainty(plan, sets),
    )


def _name_kind(plan: DocumentResults, voice: Voice, context: ReportContext) -> str:
    """Return the word for the document: a draft only where it says so itself, else its type."""
    kind = "draft" if voice.status is Status.DRAFT else plan.profile.document_type.value
    return context.texts.text(f"noun.{kind}")


def _describe(plan: DocumentResults, voice: Voice, context: ReportContext) -> tuple[str, ...]:
    """Return municipality, type, pages and status, as far as they are known."""
    texts, profile = context.texts, plan.profile
    about = [texts.text("about.municipality", name=plan.municipality)] if plan.municipality else []
    about.append(texts.text(f"type.{profile.document_type.value}"))
    if plan.document.has_pages:
        about.append(texts.count("about.pages", len(plan.document.pages)))
    if profile.adopted:
        about.append(texts.text("about.adopted", date=texts.date(profile.adopted.value)))
    elif voice.status is Status.DRAFT:
        about.append(texts.text("about.draft"))
    return tuple(about)


def _lacks_certainty(plan: DocumentResults, sets: Sequence[GoalSetView]) -> bool:
    scores = [plan.scores[key] for key in plan.scores if key[0] is ScoreSubject.GOAL]
    return bool(sets) and not any(score.at_least for score in scores)
