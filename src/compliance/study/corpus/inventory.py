"""Municipality by document type: what the corpus has, what is known to be missing, and where nothing is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from compliance.guidelines.study_rules import ManifestStatus
from compliance.records import DocumentType
from compliance.records.study import InventoryCell, InventoryState, StudyDocument
from compliance.study.corpus.manifest import ManifestRow
from compliance.study.corpus.selection import Place

# What every municipality is asked for; other types have a cell only where there is a document or an answer.
ASKED_FOR: Final = (
    DocumentType.DIGITALISERINGSSTRATEGI,
    DocumentType.SAMFUNNSDEL,
    DocumentType.OKONOMIPLAN,
)
_BEST_FIRST: Final = (InventoryState.HELD, InventoryState.DRAFT, InventoryState.EXPIRED, InventoryState.LATER)
_ANSWERS: Final = {
    ManifestStatus.UNDER_WAY: InventoryState.UNDER_WAY,
    ManifestStatus.NONE: InventoryState.NONE,
    ManifestStatus.NO_RESPONSE: InventoryState.NO_RESPONSE,
}
_STANDS_FOR: Final = {  # a document of this type answers what is asked by that
    DocumentType.IKT_STRATEGI: DocumentType.DIGITALISERINGSSTRATEGI,
    DocumentType.ARSBUDSJETT: DocumentType.OKONOMIPLAN,
}


def make_inventory(
    places: Sequence[Place], documents: Sequence[StudyDocument], answers: Sequence[ManifestRow]
) -> tuple[InventoryCell, ...]:
    """Return a cell for each municipality and document type that is asked for, or that something is known of."""
    return tuple(
        cell
        for place in places
        for cell in _list_cells(
            place,
            [each for each in documents if each.municipality == place.id],
            [row for row in answers if {place.id, place.name} & set(row.municipalities)],
        )
    )


def _list_cells(
    place: Place, documents: Sequence[StudyDocument], answers: Sequence[ManifestRow]
) -> Iterator[InventoryCell]:
    # A row without a type is an answer for the whole municipality.
    silent = any(row.status is ManifestStatus.NO_RESPONSE and not row["type"] for row in answers)
    for kind in DocumentType:
        held = [each for each in documents if each.document_type == kind.value]
        stand_ins = [each for each in documents if _STANDS_FOR.get(DocumentType(each.document_type)) is kind]
        said = [row.status for row in answers if row.document_type is kind and row.status in _ANSWERS]
        if held or (stand_ins and kind in ASKED_FOR):
            state = min((each.state for each in held or stand_ins), key=_BEST_FIRST.index)
            yield InventoryCell(place.id, kind.value, state, len(held))
        elif said and said[-1] is not None:
            yield InventoryCell(place.id, kind.value, _ANSWERS[said[-1]], 0)
        elif kind in ASKED_FOR:
            yield InventoryCell(place.id, kind.value, InventoryState.NO_RESPONSE if silent else InventoryState.HOLE, 0)
