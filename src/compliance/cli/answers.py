"""`compliance answers`: what readers have answered, as labels."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from compliance.cli.norwegian import Command, Group

app = typer.Typer(cls=Group, help="Svarene dere har gitt i nettleseren.", no_args_is_help=True)


@app.command("export", cls=Command)
def export(
    runs: Annotated[
        list[Path],
        typer.Argument(metavar="MAPPE", help="Mapper fra check, analyse eller serve; de som ligger under, tas med."),
    ],
    answers: Annotated[Path, typer.Option("--answers", metavar="FIL", help="Svarene (answers.jsonl).")],
    out: Annotated[Path, typer.Option("--out", metavar="MAPPE", help="Mappen for gullsettene.")],
) -> None:
    """Gjør svarene om til gullsett som evaluate og train leser.

    Ett gullsett for hvert dokument, med avsnittene det er svart på. Avslutter med 1 når ingen svar hører til dem.
    """
    from compliance.check.answer_labels import label_answers, write_answers
    from compliance.check.answers import AnswerBook
    from compliance.errors import SettingsError
    from compliance.files import DATABASE_NAME
    from compliance.store.runs import load_run

    if not answers.is_file():
        raise SettingsError(f"--answers {answers}: filen finnes ikke.")
    given = AnswerBook(answers).load()
    folders = sorted({database.parent for folder in runs for database in folder.rglob(DATABASE_NAME)}) or runs
    documents = {each.description.name: each for folder in folders for each in label_answers(load_run(folder), given)}
    written = write_answers(tuple(documents.values()), out=out)
    for folder in written:
        typer.echo(str(folder))
    if not written:
        typer.echo("Ingen av svarene hører til disse dokumentene.", err=True)
        raise typer.Exit(1)
