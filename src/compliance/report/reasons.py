"""Why a passage was given a label, in words a planner understands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from compliance.records import Evidence, EvidenceKind, Finding, Level
from compliance.report.catalogue import Catalogue

MAX_WORDS: Final = 6  # quoted words a reason; the text itself marks them all
LONG: Final = 60  # characters; a longer match is most of the passage, and only its beginning tells something
FIRST_WORDS: Final = 3
NEAR, LIKE = 0.75, 0.5  # likeness in meaning from which on it is told as near, and as like (docs/calibration.md)
WORDED: Final = (EvidenceKind.TERM, EvidenceKind.FUZZY, EvidenceKind.RULE)


def explain_finding(finding: Finding, text: str, *, texts: Catalogue) -> tuple[str, ...]:
    """Return one sentence for each kind of evidence, what speaks against last; `text` is the document's."""
    supporting = [item for item in finding.evidence if not item.against]
    opposing = [item for item in finding.evidence if item.against]
    sentences = [_explain_kind(kind, supporting, text, texts) for kind in EvidenceKind]
    sentences.append(_explain_opposing(opposing, text, texts))
    told = tuple(sentence for sentence in sentences if sentence)
    return told or (texts.text("reason.embedding.weak"),)


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


def marked_spans(finding: Finding | None, text: str) -> list[tuple[int, int]]:
    """Return the offsets in the document's text of the words that speak for the finding, of a long match the first."""
    if finding is None:
        return []
    return [
        (item.start, _cut(text, item.start, item.end, words=1))
        for item in finding.evidence
        if item.start is not None and item.end is not None and not item.against and item.kind in WORDED
    ]


def quote_words(evidence: Iterable[Evidence], text: str, *, texts: Catalogue) -> str:
    """Return the words that the evidence points at, each once and in order: «skal», «innen 2025»."""
    spans = {(item.start, item.end) for item in evidence if item.start is not None and item.end is not None}
    outer = [span for span in sorted(spans) if not any(_holds(other, span) for other in spans)]
    words: dict[str, str] = {}
    for start, end in outer:
        word = _shorten(text, start, end)
        words.setdefault(word.casefold(), word)
    shown = [texts.text("format.quote", text=word) for word in list(words.values())[:MAX_WORDS] if word]
    return ", ".join(shown) + (" …" if len(words) > MAX_WORDS else "")


def _shorten(text: str, start: int, end: int) -> str:
    last = _cut(text, start, end, words=FIRST_WORDS)
    return " ".join(text[start:last].split()) + (" …" if last < end else "")


def _cut(text: str, start: int, end: int, *, words: int) -> int:
    """Return where the first words of a long match end, else its end."""
    if end - start <= LONG:
        return end
    found = [match.end() for match in re.finditer(r"\S+", text[start:end])]
    return start + found[min(words, len(found)) - 1] if found else end


def _holds(outer: tuple[int, int], inner: tuple[int, int]) -> bool:
    return outer != inner and outer[0] <= inner[0] and inner[1] <= outer[1]


def _explain_kind(kind: EvidenceKind, evidence: Iterable[Evidence], text: str, texts: Catalogue) -> str:
    items = [item for item in evidence if item.kind is kind]
    if not items:
        return ""
    if kind is EvidenceKind.EMBEDDING:
        return _explain_meaning(max(item.score for item in items), texts)
    words = quote_words(items, text, texts=texts) if kind in WORDED else ""
    return texts.text(f"reason.{kind.value}.{'words' if words else 'plain'}", words=words)


def _explain_meaning(score: float, texts: Catalogue) -> str:
    """Return how near the passage is to the theme in meaning; a weak likeness proves nothing and is not told."""
    if score < LIKE:
        return ""
    return texts.text("reason.embedding.near" if score >= NEAR else "reason.embedding.like")


def _explain_opposing(evidence: Iterable[Evidence], text: str, texts: Catalogue) -> str:
    items = list(evidence)
    if not items:
        return ""
    words = quote_words(items, text, texts=texts)
    return texts.text("reason.against.words", words=words) if words else texts.text("reason.against.plain")
