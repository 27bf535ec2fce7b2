"""Everything that a document's scores rest on, read from its passages and findings."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from compliance.analyse.observation.criteria import CriteriaReader
from compliance.analyse.observation.measures import MeasureReader
from compliance.guidelines.criteria import Criterion
from compliance.guidelines.rules import Rules
from compliance.records import Finding, Reading, ReuseSpan
from compliance.records.grouping import group_by_document
from compliance.score.scores import Observed


class EvidenceReader:
    """Reads the measures behind goals and criteria."""

    def __init__(self, rules: Rules, criteria: Sequence[Criterion]) -> None:
        self._measures = MeasureReader(rules)
        self._criteria = CriteriaReader(criteria)
        self._labels = frozenset(each.id for each in criteria)

    def read(
        self, readings: Sequence[Reading], *, findings: Sequence[Finding], reuse_spans: Sequence[ReuseSpan]
    ) -> Observed:
        """Return what is observed in the documents; their findings and reuse spans are part of it."""
        found, spans = group_by_document(findings), group_by_document(reuse_spans)
        each = [
            self._read_document(reading, found.get(reading.document.id, ()), spans.get(reading.document.id, ()))
            for reading in readings
        ]
        return Observed(
            findings=findings,
            reuse_spans=reuse_spans,
            measures=tuple(chain.from_iterable(one.measures for one in each)),
            touching=tuple(chain.from_iterable(one.touching for one in each)),
            criterion_measures=tuple(chain.from_iterable(one.criterion_measures for one in each)),
        )

    def _read_document(
        self, reading: Reading, findings: Sequence[Finding], reuse_spans: Sequence[ReuseSpan]
    ) -> Observed:
        touching = self._criteria.read(reading, findings)
        # Goals and criteria are read together: most passages speak for both, and a clause says the same of each.
        measures = self._measures.read_all([reading], findings=[*findings, *touching], reuse_spans=reuse_spans)
        return Observed(
            findings=findings,
            reuse_spans=reuse_spans,
            measures=tuple(each for each in measures if each.goal not in self._labels),
            touching=touching,
            criterion_measures=tuple(each for each in measures if each.goal in self._labels),
        )
