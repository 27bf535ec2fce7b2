"""The second reader of the settings, ready to ask."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from compliance.config import Config, find_cache_folder
from compliance.errors import SettingsError
from compliance.extras import check_extra
from compliance.second_reader.cache import AnswerCache
from compliance.second_reader.measurement import Measurements
from compliance.second_reader.prompt import load_prompt
from compliance.second_reader.reader import SecondReader

FOLDER = "second-reader"  # in the cache folder


@dataclass(frozen=True, slots=True)
class OpenReader:
    """The reader, and what is known of how good it is."""

    reader: SecondReader
    measurements: Measurements


def open_reader(config: Config) -> OpenReader:
    """Return the reader that `[second_reader]` describes; nothing is sent yet.

    Raises MissingExtraError where httpx is not installed, SettingsError where the settings leave it nothing to read.
    """
    settings, analyse = config.second_reader, config.analyse
    check_extra("second-reader", asked_for="En annen leser")
    if analyse.judgement_folder == "rules":
        raise SettingsError(
            "second_reader.enabled: reglene alene gir ingen sannsynligheter å velge avsnitt etter. Ta bort "
            'judgement_folder = "rules", eller slå av den andre leseren.'
        )
    if settings.ask_from < analyse.review_from:
        raise SettingsError(
            f"second_reader.ask_from: skal være minst {analyse.review_from:g}, som review_from under [analyse]; "
            "mål under den blir ikke tatt vare på."
        )
    from compliance.second_reader.endpoint import HttpEndpoint

    folder: Path = find_cache_folder(config.model) / FOLDER
    reader = SecondReader(settings, HttpEndpoint(settings), AnswerCache(folder / "answers"), load_prompt())
    return OpenReader(reader, Measurements(folder / "measured"))
