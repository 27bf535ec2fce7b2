"""What a goal's text lacks, and the question that would lift it: never another municipality's sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from compliance.records import Certainty, Measure, Stance
from compliance.report.catalogue import Catalogue
from compliance.report.context import ReportContext
from compliance.report.views.quotes import BULLET, shorten
from compliance.report.views.steps import CONCRETE, DESCRIBED, NAMED, SHALL, collect_details, list_past_deadlines

if TYPE_CHECKING:
    from compliance.report.views.goals import GoalView

_DETAILS: Final = ("who", "when", "much")
QUOTED_WORDS: Final = 42  # characters of a clause that are enough to find it again


def tell_missing(view: GoalView, text: str, *, since: str, context: ReportContext) -> str:
    """Return what the document's text on a goal does not say, and which of its deadlines are past.

    What is said elsewhere than in what is quoted of the goal, is told to be so.
    """
    texts = context.texts
    said: list[str] = []
    quoted = _list_quoted(view)
    if not view.sure:
        bare = view.step == CONCRETE and view.measures and view.measures[0].value < CONCRETE
        said.append(texts.text("missing.bare" if bare else "missing.unsure"))
    elif view.details is not None:
        said.append(_tell_lacking(view, quoted, texts))
    elif view.step == DESCRIBED:
        said.append(texts.text("missing.described"))
    elif view.step == NAMED:
        said.append(texts.text("missing.copied" if view.unattributed or not view.measures else "missing.named"))
    if view.sure:
        said.extend(_tell_past(view, quoted, text, since=since, context=context))
    return " ".join(said)


def _list_quoted(view: GoalView) -> tuple[Measure, ...]:
    shown = {quote.key for quote in view.quotes}
    return tuple(each for each in view.measures if (each.start, each.end) in shown)


def _tell_past(
    view: GoalView, quoted: tuple[Measure, ...], text: str, *, since: str, context: ReportContext
) -> Iterator[str]:
    """Yield how many deadlines are past, with the words of the first measure where none of them is in the quotes."""
    texts, today = context.texts, context.today
    past = {detail.value for detail in list_past_deadlines(view.measures, since=since, today=today)}
    if not past:
        return
    if list_past_deadlines(quoted, since=since, today=today) or not quoted:
        yield texts.count("missing.past", len(past))
        return
    first = next(each for each in view.measures if list_past_deadlines([each], since=since, today=today))
    words = texts.text("format.quote", text=open_words(text, first))
    yield texts.count("missing.past_in", len(past), text=words)


def tell_absence(view: GoalView, context: ReportContext) -> str:
    """Return how far to trust that nothing was found; empty where that is as sure as can be."""
    if view.certainty in {Certainty.CLEAR, Certainty.CONFIRMED}:
        return ""
    near = "near" if view.nearest else "nothing"
    return context.texts.text(f"missing.absent.{'likely' if view.sure else 'unsure'}.{near}")


def advise(view: GoalView, text: str, *, since: str, context: ReportContext) -> str:
    """Return what to do about a goal; empty where nothing is to be done."""
    texts = context.texts
    if not view.sure:
        return ""
    if list_past_deadlines(view.measures, since=since, today=context.today):
        return texts.text("advice.past")
    if _is_only_done(view):
        return ""
    if view.step in {SHALL, CONCRETE} and view.details and not (view.details.who and view.details.when):
        return ask(_choose(view.measures), text, view.details.missing, context=context)
    if view.step == DESCRIBED:
        return texts.text("advice.described")
    return texts.text("advice.copied") if view.step == NAMED and view.unattributed else ""


def _tell_lacking(view: GoalView, quoted: tuple[Measure, ...], texts: Catalogue) -> str:
    """Return which of who, when and how much the text does not say; of what is done, that it says that much."""
    missing = view.details.missing if view.details else ()
    if _is_only_done(view):
        return texts.text("missing.done" if len(missing) == len(_DETAILS) else "missing.done_told")
    lacking = [texts.text(f"missing.{name}") for name in missing]
    if lacking:
        return _sentence(", ".join(lacking))
    return texts.text("missing.elsewhere" if quoted and collect_details(quoted).missing else "missing.nothing")


def _is_only_done(view: GoalView) -> bool:
    """Whether a goal is concrete by what is done alone: there is nobody to ask for, and no deadline to set."""
    done = any(each.stance is Stance.DONE for each in view.measures)
    return view.step == CONCRETE and done and not any(each.stance is Stance.BINDING for each in view.measures)


def ask(measure: Measure | None, text: str, missing: tuple[str, ...], *, context: ReportContext) -> str:
    """Return the question that is left open: «Det skal gjennomføres …»: Hvem gjør det, og når er det ferdig?"""
    texts = context.texts
    lacking = [name for name in ("who", "when") if name in missing]
    question = texts.text(f"ask.{'_'.join(lacking) or 'much'}")
    if measure is None:
        return question
    return f"{texts.text('format.quote', text=open_words(text, measure))}: {question}"


def open_words(text: str, measure: Measure) -> str:
    """Return the first words of a measure, enough to find it again."""
    return shorten(BULLET.sub("", text[measure.start : measure.end], count=1).strip(), QUOTED_WORDS)


def _choose(measures: tuple[Measure, ...]) -> Measure | None:
    """Return the furthest measure that is still to be done; what is asked has no owner yet."""
    return next((each for each in measures if each.stance in {Stance.BINDING, Stance.WISHED}), None)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
