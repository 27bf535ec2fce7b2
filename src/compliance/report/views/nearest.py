"""The text nearest to a goal that was not found, and what was searched for."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import Final

from compliance.guidelines.nynorsk import write_bokmal
from compliance.guidelines.sets import Goal
from compliance.guidelines.terms import Term, TermWord, holds_phrase
from compliance.records import BlockKind, Finding, Language, Passage, Task
from compliance.report.document_results import DocumentResults
from compliance.report.views.quotes import Span
from compliance.text.source_lists import find_source_entries
from compliance.text.stems import find_stems

DOUBTED: Final = (Task.REVIEW, Task.GOALS)  # tasks whose findings say that a passage may speak for a goal
MAX_SEARCHED: Final = 3  # words named: enough to see what was looked for
MIN_SHARED: Final = 2  # word stems in common, below which a sentence is near by chance
MIN_WEIGHT: Final = 0.34  # share of the goal's words, weighed by rarity, from which on a sentence is near
# How a stem ends that is no word: «livsløpsforvalt», «automatiser», «datadreve». Such stand after whole words.
_CUT: Final = re.compile(r"(?:is|luder|lver|nimer|utvikl|valt|styr|ndl|legg|dreve|jen)(?:er)?$")
_WORD: Final = re.compile(r"\w+(?:[-'’]\w+)*")
# Words of steering documents in general: shared with a goal, they bring nothing near it.
COMMON: Final = frozenset(stem for stem, _, _ in find_stems("digital digitale digitalisering plan planen strategi mål"))


@dataclass(frozen=True, slots=True)
class NearText:
    """A sentence that speaks of nearly the same as a goal."""

    passage: Passage
    span: Span  # document offsets


@dataclass(frozen=True, slots=True)
class StemIndex:
    """The words and word stems of each sentence of a document, and how telling each stem is in it."""

    sentences: tuple[tuple[Passage, Span, frozenset[str]], ...]
    weights: Mapping[str, float]
    words: tuple[tuple[str, ...], ...]  # of each sentence, casefolded
    places: Mapping[str, frozenset[int]]  # the sentences that a word is in
    vocabulary: tuple[str, ...]  # the keys of `places`, sorted: words that begin alike stand together

    def find_term(self, term: Term) -> int | None:
        """Return the first sentence that holds the term, None where none does."""
        found = (self._find_phrase(phrase) for phrase in term.phrases)
        return min(frozenset.intersection(*found), default=None)

    def _find_phrase(self, phrase: Sequence[TermWord]) -> frozenset[int]:
        postings = (self._find_word(part) for part in phrase)
        return frozenset(at for at in frozenset.intersection(*postings) if holds_phrase(self.words[at], phrase))

    def _find_word(self, part: TermWord) -> frozenset[int]:
        return frozenset(at for word in self._list_met(part) for at in self.places[word])

    def _list_met(self, part: TermWord) -> Iterable[str]:
        """Return the document's words that the part stands for: only an open start asks every word."""
        if part.open_start:
            return filter(part.meets, self.vocabulary)
        first = bisect_left(self.vocabulary, part.text)
        return takewhile(part.meets, islice(self.vocabulary, first, None))


def index_stems(plan: DocumentResults) -> StemIndex:
    """Return the stems of the document's sentences, headings and lists of sources left out."""
    text = plan.document.text
    sources = find_source_entries(plan.reading.passages)
    sentences = tuple(
        (passage, span, frozenset(stem for stem, _, _ in find_stems(text[span[0] : span[1]])))
        for passage in plan.reading.passages
        if passage.kind is not BlockKind.HEADING and passage.id not in sources
        for span in passage.sentences
    )
    counts = Counter(stem for _, _, stems in sentences for stem in stems)
    words = tuple(tuple(_WORD.findall(text[start:end].casefold())) for _, (start, end), _ in sentences)
    places: dict[str, set[int]] = {}
    for at, each in enumerate(words):
        for word in each:
            places.setdefault(word, set()).add(at)
    return StemIndex(
        sentences,
        weights={stem: math.log(1 + len(sentences) / n) for stem, n in counts.items()},
        words=words,
        places={word: frozenset(found) for word, found in places.items()},
        vocabulary=tuple(sorted(places)),
    )


def find_nearest(plan: DocumentResults, goal: Goal, index: StemIndex) -> NearText | None:
    """Return the text nearest to the goal: what the analysis was in doubt about, else what has the words searched for.

    Of those the words that nearly always mean the goal come first, then any, then the sentence that shares most words
    with the goal's title: None where that is fewer than two telling words.
    """
    doubted = [each for task in DOUBTED for each in plan.findings.get((task, goal.id), ())]
    if doubted and doubted[0].passage_id in plan.passages:
        return NearText(plan.passages[doubted[0].passage_id], _choose_sentence(plan, doubted[0]))
    language = Language(plan.profile.language.value)
    for term in goal.terms:
        if term.written_in(language) and (at := index.find_term(term)) is not None:
            passage, span, _ = index.sentences[at]
            return NearText(passage, span)
    return _find_shared(goal, index, language)


def _choose_sentence(plan: DocumentResults, finding: Finding) -> Span:
    """Return the sentence of a passage that the finding rests on, the first where it rests on none."""
    passage = plan.passages[finding.passage_id]
    starts = [each.start for each in finding.evidence if each.start is not None and not each.against]
    spans: list[Span] = [*passage.sentences] or [(passage.start, passage.end)]
    return next((span for span in spans if any(span[0] <= start < span[1] for start in starts)), spans[0])


def _find_shared(goal: Goal, index: StemIndex, language: Language) -> NearText | None:
    wanted = _stems_of(goal, language)
    highest = math.log(1 + len(index.sentences)) * max(1, len(wanted))
    best: tuple[float, Passage, Span] | None = None
    for passage, span, stems in index.sentences:
        shared = stems & wanted
        weight = sum(index.weights[stem] for stem in shared) / highest
        if len(shared) >= MIN_SHARED and weight >= MIN_WEIGHT and (best is None or weight > best[0]):
            best = (weight, passage, span)
    return NearText(best[1], best[2]) if best else None


def list_searched(goal: Goal, language: Language) -> tuple[str, ...]:
    """Return some of the words that were searched for, as a reader would write them: whole ones of their language.

    Terms of both languages stand together in the files; one is left out where the other language spells it otherwise.
    """
    searched = (term.text for term in goal.terms if term.written_in(language) and "&" not in term.text)
    words = dict.fromkeys(word.replace("*", "") for word in searched)
    nynorsk = {write_bokmal(word): word for word in words if write_bokmal(word) != word}
    foreign = nynorsk.keys() if language is Language.NN else frozenset(nynorsk.values())
    own = [word for word in words if word not in foreign]
    return tuple(sorted(own or words, key=lambda word: bool(_CUT.search(word))))[:MAX_SEARCHED]


def _stems_of(goal: Goal, language: Language) -> frozenset[str]:
    title = goal.title.in_language(language)
    return frozenset(stem for stem, _, _ in find_stems(title)) - COMMON
