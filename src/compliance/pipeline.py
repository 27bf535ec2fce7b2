"""The whole flow on one screen: ingest → segment → analyse → score → report."""

from __future__ import annotations

from pathlib import Path

from compliance.config import Config
from compliance.ingest.profile import profile_document
from compliance.ingest.read import read_document
from compliance.records import Language, Reading
from compliance.segment.passages import segment_document


def read_file(path: Path, *, config: Config) -> Reading:
    """Read one file through the first two stages: the document, what it is, and its passages.

    Raises DocumentError (or MissingToolError) when the file cannot be read.
    """
    document = read_document(path, config=config.ingest)
    profile = profile_document(document, config=config.ingest)
    passages = segment_document(document, language=Language(profile.language.value), config=config.segment)
    return Reading(document, profile, passages)
