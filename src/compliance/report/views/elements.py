"""The eGovWSF picture: the twelve elements by place, how far the document goes on each, and the questions behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from compliance.records import Certainty, ScoreSubject
from compliance.report.context import ReportContext
from compliance.report.document_results import DocumentResults
from compliance.report.views.steps import NOT_FOUND
from compliance.report.views.verdict import join_words

# Where the framework puts each element (Lindgren, Melin and Sæbø 2021), outermost first: what the picture draws around
# what, and what the summary counts.
PLACES: Final = {
    "frame": ("W1", "W2", "W3", "W4"),
    "system": ("W5", "W6", "W7"),
    "core": ("W8", "W9", "W10", "W11", "W12"),
}
MIN_WEIGHT: Final = 0.5  # share of all passages from which on a place is where the weight is


@dataclass(frozen=True, slots=True)
class CriterionView:
    """One question behind an element, with the document's answer."""

    id: str
    text: str
    answer: str  # «svart med egne ord», «berørt», «ikke funnet»
    value: int  # 0 to 2
    sure: bool


@dataclass(frozen=True, slots=True)
class ElementView:
    """One element."""

    id: str
    name: str
    step: int
    sure: bool
    passages: int
    criteria: tuple[CriterionView, ...]


@dataclass(frozen=True, slots=True)
class PlaceView:
    """The elements of one place of the work system."""

    id: str
    name: str
    elements: tuple[ElementView, ...]


@dataclass(frozen=True, slots=True)
class ElementPicture:
    """The whole picture with its summary."""

    summary: str
    places: tuple[PlaceView, ...]
    most: int  # passages of the element that has most, which the bars are drawn against

    @property
    def asked(self) -> tuple[ElementView, ...]:
        """The elements whose questions have been answered, in the framework's order."""
        elements = [element for place in self.places for element in place.elements if element.criteria]
        return tuple(sorted(elements, key=lambda element: int(element.id[1:])))


def show_elements(plan: DocumentResults, *, context: ReportContext) -> ElementPicture:
    """Return the twelve elements by place."""
    places = tuple(
        PlaceView(
            id=place,
            name=context.texts.text(f"layer.{place}"),
            elements=tuple(_show(element, plan, context) for element in elements),
        )
        for place, elements in PLACES.items()
    )
    most = max(element.passages for place in places for element in place.elements)
    return ElementPicture(_summarise(places, context), places, most)


def _show(element: str, plan: DocumentResults, context: ReportContext) -> ElementView:
    score = plan.scores.get((ScoreSubject.ELEMENT, element))
    texts = context.texts
    return ElementView(
        id=element,
        name=texts.text(f"element.{element}.short"),
        step=score.value if score else NOT_FOUND,
        sure=score is not None and score.certainty is not Certainty.UNSURE,
        passages=len(score.passage_ids) if score else 0,
        criteria=tuple(
            CriterionView(
                criterion,
                text,
                texts.text(f"criterion.{answer.value}"),
                answer.value,
                answer.certainty is not Certainty.UNSURE,
            )
            for criterion, text in context.criteria.items()
            if criterion.partition(".")[0] == element and (answer := plan.criteria.get(criterion)) is not None
        ),
    )


def _summarise(places: Sequence[PlaceView], context: ReportContext) -> str:
    texts = context.texts
    counts = {place: sum(element.passages for element in place.elements) for place in places}
    total = sum(counts.values())
    if not total:
        return texts.text("elements.nothing")
    heaviest = max(counts, key=lambda place: counts[place])
    said = []
    if counts[heaviest] / total >= MIN_WEIGHT:
        tenths = texts.number(round(10 * counts[heaviest] / total))
        said.append(texts.text("elements.weight", place=heaviest.name.lower(), tenths=tenths))
    elements = [element for place in places for element in place.elements]
    absent = [element.name.lower() for element in elements if element.step == NOT_FOUND]
    if absent:
        said.append(texts.text("elements.absent", names=join_words(absent, texts)))
    if 2 * sum(element.sure for element in elements) < len(elements):
        said.append(texts.text("elements.unsure"))
    return " ".join(said)
