"""One municipality's rows of every block of the study, read from its own documents."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from compliance.analyse.matching.scan import Scanner
from compliance.config import hash_parts
from compliance.guidelines.questions import QuestionSet, map_questions
from compliance.guidelines.rules import Rules
from compliance.guidelines.sets import GuidelineSet
from compliance.records import Results, Task
from compliance.records.grouping import group_by_document
from compliance.records.study import (
    CopiedSource,
    MunicipalityBlocks,
    NationalTiming,
    StrategyState,
    StudyDocument,
    TextShare,
)
from compliance.report.document_results import collect_results
from compliance.study.case_sheet import CaseMaterial, CaseReader
from compliance.study.cells import CellReader
from compliance.study.chain import ChainReader
from compliance.study.copying import CopyReader, list_timings
from compliance.study.corpus.manifest import ManifestRow
from compliance.study.documents import counts_on_date
from compliance.study.networks import Networks, share_wording
from compliance.study.owners import UNOWNED
from compliance.study.placing import Readings, index_readings
from compliance.study.prolonging import find_prolongations, prolong
from compliance.study.questions import Answers, answer_questions
from compliance.study.status import Material, judge_strategy


def _describe_networks(networks: Networks) -> str:
    """Return all that is known of networks, in an order of its own."""
    return repr(
        (sorted(networks.founded.items()), sorted(networks.bound), sorted(networks.told), sorted(networks.younger))
    )


def list_counting(blocks: MunicipalityBlocks) -> dict[str, StudyDocument]:
    """Return the municipality's documents that were there on the date, by id."""
    return {each.document_id: each for each in blocks.documents if counts_on_date(each)}


@dataclass(frozen=True, slots=True)
class _Own:
    """A municipality's documents, looked up in the ways that blocks need."""

    name: str
    held: Mapping[str, StudyDocument]  # those of the date, by id
    results: Results
    readings: Readings

    @property
    def digital(self) -> frozenset[str]:
        """The passages that are about digitalisation: those that speak for a goal or an element."""
        return frozenset(each.passage_id for each in self.results.findings if each.task in {Task.GOALS, Task.ELEMENTS})


class BlockReader:
    """Reads municipalities one after the other; holds what all of them need."""

    def __init__(
        self,
        *,
        rules: Rules,
        guidelines: Sequence[GuidelineSet],
        questions: Sequence[QuestionSet],
        networks: Networks,
        shares: Sequence[TextShare],
        as_of: date,
    ) -> None:
        self._guidelines, self._questions, self._networks = guidelines, map_questions(questions), networks
        self._as_of, self._scanner = as_of, Scanner(rules)
        # What decides the rows beside a municipality's own documents.
        self.key = hash_parts(as_of.isoformat(), repr(questions), _describe_networks(networks))
        self._cases = CaseReader(rules, guidelines, readings=Readings({}, {}))
        self._copies = CopyReader(guidelines, shares)

    def read(
        self, name: str, documents: Sequence[StudyDocument], rows: Sequence[ManifestRow], results: Results
    ) -> MunicipalityBlocks:
        """Return the municipality's rows; `rows` of the manifest are what a person says without a document."""
        readings = index_readings(results.readings)
        prolonged = find_prolongations(documents, readings)
        own = prolong(documents, prolonged, as_of=self._as_of)
        held = {each.document_id: each for each in own if counts_on_date(each)}
        given = _Own(name, held, results, readings)
        copied, timings = tuple(self._list_copied(given)), tuple(self._list_timings(given))
        if name == UNOWNED:
            return MunicipalityBlocks(own, copied=copied, timings=timings)
        facts = group_by_document(results.facts)
        again = find_prolongations(held.values(), readings)
        state = judge_strategy(Material(name, tuple(held.values()), facts, rows, readings, again), as_of=self._as_of)
        cases, material = self._cases.of(readings), self._make_material(given, state)
        values, lines = tuple(cases.read(material)), tuple(cases.read_budget(material))
        cells = tuple(CellReader(results, readings).read(name, held))
        chains = ChainReader(results.measures, readings, scanner=self._scanner, digital=given.digital)
        commitments = tuple(chains.read(name, held))
        asked = Answers(
            municipality=name,
            values=values,
            cells={(cell.subject, cell.label): cell for cell in cells},
            budget=lines,
            commitments=commitments,
            documents=held,
            readings=readings,
            digital=given.digital,
        )
        answers = tuple(answer_questions(self._questions, asked))
        return MunicipalityBlocks(own, state, values, lines, cells, copied, commitments, timings, answers)

    def _make_material(self, given: _Own, state: StrategyState) -> CaseMaterial:
        facts = group_by_document(given.results.facts)
        return CaseMaterial(
            given.name,
            given.held,
            [fact for document_id in given.held for fact in facts.get(document_id, ())],
            state,
            [match for match in given.results.relations.structures if match.document_id in given.held],
            share_wording(self._networks, given.results.reuse_spans),
        )

    def _list_copied(self, given: _Own) -> Iterator[CopiedSource]:
        plans = {plan.document.id: plan for plan in collect_results(given.results)}
        for document_id, document in given.held.items():
            yield from self._copies.read(plans[document_id], document)

    def _list_timings(self, given: _Own) -> Iterator[NationalTiming]:
        citations: dict[str, Counter[str]] = defaultdict(Counter)
        for each in given.results.relations.citations:
            citations[each.document_id][each.source] += 1
        yield from list_timings(tuple(given.held.values()), self._guidelines, citations)
