"""A study of many municipalities: what a researcher counts, each row with the place in a document that it rests on.

Offsets are those of `Document.text`: where `document_id` is set, `document.text[start:end] == quote`. Rows that rest on
no passage (what a person wrote in the manifest, what was not found) have None there and an empty quote.
`municipality` is always the key of a `StudyMunicipality`: its four-digit number, or its name where it has none.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from compliance.records.score import Certainty, ScoreSubject


class StrategyStatus(StrEnum):
    """What a municipality has of a digitalisation strategy on the study date (docs/study.md, status)."""

    VALID = "valid"  # adopted, and the date is within its period
    EXPIRED = "expired"  # adopted, and its period ended before the date
    DRAFT = "draft"  # a draft is in the corpus, and nothing is in force
    UNDER_WAY = "under_way"  # a document or a person says that one is being made
    NONE = "none"  # a document or a person says that there is none
    NOT_FOUND = "not_found"  # nothing says whether there is one: no answer, which is not «nei»


class InventoryState(StrEnum):
    """What the corpus has of one document type from one municipality."""

    HELD = "held"  # a document that is in force, or has no period
    EXPIRED = "expired"
    DRAFT = "draft"
    LATER = "later"  # only documents of after the study date
    UNDER_WAY = "under_way"  # the manifest says so
    NONE = "none"  # the manifest says so
    NO_RESPONSE = "no_response"  # the manifest says so
    HOLE = "hole"  # nothing is known


class RemarkKind(StrEnum):
    """What is to be looked at in a corpus."""

    MISSING_FILE = "missing_file"
    CHANGED_FILE = "changed_file"
    UNKNOWN_FILE = "unknown_file"  # in the folder, not in the manifest
    MANIFEST_BESIDE = "manifest_beside"  # with the results, for the corpus can only be read
    DUPLICATE = "duplicate"
    SUPERSEDED = "superseded"
    MISLABELLED = "mislabelled"
    SKIPPED_FORMAT = "skipped_format"
    REJECTED = "rejected"  # read, and left out by the run
    NO_MUNICIPALITY = "no_municipality"
    NOT_SELECTED = "not_selected"  # left out by --population or --county, or since that is not known


class NetworkRole(StrEnum):
    """How a municipality's documents speak of a regional network."""

    MENTIONED = "mentioned"
    REFLECTED = "reflected"  # the strategy commits itself to something with or through it, or has its wording


@dataclass(frozen=True, slots=True)
class StudyInfo:
    """What a study was made of and how."""

    run_id: str
    as_of: str  # YYYY-MM-DD
    corpus: str  # name of the folder
    selection: str  # «population 25000..; county Rogaland», empty: all
    made: str  # ISO 8601, UTC
    version: str


@dataclass(frozen=True, slots=True)
class StudyMunicipality:
    """One municipality of the study."""

    id: str  # its number, or its name where it has none
    number: str | None
    name: str
    county: str | None
    population: int | None
    centrality: str | None
    documents: int  # that count on the study date
    responded: bool  # False: the manifest says that it has not answered


@dataclass(frozen=True, slots=True)
class StudyDocument:
    """One document as the study counts it, the manifest's corrections taken in; one row a municipality that has it."""

    document_id: str
    municipality: str
    document_type: str
    title: str
    file: str
    status: str  # "adopted", "draft" or "" where nothing tells
    period: str | None
    adopted: str | None
    state: InventoryState  # HELD, EXPIRED, DRAFT or LATER on the study date
    words: int
    superseded_by: str | None  # document id of a newer one of the same type


@dataclass(frozen=True, slots=True)
class InventoryCell:
    """What there is of one document type from one municipality."""

    municipality: str
    document_type: str
    state: InventoryState
    documents: int


@dataclass(frozen=True, slots=True)
class CorpusRemark:
    """Something about a file, or a row of the manifest, that a person should look at."""

    kind: RemarkKind
    file: str
    detail: str  # what it is and what to do, in Norwegian


@dataclass(frozen=True, slots=True)
class StrategyState:
    """What a municipality has of a digitalisation strategy on the study date, and what that was read from."""

    municipality: str
    status: StrategyStatus
    period: str | None
    has_expired: bool  # one has ended before the date, whatever else there is
    equivalent: str | None  # document id of one in a strategy's place without being called one, or that tells of such
    reason: str  # in Norwegian
    document_id: str | None = None
    passage_id: str | None = None
    page: int | None = None
    start: int | None = None
    end: int | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class CaseValue:
    """One value of a municipality's case sheet (docs/study.md lists the fields)."""

    municipality: str
    field: str
    value: str
    note: str  # what qualifies the value: a network's role, whose division the goals follow; empty: nothing
    document_id: str | None = None
    passage_id: str | None = None
    page: int | None = None
    start: int | None = None
    end: int | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """A sum for something digital."""

    municipality: str
    what: str  # the row's name, or the sentence
    year: int | None
    kroner: int
    kind: str  # "drift", "investering", "fond" or "" where the text does not say
    unit: str  # as printed: "1000 kr"; empty: whole kroner
    document_id: str
    passage_id: str
    page: int | None
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class StudyCell:
    """How far a municipality's best document goes on a goal, theme, element or criterion."""

    municipality: str
    subject: str  # a ScoreSubject value, or "criterion"
    label: str  # goal, theme, element or criterion id
    value: int  # 0 to 4; criteria 0 to 2
    certainty: Certainty
    sure: bool  # whether the certainty is likely or better
    breadth: int  # passages of all its documents that speak of it
    documents: int  # documents that were held against it
    best_document: str  # document id
    document_id: str | None = None
    passage_id: str | None = None
    page: int | None = None
    start: int | None = None
    end: int | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class TextShare:
    """How many characters of a document's running text are whose; headings are not counted."""

    document_id: str
    total: int
    own: int
    quoted: int
    unattributed: int
    uncertain: int
    boilerplate: int


@dataclass(frozen=True, slots=True)
class CopiedSource:
    """How much of a document's text is from one source, or stands in one other document."""

    document_id: str
    municipality: str
    source_kind: str  # a SourceKind value
    source_id: str
    source_name: str
    characters: int  # each counted once
    share: float  # of the running text, 0 to 1
    passages: int
    attributed: bool  # every stretch names its source
    first: bool  # the other is known to be first; False: nobody knows who was


@dataclass(frozen=True, slots=True)
class Commitment:
    """A concrete promise of a strategy or plan, and whether it is found again in plan and budget."""

    municipality: str
    goal: str
    value: int  # 3 or 4
    who: str
    deadline: str
    amount: str
    plan_passage: str | None  # passage id of another plan of the municipality that speaks of it
    budget_passage: str | None  # of an økonomiplan or budget that does
    shared_words: str  # the words that tie them, space between
    document_id: str
    passage_id: str
    page: int | None
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class NationalTiming:
    """Whether a document was made before or after a national document, and whether it names it."""

    document_id: str
    municipality: str
    source: str  # guideline set id
    name: str
    published: str  # YYYY-MM-DD
    order: str  # "before", "after" or "unknown"
    citations: int


@dataclass(frozen=True, slots=True)
class StudyAnswer:
    """What a municipality's documents answer to a question; a list has a row an item."""

    question: str
    municipality: str
    item: int  # from 0
    answer: str  # "yes", "no", "quote", "item" or "not_found"
    value: str  # the fact's value, the item, or the words that were found
    basis: str  # "fact", "criterion", "case", "cue" or "status"
    certainty: Certainty
    document_id: str | None = None
    passage_id: str | None = None
    page: int | None = None
    start: int | None = None
    end: int | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class StudyFinding:
    """A count with its definition, and what another definition would have given."""

    id: str
    group: str  # "funn1" to "funn4", "konklusjon"
    title: str
    text: str  # the finding in Norwegian prose
    definition: str
    count: float  # municipalities, or a share 0 to 1 where `of` is 1
    of: int
    low: float  # the count with only what is sure
    high: float  # with what is unsure too
    looser_definition: str  # empty: none
    looser_count: float | None


@dataclass(frozen=True, slots=True)
class FindingCase:
    """One municipality's part in a finding."""

    finding: str
    municipality: str
    counts: bool
    counts_loosely: bool  # by the looser definition
    value: float | None  # for shares
    reason: str
    document_id: str | None = None
    passage_id: str | None = None
    page: int | None = None
    start: int | None = None
    end: int | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean or share with its interval."""

    measure: str
    grouping: str  # "all", "county", "size", "year", "type"
    group: str
    units: int  # municipalities or documents
    value: float
    low: float  # 95 % interval
    high: float
    method: str


@dataclass(frozen=True, slots=True)
class SampleItem:
    """A judgement drawn at random for a person to check by hand."""

    id: str  # stable for the cell
    stratum: str
    municipality: str
    subject: str
    label: str
    value: int
    certainty: Certainty
    document_id: str | None = None
    passage_id: str | None = None
    page: int | None = None
    start: int | None = None
    end: int | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class MunicipalityBlocks:
    """One municipality's rows of the blocks that its own documents tell; without a state where nobody owns them."""

    documents: tuple[StudyDocument, ...]  # all, with the periods that decisions give them
    state: StrategyState | None = None
    case_values: tuple[CaseValue, ...] = ()
    budget_lines: tuple[BudgetLine, ...] = ()
    cells: tuple[StudyCell, ...] = ()
    copied: tuple[CopiedSource, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    timings: tuple[NationalTiming, ...] = ()
    answers: tuple[StudyAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class Study:
    """Everything of a study."""

    info: StudyInfo
    municipalities: tuple[StudyMunicipality, ...] = ()
    documents: tuple[StudyDocument, ...] = ()
    inventory: tuple[InventoryCell, ...] = ()
    remarks: tuple[CorpusRemark, ...] = ()
    states: tuple[StrategyState, ...] = ()
    case_values: tuple[CaseValue, ...] = ()
    budget_lines: tuple[BudgetLine, ...] = ()
    cells: tuple[StudyCell, ...] = ()
    copied: tuple[CopiedSource, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    timings: tuple[NationalTiming, ...] = ()
    answers: tuple[StudyAnswer, ...] = ()
    findings: tuple[StudyFinding, ...] = ()
    finding_cases: tuple[FindingCase, ...] = ()
    estimates: tuple[Estimate, ...] = ()
    sample: tuple[SampleItem, ...] = ()


CRITERION = "criterion"  # the subject of a cell that is no ScoreSubject
SUBJECTS = (ScoreSubject.GOAL.value, ScoreSubject.THEME.value, ScoreSubject.ELEMENT.value, CRITERION)
