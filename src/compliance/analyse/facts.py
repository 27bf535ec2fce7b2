"""Facts of a findings case (docs/analyse.md) that a document states, each with the words it was read from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from compliance.analyse.analyser import Scope
from compliance.analyse.borrowed import BorrowedAnalyser, lies_within
from compliance.analyse.cue_matching import CueMatch, CueMatcher
from compliance.analyse.level import list_sentences
from compliance.analyse.periods import PERIOD, find_strategy_periods
from compliance.guidelines.cues import (
    Cue,
    FundingCue,
    NetworkCue,
    PrioritisationCue,
    SectorPlanCue,
    SourceCue,
    StrategyStatusCue,
)
from compliance.guidelines.rules import Rules
from compliance.records import Attribute, DocumentType, Evidence, EvidenceKind, Fact, Passage, Reading

# What a samfunnsdel deals with is said after its name, or with the name as the place: «er omtalt i samfunnsdelen».
_SAMFUNNSDEL = re.compile(r"\b(?P<place>i (?:kommuneplanens |kommuneplanen sin )?)?samfunnsdel\w*", re.IGNORECASE)
_DIGITAL = re.compile(r"\bdigital(?!iserings?(?:strategi|plan))\w*", re.IGNORECASE)
_NEGATION = re.compile(r"\b(?:ikke|ikkje|ingen|ingenting|mangler|manglar|uten|utan)\b", re.IGNORECASE)
_HEDGE = re.compile(
    r"\b(?:tyder på|antar|trolig|truleg|kanskje|ikke fått informasjon|uvisst|usikkert)\b", re.IGNORECASE
)
_DRAFT = re.compile(r"(?:\b|_)(?:høringsutkast|høyringsutkast|utkast|framlegg til strategi)", re.IGNORECASE)
_OWN = re.compile(r"\b(?:kommunen|vi|oss|vår|vårt|våre|rådmannen|kommunedirektøren)s?\b", re.IGNORECASE)
_SUBJECT = 15  # characters into a sentence; a body named so early is what the sentence tells of
_OPENING = 3  # passages
_MENTIONED = "mentioned"  # the cue of a strategy that is only spoken of
_MONEY = re.compile(
    r"\b(?:kr|kroner|mill|millionar|millioner)\b|(?<![\d.])\d{1,3}(?:[ .]\d{3})+(?!\d)|\t-?\d+", re.IGNORECASE
)
_MIN_SAMFUNNSDEL_YEARS = 6  # a shorter period beside the word is a planstrategi's or an økonomiplan's
_MIN_DIGITAL_PASSAGES = 3  # a samfunnsdel that names technology once in passing does not deal with digitalisation


class FactField(StrEnum):
    """The fields of a findings case."""

    MUNICIPALITY = "municipality"
    STRATEGY_STATUS = "strategy_status"
    STRATEGY_PERIOD = "strategy_period"
    SAMFUNNSDEL_PERIOD = "samfunnsdel_period"
    DIGITAL_IN_SAMFUNNSDEL = "digital_in_samfunnsdel"
    SECTOR_PLANS = "sector_plans"
    FUNDING = "funding"
    PRIORITISATION_STRUCTURE = "prioritisation_structure"
    REGIONAL_NETWORKS = "regional_networks"


@dataclass(frozen=True, slots=True)
class _Sentence:
    passage: Passage
    text: str
    offset: int  # of the sentence in the document
    digital: bool  # it is about digitalisation
    near_digital: bool  # it, or the sentence beside it, is
    reading: Reading


class FactsAnalyser:
    """Reads the facts of a findings case, sentence by sentence, and from what the document itself is."""

    name = "facts"
    scope = Scope.DOCUMENT

    def __init__(self, rules: Rules, borrowed: BorrowedAnalyser | None = None) -> None:
        self._borrowed = borrowed or BorrowedAnalyser(rules)
        self._sources = CueMatcher[SourceCue](rules.sources)
        self._digital = CueMatcher[Cue](rules.digital)
        self._status = CueMatcher[StrategyStatusCue](rules.strategy_status)
        self._sector_plans = CueMatcher[SectorPlanCue](rules.sector_plans)
        self._funding = CueMatcher[FundingCue](rules.funding)
        self._prioritisation = CueMatcher[PrioritisationCue](rules.prioritisation)
        self._networks = CueMatcher[NetworkCue](rules.networks)

    def analyse(self, readings: Sequence[Reading]) -> list[Fact]:
        """Return every fact once per place it is read, in document and passage order."""
        facts: list[Fact] = []
        for reading in readings:
            found = [*self._read_profile(reading)]
            for sentence in self._list_sentences(reading):
                found += self._read_sentence(sentence)
            order = {passage.id: passage.index for passage in reading.passages}
            facts += sorted(dict.fromkeys(found), key=lambda fact: order[fact.passage_id])
        return facts

    def _list_sentences(self, reading: Reading) -> Iterator[_Sentence]:
        others = self._borrowed.find_stretches(reading)
        pieces = [
            (passage, passage.text[start:end], passage.start + start)
            for passage in reading.passages
            for start, end in list_sentences(passage)
            if not lies_within(others, passage.start + start, passage.start + end)
        ]
        digital = [any(cue.strong for cue in self._digital.find(text)) for _, text, _ in pieces]
        for index, (passage, text, offset) in enumerate(pieces):
            near = any(digital[max(0, index - 1) : index + 2])
            yield _Sentence(passage, text, offset, digital[index], near, reading)

    def _read_profile(self, reading: Reading) -> Iterator[Fact]:
        """Yield what the document is, where it is itself a strategy or a samfunnsdel."""
        if not reading.passages:
            return
        profile = reading.profile
        if profile.municipality:
            yield _from_attribute(reading, FactField.MUNICIPALITY, profile.municipality.value, profile.municipality)
        kind = profile.document_type
        if _is_strategy(reading):
            status, attribute = _read_status(reading)
            if status:
                yield _from_attribute(reading, FactField.STRATEGY_STATUS, status, attribute)
            if profile.period:
                yield _from_attribute(reading, FactField.STRATEGY_PERIOD, profile.period.value, profile.period)
        if kind.value == DocumentType.SAMFUNNSDEL:
            if profile.period:
                yield _from_attribute(reading, FactField.SAMFUNNSDEL_PERIOD, profile.period.value, profile.period)
            yield self._read_samfunnsdel(reading)

    def _read_samfunnsdel(self, reading: Reading) -> Fact:
        """Tell whether a samfunnsdel deals with digitalisation, by the passages that speak of it."""
        digital = [
            (passage, cue) for passage in reading.passages for cue in self._digital.find(passage.text)[:1] if cue.strong
        ]
        value = "true" if len(digital) >= _MIN_DIGITAL_PASSAGES else "false"
        passage = digital[0][0] if digital else reading.passages[0]
        evidence = tuple(cue.as_evidence(holder.start) for holder, cue in digital if holder is passage)
        return Fact(
            reading.document.id,
            passage.id,
            FactField.DIGITAL_IN_SAMFUNNSDEL,
            value,
            evidence or (Evidence(EvidenceKind.RULE, "no_digital_passage", 0.5),),
        )

    def _read_sentence(self, sentence: _Sentence) -> Iterator[Fact]:
        yield from self._read_strategy(sentence)
        yield from _read_samfunnsdel_sentence(sentence)
        if not sentence.near_digital or _HEDGE.search(sentence.text):
            return
        for sector in self._sector_plans.find(sentence.text) if sentence.digital else ():
            yield _from_cue(sentence, FactField.SECTOR_PLANS, sector.cue.plan, sector)
        yield from self._read_funding(sentence)
        for structure in self._prioritisation.find(sentence.text):
            yield _from_cue(sentence, FactField.PRIORITISATION_STRUCTURE, _name_of(structure, sentence), structure)
        for network in self._networks.find(sentence.text):
            name = network.cue.name or _name_of(network, sentence)
            yield _from_cue(sentence, FactField.REGIONAL_NETWORKS, name, network)

    def _read_funding(self, sentence: _Sentence) -> Iterator[Fact]:
        """Yield how something digital is paid for: said in the sentence, or by the heading or table it stands under."""
        if self._speaks_of_others(sentence.text):
            return
        for funding in self._funding.find(sentence.text):
            if funding.strong:
                yield _from_cue(sentence, FactField.FUNDING, funding.cue.funding, funding)
        money = _MONEY.search(sentence.text)
        if not (sentence.digital and money):
            return
        table = sentence.passage.table
        above = [*sentence.passage.section[-2:], *([table.title] if table and table.title else [])]
        for funding in (cue for text in above for cue in self._funding.find(text)):
            value = str(funding.cue.funding)
            yield _make_fact(sentence, FactField.FUNDING, value, f"under.{funding.cue.id}", money.span())

    def _read_strategy(self, sentence: _Sentence) -> Iterator[Fact]:
        national = self._find_national(sentence.text)
        itself = _is_strategy(sentence.reading)
        for status in self._status.find(sentence.text):
            mentioned = itself and status.cue.id == _MENTIONED
            if not mentioned and not any(status.start < end and start < status.end for start, end in national):
                yield _from_cue(sentence, FactField.STRATEGY_STATUS, status.cue.status, status)
        municipality = sentence.reading.profile.municipality
        name = municipality.value if municipality else None
        for period in find_strategy_periods(sentence.text, sources=national, municipality=name):
            yield _make_period(sentence, FactField.STRATEGY_PERIOD, period)

    def _speaks_of_others(self, text: str) -> bool:
        """Tell a sentence that begins with a national body or its document, and does not speak of the municipality."""
        return not _OWN.search(text) and any(start < _SUBJECT for start, _ in self._find_national(text))

    def _find_national(self, text: str) -> list[tuple[int, int]]:
        return [(source.start, source.end) for source in self._sources.find(text)]


def _is_strategy(reading: Reading) -> bool:
    return reading.profile.document_type.value in {DocumentType.DIGITALISERINGSSTRATEGI, DocumentType.IKT_STRATEGI}


def _read_status(reading: Reading) -> tuple[str | None, Attribute]:
    """Return what the strategy says of itself: a draft, or adopted by its date or its period; a title says nothing."""
    profile = reading.profile
    if _is_draft(reading):
        return "in_progress", profile.document_type
    decided = profile.adopted or profile.period
    return ("adopted", decided) if decided else (None, profile.document_type)


def _is_draft(reading: Reading) -> bool:
    """Tell whether the document calls itself a draft, in its name, its title or its first lines."""
    opening = " ".join(passage.text for passage in reading.passages[:_OPENING])
    return any(_DRAFT.search(text) for text in (reading.document.name, reading.document.title or "", opening))


def _read_samfunnsdel_sentence(sentence: _Sentence) -> Iterator[Fact]:
    match = _SAMFUNNSDEL.search(sentence.text)
    if not match:
        return
    yield from _read_period(sentence, FactField.SAMFUNNSDEL_PERIOD, min_years=_MIN_SAMFUNNSDEL_YEARS)
    digital = _DIGITAL.search(sentence.text, 0 if match["place"] else match.end())
    if digital:
        value = "false" if _NEGATION.search(sentence.text) else "true"
        yield _make_fact(sentence, FactField.DIGITAL_IN_SAMFUNNSDEL, value, "samfunnsdel", digital.span())


def _read_period(sentence: _Sentence, field: FactField, *, min_years: int = 1) -> Iterator[Fact]:
    for match in PERIOD.finditer(sentence.text):
        if int(match[2]) - int(match[1]) >= min_years:
            yield _make_period(sentence, field, match)


def _make_period(sentence: _Sentence, field: FactField, match: re.Match[str]) -> Fact:
    return _make_fact(sentence, field, f"{match[1]}-{match[2]}", "period", match.span())


def _name_of(match: CueMatch[Cue], sentence: _Sentence) -> str:
    return sentence.text[match.start : match.end].strip()


def _from_cue(sentence: _Sentence, field: FactField, value: str, match: CueMatch[Cue]) -> Fact:
    return Fact(
        sentence.passage.document_id, sentence.passage.id, field, str(value), (match.as_evidence(sentence.offset),)
    )


def _make_fact(sentence: _Sentence, field: FactField, value: str, rule: str, span: tuple[int, int]) -> Fact:
    start, end = sentence.offset + span[0], sentence.offset + span[1]
    evidence = (Evidence(EvidenceKind.RULE, rule, 0.8, start, end),)
    return Fact(sentence.passage.document_id, sentence.passage.id, field, value, evidence)


def _from_attribute(reading: Reading, field: FactField, value: str, attribute: Attribute) -> Fact:
    """Return a fact read from the profile; its passage is the one that holds the quote, else the first."""
    start, end = attribute.start, attribute.end
    for passage in reading.passages:
        if start is not None and end is not None and passage.start <= start and end <= passage.end:
            evidence = Evidence(EvidenceKind.RULE, f"profile.{attribute.source}", 0.9, start, end)
            return Fact(reading.document.id, passage.id, field, value, (evidence,))
    evidence = Evidence(EvidenceKind.RULE, f"profile.{attribute.source}", 0.9)
    return Fact(reading.document.id, reading.passages[0].id, field, value, (evidence,))
