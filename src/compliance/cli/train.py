"""`compliance train`: learn to judge from labelled documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.options import ConfigOption

if TYPE_CHECKING:
    from compliance.evaluate.gold import GoldSet
    from compliance.train.held_out import HeldOut


def train(
    folders: Annotated[
        list[Path],
        typer.Argument(
            metavar="MAPPE", help="Gullmapper med labels.jsonl, eller en mappe med flere (docs/evaluate.md)."
        ),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="MAPPE", help="Mappen som modellen skrives til.")],
    epochs: Annotated[int, typer.Option("--epochs", min=1, help="Runder gjennom teksten.")] = 4,
    seed: Annotated[int, typer.Option("--seed", help="Frø for alt som er tilfeldig.")] = 0,
    held_out: Annotated[
        list[Path] | None,
        typer.Option("--held-out", metavar="MAPPE", help="Sett som holdes utenfor alt, og som modellen måles på."),
    ] = None,
    without_adapter: Annotated[
        bool,
        typer.Option("--without-adapter", help="Tren bare laget over språkmodellen, på modellen som den er."),
    ] = False,
    config: ConfigOption = None,
) -> None:
    """Trener vurderingen på merkede dokumenter.

    Sett som gold.json legger til delen «test», er aldri med. Tar om lag et kvarter for 10 000 avsnitt på to kjerner.
    Språkmodellen i innstillingene tilpasses teksten, hvilken den enn er; en stor trenger skjermkort, eller
    --without-adapter. Avbrutt trening fortsetter der den slapp. Bruk modellen med analyse.judgement_folder.
    """
    from compliance.cli.model import prepare_default

    _check_libraries()
    from compliance.config import load_config
    from compliance.resources import Resources
    from compliance.train.adapter import AdapterSettings
    from compliance.train.run import train_model

    resources = Resources(load_config(config))
    golds = _load_golds(folders)
    prepare_default(resources.config)
    settings = AdapterSettings(epochs=epochs, seed=seed, adapt=not without_adapter)
    mirror = _load_golds(held_out or [])
    trained = train_model(golds, mirror=mirror, resources=resources, settings=settings, out=out, report=_report)
    _print_held_out(trained.held_out)
    if mirror:
        typer.echo("Holdt utenfor alt, vurdert av den ferdige modellen:")
        _print_held_out(trained.mirror)
    typer.echo(f"Modellen ligger i {out}.")


def train_scores(
    folders: Annotated[
        list[Path],
        typer.Argument(metavar="MAPPE", help="Gullmapper med scores.json (docs/evaluate.md)."),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="FIL", help="Filen som modellen skrives til (documents.json).")],
    config: ConfigOption = None,
) -> None:
    """Trener skårene for hele dokumenter på dokumenter som lesere har gitt skår.

    Sett som gold.json legger til delen «test», er aldri med. Viser tallene der hvert dokument er holdt utenfor. Legg
    filen som documents.json i mappen til analyse.judgement_folder for å bruke den.
    """
    from compliance.cli.evaluation import print_figures
    from compliance.cli.model import prepare_default

    _check_libraries()
    from compliance.config import load_config
    from compliance.evaluate.folders import Evaluation
    from compliance.resources import Resources
    from compliance.train.scored_documents import train_scores as fit

    resources = Resources(load_config(config)).with_default_sets()
    prepare_default(resources.config)
    figures = fit(_load_golds(folders), resources=resources, out=out)
    print_figures(Evaluation(parts={"scores": figures}, agreement={}))
    typer.echo(f"Modellen ligger i {out}.")


def train_borrowed(
    folders: Annotated[
        list[Path],
        typer.Argument(
            metavar="MAPPE", help="Gullmapper med labels.jsonl, eller en mappe med flere (docs/evaluate.md)."
        ),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="FIL", help="Filen som modellen skrives til (borrowed.json).")],
    config: ConfigOption = None,
) -> None:
    """Trener hvilke avsnitt som er andres ord, og om teksten sier det.

    Sett som gold.json legger til delen «test», er aldri med. Tar noen minutter. Viser tallene der hver femdel av
    dokumentene er holdt utenfor. Legg filen som borrowed.json i mappen til analyse.judgement_folder for å bruke den.
    """
    _check_libraries()
    from compliance.config import load_config
    from compliance.resources import Resources
    from compliance.train.borrowed import train_borrowed as fit

    golds = _load_golds(folders)
    found = fit(golds, resources=Resources(load_config(config)), out=out)
    typer.echo(
        f"{found.documents} dokumenter, holdt utenfor: presisjon {found.precision:.2f}, dekning {found.recall:.2f}, "
        f"F1 {found.f1:.2f}; rett slag i {found.kind:.2f}."
    )
    typer.echo(f"Modellen ligger i {out}.")


def train_first_stage(
    folders: Annotated[
        list[Path],
        typer.Argument(
            metavar="MAPPE", help="Gullmapper med labels.jsonl, eller en mappe med flere (docs/evaluate.md)."
        ),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="MAPPE", help="Mappen som skrives (first_stage).")],
    config: ConfigOption = None,
) -> None:
    """Trener første trinn: hvilke avsnitt som sikkert ikke handler om noe digitalt.

    Slike avsnitt leses ikke av språkmodellen. `compliance train` gjør det samme. Sett som gold.json legger til delen
    «test», er aldri med. Tar noen minutter. Legg mappen som first_stage i mappen til analyse.judgement_folder for å
    bruke den.
    """
    _check_libraries()
    from compliance.config import load_config
    from compliance.resources import Resources
    from compliance.train.first_stage import train_first_stage as fit

    golds = _load_golds(folders)
    found = fit(golds, resources=Resources(load_config(config)), out=out)
    typer.echo(
        f"{found.documents} dokumenter, holdt utenfor: {found.recall:.2%} av avsnittene med mål leses, "
        f"{found.unread:.1%} av alle avsnitt leses ikke."
    )
    typer.echo(f"Første trinn ligger i {out}.")


def _check_libraries() -> None:
    """Raise MissingExtraError where what training needs is not installed; before its modules are imported."""
    from compliance.extras import check_extra

    check_extra("train", asked_for="Trening")


def _load_golds(folders: list[Path]) -> list[GoldSet]:
    from compliance.evaluate.discovery import find_gold_folders
    from compliance.evaluate.gold import load_gold

    return [load_gold(folder) for folder in find_gold_folders(folders)]


def _report(message: str) -> None:
    typer.echo(message, err=True)


def _print_held_out(held_out: HeldOut) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table("Dokument", "Avsnitt", "Mål", "Elementer", "Nivå (kappa)", "Lokalt", "Mål for mye", "Kalibrering")
    for row in held_out.measure():
        values = (row.goals, row.elements, row.level, row.local, row.false_goals, row.goals_error)
        figures = ("" if value is None else f"{value:.3f}" for value in values)
        table.add_row(escape(row.name), str(row.passages), *figures)
    Console().print(table)
