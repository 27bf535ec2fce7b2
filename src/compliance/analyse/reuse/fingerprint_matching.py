"""Finds official wording by its fingerprints, on a machine that never had the documents (docs/reuse.md)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import comb, log2

import numpy as np
from numpy.typing import NDArray

from compliance.guidelines.fingerprints import BITS, RUN, Fingerprint, number_words

MAX_DRIFT = 6  # words put in or left out between two runs of one sentence
# A match must be 2**12 times rarer by chance than once in the whole text. Of two million words drawn at random, and of
# the six gold sets' own prose, nothing is taken for official wording (docs/reuse.md).
MARGIN_BITS = 12
MIN_WORDS = 20_000  # a text is judged as if it had these at least: what is found in it alone is found in any plan
# Goals are lifted by the list. Beside a sure match of the same document only the words around it are where chance could
# strike, a thirtieth of MIN_WORDS, and so much less is asked of the others.
NEAR_BITS = 5
NEAR_CHARACTERS = 2_000  # about 300 words to either side
MIN_SEEDS = 3  # runs on one diagonal that start a comparison
MIN_COVERAGE = 0.5  # share of the sentence's words; less of it is a turn of phrase, not the sentence
_OUTSIDE = 255  # no hash: beyond the text's ends


@dataclass(frozen=True, slots=True)
class OfficialMatch:
    """A stretch of text, in characters, with a sentence of official wording.

    `coverage` is the share of the sentence's words that stand in matched runs, 1.0 where every hash matches in place.
    """

    fingerprint: Fingerprint
    start: int
    end: int
    coverage: float
    bits: float  # by how much it is rarer than chance, in powers of two


@dataclass(frozen=True, slots=True)
class _Hit:
    """One run of a sentence found in the text: the run's number, and the word of the text where it begins."""

    number: int
    word: int
    drift: int


def find_official_wording(text: str, fingerprints: Sequence[Fingerprint]) -> list[OfficialMatch]:
    """Return where the sentences stand in the text, by position; of matches that overlap the surest."""
    words = number_words(text)
    if not len(words.runs):
        return []
    found = [
        _describe(fingerprint, hits, bits, words.spans)
        for fingerprint in fingerprints
        for hits, bits in _match_sentence(fingerprint, words.hash_runs(fingerprint.salt))
    ]
    sure = [match for match in found if match.bits >= MARGIN_BITS and match.coverage >= MIN_COVERAGE]
    beside = [match for match in found if match.coverage >= MIN_COVERAGE and any(_is_near(match, one) for one in sure)]
    return _keep_surest([*sure, *beside])


def _is_near(match: OfficialMatch, sure: OfficialMatch) -> bool:
    """Tell whether a match stands by a sure one of the same guideline set, another sentence of it."""
    one, other = match.fingerprint, sure.fingerprint
    apart = max(match.start, sure.start) - min(match.end, sure.end)
    return one is not other and one.set_id == other.set_id and apart <= NEAR_CHARACTERS


def _match_sentence(fingerprint: Fingerprint, hashes: NDArray[np.uint8]) -> Iterator[tuple[list[_Hit], float]]:
    """Yield the chains of runs that chance hardly explains, with how sure they are in bits."""
    margin = fingerprint.words + MAX_DRIFT
    padded = np.full(len(hashes) + 2 * margin, _OUTSIDE, dtype=np.uint8)
    padded[margin : margin + len(hashes)] = hashes
    positions, values = fingerprint.positions, fingerprint.values
    shifts = len(padded) - fingerprint.words - MAX_DRIFT
    counts = np.zeros(shifts, dtype=np.uint8)
    for position, value in zip(positions, values, strict=True):
        counts += padded[position : position + shifts] == value
    for shift in np.flatnonzero(counts >= min(MIN_SEEDS, len(values))).tolist():
        hits = _chain(_collect_hits(padded, shift, fingerprint))
        bits = _weigh(hits, runs=len(values), words=len(hashes))
        if bits >= MARGIN_BITS - NEAR_BITS:
            yield [_Hit(hit.number, hit.word - margin, hit.drift) for hit in hits], bits


def _collect_hits(padded: NDArray[np.uint8], shift: int, fingerprint: Fingerprint) -> list[_Hit]:
    """Return every run of the sentence found near where it should stand, in the sentence's order."""
    hits = []
    for number, (position, value) in enumerate(zip(fingerprint.positions, fingerprint.values, strict=True)):
        low = max(0, shift + position - MAX_DRIFT)
        window = padded[low : shift + position + MAX_DRIFT + 1]
        hits += [_Hit(number, low + k, low + k - shift - position) for k in np.flatnonzero(window == value).tolist()]
    return hits


def _chain(hits: Sequence[_Hit]) -> list[_Hit]:
    """Return the best chain of runs that follow each other in sentence and text.

    A change of drift costs as much as a run gives, so that a single run out of place, which chance gives, adds nothing.
    """
    best: list[tuple[int, int]] = []  # score in runs, and the hit before
    for hit in hits:
        score, before = 1, -1
        for j, (earlier, _) in enumerate(best):
            other = hits[j]
            if other.number < hit.number and other.word < hit.word:
                gained = earlier + 1 - (other.drift != hit.drift)
                if (gained, other.drift == hit.drift) > (score, False):
                    score, before = gained, j
        best.append((score, before))
    chain: list[_Hit] = []
    at = max(range(len(best)), key=lambda k: best[k][0], default=-1)
    while at >= 0:
        chain.append(hits[at])
        at = best[at][1]
    return chain[::-1]


def _weigh(hits: Sequence[_Hit], *, runs: int, words: int) -> float:
    """Return how much rarer than chance a chain is in a text of so many words, in powers of two."""
    changes = sum(one.drift != other.drift for one, other in pairwise(hits))
    return BITS * (len(hits) - changes) - log2(comb(runs, len(hits))) - log2(max(words, MIN_WORDS))


def _describe(
    fingerprint: Fingerprint, hits: Sequence[_Hit], bits: float, spans: Sequence[tuple[int, int]]
) -> OfficialMatch:
    start, end = spans[hits[0].word][0], spans[hits[-1].word + RUN - 1][1]
    return OfficialMatch(fingerprint, start, end, round(_cover(fingerprint, hits), 4), bits)


def _cover(fingerprint: Fingerprint, hits: Sequence[_Hit]) -> float:
    """Return the share of the sentence's words in matched runs, and between two that follow each other in place."""
    covered: set[int] = set()
    before: _Hit | None = None
    for hit in hits:
        position = fingerprint.positions[hit.number]
        in_place = before is not None and before.number == hit.number - 1 and before.drift == hit.drift
        start = fingerprint.positions[before.number] if before is not None and in_place else position
        covered.update(range(start, position + RUN))
        before = hit
    return len(covered) / fingerprint.words


def _keep_surest(matches: Sequence[OfficialMatch]) -> list[OfficialMatch]:
    kept: list[OfficialMatch] = []
    for match in sorted(matches, key=lambda each: (-each.bits, each.start, each.fingerprint.goal_id)):
        if not any(match.start < other.end and other.start < match.end for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda each: each.start)
