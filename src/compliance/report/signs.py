"""Why words are said to be another's, in words a planner understands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import shorten
from typing import Final

from compliance.records import Evidence, EvidenceCode, EvidenceKind
from compliance.report.catalogue import Catalogue
from compliance.report.loans import Loan, Standing
from compliance.report.material import DocumentMaterial
from compliance.report.reasons import quote_words

MAX_SNIPPET: Final = 90  # characters of a heading or a passage that names the source
WEAK: Final = 0.5  # a sign of this score or less leaves the judgement uncertain
NAMED_SIGNS: Final = frozenset(
    {EvidenceCode.QUOTATION, EvidenceCode.BOXED, EvidenceCode.NAMED_TITLE, EvidenceCode.DEFINITION}
)
LONG_MARK: Final = 60  # characters; a longer rule match is the passage itself, and says nothing when quoted


def explain_loan(loan: Loan, material: DocumentMaterial, *, texts: Catalogue) -> tuple[str, ...]:
    """Return a sentence for each sign that the words are another's, the surest first; never the same one twice."""
    items = _keep_strong(list(_list_signs(loan)))
    sentences = [
        *_explain_headings(items, texts),
        *_explain_neighbours(items, loan, material, texts),
        *_explain_rules(items, material.document.text, texts),
        *_explain_sharers(items, texts),
    ]
    told = tuple(dict.fromkeys(sentences))
    if not told and loan.standing is Standing.UNATTRIBUTED:
        return (texts.text("sign.none"),)
    return told


def _keep_strong(items: list[Evidence]) -> list[Evidence]:
    """Return the signs without the weak ones, where there are others: a source that is only named near by."""
    strong = [item for item in items if item.score > WEAK]
    return strong or items


def _list_signs(loan: Loan) -> Iterator[Evidence]:
    """Yield the evidence on attribution; that the wording is the same is told elsewhere."""
    for span in loan.spans:
        yield from (item for item in span.evidence if item.kind is not EvidenceKind.WORDING)
    if loan.finding:
        yield from (item for item in loan.finding.evidence if item.kind is not EvidenceKind.WORDING)


def _explain_headings(items: Iterable[Evidence], texts: Catalogue) -> Iterator[str]:
    for item in items:
        if item.kind is EvidenceKind.HEADING:
            yield texts.text("sign.heading", name=_quote(item.reference, texts))


def _explain_neighbours(
    items: Sequence[Evidence], loan: Loan, material: DocumentMaterial, texts: Catalogue
) -> Iterator[str]:
    headings = {item.reference.strip() for item in items if item.kind is EvidenceKind.HEADING}
    for item in items:
        other = material.passages.get(item.reference) if item.kind is EvidenceKind.NEIGHBOUR else None
        if other is not None and other.text.strip() not in headings:
            place = "before" if other.index < loan.passage.index else "after"
            yield texts.text(f"sign.{place}", text=_quote(other.text, texts))


def _explain_rules(items: Iterable[Evidence], text: str, texts: Catalogue) -> Iterator[str]:
    rules = [item for item in items if item.kind in {EvidenceKind.RULE, EvidenceKind.TERM}]
    rules = [item for item in rules if item.code is not EvidenceCode.SHARED_BY]
    for item in rules:
        if item.code in NAMED_SIGNS:
            yield texts.text(f"sign.{item.code}")
    worded = [item for item in rules if item.code not in NAMED_SIGNS and _is_short(item)]
    words = quote_words(worded, text, texts=texts)
    if words:
        yield texts.text("sign.words", words=words)


def _explain_sharers(items: Iterable[Evidence], texts: Catalogue) -> Iterator[str]:
    for item in items:
        if item.code is EvidenceCode.SHARED_BY:
            yield texts.count("sign.sharers", int(item.reference))


def _is_short(item: Evidence) -> bool:
    return item.start is not None and item.end is not None and item.end - item.start <= LONG_MARK


def _quote(text: str, texts: Catalogue) -> str:
    return texts.text("format.quote", text=shorten(text, MAX_SNIPPET, placeholder=" …"))
