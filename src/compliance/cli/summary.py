"""What a run found, as a table or as JSON."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import asdict, dataclass

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from compliance.records import Reading, Results, ReuseKind, ScoreSubject, SourceKind
from compliance.runs.result import RunResult

COMMITTED = 3  # the score from which a goal is more than described


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """One document on one line."""

    document: str
    municipality: str | None
    document_type: str
    pages: int
    passages: int
    goals_mentioned: int
    goals_committed: int
    goals: int
    national_spans: int
    municipal_spans: int


def summarise_run(results: Results) -> list[DocumentSummary]:
    """Return a line per document, in the order of the results."""
    return [_summarise_document(reading, results) for reading in results.readings]


def _summarise_document(reading: Reading, results: Results) -> DocumentSummary:
    document_id = reading.document.id
    goals = [
        score.value
        for score in results.scores
        if score.document_id == document_id and score.subject is ScoreSubject.GOAL
    ]
    shared: dict[bool, set[str]] = defaultdict(set)
    for span in results.reuse_spans:
        if span.document_id == document_id and not span.boilerplate and span.kind is not ReuseKind.REWORKED:
            shared[span.source_kind is SourceKind.MUNICIPALITY].add(span.passage_id)
    profile = reading.profile
    return DocumentSummary(
        document=reading.document.name,
        municipality=profile.municipality.value if profile.municipality else None,
        document_type=profile.document_type.value,
        pages=len(reading.document.pages),
        passages=len(reading.passages),
        goals_mentioned=sum(value > 0 for value in goals),
        goals_committed=sum(value >= COMMITTED for value in goals),
        goals=len(goals),
        national_spans=len(shared[False]),
        municipal_spans=len(shared[True]),
    )


def print_summary(outcome: RunResult, *, as_json: bool) -> None:
    """Print the run's summary and where the report is."""
    summaries = summarise_run(outcome.results)
    if as_json:
        typer.echo(
            json.dumps(
                {
                    "report": str(outcome.report),
                    "documents": [asdict(summary) for summary in summaries],
                    "rejected": [asdict(rejected) for rejected in outcome.results.rejected],
                    "skipped": [str(path) for path in outcome.skipped],
                },
                ensure_ascii=False,
                indent=1,
            )
        )
        return
    console = Console()
    if summaries:
        console.print(_make_table(summaries))
    if outcome.unchanged:
        console.print(f"{outcome.unchanged} dokumenter var uendret og er ikke analysert på nytt.")
    for rejected in outcome.results.rejected:
        console.print(f"[red]Avvist[/red] {rejected.id}: {rejected.detail}", highlight=False, soft_wrap=True)
    if outcome.skipped:
        console.print(f"{len(outcome.skipped)} filer i mappene er ikke dokumenter og er hoppet over.")
    console.print(f"Rapporten: {outcome.report}", highlight=False, soft_wrap=True)


def _make_table(summaries: list[DocumentSummary]) -> Table:
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
            line.document,
            line.municipality or "–",
            str(line.pages),
            f"{line.goals_mentioned}/{line.goals}",
            str(line.goals_committed),
            str(line.national_spans),
            str(line.municipal_spans),
        )
    return table
