"""The `compliance` command with all its subcommands.

Importing this module loads only Typer, so that `compliance --help` answers at once; each command imports what it
needs when it runs.
"""

from __future__ import annotations

import io
import sys
from typing import Annotated

import typer

from compliance.cli import (
    analyse,
    answers,
    check,
    corpus,
    evaluate,
    export,
    guidelines,
    ingest,
    model,
    questions,
    reuse,
    serve,
    study,
    train,
)
from compliance.cli.interrupts import Interrupted, listen_for_signals
from compliance.cli.norwegian import Command, Group, describe_complaint
from compliance.garbage import look_seldom

app = typer.Typer(
    name="compliance",
    help="Leser kommunale styringsdokumenter og viser hva de gjør med nasjonal digitaliseringspolitikk.",
    cls=Group,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _print_version(asked: bool) -> None:
    if asked:
        from compliance import __version__

        typer.echo(f"compliance {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", help="Vis versjonen.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Take the options that stand before any command."""


# In the order of the work: read, analyse, evaluate, train; then what the analysis rests on.
app.command("ingest", cls=Command)(ingest.ingest)
app.command("analyse", cls=Command)(analyse.analyse)
app.command("check", cls=Command)(check.check)
app.command("serve", cls=Command)(serve.serve)
app.add_typer(answers.app, name="answers")
app.command("reuse", cls=Command)(reuse.reuse)
app.add_typer(corpus.app, name="corpus")
app.command("study", cls=Command)(study.study)
app.add_typer(questions.app, name="questions")
app.command("export", cls=Command)(export.export)
app.command("import", cls=Command)(export.import_)
app.command("evaluate", cls=Command)(evaluate.evaluate)
app.command("train", cls=Command)(train.train)
app.command("train-scores", cls=Command)(train.train_scores)
app.command("train-borrowed", cls=Command)(train.train_borrowed)
app.command("train-first-stage", cls=Command)(train.train_first_stage)
app.add_typer(guidelines.app, name="guidelines")
app.add_typer(model.app, name="model")


def main() -> None:
    """Run the command line; an error becomes a message and an exit code, never a traceback.

    The code is 2 for what is wrong with the command line, the settings or the guideline files, 130 and 143 where
    Ctrl-C or SIGTERM ended the command, 1 for anything else.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal whose encoding lacks a letter: better «?» than nothing
            stream.reconfigure(errors="replace")
    listen_for_signals()
    look_seldom()
    try:
        sys.exit(_run())
    except Interrupted as interrupted:
        sys.stderr.write(f"\n{interrupted.message}\n")
        raise
    except Exception as error:  # noqa: BLE001
        from compliance.cli.faults import describe_fault

        sys.stderr.write(describe_fault(error))
        sys.exit(1)


def _run() -> int:
    """Run the command and return its exit code; what we foresaw is told."""
    from compliance.errors import ComplianceError, GuidelineError, SettingsError

    try:
        return app(prog_name="compliance", standalone_mode=False) or 0
    except ComplianceError as error:
        sys.stderr.write(f"Feil: {error}\n")
        return 2 if isinstance(error, SettingsError | GuidelineError) else 1
    except typer.TyperException as error:
        sys.stderr.write(describe_complaint(error))
        return error.exit_code
