"""Which language a text is written in: bokmål, nynorsk or neither, by its small words and endings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from compliance.records import Language
from compliance.text.normalise import fold_text
from compliance.text.word_lists import LanguageWords, load_words
from compliance.text.words import Word

_SAMPLE = 120_000  # characters; some 40 pages tell the language as well as 400 do
_SHOWN = 8  # words kept as evidence
# Endings that part the two: «mulig–mogleg», «mulighet–moglegheit», «utfordringene–utfordringane», «leder–leiar».
_BOKMAL_ENDING = re.compile(r"\w{2,}(?:lig|lige|ligere|ligst|het|heter|heten|hetene|ingene|erne)")
_NYNORSK_ENDING = re.compile(
    r"\w{2,}(?:leg|lege|legare|heit|heiter|heita|heitene|leik|[gklnrst]ane|jande|ingar|arar|iar|ørar|leiar)"
)
_NORWEGIAN_STEM = re.compile(  # read only where a text, such as a heading, has no small words
    r"kommun|samfunn|utvikling|tjenest|tenest|digitalisering|virksomhet|verksemd|innbygg|arbeid|ansvar|ledelse|behov"
)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class DetectedLanguage:
    """The language of a text and what it was read from.

    `share` is the part, 0 to 1, of the telling words that speak for the language; 0 where no word tells anything.
    `words` are the most frequent of them, each at its first place in the text.
    """

    language: Language
    share: float
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class _SmallWords:
    """The lists of words, as sets."""

    norwegian: frozenset[str]
    bokmal: frozenset[str]
    nynorsk: frozenset[str]
    foreign: dict[str, frozenset[str]]


@cache
def _load_lists() -> _SmallWords:
    words = load_words(LanguageWords)
    return _SmallWords(
        frozenset(words.norwegian), frozenset(words.bokmal), frozenset(words.nynorsk), words.list_foreign()
    )


def detect_language(text: str) -> DetectedLanguage:
    """Return the language most of a text is written in, by words that the languages do not share.

    A text without any telling word counts as bokmål if it has small words, letters or stems of Norwegian, else OTHER.
    """
    lists = _load_lists()
    sample = fold_text(text[:_SAMPLE])
    counts = Counter(_WORD.findall(sample))
    bokmal = {word: count for word, count in counts.items() if word in lists.bokmal or _BOKMAL_ENDING.fullmatch(word)}
    nynorsk = {
        word: count for word, count in counts.items() if word in lists.nynorsk or _NYNORSK_ENDING.fullmatch(word)
    }
    shared = {word: counts[word] for word in lists.norwegian if counts[word]}
    foreign = _find_foreign(counts, norwegian=shared | (nynorsk if _total(nynorsk) > _total(bokmal) else bokmal))
    if foreign:
        return _describe(Language.OTHER, sample, foreign, _total(foreign) + _total(bokmal) + _total(nynorsk))
    told = _total(bokmal) + _total(nynorsk)
    if told:
        language = Language.NN if _total(nynorsk) > _total(bokmal) else Language.NB
        return _describe(language, sample, nynorsk if language is Language.NN else bokmal, told)
    is_norwegian = shared or re.search("[æøå]", sample) or _NORWEGIAN_STEM.search(sample)
    return DetectedLanguage(Language.NB if is_norwegian else Language.OTHER, 0.0, ())


def _find_foreign(counts: Counter[str], *, norwegian: dict[str, int]) -> dict[str, int]:
    """Return the small words of the foreign language that explains the text better than Norwegian does, if one does."""
    vocabulary = frozenset(counts)
    for small_words in _load_lists().foreign.values():
        found = {word: counts[word] for word in small_words & vocabulary}
        only_foreign = sum(count for word, count in found.items() if word not in norwegian)
        only_norwegian = sum(count for word, count in norwegian.items() if word not in small_words)
        if only_foreign > max(only_norwegian, 1):
            return found
    return {}


def _total(counts: dict[str, int]) -> int:
    return sum(counts.values())


def _describe(language: Language, sample: str, markers: dict[str, int], told: int) -> DetectedLanguage:
    """Build the answer: the share of the telling words and the first place of the most frequent of them."""
    strongest = sorted(markers, key=lambda word: (-markers[word], word))[:_SHOWN]
    words = sorted(_find_first(sample, frozenset(strongest)), key=lambda word: word.start)
    return DetectedLanguage(language, _total(markers) / told, tuple(words))


def _find_first(sample: str, wanted: frozenset[str]) -> Iterator[Word]:
    """Yield the first occurrence of each wanted word."""
    left = set(wanted)
    for match in _WORD.finditer(sample):
        if match[0] in left:
            left.remove(match[0])
            yield Word(match[0], match.start(), match.end())
        if not left:
            return
