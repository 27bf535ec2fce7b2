"""What a corpus holds by its manifest alone, before anything is analysed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from compliance.records.study import InventoryCell, StrategyState, StudyDocument
from compliance.study.corpus.folder import list_corpus
from compliance.study.corpus.inventory import make_inventory
from compliance.study.corpus.manifest import list_without_files, read_manifest
from compliance.study.corpus.places import load_places
from compliance.study.corpus.selection import Place
from compliance.study.documents import build_listed, counts_on_date, list_places
from compliance.study.owners import UNOWNED
from compliance.study.status import Material, judge_strategy


@dataclass(frozen=True, slots=True)
class CorpusState:
    """The municipalities of a corpus, their documents, the holes, and the status of their strategies."""

    places: tuple[Place, ...]
    documents: tuple[StudyDocument, ...]
    inventory: tuple[InventoryCell, ...]
    states: tuple[StrategyState, ...]


def list_corpus_state(folder: Path, *, places: Path | None = None, as_of: date | None = None) -> CorpusState:
    """Return what the folder's manifest says. Raises SettingsError where it, or the folder, cannot be read."""
    list_corpus(folder)
    manifest, day = read_manifest(folder), as_of or datetime.now(UTC).date()
    named = list_places((), manifest, load_places(places))
    documents = build_listed(manifest, as_of=day, places=named)
    answers = list_without_files(manifest.rows)
    known = {place.id: place for place in named.values() if place.id != UNOWNED}
    owners = tuple(known[name] for name in sorted(known))
    states = tuple(
        judge_strategy(
            Material(
                place.id,
                [each for each in documents if each.municipality == place.id and counts_on_date(each)],
                {},
                [row for row in answers if {place.id, place.name} & set(row.municipalities)],
                None,
            ),
            as_of=day,
        )
        for place in owners
    )
    return CorpusState(owners, documents, make_inventory(owners, documents, answers), states)
