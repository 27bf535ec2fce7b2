"""A study from a run's results: every row of every table, from the corpus to the findings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from compliance import __version__
from compliance.analyse.matching.scan import Scanner
from compliance.guidelines.questions import QuestionSet, map_questions
from compliance.guidelines.rules import Rules
from compliance.guidelines.sets import GuidelineSet
from compliance.guidelines.study_rules import ManifestStatus
from compliance.records import Fact, Results, Task
from compliance.records.grouping import group_by_document
from compliance.records.study import (
    BudgetLine,
    CaseValue,
    CopiedSource,
    CorpusRemark,
    Estimate,
    NationalTiming,
    RemarkKind,
    StrategyState,
    Study,
    StudyAnswer,
    StudyDocument,
    StudyInfo,
    StudyMunicipality,
    TextShare,
)
from compliance.report.document_results import collect_results
from compliance.study.agreement import compare_form, draw_sample
from compliance.study.case_sheet import CaseMaterial, CaseReader
from compliance.study.cells import CellReader
from compliance.study.chain import ChainReader
from compliance.study.copying import CopyReader, list_timings
from compliance.study.corpus.inventory import make_inventory
from compliance.study.corpus.manifest import Manifest, ManifestRow, list_without_files
from compliance.study.corpus.places import Joined
from compliance.study.corpus.selection import ALL, Place, Selection
from compliance.study.corpus.verify import find_mislabelled, find_superseded
from compliance.study.documents import build_documents, counts_on_date, list_places
from compliance.study.findings import Subject, choose_set, make_findings
from compliance.study.grouping import group_by_municipality
from compliance.study.networks import learn_networks
from compliance.study.owners import UNOWNED
from compliance.study.placing import Readings, index_readings
from compliance.study.prolonging import find_prolongations, prolong
from compliance.study.questions import Answers, answer_questions
from compliance.study.statistics import estimate_all
from compliance.study.status import Material, judge_strategy


@dataclass(frozen=True, slots=True)
class StudyInput:
    """What a study is made of."""

    results: Results
    shares: Sequence[TextShare]
    manifest: Manifest
    joined: Joined  # what a person's file says of municipalities
    as_of: date
    corpus: str  # the folder's name
    selection: Selection = ALL
    remarks: Sequence[CorpusRemark] = ()
    filled: Mapping[str, int] = field(default_factory=dict)  # a person's values of the control sample, by cell
    agreement: Sequence[Estimate] = ()  # with readers' scores


@dataclass(frozen=True, slots=True)
class StudyContext:
    """The input looked up in the ways that the blocks of a study need."""

    given: StudyInput
    rules: Rules
    guidelines: Sequence[GuidelineSet]
    readings: Readings
    places: Mapping[str, Place]  # by id, those of the study
    documents: Mapping[str, Mapping[str, StudyDocument]]  # by municipality and document id, those of the date
    facts: Mapping[str, Sequence[Fact]]  # by document
    states: Mapping[str, StrategyState]
    questions: Sequence[QuestionSet]

    def owned(self) -> Iterator[tuple[str, Mapping[str, StudyDocument]]]:
        """Yield each municipality that is known, with its documents."""
        yield from ((name, held) for name, held in self.documents.items() if name != UNOWNED)


def make_study(
    given: StudyInput,
    *,
    rules: Rules,
    guidelines: Sequence[GuidelineSet],
    questions: Sequence[QuestionSet] = (),
) -> Study:
    """Return the study of a run's documents as they were on the study date."""
    readings = index_readings(given.results.readings)
    facts = group_by_document(given.results.facts)
    named = list_places(given.results.readings, given.manifest, given.joined)
    everything = build_documents(
        given.results.readings, facts, manifest=given.manifest, as_of=given.as_of, places=named
    )
    places, left_out = _select({place.id: place for place in named.values()}, given.selection)
    chosen = _prolong_each([each for each in everything if each.municipality in places], readings, as_of=given.as_of)
    answers = list_without_files(given.manifest.rows)
    documents: dict[str, dict[str, StudyDocument]] = {name: {} for name in places}
    for each in chosen:
        if counts_on_date(each):
            documents[each.municipality][each.document_id] = each
    states = {
        name: _judge(place, documents[name], facts, answers=answers, readings=readings, as_of=given.as_of)
        for name, place in places.items()
        if name != UNOWNED
    }
    context = StudyContext(given, rules, guidelines, readings, places, documents, facts, states, questions)
    return _add_blocks(
        Study(
            info=_describe(given),
            municipalities=tuple(_describe_place(place, documents[name], answers) for name, place in places.items()),
            documents=chosen,
            inventory=make_inventory([place for name, place in places.items() if name != UNOWNED], chosen, answers),
            remarks=(
                *given.remarks,
                *find_mislabelled(given.manifest),
                *find_superseded(chosen),
                *(CorpusRemark(RemarkKind.NOT_SELECTED, "", why) for why in left_out),
            ),
            states=tuple(states.values()),
        ),
        context,
    )


def _add_blocks(study: Study, context: StudyContext) -> Study:
    """Return the study with what is read from the documents, block by block."""
    values, lines = _read_cases(context)
    digital = _list_digital(context.given.results)
    chains = ChainReader(
        context.given.results.measures, context.readings, scanner=Scanner(context.rules), digital=digital
    )
    cells = CellReader(context.given.results, context.readings)
    study = replace(
        study,
        case_values=values,
        budget_lines=lines,
        cells=tuple(cell for name, held in context.owned() for cell in cells.read(name, held)),
        copied=tuple(_list_copied(context)),
        commitments=tuple(each for name, held in context.owned() for each in chains.read(name, held)),
        timings=tuple(_list_timings(context)),
    )
    subjects = _list_subjects(study, context)
    findings, cases = make_findings(subjects)
    return replace(
        study,
        answers=tuple(_answer_all(subjects, context, digital=digital)),
        findings=findings,
        finding_cases=cases,
        estimates=(
            *estimate_all(study.municipalities, study.documents, study.cells, cases, context.given.shares),
            *compare_form(study.cells, context.given.filled),
            *context.given.agreement,
        ),
        sample=draw_sample(study.cells),
    )


def _list_subjects(study: Study, context: StudyContext) -> list[Subject]:
    values = group_by_municipality(study.case_values)
    cells = group_by_municipality(study.cells)
    lines = group_by_municipality(study.budget_lines)
    commitments = group_by_municipality(study.commitments)
    shares = {share.document_id: share for share in context.given.shares}
    goal_set = choose_set(study.cells, context.guidelines)
    return [
        Subject(
            id=name,
            state=context.states[name],
            documents=held,
            values=values.get(name, ()),
            cells=cells.get(name, ()),
            budget=lines.get(name, ()),
            commitments=commitments.get(name, ()),
            shares=shares,
            goal_set=goal_set,
        )
        for name, held in context.owned()
    ]


def _list_copied(context: StudyContext) -> Iterator[CopiedSource]:
    reader = CopyReader(context.guidelines, context.given.shares)
    plans = {plan.document.id: plan for plan in collect_results(context.given.results)}
    for held in context.documents.values():
        for document_id, document in held.items():
            yield from reader.read(plans[document_id], document)


def _list_timings(context: StudyContext) -> Iterator[NationalTiming]:
    citations: dict[str, Counter[str]] = defaultdict(Counter)
    for each in context.given.results.relations.citations:
        citations[each.document_id][each.source] += 1
    for held in context.documents.values():
        yield from list_timings(tuple(held.values()), context.guidelines, citations)


def _list_digital(results: Results) -> frozenset[str]:
    """Return the passages that are about digitalisation: those that speak for a goal or an element."""
    return frozenset(each.passage_id for each in results.findings if each.task in {Task.GOALS, Task.ELEMENTS})


def _answer_all(
    subjects: Sequence[Subject], context: StudyContext, *, digital: frozenset[str]
) -> Iterator[StudyAnswer]:
    questions = map_questions(context.questions)
    for subject in subjects:
        given = Answers(
            municipality=subject.id,
            values=subject.values,
            cells={(cell.subject, cell.label): cell for cell in subject.cells},
            budget=subject.budget,
            commitments=subject.commitments,
            documents=subject.documents,
            readings=context.readings,
            digital=digital,
        )
        yield from answer_questions(questions, given)


def _read_cases(context: StudyContext) -> tuple[tuple[CaseValue, ...], tuple[BudgetLine, ...]]:
    results = context.given.results
    networks = learn_networks(results.facts, results.findings, results.reuse_spans, context.readings)
    reader = CaseReader(context.rules, context.guidelines, readings=context.readings, networks=networks)
    materials = [
        CaseMaterial(
            name,
            documents,
            [fact for document_id in documents for fact in context.facts.get(document_id, ())],
            context.states[name],
            [match for match in results.relations.structures if match.document_id in documents],
        )
        for name, documents in context.documents.items()
        if name in context.states
    ]
    values = tuple(value for material in materials for value in reader.read(material))
    return values, tuple(line for material in materials for line in reader.read_budget(material))


def _select(places: Mapping[str, Place], selection: Selection) -> tuple[dict[str, Place], list[str]]:
    """Return the municipalities of the study by number or name, and why each other is left out."""
    kept: dict[str, Place] = {}
    left_out = []
    for name in sorted(places, key=lambda each: (places[each].county or "~", each)):
        why = selection.leaves_out(places[name])
        if why is None:
            kept[name] = places[name]
        else:
            left_out.append(why)
    return kept, left_out


def _judge(
    place: Place,
    documents: Mapping[str, StudyDocument],
    facts: Mapping[str, Sequence[Fact]],
    *,
    answers: Sequence[ManifestRow],
    readings: Readings,
    as_of: date,
) -> StrategyState:
    own = tuple(documents.values())
    prolonged = find_prolongations(own, readings)
    return judge_strategy(Material(place.id, own, facts, _answers_of(place, answers), readings, prolonged), as_of=as_of)


def _prolong_each(documents: Sequence[StudyDocument], readings: Readings, *, as_of: date) -> tuple[StudyDocument, ...]:
    """Return all documents, each municipality's strategy with the period that a decision of its own gives it."""
    by_place = group_by_municipality(documents)
    return tuple(
        each for held in by_place.values() for each in prolong(held, find_prolongations(held, readings), as_of=as_of)
    )


def _answers_of(place: Place, answers: Sequence[ManifestRow]) -> list[ManifestRow]:
    return [row for row in answers if {place.id, place.name} & set(row.municipalities)]


def _describe(given: StudyInput) -> StudyInfo:
    return StudyInfo(
        run_id=given.results.run.id,
        as_of=given.as_of.isoformat(),
        corpus=given.corpus,
        selection=given.selection.describe(),
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        version=__version__,
    )


def _describe_place(
    place: Place, documents: Mapping[str, StudyDocument], answers: Sequence[ManifestRow]
) -> StudyMunicipality:
    silent = any(row.status is ManifestStatus.NO_RESPONSE for row in _answers_of(place, answers))
    return StudyMunicipality(
        id=place.id,
        number=place.number,
        name=place.name,
        county=place.county,
        population=place.population,
        centrality=place.centrality,
        documents=len(documents),
        responded=not silent,
    )
