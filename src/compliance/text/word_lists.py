"""Lists of words kept as data, a file in `rules/words/` for each use: read when first asked for, then kept."""

from __future__ import annotations

from functools import cache
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from compliance.errors import SettingsError, describe_os_error
from compliance.files import find_data_folder
from compliance.validation import describe_validation

FOLDER = "words"
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every value a string: «no» and «ja» are words


class WordFile(BaseModel):
    """Base of a file of word lists: a list is written as words with white space between them, none of them twice."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @field_validator("*", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(value.split()) if isinstance(value, str) else value

    @field_validator("*")
    @classmethod
    def _check(cls, value: object) -> object:
        if not value:
            raise ValueError("listen er tom")
        if isinstance(value, tuple) and len(set(value)) < len(value):
            twice = next(each for each in value if value.count(each) > 1)
            raise ValueError(f"«{twice}» står to ganger")
        return value


class StemWords(WordFile):
    """What stemming takes off and evens out (`text/stems.py`)."""

    function_words: tuple[str, ...]  # without content; and what every plan speaks of: the municipality
    spellings: dict[str, str]  # nynorsk to bokmål, in the order of replacement
    endings: tuple[str, ...]  # in the order they are tried


class LanguageWords(WordFile):
    """Small words that tell languages apart (`text/language.py`)."""

    norwegian: tuple[str, ...]  # in bokmål and nynorsk, most of them in Danish and Swedish too
    bokmal: tuple[str, ...]
    nynorsk: tuple[str, ...]
    foreign: dict[str, str]

    def list_foreign(self) -> dict[str, frozenset[str]]:
        """Return the small words of each foreign language."""
        return {language: frozenset(words.split()) for language, words in self.foreign.items()}


class NameWords(WordFile):
    """Capitalised words that are nobody's own names (`analyse/matching/names.py`)."""

    national: tuple[str, ...]


class MunicipalityWords(WordFile):
    """Words around names of municipalities (`ingest/profile/municipality_names.py`)."""

    ordinary: tuple[str, ...]  # names that are ordinary words too
    not_names: tuple[str, ...]  # capitalised before «kommune» without naming one
    first_parts: tuple[str, ...]  # of names of two words


class FormWords(WordFile):
    """Words that are not met with a letter wrong (`analyse/matching/forms.py`)."""

    never_fuzzy: tuple[str, ...]


class ReferenceSentences(WordFile):
    """Ordinary sentences of plans, without a digital goal, that meaning is measured against."""

    sentences: tuple[str, ...]


class TitlePattern(BaseModel):
    """What plans of one kind are called."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: str
    pattern: str


class DocumentTypes(WordFile):
    """What plans are called, by kind; the first pattern that matches a title decides."""

    titles: tuple[TitlePattern, ...]


WordsT = TypeVar("WordsT", bound=WordFile)

_FILES: dict[type[WordFile], str] = {
    StemWords: "stems",
    LanguageWords: "language",
    NameWords: "names",
    MunicipalityWords: "municipality_names",
    FormWords: "forms",
    ReferenceSentences: "reference_sentences",
    DocumentTypes: "document_types",
}


@cache
def load_words(kind: type[WordsT]) -> WordsT:
    """Return the shipped lists of one kind. Raises SettingsError where the file is missing or damaged."""
    path = find_data_folder("rules") / FOLDER / f"{_FILES[kind]}.yaml"
    try:
        return kind.model_validate(yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER))
    except OSError as error:
        raise SettingsError(f"{path}: kan ikke leses ({describe_os_error(error)}).") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: er ikke gyldig YAML.") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = "".join(f"{part}: " for part in first["loc"])
        raise SettingsError(f"{path}: {where}{describe_validation(first).removesuffix('.')}.") from error


def load_all_words() -> tuple[WordFile, ...]:
    """Return all lists: what the analysis depends on beside the rules."""
    return tuple(load_words(kind) for kind in _FILES)
