"""A whole report of results at hand, and the shared passages counted from records: what the run's database gives it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from compliance.config import ReportConfig
from compliance.guidelines.sets import GuidelineSet
from compliance.records import Results, ReuseKind, SourceKind
from compliance.report.document_results import DocumentResults, collect_results
from compliance.report.pages import ReportWriter, make_context, place_among


def write_report(results: Results, guidelines: Sequence[GuidelineSet], *, folder: Path, config: ReportConfig) -> Path:
    """Write `index.html` and `documents/<id>.html` and `.xlsx`, and return the path of the overview."""
    plans = collect_results(results)
    context = make_context(results.run, guidelines, config=config)
    writer = ReportWriter(folder, results.run, context)
    rows = [writer.write_document(plan, place_among(plan, plans, context=context)) for plan in plans]
    return writer.write_overview(rows, sharing=count_sharing(plans), rejected=results.rejected)


def count_sharing(plans: Sequence[DocumentResults]) -> dict[tuple[str, str], int]:
    """Return how many passages each municipality shares with each other, what everybody writes not counted.

    A document that names no municipality stands under its own name.
    """
    owners = {plan.document.id: _owner(plan) for plan in plans}
    passages: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for plan in plans:
        own = owners[plan.document.id]
        for span in plan.reuse_spans:
            other = owners.get(span.source_id, span.source_name)
            counts_as_shared = not span.boilerplate and span.kind is not ReuseKind.REWORKED
            if span.source_kind is SourceKind.MUNICIPALITY and counts_as_shared and own != other:
                passages[own, other].add(span.passage_id)
    return {pair: len(ids) for pair, ids in passages.items()}


def _owner(plan: DocumentResults) -> str:
    return plan.profile.municipality.value if plan.profile.municipality else plan.name
