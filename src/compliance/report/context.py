"""What every part of a report has to know: its words, the guideline sets, the other documents of the run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from compliance.guidelines.editions import Edition
from compliance.guidelines.sets import GuidelineSet
from compliance.report.catalogue import Catalogue
from compliance.report.document_results import DocumentResults


@dataclass(frozen=True, slots=True)
class ReportContext:
    """The report's words, guideline sets and neighbours."""

    texts: Catalogue
    guidelines: Sequence[GuidelineSet]
    documents: Sequence[DocumentResults]  # every document of the run, the one reported on included
    today: date  # when the run was made: what a deadline is past or not past on
    max_copied_share: float  # of a passage or clause, 0 to 1: from here on scoring took its words for another's
    criteria: Mapping[str, str] = field(default_factory=dict)  # each question behind an element, in the report's words
    editions: Mapping[str, Sequence[Edition]] = field(default_factory=dict)  # by document: sets used, and why

    def name_document(self, document_id: str, default: str) -> str:
        """Return a document of the run as a reader would name it, `default` for a text that is none."""
        return next((each.full_name for each in self.documents if each.document.id == document_id), default)

    def municipality_of(self, document_id: str) -> str | None:
        """Return whose a document of the run is; None where that is not known."""
        found = self.find_document(document_id)
        return found.municipality if found else None

    def find_document(self, document_id: str) -> DocumentResults | None:
        """Return the document of the run with this id, or None."""
        return next((each for each in self.documents if each.document.id == document_id), None)

    def own_plans(self, document: DocumentResults) -> tuple[DocumentResults, ...]:
        """Return the other documents of the same municipality."""
        if document.municipality is None:
            return ()
        return tuple(
            each for each in self.documents if each.municipality == document.municipality and each is not document
        )

    def comparable(self, document: DocumentResults) -> tuple[DocumentResults, ...]:
        """Return the documents of the same type from other municipalities."""
        return tuple(
            each
            for each in self.documents
            if each.profile.document_type.value == document.profile.document_type.value
            and each.municipality != document.municipality
        )

    def compares_municipalities(self, document: DocumentResults) -> bool:
        """Whether another municipality's document is in the run, so that shared wording could be seen."""
        return any(each.municipality != document.municipality for each in self.documents)

    def find_set(self, set_id: str) -> GuidelineSet | None:
        """Return the guideline set with this id, or None."""
        return next((each for each in self.guidelines if each.id == set_id), None)
