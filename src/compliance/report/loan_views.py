"""One loan as the page shows it: the document's words, beside the source's where they are at hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from compliance.guidelines.sets import GuidelineSet
from compliance.records import EvidenceKind, ReuseSpan, SourceKind
from compliance.report.catalogue import Catalogue
from compliance.report.comparison import compare_wordings
from compliance.report.differences import tell_changes
from compliance.report.loans import Loan, Standing
from compliance.report.material import DocumentMaterial
from compliance.report.phrases import Phrase, name_set, phrase_text
from compliance.report.presentation import Presentation
from compliance.report.quotes import HTML_LANGUAGES, Piece, Span, locate, quote_passage
from compliance.report.signs import explain_loan

MAX_OTHERS: Final = 5  # further sources named beside a passage
WHOLE: Final = 0.995  # share of a sentence that is all of it, but for rounding
MOST: Final = 0.9  # share of a passage from which on marking the words would mark all of it
MAX_RUN: Final = 12  # passages shown together


@dataclass(frozen=True, slots=True)
class GoalText:
    """A national goal in this project's own words."""

    title: Phrase
    statement: Phrase


@dataclass(frozen=True, slots=True)
class LoanView:
    """Words of the document beside their source; exactly one of `source` and `goals` is filled, or neither."""

    anchor: str
    passage_ids: tuple[str, ...]
    location: str
    language: str
    own: tuple[tuple[Piece, ...], ...]  # one a passage
    source: tuple[Piece, ...]  # the source's wording, words that this document lacks marked
    goals: tuple[GoalText, ...]  # where official wording is known by its fingerprint only
    source_name: str
    source_document: str | None  # id, where the source is a document of the run
    source_location: str
    in_our_words: bool  # the right side is this project's account, not the national document's wording
    standing: Standing
    likeness: str  # how alike, or how it is known
    reasons: tuple[str, ...]
    changes: tuple[str, ...]  # changed numbers and years
    others: tuple[str, ...]  # further sources with the same wording
    more_others: int


@dataclass(frozen=True, slots=True)
class LoanNote:
    """What is said of a loan beside a quote: whose the words are, and where on the page more is said of them."""

    standing: Standing
    name: str
    anchor: str | None


def note_loan(loan: Loan, anchor: str | None, *, presentation: Presentation) -> LoanNote:
    """Return the note for a loan; `anchor` is None where the page has no room for the loan itself."""
    name = _shorten_name(loan, name_loan(loan, presentation), presentation.texts)
    return LoanNote(loan.standing, name, anchor)


def group_runs(loans: Sequence[Loan]) -> list[list[Loan]]:
    """Return the loans, those told only by one and the same sign and standing one after the other taken together."""
    runs: list[list[Loan]] = []
    for loan in loans:
        if runs and len(runs[-1]) < MAX_RUN and _continues(runs[-1][-1], loan):
            runs[-1].append(loan)
        else:
            runs.append([loan])
    return runs


def _continues(before: Loan, loan: Loan) -> bool:
    if before.spans or loan.spans or before.finding is None or loan.finding is None:
        return False
    signs = [
        [(item.kind, item.reference) for item in finding.evidence if item.kind is not EvidenceKind.RULE]
        for finding in (before.finding, loan.finding)
    ]
    alike = before.finding.source == loan.finding.source and signs[0] == signs[1] and len(signs[0]) > 0
    return alike and before.standing is loan.standing and loan.passage.index == before.passage.index + 1


def show_run(run: Sequence[Loan], material: DocumentMaterial, *, presentation: Presentation) -> LoanView:
    """Return one loan, or several that are told alike, as the page shows them."""
    loan, texts = run[0], presentation.texts
    own, source = _lay_beside(run, material, presentation)
    span = loan.spans[0] if loan.spans else None
    name = name_loan(loan, presentation)
    names = dict.fromkeys(_name_source(each, presentation) for each in loan.spans)
    others = [each for each in names if each != name] if loan.has_wording else []
    return LoanView(
        anchor=f"shared-{loan.origin.value}-{loan.standing.value}-{loan.ranges[0][0]}",
        passage_ids=tuple(each.passage.id for each in run),
        location=locate(material.document, loan.passage, texts=texts),
        language=HTML_LANGUAGES[material.profile.language.value],
        own=own,
        source=source,
        goals=() if loan.has_wording else _list_goals(loan, presentation),
        source_name=name if loan.has_wording else _shorten_name(loan, name, texts),
        source_document=span.source_id if span and span.source_id in presentation.documents else None,
        source_location=texts.text("place.page", page=span.source_page) if span and span.source_page else "",
        in_our_words=span is not None and span.source_kind is SourceKind.GUIDELINE,
        standing=loan.standing,
        likeness=_tell_likeness(loan, texts),
        reasons=explain_loan(loan, material, texts=texts),
        changes=_tell_changes(loan, material, presentation),
        others=tuple(others[:MAX_OTHERS]),
        more_others=max(0, len(others) - MAX_OTHERS),
    )


def name_loan(loan: Loan, presentation: Presentation, *, whole: bool = False) -> str:
    """Return the source as a reader would name it; with `whole`, a goal by the set that it belongs to."""
    if loan.spans:
        whole = whole or not loan.has_wording
        return _name_source(loan.spans[0], presentation, whole=whole)
    reference = (loan.finding.source if loan.finding else None) or ""
    known = _find_set(reference, presentation)
    if known:
        return name_set(known)
    other = "others" if whole else "other"
    texts = presentation.texts
    return texts.find(f"source_name.{reference}", texts.text(f"source_name.{other}"))


def _shorten_name(loan: Loan, name: str, texts: Catalogue) -> str:
    """Return the everyday name of a national source, its title where there is none."""
    if loan.spans:
        return texts.find(f"set.{loan.spans[0].source_id.partition(':')[0]}", name)
    return texts.find(f"set.{loan.finding.source}", name) if loan.finding else name


def _name_source(span: ReuseSpan, presentation: Presentation, *, whole: bool = False) -> str:
    known = _find_set(span.source_id.partition(":")[0], presentation) if whole else None
    if known and span.source_kind is SourceKind.GUIDELINE:
        return name_set(known)
    return presentation.documents.get(span.source_id, span.source_name)


def _find_set(set_id: str, presentation: Presentation) -> GuidelineSet | None:
    return next((each for each in presentation.guidelines if each.id == set_id), None)


def _lay_beside(
    run: Sequence[Loan], material: DocumentMaterial, presentation: Presentation
) -> tuple[tuple[tuple[Piece, ...], ...], tuple[Piece, ...]]:
    loan, text = run[0], material.document.text
    if loan.has_wording:
        span = loan.spans[0]
        own, source = compare_wordings(text[span.start : span.end], span.source_text)
        return (own,), source
    return tuple(_quote(each, material, presentation) for each in run), ()


def _tell_changes(loan: Loan, material: DocumentMaterial, presentation: Presentation) -> tuple[str, ...]:
    """Return what to look at first: another municipality's name left standing, and changed numbers and years."""
    if not loan.has_wording:
        return ()
    span, texts = loan.spans[0], presentation.texts
    own = material.document.text[span.start : span.end]
    other = presentation.municipalities.get(span.source_id)
    left = (
        other
        and other != presentation.municipalities.get(span.document_id)
        and re.search(rf"\b{re.escape(other)}", own)
    )
    named = (texts.text("change.name_left", name=other),) if left else ()
    return (*named, *tell_changes(own, span.source_text, texts=texts))


def _quote(loan: Loan, material: DocumentMaterial, presentation: Presentation) -> tuple[Piece, ...]:
    limit = presentation.config.max_quote_chars
    return quote_passage(material, loan.passage, _list_marks(loan), texts=presentation.texts, max_chars=limit).pieces


def _list_marks(loan: Loan) -> tuple[Span, ...]:
    """Return the ranges to mark, none where they are all of the passage but a list marker and a full stop."""
    covered = sum(end - start for start, end in loan.ranges)
    return loan.ranges if covered < MOST * (loan.passage.end - loan.passage.start) else ()


def _list_goals(loan: Loan, presentation: Presentation) -> tuple[GoalText, ...]:
    """Return the goals whose official wording was recognised, each once, as this project tells them."""
    ids = dict.fromkeys(span.source_id for span in loan.spans if span.source_kind is SourceKind.GUIDELINE)
    return tuple(_tell_goal(each, presentation) for each in ids)


def _tell_goal(source_id: str, presentation: Presentation) -> GoalText:
    set_id, _, goal_id = source_id.partition(":")
    texts, known = presentation.texts, _find_set(set_id, presentation)
    unknown = Phrase(texts.text("shared.no_account"))
    if known is None:
        return GoalText(Phrase(goal_id), unknown)
    goal = known.find_goal(goal_id)
    if goal:
        title = phrase_text(goal.title, texts.language)
        return GoalText(Phrase(f"{goal_id} {title.text}", title.language), phrase_text(goal.statement, texts.language))
    theme = next((each for each in known.themes if each.id == goal_id), None)
    if theme is None:
        return GoalText(Phrase(goal_id), unknown)
    title = phrase_text(theme.title, texts.language)
    below = _join_ids((goal.id for goal in known.goals if goal.parent == goal_id), texts)
    statement = Phrase(texts.text("shared.theme", goals=below)) if below else unknown
    return GoalText(Phrase(f"{goal_id} {title.text}", title.language), statement)


def _join_ids(ids: Iterable[str], texts: Catalogue) -> str:
    listed = list(ids)
    return (
        texts.text("format.and", first=", ".join(listed[:-1]), last=listed[-1]) if len(listed) > 1 else "".join(listed)
    )


def _tell_likeness(loan: Loan, texts: Catalogue) -> str:
    """Return how alike the two sides are; without the wording, how much of it was recognised."""
    if not loan.spans:
        return texts.text("shared.told")
    span = loan.spans[0]
    if loan.has_wording:
        alike = texts.text("shared.similarity", share=texts.percent(span.similarity))
        return f"{texts.text(f'kind.{span.kind.value}')} ({alike})"
    coverage = min(each.similarity for each in loan.spans)
    if coverage < WHOLE:
        return texts.text("shared.recognised_part", share=texts.percent(coverage))
    return texts.text("shared.recognised_marked" if _list_marks(loan) else "shared.recognised")
