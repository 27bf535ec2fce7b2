"""What the system says of a gold set's passages, in the form that a reader's labels have."""

from __future__ import annotations

from collections.abc import Sequence

from compliance.config import IngestConfig
from compliance.evaluate.gold import GoldSet, LabelRow, Labels
from compliance.ingest.profile import profile_document
from compliance.records import (
    AnalysisRecord,
    Block,
    BlockKind,
    Document,
    Finding,
    Level,
    Page,
    Passage,
    Reading,
    Span,
    Task,
)
from compliance.text.sentences import split_sentences

SEPARATOR = "\n\n"


def make_reading(gold: GoldSet) -> Reading:
    """Return the gold passages as a reading: paragraphs without layout, cut as the readers cut them."""
    text = SEPARATOR.join(passage.text for passage in gold.passages)
    document_id = f"{gold.name}-gold"
    passages = tuple(_make_passages(gold, document_id))
    blocks = tuple(Block(passage.kind, passage.start, passage.end) for passage in passages)
    document = Document(document_id, gold.name, "0" * 64, "text/plain", None, text, (Page(1, 0, 0),), blocks)
    return Reading(document, profile_document(document, config=IngestConfig()), passages)


def _make_passages(gold: GoldSet, document_id: str) -> list[Passage]:
    passages: list[Passage] = []
    start = 0
    for index, passage in enumerate(gold.passages):
        end = start + len(passage.text)
        sentences = split_sentences(passage.text)
        passages.append(
            Passage(
                id=passage.id,
                document_id=document_id,
                index=index,
                kind=BlockKind.PARAGRAPH,
                text=passage.text,
                start=start,
                end=end,
                pages=(1,),
                sentences=tuple(Span(start + low, start + high) for low, high in sentences),
            )
        )
        start = end + len(SEPARATOR)
    return passages


def collect_labels(gold: GoldSet, records: Sequence[AnalysisRecord]) -> Labels:
    """Return the system's labels in the passages' order."""
    by_passage: dict[str, list[Finding]] = {passage.id: [] for passage in gold.passages}
    for record in records:
        if isinstance(record, Finding):
            by_passage[record.passage_id].append(record)
    return tuple(_collect_row(passage_id, findings) for passage_id, findings in by_passage.items())


def _collect_row(passage_id: str, findings: Sequence[Finding]) -> LabelRow:
    said = {task: [each for each in findings if each.task is task] for task in Task}
    borrowed = [each for each in said[Task.ATTRIBUTION] if each.borrows]
    return LabelRow(
        id=passage_id,
        goals=tuple(finding.label for finding in said[Task.GOALS]),
        elements=tuple(finding.label for finding in said[Task.ELEMENTS]),
        level=Level(said[Task.LEVEL][0].label) if said[Task.LEVEL] else Level.NONE,
        reuse="own" if not borrowed else "quoted" if borrowed[0].label == "quoted" else "copied",
        source=borrowed[0].source if borrowed else None,
        local=bool(said[Task.LOCAL]),
    )
