"""The smallest records a test can need, built by hand."""

from __future__ import annotations

from collections.abc import Sequence

from compliance.records import (
    Assessment,
    Attribute,
    AttributeSource,
    Block,
    BlockKind,
    Document,
    DocumentType,
    Language,
    Page,
    Passage,
    Profile,
    Reading,
    ReuseSpan,
)
from compliance.records.study import TextShare
from compliance.store.runs import RunStore

Line = str | tuple[BlockKind, str]  # a paragraph, or a block of another kind


def make_reading(
    lines: Sequence[Line],
    *,
    document_id: str = "plan-00000000",
    municipality: str | None = None,
    adopted: str | None = None,
    period: str | None = None,
    language: Language = Language.NB,
    document_type: DocumentType = DocumentType.DIGITALISERINGSSTRATEGI,
) -> Reading:
    """Build a reading with one passage a line; headings give the section, a line ending in «:» leads the list in."""
    blocks: list[Block] = []
    passages: list[Passage] = []
    text = ""
    section: tuple[str, ...] = ()
    lead_in: str | None = None
    for index, line in enumerate(lines):
        kind, words = line if isinstance(line, tuple) else (BlockKind.PARAGRAPH, line)
        start = len(text) + 2 if text else 0
        text = f"{text}\n\n{words}" if text else words
        blocks.append(Block(kind, start, start + len(words)))
        passage = Passage(
            id=f"{document_id}:{index:04d}",
            document_id=document_id,
            index=index,
            kind=kind,
            text=words,
            start=start,
            end=start + len(words),
            pages=(1,),
            section=() if kind is BlockKind.HEADING else section,
            level=1 if kind is BlockKind.HEADING else None,
            lead_in=lead_in if kind is BlockKind.LIST_ITEM else None,
            sentences=((start, start + len(words)),),
        )
        passages.append(passage)
        if kind is BlockKind.HEADING:
            section, lead_in = (words,), None
        elif kind is not BlockKind.LIST_ITEM:
            lead_in = passage.id if words.endswith(":") else None
    document = Document(
        id=document_id,
        name=f"{document_id}.txt",
        sha256=document_id[-8:].rjust(64, "0"),
        media_type="text/plain",
        title=None,
        text=text,
        pages=(Page(1, 0, 0),),
        blocks=tuple(blocks),
    )
    profile = Profile(
        document_id=document_id,
        language=make_attribute(language.value),
        document_type=make_attribute(document_type.value),
        municipality=make_attribute(municipality) if municipality else None,
        adopted=make_attribute(adopted) if adopted else None,
        period=make_attribute(period) if period else None,
    )
    return Reading(document, profile, tuple(passages))


def make_attribute(value: str) -> Attribute:
    """Build an attribute that the user set."""
    return Attribute(value, AttributeSource.OVERRIDE, value)


def save_corpus(
    store: RunStore,
    *,
    spans: Sequence[ReuseSpan],
    assessment: Assessment,
    key: str,
    shares: Sequence[TextShare] = (),
) -> None:
    """Save what a run finds over its documents, as the run does it: first the relations, then document by document."""
    alike = ((span, str(number)) for number, span in enumerate(spans))
    store.shared().save_spans(alike, structures=(), comparisons=())
    for each in store.list_documents():
        kinds = (assessment.scores, assessment.criteria, assessment.reviews, assessment.measures)
        own = Assessment(*(tuple(record for record in kind if record.document_id == each.id) for kind in kinds))
        mine = [share for share in shares if share.document_id == each.id]
        store.parts().save_scores(each.id, own, mine, key=key)
    store.set_corpus_key(key)
