"""Everything that a document's scores rest on, read from its passages and findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from compliance.analyse.observation.criteria import CriteriaReader
from compliance.analyse.observation.measures import MeasureReader
from compliance.guidelines.criteria import Criterion
from compliance.guidelines.rules import Rules
from compliance.records import Finding, Reading, ReuseSpan, Task
from compliance.score.scores import Observed


class EvidenceReader:
    """Reads the measures behind goals and criteria."""

    def __init__(self, rules: Rules, criteria: Sequence[Criterion]) -> None:
        self._measures = MeasureReader(rules)
        self._criteria = CriteriaReader(criteria)

    def read(
        self, readings: Sequence[Reading], *, findings: Sequence[Finding], reuse_spans: Sequence[ReuseSpan]
    ) -> Observed:
        """Return what is observed in the documents; their findings and reuse spans are part of it."""
        touching = self._find_touching(readings, findings)
        attributed = [each for each in findings if each.task is Task.ATTRIBUTION]
        read = self._measures.read_all
        return Observed(
            findings=findings,
            reuse_spans=reuse_spans,
            measures=read(readings, findings=findings, reuse_spans=reuse_spans),
            touching=touching,
            criterion_measures=read(readings, findings=[*touching, *attributed], reuse_spans=reuse_spans),
        )

    def _find_touching(self, readings: Iterable[Reading], findings: Iterable[Finding]) -> list[Finding]:
        by_document: dict[str, list[Finding]] = {}
        for finding in findings:
            by_document.setdefault(finding.document_id, []).append(finding)
        return [
            found
            for reading in readings
            for found in self._criteria.read(reading, by_document.get(reading.document.id, ()))
        ]
