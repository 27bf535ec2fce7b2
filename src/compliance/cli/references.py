"""`compliance guidelines import` and `fetch`: official documents in full, for the comparison side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.options import ConfigOption

if TYPE_CHECKING:
    from compliance.config import Config
    from compliance.guidelines import GuidelineSet


def import_document(
    file: Annotated[Path, typer.Argument(metavar="FIL", help="Dokumentet: PDF, DOCX, HTML, Markdown eller tekst.")],
    set_id: Annotated[str | None, typer.Option("--set", metavar="SETT", help="Settet det er ordlyden til.")] = None,
    config: ConfigOption = None,
) -> None:
    """Legger til et offisielt dokument, så hver analyse viser avskrift ved siden av kilden, med sidetall."""
    from compliance.config import load_config
    from compliance.runs.references import import_reference

    settings = load_config(config)
    if set_id is not None:
        _choose_sets([set_id], settings)
    kept = import_reference(file, set_id=set_id, config=settings)
    name = kept.reference.path.name
    typer.echo(f"{name}: {kept.pages} sider, {kept.passages} avsnitt. Brukes i hver analyse fra nå av.")
    typer.echo(str(kept.reference.path), err=True)


def fetch_documents(
    sets: Annotated[list[str] | None, typer.Argument(metavar="[SETT]...", help="Uten: de som er standard.")] = None,
    config: ConfigOption = None,
) -> None:
    """Henter de offisielle dokumentene fra adressene i retningslinjefilene. Uten nett: bruk import."""
    from compliance.config import load_config
    from compliance.errors import DocumentError, FetchError

    settings = load_config(config)
    failed = False
    for chosen in _choose_sets(sets or [], settings):
        try:
            typer.echo(_fetch_set(chosen, settings))
        except (FetchError, DocumentError) as error:
            failed = True
            typer.echo(f"{chosen.id}: {error}", err=True)
    if failed:
        raise typer.Exit(1)


def _fetch_set(chosen: GuidelineSet, settings: Config) -> str:
    """Fetch one set's document and tell whether it is the one fetched before."""
    from compliance.runs.references import fetch_reference

    fetched = fetch_reference(chosen, config=settings)
    if fetched.kept is None:
        return f"{chosen.id}: uendret (sha256 {fetched.sha256})."
    state = "hentet" if fetched.is_first else "endret siden sist"
    return f"{chosen.id}: {state}: {fetched.url}, {fetched.kept.passages} avsnitt, sha256 {fetched.sha256}."


def _choose_sets(names: list[str], settings: Config) -> list[GuidelineSet]:
    from compliance.errors import SettingsError
    from compliance.guidelines import load_guidelines

    known = {each.id: each for each in load_guidelines(settings.guidelines)}
    for name in names:
        if name not in known:
            raise SettingsError(f"Ingen sett heter «{name}». Velg blant {', '.join(known)}.", field="set")
    return [known[name] for name in names] or [each for each in known.values() if each.default]
