"""Finds a vocabulary's terms in Norwegian text, quickly and with exact offsets.

The terms say themselves how freely their words are met (`compliance.guidelines.terms`). Beyond that the matcher
forgives what happens to words in files: a letter lost or misread in a long word, nynorsk spelling where only the
bokmål form is listed, and up to two words between the words of a phrase («nasjonale (og kommunale) felleskomponenter»).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from compliance.analyse.matching.forms import EXACT, SPREAD, WordForms
from compliance.guidelines.terms import Strength, Term, TermWord
from compliance.text.normalise import fold_text

_WORD = re.compile(r"[^\W_]+(?:[-'/][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?:;]\s+(?=[A-ZÆØÅ«\"])|\s+(?=[•\uf0b7])")
_MAX_GAP = 2
_KEPT = 8192  # texts that are remembered: those of a document of 300 pages, each with its sentences and clauses


@dataclass(frozen=True, slots=True)
class Match:
    """A term found in a text; `spans` has one (start, end) for each of its phrases, in the text's offsets."""

    term: Term
    spans: tuple[tuple[int, int], ...]
    quality: float  # EXACT, or the least of what had to be forgiven

    @property
    def strong(self) -> bool:
        """Whether the term nearly always means its label."""
        return self.term.strength is Strength.STRONG


class _Place(NamedTuple):
    """Where a phrase was found."""

    start: int
    end: int
    quality: float


_by_quality = attrgetter("quality")
_Phrase = tuple[int, ...]  # a phrase as the numbers of its words in the vocabulary
_Begun = tuple[_Phrase, float]  # a phrase that a word form may begin, with the quality of that


class _Heads(NamedTuple):
    """The phrases that a word form may begin."""

    every: tuple[_Begun, ...]
    alone: tuple[_Begun, ...]  # those of one word
    seconds: frozenset[int]  # second words of the others: one in a hundred goes on with its own


class TermIndex:
    """Finds the terms of several vocabularies in one pass over a text; each is met as if it were alone."""

    def __init__(self, vocabularies: Mapping[str, Iterable[Term]], *, sentences_only: Iterable[str] = ()) -> None:
        """Vocabularies of `sentences_only` are never asked of more than one sentence: a term may be anywhere in it."""
        self._of_sentences = frozenset(sentences_only)
        self._terms: list[tuple[str, Term]] = []
        self._phrases: list[tuple[_Phrase, ...]] = []
        self._needed: list[frozenset[_Phrase]] = []  # the same, as sets
        self._by_phrase: dict[_Phrase, list[int]] = {}
        self._by_head: dict[int, list[_Phrase]] = {}
        self._heads: dict[str, _Heads] = {}  # of every form met
        words: list[tuple[int, TermWord]] = []
        for owner, (name, terms) in enumerate(vocabularies.items()):
            numbers: dict[TermWord, int] = {}
            for term in dict.fromkeys(terms):
                self._add_term(name, term, numbers, first=len(words))
            words += [(owner, word) for word in numbers]
        self._forms = WordForms(words)
        for phrase in self._by_phrase:
            self._by_head.setdefault(phrase[0], []).append(phrase)

    def _add_term(self, name: str, term: Term, numbers: dict[TermWord, int], *, first: int) -> None:
        index = len(self._terms)
        phrases = tuple(
            tuple(numbers.setdefault(word, first + len(numbers)) for word in phrase) for phrase in term.phrases
        )
        self._terms.append((name, term))
        self._phrases.append(phrases)
        self._needed.append(frozenset(phrases))
        for phrase in phrases:
            self._by_phrase.setdefault(phrase, []).append(index)

    def find(self, text: str, sentences: Sequence[tuple[int, int]] = ()) -> dict[str, list[Match]]:
        """Return the terms of each vocabulary that has any in the text, each once, at its best place.

        All phrases of a term are in one of the `sentences` (offsets in `text`), or in one as punctuation divides it.
        """
        found: dict[str, list[Match]] = {}
        if not self._terms:
            return found
        places = self._find_phrases(text)
        for index in dict.fromkeys([index for phrase in places for index in self._by_phrase[phrase]]):
            if not self._needed[index] <= places.keys():
                continue
            (name, term), phrases = self._terms[index], self._phrases[index]
            if len(phrases) == 1:
                best = max(places[phrases[0]], key=_by_quality)
                found.setdefault(name, []).append(Match(term, ((best.start, best.end),), best.quality))
            else:
                parts = ((0, len(text)),) if name in self._of_sentences else sentences or split_roughly(text)
                match = _join_phrases(term, [places[phrase] for phrase in phrases], parts)
                if match:
                    found.setdefault(name, []).append(match)
        return found

    def _find_phrases(self, text: str) -> dict[_Phrase, list[_Place]]:
        known = self._heads
        words = split_words(text)
        places: dict[_Phrase, list[_Place]] = {}
        for index, form in enumerate(words.forms):
            heads = known[form] if form in known else self._meet(form)
            goes_on = heads.seconds and self._goes_on(heads.seconds, words.forms[index + 1 : index + _MAX_GAP + 2])
            for phrase, quality in heads.every if goes_on else heads.alone:
                place = self._follow(phrase, words, index, quality)
                if place:
                    places.setdefault(phrase, []).append(place)
        return places

    def _goes_on(self, seconds: frozenset[int], forms: Sequence[str]) -> bool:
        """Tell whether one of the forms is a second word."""
        resolve = self._forms.resolve
        return any(not seconds.isdisjoint(resolve(form)) for form in forms)

    def _meet(self, form: str) -> _Heads:
        """Return the phrases that the form may be the first word of, and remember them."""
        every = tuple(
            (phrase, quality)
            for word, quality in self._forms.resolve(form).items()
            for phrase in self._by_head.get(word, ())
        )
        alone = tuple(each for each in every if len(each[0]) == 1)
        heads = _Heads(every, alone, frozenset(phrase[1] for phrase, _ in every if len(phrase) > 1))
        self._heads[form] = heads
        return heads

    def _follow(self, phrase: _Phrase, words: Words, index: int, quality: float) -> _Place | None:
        """Match the rest of a phrase after its head, with at most `_MAX_GAP` words between its words."""
        first = index
        for word in phrase[1:]:
            for step in range(1, min(_MAX_GAP + 1, len(words.forms) - 1 - index) + 1):
                met = self._forms.resolve(words.forms[index + step]).get(word)
                if met is not None:
                    quality = min(quality, met, EXACT if step == 1 else SPREAD)
                    index += step
                    break
            else:
                return None
        return _Place(words.spans[first][0], words.spans[index][1], quality)


class Words(NamedTuple):
    """A text's words, folded, and where each stands in it."""

    forms: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


@lru_cache(maxsize=_KEPT)
def split_words(text: str) -> Words:
    """Return the words that terms are met by; every vocabulary asks for those of the same texts."""
    tokens = [*_WORD.finditer(fold_text(text))]
    return Words(tuple(token[0] for token in tokens), tuple(token.span() for token in tokens))


@lru_cache(maxsize=_KEPT)
def split_roughly(text: str) -> tuple[tuple[int, int], ...]:
    """Return the text's sentences by punctuation alone, for texts that come without sentence offsets."""
    cuts = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    return tuple((start, end) for start, end in pairwise(cuts) if start < end)


def _join_phrases(term: Term, places: Sequence[Sequence[_Place]], sentences: Sequence[tuple[int, int]]) -> Match | None:
    """Find a sentence that holds all of the term's phrases."""
    for start, end in sentences:
        chosen = []
        for candidates in places:
            inside = [place for place in candidates if start <= place.start and place.end <= end]
            if not inside:
                break
            chosen.append(max(inside, key=lambda place: place.quality))
        else:
            spans = tuple(sorted({(place.start, place.end) for place in chosen}))
            return Match(term, spans, min(place.quality for place in chosen))
    return None
