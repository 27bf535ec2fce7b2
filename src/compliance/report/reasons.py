"""Why a passage was given a label, in words a planner understands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from compliance.records import Evidence, EvidenceKind, Finding
from compliance.report.catalogue import Catalogue

MAX_WORDS: Final = 6  # quoted words a reason; the text itself marks them all
LONG: Final = 60  # characters; a longer match is most of the passage, and only its beginning tells something
FIRST_WORDS: Final = 3
NEAR, LIKE = 0.75, 0.5  # likeness in meaning from which on it is told as near, and as like (docs/calibration.md)
READ, DOUBTED = 0.5, 0.2  # probability from which on the encoder alone reads the topic, and may read it
UNTOLD: Final = (EvidenceKind.EMBEDDING, EvidenceKind.EXAMPLE)  # told otherwise
WORDED: Final = (EvidenceKind.TERM, EvidenceKind.FUZZY, EvidenceKind.RULE)


def explain_finding(finding: Finding, text: str, *, texts: Catalogue, trained: bool = False) -> tuple[str, ...]:
    """Return one sentence for each kind of evidence, what speaks against last; `text` is the document's.

    Where the judgement is trained, likeness in meaning is what the encoder reads in the passage.
    """
    supporting = [item for item in finding.evidence if not item.against]
    opposing = [item for item in finding.evidence if item.against]
    around = [item for item in supporting if _is_around(item, finding)]
    own = [item for item in supporting if item not in around]
    sentences = [_explain_kind(kind, own, text, texts) for kind in EvidenceKind if kind not in UNTOLD]
    sentences.append(texts.text("reason.around") if around else "")
    sentences.append(_explain_reading(own, texts) if trained else _explain_meaning(own, texts))
    sentences.append(_explain_opposing(opposing, text, texts))
    told = tuple(sentence for sentence in sentences if sentence)
    return told or (texts.text("reason.embedding.weak"),)


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
    words = quote_words(items, text, texts=texts) if kind in WORDED else ""
    return texts.text(f"reason.{kind.value}.{'words' if words else 'plain'}", words=words)


def _is_around(item: Evidence, finding: Finding) -> bool:
    """Tell whether the evidence is that the passages around speak for the label, not the lead-in alone."""
    return item.kind is EvidenceKind.NEIGHBOUR and item.reference == finding.label


def _explain_meaning(evidence: Iterable[Evidence], texts: Catalogue) -> str:
    """Return how near the passage is to the theme in meaning; a weak likeness proves nothing and is not told."""
    score = max((item.score for item in evidence if item.kind is EvidenceKind.EMBEDDING), default=0.0)
    if score < LIKE:
        return ""
    return texts.text("reason.embedding.near" if score >= NEAR else "reason.embedding.like")


def _explain_reading(evidence: Iterable[Evidence], texts: Catalogue) -> str:
    """Return what the trained encoder alone reads in the passage."""
    scores = [item.score for item in evidence if item.kind is EvidenceKind.EMBEDDING]
    if not scores:
        return ""
    if max(scores) >= READ:
        return texts.text("reason.embedding.read")
    return texts.text("reason.embedding.doubted" if max(scores) >= DOUBTED else "reason.embedding.unread")


def _explain_opposing(evidence: Iterable[Evidence], text: str, texts: Catalogue) -> str:
    items = list(evidence)
    if not items:
        return ""
    words = quote_words(items, text, texts=texts)
    return texts.text("reason.against.words", words=words) if words else texts.text("reason.against.plain")
