"""A run's second reader: asked once everything else is done, about all documents; nothing that it does ends the run."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.guidelines.sets import Goal
from compliance.resources import Resources
from compliance.second_reader.open import OpenReader, open_reader
from compliance.second_reader.reader import Doubt, find_doubts
from compliance.second_reader.summary import describe_readings
from compliance.store.runs import RunStore


class SecondReaderRun:
    """The reader of one run; it reads and says nothing where the settings ask for none.

    Raises MissingExtraError and SettingsError where it cannot be used as the settings say.
    """

    def __init__(self, resources: Resources) -> None:
        self._resources = resources
        self._config = resources.config.second_reader
        self._opened: OpenReader | None = open_reader(resources.config) if self._config.enabled else None

    def read(self, store: RunStore) -> None:
        """Save what it says of every passage that the model is in doubt about, in place of what was said before."""
        readings = [self._opened.reader.read(*asked) for asked in self._list_doubts(store)] if self._opened else []
        store.save_second_readings(readings)

    def describe(self, store: RunStore) -> tuple[str, ...]:
        """Return what the run's summary says of it."""
        if self._opened is None:
            return ()
        reader = self._opened.reader
        measured = self._opened.measurements.find(reader.config.model, reader.prompt.sha256)
        return tuple(describe_readings(store.load_second_readings(), config=reader.config, measured=measured))

    def _list_doubts(self, store: RunStore) -> Iterator[tuple[Doubt, list[Goal]]]:
        """Yield each doubtful passage with the goals that its document is held against, a document at a time."""
        for saved in store.list_documents():
            (reading,) = store.load_readings([saved.id])
            goals = [goal for each in self._resources.guidelines_for(reading.profile) for goal in each.goals]
            for doubt in find_doubts(reading, store.load_findings([saved.id]), config=self._config):
                yield doubt, goals
