"""What every part of a report has to know: its words, the guideline sets, the other documents of the run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from compliance.guidelines.editions import Edition
from compliance.guidelines.sets import GuidelineSet
from compliance.records import Neighbour
from compliance.report.catalogue import Catalogue
from compliance.report.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class ReportContext:
    """The report's words and guideline sets, and the neighbours of the document reported on."""

    texts: Catalogue
    guidelines: Sequence[GuidelineSet]
    today: date  # when the run was made: what a deadline is past or not past on
    max_copied_share: float  # of a passage or clause, 0 to 1: from here on scoring took its words for another's
    criteria: Mapping[str, str] = field(default_factory=dict)  # each question behind an element, in the report's words
    around: Surroundings = field(default_factory=Surroundings)
    editions: Sequence[Edition] = ()  # sets used, and why
    known: Sequence[GuidelineSet] = ()  # every set there is, also those that no document is held against

    def place(self, around: Surroundings, editions: Sequence[Edition] = ()) -> ReportContext:
        """Return the context of one document of the run."""
        return replace(self, around=around, editions=editions)

    def name_document(self, document_id: str, default: str) -> str:
        """Return a document of the run as a reader would name it, `default` for a text that is none."""
        found = self.find_document(document_id)
        return found.full_name if found else default

    def municipality_of(self, document_id: str) -> str | None:
        """Return whose a document of the run is; None where that is not known."""
        found = self.find_document(document_id)
        return found.municipality if found else None

    def find_document(self, document_id: str) -> Neighbour | None:
        """Return the document of the run whose wording the reported one has, by its id, or None."""
        return self.around.sources.get(document_id)

    def find_set(self, set_id: str) -> GuidelineSet | None:
        """Return the guideline set with this id, or None."""
        return next((each for each in self.guidelines if each.id == set_id), None)

    def find_successor(self, guideline_set: GuidelineSet) -> GuidelineSet | None:
        """Return the set that has come in the set's place and is in force today, however many came between, or None."""
        by_id = {each.id: each for each in (*self.known, *self.guidelines)}
        newer = by_id.pop(guideline_set.replaced_by or "", None)
        while newer and not newer.covers(self.today):
            newer = by_id.pop(newer.replaced_by or "", None)  # taken out, so that sets in a circle end it
        return newer
