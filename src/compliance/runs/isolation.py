"""One file at a time, so that no fault of the file, or of ours with it, stops a batch."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from compliance.config import Config
from compliance.errors import ComplianceError, DocumentError
from compliance.pipeline import analyse_file, read_file
from compliance.records import Analysis, Reading, Rejected, RejectionReason, Stage
from compliance.resources import load_resources

Result = TypeVar("Result")  # what work on one file ends with, when nothing goes wrong


def read_isolated(path: Path, *, config: Config) -> Reading | Rejected:
    """Read one file as `read_file` does; a fault becomes a rejection."""
    return _isolate(partial(read_file, config=config), path, stage=Stage.INGEST)


def analyse_isolated(path: Path, *, config: Config) -> Analysis | Rejected:
    """Analyse one file as `analyse_file` does, with this process's resources; a fault becomes a rejection."""
    return _isolate(partial(analyse_file, resources=load_resources(config)), path, stage=Stage.ANALYSE)


def _isolate(work: Callable[[Path], Result], path: Path, *, stage: Stage) -> Result | Rejected:
    try:
        return work(path)
    except DocumentError as error:
        return Rejected(str(path), Stage.INGEST, error.reason, error.advice)
    except ComplianceError:
        raise  # the settings or the model: the same for every file
    except Exception as error:  # noqa: BLE001
        detail = f"Feil i programmet ({type(error).__name__}: {error}). Meld den gjerne, sammen med filen."
        return Rejected(str(path), stage, RejectionReason.FAILED, detail)
