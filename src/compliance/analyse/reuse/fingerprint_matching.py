"""Finds official wording by its fingerprints, on a machine that never had the documents (docs/reuse.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import comb, log2

import numpy as np
from numpy.typing import NDArray

from compliance.guidelines.fingerprints import BITS, FUNCTION_WORD, Fingerprint, count_words, find_content_words

MAX_DRIFT = 3  # content words put in or left out between two that follow each other
# What a matched content word is worth, in bits. Its hash has seven; but plans and national documents speak of the same
# things, so that the word itself is the likelier to be there by chance.
WORD_BITS = 5.5
DRIFT_BITS = 2.5  # what a change of place costs, for the places where it could have been
# A match must be so many powers of two rarer by chance than once in a text of MIN_WORDS content words: the least with
# which nothing is found in 16,000 passages that repeat no national text (benchmarks/fingerprints.py).
MARGIN_BITS = 6.5
MIN_WORDS = 8_000  # content words: a text is judged as if it had these at least
NEAR_BITS = (
    3.0  # less is asked of other sentences of a document beside a sure match, since goals are lifted by the list
)
NEAR_CHARACTERS = 2_000  # about 300 words to either side
MIN_SEEDS = 3  # content words near their places that start a comparison
MAX_CHANGED = 0.25  # content words that are missing or put in, by the sentence's words
MAX_STRETCH = 1.4  # words of the text, by the sentence's own: a quarter put in, and some that stand at its edges
WHOLE = 0.85  # coverage from which on a sentence may run over several blocks, as lines of a list do
MIN_COVERAGE = 0.69  # share of the sentence's content; less of it is a turn of phrase, not the sentence
_BREAK = re.compile(r"\n\s*\n")
_WORD = re.compile(r"[^\W_]+")
_LINE_STOP = re.compile(r"[.!?:;«»“”\"•]|\n\s*\n")  # where a sentence ends for certain
_OUTSIDE = -2  # no hash: beyond the text's ends


@dataclass(frozen=True, slots=True)
class OfficialMatch:
    """A stretch of text, in characters, with a sentence of official wording.

    `coverage` is the share of the sentence's content words that are there in order.
    """

    fingerprint: Fingerprint
    start: int
    end: int
    coverage: float
    bits: float  # by how much it is rarer than chance, in powers of two
    verbatim: bool  # all content words are there and there are as many words; inflection is not seen


@dataclass(frozen=True, slots=True)
class _Hit:
    """One content word of a sentence found in the text: its number in the sentence, and in the text."""

    number: int
    word: int

    @property
    def drift(self) -> int:
        return self.word - self.number


def find_official_wording(text: str, fingerprints: Sequence[Fingerprint]) -> list[OfficialMatch]:
    """Return where the sentences stand in the text, by position; of matches that overlap the surest."""
    words = find_content_words(text)
    if not len(words.stems):
        return []
    found = [
        _describe(fingerprint, hits, bits, text=text, spans=words.spans)
        for fingerprint in fingerprints
        for hits, bits in _match_sentence(fingerprint, words.hash_stems(fingerprint.salt))
    ]
    found = [match for match in found if _is_one_stretch(match, text)]
    sure = [match for match in found if match.bits >= MARGIN_BITS]
    beside = [match for match in found if any(_is_near(match, one) for one in sure)]
    return _keep_surest([*sure, *beside])


def _is_one_stretch(match: OfficialMatch, text: str) -> bool:
    """Tell a sentence from words of several paragraphs, and from words far apart."""
    wording = text[match.start : match.end]
    if len(wording.split()) > MAX_STRETCH * match.fingerprint.words:
        return False
    return match.coverage >= WHOLE or _BREAK.search(wording) is None


def _is_near(match: OfficialMatch, sure: OfficialMatch) -> bool:
    """Tell whether a match stands by a sure one of the same guideline set, another sentence of it."""
    one, other = match.fingerprint, sure.fingerprint
    apart = max(match.start, sure.start) - min(match.end, sure.end)
    return one is not other and one.set_id == other.set_id and apart <= NEAR_CHARACTERS


def _match_sentence(fingerprint: Fingerprint, hashes: NDArray[np.int16]) -> Iterator[tuple[list[_Hit], float]]:
    """Yield the chains of words that chance hardly explains, with how sure they are in bits."""
    content = fingerprint.content
    margin = len(content) + MAX_DRIFT
    padded = np.full(len(hashes) + 2 * margin, _OUTSIDE, dtype=np.int16)
    padded[margin : margin + len(hashes)] = hashes
    needed = max(MIN_SEEDS, round(MIN_COVERAGE * len(content)))
    tried: set[tuple[_Hit, ...]] = set()
    for place in np.flatnonzero(_count_near(padded, content) >= needed).tolist():
        hits = _chain(_collect_hits(padded, place, content))
        if (
            tuple(hits) in tried
            or len(hits) < needed
            or _count_changes(hits, content) > MAX_CHANGED * fingerprint.words
        ):
            continue
        tried.add(tuple(hits))
        bits = _weigh(hits, of=len(content), words=len(hashes))
        if bits >= MARGIN_BITS - NEAR_BITS:
            yield [_Hit(hit.number, hit.word - margin) for hit in hits], bits


def _count_changes(hits: Sequence[_Hit], content: Sequence[int]) -> int:
    """Return how many content words are missing from the text, and how many others are between those that are there."""
    return len(content) - len(hits) + hits[-1].word - hits[0].word + 1 - len(hits)


def _count_near(padded: NDArray[np.int16], content: Sequence[int]) -> NDArray[np.int64]:
    """Return for each place how many words of the sentence are within MAX_DRIFT of theirs if it began there.

    A word that is there twice is counted twice: what is found is only where to look.
    """
    size = len(padded) - len(content) - 2 * MAX_DRIFT
    exact = np.zeros(len(padded) - len(content) + 1, dtype=np.int64)
    for number, value in enumerate(content):
        exact += padded[number : number + len(exact)] == value
    summed = np.concatenate(([0], np.cumsum(exact)))
    return summed[2 * MAX_DRIFT + 1 :][:size] - summed[:size]


def _collect_hits(padded: NDArray[np.int16], place: int, content: Sequence[int]) -> list[_Hit]:
    """Return every content word of the sentence found near where it should be, in the sentence's order."""
    hits = []
    for number, value in enumerate(content):
        low = place + number
        window = padded[low : low + 2 * MAX_DRIFT + 1]
        hits += [_Hit(number, low + k) for k in np.flatnonzero(window == value).tolist()]
    return hits


def _chain(hits: Sequence[_Hit]) -> list[_Hit]:
    """Return the best chain of words that follow each other in sentence and text, with few changes of place."""
    best: list[tuple[float, int]] = []  # bits, and the hit before
    for hit in hits:
        score, before = WORD_BITS, -1
        for j, (earlier, _) in enumerate(best):
            other = hits[j]
            if other.number < hit.number and other.word < hit.word:
                gained = earlier + WORD_BITS - DRIFT_BITS * (other.drift != hit.drift)
                if gained > score:
                    score, before = gained, j
        best.append((score, before))
    chain: list[_Hit] = []
    at = max(range(len(best)), key=lambda k: best[k][0], default=-1)
    while at >= 0:
        chain.append(hits[at])
        at = best[at][1]
    return chain[::-1]


def _weigh(hits: Sequence[_Hit], *, of: int, words: int) -> float:
    """Return how much rarer than chance a chain is in a text of so many content words, in powers of two."""
    changes = sum(one.drift != other.drift for one, other in pairwise(hits))
    gained = min(BITS, WORD_BITS) * len(hits) - DRIFT_BITS * changes
    return gained - log2(comb(of, len(hits))) - log2(max(words, MIN_WORDS))


def _describe(
    fingerprint: Fingerprint, hits: Sequence[_Hit], bits: float, *, text: str, spans: Sequence[tuple[int, int]]
) -> OfficialMatch:
    start, end = _find_stretch(text, fingerprint, hits, spans)
    coverage = round(len(hits) / len(fingerprint.content), 4)
    as_long = count_words(text[start:end]) == fingerprint.words
    return OfficialMatch(fingerprint, start, end, coverage, bits, verbatim=coverage == 1.0 and as_long)


def _find_stretch(
    text: str, fingerprint: Fingerprint, hits: Sequence[_Hit], spans: Sequence[tuple[int, int]]
) -> tuple[int, int]:
    """Return where the sentence is: from its first content word to its last, with the function words at its ends."""
    start, end = spans[hits[0].word][0], spans[hits[-1].word][1]
    places = [place for place, value in enumerate(fingerprint.values) if value != FUNCTION_WORD]
    if hits[0].number == 0:
        low = spans[hits[0].word - 1][1] if hits[0].word else 0
        before = list(_WORD.finditer(_LINE_STOP.split(text[low:start])[-1]))[-places[0] :] if places[0] else []
        start -= len(_LINE_STOP.split(text[low:start])[-1]) - before[0].start() if before else 0
    if hits[-1].number == len(places) - 1:
        high = spans[hits[-1].word + 1][0] if hits[-1].word + 1 < len(spans) else len(text)
        left = len(fingerprint.values) - 1 - places[-1]
        after = list(_WORD.finditer(_LINE_STOP.split(text[end:high])[0]))[:left]
        end += after[-1].end() if after else 0
    return start, end


def _keep_surest(matches: Sequence[OfficialMatch]) -> list[OfficialMatch]:
    kept: list[OfficialMatch] = []
    for match in sorted(matches, key=lambda each: (-each.bits, each.start, each.fingerprint.goal_id)):
        if not any(match.start < other.end and other.start < match.end for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda each: each.start)
