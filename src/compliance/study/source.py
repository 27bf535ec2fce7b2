"""What a study reads of a run, a few documents or a municipality at a time: never all of it at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from compliance.records import Fact, Reading, Results, Task
from compliance.records.grouping import group_by_document
from compliance.records.study import MunicipalityBlocks
from compliance.store.per_document import SCORE_KEY
from compliance.store.readings import AT_ONCE
from compliance.store.runs import RunStore
from compliance.study.networks import NetworkLearner, Networks, names_network
from compliance.study.outline import DocumentOutline, outline_reading
from compliance.study.placing import index_readings

# Those that a study looks at: what speaks for goals and elements, what binds, and whose words they are.
STUDY_TASKS: Final = (Task.GOALS, Task.ELEMENTS, Task.LEVEL, Task.ATTRIBUTION)


@dataclass(frozen=True, slots=True)
class Outlined:
    """What all documents together tell: outlines by name, and what is known of networks."""

    outlines: tuple[DocumentOutline, ...]
    networks: Networks


class StudySource:
    """A run's documents."""

    def __init__(self, store: RunStore) -> None:
        self._store = store
        self._order = {each.id: (number, each.sha256) for number, each in enumerate(store.list_documents())}
        self._scored = store.parts().load_keys(SCORE_KEY)

    def outline(self) -> Outlined:
        """Return the documents' outlines, and what they say of networks."""
        learner, outlines = NetworkLearner(), []
        for reading, facts in self._read_each():
            document_id = reading.document.id
            outlines.append(outline_reading(reading, facts))
            if names_network(facts):
                levels = self._store.parts().load_judgements([document_id], (Task.LEVEL,))
                learner.read(facts, levels, index_readings([reading]))
        return Outlined(tuple(outlines), learner.finish())

    def load_kept(self, made_from: Mapping[str, str]) -> dict[str, MunicipalityBlocks]:
        """Return the rows of the last study of those municipalities that it made from just this, by municipality."""
        return self._store.study_blocks().load(made_from)

    def keep(self, municipality: str, made_from: str, blocks: MunicipalityBlocks) -> None:
        """Keep a municipality's rows for the next study."""
        self._store.study_blocks().save(municipality, made_from, blocks)

    def keep_only(self, municipalities: Collection[str]) -> None:
        """Let go of the rows of others."""
        self._store.study_blocks().keep_only(municipalities)

    def describe(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return what tells whether anything that a study reads of the documents has changed."""
        return tuple(f"{self._order[each][1]} {self._scored[each]}" for each in ids)

    def read(self, ids: Sequence[str]) -> Results:
        """Return all that a study looks at of some documents, by name."""
        return self._store.load_results(sorted(ids, key=self._order.__getitem__), tasks=STUDY_TASKS)

    def _read_each(self) -> Iterator[tuple[Reading, Sequence[Fact]]]:
        """Yield the documents with their facts; a few are fetched together, since a query takes longer than a text."""
        ids = [*self._order]
        for some in (ids[first : first + AT_ONCE] for first in range(0, len(ids), AT_ONCE)):
            facts = group_by_document(self._store.load_facts(some))
            for reading in self._store.load_texts(some):
                yield reading, facts.get(reading.document.id, ())
