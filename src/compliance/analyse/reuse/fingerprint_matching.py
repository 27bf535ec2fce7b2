"""Finds official wording by its fingerprints, on a machine that never had the documents (docs/reuse.md)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, comb, log2

from compliance.analyse.reuse.fingerprint_search import Hit, find_hits
from compliance.guidelines.fingerprints import (
    BITS,
    ContentWords,
    Fingerprint,
    count_words,
    find_content_words,
)
from compliance.records import Passage

MAX_DRIFT = 3  # content words put in or left out between two that follow each other
# What a matched content word is worth: its hash, one of 128, unless the word may be there by itself. A sentence on the
# same thing has a word that the text often has TOPIC times as often; USUAL_WORDS are added to the text's, since in a
# short one a single word is no sign of its topic.
TOPIC = 3.0
USUAL_WORDS = 500
DRIFT_BITS = 2.5  # what a change of place costs, for the places where it could have been
GAP_BITS = 1.0  # as many function words between two content words as the sentence has there, which half of pairs have
# A sentence of the text begins or ends where the official one would, which one place of fourteen does by chance; half
# of it where it does so with one or two words more or fewer. It costs LOST_EDGE_BITS where it does not.
EDGE_BITS = 3.0
LOST_EDGE_BITS = 2.0
MAX_EDGE_CHANGE = 2  # words
# A match must be so many powers of two rarer by chance than once in a text of MIN_WORDS content words: the least with
# which nothing but the trade's phrases is found in 16,000 passages that repeat no national text
# (benchmarks/fingerprints.py).
MARGIN_BITS = 9.0
SURE_BITS = 13.0  # below, a match without a sign of its source accuses nobody: with 250 sentences, chance does as well
MIN_WORDS = 8_000  # content words: a text is judged as if it had these at least
NEAR_BITS = 3.0  # less is asked beside a sure match of the same document, since goals are lifted by the list
NEAR_CHARACTERS = 2_000  # about 300 words to either side
MIN_SEEDS = 3  # content words near their places that start a comparison
MAX_CHANGED = 0.25  # content words left out, put in or replaced, by the sentence's words
MAX_STRETCH = 1.4  # words of the text, by the sentence's own: a quarter put in, and some that stand at its edges
WHOLE = 0.85  # coverage from which on a sentence may run over several blocks, as lines of a list do
MIN_COVERAGE = 0.6  # share of the sentence's content; less of it is a turn of phrase, not the sentence

# Share of the plan's own sentence that less than a whole goal must make up: «… et arkiv der riktig informasjon er
# tilgjengelig for rett person» says something of its own in the words of the trade.
MIN_SENTENCE_SHARE = 0.5
_BREAK = re.compile(r"\n\s*\n")
_WORD = re.compile(r"[^\W_]+")
_LINE_STOP = re.compile(r"[.!?:;•«»“”\"](?=\W|$)|(?<=\s)[•–-](?=\s)|\n\s*\n")  # where a sentence ends for certain
_WORD_CHARACTERS = 12  # a word with what is around it is hardly longer


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


def find_official_wording(text: str, fingerprints: Sequence[Fingerprint]) -> list[OfficialMatch]:
    """Return where the sentences stand in the text, by position; of matches that overlap the surest."""
    words = find_content_words(text)
    if not len(words.stems):
        return []
    candidates = find_hits(words, fingerprints, needed=_count_needed, drift=2 * MAX_DRIFT)
    chains = dict.fromkeys((fingerprint, _chain(hits)) for fingerprint, hits in candidates)
    described = (_describe(_Chain(fingerprint, hits, words, text)) for fingerprint, hits in chains)
    found = [match for match in described if match is not None and _is_one_stretch(match, text)]
    sure = [match for match in found if match.bits >= MARGIN_BITS]
    beside = [match for match in found if match.bits < MARGIN_BITS and any(_is_near(match, one) for one in sure)]
    return _keep_surest([*sure, *beside])


@dataclass(frozen=True, slots=True, eq=False)
class _Chain:
    """Words of a text that follow each other as a sentence's do."""

    fingerprint: Fingerprint
    hits: tuple[Hit, ...]
    words: ContentWords
    text: str

    @property
    def lead(self) -> int:
        """How many words the sentence has before the chain's first."""
        return self.fingerprint.places[self.hits[0].number]

    @property
    def tail(self) -> int:
        """How many words the sentence has after the chain's last."""
        return self.fingerprint.words - 1 - self.fingerprint.places[self.hits[-1].number]

    @property
    def span(self) -> tuple[int, int]:
        """The characters from the chain's first word to its last."""
        return self.words.spans[self.hits[0].word][0], self.words.spans[self.hits[-1].word][1]

    @property
    def before(self) -> str:
        """The text's own sentence before the chain, the last of it where it is long."""
        start, reach = self.span[0], _reach(self.lead)
        return _LINE_STOP.split(self.text[max(0, start - reach) : start])[-1]

    @property
    def after(self) -> str:
        """The text's own sentence after the chain, the first of it where it is long."""
        end, reach = self.span[1], _reach(self.tail)
        return _LINE_STOP.split(self.text[end : end + reach])[0]


def _reach(words: int) -> int:
    """Return in how many characters so many words end for certain, with one more than an edge may change by."""
    return _WORD_CHARACTERS * (words + MAX_EDGE_CHANGE + 1)


def is_phrase(match: OfficialMatch, passage: Passage) -> bool:
    """Tell less than a whole official sentence within a sentence of the passage's own that says more."""
    start, end = max(match.start, passage.start), min(match.end, passage.end)
    touched = [(low, high) for low, high in passage.sentences if low < end and start < high]
    if match.coverage >= WHOLE or not touched:
        return False
    return end - start < MIN_SENTENCE_SHARE * (touched[-1][1] - touched[0][0])


def _count_needed(content: int) -> int:
    return max(MIN_SEEDS, round(MIN_COVERAGE * content))


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


def _count_changes(hits: Sequence[Hit], content: Sequence[int]) -> int:
    """Return how many content words are left out, put in or replaced; one put for another is one change."""
    changes = hits[0].number + len(content) - 1 - hits[-1].number
    for one, other in pairwise(hits):
        changes += max(other.number - one.number, other.word - one.word) - 1
    return changes


def _chain(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return the best chain of words that follow each other in sentence and text, with few changes of place."""
    best: list[tuple[float, int]] = []  # bits, and the hit before
    for number, word in hits:
        score, before = float(BITS), -1
        for j, (earlier, _) in enumerate(best):
            other_number, other_word = hits[j]
            if other_number < number and other_word < word:
                same = word - number == other_word - other_number
                gained = earlier + BITS - (0.0 if same else DRIFT_BITS)
                if gained > score:
                    score, before = gained, j
        best.append((score, before))
    chain: list[Hit] = []
    at = max(range(len(best)), key=lambda k: best[k][0], default=-1)
    while at >= 0:
        chain.append(hits[at])
        at = best[at][1]
    return tuple(chain[::-1])


def _describe(chain: _Chain) -> OfficialMatch | None:
    """Return the match that a chain is, None where too little of the sentence is there or chance may explain it."""
    fingerprint, content = chain.fingerprint, chain.fingerprint.content
    changed = _count_changes(chain.hits, content) > ceil(MAX_CHANGED * fingerprint.words)
    bits = 0.0 if changed or len(chain.hits) < _count_needed(len(content)) else _weigh(chain)
    if bits < MARGIN_BITS - NEAR_BITS:
        return None
    start, end = _find_stretch(chain)
    coverage = round(len(chain.hits) / len(content), 4)
    as_long = count_words(chain.text[start:end]) == fingerprint.words
    return OfficialMatch(fingerprint, start, end, coverage, bits, verbatim=coverage == 1.0 and as_long)


def _weigh(chain: _Chain) -> float:
    """Return how much rarer than chance a chain is in the text, in powers of two."""
    own, there, hits = chain.fingerprint.places, chain.words.places, chain.hits
    pairs = list(pairwise(hits))
    moved = sum(one.drift != other.drift for one, other in pairs)
    kept = sum(own[b.number] - own[a.number] == there[b.word] - there[a.word] for a, b in pairs)
    gained = _weigh_words(chain) - DRIFT_BITS * moved + GAP_BITS * kept + _weigh_edges(chain)
    return gained - log2(comb(len(own), len(hits))) - log2(max(len(there), MIN_WORDS))


def _weigh_words(chain: _Chain) -> float:
    """Return what the matched words are worth: less the more often the text has the word anyhow."""
    total = len(chain.words.places) + USUAL_WORDS
    counts = (chain.words.count(hit.word) for hit in chain.hits)
    return -sum(log2(2**-BITS + TOPIC * count / total) for count in counts)


def _weigh_edges(chain: _Chain) -> float:
    """Return what it is worth that sentences of the text begin and end where the official one would."""
    changes = (count_words(chain.before) - chain.lead, count_words(chain.after) - chain.tail)
    return sum(
        EDGE_BITS if change == 0 else EDGE_BITS / 2 if abs(change) <= MAX_EDGE_CHANGE else -LOST_EDGE_BITS
        for change in changes
    )


def _find_stretch(chain: _Chain) -> tuple[int, int]:
    """Return where the sentence is: from its first content word to its last, with the function words at its ends."""
    start, end = chain.span
    spans, hits = chain.words.spans, chain.hits
    if hits[0].number == 0 and chain.lead:
        low = spans[hits[0].word - 1][1] if hits[0].word else 0
        between = _LINE_STOP.split(chain.text[low:start])[-1]
        before = list(_WORD.finditer(between))[-chain.lead :]
        start -= len(between) - before[0].start() if before else 0
    if hits[-1].number == len(chain.fingerprint.content) - 1:
        high = spans[hits[-1].word + 1][0] if hits[-1].word + 1 < len(spans) else len(chain.text)
        after = list(_WORD.finditer(_LINE_STOP.split(chain.text[end:high])[0]))[: chain.tail]
        end += after[-1].end() if after else 0
    return start, end


def _keep_surest(matches: Sequence[OfficialMatch]) -> list[OfficialMatch]:
    kept: list[OfficialMatch] = []
    for match in sorted(matches, key=lambda each: (-each.bits, each.start, _name(each.fingerprint))):
        if not any(match.start < other.end and other.start < match.end for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda each: each.start)


def _name(fingerprint: Fingerprint) -> tuple[str, str, int]:
    return fingerprint.set_id, fingerprint.goal_id, fingerprint.number
