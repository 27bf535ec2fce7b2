"""Which words of the vocabularies a word form is met as: inflected, compounded, in nynorsk, or with a letter wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from compliance.guidelines.nynorsk import write_bokmal
from compliance.guidelines.terms import TermWord
from compliance.text.word_lists import FormWords, load_words

EXACT, VARIANT, SPREAD, MISSPELT = 1.0, 0.95, 0.9, 0.7  # quality of a match, by what had to be forgiven

_COVERED = 0.7  # share of a form that a term's word must cover to explain it
_MIN_FUZZY = 9  # one letter off in a shorter word is usually another word: «bruker», «bruken»
_TAIL = 4  # letters at a long word's end, which may hold one error only
_MIN_PIECE, _MAX_PIECE = 4, 10  # letters of the pieces by which a damaged word is recognised
_KEPT = 8192  # forms of which the parts are remembered: every vocabulary asks for the same ones
_KEY = 3  # letters by which a word is looked up; two of a word of two


class WordForms:
    """The words of several vocabularies, by number; a word that two of them have has a number in each.

    Remembers every form it has met, so that a second look is cheap.
    """

    def __init__(self, words: Sequence[tuple[int, TermWord]]) -> None:
        self._known: dict[str, Mapping[int, float]] = {}
        self._never_fuzzy = frozenset(load_words(FormWords).never_fuzzy)
        self._owners = [owner for owner, _ in words]  # the vocabulary of each word
        self._count = 1 + max(self._owners, default=-1)
        self._lengths = [len(word.text) for _, word in words]
        self._whole: dict[str, list[int]] = {}
        self._starts: dict[str, list[int]] = {}
        self._ends: dict[str, list[int]] = {}
        self._within: dict[str, list[int]] = {}
        # By first letter, then by piece: one piece stays whole when a letter is damaged.
        self._pieces: dict[str, dict[str, list[tuple[TermWord, int]]]] = {}
        for number, (_, word) in enumerate(words):
            self._add(word, number)
        self._start_keys = _group(self._starts, lambda text: text[:_KEY])
        self._end_keys = _group(self._ends, lambda text: text[-_KEY:])
        self._within_keys = _group(self._within, lambda text: text[:_KEY])

    def _add(self, word: TermWord, number: int) -> None:
        text = word.text.strip("-")  # «drifts- og investeringsmidler»: the suspended hyphen is no part of a word form
        if word.open_start and word.open_end:
            kept = self._within
        elif word.open_end:
            kept = self._starts
        else:
            kept = self._ends if word.open_start else self._whole
        kept.setdefault(text, []).append(number)
        if len(text) >= _MIN_FUZZY and "-" not in text:
            pieces = self._pieces.setdefault(text[0], {})  # a form that is near has the same first letter
            for piece in _cut_pieces(text):
                pieces.setdefault(piece, []).append((word, number))

    def resolve(self, form: str) -> Mapping[int, float]:
        """Return the words that a form stands for, each with its quality, and remember them."""
        if form in self._known:
            return self._known[form]
        hits = dict.fromkeys(self._meet(form), EXACT)
        spelt = write_bokmal(form)
        if spelt != form:
            for number in self._meet(spelt):
                hits.setdefault(number, VARIANT)
        longest = [0] * self._count
        for number in hits:
            longest[self._owners[number]] = max(longest[self._owners[number]], self._lengths[number])
        # «informasjonssikkerhct» begins with «informasjon», but means more. Each vocabulary is asked by itself.
        for number in self._meet_nearly(form):
            if longest[self._owners[number]] < _COVERED * len(form):
                hits.setdefault(number, MISSPELT)
        self._known[form] = hits
        return hits

    def _meet(self, form: str) -> list[int]:
        met = list(self._whole.get(form, ()))
        starts = [text for key in {form[:_KEY], form[:2]} for text in self._start_keys.get(key, ())]
        ends = [text for key in {form[-_KEY:], form[-2:]} for text in self._end_keys.get(key, ())]
        outer = [(len(text), 0, text) for text in starts if form.startswith(text)]
        outer += [(len(text), 1, text) for text in ends if form.endswith(text)]
        for _, at_end, text in sorted(outer):
            met += self._ends[text] if at_end else self._starts[text]
        if self._within:
            met += self._meet_within(form)
        return met

    def _meet_within(self, form: str) -> list[int]:
        found = (
            text
            for start in range(len(form) - 1)
            for key in (form[start : start + 2], form[start : start + _KEY])
            for text in self._within_keys.get(key, ())
            if form.startswith(text, start)
        )
        return [number for text in dict.fromkeys(found) for number in self._within[text]]

    def _meet_nearly(self, form: str) -> list[int]:
        if len(form) < _MIN_FUZZY or not form.isalpha() or form in self._never_fuzzy:
            return []
        pieces = self._pieces.get(form[0])
        if not pieces:
            return []
        candidates = dict.fromkeys(
            candidate for part in _list_parts(form) if part in pieces for candidate in pieces[part]
        )
        near = {word: _is_near(form, word) for word, _ in candidates}
        return [number for word, number in candidates if near[word]]


def _group(texts: Iterable[str], key: Callable[[str], str]) -> dict[str, list[str]]:
    """Return texts by the letters they are looked up by, the shortest first; one letter alone is met whole only."""
    groups: dict[str, list[str]] = {}
    for text in sorted(texts, key=lambda each: (len(each), each)):
        if len(text) > 1:
            groups.setdefault(key(text), []).append(text)
    return groups


def _cut_pieces(text: str) -> list[str]:
    """Return a word in as many pieces as it may have errors, and one more."""
    count = _allow_errors(text) + 1
    cuts = [len(text) * index // count for index in range(count + 1)]
    return [text[start : min(end, start + _MAX_PIECE)] for start, end in pairwise(cuts)]


@lru_cache(maxsize=_KEPT)
def _list_parts(form: str) -> tuple[str, ...]:
    """Return every part of a form that may be a piece of a word."""
    return tuple(
        form[start:end]
        for start in range(len(form) - _MIN_PIECE + 1)
        for end in range(start + _MIN_PIECE, min(len(form), start + _MAX_PIECE) + 1)
    )


def _allow_errors(text: str) -> int:
    return 1 if len(text) < 13 else 2


def _is_near(form: str, word: TermWord) -> bool:
    """Tell whether a form is a damaged writing of a word: one letter off, two in a very long word."""
    allowed = _allow_errors(word.text)
    compared = form[: len(word.text)] if word.open_end and len(form) > len(word.text) + allowed else form
    if word.text[0] != form[0] or abs(len(compared) - len(word.text)) > allowed:
        return False
    errors = OSA.distance(word.text, compared, score_cutoff=allowed)
    if errors < 2 or len(compared) != len(word.text):  # «områder», «områdene»: an ending more or less
        return errors <= allowed
    # Two letters exchanged at the end make another word of a compound: «-fond» and «-rund».
    return errors <= allowed and OSA.distance(word.text[-_TAIL:], compared[-_TAIL:]) < 2
