"""How a document stands to others beside shared wording: what it cites, whose structure it has (stage 3)."""

from __future__ import annotations

from dataclasses import dataclass

from compliance.records.reuse import Order, SourceKind


@dataclass(frozen=True, slots=True)
class Citation:
    """A place where a document names a national document or body."""

    document_id: str
    passage_id: str
    start: int  # document offsets of the name
    end: int
    source: str  # a guideline set's id or a source of rules/sources.yaml
    name: str  # the document or body with its edition, as a reader would name it


@dataclass(frozen=True, slots=True)
class StructureMatch:
    """A document that is divided as another is: headings in the other's order, whatever the words below them."""

    document_id: str
    source_kind: SourceKind
    source_id: str  # a guideline set's id, or a document of the run
    source_name: str
    passage_ids: tuple[str, ...]  # the headings, in order
    share: float  # of the source's areas or headings, 0 to 1
    order: Order


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a document was compared with; with nothing, no share of copied words says anything."""

    document_id: str
    documents: int  # of other municipalities in the run
    references: int  # national documents in full
    official_sentences: int  # known by their fingerprints


@dataclass(frozen=True, slots=True)
class Relations:
    """Everything of a run that is told by looking at its documents together, beside shared wording."""

    citations: tuple[Citation, ...] = ()
    structures: tuple[StructureMatch, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
