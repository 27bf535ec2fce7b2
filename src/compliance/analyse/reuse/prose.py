"""A document's sentences and headings, in the few words that they are compared by."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compliance.analyse.reuse.structure import list_titles
from compliance.config import hash_parts
from compliance.records import BlockKind, ProseSentence, Reading, SharedProse
from compliance.text.stems import find_numbers, find_stems

MIN_STEMS, MAX_STEMS = 4, 40  # content words; below, a sentence says too little, above it is a list or a table
HASH_DIGITS = 16  # of a sentence: 64 bits, by which two of millions are hardly ever taken for one
_PROSE = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_WORDS = re.compile(r"\w+")


def describe_prose(reading: Reading) -> SharedProse:
    """Return the headings that are titles of somebody's, and the sentences in prose that say enough to be compared."""
    return SharedProse(reading.document.id, tuple(list_titles(reading)), tuple(_list_sentences(reading)))


def describe_sentence(text: str, *, passage: int, start: int, end: int) -> ProseSentence | None:
    """Return one sentence, `text[start:end]`, in the words it is compared by; None where it says too little."""
    wording = text[start:end]
    stems = {stem for stem, _, _ in find_stems(wording)}
    if not MIN_STEMS <= len(stems) <= MAX_STEMS or "://" in wording:  # an address states nothing
        return None
    words = hash_parts(*_WORDS.findall(wording.casefold()))[:HASH_DIGITS]
    return ProseSentence(passage, start, end, tuple(sorted(stems)), tuple(sorted(find_numbers(wording))), words)


def _list_sentences(reading: Reading) -> Iterator[ProseSentence]:
    for number, passage in enumerate(reading.passages):
        if passage.kind in _PROSE:
            for start, end in passage.sentences:
                sentence = describe_sentence(reading.document.text, passage=number, start=start, end=end)
                if sentence is not None:
                    yield sentence
