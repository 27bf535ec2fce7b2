"""`compliance questions`: the questions of studies."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from compliance.cli.norwegian import Command, Group

app = typer.Typer(cls=Group, help="Spørsmålene i en studie: se dem, og sjekk dine egne.", no_args_is_help=True)


@app.command("list", cls=Command)
def list_questions() -> None:
    """Viser spørsmålene som følger med."""
    from compliance.guidelines.questions import load_questions

    for each in load_questions():
        typer.echo(f"{each.id}: {each.title.nb}")
        for question in each.questions:
            typer.echo(f"    {question.id:<4}{question.text.nb}")


@app.command("lint", cls=Command)
def lint(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FIL", help="Filer med spørsmål; uten: dem som følger med.")
    ] = None,
) -> None:
    """Sjekker filer med spørsmål. Avslutter med 1 når noe er feil."""
    from compliance.guidelines.questions import lint_questions, list_question_files

    paths = tuple(files) if files else list_question_files()
    errors = lint_questions(paths)
    for error in errors:
        typer.echo(str(error), err=True)
    if errors:
        raise typer.Exit(1)
    typer.echo(f"{len(paths)} {'fil' if len(paths) == 1 else 'filer'} er i orden.")
