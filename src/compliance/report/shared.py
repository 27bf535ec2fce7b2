"""Wording that a document shares with other texts, each passage beside its source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from compliance.records import Attribution, ReuseKind, ReuseSpan, SourceKind
from compliance.report.comparison import compare_wordings
from compliance.report.material import DocumentMaterial
from compliance.report.phrases import name_set
from compliance.report.presentation import Presentation
from compliance.report.quotes import HTML_LANGUAGES, Piece, Span, locate, merge_spans
from compliance.report.reasons import explain_attribution

SOURCE_ORDER: Final = (SourceKind.GUIDELINE, SourceKind.REFERENCE, SourceKind.MUNICIPALITY)
ATTRIBUTION_ORDER: Final = (Attribution.UNATTRIBUTED, Attribution.UNCERTAIN, Attribution.QUOTED)
MAX_SOURCES: Final = 15  # rows of the table of sources
MAX_OTHERS: Final = 5  # further sources named beside a passage


@dataclass(frozen=True, slots=True)
class SharedView:
    """One stretch of the document beside the source that is most like it."""

    anchor: str
    passage_id: str
    location: str
    language: str
    own: tuple[Piece, ...]
    source: tuple[Piece, ...]
    source_name: str
    source_document: str | None  # id, where the source is a document of the run
    source_location: str
    source_kind: SourceKind
    kind: ReuseKind
    attribution: Attribution
    similarity: float
    signs: str  # what tells whose words they are
    others: tuple[str, ...]  # further sources with the same wording
    more_others: int


@dataclass(frozen=True, slots=True)
class ShareRow:
    """How much of the document one kind of likeness, or one source, accounts for."""

    name: str
    passages: int
    share: float  # of the document's running text, 0 to 1


@dataclass(frozen=True, slots=True)
class EchoRow:
    """Another document of the run in which wording of this one stands too."""

    document_id: str
    name: str
    passages: int


@dataclass(frozen=True, slots=True)
class SharedText:
    """All that the report says of shared wording in one document."""

    views: tuple[SharedView, ...]  # those without a named source first, then the longest
    boilerplate: tuple[SharedView, ...]
    left_out: int
    share: float  # of the text, boilerplate not counted
    passages: int
    unattributed: int  # passages word for word or nearly so, without a named source
    kinds: tuple[ShareRow, ...]
    sources: tuple[ShareRow, ...]
    echoes: tuple[EchoRow, ...]

    @property
    def cites_goals(self) -> bool:
        """Tell whether a source is a national goal, which guideline files hold in this project's own words."""
        return any(view.source_kind is SourceKind.GUIDELINE for view in (*self.views, *self.boilerplate))

    def anchors(self) -> dict[str, SharedView]:
        """Return the view that shows each passage."""
        return {view.passage_id: view for view in (*self.boilerplate, *self.views)}


def show_shared_text(material: DocumentMaterial, *, presentation: Presentation) -> SharedText:
    """Return the document's shared wording, what everybody writes set apart."""
    telling = [span for span in material.reuse_spans if not span.boilerplate]
    common = [span for span in material.reuse_spans if span.boilerplate]
    limit = presentation.config.max_shared
    groups, common_groups = _group_spans(telling), _group_spans(common)
    close = [span for span in telling if span.kind is not ReuseKind.REWORKED]
    return SharedText(
        views=tuple(_show(material, group, presentation) for group in groups[:limit]),
        boilerplate=tuple(_show(material, group, presentation) for group in common_groups[:limit]),
        left_out=max(0, len(groups) - limit) + max(0, len(common_groups) - limit),
        share=_share(material, telling),
        passages=_count_passages(telling),
        unattributed=_count_passages(span for span in close if span.attribution is Attribution.UNATTRIBUTED),
        kinds=_count_kinds(material, telling, common, presentation),
        sources=_count_sources(material, telling, presentation),
        echoes=_count_echoes(material, presentation),
    )


def best_first(spans: Iterable[ReuseSpan]) -> list[ReuseSpan]:
    """Return the spans with the most alike first; among equals national sources come before other municipalities."""
    return sorted(spans, key=lambda span: (-round(span.similarity, 2), SOURCE_ORDER.index(span.source_kind)))


def _group_spans(spans: Sequence[ReuseSpan]) -> list[list[ReuseSpan]]:
    """Return the spans that overlap in the document together, the groups that matter most first."""
    groups: list[list[ReuseSpan]] = []
    end = -1
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.start < end:
            groups[-1].append(span)
        else:
            groups.append([span])
        end = max(end, span.end)
    ordered = [best_first(group) for group in groups]
    return sorted(ordered, key=lambda group: (_weight(group[0]), group[0].start - group[0].end, group[0].start))


def _weight(span: ReuseSpan) -> tuple[bool, int]:
    return span.kind is ReuseKind.REWORKED, ATTRIBUTION_ORDER.index(span.attribution)


def _show(material: DocumentMaterial, group: Sequence[ReuseSpan], presentation: Presentation) -> SharedView:
    span, texts = group[0], presentation.texts
    passage = material.passages[span.passage_id]
    own, source = compare_wordings(material.document.text[span.start : span.end], span.source_text)
    name = _name_source(span, presentation)
    others = [each for each in dict.fromkeys(_name_source(other, presentation) for other in group) if each != name]
    return SharedView(
        anchor=f"shared-{span.start}",
        passage_id=span.passage_id,
        location=locate(material.document, passage, texts=texts),
        language=HTML_LANGUAGES[material.profile.language.value],
        own=own,
        source=source,
        source_name=name,
        source_document=span.source_id if span.source_id in presentation.documents else None,
        source_kind=span.source_kind,
        source_location=texts.text("place.page", page=span.source_page) if span.source_page else "",
        kind=span.kind,
        attribution=span.attribution,
        similarity=span.similarity,
        signs=explain_attribution(span, material.document.text, texts=texts),
        others=tuple(others[:MAX_OTHERS]),
        more_others=max(0, len(others) - MAX_OTHERS),
    )


def _share(material: DocumentMaterial, spans: Iterable[ReuseSpan]) -> float:
    total = sum(passage.end - passage.start for passage in material.reading.passages)
    return _length(merge_spans((span.start, span.end) for span in spans)) / total if total else 0.0


def _length(spans: Iterable[Span]) -> int:
    return sum(end - start for start, end in spans)


def _count_passages(spans: Iterable[ReuseSpan]) -> int:
    return len({span.passage_id for span in spans})


def _count_kinds(
    material: DocumentMaterial, telling: Sequence[ReuseSpan], common: Sequence[ReuseSpan], presentation: Presentation
) -> tuple[ShareRow, ...]:
    """Return a row for each kind of likeness and one for what everybody writes."""
    texts = presentation.texts
    groups = [(texts.text(f"kind.{kind.value}"), [span for span in telling if span.kind is kind]) for kind in ReuseKind]
    groups.append((texts.text("kind.boilerplate"), list(common)))
    return tuple(ShareRow(name, _count_passages(spans), _share(material, spans)) for name, spans in groups)


def _count_sources(
    material: DocumentMaterial, spans: Iterable[ReuseSpan], presentation: Presentation
) -> tuple[ShareRow, ...]:
    """Return the sources that most of the document is shared with, a guideline set's goals taken together."""
    groups: dict[str, list[ReuseSpan]] = {}
    for span in spans:
        groups.setdefault(_name_source(span, presentation, whole=True), []).append(span)
    rows = [ShareRow(name, _count_passages(members), _share(material, members)) for name, members in groups.items()]
    return tuple(sorted(rows, key=lambda row: (-row.share, row.name))[:MAX_SOURCES])


def _count_echoes(material: DocumentMaterial, presentation: Presentation) -> tuple[EchoRow, ...]:
    """Return the documents that have wording of this one, those that this one is compared with above left out."""
    compared = {span.source_id for span in material.reuse_spans}
    telling = [span for span in material.echoes if not span.boilerplate and span.document_id not in compared]
    groups: dict[str, list[ReuseSpan]] = {}
    for span in telling:
        groups.setdefault(span.document_id, []).append(span)
    rows = [EchoRow(each, presentation.documents[each], _count_passages(group)) for each, group in groups.items()]
    return tuple(sorted(rows, key=lambda row: (-row.passages, row.name))[:MAX_SOURCES])


def _name_source(span: ReuseSpan, presentation: Presentation, *, whole: bool = False) -> str:
    """Return the source as a reader would name it; with `whole`, a goal by the set that it belongs to."""
    if whole and span.source_kind is SourceKind.GUIDELINE:
        set_id = span.source_id.partition(":")[0]
        names = (name_set(each) for each in presentation.guidelines if each.id == set_id)
        return next(names, span.source_name)
    return presentation.documents.get(span.source_id, span.source_name)
