"""Which regular expressions a text may match, told by the words in it, before any is tried.

A plan's passage meets few of the several hundred patterns of the rule files. Looking for a word is fifty times as fast
as trying a pattern, so that a pattern is tried only where a word of each of its parts is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from compliance.guidelines.literals import Alternatives, Literal

_WORD = re.compile(r"\w+")
_KEPT = 8192  # texts that are remembered: those of a document of 300 pages, each with its sentences and clauses
_START = 3  # letters by which words are looked up

_Asked = tuple[str, int]  # a literal, and the pattern that asks for it


class Prefilter:
    """Says which of some patterns a text can match; remembers every word it has met, so that texts cost little more."""

    def __init__(self, patterns: Iterable[Sequence[Alternatives]]) -> None:
        """Of each pattern is given what a text must hold (`find_literals`)."""
        self._always: list[int] = []
        self._others: dict[int, tuple[tuple[str, ...], ...]] = {}  # what a pattern asks for beside its rarest part
        self._by_word: dict[str, list[_Asked]] = {}  # what a word of a text may be part of
        self._silent: set[str] = set()  # words of texts that are part of nothing: most
        self._asked: dict[str, list[tuple[Literal, _Asked]]] = {}  # by the first letters of the word that is looked up
        self._signs: list[_Asked] = []  # literals without a letter
        for number, literals in enumerate(patterns):
            rarest, *others = literals or (None,)
            if rarest is None:
                self._always.append(number)
                continue
            self._others[number] = tuple(tuple(sorted(each.text for each in part)) for part in others if part)
            for literal in sorted(rarest):
                self._add(literal, number)

    def _add(self, literal: Literal, number: int) -> None:
        asked = (literal.text, number)
        words = literal.split_words()
        if words:
            rarest = max(words, key=lambda each: len(each.text) + each.opens + each.closes)
            self._asked.setdefault(rarest.text[:_START], []).append((rarest, asked))
        else:
            self._signs.append(asked)

    def list_likely(self, text: str) -> list[int]:
        """Return the numbers, in order, of the patterns of which the text holds what they ask for."""
        if not self._others:
            return self._always
        lowered, words = _lower_words(text)
        known = self._by_word
        told = words - self._silent
        asked = [each for word in told for each in (known[word] if word in known else self._meet(word))]
        likely = {number for literal, number in (*asked, *self._signs) if literal in lowered}
        kept = [number for number in likely if _has_all(self._others[number], lowered)]
        return sorted(kept + self._always)

    def _meet(self, word: str) -> list[_Asked]:
        """Return the literals that have the word, or a part of it, as the word that is looked up."""
        met = [
            asked
            for start in range(len(word))
            for length in range(1, _START + 1)
            for literal, asked in self._asked.get(word[start : start + length], ())
            if _fits(literal, word, start)
        ]
        if met:
            self._by_word[word] = met
        else:
            self._silent.add(word)
        return met


@lru_cache(maxsize=_KEPT)
def _lower_words(text: str) -> tuple[str, frozenset[str]]:
    """Return a text in lower case, and the words in it; every vocabulary asks for those of the same texts."""
    lowered = text.lower()
    return lowered, frozenset(_WORD.findall(lowered))


def _has_all(parts: Sequence[Sequence[str]], lowered: str) -> bool:
    """Whether a text holds a literal of each part."""
    for part in parts:
        for text in part:
            if text in lowered:
                break
        else:
            return False
    return True


def _fits(literal: Literal, word: str, start: int) -> bool:
    """Whether a literal of one word is in a word from `start` on."""
    if not word.startswith(literal.text, start) or (literal.opens and start):
        return False
    return not literal.closes or start + len(literal.text) == len(word)
