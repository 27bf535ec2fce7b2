"""Which passages only this municipality could have written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from compliance.analyse.matching.cues import CueMatch
from compliance.analyse.matching.names import NamedWord, OwnNames
from compliance.analyse.matching.scan import TextMatches
from compliance.guidelines.cues import LocalCue, LocalKind
from compliance.records import Evidence, EvidenceCode, EvidenceKind, Passage

# How much each kind of sign says by itself (docs/calibration.md).
_WEIGHTS = {
    LocalKind.DECISION: 0.7,
    LocalKind.FIGURE: 0.6,
    LocalKind.PLACE: 0.6,
    LocalKind.PARTNER: 0.5,
    LocalKind.STEP: 0.4,
    LocalKind.SYSTEM: 0.3,
    LocalKind.UNIT: 0.3,
}
_NAME, _MORE_NAMES = 0.5, 0.25  # a proper name of the municipality's own world, and each further one
_OWN_NAME, _OWN_PLACE, _OWN_FIGURE = 0.2, 0.5, 0.35  # «Flå kommune», «i Flå», and a number beside either
_NAMED_KINDS = {LocalKind.PLACE, LocalKind.PARTNER}  # say nothing without a name of their own
_FIGURE = re.compile(r"\b\d[\d .,]*(?:\s?%|\b)")
_CONTACT = re.compile(r"\b(?:telefon|tlf|sentralbord|postboks|postadresse|besøksadresse|org\.? ?nr)\b|@", re.IGNORECASE)
_NO_FIGURE = re.compile(  # a year, a date, a telephone number
    r"(?:19|20)\d\d[ .,]*|\d{1,2}\.\s?\d{1,2}\.\s?(?:(?:19|20)?\d\d)?[ .,]*|(?:\d{2} ?){4}|\d{3} \d{2} \d{3}[ .,]*"
)


@dataclass(frozen=True, slots=True)
class LocalSigns:
    """How surely the rules call a passage local, 0 to 1, and why."""

    score: float
    evidence: tuple[Evidence, ...]


def weigh_local(passage: Passage, matches: TextMatches, names: OwnNames) -> LocalSigns:
    """Return the signs that only this municipality could have written the passage; `names` are of its document.

    The bare municipality name is not enough.
    """
    if names.municipality is None:
        return LocalSigns(0.0, ())
    found = names.find(passage.text)
    evidence = [
        _as_evidence(EvidenceCode.NAME, weight, passage, (name.start, name.end))
        for name, weight in zip(found, (_NAME, *[_MORE_NAMES] * len(found)), strict=False)
    ]
    seen: set[LocalKind] = set()
    for cue in matches.local:
        kind = cue.cue.kind
        if kind in seen or (kind in _NAMED_KINDS and not _holds_name(cue, found)):
            continue
        seen.add(kind)
        evidence.append(_as_evidence(cue.cue.id, _WEIGHTS[kind], passage, (cue.start, cue.end)))
    own = names.mentions_own(passage.text)
    if own:
        weight = _OWN_NAME if " " in own.text else _OWN_PLACE
        evidence.append(_as_evidence(EvidenceCode.OWN_NAME, weight, passage, (own.start, own.end)))
        figure = _find_figure(passage.text)
        if figure:
            evidence.append(_as_evidence(EvidenceCode.OWN_FIGURE, _OWN_FIGURE, passage, figure))
    score = 1.0
    for item in evidence:
        score *= 1.0 - item.score
    return LocalSigns(1.0 - score, tuple(evidence))


def _find_figure(text: str) -> tuple[int, int] | None:
    """Return the first number that counts or measures something; a year or a telephone number does not."""
    if _CONTACT.search(text):
        return None
    found = (match for match in _FIGURE.finditer(text) if not _NO_FIGURE.fullmatch(match.group()))
    return next((match.span() for match in found), None)


def _holds_name(cue: CueMatch[LocalCue], names: Sequence[NamedWord]) -> bool:
    return any(cue.start <= name.start and name.end <= cue.end for name in names)


def _as_evidence(sign: str, weight: float, passage: Passage, span: tuple[int, int]) -> Evidence:
    code = sign if isinstance(sign, EvidenceCode) else None
    reference = "" if code else sign
    start, end = passage.start + span[0], passage.start + span[1]
    return Evidence(EvidenceKind.RULE, reference, weight, start, end, code=code)
