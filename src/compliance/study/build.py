"""A study from a run's results: every row of every table, from the corpus to the findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from compliance import __version__
from compliance.config import hash_parts
from compliance.guidelines.questions import QuestionSet
from compliance.guidelines.rules import Rules
from compliance.guidelines.sets import GuidelineSet
from compliance.guidelines.study_rules import ManifestStatus
from compliance.records.study import (
    CorpusRemark,
    Estimate,
    MunicipalityBlocks,
    RemarkKind,
    Study,
    StudyDocument,
    StudyInfo,
    StudyMunicipality,
    TextShare,
)
from compliance.study.agreement import compare_form, draw_sample
from compliance.study.blocks import BlockReader, list_counting
from compliance.study.corpus.inventory import make_inventory
from compliance.study.corpus.manifest import Manifest, ManifestRow, list_without_files
from compliance.study.corpus.places import Joined
from compliance.study.corpus.selection import ALL, Place, Selection
from compliance.study.corpus.verify import find_mislabelled, find_superseded
from compliance.study.documents import build_documents, list_places
from compliance.study.findings import Subject, choose_set, make_findings
from compliance.study.grouping import group_by_municipality
from compliance.study.owners import UNOWNED
from compliance.study.source import Outlined, StudySource
from compliance.study.statistics import estimate_all


@dataclass(frozen=True, slots=True)
class StudyInput:
    """What a study is made of."""

    run_id: str
    settings: str  # a hash of what the run's analysis depended on beside its documents
    source: StudySource
    outlined: Outlined
    shares: Sequence[TextShare]
    manifest: Manifest
    joined: Joined  # what a person's file says of municipalities
    as_of: date
    corpus: str  # the folder's name
    selection: Selection = ALL
    remarks: Sequence[CorpusRemark] = ()
    filled: Mapping[str, int] = field(default_factory=dict)  # a person's values of the control sample, by cell
    agreement: Sequence[Estimate] = ()  # with readers' scores


def make_study(
    given: StudyInput,
    *,
    rules: Rules,
    guidelines: Sequence[GuidelineSet],
    questions: Sequence[QuestionSet] = (),
) -> Study:
    """Return the study of a run's documents as they were on the study date; they are read a municipality at a time."""
    outlines = given.outlined.outlines
    named = list_places(outlines, given.manifest, given.joined)
    everything = build_documents(outlines, manifest=given.manifest, as_of=given.as_of, places=named)
    places, left_out = _select({place.id: place for place in named.values()}, given.selection)
    answers = list_without_files(given.manifest.rows)
    reader = BlockReader(
        rules=rules,
        guidelines=guidelines,
        questions=questions,
        networks=given.outlined.networks,
        shares=given.shares,
        as_of=given.as_of,
    )
    owned = group_by_municipality([each for each in everything if each.municipality in places])
    blocks = _read_blocks(places, owned, given, reader, answers)
    given.source.keep_only(places)
    chosen = tuple(document for name in owned for document in blocks[name].documents)
    known = {name: each for name, each in blocks.items() if name != UNOWNED}
    cells = _join(known, "cells")
    findings, cases = make_findings(_list_subjects(known, given.shares, choose_set(cells, guidelines)))
    municipalities = tuple(
        _describe_place(place, len(list_counting(blocks[name])), answers) for name, place in places.items()
    )
    return Study(
        info=_describe(given),
        municipalities=municipalities,
        documents=chosen,
        inventory=make_inventory([place for name, place in places.items() if name != UNOWNED], chosen, answers),
        remarks=(
            *given.remarks,
            *find_mislabelled(given.manifest),
            *find_superseded(chosen),
            *(CorpusRemark(RemarkKind.NOT_SELECTED, "", why) for why in left_out),
        ),
        states=tuple(each.state for each in known.values() if each.state is not None),
        findings=findings,
        finding_cases=cases,
        estimates=(
            *estimate_all(municipalities, chosen, cells, cases, given.shares),
            *compare_form(cells, given.filled),
            *given.agreement,
        ),
        sample=draw_sample(cells),
        cells=cells,
        **{name: _join(known, name) for name in ("case_values", "budget_lines", "commitments", "answers")},
        **{name: _join(blocks, name) for name in ("copied", "timings")},
    )


def _read_blocks(
    places: Mapping[str, Place],
    owned: Mapping[str, Sequence[StudyDocument]],
    given: StudyInput,
    reader: BlockReader,
    answers: Sequence[ManifestRow],
) -> dict[str, MunicipalityBlocks]:
    """Return each municipality's rows: those of the last study where nothing that they were made from has changed."""
    rows = {name: _answers_of(place, answers) for name, place in places.items()}
    ids = {name: [each.document_id for each in owned.get(name, ())] for name in places}
    made_from = {
        name: hash_parts(
            *(__version__, given.settings, reader.key, repr(owned.get(name, ())), repr(rows[name])),
            *given.source.describe(ids[name]),
        )
        for name in places
    }
    blocks = given.source.load_kept(made_from)
    for name in [each for each in places if each not in blocks]:
        blocks[name] = reader.read(name, owned.get(name, ()), rows[name], given.source.read(ids[name]))
        given.source.keep(name, made_from[name], blocks[name])
    return {name: blocks[name] for name in places}


def _join(blocks: Mapping[str, MunicipalityBlocks], name: str) -> tuple[Any, ...]:
    """Return all municipalities' rows of one block."""
    return tuple(row for each in blocks.values() for row in getattr(each, name))


def _list_subjects(
    blocks: Mapping[str, MunicipalityBlocks], shares: Sequence[TextShare], goal_set: GuidelineSet | None
) -> list[Subject]:
    by_document = {share.document_id: share for share in shares}
    return [
        Subject(
            id=name,
            state=each.state,
            documents=list_counting(each),
            values=each.case_values,
            cells=each.cells,
            budget=each.budget_lines,
            commitments=each.commitments,
            shares=by_document,
            goal_set=goal_set,
        )
        for name, each in blocks.items()
        if each.state is not None
    ]


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


def _answers_of(place: Place, answers: Sequence[ManifestRow]) -> list[ManifestRow]:
    return [row for row in answers if {place.id, place.name} & set(row.municipalities)]


def _describe(given: StudyInput) -> StudyInfo:
    return StudyInfo(
        run_id=given.run_id,
        as_of=given.as_of.isoformat(),
        corpus=given.corpus,
        selection=given.selection.describe(),
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        version=__version__,
    )


def _describe_place(place: Place, documents: int, answers: Sequence[ManifestRow]) -> StudyMunicipality:
    silent = any(row.status is ManifestStatus.NO_RESPONSE for row in _answers_of(place, answers))
    return StudyMunicipality(
        id=place.id,
        number=place.number,
        name=place.name,
        county=place.county,
        population=place.population,
        centrality=place.centrality,
        documents=documents,
        responded=not silent,
    )
