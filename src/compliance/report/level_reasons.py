"""Why a passage was given its level, in words a planner understands."""

from __future__ import annotations

from collections.abc import Sequence

from compliance.records import Evidence, EvidenceCode, EvidenceKind, Finding, Level
from compliance.report.catalogue import Catalogue
from compliance.report.reasons import quote_words


def explain_level(finding: Finding, text: str, *, texts: Catalogue) -> tuple[str, ...]:
    """Return what decided how far the passage commits, and what spoke against it; `text` is the document's."""
    supporting = [item for item in finding.evidence if not item.against]
    opposing = [item for item in finding.evidence if item.against]
    overruled = any(item.code is EvidenceCode.LEVEL_READ for item in supporting)
    if _has_others_words(supporting):
        words = quote_words(opposing, text, texts=texts)
        return (texts.text(f"level.others.{'words' if words else 'plain'}", words=words),)
    if overruled:
        against = _explain_overruled(opposing, text, texts)
        return (_explain_support(supporting, text, texts, default="level.read"), *against)
    concrete = finding.label == Level.CONCRETE  # stands, whatever else the passage says
    cancelled = () if concrete else tuple(opposing)
    free = [item for item in supporting if not any(_holds(other, item) for other in cancelled)]
    default = "level.default" if finding.label == Level.BACKGROUND else "level.plain"
    words = quote_words(cancelled, text, texts=texts)
    uncommitting = (texts.text("level.uncommitting", words=words),) if words else ()
    return (_explain_support(free, text, texts, default=default), *uncommitting)


def _explain_support(evidence: Sequence[Evidence], text: str, texts: Catalogue, *, default: str) -> str:
    words = quote_words(evidence, text, texts=texts)
    if words:
        return texts.text("level.words", words=words)
    kinds = {item.kind for item in evidence}
    if EvidenceKind.HEADING in kinds:
        return texts.text("level.heading_above")
    if EvidenceKind.NEIGHBOUR in kinds:
        return texts.text("level.neighbour")
    return texts.text(default)


def _explain_overruled(opposing: Sequence[Evidence], text: str, texts: Catalogue) -> list[str]:
    """Return what the rules alone would have gone by, where the judgement as a whole is another."""
    told = []
    words = quote_words(opposing, text, texts=texts)
    kinds = {item.kind for item in opposing}
    if words:
        told.append(texts.text("level.against.words", words=words))
    elif EvidenceKind.HEADING in kinds:
        told.append(texts.text("level.against.heading"))
    elif EvidenceKind.NEIGHBOUR in kinds:
        told.append(texts.text("level.against.neighbour"))
    if _has_others_words(opposing):
        told.append(texts.text("level.against.others"))
    return told


def _holds(other: Evidence, item: Evidence) -> bool:
    """Tell whether the words of one stand within those of another: the «skal» of «regjeringen skal»."""
    if item.start is None or item.end is None or other.start is None or other.end is None:
        return False
    return other.start <= item.start and item.end <= other.end


def _has_others_words(evidence: Sequence[Evidence]) -> bool:
    return any(item.code is EvidenceCode.OTHERS_WORDS for item in evidence)
