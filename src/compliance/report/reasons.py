"""Why a passage was given a label, in words a planner understands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from compliance.records import Evidence, EvidenceKind, Finding, Level, ReuseSpan
from compliance.report.catalogue import Catalogue

BOXED: Final = "boxed"  # the reuse analyser's word for text in a frame of its own
MAX_WORDS: Final = 6  # quoted words a reason; the text itself marks them all
WORDED: Final = (EvidenceKind.TERM, EvidenceKind.FUZZY, EvidenceKind.RULE)


def explain_finding(finding: Finding, text: str, *, texts: Catalogue) -> tuple[str, ...]:
    """Return one sentence for each kind of evidence, what speaks against last; `text` is the document's."""
    supporting = [item for item in finding.evidence if not item.against]
    opposing = [item for item in finding.evidence if item.against]
    sentences = [_explain_kind(kind, supporting, text, texts) for kind in EvidenceKind]
    sentences.append(_explain_opposing(opposing, text, texts))
    return tuple(sentence for sentence in sentences if sentence)


def explain_level(finding: Finding, text: str, *, texts: Catalogue) -> str:
    """Return one sentence on the words that decided how far the passage commits."""
    supporting = [item for item in finding.evidence if not item.against]
    words = quote_words(supporting, text, texts=texts)
    if words:
        return texts.text("level.words", words=words)
    kinds = {item.kind for item in supporting}
    if EvidenceKind.HEADING in kinds:
        return texts.text("level.heading_above")
    if EvidenceKind.NEIGHBOUR in kinds:
        return texts.text("level.neighbour")
    return texts.text("level.default" if finding.label == Level.BACKGROUND else "level.plain")


def explain_attribution(span: ReuseSpan, text: str, *, texts: Catalogue) -> str:
    """Return the signs that the words are another's, empty where there are none."""
    rules = [item for item in span.evidence if item.kind in {EvidenceKind.RULE, EvidenceKind.TERM}]
    named = [item for item in rules if item.start is not None and item.start < span.start]
    kinds = {item.kind for item in span.evidence}
    headings = [item.reference for item in span.evidence if item.kind is EvidenceKind.HEADING]
    quoted = [texts.text("format.quote", text=heading.strip()) for heading in dict.fromkeys(headings)]
    signs = [quote_words(named, text, texts=texts)]
    signs += [texts.text("shared.sign.heading", name=heading) for heading in quoted]
    signs += [texts.text("shared.sign.neighbour")] if EvidenceKind.NEIGHBOUR in kinds else []
    signs += [texts.text("shared.sign.boxed")] if any(item.reference == BOXED for item in rules) else []
    found = ", ".join(sign for sign in signs if sign)
    return texts.text("shared.signs", signs=found) if found else ""


def marked_spans(finding: Finding | None) -> list[tuple[int, int]]:
    """Return the document offsets of the words that speak for the finding."""
    if finding is None:
        return []
    return [
        (item.start, item.end)
        for item in finding.evidence
        if item.start is not None and item.end is not None and not item.against and item.kind in WORDED
    ]


def quote_words(evidence: Iterable[Evidence], text: str, *, texts: Catalogue) -> str:
    """Return the words that the evidence points at, each once and in order: «skal», «innen 2025»."""
    spans = {(item.start, item.end) for item in evidence if item.start is not None and item.end is not None}
    outer = [span for span in sorted(spans) if not any(_holds(other, span) for other in spans)]
    words = dict.fromkeys(" ".join(text[start:end].split()).lower() for start, end in outer)
    shown = [texts.text("format.quote", text=word) for word in list(words)[:MAX_WORDS] if word]
    return ", ".join(shown) + (" …" if len(words) > MAX_WORDS else "")


def _holds(outer: tuple[int, int], inner: tuple[int, int]) -> bool:
    return outer != inner and outer[0] <= inner[0] and inner[1] <= outer[1]


def _explain_kind(kind: EvidenceKind, evidence: Iterable[Evidence], text: str, texts: Catalogue) -> str:
    items = [item for item in evidence if item.kind is kind]
    if not items:
        return ""
    words = quote_words(items, text, texts=texts) if kind in WORDED else ""
    form = "words" if words else "plain"
    score = texts.number(max(item.score for item in items), decimals=2)
    return texts.text(f"reason.{kind.value}.{form}", words=words, score=score)


def _explain_opposing(evidence: Iterable[Evidence], text: str, texts: Catalogue) -> str:
    items = list(evidence)
    if not items:
        return ""
    words = quote_words(items, text, texts=texts)
    return texts.text("reason.against.words", words=words) if words else texts.text("reason.against.plain")
