"""What the document binds itself to: each measure with owner, deadline, money and gain, holes and past deadlines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from compliance.records import BlockKind, Detail, DetailKind, Measure, Passage, ScoreSubject, Stance
from compliance.report.catalogue import Catalogue
from compliance.report.context import ReportContext
from compliance.report.document_results import DocumentResults
from compliance.report.views.others_words import OthersWords
from compliance.report.views.quotes import BULLET, Place, Span, find_place, merge_spans, quotes_another
from compliance.report.views.steps import SHALL, is_rhythm, last_day, list_past_deadlines
from compliance.text.table_rows import locate_cells

MINUS: Final = "\u2212"
CELL_JOIN: Final = " – "
BINDING: Final = frozenset({Stance.BINDING, Stance.DONE})  # what is decided or carried out, not what is wished

# A header of a table; the row is not about what is answered below it.
_ASKS_DETAIL: Final = re.compile(
    r"ansvar|\b(?:\w*eier|\w*eigar)\b|hvem|kven|utfører|medvirk|medverk|delta|samarbeid|involver|frist|\bnår\b|start|ferdig|tidspunkt|tidsrom|tidsplan|periode"
    r"|kostnad|\bsum\b|beløp|\bramme\b|budsjett|finansiering|økonomi|^\W*status|^\W*mål\b.*20\d\d",
    re.IGNORECASE,
)
_GOES_ON: Final = re.compile(r"(?:men|mens|medan)\b")
_TOTAL: Final = re.compile(r"\W*(?:sum|totalt?|i alt|til saman|til sammen)\b", re.IGNORECASE)
_YEAR: Final = re.compile(r"20\d\d")
_FIGURES: Final = re.compile(r"[\d\s\u00a0.,%–−-]+")


@dataclass(frozen=True, slots=True)
class Commitment:
    """One measure that the municipality has bound itself to, or has carried out."""

    text: str
    place: Place
    passage_id: str
    span: Span
    goals: tuple[str, ...]
    owner: str  # empty: the text names none
    deadlines: tuple[str, ...]  # ISO, as far as they are known
    rhythm: str  # how often, where it is done again and again
    past: bool  # whether every deadline is past, and nothing says that it is done
    money: str
    gain: str  # a figure to reach
    done: bool

    @property
    def holes(self) -> tuple[str, ...]:
        """The names of what the text does not say, of who, when and how much."""
        known = {
            "who": bool(self.owner),
            "when": bool(self.deadlines or self.rhythm),
            "much": bool(self.money or self.gain),
        }
        return tuple(name for name, said in known.items() if not said)


def list_commitments(plan: DocumentResults, words: OthersWords, *, context: ReportContext) -> tuple[Commitment, ...]:
    """Return every own commitment of the document once, in reading order, with all goals that it speaks for.

    A heading commits nobody. Neither does a clause that is national wording as scoring sees it
    (`score.max_copied_share`) without a who, when or how much of its own, nor one that speaks of a goal to which the
    document as a whole is not bound.
    """
    clauses: dict[Span, list[Measure]] = {}
    others = merge_spans(span for each in words.stretches if not each.municipal for span in each.span.ranges)
    bound = (goal for goal in plan.measures if plan.score_value(ScoreSubject.GOAL, goal) >= SHALL)
    for goal in bound:
        for measure in plan.measures_behind(goal):
            if measure.stance in BINDING and not measure.copied and _may_commit(measure, plan):
                clauses.setdefault((measure.start, measure.end), []).append(measure)
    own = [
        span
        for span, measures in clauses.items()
        if _share(span, others) < context.max_copied_share or any(each.adds_to(others) for each in measures)
    ]
    return tuple(_show(plan, span, clauses[span], context) for span in sorted(own))


def _may_commit(measure: Measure, plan: DocumentResults) -> bool:
    passage = plan.passages.get(measure.passage_id)
    if passage is None or passage.kind is BlockKind.HEADING or quotes_another(plan, measure):
        return False
    return passage.table is None or not _TOTAL.match(passage.text)  # a total is of what the rows above do


def _share(span: Span, others: Sequence[Span]) -> float:
    """Return the share of a clause, 0 to 1, that lies in others' spans."""
    shared = sum(max(0, min(end, span[1]) - max(start, span[0])) for start, end in others)
    return shared / max(1, span[1] - span[0])


def _show(plan: DocumentResults, span: Span, measures: Sequence[Measure], context: ReportContext) -> Commitment:
    details = [detail for measure in measures for detail in measure.details]
    passage = plan.passages[measures[0].passage_id]
    values = {kind: _list_values(each for each in details if each.kind is kind) for kind in DetailKind}
    rhythms = _list_values(filter(is_rhythm, details))
    dates = [each for each in values[DetailKind.DATE] if not each[:1].isdigit() or last_day(each) >= plan.since]
    past = list_past_deadlines(measures, since=plan.since, today=context.today)
    # «Kontrakten er signert, og systemet skal være i drift i 2031»: with a day to come, not all of it is done
    ahead = any(each[:1].isdigit() and each > context.today.isoformat() for each in dates)
    told = bool(values[DetailKind.DONE]) or all(measure.stance is Stance.DONE for measure in measures)
    return Commitment(
        text=_name_row(passage, details) or _open_clause(plan.document.text, span, passage),
        place=find_place(plan.document, passage, texts=context.texts),
        passage_id=measures[0].passage_id,
        span=span,
        goals=tuple(dict.fromkeys(measure.goal for measure in measures)),
        owner=", ".join(values[DetailKind.ACTOR]),
        deadlines=tuple(dates),
        rhythm=", ".join(rhythms),
        past=bool(dates) and {detail.value for detail in past} == set(dates),
        money=", ".join(_list_sums(passage, details, context.texts)),
        gain=", ".join(each for each in values[DetailKind.TARGET] if each not in rhythms),
        done=told and not ahead,
    )


def _open_clause(text: str, span: Span, passage: Passage) -> str:
    """Return the clause's words, from the beginning of its sentence where it goes on («men skal etablere det»)."""
    start, end = span
    if _GOES_ON.match(text, start):
        start = max((begin for begin, _ in passage.sentences if begin <= start), default=start)
    return _strip_bullet(text[start:end])


def _strip_bullet(words: str) -> str:
    return BULLET.sub("", " ".join(words.split()), count=1)


def _name_row(passage: Passage, details: Sequence[Detail]) -> str:
    """Return what a row of a table is about: its cells without figures, who, when and how much."""
    if passage.table is None:
        return ""
    told = {(each.start, each.end) for each in details}
    spans = locate_cells(passage.table, passage.text)
    headers = passage.table.header or ("",) * len(spans)
    cells = [
        passage.text[start:end]
        for (start, end), header in zip(spans, headers, strict=True)
        if (passage.start + start, passage.start + end) not in told
        and not _ASKS_DETAIL.search(header)
        and not _FIGURES.fullmatch(passage.text[start:end])
        and start < end
    ]
    return _strip_bullet(CELL_JOIN.join(" ".join(cell.split()) for cell in cells))


def _list_sums(passage: Passage, details: Sequence[Detail], texts: Catalogue) -> Iterator[str]:
    """Yield the sums, those of a budget's row with their years: «640 000 kr (2024), 860 000 kr (2025–2027)».

    The total of such a row is left out: it is the same money.
    """
    sums = {each.start: each.value for each in details if each.kind is DetailKind.SUM}
    by_year = list(_pair_years(passage, sums))
    if not by_year:
        yield from dict.fromkeys(write_sum(value, texts) for _, value in sorted(sums.items()))
        return
    for value, years in _join_equal(by_year):
        period = texts.period(f"{years[0]}-{years[-1]}")
        yield f"{write_sum(value, texts)} ({period})"


def _pair_years(passage: Passage, sums: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    """Yield the years of a budget's columns, each with its sum."""
    row = passage.table
    if row is None:
        return
    for header, (start, _) in zip(row.header, locate_cells(row, passage.text), strict=False):
        year, value = _YEAR.fullmatch(header.strip()), sums.get(passage.start + start)
        if year and value is not None:
            yield year[0], value


def _join_equal(by_year: Sequence[tuple[str, str]]) -> Iterator[tuple[str, list[str]]]:
    """Yield each sum with the years in a row that have it."""
    for value, group in groupby(by_year, lambda each: each[1]):
        yield value, [year for year, _ in group]


def _list_values(details: Iterable[Detail]) -> list[str]:
    return list(dict.fromkeys(" ".join(each.value.split()) for each in details))


def write_sum(value: str, texts: Catalogue) -> str:
    """Return a sum in whole kroner as a reader writes it: «400 000 kr», «−1,3 mill. kr»; other text as it is."""
    if not value.removeprefix("-").isdigit():
        return value
    amount, sign = abs(int(value)), MINUS if value.startswith("-") else ""
    if amount >= 1_000_000 and amount % 100_000 == 0:
        millions = texts.number(amount / 1e6, decimals=int(amount % 1_000_000 > 0))
        return texts.text("format.millions", n=f"{sign}{millions}")
    return texts.text("format.kroner", n=f"{sign}{texts.number(amount)}")


def write_deadline(value: str, texts: Catalogue) -> str:
    """Return an ISO date or span of dates as a reader writes it: «30. juni 2026», «2026–2028»."""
    first, _, last = value.partition("/")
    return f"{texts.date(first)}–{texts.date(last)}" if last else texts.date(first)
