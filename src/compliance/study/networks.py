"""Regional networks: named, reflected in the strategy, and whether the strategy is older than they are."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from compliance.analyse.facts.sentences import FactField
from compliance.guidelines.study_rules import StudyCue, load_study_rules
from compliance.records import Fact, Finding, Level, Passage, ReuseSpan, Task
from compliance.records.study import NetworkRole, StudyDocument
from compliance.study.owners import STRATEGIES
from compliance.study.placing import Place, Readings
from compliance.study.reflections import ReflectionReader

_BINDING: Final = frozenset({Level.COMMITMENT.value, Level.CONCRETE.value})
_GOES_ON: Final = 2  # sentences that can go on about a network after the one that names it
_NEAR: Final = 160  # characters between a network's name and the year it was founded in


@dataclass(frozen=True, slots=True)
class Networks:
    """What the whole corpus tells of networks: the year each was founded in, with where that is said."""

    founded: Mapping[str, tuple[int, Place]]
    bound: frozenset[tuple[str, str]]  # network and document that binds the municipality to something by it
    shared_with: Mapping[str, frozenset[str]]  # document ids that a document shares wording with
    told: frozenset[tuple[str, str]] = frozenset()  # network and passage that says that the strategy reflects it
    younger: Mapping[tuple[str, str], Place] = field(default_factory=dict)  # by network and document: «… er eldre»


class NetworkLearner:
    """Gathers what any document says of the networks' age, and which passages bind, a document at a time."""

    def __init__(self) -> None:
        self._founded: dict[str, tuple[int, Place]] = {}
        self._told: set[tuple[str, str]] = set()
        self._bound: set[tuple[str, str]] = set()
        self._younger: dict[tuple[str, str], Place] = {}
        self._reflections = ReflectionReader(load_study_rules())

    def read(self, facts: Sequence[Fact], findings: Sequence[Finding], readings: Readings) -> None:
        """Take in a document that names networks: its facts, and its findings of how far it binds."""
        binding = {each.passage_id for each in findings if each.task is Task.LEVEL and each.label in _BINDING}
        for fact in facts:
            if fact.field != FactField.REGIONAL_NETWORKS:
                continue
            passage = readings.passages[fact.passage_id]
            if self._tells_reflected(fact, passage, readings):
                self._told.add((fact.value, passage.id))
            older = self._find_older(fact, readings)
            if older is not None:
                self._younger.setdefault((fact.value, fact.document_id), older)
            by_it = passage.id in binding and _binds_by_it(fact, passage, readings)
            if by_it or _binds_by_name(fact, readings, binding):
                self._bound.add((fact.value, fact.document_id))
            year = _find_year(fact, passage, readings)
            if year is not None and (fact.value not in self._founded or year < self._founded[fact.value][0]):
                self._founded[fact.value] = (year, readings.place(passage))

    def _tells_reflected(self, fact: Fact, passage: Passage, readings: Readings) -> bool:
        """Whether the sentence that names a network, or one that goes on about it, says that it is reflected."""
        text, start = readings.owner_text(fact.document_id), readings.place_fact(fact)["start"]
        return any(
            self._reflections.tells_reflected(text[first:last], fact.value)
            for first, last in _list_going_on(passage, start, text)
        )

    def _find_older(self, fact: Fact, readings: Readings) -> Place | None:
        """Return the sentence that names a fact's network, or goes on about it, and says that the strategy is older."""
        text = readings.owner_text(fact.document_id)
        for passage in readings.readings[fact.document_id].passages:
            for first in (start for start, end in passage.sentences if fact.value in text[start:end]):
                for start, end in _list_going_on(passage, first, text):
                    if self._reflections.tells_older(text[start:end], fact.value):
                        return readings.place(passage, start, end)
        return None

    def finish(self) -> Networks:
        """Return what all documents said."""
        return Networks(self._founded, frozenset(self._bound), {}, frozenset(self._told), self._younger)


def names_network(facts: Sequence[Fact]) -> bool:
    """Tell whether a document names a network."""
    return any(fact.field == FactField.REGIONAL_NETWORKS for fact in facts)


def share_wording(networks: Networks, spans: Sequence[ReuseSpan]) -> Networks:
    """Return the networks with what the spans' documents share wording with."""
    shared: dict[str, set[str]] = {}
    for span in spans:
        if not span.boilerplate:
            shared.setdefault(span.document_id, set()).add(span.source_id)
    return replace(networks, shared_with={key: frozenset(values) for key, values in shared.items()})


def judge_network(
    name: str, facts: Sequence[Fact], documents: Mapping[str, StudyDocument], *, known: Networks
) -> tuple[NetworkRole, Fact, str]:
    """Return the network's role in a municipality's documents, the fact that shows it best, and a note.

    It is reflected where a strategy binds itself in a sentence that names it, or in the next by «nettverket»; where it
    shares wording with a document of the network's own (a document whose title holds its name); or where another
    document says that the strategy reflects it.
    """
    own = [fact for fact in facts if documents[fact.document_id].document_type in STRATEGIES]
    reflected = next((fact for fact in own if (name, fact.document_id) in known.bound), None)
    if reflected is None:
        reflected = next((fact for fact in own if _shares_wording(name, fact, documents, known)), None)
    if reflected is None:
        reflected = next((fact for fact in facts if (name, fact.passage_id) in known.told), None)
    role = NetworkRole.REFLECTED if reflected else NetworkRole.MENTIONED
    return role, reflected or (own or facts)[0], "" if own else "nevnt utenfor strategien"


def is_older(strategy_period: str | None, name: str, known: Networks) -> bool | None:
    """Tell whether the strategy began before the network did; None where either is not known."""
    if strategy_period is None or name not in known.founded:
        return None
    return int(strategy_period[:4]) < known.founded[name][0]


def _shares_wording(name: str, fact: Fact, documents: Mapping[str, StudyDocument], known: Networks) -> bool:
    others = known.shared_with.get(fact.document_id, frozenset())
    return any(
        name.casefold() in document.title.casefold()
        for other, document in documents.items()
        if other in others and other != fact.document_id
    )


def _list_going_on(passage: Passage, start: int, text: str) -> Iterator[tuple[int, int]]:
    """Yield the sentence that begins at `start` and those after it that speak of the same network."""
    words = load_study_rules()
    after = [each for each in passage.sentences if each[1] > start]
    for index, (first, last) in enumerate(after[: 1 + _GOES_ON]):
        if index and not words.search(StudyCue.OF_NETWORK, text[first:last]):
            return
        yield first, last


def _binds_by_it(fact: Fact, passage: Passage, readings: Readings) -> bool:
    """Whether the sentence that names a network says what shall be done, or the one after it by «nettverket»."""
    words = load_study_rules()
    naming, following = _read_two(fact, passage, readings)
    goes_on = words.search(StudyCue.BY_NETWORK, following) and words.search(StudyCue.BINDS, following)
    return bool(words.search(StudyCue.BINDS, naming) or goes_on)


def _binds_by_name(fact: Fact, readings: Readings, binding: Collection[str]) -> bool:
    """Whether a sentence of the fact's document, in a passage that binds, says what the network shall do."""
    words, text = load_study_rules(), readings.owner_text(fact.document_id)
    return any(
        fact.value in text[start:end] and words.search(StudyCue.BINDS, text[start:end])
        for passage in readings.readings[fact.document_id].passages
        if passage.id in binding and fact.value in passage.text
        for start, end in passage.sentences
    )


def _read_two(fact: Fact, passage: Passage, readings: Readings) -> tuple[str, str]:
    """Return the sentence that names a network, and the one after it in the passage, empty for none."""
    text, place = readings.owner_text(passage.document_id), readings.place_fact(fact)
    following = next((text[start:end] for start, end in passage.sentences if start >= place["end"]), "")
    return place["quote"], following


def _find_year(fact: Fact, passage: Passage, readings: Readings) -> int | None:
    evidence = next((each for each in fact.evidence if each.end is not None), None)
    start = evidence.end if evidence and evidence.end is not None else passage.start
    text = readings.owner_text(passage.document_id)[start : min(passage.end, start + _NEAR)]
    found = load_study_rules().search(StudyCue.FOUNDED, text.split(". ")[0])
    return int(found["year"]) if found else None
