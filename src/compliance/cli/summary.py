"""What a run found, as a table or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from compliance.cli.reading import name_rejection
from compliance.files import describe_path
from compliance.ingest.discover import advise_skipped
from compliance.runs.result import RunResult
from compliance.store.summaries import DocumentSummary

MAX_NAMES = 10  # of documents on a line; more are counted


def print_summary(outcome: RunResult, *, as_json: bool) -> None:
    """Print the run's summary and where the report is."""
    if as_json:
        typer.echo(json.dumps(_describe_run(outcome), ensure_ascii=False, indent=1))
        return
    console = Console()
    if outcome.summaries:
        console.print(_make_table(outcome.summaries))
    for line in _describe_folder(outcome):
        console.print(escape(line), highlight=False, soft_wrap=True)
    for rejected in outcome.rejected:
        line = f"[red]{name_rejection(rejected)}[/red] {escape(rejected.id)}: {escape(rejected.detail)}"
        console.print(line, highlight=False, soft_wrap=True)
    for line in (*_describe_skipped(outcome.skipped), *outcome.second_reader):
        console.print(escape(line), highlight=False, soft_wrap=True)
    console.print(f"Rapporten: {escape(describe_path(outcome.report))}", highlight=False, soft_wrap=True)


def _describe_run(outcome: RunResult) -> dict[str, object]:
    return {
        "report": describe_path(outcome.report),
        "documents": [asdict(summary) for summary in outcome.summaries],
        "rejected": [asdict(rejected) for rejected in outcome.rejected],
        "second_reader": outcome.second_reader,
        "kept": outcome.kept,
        "removed": outcome.removed,
        "skipped": [describe_path(path) for path in outcome.skipped],
        "skipped_advice": {
            describe_path(path): advice for path in outcome.skipped if (advice := advise_skipped(path)) is not None
        },
    }


def _describe_skipped(skipped: Sequence[Path]) -> Iterator[str]:
    """Yield each file that may be a document in a format that is not read; the others are only counted."""
    advised = [(path, advice) for path in skipped if (advice := advise_skipped(path)) is not None]
    yield from (f"Hoppet over {describe_path(path)}: {advice}" for path, advice in advised)
    others = len(skipped) - len(advised)
    if others:
        one, many = "1 annen fil i mappene er ikke et dokument", f"{others} andre filer i mappene er ikke dokumenter"
        yield f"{one if others == 1 else many} og er hoppet over."


def _describe_folder(outcome: RunResult) -> Iterator[str]:
    """Yield what became of the documents that the folder held before the run."""
    if outcome.unchanged:
        were = "1 dokument" if outcome.unchanged == 1 else f"{outcome.unchanged} dokumenter"
        yield f"{were} var uendret og er ikke analysert på nytt."
    if outcome.kept:
        names = _list_names(outcome.kept)
        yield f"Fra tidligere kjøringer, og fortsatt med i rapporten (--prune tar dem ut): {names}."
    if outcome.removed:
        yield f"Tatt ut av mappen, med alt som var funnet i dem: {_list_names(outcome.removed)}."


def _list_names(names: Sequence[str]) -> str:
    more = f" og {len(names) - MAX_NAMES} til" if len(names) > MAX_NAMES else ""
    return ", ".join(names[:MAX_NAMES]) + more


def _make_table(summaries: Sequence[DocumentSummary]) -> Table:
    table = Table(
        box=SIMPLE_HEAD,
        expand=True,
        caption="Mål: omtalt, og forpliktet. Likt: avsnitt med ordlyd fra nasjonale tekster og fra andre kommuner.",
    )
    table.add_column("Dokument", no_wrap=True, overflow="ellipsis", ratio=1)
    table.add_column("Kommune", no_wrap=True, overflow="ellipsis", width=12)
    for heading in ("Sider", "Omtalt", "Forpl.", "Nasj.", "Komm."):
        table.add_column(heading, justify="right", no_wrap=True, width=max(5, len(heading)))
    for line in summaries:
        table.add_row(
            escape(line.document),
            escape(line.municipality or "–"),
            str(line.pages),
            f"{line.goals_mentioned}/{line.goals}",
            str(line.goals_committed),
            str(line.national_spans),
            str(line.municipal_spans),
        )
    return table
