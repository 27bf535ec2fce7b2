"""What a document is and where that was read (stage 1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


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
    UTREDNING = "utredning"  # an analysis or report that a plan may build on; it decides nothing itself
    OTHER = "other"


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


def parse_date(value: str) -> date:
    """Return the first day that an Attribute date ("2019", "2019-05" or "2019-05-21") covers."""
    return date(*[*map(int, value.split("-")), 1, 1][:3])
