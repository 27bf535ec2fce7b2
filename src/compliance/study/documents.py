"""The documents of a study: what each is by the manifest and by its own words, and whether it counts on the date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from compliance.guidelines.study_rules import ManifestStatus
from compliance.records import DocumentType, parse_date
from compliance.records.study import InventoryState, StudyDocument
from compliance.study.corpus.manifest import Manifest, ManifestRow
from compliance.study.corpus.places import Joined, find_place
from compliance.study.corpus.selection import Place
from compliance.study.outline import DocumentOutline
from compliance.study.owners import STRATEGIES, UNOWNED

ADOPTED: Final = "adopted"
DRAFT: Final = "draft"
BUDGETS: Final = frozenset({DocumentType.OKONOMIPLAN.value, DocumentType.ARSBUDSJETT.value})
_AHEAD: Final = 1  # years: a draft of a plan lies on the table at most so long before the plan's first year


def build_documents(
    outlines: Sequence[DocumentOutline], *, manifest: Manifest, as_of: date, places: Mapping[str, Place]
) -> tuple[StudyDocument, ...]:
    """Return a row for each document and municipality that has it, by municipality, type and period."""
    rows = {row["sha256"]: row for row in manifest.rows if row["sha256"]}
    built = [document for outline in outlines for document in _build(outline, rows.get(outline.sha256), as_of)]
    known = [replace(each, municipality=places[each.municipality].id) for each in built]
    return mark_superseded(sorted(known, key=_sort_key))


def list_owners(outline: DocumentOutline, row: ManifestRow | None) -> tuple[str, ...]:
    """Return the numbers or names of the municipalities that a document belongs to, by the manifest first."""
    if row is not None and row.municipalities:
        return row.municipalities
    return outline.owners


def list_places(outlines: Sequence[DocumentOutline], manifest: Manifest, joined: Joined) -> dict[str, Place]:
    """Return every municipality that a document or a row of the manifest names, by the name it is given there."""
    rows = {row["sha256"]: row for row in manifest.rows if row["sha256"]}
    owners = [owner for each in outlines for owner in list_owners(each, rows.get(each.sha256))]
    owners += [owner for row in manifest.rows for owner in row.municipalities]
    return {owner: find_place(owner, joined) for owner in dict.fromkeys(owners)}


def build_listed(manifest: Manifest, *, as_of: date, places: Mapping[str, Place]) -> tuple[StudyDocument, ...]:
    """Return the documents as the manifest alone has them, before anything is analysed."""
    built = [
        StudyDocument(
            document_id=row["file"],
            municipality=places[owner].id if owner in places else owner,
            document_type=(row.document_type or DocumentType.OTHER).value,
            title=row["title"],
            file=row["file"],
            status=_read_status(row),
            period=row["period"] or None,
            adopted=row["adopted"] or None,
            state=judge_state(_read_status(row), row["period"] or None, row["adopted"] or None, as_of=as_of),
            words=0,
            superseded_by=None,
        )
        for row in manifest.rows
        if row["file"]
        for owner in row.municipalities or (UNOWNED,)
    ]
    return mark_superseded(sorted(built, key=_sort_key))


def judge_state(status: str, period: str | None, adopted: str | None, *, as_of: date) -> InventoryState:
    """Return whether a document counts on the date: HELD where it is in force or says nothing of its time."""
    first, last = (int(period[:4]), int(period[5:9])) if period else (None, None)
    decided = parse_date(adopted) if adopted else None
    if status == DRAFT:
        begins = first if first is not None else as_of.year
        return InventoryState.DRAFT if begins - _AHEAD <= as_of.year else InventoryState.LATER
    if decided is not None and decided > as_of:
        return InventoryState.LATER
    if decided is None and first is not None and first > as_of.year:
        return InventoryState.LATER
    if last is not None and last < as_of.year:
        return InventoryState.EXPIRED
    return InventoryState.HELD


def has_begun(document: StudyDocument, as_of: date) -> bool:
    """Whether a plan's first year has come: one may be adopted the year before."""
    return document.period is None or int(document.period[:4]) <= as_of.year


def counts_on_date(document: StudyDocument) -> bool:
    """Whether the document was there on the study date."""
    return document.state is not InventoryState.LATER


def mark_superseded(documents: Iterable[StudyDocument]) -> tuple[StudyDocument, ...]:
    """Return the documents, those with a newer one of the same kind from the same municipality marked with it."""
    kept = tuple(documents)
    families: dict[tuple[str, str], list[StudyDocument]] = defaultdict(list)
    for each in kept:
        if counts_on_date(each) and each.period and each.document_type not in _MANY:
            families[each.municipality, _family(each.document_type)].append(each)
    return tuple(replace(each, superseded_by=_find_newer(each, families)) for each in kept)


_MANY: Final = frozenset({DocumentType.TEMAPLAN.value, DocumentType.OTHER.value})  # a municipality has several


def _find_newer(document: StudyDocument, families: Mapping[tuple[str, str], Sequence[StudyDocument]]) -> str | None:
    if document.period is None:
        return None
    family = families.get((document.municipality, _family(document.document_type)), ())
    newer = [each for each in family if _age(each) > _age(document) and each.status != DRAFT]
    return max(newer, key=_age).document_id if newer else None


def _age(document: StudyDocument) -> tuple[str, bool, str]:
    return (document.period or "")[:4], document.status != DRAFT, document.adopted or ""


def _family(document_type: str) -> str:
    return "strategi" if document_type in STRATEGIES else document_type


def _build(outline: DocumentOutline, row: ManifestRow | None, as_of: date) -> Iterable[StudyDocument]:
    profile, status = outline.profile, _judge_status(outline, row)
    period = profile.period.value if profile.period else None
    adopted = profile.adopted.value if profile.adopted else None
    kind = (row.document_type if row else None) or DocumentType(profile.document_type.value)
    for owner in list_owners(outline, row):
        yield StudyDocument(
            document_id=outline.id,
            municipality=owner,
            document_type=kind.value,
            title=(row["title"] if row else "") or outline.title or outline.name,
            file=row["file"] if row else outline.name,
            status=status,
            period=period,
            adopted=adopted,
            state=judge_state(status, period, adopted, as_of=as_of),
            words=outline.words,
            superseded_by=None,
        )


def _judge_status(outline: DocumentOutline, row: ManifestRow | None) -> str:
    """Return "adopted", "draft" or "": by the manifest, else by the document's marks, else by what a strategy says."""
    if row is not None and row.status in {ManifestStatus.ADOPTED, ManifestStatus.DRAFT}:
        return row.status.value
    if outline.profile.adopted:
        return ADOPTED
    if outline.is_draft:
        return DRAFT
    if outline.profile.document_type.value not in STRATEGIES:
        return ""
    return DRAFT if outline.strategy == {"in_progress"} else ADOPTED if "adopted" in outline.strategy else ""


def _read_status(row: ManifestRow) -> str:
    return row.status.value if row.status in {ManifestStatus.ADOPTED, ManifestStatus.DRAFT} else ""


def _sort_key(document: StudyDocument) -> tuple[str, str, str, str]:
    return document.municipality, document.document_type, document.period or "", document.file
