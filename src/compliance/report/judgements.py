"""What the report says of each goal and element: the score, its rule, and the quotes it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from compliance.records import ELEMENTS, BlockKind, Finding, Level, Method, Score, ScoreSubject, Task
from compliance.report.catalogue import Catalogue
from compliance.report.charts import ChartTexts, draw_bars, draw_stacks
from compliance.report.level_reasons import explain_level
from compliance.report.loan_views import LoanNote
from compliance.report.material import DocumentMaterial
from compliance.report.phrases import Label, label_element, label_goal, name_set
from compliance.report.presentation import Presentation
from compliance.report.quotes import Quote, quote_passage
from compliance.report.reasons import explain_finding, marked_spans
from compliance.report.shared import SharedText
from compliance.report.weighing import Weighing, weigh_finding

VISIBLE: Final = 3  # quotes shown before the reader asks for more
COPIED: Final = "copied"  # the scoring rule for goals that no own words speak for
BORROWED: Final = 0.5  # share of a passage from which on its words are another's, as in scoring
MAX_NAMES: Final = 3  # sources named for one goal
VALUES: Final = range(5)  # the score scale


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """One quote behind a score, with the reasons it counts."""

    anchor: str  # unique within its goal or element
    quote: Quote
    kind: BlockKind
    level: Level | None
    reasons: tuple[str, ...]  # sentences
    note: LoanNote | None  # where the words are another's, or stand elsewhere too
    weighing: Weighing | None  # of the goal or element; None where rules judged
    level_weighing: Weighing | None


@dataclass(frozen=True, slots=True)
class JudgementView:
    """One goal or element with its score."""

    anchor: str
    label: Label
    value: int
    rule: str
    evidence: tuple[EvidenceView, ...]
    left_out: int  # quotes that only the store holds

    @property
    def first(self) -> tuple[EvidenceView, ...]:
        """The quotes that are always visible."""
        return self.evidence[:VISIBLE]

    @property
    def rest(self) -> tuple[EvidenceView, ...]:
        """The quotes that the reader unfolds."""
        return self.evidence[VISIBLE:]


@dataclass(frozen=True, slots=True)
class GoalSetView:
    """One guideline set with the judgement of each goal."""

    id: str
    name: str
    publisher: str
    judgements: tuple[JudgementView, ...]

    @property
    def found(self) -> tuple[JudgementView, ...]:
        """The goals that the document speaks of."""
        return tuple(item for item in self.judgements if item.value > 0)

    @property
    def missing(self) -> tuple[JudgementView, ...]:
        """The goals that were not found in the document."""
        return tuple(item for item in self.judgements if item.value == 0)


def judge_goals(
    material: DocumentMaterial, shared: SharedText, *, presentation: Presentation
) -> tuple[GoalSetView, ...]:
    """Return each guideline set's goals with the document's scores; `shared` tells whose the words are."""
    language = presentation.texts.language
    return tuple(
        GoalSetView(
            id=guideline_set.id,
            name=name_set(guideline_set),
            publisher=guideline_set.publisher,
            judgements=tuple(
                _judge(material, ScoreSubject.GOAL, label_goal(goal, language), shared, presentation)
                for goal in guideline_set.goals
            ),
        )
        for guideline_set in material.judged_by(presentation.guidelines)
    )


def judge_elements(
    material: DocumentMaterial, shared: SharedText, *, presentation: Presentation
) -> tuple[JudgementView, ...]:
    """Return the twelve eGovWSF elements with the document's scores."""
    labels = [label_element(element, texts=presentation.texts) for element in ELEMENTS]
    return tuple(_judge(material, ScoreSubject.ELEMENT, label, shared, presentation) for label in labels)


def chart_goals(sets: Sequence[GoalSetView], *, texts: Catalogue) -> str:
    """Return a stacked bar for each set: how many goals stand at each score."""
    counts = [[sum(item.value == value for item in view.judgements) for view in sets] for value in VALUES]
    parts = tuple((texts.text(f"score.{value}"), tuple(counts[value])) for value in reversed(VALUES))
    rows = [
        f"{view.name}: " + ", ".join(f"{name.lower()} {column[index]}" for name, column in parts)
        for index, view in enumerate(sets)
    ]
    chart = ChartTexts("chart-goals", texts.text("goals.chart"), ". ".join(rows) + ".")
    return draw_stacks(tuple(texts.find(f"set.{view.id}", view.id) for view in sets), parts, texts=chart)


def chart_elements(judgements: Sequence[JudgementView], *, texts: Catalogue) -> str:
    """Return a bar for each element's score."""
    names = tuple(f"{item.label.id} {texts.text(f'element.{item.label.id}.short')}" for item in judgements)
    values = tuple(item.value for item in judgements)
    described = [f"{name}: {value}" for name, value in zip(names, values, strict=True)]
    chart = ChartTexts("chart-elements", texts.text("elements.chart"), ", ".join(described) + ".")
    return draw_bars(names, values, highest=max(VALUES), texts=chart)


def _judge(
    material: DocumentMaterial,
    subject: ScoreSubject,
    label: Label,
    shared: SharedText,
    presentation: Presentation,
) -> JudgementView:
    score = material.scores.get((subject, label.id))
    task = Task.GOALS if subject is ScoreSubject.GOAL else Task.ELEMENTS
    findings = {finding.passage_id: finding for finding in material.findings.get((task, label.id), ())}
    behind = score.passage_ids if score else ()
    known = [item for item in dict.fromkeys([*behind, *findings]) if item in material.passages]
    order = sorted(known, key=lambda item: shared.discounted.get(item, 0.0) >= BORROWED)  # own words first
    limit, texts = presentation.config.max_evidence, presentation.texts
    return JudgementView(
        anchor=label.id,
        label=label,
        value=score.value if score else 0,
        rule=_explain_rule(score, order, shared, texts),
        evidence=tuple(
            _show_evidence(material, item, findings.get(item), shared, presentation) for item in order[:limit]
        ),
        left_out=max(0, len(order) - limit),
    )


def _explain_rule(score: Score | None, order: Sequence[str], shared: SharedText, texts: Catalogue) -> str:
    """Return why the score is what it is; where every word is another's, whose."""
    if score is None:
        return texts.text("score.explain0")
    names = dict.fromkeys(shared.source_names[item] for item in order if item in shared.source_names)
    if score.rule == COPIED and names and all(shared.discounted.get(item, 0.0) >= BORROWED for item in order):
        return texts.text("rule.copied_from", names="; ".join(list(names)[:MAX_NAMES]))
    return texts.find(f"rule.{score.rule}", texts.text(f"score.explain{score.value}"))


def _show_evidence(
    material: DocumentMaterial,
    passage_id: str,
    finding: Finding | None,
    shared: SharedText,
    presentation: Presentation,
) -> EvidenceView:
    """Return a quote with its reasons; what another says commits nobody here, so its level is left out."""
    passage, text, texts = material.passages[passage_id], material.document.text, presentation.texts
    own = shared.discounted.get(passage_id, 0.0) < BORROWED
    level = material.level_finding(passage_id) if own else None
    trained = finding is not None and finding.method is Method.MODEL
    reasons = list(explain_finding(finding, text, texts=texts, trained=trained)) if finding else []
    if level:
        reasons += explain_level(level, text, texts=texts)
    return EvidenceView(
        anchor=f"{passage.index:04d}",
        quote=quote_passage(
            material,
            passage,
            marked_spans(finding, text),
            texts=texts,
            max_chars=presentation.config.max_quote_chars,
            commits=marked_spans(level, text),
        ),
        kind=passage.kind,
        level=Level(level.label) if level else None,
        reasons=tuple(reasons),
        note=shared.notes.get(passage_id),
        weighing=weigh_finding(finding, presentation=presentation),
        level_weighing=weigh_finding(level, presentation=presentation),
    )
