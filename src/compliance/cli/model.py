"""`compliance model`: the embedding model that the analysis compares meanings with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.norwegian import Command, Group
from compliance.cli.options import ConfigOption, JsonOption

if TYPE_CHECKING:
    from compliance.config import ModelConfig
    from compliance.text.embedding.unpack import UnpackedModel

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
    """Viser modellen, om den er klar, hva den regnes ut på, og hvor mange tekster som er regnet ut før."""
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
        "vector_file": "Lager for vektorer",
        "vectors": "Vektorer i lageret",
    }
    for key, label in labels.items():
        typer.echo(f"{label + ':':<20} {_format_value(described[key])}")


@app.command("prepare", cls=Command)
def prepare_model(config: ConfigOption = None, model: NameOption = None) -> None:
    """Gjør modellen klar: pakker ut standardmodellen og kontrollerer filene, eller laster en annen modell."""
    from compliance.text.embedding import Prefix, load_encoder
    from compliance.text.embedding.unpack import DEFAULT_MODEL, find_default_model

    settings = _load(config, model)
    if settings.name == DEFAULT_MODEL:
        typer.echo(f"Modellen er klar i {_unpack_with_bar(find_default_model(settings))}")
        return
    encoder = load_encoder(settings)
    encoder.encode(["Kommunen skal nå målene."], prefix=Prefix.PASSAGE)
    typer.echo(f"Modellen er klar: {encoder.revision}")


def unpack_default(settings: ModelConfig) -> None:
    """Unpack the default model before an analysis, with a progress bar, where it is the one and is not there yet."""
    from compliance.text.embedding.unpack import DEFAULT_MODEL, find_default_model

    if settings.name == DEFAULT_MODEL and not (own := find_default_model(settings)).is_ready():
        _unpack_with_bar(own)


def _unpack_with_bar(model: UnpackedModel) -> Path:
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("Pakker ut språkmodellen", total=None)
        folder = model.unpack(verify=True, progress=lambda done, total: bar.update(task, completed=done, total=total))
        bar.update(task, completed=1, total=1)
    return folder


def _describe_model(settings: ModelConfig) -> dict[str, str | int | bool | None]:
    from compliance.store.vectors import open_vectors
    from compliance.text.embedding import load_encoder
    from compliance.text.embedding.device import choose_device
    from compliance.text.embedding.unpack import DEFAULT_MODEL, find_default_model

    own = find_default_model(settings) if settings.name == DEFAULT_MODEL else None
    device = choose_device(settings)
    vectors = open_vectors(settings)
    return {
        "name": settings.name,
        "revision": load_encoder(settings).revision,
        "ready": own.is_ready() if own else True,  # another model's revision is known only when it could be loaded
        "folder": str(own.folder) if own else None,
        "device": device.kind,
        "precision": device.precision,
        "vector_file": str(vectors.path),
        "vectors": vectors.count() if vectors.path.exists() else 0,
    }


def _load(config: Path | None, model: str | None) -> ModelConfig:
    from compliance.config import load_config, override

    return override(load_config(config), {"model.name": model}).model


def _format_value(value: str | int | bool | None) -> str:
    match value:
        case None:
            return "–"
        case bool():
            return "ja" if value else "nei (kjør compliance model prepare, eller la første analyse gjøre det)"
        case _:
            return str(value)
