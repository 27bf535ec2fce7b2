"""`compliance guidelines`: which national goals the analysis knows, and whether files of one's own are sound."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.norwegian import Command, Group
from compliance.cli.options import ConfigOption, JsonOption
from compliance.cli.references import fetch_documents, import_document

if TYPE_CHECKING:
    from compliance.guidelines import Goal, GuidelineSet

app = typer.Typer(
    help="Nasjonale mål: se dem, sjekk egne filer.",
    cls=Group,
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.command("import", cls=Command)(import_document)
app.command("fetch", cls=Command)(fetch_documents)


@app.command("list", cls=Command)
def list_guidelines(config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """Viser settene og målene i dem. De som er merket med stjerne, brukes når ingen andre er valgt."""
    sets = _load(config)
    if as_json:
        typer.echo(json.dumps([_describe_set(chosen) for chosen in sets], ensure_ascii=False, indent=2))
        return
    for chosen in sets:
        typer.echo(f"{'*' if chosen.default else ' '} {chosen.id}: {chosen.document} ({_format_period(chosen)})")
        for goal in chosen.goals:
            typer.echo(f"    {goal.id:<6} {goal.title.nb}")


@app.command("show", cls=Command)
def show_guideline(
    goal_id: Annotated[str, typer.Argument(metavar="ID", help="Et mål eller et sett, for eksempel KS4.5 eller ks.")],
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Viser ett mål med begreper og det som ikke teller, eller alle målene i et sett."""
    from compliance.errors import SettingsError

    sets = _load(config)
    goals = [goal for chosen in sets for goal in chosen.goals if goal_id in {goal.id, chosen.id}]
    if not goals:
        raise SettingsError(f"Ingen mål og ingen sett heter «{goal_id}». Se compliance guidelines list.")
    owners = {chosen.id: chosen for chosen in sets}
    if as_json:
        described = [_describe_goal(goal, owners[goal.set_id]) for goal in goals]
        typer.echo(json.dumps(described if goal_id in owners else described[0], ensure_ascii=False, indent=2))
        return
    typer.echo("\n\n".join(_format_goal(goal, owners[goal.set_id]) for goal in goals))


@app.command("lint", cls=Command)
def lint_guidelines(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FIL", help="Filer som skal sjekkes; uten: alle.")
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Sjekker filer med mål eller regler. Avslutter med 2 når noe er galt, med fil, linje og felt."""
    from compliance.config import load_config
    from compliance.guidelines.lint import find_files, lint_files

    paths = files or find_files(load_config(config).guidelines.folders)
    errors = lint_files(paths)
    for error in errors:
        typer.echo(str(error))
    if errors:
        raise typer.Exit(2)
    typer.echo(f"{len(paths)} {'fil' if len(paths) == 1 else 'filer'} sjekket, ingen feil.")


@app.command("fingerprint", cls=Command)
def fingerprint_wordings(
    file: Annotated[
        Path, typer.Argument(metavar="FIL", help="Offisiell ordlyd: JSON, eller tekst med «ID: ordlyden» per mål.")
    ],
    edition: Annotated[str, typer.Option("--edition", metavar="SETT", help="Settet målene hører til, som ks.")],
    document: Annotated[
        str | None,
        typer.Option("--document", metavar="NAVN", help="Dokumentets navn, når ingen målsett handler om det."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FIL", help="Fil for fingeravtrykkene; uten: skrives ut.")
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Lager fingeravtrykk (bare tall) av offisiell ordlyd, så avskrift kjennes igjen uten at teksten følger med."""
    from compliance.config import load_config
    from compliance.files import write_atomically
    from compliance.guidelines.fingerprint_files import make_fingerprint_file

    settings = load_config(config).guidelines
    made = make_fingerprint_file(file, set_id=edition, document=document, config=settings)
    if made.too_short:
        typer.echo(f"For kort til å kjennes igjen (under tre ord med innhold): {', '.join(made.too_short)}", err=True)
    if out is None:
        typer.echo(made.text, nl=False)
        return
    with write_atomically(out) as stream:
        stream.write(made.text.encode())
    typer.echo(f"{made.sentences} setninger fra {made.goals} mål i {out}.", err=True)


@app.command("coverage", cls=Command)
def show_coverage(config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """Viser hvor mange setninger av den offisielle ordlyden vi kjenner igjen, for hvert mål."""
    from compliance.config import load_config
    from compliance.guidelines.fingerprint_files import count_known_sentences

    known = count_known_sentences(load_config(config).guidelines)
    sets = {chosen.id: chosen for chosen in _load(config)}
    if as_json:
        typer.echo(json.dumps(known, ensure_ascii=False, indent=2))
        return
    for set_id, sentences in known.items():
        typer.echo(f"{set_id}: {sets[set_id].document if set_id in sets else 'bare ordlyd, ingen mål'}")
        for goal_id, count in sorted(sentences.items()):
            typer.echo(f"    {goal_id:<8} {count} {'setning' if count == 1 else 'setninger'}")


def _load(config: Path | None) -> tuple[GuidelineSet, ...]:
    from compliance.config import load_config
    from compliance.guidelines import load_guidelines

    return load_guidelines(load_config(config).guidelines)


def _format_period(chosen: GuidelineSet) -> str:
    if chosen.valid_to is None:
        return f"gjelder fra {chosen.valid_from:%d.%m.%Y}"
    return f"gjelder {chosen.valid_from:%d.%m.%Y}–{chosen.valid_to:%d.%m.%Y}"


def _format_place(goal: Goal) -> str:
    """Return where the goal stands in its document: «, kapittel 3.1», or the name of the section."""
    if not goal.section:
        return ""
    return f", kapittel {goal.section}" if goal.section[0].isdigit() else f", «{goal.section}»"


def _format_goal(goal: Goal, owner: GuidelineSet) -> str:
    lines = [
        f"{goal.id} {goal.title.nb} / {goal.title.nn}",
        f"{owner.document}{_format_place(goal)}. {goal.url or owner.url}",
        "",
        goal.statement.nb,
        "",
        goal.statement.nn,
        "",
        f"Begreper: {', '.join(term.text for term in goal.terms)}",
        f"Teller ikke: {goal.not_counted.nb}",
    ]
    lines += [f"Eksempel: {example.nb}" for example in goal.examples]
    return "\n".join(lines)


def _describe_set(chosen: GuidelineSet) -> dict[str, object]:
    described: dict[str, object] = chosen.model_dump(mode="json", exclude={"goals", "themes"})
    return described | {"goals": [{"id": goal.id, "title": goal.title.model_dump()} for goal in chosen.goals]}


def _describe_goal(goal: Goal, owner: GuidelineSet) -> dict[str, object]:
    described: dict[str, object] = goal.model_dump(mode="json", by_alias=True)
    return described | {"document": owner.document, "url": goal.url or owner.url}
