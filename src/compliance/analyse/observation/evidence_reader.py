"""Everything that a document's scores rest on, read from its passages and findings."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from compliance.analyse.observation.criteria import CriteriaReader
from compliance.analyse.observation.measures import MeasureReader
from compliance.guidelines.criteria import Criterion
from compliance.guidelines.rules import Rules
from compliance.records import Finding, Meaning, Reading, ReuseSpan, Task
from compliance.records.grouping import group_by_document
from compliance.score.evidence import WHOLE
from compliance.score.scores import Observed


class EvidenceReader:
    """Reads the measures behind goals and criteria."""

    def __init__(self, rules: Rules, criteria: Sequence[Criterion]) -> None:
        self._measures = MeasureReader(rules)
        self._criteria = CriteriaReader(criteria)
        self._labels = frozenset(each.id for each in criteria)

    def read(
        self,
        readings: Sequence[Reading],
        *,
        findings: Sequence[Finding],
        meanings: Sequence[Meaning],
        reuse_spans: Sequence[ReuseSpan],
    ) -> Observed:
        """Return what is observed in the documents; their findings, meanings and reuse spans are part of it."""
        found, meant = group_by_document(findings), group_by_document(meanings)
        spans = group_by_document(reuse_spans)
        each = [
            self._read_document(
                reading,
                findings=found.get(reading.document.id, ()),
                meanings=meant.get(reading.document.id, ()),
                reuse_spans=spans.get(reading.document.id, ()),
            )
            for reading in readings
        ]
        return Observed(
            findings=findings,
            reuse_spans=reuse_spans,
            meanings=meanings,
            measures=tuple(chain.from_iterable(one.measures for one in each)),
            touching=tuple(chain.from_iterable(one.touching for one in each)),
            criterion_measures=tuple(chain.from_iterable(one.criterion_measures for one in each)),
            whole_measures=tuple(chain.from_iterable(one.whole_measures for one in each)),
        )

    def _read_document(
        self,
        reading: Reading,
        *,
        findings: Sequence[Finding],
        meanings: Sequence[Meaning],
        reuse_spans: Sequence[ReuseSpan],
    ) -> Observed:
        touching = self._criteria.read(reading, findings)
        whole = [Finding(each.document_id, each.passage_id, Task.ELEMENTS, WHOLE, 1.0, ()) for each in meanings]
        # Goals and criteria are read together: most passages speak for both, and a clause says the same of each.
        measures = self._measures.read_all([reading], findings=[*findings, *touching, *whole], reuse_spans=reuse_spans)
        return Observed(
            findings=findings,
            reuse_spans=reuse_spans,
            meanings=meanings,
            measures=tuple(each for each in measures if each.goal not in self._labels and each.goal != WHOLE),
            touching=touching,
            criterion_measures=tuple(each for each in measures if each.goal in self._labels),
            whole_measures=tuple(each for each in measures if each.goal == WHOLE),
        )
