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

from rapidfuzz.distance import OSA

from compliance.guidelines.terms import Strength, Term, TermWord
from compliance.text.normalise import fold_text

EXACT, VARIANT, SPREAD, MISSPELT = 1.0, 0.95, 0.9, 0.7  # quality of a match, by what had to be forgiven

_WORD = re.compile(r"[^\W_]+(?:[-'/][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?:;]\s+(?=[A-ZÆØÅ«\"])|\s+(?=[•\uf0b7])")
_MAX_GAP = 2
_COVERED = 0.7  # share of a form that a term's word must cover to explain it
_MIN_FUZZY = 9  # one letter off in a shorter word is usually another word: «bruker», «bruken»
_TAIL = 4  # letters at a long word's end, which may hold one error only
_MIN_PIECE, _MAX_PIECE = 4, 10  # letters of the pieces by which a damaged word is recognised
_NEVER_FUZZY = frozenset({"organisering", "organisasjon", "effektivisere", "effektivisering"})
# Nynorsk spellings and what bokmål writes, so that a user's guideline file in bokmål still meets a nynorsk plan.
_NYNORSK = (
    ("innbyggjar", "innbygger"),
    ("brukar", "bruker"),
    ("tenest", "tjenest"),
    ("tryggleik", "sikkerhet"),
    ("sikkerheit", "sikkerhet"),
    ("verksemd", "virksomhet"),
    ("løysing", "løsning"),
    ("leiing", "ledelse"),
    ("leiar", "leder"),
    ("tilsett", "ansatt"),
    ("medarbeidar", "medarbeider"),
    ("offentleg", "offentlig"),
    ("samanheng", "sammenheng"),
    ("vidare", "videre"),
    ("kommunar", "kommuner"),
    ("tilgjengeleg", "tilgjengelig"),
    ("heilskap", "helhet"),
    ("opne", "åpne"),
    ("eining", "enhet"),
    ("rettleiing", "veiledning"),
    ("heim", "hjem"),
)


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


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a phrase was found."""

    start: int
    end: int
    quality: float


_Phrase = tuple[int, ...]  # a phrase as the numbers of its words in the vocabulary
_Token = tuple[str, int, int]  # folded word form, start, end


class TermMatcher:
    """Finds the terms of one vocabulary; remembers every word form it has met, so that a second look is cheap."""

    def __init__(self, terms: Iterable[Term]) -> None:
        unique = tuple(dict.fromkeys(terms))
        words = dict.fromkeys(word for term in unique for phrase in term.phrases for word in phrase)
        numbers = {word: number for number, word in enumerate(words)}
        self._forms = _WordForms(numbers)
        self._phrases = [tuple(tuple(numbers[word] for word in phrase) for phrase in term.phrases) for term in unique]
        self._terms = unique
        self._by_phrase: dict[_Phrase, list[int]] = {}
        for index, phrases in enumerate(self._phrases):
            for phrase in phrases:
                self._by_phrase.setdefault(phrase, []).append(index)
        self._by_head: dict[int, list[_Phrase]] = {}
        for phrase in self._by_phrase:
            self._by_head.setdefault(phrase[0], []).append(phrase)

    def find(self, text: str, sentences: Sequence[tuple[int, int]] = ()) -> list[Match]:
        """Return the terms that stand in the text, each once, at its best place.

        `sentences` are offsets in `text`; without them sentences are told by their punctuation.
        """
        places = self._find_phrases(text)
        if not places:
            return []
        candidates = dict.fromkeys(index for phrase in places for index in self._by_phrase[phrase])
        matches: list[Match] = []
        for index in candidates:
            term, phrases = self._terms[index], self._phrases[index]
            if len(phrases) == 1:
                best = max(places[phrases[0]], key=lambda place: place.quality)
                matches.append(Match(term, ((best.start, best.end),), best.quality))
            elif all(phrase in places for phrase in phrases):
                sentences = sentences or split_roughly(text)
                match = _join_phrases(term, [places[phrase] for phrase in phrases], sentences)
                if match:
                    matches.append(match)
        return matches

    def _find_phrases(self, text: str) -> dict[_Phrase, list[_Place]]:
        known, resolve = self._forms.known, self._forms.resolve
        tokens = split_tokens(text)
        hits = [known[form] if form in known else resolve(form) for form, _, _ in tokens]
        places: dict[_Phrase, list[_Place]] = {}
        for index, met in enumerate(hits):
            for word, quality in met.items():
                for phrase in self._by_head.get(word, ()):
                    place = _follow(phrase, tokens, hits, index, quality)
                    if place:
                        places.setdefault(phrase, []).append(place)
        return places


@lru_cache(maxsize=8192)  # a document's passages: every analyser and vocabulary asks for the same words
def split_tokens(text: str) -> tuple[_Token, ...]:
    """Return the text's words, folded, with their offsets."""
    return tuple((word.group(), word.start(), word.end()) for word in _WORD.finditer(fold_text(text)))


@lru_cache(maxsize=8192)
def split_roughly(text: str) -> tuple[tuple[int, int], ...]:
    """Return the text's sentences by punctuation alone, for texts that come without sentence offsets."""
    cuts = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    return tuple((start, end) for start, end in pairwise(cuts) if start < end)


def _follow(
    phrase: _Phrase, tokens: Sequence[_Token], hits: Sequence[Mapping[int, float]], index: int, quality: float
) -> _Place | None:
    """Match the rest of a phrase after its head, with at most `_MAX_GAP` words between its words."""
    first = index
    for word in phrase[1:]:
        for step in range(1, min(_MAX_GAP + 1, len(tokens) - 1 - index) + 1):
            met = hits[index + step].get(word)
            if met is not None:
                quality = min(quality, met, EXACT if step == 1 else SPREAD)
                index += step
                break
        else:
            return None
    return _Place(tokens[first][1], tokens[index][2], quality)


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


class _WordForms:
    """Which words of the vocabulary, by number, a word form stands for, and how surely."""

    def __init__(self, numbers: Mapping[TermWord, int]) -> None:
        self.known: dict[str, dict[int, float]] = {}
        self._whole: dict[str, int] = {}
        self._starts: dict[str, int] = {}
        self._ends: dict[str, int] = {}
        self._within: dict[str, int] = {}
        self._lengths: dict[int, int] = {}
        self._pieces: dict[str, list[tuple[TermWord, int]]] = {}  # one piece stays whole when a letter is damaged
        for word, number in numbers.items():
            self._add(word, number)

    def _add(self, word: TermWord, number: int) -> None:
        self._lengths[number] = len(word.text)
        text = word.text.strip("-")  # «drifts- og investeringsmidler»: the suspended hyphen is no part of a word form
        if word.open_start and word.open_end:
            self._within[text] = number
        elif word.open_end:
            self._starts[text] = number
        elif word.open_start:
            self._ends[text] = number
        else:
            self._whole[text] = number
        if len(text) >= _MIN_FUZZY and "-" not in text:
            for piece in _cut_pieces(text):
                self._pieces.setdefault(piece, []).append((word, number))

    def resolve(self, form: str) -> dict[int, float]:
        """Return the words that a form not met before stands for, and remember them."""
        hits = dict.fromkeys(self._meet(form), EXACT)
        spelt = _write_bokmal(form)
        if spelt != form:
            for number in self._meet(spelt):
                hits.setdefault(number, VARIANT)
        longest = max((self._lengths[number] for number in hits), default=0)
        if longest < _COVERED * len(form):  # «informasjonssikkerhct» begins with «informasjon», but means more
            for number in self._meet_nearly(form):
                hits.setdefault(number, MISSPELT)
        self.known[form] = hits
        return hits

    def _meet(self, form: str) -> list[int]:
        met = [self._whole[form]] if form in self._whole else []
        for cut in range(2, len(form) + 1):
            if form[:cut] in self._starts:
                met.append(self._starts[form[:cut]])
            if form[-cut:] in self._ends:
                met.append(self._ends[form[-cut:]])
        if self._within:
            met += self._meet_within(form)
        return met

    def _meet_within(self, form: str) -> list[int]:
        pieces = (form[start:end] for start in range(len(form) - 1) for end in range(start + 2, len(form) + 1))
        return [self._within[piece] for piece in dict.fromkeys(pieces) if piece in self._within]

    def _meet_nearly(self, form: str) -> list[int]:
        if len(form) < _MIN_FUZZY or not self._pieces or not form.isalpha() or form in _NEVER_FUZZY:
            return []
        candidates: dict[tuple[TermWord, int], None] = {}
        for start in range(len(form) - _MIN_PIECE + 1):
            for end in range(start + _MIN_PIECE, min(len(form), start + _MAX_PIECE) + 1):
                candidates.update(dict.fromkeys(self._pieces.get(form[start:end], ())))
        return [number for word, number in candidates if _is_near(form, word)]


def _cut_pieces(text: str) -> list[str]:
    """Return a word in as many pieces as it may have errors, and one more."""
    count = _allow_errors(text) + 1
    cuts = [len(text) * index // count for index in range(count + 1)]
    return [text[start : min(end, start + _MAX_PIECE)] for start, end in pairwise(cuts)]


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


def _write_bokmal(form: str) -> str:
    for nynorsk, bokmal in _NYNORSK:
        if nynorsk in form:
            form = form.replace(nynorsk, bokmal)
    return form
