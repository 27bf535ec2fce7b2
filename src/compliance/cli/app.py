"""The `compliance` command with all its subcommands.

Importing this module loads only Typer, so that `compliance --help` answers at once; each command imports what it
needs when it runs.
"""

from __future__ import annotations

import sys

import typer

from compliance.cli import analyse, evaluate, guidelines, ingest, model, reuse

app = typer.Typer(
    name="compliance",
    help="Leser kommunale styringsdokumenter og viser hva de gjør med nasjonal digitaliseringspolitikk.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
# In the order of the work: read, analyse, evaluate; then what the analysis rests on.
app.command("ingest")(ingest.ingest)
app.command("analyse")(analyse.analyse)
app.command("reuse")(reuse.reuse)
app.command("evaluate")(evaluate.evaluate)
app.add_typer(guidelines.app, name="guidelines")
app.add_typer(model.app, name="model")


def main() -> None:
    """Run the command line; an error of ours becomes a message and an exit code, never a traceback."""
    from compliance.errors import ComplianceError, GuidelineError, SettingsError

    try:
        app()
    except ComplianceError as error:
        sys.stderr.write(f"Feil: {error}\n")
        sys.exit(2 if isinstance(error, SettingsError | GuidelineError) else 1)
