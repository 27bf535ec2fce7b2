"""Documents, and blocks of pairs of them, as tasks of a Dask cluster: workers elsewhere, or processes of our own.

A worker needs the program in the same version with the same rules, and nothing else: what it works on travels with the
task, and what was found travels back. Dask gives a lost worker's tasks to another.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any, Final, TypeAlias, TypeVar

from compliance.config import Config
from compliance.errors import SettingsError
from compliance.extras import check_extra
from compliance.files import describe_path
from compliance.records import Analysis, Rejected
from compliance.runs.worker_process import OutOfMemory
from compliance.runs.workers import WorkerCrashed

OWN: Final = "local"  # the address that asks for a cluster of our own on this machine
WAIT_SECONDS: Final = 60  # for the scheduler to answer, and for a first worker
AHEAD: Final = 2  # documents that a worker has or is about to get; more would only wait in its memory

Outcome: TypeAlias = Analysis | Rejected | WorkerCrashed | OutOfMemory
Item = TypeVar("Item")
Loaded = TypeVar("Loaded")
Result = TypeVar("Result")


def analyse_on_cluster(paths: Sequence[Path], *, config: Config) -> Iterator[tuple[Path, Outcome]]:
    """Yield each file with what was found in it, as it is finished. Raises as `work_on_cluster` does."""
    yield from work_on_cluster(paths, _load_file, _analyse_content, config=config)


def work_on_cluster(
    items: Iterable[Item], load: Callable[[Item], Loaded], work: Callable[[Loaded, Config], Result], *, config: Config
) -> Iterator[tuple[Item, Result | WorkerCrashed | OutOfMemory]]:
    """Yield each item with what `work` makes of it on a worker, as it is finished; `load` gets here what it needs.

    Raises MissingExtraError without Dask, SettingsError where nobody answers at the address, or a worker has another
    version, other rules or another model than this program.
    """
    from compliance.resources import load_resources

    left = iter(items)
    expected = load_resources(config).settings_sha256
    # The cluster must not be chosen again by the worker.
    alone = config.model_copy(update={"run": config.run.model_copy(update={"cluster": None})})
    with _connect(config) as client:
        running = _load_dask().as_completed()
        given: dict[str, Item] = {}

        def give_next(number: int) -> None:
            for _, item in zip(range(number), left, strict=False):  # the range first: an item taken is an item given
                # pure=False: two files with the same content are two tasks.
                future = client.submit(_work_alone, work, load(item), alone, pure=False)
                given[future.key] = item
                running.add(future)

        give_next(AHEAD * len(client.scheduler_info(n_workers=-1)["workers"]))
        for future in running:
            item = given.pop(future.key)
            yield item, _take(future, expected=expected)
            give_next(1)


def _work_alone(work: Callable[[Loaded, Config], Result], loaded: Loaded, config: Config) -> tuple[str, Result]:
    """Work on a worker; return a hash of all that the answer depends on beside what was loaded, with the answer."""
    from compliance.resources import load_resources

    return load_resources(config).settings_sha256, work(loaded, config)


def _take(future: Any, *, expected: str) -> Any:
    try:
        settings, result = future.result()
    except _load_dask().KilledWorker:
        return WorkerCrashed()
    except MemoryError:
        return OutOfMemory()
    if settings != expected:
        raise SettingsError(
            "En arbeider i klyngen har en annen versjon, andre regler eller en annen modell. Installer samme versjon "
            "overalt, og start arbeiderne på nytt."
        )
    return result


@dataclass(frozen=True, slots=True)
class _File:
    """A file as it travels: a worker shares no folder with us."""

    place: str
    name: str
    content: bytes | None  # None: it cannot be read here; the worker finds so, and says it as of any other


def _load_file(path: Path) -> _File:
    try:
        return _File(describe_path(path), path.name, path.read_bytes())
    except OSError:
        return _File(describe_path(path), path.name, None)


def _analyse_content(file: _File, config: Config) -> Analysis | Rejected:
    from compliance.runs.isolation import analyse_isolated

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / file.name
        if file.content is not None:
            path.write_bytes(file.content)
        result = analyse_isolated(path, _no_limit, config=config)
    return replace(result, id=file.place) if isinstance(result, Rejected) else result


def _no_limit(seconds: float) -> None:
    """Let a document take its time: Dask cannot end a task, only a worker."""


def _load_dask() -> Any:
    """Return the library, whose functions are only half typed."""
    return import_module("distributed")


@contextmanager
def _connect(config: Config) -> Iterator[Any]:
    """Connect to the cluster of the settings, or start our own; a cluster of our own ends with the block."""
    check_extra("cluster", asked_for="Analyse på en klynge")
    distributed = _load_dask()
    address = config.run.cluster
    if address == OWN:
        processes = None if config.run.processes == "auto" else config.run.processes
        # A document that has ended two workers is given up, as it is with our own processes.
        with (
            import_module("dask").config.set({"distributed.scheduler.allowed-failures": 1}),
            distributed.LocalCluster(n_workers=processes, threads_per_worker=1, dashboard_address=None) as cluster,
            distributed.Client(cluster) as client,
        ):
            yield client
        return
    try:
        client = distributed.Client(address, timeout=WAIT_SECONDS)
    except (OSError, TimeoutError, ValueError) as error:
        raise SettingsError(f"Ingen klynge svarer på {address} ({error}).", field="run.cluster") from error
    with client:
        try:
            client.wait_for_workers(1, timeout=WAIT_SECONDS)
        except TimeoutError as error:
            raise SettingsError(f"Klyngen på {address} har ingen arbeidere.", field="run.cluster") from error
        yield client
