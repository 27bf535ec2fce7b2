"""Which body prioritises digital projects today: none that is closed, only thought of, denied or another's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from compliance.analyse.facts.sentences import is_firm
from compliance.guidelines.study_rules import StudyCue, StudyRules
from compliance.records import Fact, Reading
from compliance.study.bodies import MANDATE, Said, describe_body
from compliance.study.body_names import BodyName, make_body_name
from compliance.study.placing import Readings
from compliance.study.statements import list_statements

_AFTER: Final = 90  # characters after a name that may say that the body is closed
_UNREAL: Final = ((StudyCue.BODY_DENIED, StudyCue.BODY_PLANNED, StudyCue.BODY_OTHERS), (StudyCue.BODY_NEVER,))


@dataclass(frozen=True, slots=True)
class Structure:
    """A body that prioritises, with the facts that name it in reading order."""

    name: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class _Named:
    """One body, by whatever form of its name."""

    body: BodyName
    facts: tuple[Fact, ...]

    @property
    def name(self) -> str:
        """The commonest form of its name, as it was first written."""
        values = [fact.value for fact in self.facts]
        folded = [value.casefold() for value in values]
        return values[folded.index(max(folded, key=folded.count))]


class StructureReader:
    """Chooses among the bodies that a municipality's documents name."""

    def __init__(self, words: StudyRules, readings: Readings) -> None:
        self._words = words
        self._readings = readings

    def choose(self, facts: Sequence[Fact], documents: Iterable[str]) -> Structure | None:
        """Return the body that prioritises; None where the documents name none that stands.

        Of several it is the one that is said to decide, then the one that is named most often, then the first.
        """
        firm = [*filter(is_firm, facts)]
        bodies = self._group(fact for fact in firm or facts if self._stands(fact))
        held = [*documents]
        standing = [
            each for each in bodies if not self._is_closed(each.body, held) and not self._only_informs(each.body, held)
        ]
        if not standing:
            return None
        best = max(standing, key=lambda each: (self._decides(each), len(each.facts)))
        return Structure(best.name, best.facts)

    def _group(self, facts: Iterable[Fact]) -> list[_Named]:
        groups: dict[str, list[Fact]] = {}
        for fact in facts:
            groups.setdefault(make_body_name(fact.value).stem, []).append(fact)
        return [_Named(make_body_name(each[0].value), tuple(each)) for each in groups.values()]

    def _stands(self, fact: Fact) -> bool:
        """Whether the sentence says that there is such a body, and that it is the municipality's own."""
        place = self._readings.place_fact(fact)
        text, reading = place["quote"], self._readings.readings[fact.document_id]
        start = next((each.start - place["start"] for each in fact.evidence if each.start is not None), 0)
        before, after = text[: max(0, start)], text[max(0, start) + len(fact.value) :]
        for part, cues in zip((before, after), _UNREAL, strict=True):
            if any(self._words.search(cue, part) for cue in cues):
                return False
        return not self._is_elsewhere(before, reading)

    def _is_elsewhere(self, before: str, reading: Reading) -> bool:
        """Whether the words before a body are about a named place that is not the municipality."""
        own = reading.profile.municipality
        place = self._words.find_last(StudyCue.IN_PLACE, before)
        return place is not None and own is not None and not own.value.startswith(place["place"].split()[0])

    def _is_closed(self, body: BodyName, documents: Iterable[str]) -> bool:
        """Whether any of the documents says that the body has ended, or never began."""
        return any(self._ends_it(text, called) for text, called in self._list_said(body, documents))

    def _only_informs(self, body: BodyName, documents: Iterable[str]) -> bool:
        """Whether the documents say that the body informs or does not decide, and nowhere that it does."""
        said = [
            text[found.start() :] for text, called in self._list_said(body, documents) if (found := called.search(text))
        ]
        held = [self._words.blank(StudyCue.BODY_POWERLESS, text) for text in said]
        cues = (StudyCue.BODY_DECIDES, StudyCue.BODY_STEERS)
        if any(self._words.search(cue, text) for cue in cues for text in held):
            return False
        return held != said or any(self._words.search(StudyCue.BODY_INFORMS, text) for text in said)

    def _list_said(self, body: BodyName, documents: Iterable[str]) -> Iterator[tuple[str, re.Pattern[str]]]:
        """Yield each statement with what it may call the body: its name, or after one with the name also «det»."""
        for each in documents:
            texts = ["", *(told.text for told in list_statements(self._readings.readings[each]) if not told.is_heading)]
            for before, text in pairwise(texts):
                yield text, body.later if body.named.search(before) else body.named

    def _ends_it(self, text: str, called: re.Pattern[str]) -> bool:
        """Whether a sentence says that the body has ended, which it calls so."""
        return any(
            self._words.search(StudyCue.BODY_CLOSED, text[found.end() : found.end() + _AFTER])
            or self._words.search(StudyCue.BODY_HAD, text[: found.start()])
            for found in called.finditer(text)
        )

    def _decides(self, named: _Named) -> bool:
        """Whether what is said of the body's task is that it decides."""
        said = self.describe(Structure(named.name, named.facts))
        return any(
            self._words.search(
                StudyCue.BODY_DECIDES, self._readings.readings[passage.document_id].document.text[start:end]
            )
            for kind, passage, start, end in said
            if kind == MANDATE
        )

    def describe(self, structure: Structure) -> Iterator[Said]:
        """Yield who sits in the structure and what it is for, each place once."""
        seen: set[tuple[str, str, int]] = set()
        body = make_body_name(structure.name)
        for fact in structure.facts:
            reading = self._readings.readings[fact.document_id]
            for said in describe_body(reading, self._readings.passages[fact.passage_id], body, self._words):
                kind, passage, start, _ = said
                if (kind, passage.document_id, start) not in seen:
                    seen.add((kind, passage.document_id, start))
                    yield said
