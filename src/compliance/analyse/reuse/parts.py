"""From a match of two texts to stretches that a reader can lay side by side: within a passage, by whole sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from compliance.analyse.reuse.sides import Side, Words, passages_between
from compliance.analyse.reuse.sources import ComparedText
from compliance.config import ReuseConfig
from compliance.records import BlockKind, Passage
from compliance.textreuse.alignment import Alignment
from compliance.textreuse.chaining import SharedRun

MIN_PART = 0.6  # of a passage shorter than min_words that a longer match runs through, to count as shared too
MIN_LETTERED = 4  # words with letters in a stretch; «kommune», «2026 2027 2028» are no wording that anyone can copy
MIN_CELL_WORDS = 2.0  # on average, in a table row; a row of single words is a head or figures
MIN_PIECE = 5  # shared words on either side of a cut between two sentences
MAX_EDGE = 5  # changed words at a sentence's beginning or end that are shown with it: «Kommunen» for «Lindelva kommune»
# Words that two texts share without a whole sentence of either: fewer are a turn of phrase («legge fram en sak om …
# innen april 2025, med») that two writers may well have without knowing each other. They stay shown, as such.
MIN_TURN = 12
MIN_SENTENCE = 6  # words; «Vi må prioritere.» is nobody's
MOST = 0.8  # share of a sentence that is as good as all of it
SHORT_ALIKE = 0.75  # similarity of a short whole sentence; «X får fullmakt til å …» is a sentence and yet a set phrase
_LETTERED = re.compile(r"\b[^\W\d_]{2,}")
_STOP = re.compile(
    r"[«»“”„\"]|[.!?:;]\s"
)  # what is beyond it is not the same wording, whatever a sentence was taken for


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the holder with one of the source: half-open ranges of words, and how many both share."""

    first: Words
    second: Words
    shared: int

    @property
    def similarity(self) -> float:
        """Twice the shared words over the words of both sides, 0 to 1."""
        (a, b), (c, d) = self.first, self.second
        return 2 * self.shared / ((b - a) + (d - c))

    @property
    def surplus(self) -> int:
        """Return the shared words less those that one side alone has."""
        (a, b), (c, d) = self.first, self.second
        return 3 * self.shared - (b - a) - (d - c)


def find_parts(side: Side, passage: Passage, *, config: ReuseConfig) -> list[Part]:
    """Return the match's parts in one passage, none where they are only stray words or no running words."""
    words = side.holder.index.words_within(passage.start, passage.end)
    within = side.alignment.within(*words)
    if within is None:
        return []
    enough = min(config.min_words, max(1, round(MIN_PART * (words[1] - words[0]))))
    pieces = _cut_at_sentences(side, within) if within.shared >= enough else []
    parts = [_widen(side, _make_part(piece), min_similarity=config.min_similarity) for piece in pieces]
    return [part for part in parts if _is_wording(passage, *side.holder.find_characters(part.first))]


def is_set_phrase(side: Side, part: Part) -> bool:
    """Tell a turn of phrase that two writers may have independently: few words, and no whole sentence of either."""
    if part.shared >= MIN_TURN:
        return False
    whole = any(_holds_sentence(text, words) for text, words in ((side.holder, part.first), (side.source, part.second)))
    return not whole or part.similarity < SHORT_ALIKE


def _cut_at_sentences(side: Side, alignment: Alignment) -> list[Sequence[SharedRun]]:
    """Return the runs, cut where both texts begin a new sentence and one has a sentence that the other lacks."""
    ends = (_list_edges(side.holder, alignment.first_range), _list_edges(side.source, alignment.second_range))
    pieces: list[list[SharedRun]] = [[]]
    for run in alignment.runs:
        if pieces[-1]:
            before = pieces[-1][-1]
            gaps = ((before.first + before.length, run.first), (before.second + before.length, run.second))
            if all(any(low <= edge <= high for edge in edges) for (low, high), edges in zip(gaps, ends, strict=True)):
                pieces.append([])
        pieces[-1].append(run)
    joined: list[list[SharedRun]] = []
    for piece in pieces:
        short = joined and min(_count(joined[-1]), _count(piece)) < MIN_PIECE
        if short:
            joined[-1].extend(piece)
        else:
            joined.append(piece)
    return list(joined)


def _count(runs: Sequence[SharedRun]) -> int:
    return sum(run.length for run in runs)


def _make_part(runs: Sequence[SharedRun]) -> Part:
    alignment = Alignment(tuple(runs))
    return Part(alignment.first_range, alignment.second_range, alignment.shared)


def _widen(side: Side, part: Part, *, min_similarity: float) -> Part:
    """Return the part with the changed words at its sentences' edges, where they are few on both sides."""
    low, other_low = _reach(side.holder, part.first[0], -1), _reach(side.source, part.second[0], -1)
    high, other_high = _reach(side.holder, part.first[1], 1), _reach(side.source, part.second[1], 1)
    first, second = list(part.first), list(part.second)
    if low is not None and other_low is not None:
        first[0], second[0] = low, other_low
    if high is not None and other_high is not None:
        first[1], second[1] = high, other_high
    wide = Part((first[0], first[1]), (second[0], second[1]), part.shared)
    return wide if wide.similarity >= min_similarity else part


def _reach(text: ComparedText, edge: int, step: int) -> int | None:
    """Return where the sentence around a stretch's edge begins (`step` -1) or ends (1); None where that is far off.

    A quotation mark ends the search: what is outside it is not part of the wording.
    """
    inside = edge if step < 0 else edge - 1
    start, end = text.find_characters((inside, inside + 1))
    passages = text.reading.passages
    passage = passages[passages_between(passages, start, end).start]
    for low, high in passage.sentences:
        if low <= start < high:
            words = text.index.words_within(low, high)
            reached = words[0] if step < 0 else words[1]
            between = text.text[low:start] if step < 0 else text.text[end:high].rstrip('»”" .')
            return reached if abs(reached - edge) <= MAX_EDGE and not _STOP.search(between) else None
    return None


def _list_edges(text: ComparedText, words: Words) -> list[int]:
    """Return the words within a range at which a sentence begins."""
    start, end = text.find_characters(words)
    passages = text.reading.passages
    within = passages_between(passages, start, end)
    sentences = (low_high for number in within for low_high in passages[number].sentences)
    return [text.index.words_within(low, high)[0] for low, high in sentences]


def _holds_sentence(text: ComparedText, words: Words) -> bool:
    """Tell whether a stretch is most of a passage, or of a sentence there that says enough to be copied."""
    start, end = text.find_characters(words)
    passages = text.reading.passages
    return any(
        min(end, high) - max(start, low) >= MOST * (high - low) and len(text.text[low:high].split()) >= MIN_SENTENCE
        for number in passages_between(passages, start, end)
        for low, high in (*passages[number].sentences, (passages[number].start, passages[number].end))
    )


def _is_wording(passage: Passage, start: int, end: int) -> bool:
    """Tell words that someone has put together from single words, figures and the head of a table."""
    lettered = _LETTERED.findall(passage.text[max(0, start - passage.start) : end - passage.start])
    if len(lettered) < MIN_LETTERED:
        return False
    if passage.kind is not BlockKind.TABLE_ROW:
        return True
    cells = passage.table.cells if passage.table else tuple(re.split(r"[\t|]", passage.text))
    filled = [cell for cell in cells if cell.strip()]
    return len(_LETTERED.findall(passage.text)) >= MIN_CELL_WORDS * max(1, len(filled))
