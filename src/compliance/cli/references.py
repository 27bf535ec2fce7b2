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
    from compliance.guidelines.references import keep_reference
    from compliance.pipeline import read_file

    settings = load_config(config)
    if set_id is not None:
        _choose_sets([set_id], settings)
    reading = read_file(file, config=settings)
    kept = keep_reference(file.name, file.read_bytes(), set_id=set_id, config=settings.guidelines)
    pages, passages = len(reading.document.pages), len(reading.passages)
    typer.echo(f"{kept.path.name}: {pages} sider, {passages} avsnitt. Brukes i hver analyse fra nå av.")
    typer.echo(str(kept.path), err=True)


def fetch_documents(
    sets: Annotated[list[str] | None, typer.Argument(metavar="[SETT]...", help="Uten: de som er standard.")] = None,
    config: ConfigOption = None,
) -> None:
    """Henter de offisielle dokumentene fra adressene i retningslinjefilene. Uten nett: bruk import."""
    from compliance.config import load_config
    from compliance.errors import FetchError

    settings = load_config(config)
    failed = False
    for chosen in _choose_sets(sets or [], settings):
        try:
            typer.echo(_fetch_set(chosen, settings))
        except FetchError as error:
            failed = True
            typer.echo(f"{chosen.id}: {error}", err=True)
    if failed:
        raise typer.Exit(1)


def _fetch_set(chosen: GuidelineSet, settings: Config) -> str:
    """Fetch one set's document and tell whether it is the one fetched before."""
    from compliance.guidelines.download import fetch_document
    from compliance.guidelines.references import keep_reference, list_references
    from compliance.pipeline import read_file

    before = {each.sha256 for each in list_references(settings.guidelines) if each.set_id == chosen.id}
    fetched = fetch_document(chosen.url)
    if fetched.sha256 in before:
        return f"{chosen.id}: uendret (sha256 {fetched.sha256})."
    kept = keep_reference(fetched.name, fetched.content, set_id=chosen.id, config=settings.guidelines)
    passages = len(read_file(kept.path, config=settings).passages)
    state = "endret siden sist" if before else "hentet"
    return f"{chosen.id}: {state}: {fetched.url}, {passages} avsnitt, sha256 {fetched.sha256}."


def _choose_sets(names: list[str], settings: Config) -> list[GuidelineSet]:
    from compliance.errors import SettingsError
    from compliance.guidelines import load_guidelines

    known = {each.id: each for each in load_guidelines(settings.guidelines)}
    for name in names:
        if name not in known:
            raise SettingsError(f"Ingen sett heter «{name}». Velg blant {', '.join(known)}.", field="set")
    return [known[name] for name in names] or [each for each in known.values() if each.default]
