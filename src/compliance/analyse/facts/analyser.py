"""Facts of a findings case (docs/analyse.md) that a document states, each with the words it was read from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from compliance.analyse.analyser import Scope
from compliance.analyse.attribution import AttributionAnalyser, lies_within
from compliance.analyse.facts.coreference import PlanReader
from compliance.analyse.facts.negation import StatementReader
from compliance.analyse.facts.plans import PlanFactsReader, is_strategy
from compliance.analyse.facts.sentences import (
    WEAK,
    FactField,
    FactSentence,
    make_cue_fact,
    make_fact,
    make_fact_under,
)
from compliance.analyse.matching.cues import CueMatch, CueMatcher
from compliance.analyse.observation.level import list_sentences
from compliance.guidelines.cues import (
    Cue,
    FundingCue,
    NetworkCue,
    PlanKind,
    PrioritisationCue,
    SectorPlan,
    SectorPlanCue,
    StatementRole,
)
from compliance.guidelines.rules import Rules
from compliance.records import Attribute, DocumentType, Evidence, EvidenceCode, EvidenceKind, Fact, Reading

_DIGITAL_NAME = re.compile(r"digi|ikt|\bit\b", re.IGNORECASE)  # such a network needs no digital words beside it
_SUBJECT = 15  # characters into a sentence; a body named so early is what the sentence tells of
_SHORT = 60  # sentences; a text no longer than that is about digitalisation throughout where
_MOST = 0.5  # more than this share of its sentences hold digital words or stand beside one that does
_OPENING = 3  # passages
_MONEY = re.compile(
    r"\b(?:kr|kroner|mill|millionar|millioner)\b|(?<![\d.])\d{1,3}(?:[ .]\d{3})+(?!\d)|\t-?\d+", re.IGNORECASE
)
_MIN_DIGITAL_PASSAGES = 3  # a samfunnsdel that names technology once in passing does not deal with digitalisation


class FactsAnalyser:
    """Reads the facts of a findings case, sentence by sentence, and from what the document itself is."""

    name = "facts"
    scope = Scope.DOCUMENT

    def __init__(self, rules: Rules, borrowed: AttributionAnalyser | None = None) -> None:
        self._borrowed = borrowed or AttributionAnalyser(rules)
        self._statements = StatementReader(rules)
        self._plans = PlanReader(rules)
        self._plan_facts = PlanFactsReader(rules, self._statements)
        self._digital = CueMatcher[Cue](rules.digital)
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

    def _list_sentences(self, reading: Reading) -> Iterator[FactSentence]:
        others = self._borrowed.find_spans(reading)
        pieces = [
            (passage, passage.text[start:end], passage.start + start)
            for passage in reading.passages
            for start, end in list_sentences(passage)
            if not lies_within(others, passage.start + start, passage.start + end)
        ]
        texts = [text for _, text, _ in pieces]
        digital = [any(cue.strong for cue in self._digital.find(self._statements.blank_denied(text))) for text in texts]
        near = [any(digital[max(0, index - 1) : index + 2]) for index in range(len(digital))]
        throughout = len(near) <= _SHORT and sum(near) > _MOST * len(near)
        municipality = reading.profile.municipality
        topics = [*self._plans.read(texts, municipality=municipality.value if municipality else None)]
        for index, (passage, text, offset) in enumerate(pieces):
            goes_on = index + 1 < len(texts) and topics[index + 1].refers_to(PlanKind.OTHER) and digital[index + 1]
            yield FactSentence(
                passage=passage,
                text=text,
                said=self._statements.blank_unreal(text),
                offset=offset,
                digital=digital[index],
                digital_plan=digital[index] or goes_on,
                near_digital=throughout or near[index],
                previous=texts[index - 1] if index else "",
                following=self._statements.blank_unreal(texts[index + 1]) if index + 1 < len(texts) else "",
                plans=topics[index],
                reading=reading,
            )

    def _read_profile(self, reading: Reading) -> Iterator[Fact]:
        """Yield what the document is, where it is itself a strategy or a samfunnsdel."""
        if not reading.passages:
            return
        profile = reading.profile
        if profile.municipality:
            yield _from_attribute(reading, FactField.MUNICIPALITY, profile.municipality.value, profile.municipality)
        kind = profile.document_type
        if is_strategy(reading):
            status, attribute = self._read_status(reading)
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
            evidence or (Evidence(EvidenceKind.RULE, "", 0.5, code=EvidenceCode.NO_DIGITAL_PASSAGE),),
        )

    def _read_sentence(self, sentence: FactSentence) -> Iterator[Fact]:
        yield from self._plan_facts.read(sentence)
        if self._statements.has(StatementRole.SUPPOSES, sentence.text):
            return
        yield from self._read_networks(sentence)
        yield from self._read_sector_plans(sentence)
        if sentence.near_digital:
            yield from self._read_funding(sentence)
            yield from self._read_structures(sentence)

    def _read_networks(self, sentence: FactSentence) -> Iterator[Fact]:
        networks = self._networks.find(sentence.said)
        known = [(network.start, network.end) for network in networks if network.cue.name]
        for network in networks:
            if not network.cue.name and any(start < network.end and network.start < end for start, end in known):
                continue
            name = network.cue.name or _name_of(network, sentence)
            if sentence.near_digital or _DIGITAL_NAME.search(name):
                yield make_cue_fact(sentence, FactField.REGIONAL_NETWORKS, name, network)

    def _read_sector_plans(self, sentence: FactSentence) -> Iterator[Fact]:
        for sector in self._sector_plans.find(sentence.said):
            digital = sentence.digital_plan or sector.cue.plan is SectorPlan.SMARTBY
            if digital and not sentence.plans.is_national((sector.start, sector.end)):
                yield make_cue_fact(sentence, FactField.SECTOR_PLANS, sector.cue.plan, sector)

    def _read_structures(self, sentence: FactSentence) -> Iterator[Fact]:
        """Yield bodies that decide; what one decides may stand in the next sentence: «Enhetene søker om midler.»"""
        for structure in self._prioritisation.find(f"{sentence.said}\n{sentence.following}"):
            if structure.start < len(sentence.text):
                name = _name_of(structure, sentence)
                score = WEAK if structure.cue.weak else structure.quality
                span = (structure.start, structure.end)
                yield make_fact(sentence, FactField.PRIORITISATION_STRUCTURE, name, structure.cue.id, span, score=score)

    def _read_funding(self, sentence: FactSentence) -> Iterator[Fact]:
        """Yield how something digital is paid for: said in the sentence, or by the heading or table it stands under."""
        if self._speaks_of_others(sentence):
            return
        for funding in self._funding.find(sentence.said):
            if funding.strong:
                yield make_cue_fact(sentence, FactField.FUNDING, funding.cue.funding, funding)
        money = _MONEY.search(sentence.text)
        if not (sentence.digital and money):
            return
        table = sentence.passage.table
        above = [*sentence.passage.section[-2:], *([table.title] if table and table.title else [])]
        for funding in (cue for text in above for cue in self._funding.find(text)):
            value = str(funding.cue.funding)
            yield make_fact_under(sentence, FactField.FUNDING, value, funding, money.span())

    def _speaks_of_others(self, sentence: FactSentence) -> bool:
        """Tell a sentence that begins with a national body or its document, and does not speak of the municipality."""
        opens = any(start < _SUBJECT for start, _ in sentence.plans.national)
        return opens and not self._statements.has(StatementRole.OWN, sentence.text)

    def _is_draft(self, reading: Reading) -> bool:
        """Tell whether the document calls itself a draft, in its name, its title or its first lines."""
        opening = " ".join(passage.text for passage in reading.passages[:_OPENING])
        places = (reading.document.name, reading.document.title or "", opening)
        return any(self._statements.has(StatementRole.DRAFTS, text) for text in places)

    def _read_status(self, reading: Reading) -> tuple[str | None, Attribute]:
        """Return what the strategy says of itself: a draft, or adopted by its date or its period, not by its title."""
        profile = reading.profile
        if self._is_draft(reading):
            return "in_progress", profile.document_type
        decided = profile.adopted or profile.period
        return ("adopted", decided) if decided else (None, profile.document_type)


def _name_of(match: CueMatch[Cue], sentence: FactSentence) -> str:
    return sentence.text[match.start : match.end].strip()


def _from_attribute(reading: Reading, field: FactField, value: str, attribute: Attribute) -> Fact:
    """Return a fact read from the profile; its passage is the one that holds the quote, else the first."""
    start, end = attribute.start, attribute.end
    for passage in reading.passages:
        if start is not None and end is not None and passage.start <= start and end <= passage.end:
            evidence = Evidence(EvidenceKind.RULE, attribute.source, 0.9, start, end, code=EvidenceCode.PROFILE)
            return Fact(reading.document.id, passage.id, field, value, (evidence,))
    evidence = Evidence(EvidenceKind.RULE, attribute.source, 0.9, code=EvidenceCode.PROFILE)
    return Fact(reading.document.id, reading.passages[0].id, field, value, (evidence,))
