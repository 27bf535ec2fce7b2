"""Fingerprints of official wording: numbers that recognise a text without holding it (docs/reuse.md).

A wording is cut into sentences. Of each sentence the words that carry its content are hashed by their stems, to seven
bits each and with a salt of its own; function words are only counted. So few bits leave very many other sentences with
the same fingerprint: the file can confirm a text that someone already has, and tell of none.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from compliance.config import GuidelinesConfig
from compliance.files import find_data_folder
from compliance.guidelines.sets import SET_ID
from compliance.guidelines.terms import Record
from compliance.guidelines.yaml_file import read_yaml
from compliance.kept import keep_made
from compliance.text.stems import stem_word

FOLDER = "fingerprints"
# Of each content word: one stem in 128 has the same. A little more than half of the words carry content, which makes
# about four bits a word, and a good language model needs six to seven bits a word of Norwegian administrative prose:
# what is missing is what nobody can fill in.
BITS = 7
FUNCTION_WORD = -1  # in a fingerprint: a word that carries no content, of which nothing is told
MIN_CONTENT = 3  # content words; with fewer, chance finds the sentence everywhere, even beside another of its document
MIN_WORDS = 6  # shorter ones go with the next sentence

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+")
_MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """One sentence of a goal's official wording, a number for each word: the hash of its stem, or FUNCTION_WORD."""

    set_id: str
    goal_id: str
    number: int  # of the sentence among those of the goal, from 0
    values: tuple[int, ...]
    document: str | None = None  # its title, where no guideline set is about it
    law: bool = False  # a law, whose wording is everybody's

    @property
    def words(self) -> int:
        """How many words the sentence has."""
        return len(self.values)

    @property
    def content(self) -> tuple[int, ...]:
        """The hashes of the words that carry content, in order."""
        return tuple(value for value in self.values if value != FUNCTION_WORD)

    @property
    def places(self) -> tuple[int, ...]:
        """Which of the sentence's words carry content, from 0."""
        return tuple(place for place, value in enumerate(self.values) if value != FUNCTION_WORD)

    @property
    def salt(self) -> np.uint64:
        """A number of the sentence's own, so that equal words in two sentences have different hashes."""
        name = f"{self.set_id}:{self.goal_id}:{self.number}"
        return np.uint64(int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little"))


class FingerprintFile(Record):
    """The content of one fingerprint file: for each goal its sentences, each a number a word."""

    set: str = Field(pattern=SET_ID)  # a guideline set's id, or one of its own
    document: str | None = Field(default=None, min_length=1)
    law: bool = False
    goals: dict[str, tuple[tuple[int, ...], ...]] = Field(min_length=1)


def load_fingerprints(config: GuidelinesConfig) -> tuple[Fingerprint, ...]:
    """Return every fingerprint there is: the shipped ones, then those in `fingerprints` of the user's folders.

    Raises GuidelineError when a file breaks the format.
    """
    folders = [find_data_folder("national_guidelines"), *config.folders]
    paths = [path for folder in folders for path in sorted((folder / FOLDER).glob("*.json"))]
    return keep_made("fingerprints", paths, lambda: tuple(each for path in paths for each in read_fingerprints(path)))


def read_fingerprints(path: Path) -> tuple[Fingerprint, ...]:
    """Return the fingerprints of one file; raises GuidelineError when it breaks the format."""
    file = read_yaml(path)  # JSON is YAML, and this reader names lines
    content = file.parse(FingerprintFile)
    found = []
    for goal_id, sentences in content.goals.items():
        for number, values in enumerate(sentences):
            fingerprint = Fingerprint(content.set, goal_id, number, values, content.document, content.law)
            sound = all(FUNCTION_WORD <= value < 1 << BITS for value in values)
            if not sound or len(fingerprint.content) < MIN_CONTENT:
                raise file.error("tallene passer ikke sammen; lag filen på nytt", ("goals", goal_id))
            found.append(fingerprint)
    return tuple(found)


def make_fingerprints(wordings: Mapping[str, Sequence[str]], *, set_id: str) -> tuple[Fingerprint, ...]:
    """Return the fingerprints of goals' official wordings, by goal id; sentences of too little content are left out."""
    return tuple(
        each for goal_id, texts in wordings.items() for each in _make_goal_fingerprints(texts, set_id, goal_id)
    )


def format_fingerprints(fingerprints: Sequence[Fingerprint]) -> str:
    """Return the fingerprints of one set as the text of a fingerprint file: ids and numbers, a goal a line."""
    goals: dict[str, list[list[int]]] = {}
    for each in fingerprints:
        goals.setdefault(each.goal_id, []).append(list(each.values))
    first = fingerprints[0]
    head: dict[str, str | bool] = {"set": first.set_id}
    if first.document:
        head["document"] = first.document
    if first.law:
        head["law"] = True
    described = json.dumps(head, ensure_ascii=False).removesuffix("}")
    lines = ",\n".join(f'  "{goal_id}": {json.dumps(sentences)}' for goal_id, sentences in goals.items())
    return f'{described}, "goals": {{\n{lines}\n}}}}\n'


def count_sentences(fingerprints: Sequence[Fingerprint]) -> dict[str, dict[str, int]]:
    """Return how many sentences are known of each goal, by set id and goal id."""
    counts: dict[str, dict[str, int]] = {}
    for each in fingerprints:
        goals = counts.setdefault(each.set_id, {})
        goals[each.goal_id] = goals.get(each.goal_id, 0) + 1
    return counts


@dataclass(frozen=True, slots=True, eq=False)
class ContentWords:
    """A text's words that carry content: offsets, and for each the 64-bit hash of its stem."""

    spans: tuple[tuple[int, int], ...]  # `text[start:end]` is the word as written
    stems: NDArray[np.uint64]
    places: tuple[int, ...]  # which of all the text's words each one is, from 0

    def count(self, number: int) -> int:
        """Return how often the text has the stem of the word of this number."""
        return int(np.count_nonzero(self.stems == self.stems[number]))

    def hash_stems(self, salt: np.uint64) -> NDArray[np.int16]:
        """Return the short hash of every word under a salt, 0 to 127."""
        return hash_stems(self.stems, salt).astype(np.int16)


def hash_stems(stems: NDArray[np.uint64], salts: np.uint64 | NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return the short hashes of stems under salts, 0 to 127; the two are broadcast against each other."""
    mixed = (stems ^ salts) * _MIX[0]
    mixed ^= mixed >> np.uint64(31)
    mixed *= _MIX[1]
    hashes: NDArray[np.uint64] = mixed >> np.uint64(64 - BITS)
    return hashes


def count_words(text: str) -> int:
    """Return how many words a fingerprint of the text would tell of."""
    return len(_WORD.findall(text))


def find_content_words(text: str) -> ContentWords:
    """Return a text's content words as fingerprints see them: case, inflection and written language do not count."""
    found = [
        (match.span(), _hash_stem(stem), place)
        for place, match in enumerate(_WORD.finditer(text))
        if (stem := stem_word(match.group())) is not None
    ]
    return ContentWords(
        tuple(span for span, _, _ in found),
        np.array([value for _, value, _ in found], dtype=np.uint64),
        tuple(place for _, _, place in found),
    )


@lru_cache(maxsize=1 << 18)
def _hash_stem(stem: str) -> int:
    return int.from_bytes(hashlib.blake2b(stem.encode(), digest_size=8).digest(), "little")


def _make_goal_fingerprints(texts: Sequence[str], set_id: str, goal_id: str) -> Iterator[Fingerprint]:
    number = 0
    for sentence in dict.fromkeys(each for text in texts for each in _split_wording(text)):
        blank = Fingerprint(set_id, goal_id, number, ())
        words = find_content_words(sentence)
        hashes = dict(zip(words.spans, words.hash_stems(blank.salt).tolist(), strict=True))
        values = tuple(hashes.get(match.span(), FUNCTION_WORD) for match in _WORD.finditer(sentence))
        if len(hashes) >= MIN_CONTENT:
            yield Fingerprint(set_id, goal_id, number, values)
            number += 1


def _split_wording(text: str) -> Iterator[str]:
    """Yield the sentences; a short one goes with the next, since it may stand with it."""
    pending = ""
    for part in _SENTENCE_END.split(" ".join(text.split())):
        pending = f"{pending} {part}".strip()
        if len(_WORD.findall(pending)) >= MIN_WORDS:
            yield pending
            pending = ""
