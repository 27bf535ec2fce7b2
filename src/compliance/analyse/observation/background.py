"""Which parts of a clause tell how things are, were or are expected to become: a year there is no deadline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from compliance.analyse.context import has_finite_verb
from compliance.analyse.matching.cues import CueMatch
from compliance.analyse.observation.subordinate import drop_subordinate
from compliance.guidelines.cues import StanceCue, StanceKind
from compliance.records import Span

_COMMITS = frozenset({StanceKind.BINDS, StanceKind.ACTS, StanceKind.DONE})
# Where a part may begin: at a sign, at a reason, and where a clause with a verb of its own is added.
_BREAKS = re.compile(
    r"[,;]\s+|\s[–—-]\s"
    r"|\s(?=(?:fordi|ettersom|siden|sidan)\s)"
    r"|\s(?=(?:og|men|for|så)\s+(?:\w+\s+){1,4}?(?:skal|vil|må|bør|har|er|blir|vert)\b)"
    r"|\s(?=som\s+(?:er|var|har|hadde|ble|blei|vart|gjelder|gjeld|kom|viser)\b)",
    re.IGNORECASE,
)
# A statement that sets a time, an aim or a frame, or tells what comes of the measure: its figures are the measure's.
_SETS = re.compile(
    r"\b(?:del|hoved|hovud)?(?:mål|målet|måla|målene)\b|\b(?:innen|innan|frist\w*|ambisjon\w*|når|etter at"
    r"|ferdige?|klare?|på plass|i gang|i drift|ramme\w*|budsjett\w*|kostnad\w*)\b"
    r"|^\W*(?:noe|noko) som\b|^\W*(?:slik|så) at\b",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:var|ble|blei|vart|hadde|fikk|fekk)\b", re.IGNORECASE)


def drop_forecast_verbs(
    cues: Sequence[CueMatch[StanceCue]], found: Sequence[CueMatch[StanceCue]]
) -> list[CueMatch[StanceCue]]:
    """Return the cues without those that a forecast is made of: «antall eldre dobles» is no routine.

    `found` is all that was found in the text.
    """
    forecasts = [each for each in found if each.cue.kind is StanceKind.FORECASTS]
    return [each for each in cues if not any(one.start < each.end and each.start < one.end for one in forecasts)]


def find_background(text: str, found: Sequence[CueMatch[StanceCue]]) -> list[Span]:
    """Return the parts of a clause that forecast or describe beside what it commits to, as offsets in its text.

    `found` are the clause's cues. A description is only told apart where another part holds the commitment.
    """
    main = drop_forecast_verbs(drop_subordinate(text, found), found)
    committing = [each for each in main if each.cue.kind in _COMMITS]
    return [part for part in _split(text) if _is_background(text, part, found, committing)]


def _split(text: str) -> Iterator[Span]:
    start = 0
    for cut in _BREAKS.finditer(text):
        yield Span(start, cut.start())
        start = cut.end()
    yield Span(start, len(text))


def _is_background(
    text: str, part: Span, found: Sequence[CueMatch[StanceCue]], committing: Sequence[CueMatch[StanceCue]]
) -> bool:
    start, end = part
    if any(start <= each.start < end for each in committing):
        return False
    kinds = {each.cue.kind for each in found if each.start < end and start < each.end}
    if StanceKind.FORECASTS in kinds:
        return True
    words = text[start:end]
    describes = bool(committing) and (StanceKind.STATES in kinds or has_finite_verb(words))
    return describes and (_PAST.search(words) is not None or _SETS.search(words) is None)
