"""Proper names in a document: which capitalised words are the municipality's own world, not the nation's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from compliance.guidelines.municipalities import load_municipalities
from compliance.records import Passage, Reading
from compliance.text.word_lists import NameWords, load_words

_CAPITALISED = re.compile(r"\b[A-ZÆØÅ][a-zæøå]{2,}(?:-[A-ZÆØÅ]?[a-zæøå]+)?\b")
_FOREIGN = re.compile(r"\b(?:of|the|and|University|Institute|Review|Business|Consulting)\b")
_WORD = re.compile(r"[^\W\d_]+")
_OWN_NAME = re.compile(r"\b([A-ZÆØÅ][a-zæøå]+(?:[ -][A-ZÆØÅ][a-zæøå]+)?)(?: sin)? kommunes?\b")
_PLACED = re.compile(
    r"\b(?:i|på|ved|fra|frå|til|mellom|rundt|kring|og|utenfor|utanfor|langs|hos|for)\s+(?:[A-ZÆØÅ]\w+\s)?$"
)
_INSTITUTION = re.compile(r"(?:kommisjonen|departementet|direktoratet|tilsynet|utvalget|utvalet|modellen|portalen)s?$")
_CITED = re.compile(r"\b(?:kilder?|kjelder?)\b\s*:?\s*([A-ZÆØÅ][a-zæøå]{2,})", re.IGNORECASE)  # «(Kilde Rambøll)»
_MIN_MENTIONS = 3  # «X kommune» mentioned this often is the document's own, where the profile does not say


@dataclass(frozen=True, slots=True)
class NamedWord:
    """A proper name in a passage, in the passage's offsets."""

    text: str
    start: int
    end: int
    placed: bool = True  # after a word of place


class OwnNames:
    """The proper names of one document's own world."""

    def __init__(self, reading: Reading) -> None:
        self.municipality = find_municipality(reading)
        self._national = list_national_words()
        self._common = _collect_common_words(reading.passages)
        self._cited = frozenset(match[1].lower() for match in _CITED.finditer(reading.document.text))
        county = reading.profile.county
        self._elsewhere = list_far_municipalities(county) if county else frozenset()
        self._places = frozenset(
            name.text for passage in reading.passages for name in self._list_names(passage.text) if name.placed
        )

    def find(self, text: str) -> list[NamedWord]:
        """Return names that are neither the nation's nor the municipality's bare name.

        A name is known by its place word («på Storneset»), here or elsewhere in the document.
        """
        return [name for name in self._list_names(text) if name.placed or name.text in self._places]

    def _list_names(self, text: str) -> Iterator[NamedWord]:
        if _FOREIGN.search(text):
            return
        own = self.municipality.lower().split() if self.municipality else []
        for match in _CAPITALISED.finditer(text):
            folded = match.group().lower()
            if folded in self._national or folded in self._common or folded.removesuffix("s") in own:
                continue
            if folded in self._cited or folded.removesuffix("s") in self._elsewhere:
                continue
            if not _INSTITUTION.search(folded):
                placed = bool(_PLACED.search(text[max(0, match.start() - 40) : match.start()]))
                yield NamedWord(match.group(), match.start(), match.end(), placed)

    def mentions_own(self, text: str) -> NamedWord | None:
        """Return where the text names the municipality, as a place («i Flå») rather than «Flå kommune» if it can."""
        if not self.municipality:
            return None
        found = [
            NamedWord(match.group(), match.start(), match.end())
            for match in re.finditer(rf"\b{re.escape(self.municipality)}s?\b(?: kommunes?\b)?", text)
        ]
        return min(found, key=lambda name: len(name.text), default=None)


@cache
def list_national_words() -> frozenset[str]:
    """Return the capitalised words, in lower case, that every municipality writes."""
    return frozenset(load_words(NameWords).national)


@cache
def list_far_municipalities(county: str) -> frozenset[str]:
    """Return the names, in lower case, of the municipalities that lie in other counties than this one only."""
    near: set[str] = set()
    far: set[str] = set()
    for each in load_municipalities().municipalities:
        (near if each.county == county else far).add(each.name.lower())
    return frozenset(far - near)


def find_municipality(reading: Reading) -> str | None:
    """Return whose document it is: by its profile, or the municipality that it names most often, if often enough."""
    if reading.profile.municipality:
        return reading.profile.municipality.value
    named = Counter(match[1] for match in _OWN_NAME.finditer(reading.document.text))
    name, mentions = max(named.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    return name if mentions >= _MIN_MENTIONS else None


def _collect_common_words(passages: Sequence[Passage]) -> frozenset[str]:
    """Return the words that the document also writes in lower case: «Digital» in a title is no name."""
    return frozenset(
        word.group() for passage in passages for word in _WORD.finditer(passage.text) if word.group().islower()
    )
