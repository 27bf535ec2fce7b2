"""What the study's pages say, as data."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from compliance.guidelines.criteria import load_criteria
from compliance.guidelines.questions import QuestionSet, map_questions
from compliance.guidelines.sets import GuidelineSet
from compliance.guidelines.themes import load_themes
from compliance.records import ScoreSubject, SourceKind
from compliance.records.study import CRITERION, Commitment, Study, StudyCell
from compliance.report.catalogue import load_catalogue
from compliance.report.views.phrases import name_set
from compliance.study.names import STATUS_NAMES
from compliance.study.placing import Place

FIELD_NAMES: Final = {
    "strategy_status": "Status for strategien",
    "strategy_period": "Strategiens periode",
    "samfunnsdel_period": "Samfunnsdelens periode",
    "digital_in_samfunnsdel": "Digitalisering i samfunnsdelen",
    "sector_plans": "Digitale planer i fagområder",
    "funding": "Finansiering",
    "prioritisation_structure": "Struktur for prioritering",
    "structure_members": "Hvem som er med",
    "structure_mandate": "Oppgaven",
    "regional_networks": "Regionalt nettverk",
    "strategy_older_than_network": "Strategien er eldre enn nettverket",
    "vision": "Visjon",
    "goal": "Mål",
    "focus_area": "Satsingsområde",
    "goals_follow": "Målene følger inndelingen i",
}
VALUE_NAMES: Final = {"true": "ja", "false": "nei", "mentioned": "nevnt", "reflected": "gjenspeilet i strategien"}
STEPS: Final = ("ikke funnet", "bare nevnt", "omtalt", "skal", "konkret")
MAX_PAIRS: Final = 12  # who shares most with whom
_LEAST: Final = 3  # «skal» or more
_SEAM: Final = re.compile(r"(?<=\w{3})(?=planens|plan\b|strategi|program|budsjett)")  # in names of document types
_LETTERS: Final = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})
_CHARS: Final = "-01234abcde"  # how a cell stands in the data of the page: absent, sure 0 to 4, unsure 0 to 4

SharedPassage = tuple[str, str, str]  # document, source document and passage that they share


@dataclass(frozen=True, slots=True)
class Label:
    """A goal, theme, element or criterion as a column."""

    subject: str
    id: str
    name: str
    group: str  # the guideline set or the element it belongs to
    low: int  # municipalities that surely go so far as «skal» (a criterion: worked out)
    high: int
    of: int

    @property
    def page(self) -> str:
        """The file with the rows behind the counts."""
        return f"rader/{slug(f'{self.subject}-{self.id}')}.html"

    @property
    def span(self) -> str:
        """The count as a range: «5–10»."""
        return str(self.low) if self.low == self.high else f"{self.low}–{self.high}"


@dataclass(frozen=True, slots=True)
class Row:
    """One row behind a number: whose it is, what it says and where."""

    municipality: str
    name: str
    value: str
    note: str
    quote: str
    document: str
    document_id: str | None
    page: int | None
    anchor: str = ""  # of the goal in the document's report


@dataclass(frozen=True, slots=True)
class StudyView:
    """Looks up what the pages need."""

    study: Study
    labels: Mapping[str, tuple[Label, ...]]  # by subject
    names: Mapping[str, str]  # of municipalities
    documents: Mapping[str, str]  # titles by id

    def place(self, row: Any, value: str, note: str = "", anchor: str = "") -> Row:
        """Return a record as a row."""
        return Row(
            row.municipality,
            self.names.get(row.municipality, row.municipality),
            value,
            note,
            " ".join(row.quote.split()),
            self.documents.get(row.document_id or "", ""),
            row.document_id,
            row.page,
            anchor,
        )

    def list_labels(self) -> list[Label]:
        """Return all columns there are."""
        return [label for labels in self.labels.values() for label in labels]

    def count_cells(self, subject: str) -> int:
        """Return how many cells a kind of label has."""
        return sum(each.subject == subject for each in self.study.cells)

    def list_rows(self, label: Label) -> list[Row]:
        """Return the municipalities' cells of one label, those that go furthest first."""
        cells = [each for each in self.study.cells if (each.subject, each.label) == (label.subject, label.id)]
        ordered = sorted(cells, key=lambda each: (-each.value, not each.sure, self.names.get(each.municipality, "")))
        anchor = label.id if label.subject == ScoreSubject.GOAL.value else ""
        return [self.place(cell, describe_cell(cell), describe_breadth(cell), anchor) for cell in ordered]


def make_view(study: Study, guidelines: Sequence[GuidelineSet]) -> StudyView:
    """Return what the pages look things up in."""
    counted: dict[tuple[str, str], list[StudyCell]] = defaultdict(list)
    for cell in study.cells:
        counted[cell.subject, cell.label].append(cell)
    labels: dict[str, list[Label]] = defaultdict(list)
    for subject, name, title, group in _list_labels(guidelines):
        if cells := counted.get((subject, name)):
            least = 2 if subject == CRITERION else _LEAST
            low = sum(cell.sure and cell.value >= least for cell in cells)
            high = sum(not cell.sure or cell.value >= least for cell in cells)
            labels[subject].append(Label(subject, name, title, group, low, high, len(cells)))
    return StudyView(
        study,
        {name: tuple(each) for name, each in labels.items()},
        {each.id: each.name for each in study.municipalities},
        {each.document_id: each.title for each in study.documents},
    )


def describe_cell(cell: StudyCell) -> str:
    """Return how far a cell goes, in words."""
    name = f"{cell.value} av 2" if cell.subject == CRITERION else STEPS[cell.value]
    return name if cell.sure else f"{name}, usikkert"


def describe_breadth(cell: StudyCell) -> str:
    """Return how many passages of how many documents speak of it."""
    passages = "1 avsnitt" if cell.breadth == 1 else f"{cell.breadth} avsnitt"
    return f"{passages} i {cell.documents} {'dokument' if cell.documents == 1 else 'dokumenter'}"


def encode_cells(view: StudyView) -> dict[str, dict[str, str]]:
    """Return, by municipality and subject, one character a label: «-» absent, 0–4 sure, a–e unsure."""
    cells = {(each.municipality, each.subject, each.label): each for each in view.study.cells}
    return {
        municipality: {
            subject: "".join(_encode(cells.get((municipality, subject, label.id))) for label in labels)
            for subject, labels in view.labels.items()
        }
        for municipality in view.names
    }


def count_sharing(view: StudyView, shared: Iterable[SharedPassage]) -> list[tuple[str, str, int]]:
    """Return the pairs of municipalities that share most passages."""
    owners: dict[str, set[str]] = defaultdict(set)
    for each in view.study.documents:
        owners[each.document_id].add(each.municipality)
    passages: dict[tuple[str, str], set[str]] = defaultdict(set)
    for document_id, source_id, passage_id in shared:
        for own in owners.get(document_id, ()):
            for other in owners.get(source_id, set()) - {own}:
                passages[own, other].add(passage_id)
    counts = {pair: len(ids) for pair, ids in passages.items()}
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return [(own, other, count) for (own, other), count in ordered[:MAX_PAIRS]]


def sum_sources(view: StudyView) -> list[tuple[str, int, int]]:
    """Return the national and other named sources with how many municipalities have words of theirs, and passages."""
    owners: dict[str, set[str]] = defaultdict(set)
    passages: Counter[str] = Counter()
    for each in view.study.copied:
        if each.source_kind != SourceKind.MUNICIPALITY.value:
            owners[each.source_name].add(each.municipality)
            passages[each.source_name] += each.passages
    return [(name, len(owners[name]), count) for name, count in passages.most_common(MAX_PAIRS)]


def group_answers(view: StudyView, questions: Sequence[QuestionSet]) -> dict[str, list[tuple[str, list[Row]]]]:
    """Return each municipality's answers, by question in the questions' order."""
    names = {"yes": "ja", "no": "nei", "quote": "", "item": "", "not_found": "ikke funnet"}
    rows: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for each in view.study.answers:
        rows[each.municipality, each.question].append(view.place(each, names[each.answer] or name_value(each.value)))
    texts = {name: question.text.nb for name, question in map_questions(questions).items()}
    return {
        municipality: [(text, rows[municipality, name]) for name, text in texts.items() if (municipality, name) in rows]
        for municipality in {each.municipality for each in view.study.answers}
    }


def list_ties(view: StudyView, commitment: Commitment, ties: Mapping[str, Place]) -> list[Row]:
    """Return the passages of a budget and of another plan that speak of the same as a promise."""
    found = [ties[each] for each in (commitment.budget_passage, commitment.plan_passage) if each and each in ties]
    return [
        Row(
            commitment.municipality,
            view.names.get(commitment.municipality, commitment.municipality),
            "",
            "",
            " ".join(each["quote"].split()),
            view.documents.get(each["document_id"], ""),
            each["document_id"],
            each["page"],
        )
        for each in found
    ]


def name_kind(kind: str) -> str:
    """Return a document type's name as the heading of a narrow column: with hyphens where it may be broken."""
    return _SEAM.sub("\N{SOFT HYPHEN}", load_catalogue("nb").text(f"type.{kind}"))


def name_source(name: str) -> str:
    """Return whose words they are, as a table's cell says it; the catalogue's name of an unknown source stands in a
    sentence of a report.
    """
    unknown = load_catalogue("nb").text("source_name.other")
    return "Annen kilde, som teksten selv oppgir" if name == unknown else name


def name_value(value: str) -> str:
    """Return a value as a reader would say it."""
    known = next((name for status, name in STATUS_NAMES.items() if status.value == value), None)
    if re.fullmatch(r"\d{4}-\d{4}", value):
        return value.replace("-", "–")
    return known or VALUE_NAMES.get(value) or load_catalogue("nb").find(f"set.{value}", value)


def slug(text: str) -> str:
    """Return a text as the name of a file."""
    folded = text.casefold().translate(_LETTERS)
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")


def _encode(cell: StudyCell | None) -> str:
    if cell is None:
        return _CHARS[0]
    return _CHARS[1 + cell.value] if cell.sure else _CHARS[6 + cell.value]


def _list_labels(guidelines: Sequence[GuidelineSet]) -> Iterator[tuple[str, str, str, str]]:
    """Yield subject, id, name and group of every label there is, in the order that pages show them."""
    for theme in load_themes():
        yield ScoreSubject.THEME.value, theme.id.value, theme.title.nb, "Temaer"
    for each in guidelines:
        for goal in each.goals:
            yield ScoreSubject.GOAL.value, goal.id, goal.name_in("nb"), name_set(each)
    for element in load_criteria():
        yield ScoreSubject.ELEMENT.value, element.id, element.title.nb, "eGovWSF"
    for element in load_criteria():
        for criterion in element.criteria:
            yield CRITERION, criterion.id, criterion.short_title.nb, f"{element.id} {element.title.nb}"
