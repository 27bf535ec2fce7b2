"""One document in this process, for programs that have their own way of running many."""

from __future__ import annotations

from pathlib import Path

from compliance.config import Config
from compliance.pipeline import analyse_file
from compliance.records import Analysis
from compliance.resources import load_resources


def analyse_document(path: Path, *, config: Config) -> Analysis:
    """Read one file and return it with every finding and fact that it yields by itself.

    Guidelines, rules and model are loaded at the first call and kept. Nothing is limited in time or memory here, and
    nothing is isolated: `analyse_files` does both. Raises DocumentError when the file cannot be read.
    """
    return analyse_file(path, resources=load_resources(config))
