"""What a document does about each goal, clause by clause: how far it binds itself, who, when and how much."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from compliance.analyse.attribution import lies_within
from compliance.analyse.attribution.spans import find_attributed_spans
from compliance.analyse.context import Place, has_finite_verb, outline_passages
from compliance.analyse.observation.level import list_sentences
from compliance.analyse.observation.measures_clauses import Clause, choose_clauses, find_speaking
from compliance.analyse.observation.measures_details import DetailReader, drop_repeated, find_asides
from compliance.analyse.observation.measures_stance import (
    ReadStance,
    StanceReader,
    find_opening,
    list_clauses,
    read_opening,
)
from compliance.analyse.observation.row_owners import RowOwners
from compliance.guidelines.rules import Rules
from compliance.records import (
    Detail,
    DetailKind,
    DocumentType,
    Finding,
    Measure,
    Passage,
    Reading,
    ReuseSpan,
    Span,
    Stance,
    TableRow,
    Task,
    parse_date,
    says_more,
)
from compliance.text.table_rows import locate_cells

# A clause that begins so goes on about what the clause before it named.
_CONTINUES = re.compile(
    r"(?:Det|Dette|Den|Disse|Desse|De|Dei|Arbeidet|Løsningen|Løysinga|Innføringen|Innføringa|Ansvarlig|Ansvarleg|Frist"
    r"|Kostnad\w*|Prosjektet|Tiltaket|Ordningen|Ordninga|Tjenesten|Tenesta|Systemet|Avtalen|Avtala|Målet)\b"
    r"|(?:men|mens|medan)\s+(?:\w+\s+)?(?:skal|vil)\s+(?:\w+\s+){1,3}?(?:det|dette|den|disse|desse)\b"
)
# «Lindelva kommune har …» in another municipality's plan.
_MUNICIPALITY = re.compile(
    r"\W*(?P<name>(?!(?:Vår|Denne|Hele|Heile)\b)[A-ZÆØÅ][\wæøå-]+(?: [A-ZÆØÅ][\wæøå-]+)?) kommune\b(?! sin|s\b)"
)
_COMMITTING = frozenset({Stance.BINDING, Stance.DONE})
_MEASURED = frozenset({DetailKind.DATE, DetailKind.SUM, DetailKind.TARGET})
CRITERION_MARK = "."  # in an element finding's label: it is a criterion of the element
SPEAKING = frozenset({Task.GOALS, Task.REVIEW})  # tasks whose findings may speak for a goal


class MeasureReader:
    """Reads the clauses of a document, and gives each goal that was found those that speak of it."""

    def __init__(self, rules: Rules) -> None:
        self._stances = StanceReader(rules)
        self._details = DetailReader(rules)

    def read_all(
        self, readings: Sequence[Reading], *, findings: Iterable[Finding], reuse_spans: Iterable[ReuseSpan]
    ) -> tuple[Measure, ...]:
        """Return what every document does about the goals that its passages speak for, or may speak for."""
        goals: dict[str, list[Finding]] = {}
        attributed: dict[str, list[Finding]] = {}
        for finding in findings:
            if finding.task in SPEAKING or (finding.task is Task.ELEMENTS and CRITERION_MARK in finding.label):
                goals.setdefault(finding.document_id, []).append(finding)
            elif finding.task is Task.ATTRIBUTION:
                attributed.setdefault(finding.document_id, []).append(finding)
        national: dict[str, list[Span]] = {}
        for span in reuse_spans:
            if span.is_national:
                national.setdefault(span.document_id, []).append(Span(span.start, span.end))
        found: list[Measure] = []
        for reading in readings:
            name = reading.document.id
            others = [*find_attributed_spans(reading, attributed.get(name, ())), *national.get(name, ())]
            found += self.read(reading, goals.get(name, ()), others=others)
        return tuple(found)

    def read(self, reading: Reading, findings: Iterable[Finding], *, others: Sequence[Span]) -> list[Measure]:
        """Return what is done about each goal that a finding gives a passage, in document order.

        `findings` are the document's goals and candidates, `others` the document offsets of another's words.
        """
        by_passage: dict[str, list[Finding]] = {}
        for finding in findings:
            by_passage.setdefault(finding.passage_id, []).append(finding)
        rows = RowOwners(reading.passages, self._details)
        frame = _Frame(_read_type(reading), _first_year(reading), others, _own_name(reading), rows)
        found: list[Measure] = []
        seen: dict[str, Passage] = {}  # the heading that was last read of those with this text
        for place in outline_passages(reading.passages):
            if place.passage.id in by_passage:
                above = [seen[each] for each in place.headings if each in seen]
                found += self._measure(place, replace(frame, above=above), by_passage[place.passage.id])
            if place.heading:
                seen[" ".join(place.passage.text.split())] = place.passage
        return found

    def _measure(self, place: Place, frame: _Frame, findings: Sequence[Finding]) -> Iterator[Measure]:
        clauses = self.read_clauses(place, frame)
        by_label = {each.label: each for each in findings}
        for finding in by_label.values():
            for clause in choose_clauses(clauses, find_speaking(finding, by_label), place.passage):
                yield Measure(
                    document_id=finding.document_id,
                    passage_id=finding.passage_id,
                    goal=finding.label,
                    start=clause.start,
                    end=clause.end,
                    stance=clause.stance,
                    details=clause.details,
                    copied=clause.copied,
                    value=clause.value,
                )

    def read_clauses(self, place: Place, frame: _Frame) -> list[Clause]:
        """Return the passage's clauses; a table row and a heading are one each."""
        passage = place.passage
        whole = place.heading or passage.table is not None
        spans = [(0, len(passage.text))] if whole else list_clauses(passage.text, list_sentences(passage))
        clauses: list[Clause] = []
        example = False
        for start, end in spans:
            if passage.text[start:end].strip():
                example = example or self._stances.opens_example(passage.text[start:end])
                clauses.append(self._read_clause(place, frame, Span(start, end), example=example))
        return clauses

    def _read_clause(self, place: Place, frame: _Frame, span: Span, *, example: bool) -> Clause:
        passage, (start, end) = place.passage, span
        text, offset = passage.text[start:end], passage.start + start
        read = self._stances.read_clause(text, place, document_type=frame.document_type, example=example)
        commits = not read.about_plan and read.stance in _COMMITTING
        details = self._read_details(place, frame, (text, offset), read) if commits else ()
        above = self._read_owner_elsewhere(place, frame, text, details) if commits else ()
        return Clause(
            start=offset,
            end=passage.start + end,
            stance=_hold_back(read, others=_is_anothers(text, frame.municipality)),
            details=(*details, *above),
            copied=lies_within(frame.others, offset, passage.start + end) and not says_more(details, frame.others),
            continues=bool(_CONTINUES.match(text)),
            concrete=bool(details),
        )

    def _read_details(
        self, place: Place, frame: _Frame, clause: tuple[str, int], read: ReadStance
    ) -> tuple[Detail, ...]:
        """Return who, when and how much of a measure that is decided or done, with what its list or row says."""
        text, offset = clause
        row = place.passage.table
        headed = row is not None and any(row.header)
        found = list(self._details.read_clause(text, offset, first_year=frame.first_year, table=headed))
        if row is None:
            found = [each for each in found if not _is_background(each, offset, read.background)]
        found += [Detail(DetailKind.DONE, offset + start, offset + end, text[start:end]) for start, end in read.done]
        if row is not None:
            in_row = self._details.read_row(row, place.passage.text, place.passage.start)
            found = [each for each in found if each.kind is not DetailKind.ACTOR or _acts(each, place.passage, in_row)]
            found = _drop_asides([*found, *in_row], place.passage, row)
        if lead_in := place.lead_in:
            found += self._details.read_opening(lead_in, find_opening(lead_in), first_year=frame.first_year)
        return drop_repeated(found)

    def _read_owner_elsewhere(
        self, place: Place, frame: _Frame, text: str, details: Sequence[Detail]
    ) -> tuple[Detail, ...]:
        """Return whose task it is by the headings or a table's row, where neither the clause nor its list says who."""
        if place.passage.table is not None or any(each.kind is DetailKind.ACTOR for each in details):
            return ()
        above = self._details.read_above(frame.above, text, opening=read_opening(place), item=place.item)
        done = any(each.kind is DetailKind.DONE for each in details)
        return above or (() if done else frame.rows.find(text))


@dataclass(frozen=True, slots=True)
class _Frame:
    """What of the document bears on each of its clauses."""

    document_type: DocumentType
    first_year: int | None
    others: Sequence[Span]
    municipality: str | None  # whose document it is, where it says so
    rows: RowOwners
    above: Sequence[Passage] = ()  # the headings over the passage, outermost first


def group_measures(measures: Iterable[Measure]) -> Mapping[tuple[str, str], list[Measure]]:
    """Return the measures of each passage and goal."""
    found: dict[tuple[str, str], list[Measure]] = {}
    for each in measures:
        found.setdefault((each.passage_id, each.goal), []).append(each)
    return found


def _hold_back(read: ReadStance, *, others: bool) -> Stance:
    """Return the stance, at most a description where the clause is about the plan itself or another's doings."""
    held_back = (read.about_plan or others) and read.stance in _COMMITTING
    return Stance.DESCRIBED if held_back else read.stance


def _is_anothers(text: str, municipality: str | None) -> bool:
    """Tell whether the subject of the clause is another municipality than the document's own."""
    subject = _MUNICIPALITY.match(text)
    if subject is None or municipality is None:
        return False
    return municipality not in text and subject["name"] not in municipality


def _is_background(detail: Detail, offset: int, background: Sequence[Span]) -> bool:
    """Tell whether a date or figure stands where its clause, which begins at `offset`, forecasts or describes."""
    if detail.kind not in _MEASURED:
        return False
    return any(start <= detail.start - offset < end for start, end in background)


def _drop_asides(details: Sequence[Detail], passage: Passage, row: TableRow) -> list[Detail]:
    """Return a row's details without the dates and figures of cells that tell when it begins or how things stood."""
    asides = [(passage.start + start, passage.start + end) for start, end in find_asides(row, passage.text)]
    return [
        each
        for each in details
        if each.kind not in _MEASURED or not any(start <= each.start < end for start, end in asides)
    ]


def _acts(actor: Detail, row: Passage, in_row: Sequence[Detail]) -> bool:
    """Tell whether one whom a table row names is in charge: no cell says who is, and the row is not about him."""
    if row.table is None or any(each.kind is DetailKind.ACTOR for each in in_row):
        return False
    name = next((span for span in locate_cells(row.table, row.text) if span[0] < span[1]), (0, 0))
    inside = name[0] <= actor.start - row.start < name[1]
    return not inside or has_finite_verb(row.text[slice(*name)])


def _own_name(reading: Reading) -> str | None:
    municipality = reading.profile.municipality
    return municipality.value.removesuffix(" kommune") if municipality else None


def _read_type(reading: Reading) -> DocumentType:
    return DocumentType(reading.profile.document_type.value)


def _first_year(reading: Reading) -> int | None:
    profile = reading.profile
    dates = [each.value.split("-")[0] for each in (profile.period, profile.adopted) if each]
    return min(parse_date(each).year for each in dates) if dates else None
