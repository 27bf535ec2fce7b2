"""The words of a document that are another's: national ones and other municipalities', each beside its source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from compliance.records import ReuseKind, SourceKind
from compliance.report.loan_views import LoanNote, LoanView, group_runs, name_loan, note_loan, show_run
from compliance.report.loans import Loan, Origin, Standing, collect_loans, collect_reworked
from compliance.report.material import DocumentMaterial
from compliance.report.portions import Portions, measure_borrowed, measure_portions
from compliance.report.presentation import Presentation

STANDINGS: Final = (Standing.UNATTRIBUTED, Standing.UNCERTAIN, Standing.QUOTED)
MAX_SOURCES: Final = 15  # rows of the table of sources


@dataclass(frozen=True, slots=True)
class StandingView:
    """The loans from one kind of source that are attributed alike."""

    standing: Standing
    passages: int
    views: tuple[LoanView, ...]


@dataclass(frozen=True, slots=True)
class OriginView:
    """The loans from one kind of source: national texts, other municipalities, or others."""

    origin: Origin
    passages: int
    standings: tuple[StandingView, ...]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """How much of the document is from one source."""

    name: str
    passages: int
    unattributed: int  # passages without a named source


@dataclass(frozen=True, slots=True)
class EchoRow:
    """Another document of the run in which wording of this one stands too."""

    document_id: str
    name: str
    passages: int


@dataclass(frozen=True, slots=True)
class SharedText:
    """All that the report says of another's words in one document."""

    portions: Portions
    origins: tuple[OriginView, ...]
    reworked: tuple[LoanView, ...]
    boilerplate: tuple[LoanView, ...]
    common: int  # passages of what everybody writes
    left_out: int
    sources: tuple[SourceRow, ...]
    echoes: tuple[EchoRow, ...]
    unattributed: int  # passages
    uncertain: int
    quoted: int
    borrowed: dict[str, float]  # by passage: the share of it that is another's
    discounted: dict[str, float]  # the same without what is only another municipality's, which scoring does not count
    source_names: dict[str, str]  # by passage that may be discounted: whose
    notes: dict[str, LoanNote]  # by passage, for what stands beside its quotes

    @property
    def says_something(self) -> bool:
        """Tell whether anything in the document is another's, or like it."""
        return bool(self.origins or self.reworked or self.boilerplate)

    @property
    def shows_goals(self) -> bool:
        """Tell whether a source is a national goal, which guideline files hold in this project's own words."""
        return any(view.in_our_words for view in self._list_views())

    @property
    def shows_prints(self) -> bool:
        """Tell whether official wording was recognised by its fingerprint."""
        return any(view.goals for view in self._list_views())

    @property
    def shows_wording(self) -> bool:
        """Tell whether words that differ are marked somewhere."""
        return any(view.source for view in self._list_views())

    def _list_views(self) -> list[LoanView]:
        return [*self.boilerplate, *self.reworked, *_list_telling(self.origins)]


def show_shared_text(material: DocumentMaterial, *, presentation: Presentation) -> SharedText:
    """Return whose words the document's are; what everybody writes and what is only reworked stand apart."""
    loans, reworked = collect_loans(material), collect_reworked(material)
    telling = [loan for loan in loans if loan.standing is not Standing.BOILERPLATE]
    common = [loan for loan in loans if loan.standing is Standing.BOILERPLATE]
    discounted = [loan for loan in telling if loan.origin is not Origin.MUNICIPAL or loan.finding]
    limit = presentation.config.max_shared
    chosen = _choose(group_runs(telling), limit)
    shown = {id(loan) for run in chosen for loan in run}
    origins = [_show_origin(origin, telling, shown, material, presentation) for origin in Origin]
    common_views = _show(common[:limit], material, presentation)
    anchors = {each: view.anchor for view in (*common_views, *_list_telling(origins)) for each in view.passage_ids}
    return SharedText(
        portions=measure_portions(material, loans, texts=presentation.texts),
        origins=tuple(view for view in origins if view.passages),
        reworked=_show(reworked[:limit], material, presentation),
        boilerplate=common_views,
        common=_count_passages(common),
        left_out=len(telling) - len(shown) + sum(max(0, len(each) - limit) for each in (reworked, common)),
        sources=_count_sources(telling, presentation),
        echoes=_count_echoes(material, presentation),
        unattributed=_count_passages(loan for loan in telling if loan.standing is Standing.UNATTRIBUTED),
        uncertain=_count_passages(loan for loan in telling if loan.standing is Standing.UNCERTAIN),
        quoted=_count_passages(loan for loan in telling if loan.standing is Standing.QUOTED),
        borrowed=measure_borrowed(material, loans),
        discounted=measure_borrowed(material, discounted),
        source_names={loan.passage.id: name_loan(loan, presentation, whole=True) for loan in discounted},
        notes={
            loan.passage.id: note_loan(loan, anchors.get(loan.passage.id), presentation=presentation)
            for loan in (*common, *telling)
        },
    )


def _list_telling(origins: Iterable[OriginView]) -> list[LoanView]:
    return [view for origin in origins for standing in origin.standings for view in standing.views]


def _choose(runs: Sequence[Sequence[Loan]], limit: int) -> list[Sequence[Loan]]:
    """Return what there is room for: what has no source first, the long before the short."""
    order = {standing: number for number, standing in enumerate(STANDINGS)}
    return sorted(runs, key=lambda run: (order[run[0].standing], -_measure(run), run[0].passage.start))[:limit]


def _measure(run: Sequence[Loan]) -> int:
    return sum(end - start for loan in run for start, end in loan.ranges)


def _show_origin(
    origin: Origin, loans: Sequence[Loan], shown: set[int], material: DocumentMaterial, presentation: Presentation
) -> OriginView:
    members = [loan for loan in loans if loan.origin is origin]
    standings = []
    for standing in STANDINGS:
        alike = [loan for loan in members if loan.standing is standing]
        views = _show([loan for loan in alike if id(loan) in shown], material, presentation)
        if alike:
            standings.append(StandingView(standing, _count_passages(alike), views))
    return OriginView(origin, _count_passages(members), tuple(standings))


def _show(loans: Sequence[Loan], material: DocumentMaterial, presentation: Presentation) -> tuple[LoanView, ...]:
    return tuple(show_run(run, material, presentation=presentation) for run in group_runs(loans))


def _count_passages(loans: Iterable[Loan]) -> int:
    return len({loan.passage.id for loan in loans})


def _count_sources(loans: Iterable[Loan], presentation: Presentation) -> tuple[SourceRow, ...]:
    """Return the sources that most passages are from, a guideline set's goals taken together."""
    groups: dict[str, list[Loan]] = {}
    for loan in loans:
        groups.setdefault(name_loan(loan, presentation, whole=True), []).append(loan)
    rows = [
        SourceRow(
            name,
            _count_passages(members),
            _count_passages(loan for loan in members if loan.standing is Standing.UNATTRIBUTED),
        )
        for name, members in groups.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.passages, row.name))[:MAX_SOURCES])


def _count_echoes(material: DocumentMaterial, presentation: Presentation) -> tuple[EchoRow, ...]:
    """Return the documents that have wording of this one, those that this one is compared with above left out."""
    compared = {span.source_id for span in material.reuse_spans if span.kind is not ReuseKind.REWORKED}
    telling = [
        span
        for span in material.echoes
        if not span.boilerplate and span.kind is not ReuseKind.REWORKED and span.document_id not in compared
    ]
    groups: dict[str, set[str]] = {}
    for span in telling:
        if span.source_kind is SourceKind.MUNICIPALITY:
            groups.setdefault(span.document_id, set()).add(span.passage_id)
    rows = [EchoRow(each, presentation.documents[each], len(passages)) for each, passages in groups.items()]
    return tuple(sorted(rows, key=lambda row: (-row.passages, row.name))[:MAX_SOURCES])
