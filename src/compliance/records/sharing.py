"""What is kept of documents to compare them by: what one says alone, and what two share as the two alone decide it.

What else there is in a corpus changes none of it, so a document that comes later is compared without the others being
read again.
"""

from __future__ import annotations

from dataclasses import dataclass

from compliance.records.relations import Citation, StructureMatch
from compliance.records.reuse import Order, ReuseSpan, SourceKind
from compliance.records.span import Span


@dataclass(frozen=True, slots=True)
class SharedText:
    """Whose a compared text is, and what it says of its age."""

    document_id: str
    owner: str  # its municipality, else its own id; empty for national texts: texts of one owner are never compared
    name: str  # as a reader would name it
    adopted: str | None  # as `Profile.adopted` has it
    year: int | None  # the first of its plan period
    draft: bool
    words: int


@dataclass(frozen=True, slots=True)
class TitledHeading:
    """A heading with the words of it that say something, as stems in their order."""

    passage_id: str
    stems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProseSentence:
    """A sentence that says enough to be compared; offsets in its document."""

    passage: int  # its number
    start: int
    end: int
    stems: tuple[str, ...]  # each once, sorted
    numbers: tuple[str, ...]
    wording: str  # a hash of its words


@dataclass(frozen=True, slots=True)
class SharedProse:
    """What a text's structure and sentences are compared by."""

    document_id: str
    headings: tuple[TitledHeading, ...]
    sentences: tuple[ProseSentence, ...]


@dataclass(frozen=True, slots=True)
class SharedPart:
    """A stretch of one passage that stands in the other text too."""

    span: ReuseSpan  # with the attribution and boilerplate that are known from the two texts
    passage: int  # its number
    set_phrase: bool  # few words, and no whole sentence
    alike: str  # a hash of the wording with what stands around it


@dataclass(frozen=True, slots=True)
class SharedSide:
    """A match of two texts, seen from one of them; `words` and `source_words` are half-open ranges of words."""

    document_id: str
    source_id: str
    source_kind: SourceKind
    words: Span
    source_words: Span
    similarity: float  # 0 to 1, of the match
    passages: Span  # half-open range of the numbers of the document's passages that the match runs through
    sentences: Span  # and of its sentences
    named: bool  # the document names the other's municipality somewhere
    described: bool  # order, surplus and parts are known; not where very many others have the wording
    order: Order | None  # None: the document does not have it from the other, which has it from this one
    surplus: int  # shared words less those that one text alone has, over all parts
    parts: tuple[SharedPart, ...]


@dataclass(frozen=True, slots=True)
class SharedStretch:
    """What tells whether a match with another municipality is told of: the little of a `SharedSide` that does."""

    document_id: str
    source_id: str
    sentences: Span
    named: bool
    described: bool


@dataclass(frozen=True, slots=True)
class SharedTerm:
    """A word that a sentence shares with another, where it stands in the sentence's document."""

    stem: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Retelling:
    """Two sentences that share words, and how near they are in meaning."""

    document_id: str
    source_id: str
    source_start: int
    standing: float  # standard deviations nearer than sentences of plans usually are
    span: ReuseSpan  # as far as the two sentences tell: its similarity is not known yet
    terms: tuple[SharedTerm, ...]
    stems: tuple[str, ...]  # of the document's sentence, each once, sorted
    alike: str  # as of a part


@dataclass(frozen=True, slots=True)
class ComparedDocument:
    """All that one document says alone."""

    text: SharedText
    prose: SharedProse
    sides: tuple[SharedSide, ...]  # with national texts
    citations: tuple[Citation, ...]
    structures: tuple[StructureMatch, ...]  # of national strategies
