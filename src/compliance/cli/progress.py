"""Progress of a batch on the terminal: documents, pages, time left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from compliance.files import describe_path
from compliance.records import Analysis, Rejected


class ProgressBar:
    """A progress bar on stderr; what the run calls for each file."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task = bar.add_task("Forbereder", total=None, pages=0)
        self._pages = 0
        self._saved = 0

    def __call__(self, path: Path, outcome: Analysis | Rejected, total: int) -> None:
        """Count a file, and say at once why it was left out."""
        if isinstance(outcome, Rejected):
            name, detail = escape(describe_path(path.name)), escape(outcome.detail)
            self._bar.console.print(f"[red]Avvist[/red] {name}: {detail}", highlight=False)
        else:
            self._pages += len(outcome.reading.document.pages)
            self._saved += 1
        self._bar.update(self._task, description="Analyserer", total=total, advance=1, pages=self._pages)

    def describe_kept(self) -> str:
        """Return what remains when the run ends now."""
        if not self._saved:
            return "Ingen nye dokumenter var ferdige."
        documents = "1 dokument" if self._saved == 1 else f"{self._saved} dokumenter"
        return f"{documents} er tatt vare på; kjør på nytt for å fortsette."


@contextmanager
def show_progress() -> Iterator[ProgressBar]:
    """Show a progress bar while the block runs."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("dokumenter · {task.fields[pages]} sider ·"),
        TimeElapsedColumn(),
        TextColumn("· igjen"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        yield ProgressBar(bar)
