"""The overview: the documents of a run beside each other, and what could not be read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from compliance.records import BlockKind, Rejected, ScoreSubject
from compliance.report.context import ReportContext
from compliance.report.document_results import DocumentResults
from compliance.report.views.document import DocumentReport
from compliance.report.views.phrases import Phrase, name_set, name_short
from compliance.report.views.quotes import HTML_LANGUAGES
from compliance.report.views.sharing import SharingView, show_sharing
from compliance.report.views.steps import CONCRETE, NOT_FOUND, SHALL
from compliance.report.views.text_shares import TextShares


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document in the overview's tables."""

    id: str
    name: str
    full_name: str  # with the municipality before it
    language: str
    municipality: str
    kind: str
    period: str
    pages: int | None
    concrete: int  # sure ones, as on the document's own page
    shall: int
    unsure: int
    missing: int
    goals: int
    unattributed: int  # stretches of national wording without a source
    doubts: int
    words: TextShares
    local_share: float | None  # passages that only this municipality could have written; None where it is not known
    scores: Mapping[str, tuple[int, bool]]  # step and whether it is sure, by goal; absent where not scored

    def to_json(self) -> str:
        """Return the row as text, to be kept between runs."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> DocumentRow:
        """Return the row that `to_json` wrote."""
        data = json.loads(text)
        data["words"] = TextShares(**data["words"])
        data["scores"] = {goal: (step, sure) for goal, (step, sure) in data["scores"].items()}
        return cls(**data)


@dataclass(frozen=True, slots=True)
class SetView:
    """One guideline set as the columns of a table."""

    id: str
    name: str
    goals: tuple[tuple[str, Phrase], ...]  # id and short title


@dataclass(frozen=True, slots=True)
class Overview:
    """All that the overview page shows."""

    documents: tuple[DocumentRow, ...]
    sets: tuple[SetView, ...]
    sharing: SharingView
    rejected: tuple[Rejected, ...]
    guidelines: tuple[str, ...]


def show_overview(
    rows: Sequence[DocumentRow],
    *,
    sharing: Mapping[tuple[str, str], int],
    rejected: Sequence[Rejected],
    context: ReportContext,
) -> Overview:
    """Return what the overview shows; `rows` are the documents as `summarise_document` gives them.

    `sharing` is how many passages municipalities share, by pair of names.
    """
    known = {row.id for row in rows}
    language = context.texts.language
    return Overview(
        documents=tuple(rows),
        sets=tuple(
            SetView(each.id, name_set(each), tuple((goal.id, name_short(goal, language)) for goal in each.goals))
            for each in context.guidelines
        ),
        sharing=show_sharing(sharing),
        rejected=tuple(item for item in rejected if item.id.rpartition(":")[0] not in known),
        guidelines=tuple(name_set(item) for item in context.guidelines),
    )


def summarise_document(plan: DocumentResults, report: DocumentReport, *, context: ReportContext) -> DocumentRow:
    """Return the document's row."""
    profile, sure = plan.profile, [goal for goal in report.goals if goal.sure]
    return DocumentRow(
        id=plan.document.id,
        name=plan.name,
        full_name=plan.full_name,
        language=HTML_LANGUAGES[profile.language.value],
        municipality=plan.municipality or "",
        kind=context.texts.text(f"type.{profile.document_type.value}"),
        period=context.texts.period(profile.period.value) if profile.period else "",
        pages=len(plan.document.pages) if plan.document.has_pages else None,
        concrete=sum(goal.step == CONCRETE for goal in sure),
        shall=sum(goal.step == SHALL for goal in sure),
        unsure=len(report.goals) - len(sure),
        missing=sum(goal.step == NOT_FOUND for goal in sure),
        goals=len(report.goals),
        unattributed=len(report.words.unattributed),
        doubts=len(report.doubts),
        words=report.words.shares,
        local_share=_measure_local(plan),
        scores={goal.id: (plan.score_value(ScoreSubject.GOAL, goal.id), goal.sure) for goal in report.goals},
    )


def _measure_local(plan: DocumentResults) -> float | None:
    passages = [passage for passage in plan.reading.passages if passage.kind is not BlockKind.HEADING]
    if plan.municipality is None or not passages:
        return None
    return sum(passage.id in plan.local for passage in passages) / len(passages)
