"""The case sheet of a municipality: what its documents say together, each value with the place it was read at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Final

from compliance.analyse.facts.merge import MunicipalityFacts, merge_facts
from compliance.analyse.facts.sentences import FactField
from compliance.analyse.matching.scan import Scanner
from compliance.guidelines.rules import Rules
from compliance.guidelines.sets import GuidelineSet
from compliance.guidelines.study_rules import load_study_rules
from compliance.records import DocumentType, Fact, SourceKind, StructureMatch
from compliance.records.study import BudgetLine, CaseValue, StrategyState, StudyDocument
from compliance.study.aims import AimReader
from compliance.study.budgets import BudgetReader
from compliance.study.division import DivisionReader
from compliance.study.documents import DRAFT
from compliance.study.networks import Networks, is_older, judge_network
from compliance.study.owners import STRATEGIES
from compliance.study.placing import Readings
from compliance.study.statements import Aim
from compliance.study.structures import StructureReader


@dataclass(frozen=True, slots=True)
class CaseMaterial:
    """What one municipality's sheet is made from: documents that were there on the date, with their facts."""

    municipality: str
    documents: Mapping[str, StudyDocument]  # by id
    facts: Sequence[Fact]
    state: StrategyState
    structures: Sequence[StructureMatch]
    networks: Networks


class CaseReader:
    """Makes case sheets of the documents it reads; `of` gives one for others."""

    def __init__(self, rules: Rules, guidelines: Sequence[GuidelineSet], *, readings: Readings) -> None:
        self._words = load_study_rules()
        self._aims = AimReader(self._words)
        self._division = DivisionReader(rules, self._words)
        self._budgets = BudgetReader(Scanner(rules), self._words)
        self._names = {each.id: each.document for each in guidelines}
        self._readings = readings

    def of(self, readings: Readings) -> CaseReader:
        """Return the same for other documents."""
        other = copy(self)
        other._readings = readings
        return other

    def read(self, material: CaseMaterial) -> Iterator[CaseValue]:
        """Yield the sheet's values by field, in the order of docs/study.md."""
        facts = [fact for fact in material.facts if not _tells_of_coming(fact, material.documents[fact.document_id])]
        merged = merge_facts(facts)
        by_field: dict[str, list[Fact]] = defaultdict(list)
        for fact in facts:
            by_field[fact.field].append(fact)
        yield self._show_status(material)
        yield from self._show_merged(material, merged, by_field)
        yield from self._show_lists(material, merged, by_field)
        yield from self._show_structure(material, by_field[FactField.PRIORITISATION_STRUCTURE])
        yield from self._show_networks(material, merged, by_field)
        yield from self._show_aims(material)

    def read_budget(self, material: CaseMaterial) -> Iterator[BudgetLine]:
        """Yield the municipality's lines for something digital, by document."""
        facts: dict[str, list[Fact]] = defaultdict(list)
        for fact in material.facts:
            facts[fact.document_id].append(fact)
        for document_id in material.documents:
            reading = self._readings.readings[document_id]
            yield from self._budgets.read(
                reading, facts[document_id], municipality=material.municipality, readings=self._readings
            )

    def _show_status(self, material: CaseMaterial) -> CaseValue:
        state = material.state
        return CaseValue(
            material.municipality,
            "strategy_status",
            state.status.value,
            state.reason,
            state.document_id,
            state.passage_id,
            state.page,
            state.start,
            state.end,
            state.quote,
        )

    def _show_merged(
        self, material: CaseMaterial, merged: MunicipalityFacts, by_field: Mapping[str, Sequence[Fact]]
    ) -> Iterator[CaseValue]:
        digital = None if merged.digital_in_samfunnsdel is None else str(merged.digital_in_samfunnsdel).lower()
        for field, value in (
            (FactField.STRATEGY_PERIOD, material.state.period),
            (FactField.SAMFUNNSDEL_PERIOD, merged.samfunnsdel_period),
            (FactField.DIGITAL_IN_SAMFUNNSDEL, digital),
        ):
            if value is not None:
                yield self._show_fact(material, field, value, by_field[field])

    def _show_lists(
        self, material: CaseMaterial, merged: MunicipalityFacts, by_field: Mapping[str, Sequence[Fact]]
    ) -> Iterator[CaseValue]:
        for field, values in ((FactField.SECTOR_PLANS, merged.sector_plans), (FactField.FUNDING, merged.funding)):
            for value in values:
                yield self._show_fact(material, field, value, by_field[field])

    def _show_structure(self, material: CaseMaterial, facts: Sequence[Fact]) -> Iterator[CaseValue]:
        structures = StructureReader(self._words, self._readings)
        chosen = structures.choose(facts, material.documents)
        if chosen is None:
            return
        yield self._show_fact(material, FactField.PRIORITISATION_STRUCTURE, chosen.name, chosen.facts)
        for kind, holder, start, end in structures.describe(chosen):
            place = self._readings.place(holder, start, end)
            yield CaseValue(material.municipality, kind, " ".join(place["quote"].split()), chosen.name, **place)

    def _show_networks(
        self, material: CaseMaterial, merged: MunicipalityFacts, by_field: Mapping[str, Sequence[Fact]]
    ) -> Iterator[CaseValue]:
        for name in merged.regional_networks:
            facts = [fact for fact in by_field[FactField.REGIONAL_NETWORKS] if fact.value == name]
            role, fact, _ = judge_network(name, facts, material.documents, known=material.networks)
            place = self._readings.place_fact(fact)
            yield CaseValue(material.municipality, FactField.REGIONAL_NETWORKS, name, role.value, **place)
            told = [material.networks.younger.get((name, each.document_id)) for each in facts]
            said = next((each for each in told if each is not None), None)
            period = material.state.period  # of the strategy whose status is told, not of one before it
            if said is not None:
                note = "Dokumentet sier at strategien er eldre enn nettverket."
                yield CaseValue(material.municipality, "strategy_older_than_network", name, note, **said)
            elif is_older(period, name, material.networks):
                year, older = material.networks.founded[name]
                note = f"Strategien begynte {str(period)[:4]}, nettverket {year}."
                yield CaseValue(material.municipality, "strategy_older_than_network", name, note, **older)

    def _show_aims(self, material: CaseMaterial) -> Iterator[CaseValue]:
        ordered = sorted(
            material.documents.values(),
            key=lambda each: (each.document_type not in STRATEGIES, each.superseded_by is not None, each.file),
        )
        strategies = [each for each in ordered if each.document_type in STRATEGIES]
        decisive = [each for each in strategies if each.document_id == material.state.document_id]
        for document in (decisive or [each for each in strategies if each.superseded_by is None])[:1] or ordered:
            reading = self._readings.readings[document.document_id]
            aims = self._aims.read(reading, is_strategy=document.document_type in STRATEGIES)
            for aim in aims:
                place = self._readings.place(aim.passage, aim.start, aim.end)
                yield CaseValue(material.municipality, aim.field, " ".join(place["quote"].split()), "", **place)
            yield from self._show_division(material, document, aims)

    def _show_division(
        self, material: CaseMaterial, document: StudyDocument, aims: Sequence[Aim]
    ) -> Iterator[CaseValue]:
        """Yield whose division the goals follow: by the headings, else by the sentence that lists them."""
        for match in material.structures:
            if match.document_id == document.document_id and match.source_kind is SourceKind.GUIDELINE:
                heading = self._readings.place_id(match.passage_ids[0])
                note = f"{len(match.passage_ids)} overskrifter i samme rekkefølge"
                if heading:
                    yield CaseValue(material.municipality, "goals_follow", match.source_id, note, **heading)
                    return
        reading = self._readings.readings[document.document_id]
        found = self._division.find(reading, aims)
        if found is not None:
            source, count, total = found
            first = next(each for each in aims if each.field != "vision")
            note = f"{count} av {total} områder i samme rekkefølge"
            place = self._readings.place(first.passage, first.start, first.end)
            yield CaseValue(material.municipality, "goals_follow", source, note, **place)
            return
        said = self._division.find_said(reading)
        if said is not None:
            source, statement = said
            place = self._readings.place(statement.passage, statement.start, statement.end)
            yield CaseValue(material.municipality, "goals_follow", source, "sagt i teksten", **place)

    def _show_fact(self, material: CaseMaterial, field: str, value: str, facts: Sequence[Fact]) -> CaseValue:
        """Return a value with the sentence that says it best; none where it is the profile's or a person's."""
        same = [fact for fact in facts if fact.value.casefold() == value.casefold()]
        if not same:
            return CaseValue(material.municipality, field, value, "")
        best = max(same, key=lambda fact: max((each.score for each in fact.evidence), default=0.0))
        return CaseValue(material.municipality, field, value, "", **self._readings.place_fact(best))


_OF_SAMFUNNSDEL: Final = frozenset({FactField.SAMFUNNSDEL_PERIOD.value, FactField.DIGITAL_IN_SAMFUNNSDEL.value})


def _tells_of_coming(fact: Fact, document: StudyDocument) -> bool:
    """Whether a fact of the samfunnsdel is of one to come or gone: in a planprogram, a draft or one since replaced."""
    if fact.field not in _OF_SAMFUNNSDEL:
        return False
    kind, draft = document.document_type, document.status == DRAFT
    own = kind == DocumentType.SAMFUNNSDEL.value and (draft or document.superseded_by is not None)
    return own or kind == DocumentType.PLANPROGRAM.value
