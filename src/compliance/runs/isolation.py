"""One file at a time, so that no fault of the file, or of ours with it, stops a batch.

What reads and analyses is imported where it is called, in the worker process: who only starts one need not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from compliance.errors import ComplianceError, DocumentError
from compliance.files import describe_path
from compliance.records import Analysis, Reading, Rejected, RejectionReason, Stage
from compliance.runs.worker_process import AllowSeconds, OutOfMemory
from compliance.runs.workers import Failure, OverTime, WorkerCrashed, WorkerLimits, WorkerPool

if TYPE_CHECKING:
    from compliance.config import Config, RunConfig

Result = TypeVar("Result")  # what work on one file ends with, when nothing goes wrong

_AGAIN = "Kjør med --retry for å prøve den igjen."


def prepare_worker(config: Config) -> None:
    """Load what every document needs, so that its memory is not counted as the first document's."""
    from compliance.resources import load_resources

    prepare_reader()
    load_resources(config).load()


def prepare_template(config: Config) -> None:
    """Load what every document needs up to its page, for processes that are then split off: nothing with threads."""
    from compliance.ingest.pdf.open import load_pymupdf
    from compliance.report.pages import load_report_libraries
    from compliance.resources import load_resources
    from compliance.store.connection import load_database_library

    prepare_reader()
    load_pymupdf()
    resources = load_resources(config)
    resources.load_for_analysis()
    resources.load_for_scores()
    load_report_libraries()
    load_database_library()


def release_encoders(config: Config) -> None:
    """Let go of what only the analysis of files needs: a third of a gigabyte in a process that stays for other work."""
    from compliance.resources import load_resources

    load_resources(config).release_encoders()


def prepare_reader() -> None:
    """Import what reads a document, for the same reason."""
    import compliance.pipeline
    import compliance.runs.page_count  # noqa: F401


def read_each(paths: Sequence[Path], *, config: Config) -> Iterator[tuple[Path, Reading | Rejected]]:
    """Yield each file as `read_file` reads it, in their order; a fault becomes a rejection."""
    pool = WorkerPool(partial(_read_isolated, config=config), 1, choose_limits(config.run), prepare_reader)
    return reject_failures(pool.run(paths), config=config.run)


def reject_failures(
    results: Iterable[tuple[Path, Result | Rejected | Failure]], *, config: RunConfig
) -> Iterator[tuple[Path, Result | Rejected]]:
    """Yield each file with its result, a failure as the rejection that tells it."""
    for path, result in results:
        if isinstance(result, WorkerCrashed | OverTime | OutOfMemory):
            yield path, reject_failure(path, result, config=config)
        else:
            yield path, result


def reject_failure(path: Path, failure: Failure, *, config: RunConfig) -> Rejected:
    """Return the rejection of a file that went over a limit or ended its process twice."""
    match failure:
        case OverTime(seconds):
            reason = RejectionReason.TOO_SLOW
            detail = (
                f"Filen krevde mer enn {_format_minutes(seconds)} regnetid, eller lesingen sto stille, og den er lagt "
                "til side. Lagre den på nytt (for eksempel som PDF/A), eller gi den mer tid med document_seconds under "
                f"[run] i innstillingene. {_AGAIN}"
            )
        case OutOfMemory():
            reason = RejectionReason.TOO_LARGE
            detail = (
                f"Filen trenger mer enn {config.document_memory_mb} MB minne og er lagt til side. Del den opp eller "
                f"lagre den på nytt, eller gi den mer med document_memory_mb under [run] i innstillingene. {_AGAIN}"
            )
        case _:
            reason = RejectionReason.CRASHED
            detail = (
                "Lesingen av filen fikk programmet til å stanse to ganger. Lagre den på nytt (for eksempel som PDF/A). "
                f"{_AGAIN}"
            )
    return Rejected(describe_path(path), Stage.INGEST, reason, detail)


def choose_limits(config: RunConfig) -> WorkerLimits:
    """Return what one document may take, as the settings say."""
    memory = config.document_memory_mb * 1_000_000
    return WorkerLimits(config.document_seconds, memory or None, config.documents_per_process)


def _read_isolated(path: Path, allow_seconds: AllowSeconds, *, config: Config) -> Reading | Rejected:
    from compliance.pipeline import read_file
    from compliance.runs.page_count import count_file_pages

    def read(path: Path) -> Reading:
        _allow_pages(count_file_pages(path), allow_seconds, config=config.run)
        return read_file(path, config=config)

    return isolate(read, path, stage=Stage.INGEST)


@dataclass(frozen=True, slots=True)
class FileToAnalyse:
    """A file, with what it says where somebody has read it already."""

    path: Path
    reading: Reading | None = None


def analyse_given(file: FileToAnalyse, allow_seconds: AllowSeconds, *, config: Config) -> Analysis | Rejected:
    """Analyse a file as `analyse_isolated` does, without reading it again."""
    return analyse_isolated(file.path, allow_seconds, config=config, reading=file.reading)


def analyse_isolated(
    path: Path, allow_seconds: AllowSeconds, *, config: Config, reading: Reading | None = None
) -> Analysis | Rejected:
    """Analyse one file in this process, which keeps the model between files; a fault becomes a rejection."""
    from compliance.pipeline import analyse_reading
    from compliance.resources import load_resources
    from compliance.runs.page_count import count_pages

    resources = load_resources(config)
    read = reading or _read_isolated(path, allow_seconds, config=config)
    if isinstance(read, Rejected):
        return read
    _allow_pages(count_pages(read.document), allow_seconds, config=config.run)
    return isolate(lambda _: analyse_reading(read, resources=resources), path, stage=Stage.ANALYSE)


def _allow_pages(pages: int, allow_seconds: AllowSeconds, *, config: RunConfig) -> None:
    allow_seconds(config.document_seconds + pages * config.page_seconds)


def isolate(work: Callable[[Path], Result], path: Path, *, stage: Stage) -> Result | Rejected:
    """Return what the work on a file ends with; a fault becomes a rejection.

    Raises MemoryError, however a library says it, and what is wrong with settings or model: the same for every file.
    """
    try:
        return work(path)
    except DocumentError as error:
        return Rejected(describe_path(path), Stage.INGEST, error.reason, error.advice)
    except (ComplianceError, MemoryError):
        raise
    except Exception as error:
        if _is_out_of_memory(error):
            raise MemoryError from error
        detail = f"Feil i programmet ({type(error).__name__}: {error}). Meld den gjerne, sammen med filen."
        return Rejected(describe_path(path), stage, RejectionReason.FAILED, detail)


def _is_out_of_memory(error: Exception) -> bool:
    """Whether a library says in its own way that there is no memory left (torch: RuntimeError, MuPDF: its own)."""
    said = str(error).lower()
    return "allocate memory" in said or "malloc" in said


def _format_minutes(seconds: float) -> str:
    return f"{seconds / 60:.0f} minutter" if seconds >= 120 else f"{seconds:.0f} sekunder"
