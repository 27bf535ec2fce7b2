"""Fingerprints of official wording: numbers that recognise a text without holding it (docs/reuse.md).

A wording is cut into sentences, and of each sentence some runs of three words are hashed, to seven bits each and with
a salt of their own. All the hashes of a sentence together are far fewer bits than its words are worth, so that very
many other sentences have the same ones: the file can confirm a text that someone already has, and tell of none.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from compliance.config import GuidelinesConfig
from compliance.guidelines.folders import find_data_folder
from compliance.guidelines.sets import SET_ID
from compliance.guidelines.terms import Record
from compliance.guidelines.yaml_file import read_yaml

FOLDER = "fingerprints"
RUN = 3  # words hashed together; single words are never hashed, since a list of words would give them away
BITS = 7  # of each hash: one run of three words in 128 has the same
# Hashes are kept so sparingly that a word costs about four bits. A good language model needs six to seven bits a word
# of Norwegian administrative prose; what is missing is what nobody can fill in.
BITS_A_WORD = 4
MIN_HASHES = 4  # 28 bits: fewer would be found by chance in a long document
MIN_WORDS = 6  # shorter sentences have no four runs of three words

_WORD = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+")
_MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB), np.uint64(0x9E3779B97F4A7C15))


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """One sentence of a goal's official wording as hashes of runs of three words.

    `values[k]` is the hash, 0 to 127, of the words `positions[k]` to `positions[k] + 2` of the sentence's `words`.
    """

    set_id: str
    goal_id: str
    number: int  # of the sentence among those of the goal, from 0
    words: int
    values: tuple[int, ...]

    @property
    def positions(self) -> tuple[int, ...]:
        """Which runs are hashed: evenly spread, the first and the last among them."""
        return choose_positions(self.words)

    @property
    def salt(self) -> np.uint64:
        """A number of the sentence's own, so that equal words in two sentences have different hashes."""
        name = f"{self.set_id}:{self.goal_id}:{self.number}"
        return np.uint64(int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little"))


class FingerprintFile(Record):
    """The content of one fingerprint file: for each goal its sentences, each as its word count and its hashes."""

    set: str = Field(pattern=SET_ID)
    goals: dict[str, tuple[tuple[int, ...], ...]] = Field(min_length=1)


def load_fingerprints(config: GuidelinesConfig) -> tuple[Fingerprint, ...]:
    """Return every fingerprint there is: the shipped ones, then those in `fingerprints` of the user's folders.

    Raises GuidelineError when a file breaks the format.
    """
    folders = [find_data_folder("national_guidelines"), *config.folders]
    paths = [path for folder in folders for path in sorted((folder / FOLDER).glob("*.json"))]
    return tuple(each for path in paths for each in read_fingerprints(path))


def read_fingerprints(path: Path) -> tuple[Fingerprint, ...]:
    """Return the fingerprints of one file; raises GuidelineError when it breaks the format."""
    file = read_yaml(path)  # JSON is YAML, and this reader names lines
    content = file.parse(FingerprintFile)
    found = []
    for goal_id, sentences in content.goals.items():
        for number, (words, *values) in enumerate(sentences):
            sound = words >= MIN_WORDS and len(values) == len(choose_positions(words))
            if not sound or not all(0 <= value < 1 << BITS for value in values):
                raise file.error("tallene passer ikke sammen; lag filen på nytt", ("goals", goal_id))
            found.append(Fingerprint(content.set, goal_id, number, words, tuple(values)))
    return tuple(found)


def make_fingerprints(wordings: Mapping[str, Sequence[str]], *, set_id: str) -> tuple[Fingerprint, ...]:
    """Return the fingerprints of goals' official wordings, by goal id; sentences under six words are left out."""
    return tuple(
        each for goal_id, texts in wordings.items() for each in _make_goal_fingerprints(texts, set_id, goal_id)
    )


def format_fingerprints(fingerprints: Sequence[Fingerprint]) -> str:
    """Return the fingerprints of one set as the text of a fingerprint file: ids and numbers, a goal a line."""
    goals: dict[str, list[list[int]]] = {}
    for each in fingerprints:
        goals.setdefault(each.goal_id, []).append([each.words, *each.values])
    lines = ",\n".join(f'  "{goal_id}": {json.dumps(sentences)}' for goal_id, sentences in goals.items())
    return f'{{"set": "{fingerprints[0].set_id}", "goals": {{\n{lines}\n}}}}\n'


def choose_positions(words: int) -> tuple[int, ...]:
    """Return which runs of a sentence of so many words are hashed."""
    runs = words - RUN + 1
    count = min(runs, max(MIN_HASHES, -(-BITS_A_WORD * words // BITS)))
    return tuple(round(k * (runs - 1) / (count - 1)) for k in range(count))


@dataclass(frozen=True, slots=True, eq=False)
class NumberedWords:
    """A text's words: offsets, and for each run of three the 64-bit hash that fingerprints are made from."""

    spans: tuple[tuple[int, int], ...]  # `text[start:end]` is the word as written
    runs: NDArray[np.uint64]  # one fewer than the words for each word of a run but the first

    def hash_runs(self, salt: np.uint64) -> NDArray[np.uint8]:
        """Return the short hash of every run under a salt, 0 to 127."""
        mixed = (self.runs ^ salt) * _MIX[0]
        mixed ^= mixed >> np.uint64(31)
        mixed *= _MIX[1]
        return (mixed >> np.uint64(64 - BITS)).astype(np.uint8)


def number_words(text: str) -> NumberedWords:
    """Return a text's words as fingerprints see them: case, punctuation and white space do not count."""
    spans = tuple(match.span() for match in _WORD.finditer(text))
    ids = np.array([_hash_word(text[start:end]) for start, end in spans], dtype=np.uint64)
    count = max(0, len(spans) - RUN + 1)
    runs = np.zeros(count, dtype=np.uint64)
    for offset in range(RUN):
        runs = runs * _MIX[2] + ids[offset : offset + count]
    return NumberedWords(spans, runs)


@lru_cache(maxsize=1 << 18)
def _hash_word(word: str) -> int:
    folded = unicodedata.normalize("NFKC", word).casefold()
    return int.from_bytes(hashlib.blake2b(folded.encode(), digest_size=8).digest(), "little")


def _make_goal_fingerprints(texts: Sequence[str], set_id: str, goal_id: str) -> Iterator[Fingerprint]:
    sentences = dict.fromkeys(sentence for text in texts for sentence in _split_wording(text))
    for number, sentence in enumerate(sentences):
        numbered = number_words(sentence)
        blank = Fingerprint(set_id, goal_id, number, len(numbered.spans), ())
        hashes = numbered.hash_runs(blank.salt)
        values = tuple(int(hashes[position]) for position in blank.positions)
        yield Fingerprint(set_id, goal_id, number, blank.words, values)


def _split_wording(text: str) -> Iterator[str]:
    """Yield the sentences that are long enough; a short one goes with the next, since it may stand with it."""
    pending = ""
    for part in _SENTENCE_END.split(" ".join(text.split())):
        pending = f"{pending} {part}".strip()
        if len(_WORD.findall(pending)) >= MIN_WORDS:
            yield pending
            pending = ""
