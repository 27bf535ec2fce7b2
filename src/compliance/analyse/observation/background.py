"""Which parts of a clause tell how things are, were or are expected to become: a year there is no deadline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from compliance.analyse.matching.cues import CueMatch
from compliance.analyse.observation.subordinate import find_region
from compliance.guidelines.cues import StanceCue, StanceKind
from compliance.records import Span

_COMMITS = frozenset({StanceKind.BINDS, StanceKind.CHARGES, StanceKind.ACTS, StanceKind.DONE})
# Where a part may begin: at a sign, at a reason, and where a clause with a subject and a verb of its own is added.
_BREAKS = re.compile(
    r"[,;]\s+|\s[–—-]\s"
    r"|\s(?=(?:fordi|ettersom|siden|sidan)\s)"
    r"|\s(?=(?:og|men|for|så)\s+(?:vi|me|det|dette|den|de|dei|kommunen|\w+ kommune|derfor|difor)\s+(?:\w+\s+)?"
    r"(?:skal|vil|må|bør|har|er|blir|vert)\b)"
    r"|\s(?=som\s+(?:er|var|har|hadde|ble|blei|vart|gjelder|gjeld|kom|viser)\b)",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\W*(?:som|der)\b", re.IGNORECASE)
# How something is or was, and what residents do.
_DESCRIBES = re.compile(
    r"\b(?:er|har|hadde|var|ble|blei|vart|finnes|finst|består|utgjør|utgjer|ligger|ligg|gjelder|gjeld|viser|syner|kommer|kjem"
    r"|økte|auka|fikk|fekk|mangler|manglar|dekker|dekkjer|eier|eig|bor|bur|står|kostet|kosta"
    r"|(?:innbygg(?:ere|jarar)|folk|husstand(?:er|ar)|bedrifter) \w+r)\b",
    re.IGNORECASE,
)
# A statement that sets a time, an aim or a frame, or tells what comes of the measure: its figures are the measure's.
_SETS = re.compile(
    r"\b(?:del|hoved|hovud)?(?:mål|målet|måla|målene)\b|\b(?:innen|innan|frist\w*|ambisjon\w*|når|etter at"
    r"|ferdige?|klare?|først|fyrst|på plass|i gang|i drift|ramme\w*|budsjett\w*|kostnad\w*|(?:satt|sett) av"
    r"|avsatt|avsett|bevilg\w*|løyv\w*)\b|^\W*(?:noe|noko) som\b|^\W*(?:slik|så) at\b",
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
    committing = drop_forecast_verbs([each for each in found if each.cue.kind in _COMMITS], found)
    forecasts = [each for each in found if each.cue.kind is StanceKind.FORECASTS]
    subordinate = [find_region(text, each) for each in found if each.cue.kind is StanceKind.EMBEDS]
    background: list[Span] = []
    for start, end in _split(text):
        if any(start <= each.start < end for each in committing):
            continue
        forecast = any(each.start < end and start < each.end for each in forecasts)
        if forecast or (committing and _describes(text, Span(start, end), subordinate)):
            background.append(Span(start, end))
    return background


def _split(text: str) -> Iterator[Span]:
    start = 0
    for cut in _BREAKS.finditer(text):
        yield Span(start, cut.start())
        start = cut.end()
    yield Span(start, len(text))


def _describes(text: str, part: Span, subordinate: Sequence[tuple[int, int]]) -> bool:
    """Tell whether the part says how something is or was, in its main clause or as a relative clause."""
    start, end = part
    words = text[start:end]
    relative = _RELATIVE.match(words) is not None
    verbs = [start + verb.start() for verb in _DESCRIBES.finditer(words)]
    said = any(relative or not any(low <= verb < high for low, high in subordinate) for verb in verbs)
    return said and (_PAST.search(words) is not None or _SETS.search(words) is None)
