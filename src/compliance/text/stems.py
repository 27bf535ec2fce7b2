"""Words by what they say: stop words out, inflection off, nynorsk and bokmål spelt alike."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from compliance.text.normalise import fold_text
from compliance.text.word_lists import StemWords, load_words

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_MIN_STEM = 3  # letters left of a word when an ending is taken off


def find_stems(text: str) -> list[tuple[str, int, int]]:
    """Return the content words of a text as stems, with the offsets of the words; numbers are no content words."""
    return [
        (stem, word.start(), word.end())
        for word in _WORD.finditer(fold_text(text))
        if (stem := stem_word(word.group())) is not None
    ]


def find_numbers(text: str) -> frozenset[str]:
    """Return the numbers of a text as written, «1,7» being two of them."""
    return frozenset(re.findall(r"\d+", text))


@cache
def list_stop_words() -> frozenset[str]:
    """Return the words that say nothing by themselves."""
    return frozenset(load_words(StemWords).function_words)


@lru_cache(maxsize=200_000)
def stem_word(word: str) -> str | None:
    """Return what a word is counted as, the same in nynorsk and bokmål; None for stop words and numbers.

    «tenestene» and «tjenester» give the same stem. Stems are for comparing and are seldom words.
    """
    folded = fold_text(word)
    if folded in list_stop_words() or len(folded) < _MIN_STEM or folded[0].isdigit():
        return None
    return _cut_endings(_spell_alike(folded)) if folded.isalpha() else folded


def _spell_alike(form: str) -> str:
    for nynorsk, bokmal in load_words(StemWords).spellings.items():
        if nynorsk in form:
            form = form.replace(nynorsk, bokmal)
    return form


def _cut_endings(form: str) -> str:
    endings = load_words(StemWords).endings
    for _ in range(2):  # «kommunikasjon-en-e», «bruk-er-ne»
        for ending in endings:
            if form.endswith(ending) and len(form) >= len(ending) + _MIN_STEM:
                form = form.removesuffix(ending)
                break
    return form[:-1] if form[-2:-1] == form[-1] and len(form) > _MIN_STEM else form
