"""The records that pass between the stages: ingest → segment → analyse → score → report.

All are frozen and hold no behaviour beyond what follows from their own fields. Offsets count Unicode code points in
`Document.text`; pages are numbered from 1; boxes are in PDF points with the origin at the top left of the page.
Import them from here; each module inside holds what one stage makes.
"""

from compliance.records.analysis import Analysis
from compliance.records.document import Block, BlockKind, Box, Document, Furniture, FurnitureKind, Page, TableRow
from compliance.records.finding import (
    ELEMENTS,
    LOCAL,
    UNCLEAR,
    Evidence,
    EvidenceCode,
    EvidenceKind,
    Fact,
    Finding,
    Level,
    Method,
    Task,
)
from compliance.records.meaning import Meaning
from compliance.records.measure import Detail, DetailKind, Measure, Stance, says_more
from compliance.records.neighbour import Neighbour
from compliance.records.passage import Passage, Reading
from compliance.records.profile import Attribute, AttributeSource, DocumentType, Language, Profile, parse_date
from compliance.records.reading_quality import ReadingQuality, ReadingWarning, ReadingWarningCode
from compliance.records.relations import Citation, Comparison, Relations, StructureMatch
from compliance.records.reuse import AnalysisRecord, Attribution, Order, ReuseKind, ReuseSpan, SourceKind
from compliance.records.run import COSTLY_REASONS, Rejected, RejectionReason, Results, Run, Stage
from compliance.records.score import Assessment, Certainty, CriterionAnswer, Review, Score, ScoreSubject
from compliance.records.second_reading import ReaderOutcome, SecondGoal, SecondReading
from compliance.records.sharing import (
    ComparedDocument,
    ProseSentence,
    Retelling,
    SharedPart,
    SharedProse,
    SharedSide,
    SharedStretch,
    SharedTerm,
    SharedText,
    TitledHeading,
)
from compliance.records.span import Span

__all__ = [
    "COSTLY_REASONS",
    "ELEMENTS",
    "LOCAL",
    "UNCLEAR",
    "Analysis",
    "AnalysisRecord",
    "Assessment",
    "Attribute",
    "AttributeSource",
    "Attribution",
    "Block",
    "BlockKind",
    "Box",
    "Certainty",
    "Citation",
    "ComparedDocument",
    "Comparison",
    "CriterionAnswer",
    "Detail",
    "DetailKind",
    "Document",
    "DocumentType",
    "Evidence",
    "EvidenceCode",
    "EvidenceKind",
    "Fact",
    "Finding",
    "Furniture",
    "FurnitureKind",
    "Language",
    "Level",
    "Meaning",
    "Measure",
    "Method",
    "Neighbour",
    "Order",
    "Page",
    "Passage",
    "Profile",
    "ProseSentence",
    "ReaderOutcome",
    "Reading",
    "ReadingQuality",
    "ReadingWarning",
    "ReadingWarningCode",
    "Rejected",
    "RejectionReason",
    "Relations",
    "Results",
    "Retelling",
    "ReuseKind",
    "ReuseSpan",
    "Review",
    "Run",
    "Score",
    "ScoreSubject",
    "SecondGoal",
    "SecondReading",
    "SharedPart",
    "SharedProse",
    "SharedSide",
    "SharedStretch",
    "SharedTerm",
    "SharedText",
    "SourceKind",
    "Span",
    "Stage",
    "Stance",
    "StructureMatch",
    "TableRow",
    "Task",
    "TitledHeading",
    "parse_date",
    "says_more",
]
