"""Finds a vocabulary's terms in Norwegian text, quickly and with exact offsets.

The terms say themselves how freely their words are met (`compliance.guidelines.terms`). Beyond that the matcher
forgives what happens to words in files: a letter lost or misread in a long word, nynorsk spelling where only the
bokmål form is listed, and up to two words between the words of a phrase («nasjonale (og kommunale) felleskomponenter»).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import OSA

from compliance.guidelines.terms import Strength, Term, TermWord
from compliance.text.normalise import fold_text

EXACT, VARIANT, SPREAD, MISSPELT = 1.0, 0.95, 0.9, 0.7  # quality of a match, by what had to be forgiven

_WORD = re.compile(r"[^\W_]+(?:[-'/][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?:;]\s+(?=[A-ZÆØÅ«\"])|\s+(?=[•\uf0b7])")
_MAX_GAP = 2
_MIN_FUZZY = 9  # one letter off in a shorter word is usually another word: «bruker», «bruken»
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
    def misspelt(self) -> bool:
        """Whether a word stands there only nearly."""
        return self.quality <= MISSPELT

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


_Phrase = tuple[TermWord, ...]


class TermMatcher:
    """Finds the terms of one vocabulary; remembers every word form it has met, so that a second look is cheap."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms = tuple(dict.fromkeys(terms))
        self._by_phrase: dict[_Phrase, list[Term]] = {}
        self._by_head: dict[TermWord, list[_Phrase]] = {}
        for term in self._terms:
            for phrase in term.phrases:
                self._by_phrase.setdefault(phrase, []).append(term)
        for phrase in self._by_phrase:
            self._by_head.setdefault(phrase[0], []).append(phrase)
        self._forms = _WordForms(word for phrase in self._by_phrase for word in phrase)

    def find(self, text: str, sentences: Sequence[tuple[int, int]] = ()) -> list[Match]:
        """Return the terms that stand in the text, each once, at its best place.

        `sentences` are offsets in `text`; without them sentences are told by their punctuation.
        """
        places = self._find_phrases(text)
        if not places:
            return []
        candidates = dict.fromkeys(term for phrase in places for term in self._by_phrase[phrase])
        matches: list[Match] = []
        for term in candidates:
            if len(term.phrases) == 1:
                best = max(places[term.phrases[0]], key=lambda place: place.quality)
                matches.append(Match(term, ((best.start, best.end),), best.quality))
            elif all(phrase in places for phrase in term.phrases):
                sentences = sentences or split_roughly(text)
                match = _join_phrases(term, places, sentences)
                if match:
                    matches.append(match)
        return matches

    def _find_phrases(self, text: str) -> dict[_Phrase, list[_Place]]:
        known, resolve = self._forms.known, self._forms.resolve
        tokens: list[tuple[int, int, dict[TermWord, float]]] = []
        heads: list[int] = []
        for word in _WORD.finditer(fold_text(text)):
            form = word.group()
            hits = known.get(form)
            if hits is None:
                hits = resolve(form)
            if hits:
                heads.append(len(tokens))
            tokens.append((word.start(), word.end(), hits))
        places: dict[_Phrase, list[_Place]] = {}
        for index in heads:
            for word_met, quality in tokens[index][2].items():
                for phrase in self._by_head.get(word_met, ()):
                    place = _follow(phrase, tokens, index, quality)
                    if place:
                        places.setdefault(phrase, []).append(place)
        return places


def split_roughly(text: str) -> list[tuple[int, int]]:
    """Return the text's sentences by punctuation alone, for texts that come without sentence offsets."""
    cuts = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    return [(start, end) for start, end in pairwise(cuts) if start < end]


def _follow(
    phrase: _Phrase, tokens: Sequence[tuple[int, int, dict[TermWord, float]]], index: int, quality: float
) -> _Place | None:
    """Match the rest of a phrase after its head, with at most `_MAX_GAP` words between its words."""
    start, end, _ = tokens[index]
    for word in phrase[1:]:
        for step in range(1, min(_MAX_GAP + 1, len(tokens) - 1 - index) + 1):
            met = tokens[index + step][2].get(word)
            if met is not None:
                quality = min(quality, met, EXACT if step == 1 else SPREAD)
                index += step
                end = tokens[index][1]
                break
        else:
            return None
    return _Place(start, end, quality)


def _join_phrases(
    term: Term, places: dict[_Phrase, list[_Place]], sentences: Sequence[tuple[int, int]]
) -> Match | None:
    """Find a sentence that holds all of the term's phrases."""
    for start, end in sentences:
        chosen = []
        for phrase in term.phrases:
            inside = [place for place in places[phrase] if start <= place.start and place.end <= end]
            if not inside:
                break
            chosen.append(max(inside, key=lambda place: place.quality))
        else:
            spans = tuple(sorted({(place.start, place.end) for place in chosen}))
            return Match(term, spans, min(place.quality for place in chosen))
    return None


class _WordForms:
    """Which words of the vocabulary a word form stands for, and how surely."""

    def __init__(self, words: Iterable[TermWord]) -> None:
        self.known: dict[str, dict[TermWord, float]] = {}
        self._whole: dict[str, TermWord] = {}
        self._starts: dict[str, TermWord] = {}
        self._ends: dict[str, TermWord] = {}
        self._within: dict[str, TermWord] = {}
        self._long: dict[str, TermWord] = {}
        for word in dict.fromkeys(words):
            self._add(word)

    def _add(self, word: TermWord) -> None:
        text = word.text.strip("-")  # «drifts- og investeringsmidler»: the suspended hyphen is no part of a word form
        if word.open_start and word.open_end:
            self._within[text] = word
        elif word.open_end:
            self._starts[text] = word
        elif word.open_start:
            self._ends[text] = word
        else:
            self._whole[text] = word
        if len(text) >= _MIN_FUZZY and "-" not in text:
            self._long[text] = word

    def resolve(self, form: str) -> dict[TermWord, float]:
        """Return the words that a form not met before stands for, and remember them."""
        hits = dict.fromkeys(self._meet(form), EXACT)
        spelt = _write_bokmal(form)
        if spelt != form:
            for word in self._meet(spelt):
                hits.setdefault(word, VARIANT)
        if not hits:
            hits = dict.fromkeys(self._meet_nearly(form), MISSPELT)
        self.known[form] = hits
        return hits

    def _meet(self, form: str) -> list[TermWord]:
        met = [self._whole[form]] if form in self._whole else []
        for cut in range(2, len(form) + 1):
            if form[:cut] in self._starts:
                met.append(self._starts[form[:cut]])
            if form[-cut:] in self._ends:
                met.append(self._ends[form[-cut:]])
        if self._within:
            met += self._meet_within(form)
        return met

    def _meet_within(self, form: str) -> list[TermWord]:
        pieces = (form[start:end] for start in range(len(form) - 1) for end in range(start + 2, len(form) + 1))
        return [self._within[piece] for piece in dict.fromkeys(pieces) if piece in self._within]

    def _meet_nearly(self, form: str) -> list[TermWord]:
        if len(form) < _MIN_FUZZY or not form.isalpha() or form in _NEVER_FUZZY:
            return []
        return [word for word in self._long.values() if _is_near(form, word)]


def _is_near(form: str, word: TermWord) -> bool:
    """Tell whether a form is a damaged writing of a word: one letter off, two in a very long word."""
    allowed = 1 if len(word.text) < 13 else 2
    compared = form[: len(word.text)] if word.open_end and len(form) > len(word.text) + allowed else form
    if word.text[0] != form[0] or abs(len(compared) - len(word.text)) > allowed:
        return False
    return OSA.distance(word.text, compared, score_cutoff=allowed) <= allowed


def _write_bokmal(form: str) -> str:
    for nynorsk, bokmal in _NYNORSK:
        if nynorsk in form:
            form = form.replace(nynorsk, bokmal)
    return form
