"""The goals that are too close to call: what a person should read and decide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from compliance.records import BlockKind, Finding, Task
from compliance.report.material import DocumentMaterial
from compliance.report.phrases import Label, label_goal
from compliance.report.presentation import Presentation
from compliance.report.quotes import Quote, quote_passage
from compliance.report.reasons import explain_finding, marked_spans
from compliance.report.weighing import Weighing, weigh_finding

MAX_ITEMS: Final = 40  # passages; a person reads no more in one go, and a page stays small
OPEN: Final = 5  # passages shown before the reader asks for more
EVEN: Final = 0.5  # the most doubtful probability


@dataclass(frozen=True, slots=True)
class CandidateView:
    """One goal that the passage may speak for."""

    label: Label
    weighing: Weighing
    reasons: tuple[str, ...]  # sentences
    counted: bool  # whether it counts in the scores


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One passage with its candidates, the most doubtful first."""

    anchor: str
    quote: Quote
    kind: BlockKind
    candidates: tuple[CandidateView, ...]


@dataclass(frozen=True, slots=True)
class ReviewList:
    """The passages that a person should read, the most doubtful first."""

    passages: int
    items: tuple[ReviewItem, ...]
    left_out: int  # passages that only the store holds

    @property
    def first(self) -> tuple[ReviewItem, ...]:
        """The passages that are always visible."""
        return self.items[:OPEN]

    @property
    def rest(self) -> tuple[ReviewItem, ...]:
        """The passages that the reader unfolds."""
        return self.items[OPEN:]


def list_review(material: DocumentMaterial, *, presentation: Presentation) -> ReviewList | None:
    """Return what a person should decide; None where rules judged, which leave nothing open."""
    if presentation.trained is None:
        return None
    labels = _label_goals(material, presentation)
    doubtful: dict[str, list[Finding]] = {}
    for finding in sorted(_list_findings(material, labels), key=_measure_certainty):
        doubtful.setdefault(finding.passage_id, []).append(finding)
    shown = list(doubtful.items())[:MAX_ITEMS]
    return ReviewList(
        passages=len(doubtful),
        items=tuple(_show_item(passage_id, found, labels, material, presentation) for passage_id, found in shown),
        left_out=len(doubtful) - len(shown),
    )


def _list_findings(material: DocumentMaterial, labels: Iterable[str]) -> list[Finding]:
    """Return the open findings on these goals in document order, so that equals stay in it."""
    found = [each for label in labels for each in material.findings.get((Task.REVIEW, label), ())]
    known = [finding for finding in found if finding.passage_id in material.passages]
    return sorted(known, key=lambda finding: material.passages[finding.passage_id].index)


def _measure_certainty(finding: Finding) -> float:
    return round(abs(finding.score - EVEN), 4)


def _label_goals(material: DocumentMaterial, presentation: Presentation) -> dict[str, Label]:
    language = presentation.texts.language
    sets = material.judged_by(presentation.guidelines)
    return {goal.id: label_goal(goal, language) for each in sets for goal in each.goals}


def _show_item(
    passage_id: str,
    findings: Sequence[Finding],
    labels: dict[str, Label],
    material: DocumentMaterial,
    presentation: Presentation,
) -> ReviewItem:
    passage, text = material.passages[passage_id], material.document.text
    marks = [span for finding in findings for span in marked_spans(finding, text)]
    limit = presentation.config.max_quote_chars
    return ReviewItem(
        anchor=f"review-{passage.index:04d}",
        quote=quote_passage(material, passage, marks, texts=presentation.texts, max_chars=limit),
        kind=passage.kind,
        candidates=tuple(
            _show_candidate(finding, weighing, labels[finding.label], material, presentation)
            for finding in findings
            if (weighing := weigh_finding(finding, presentation=presentation))
        ),
    )


def _show_candidate(
    finding: Finding, weighing: Weighing, label: Label, material: DocumentMaterial, presentation: Presentation
) -> CandidateView:
    counted = {each.passage_id for each in material.findings.get((Task.GOALS, finding.label), ())}
    return CandidateView(
        label=label,
        weighing=weighing,
        reasons=explain_finding(finding, material.document.text, texts=presentation.texts, trained=True),
        counted=finding.passage_id in counted,
    )
