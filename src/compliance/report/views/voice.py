"""What words a document calls for: a draft is looked at before it is decided, a planning programme only asks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from compliance.records import DocumentType
from compliance.report.document_results import DocumentResults

DRAFT: Final = re.compile(r"(?<![^\W_])(?:utkast|høringsutkast|høyringsutkast|høring|høyring|forslag)(?![^\W_])", re.I)
BUDGETS: Final = frozenset({DocumentType.OKONOMIPLAN, DocumentType.ARSBUDSJETT})


class Status(StrEnum):
    """Where a document is on its way through the council."""

    DRAFT = "draft"
    ADOPTED = "adopted"
    UNKNOWN = "unknown"  # neither says so: read as one that can still be changed


class Genre(StrEnum):
    """What a kind of document is for, as far as the report's words depend on it."""

    PLAN = "plan"  # says what is to be done
    PROGRAMME = "programme"  # asks what a plan is to answer
    BUDGET = "budget"  # shares out money


@dataclass(frozen=True, slots=True)
class Voice:
    """Genre and status: which words the report uses of a document."""

    genre: Genre
    status: Status


def choose_voice(plan: DocumentResults) -> Voice:
    """Return the words that the document's type and status call for.

    A draft says so in its title or file name; what has a day of adoption and does not is adopted.
    """
    kind = DocumentType(plan.profile.document_type.value)
    genre = Genre.PROGRAMME if kind is DocumentType.PLANPROGRAM else Genre.BUDGET if kind in BUDGETS else Genre.PLAN
    if DRAFT.search(f"{plan.name} {plan.document.name}"):
        return Voice(genre, Status.DRAFT)
    return Voice(genre, Status.ADOPTED if plan.profile.adopted else Status.UNKNOWN)
