"""Terms: what guideline and rule files say that a text may contain, as data. Matching belongs to the analysers.

A file writes a term as one would type it in a search box:

- `personvernombud` is that word and no other;
- `personvern*` is any word that begins so: inflections and compounds («personvernet», «personvernpolitikk»);
- `*kompetanse*` may also be the last or middle part of a compound («brukarkompetansen», «digitalkompetanse»);
- `digital* kompetanse*` are words that follow each other;
- `kompetanse* & ansatt*` stand in the same sentence, in any order.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from compliance.records import Language

MAX_NAME = 24  # characters of a short name; a longer one is cut in the report's tables and figures


class Record(BaseModel):
    """Base of everything read from guideline and rule files: frozen, and an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)


class Strength(StrEnum):
    """How much a term says by itself."""

    STRONG = "strong"  # nearly always means the label
    WEAK = "weak"  # supports the label beside other evidence, seldom alone


@dataclass(frozen=True, slots=True)
class TermWord:
    """One word of a term. `text` is NFC and casefolded, and holds no white space or asterisk.

    A word of the document meets it when it equals `text`; with `open_end` also when it begins with it, with
    `open_start` when it ends with it, with both when it contains it.
    """

    text: str
    open_start: bool = False
    open_end: bool = False

    def meets(self, word: str) -> bool:
        """Tell whether a casefolded word of a document is one that this word stands for."""
        if self.open_start and self.open_end:
            return self.text in word
        if self.open_end:
            return word.startswith(self.text)
        if self.open_start:
            return word.endswith(self.text)
        return word == self.text

    def covers(self, other: TermWord) -> bool:
        """Tell whether every word that `other` stands for is one of this word's too."""
        freer = self.open_start >= other.open_start and self.open_end >= other.open_end
        return freer and self.meets(other.text)


@dataclass(frozen=True, slots=True)
class Term:
    """Something to look for in a text: one or more phrases that all stand in the same sentence.

    Nearly every term has one phrase. A phrase is one or more words that follow each other.
    """

    text: str  # as written in the file; what evidence refers to
    phrases: tuple[tuple[TermWord, ...], ...]
    strength: Strength
    language: Language | None  # None: spelt alike in bokmål and nynorsk

    def written_in(self, language: Language) -> bool:
        """Tell whether the term belongs to texts in `language`; every term does where it is neither nb nor nn."""
        return self.language in {None, language} or language is Language.OTHER

    def covers(self, other: Term) -> bool:
        """Tell whether this term stands wherever `other` does, word by word: «deling*» and «delingen»."""
        return [*map(len, self.phrases)] == [*map(len, other.phrases)] and all(
            mine.covers(its)
            for phrase, others in zip(self.phrases, other.phrases, strict=True)
            for mine, its in zip(phrase, others, strict=True)
        )


def holds_phrase(words: Sequence[str], phrase: Sequence[TermWord]) -> bool:
    """Tell whether some of a text's casefolded words, one after the other, are those that the phrase stands for."""
    return any(
        all(part.meets(word) for part, word in zip(phrase, words[at:], strict=False))
        for at in range(len(words) - len(phrase) + 1)
    )


@cache
def parse_phrases(text: str) -> tuple[tuple[TermWord, ...], ...]:
    """Return a term's phrases; raises ValueError when one of them is empty or an asterisk stands inside a word."""
    folded = unicodedata.normalize("NFC", text).casefold()
    phrases = tuple(tuple(_parse_word(word, text) for word in phrase.split()) for phrase in folded.split("&"))
    if not all(phrases):
        raise ValueError("begrepet er tomt")
    return phrases


def _parse_word(word: str, term: str) -> TermWord:
    stem = word.strip("*")
    if "*" in stem or (len(stem) < 2 and stem != word) or not stem:
        raise ValueError(f"«{term}»: stjernen står foran eller bak et ord på minst to tegn")
    return TermWord(stem, open_start=word.startswith("*"), open_end=word.endswith("*"))


def _check_term(text: str) -> str:
    parse_phrases(text)
    return text


TermText = Annotated[str, Field(min_length=1), AfterValidator(_check_term)]


class Text(Record):
    """A text for people, in bokmål and nynorsk."""

    nb: str = Field(min_length=1)
    nn: str = Field(min_length=1)

    def in_language(self, language: Language) -> str:
        """Return the text in nynorsk where that is asked for, otherwise in bokmål."""
        return self.nn if language is Language.NN else self.nb


class TitleText(Text):
    """A title for people, in bokmål, nynorsk and English."""

    en: str = Field(min_length=1)

    def in_code(self, code: str) -> str:
        """Return the title in the language "nb", "nn" or "en"; in bokmål for any other code."""
        return {"nn": self.nn, "en": self.en}.get(code, self.nb)


class NameText(TitleText):
    """A title so short that tables and figures have room for it."""

    nb: str = Field(min_length=1, max_length=MAX_NAME)
    nn: str = Field(min_length=1, max_length=MAX_NAME)
    en: str = Field(min_length=1, max_length=MAX_NAME)


class TermLists(Record):
    """Terms by spelling: `common` to bokmål and nynorsk, only `nb`, only `nn`."""

    common: tuple[TermText, ...] = ()
    nb: tuple[TermText, ...] = ()
    nn: tuple[TermText, ...] = ()

    def terms(self, strength: Strength) -> Iterator[Term]:
        """Yield the lists' terms in the order of the file; one that stands under both nb and nn comes once."""
        shared = set(self.nb) & set(self.nn)
        for text in (*self.common, *(text for text in self.nb if text in shared)):
            yield Term(text, parse_phrases(text), strength, None)
        for language, texts in ((Language.NB, self.nb), (Language.NN, self.nn)):
            for text in texts:
                if text not in shared:
                    yield Term(text, parse_phrases(text), strength, language)


class Vocabulary(Record):
    """The strong and weak terms of one label."""

    strong: TermLists = TermLists()
    weak: TermLists = TermLists()

    @property
    def terms(self) -> tuple[Term, ...]:
        """All terms, the strong ones first."""
        return (*self.strong.terms(Strength.STRONG), *self.weak.terms(Strength.WEAK))
