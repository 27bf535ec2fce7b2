"""Which national documents a plan names, each with its edition."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.analyse.matching.cues import CueMatcher
from compliance.analyse.reuse.age import Age, AgeReader
from compliance.guidelines.cues import SourceCue
from compliance.guidelines.rules import Rules
from compliance.records import Citation, Reading


class CitationReader:
    """Finds the names of national documents and bodies."""

    def __init__(self, rules: Rules) -> None:
        self._sources: CueMatcher[SourceCue] = CueMatcher(rules.sources)
        self._ages = AgeReader(rules)

    def read(self, reading: Reading) -> Iterator[Citation]:
        """Yield each national document that a passage names, once for each passage, in the document's order.

        An older plan that names a document by a title which an earlier one had too means the earlier.
        """
        age = self._ages.read(reading)
        for passage in reading.passages:
            named: set[str] = set()
            for match in sorted(self._sources.find(passage.text), key=lambda each: (each.start, -each.end)):
                name = _choose_edition(match.cue, age)
                if name not in named:
                    named.add(name)
                    start, end = passage.start + match.start, passage.start + match.end
                    source = match.cue.id if name == match.cue.predecessor else match.cue.source
                    yield Citation(passage.document_id, passage.id, start, end, source, name)


def _choose_edition(cue: SourceCue, age: Age) -> str:
    """Return the document that a plan of this age means by a name."""
    if cue.issued is None or cue.predecessor is None:
        return cue.name
    year = age.adopted[1].year if age.adopted else age.year
    return cue.predecessor if year is not None and year < cue.issued else cue.name
