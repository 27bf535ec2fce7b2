"""The records that pass between the stages: ingest → segment → analyse → score → report.

All are frozen and hold no behaviour beyond what follows from their own fields. Offsets count Unicode code points in
`Document.text`; pages are numbered from 1; boxes are in PDF points with the origin at the top left of the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias


class Language(StrEnum):
    """Written language of a document: `nb` (bokmål), `nn` (nynorsk), or neither."""

    NB = "nb"
    NN = "nn"
    OTHER = "other"


class DocumentType(StrEnum):
    """Kind of municipal steering document."""

    SAMFUNNSDEL = "samfunnsdel"
    OKONOMIPLAN = "okonomiplan"  # handlings- og økonomiplan, with or without budget
    ARSBUDSJETT = "arsbudsjett"
    DIGITALISERINGSSTRATEGI = "digitaliseringsstrategi"
    IKT_STRATEGI = "ikt_strategi"
    TEMAPLAN = "temaplan"  # sector and theme plans
    PLANSTRATEGI = "planstrategi"
    PLANPROGRAM = "planprogram"
    OTHER = "other"


class BlockKind(StrEnum):
    """What a block of content is; a passage keeps the kind of the block it was made from."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    CAPTION = "caption"
    FOOTNOTE = "footnote"


class FurnitureKind(StrEnum):
    """What a piece of page furniture is. Furniture is kept beside the text, never analysed."""

    HEADER = "header"
    FOOTER = "footer"
    PAGE_NUMBER = "page_number"
    CONTENTS = "contents"  # a line of a table of contents
    COMMENT = "comment"  # what a reviewer wrote in the margin


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on one page, in points, `x0 <= x1` and `y0 <= y1`."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page as read. Formats without pages (HTML, Markdown, text, DOCX) have a single page of size 0 × 0."""

    number: int
    width: float
    height: float
    ocr: bool = False  # the text came from optical character recognition


@dataclass(frozen=True, slots=True)
class TableRow:
    """A table row's cells beside the header cells above them; `len(header)` is 0 or `len(cells)`."""

    header: tuple[str, ...]
    cells: tuple[str, ...]
    unit: str | None = None  # as printed with the table: "1000 kr", "mill. kr"
    title: str | None = None  # the table's caption or the line that names it


@dataclass(frozen=True, slots=True)
class Block:
    """A contiguous piece of content: `document.text[start:end]` is its text, list marker included.

    Blocks stand in reading order and never overlap. A paragraph that crosses a page is one block with two boxes.
    """

    kind: BlockKind
    start: int
    end: int
    boxes: tuple[Box, ...] = ()
    level: int | None = None  # headings: 1 is the outermost; list items: depth from 1
    marker: str | None = None  # list items: the bullet or number as printed; footnotes: the reference mark
    table: TableRow | None = None
    boxed: bool = False  # set apart from the running text: indented quote, italic block, shaded or framed box


@dataclass(frozen=True, slots=True)
class Furniture:
    """Text that belongs to the page rather than to the content."""

    kind: FurnitureKind
    text: str
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One file as read: its content as text with blocks, and its furniture beside it."""

    id: str  # slug of the file name and the first 8 hex digits of sha256, stable between runs
    name: str  # file name without folders
    sha256: str
    media_type: str
    title: str | None  # from the file's own metadata or its title heading
    text: str
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    furniture: tuple[Furniture, ...] = ()


class AttributeSource(StrEnum):
    """Where a document's attribute was read."""

    TEXT = "text"
    FILE_NAME = "file_name"
    METADATA = "metadata"
    OVERRIDE = "override"


@dataclass(frozen=True, slots=True)
class Attribute:
    """One thing known about a document and where it was read.

    `quote` is what it was read from; with source TEXT, `document.text[start:end] == quote`.
    """

    value: str
    source: AttributeSource
    quote: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """What a document is. `None` means that nothing in the document says so."""

    document_id: str
    language: Attribute  # a Language value
    document_type: Attribute  # a DocumentType value
    municipality: Attribute | None = None  # the name, as in the municipality register
    municipality_number: str | None = None  # four digits, "3320"
    county: str | None = None
    period: Attribute | None = None  # "YYYY-YYYY"
    adopted: Attribute | None = None  # "YYYY-MM-DD", "YYYY-MM" or "YYYY"


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit of analysis: `document.text[start:end] == passage.text` always holds."""

    id: str  # "<document id>:<index, four digits>"
    document_id: str
    index: int  # position in reading order, from 0
    kind: BlockKind
    text: str
    start: int
    end: int
    pages: tuple[int, ...]
    boxes: tuple[Box, ...] = ()
    section: tuple[str, ...] = ()  # headings above, outermost first; for a heading, those above it
    level: int | None = None
    marker: str | None = None
    table: TableRow | None = None
    boxed: bool = False
    lead_in: str | None = None  # list items: id of the passage that introduces the list
    sentences: tuple[tuple[int, int], ...] = ()  # document offsets, in order, covering all but white space


@dataclass(frozen=True, slots=True)
class Reading:
    """One document with everything the first two stages say of it: the input of every analyser."""

    document: Document
    profile: Profile
    passages: tuple[Passage, ...]


class Level(StrEnum):
    """How far a passage commits the municipality, weakest first (`taxonomy.yaml`)."""

    NONE = "none"
    BACKGROUND = "background"
    INTENTION = "intention"
    COMMITMENT = "commitment"
    CONCRETE = "concrete"


class EvidenceKind(StrEnum):
    """What sort of observation supports a finding."""

    TERM = "term"  # a term from a guideline or rule file stands in the text
    FUZZY = "fuzzy"  # a term stands there nearly, or inflected or compounded
    EMBEDDING = "embedding"  # the passage means nearly what a goal's statement means
    HEADING = "heading"  # a heading above the passage names the label
    RULE = "rule"  # a pattern from a rule file matched
    NEIGHBOUR = "neighbour"  # the passage before it, or the list's lead-in, carries the label
    WORDING = "wording"  # the wording stands in another document


@dataclass(frozen=True, slots=True)
class Evidence:
    """One observation behind a finding.

    `start` and `end` are document offsets; both None where the observation is about the passage as a whole.
    """

    kind: EvidenceKind
    reference: str  # what it was held against: a term, a rule id, a goal id or a passage id
    score: float  # strength, 0 to 1
    start: int | None = None
    end: int | None = None
    against: bool = False  # argues against the finding


@dataclass(frozen=True, slots=True)
class Finding:
    """One label that an analyser gives a passage, with its reasons."""

    document_id: str
    passage_id: str
    analyser: str  # "goals", "elements", "level" or "local"
    label: str  # a goal id, an element id, a Level value, or "local"
    score: float  # 0 to 1; not a probability until calibrated (docs/calibration.md)
    evidence: tuple[Evidence, ...]
    features: tuple[tuple[str, float], ...] = ()  # named numbers the score was made of


class ReuseKind(StrEnum):
    """How close the two wordings are."""

    VERBATIM = "verbatim"
    NEAR_VERBATIM = "near_verbatim"
    REWORKED = "reworked"


class Attribution(StrEnum):
    """Whether the text says that the words are another's."""

    QUOTED = "quoted"
    UNATTRIBUTED = "unattributed"
    UNCERTAIN = "uncertain"


class SourceKind(StrEnum):
    """What kind of text the wording is shared with."""

    GUIDELINE = "guideline"  # a goal in a guideline file
    REFERENCE = "reference"  # an imported national document
    MUNICIPALITY = "municipality"  # another document of the run


@dataclass(frozen=True, slots=True)
class ReuseSpan:
    """A stretch of a document's text that also stands elsewhere, with the offsets of both sides.

    `document.text[start:end]` is the user's side, `source_text` the other's: the source's text from `source_start` to
    `source_end`. Where official wording is known only by its fingerprint, `source_text` is empty and both are 0.
    """

    document_id: str
    passage_id: str
    start: int
    end: int
    source_kind: SourceKind
    source_id: str  # document id, "<set>:<goal id>", or reference id
    source_name: str  # as a reader would name it
    source_start: int
    source_end: int
    source_text: str  # the source's wording of the span, for side-by-side view
    source_page: int | None
    kind: ReuseKind
    attribution: Attribution
    similarity: float  # 0 to 1, of the aligned wordings
    boilerplate: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact a document states: a field of a findings case (docs/facts.md) with its evidence."""

    document_id: str
    passage_id: str
    field: str
    value: str
    evidence: tuple[Evidence, ...]


AnalysisRecord: TypeAlias = Finding | ReuseSpan | Fact


class ScoreSubject(StrEnum):
    """What a score is about."""

    GOAL = "goal"
    ELEMENT = "element"


@dataclass(frozen=True, slots=True)
class Score:
    """How far a document goes on one goal or element, 0 to 4, with the rule that gave it and what it rests on."""

    document_id: str
    subject: ScoreSubject
    label: str
    value: int
    rule: str  # id of the scoring rule, explained in docs/scoring.md
    passage_ids: tuple[str, ...]  # the passages behind the score, strongest first


class Stage(StrEnum):
    """Where in the flow something happened."""

    INGEST = "ingest"
    SEGMENT = "segment"
    ANALYSE = "analyse"
    SCORE = "score"
    REPORT = "report"


class RejectionReason(StrEnum):
    """Why a file was left out; every reason has its own advice to the user."""

    ENCRYPTED = "encrypted"
    CORRUPT = "corrupt"
    TRUNCATED = "truncated"
    EMPTY = "empty"  # zero bytes
    NO_PAGES = "no_pages"
    NO_TEXT = "no_text"  # opens, but holds no words
    NEEDS_OCR = "needs_ocr"  # scanned, and Tesseract or its Norwegian data is missing
    MISLABELLED = "mislabelled"  # the content is not what the file name says
    UNSUPPORTED = "unsupported"
    UNREADABLE = "unreadable"  # permission or disk error
    DUPLICATE = "duplicate"  # byte for byte another file of the run
    FAILED = "failed"  # an error of ours; the detail names it


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file (or a passage) that a stage left out: nothing disappears without one."""

    id: str  # the file as the user named it, or a passage id
    stage: Stage
    reason: RejectionReason
    detail: str  # what was wrong and what to do, one sentence each


@dataclass(frozen=True, slots=True)
class Run:
    """What a run was made with, so that every result can be traced."""

    id: str
    version: str
    config_sha256: str
    model: str  # name and revision of the encoder
    guidelines: tuple[str, ...]  # "<set>@<edition>"
    started: str  # ISO 8601, UTC
    finished: str | None


@dataclass(frozen=True, slots=True)
class Results:
    """Everything a run knows: what the report is made from."""

    run: Run
    readings: tuple[Reading, ...]
    findings: tuple[Finding, ...]
    reuse_spans: tuple[ReuseSpan, ...]
    facts: tuple[Fact, ...]
    scores: tuple[Score, ...]
    rejected: tuple[Rejected, ...]


def parse_date(value: str) -> date:
    """Return the first day that an Attribute date ("2019", "2019-05" or "2019-05-21") covers."""
    return date(*[*map(int, value.split("-")), 1, 1][:3])
