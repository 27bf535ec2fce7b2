"""Dictionary forms of words.

simplemma looks the form up in a word list: about 84 % of running Norwegian words come out right by its authors' count,
compounds often unchanged. Good enough to widen a match, never to decide one alone.
"""

from __future__ import annotations

from functools import lru_cache

from compliance.records import Language
from compliance.text.normalise import fold_text

_MIN_STEM = 5  # letters; shorter stems turn up inside unrelated words («nett» in «brunett»)


@lru_cache(maxsize=100_000)
def lemmatise(word: str, *, language: Language) -> str:
    """Return the word's dictionary form, case folded: «tjenestene» → «tjeneste»; the word itself where unknown."""
    import simplemma

    folded = fold_text(word)
    return simplemma.lemmatize(folded, lang="nn" if language is Language.NN else "nb").casefold()


def contains_stem(word: str, stem: str) -> bool:
    """Say whether a compound holds a stem: «velferdsteknologiløsninger» holds «velferdsteknologi».

    Case is folded. A stem of fewer than five letters counts only at the beginning of the word.
    """
    folded, part = fold_text(word), fold_text(stem)
    if len(part) < _MIN_STEM:
        return folded.startswith(part)
    return part in folded
