"""Means with intervals by county, size, year and type, and how stable the order of the municipalities is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from compliance.records import ScoreSubject
from compliance.records.study import Estimate, FindingCase, StudyCell, StudyDocument, StudyMunicipality, TextShare
from compliance.study.resampling import LEAST_UNITS, Values, interval_of_mean, interval_of_pairs

_SIZES: Final = ((5_000, "under 5 000"), (20_000, "5 000–20 000"), (50_000, "20 000–50 000"))
_LARGEST: Final = "over 50 000"
_METHOD: Final = "bootstrap over kommuner, 95 %, 1000 trekninger"
_DOCUMENT_METHOD: Final = "bootstrap over dokumenter, 95 %, 1000 trekninger"
_BINDING: Final = 3
_VARIANTS: Final = (
    ("minst omtalt", 2, True),
    ("konkret", 4, True),
    ("uten usikre", 3, False),
)


def estimate_all(
    municipalities: Sequence[StudyMunicipality],
    documents: Sequence[StudyDocument],
    cells: Sequence[StudyCell],
    cases: Sequence[FindingCase],
    shares: Sequence[TextShare],
) -> tuple[Estimate, ...]:
    """Return the estimates; a group of fewer than three has none, since its spread is not known."""
    return (
        *_estimate_findings(municipalities, cases),
        *_estimate_documents(documents, shares),
        *_estimate_stability(cells),
    )


def _estimate_findings(municipalities: Sequence[StudyMunicipality], cases: Sequence[FindingCase]) -> Iterator[Estimate]:
    """Yield, for each finding and group of municipalities, the mean or the share that counts."""
    known = {each.id: each for each in municipalities}
    grouped: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    for case in cases:
        value = case.value if case.value is not None else float(case.counts)
        for grouping, group in _list_groups(known[case.municipality]):
            grouped[case.finding, grouping, group].append(value)
    for (measure, grouping, group), values in grouped.items():
        yield from _estimate_mean(measure, grouping, group, values, _METHOD)


def _list_groups(place: StudyMunicipality) -> Iterator[tuple[str, str]]:
    yield "all", "alle"
    if place.county:
        yield "county", place.county
    if place.population is not None:
        yield "size", next((name for most, name in _SIZES if place.population < most), _LARGEST)
    if place.centrality:
        yield "centrality", place.centrality


def _estimate_documents(documents: Sequence[StudyDocument], shares: Sequence[TextShare]) -> Iterator[Estimate]:
    """Yield text length, and the share of others' words, by document type and first year."""
    known = {share.document_id: share for share in shares}
    grouped: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    for each in {document.document_id: document for document in documents}.values():
        share = known.get(each.document_id)
        year = (each.period or each.adopted or "")[:4]
        for grouping, group in (("all", "alle"), ("type", each.document_type), ("year", year)):
            if group:
                grouped["words", grouping, group].append(each.words)
            if group and share is not None and share.total:
                others = share.quoted + share.unattributed + share.uncertain
                grouped["document_copied_share", grouping, group].append(others / share.total)
    for (measure, grouping, group), values in grouped.items():
        yield from _estimate_mean(measure, grouping, group, values, _DOCUMENT_METHOD)


def _estimate_mean(measure: str, grouping: str, group: str, values: Sequence[float], method: str) -> Iterator[Estimate]:
    if len(values) >= LEAST_UNITS:
        low, high = interval_of_mean(values)
        yield Estimate(measure, grouping, group, len(values), round(float(np.mean(values)), 4), low, high, method)


def _estimate_stability(cells: Sequence[StudyCell]) -> Iterator[Estimate]:
    """Yield how alike the order of the municipalities stays when what counts is changed: Spearman's rank correlation.

    The order is by the number of themes at «skal» or more. It is held against the order by a lower and a higher
    threshold, and by what is sure alone.
    """
    themes: dict[str, list[StudyCell]] = defaultdict(list)
    for cell in cells:
        if cell.subject == ScoreSubject.THEME.value:
            themes[cell.municipality].append(cell)
    if len(themes) < LEAST_UNITS:
        return
    base = _count_themes(themes, _BINDING, unsure=True)
    for name, least, unsure in _VARIANTS:
        other = _count_themes(themes, least, unsure=unsure)
        value = float(_correlate_ranks(np.array([base], dtype=float), np.array([other], dtype=float))[0])
        low, high = interval_of_pairs(base, other, _correlate_ranks)
        yield Estimate(
            "rank_stability", "threshold", name, len(base), round(value, 4), low, high, "Spearmans rho; bootstrap 95 %"
        )


def _count_themes(themes: Mapping[str, Sequence[StudyCell]], least: int, *, unsure: bool) -> list[int]:
    return [sum(cell.value >= least and (unsure or cell.sure) for cell in cells) for cells in themes.values()]


def _correlate_ranks(ones: Values, others: Values) -> Values:
    """Return Spearman's rho of each row of one with the row of the other; ties share their rank.

    It is 1 where nobody differs in either, and 0 where nobody differs in one of them.
    """
    first, second = (ranks - ranks.mean(axis=1, keepdims=True) for ranks in (_rank(ones), _rank(others)))
    spread = np.sqrt((first**2).sum(axis=1) * (second**2).sum(axis=1))
    flat = (np.ptp(first, axis=1) == 0).astype(int) + (np.ptp(second, axis=1) == 0)
    rho = (first * second).sum(axis=1) / np.where(spread == 0, 1.0, spread)
    return np.where(flat == 2, 1.0, np.where(flat == 1, 0.0, rho))


def _rank(rows: Values) -> Values:
    """Return the rank of each value in its row, from 1; those alike share the mean of theirs.

    So does SciPy, whose statistics take two thirds of a second to import, more than all else that a study estimates.
    """
    ranks = np.empty_like(rows)
    for row, ranked in zip(rows, ranks, strict=True):
        ordered = np.sort(row)
        ranked[:] = (np.searchsorted(ordered, row, "left") + np.searchsorted(ordered, row, "right") + 1) / 2
    return ranks
