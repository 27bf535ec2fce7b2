"""`compliance evaluate`: measure against gold sets, and against an earlier measurement."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.options import ConfigOption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.config import Config
    from compliance.evaluate.gold import GoldSet
    from compliance.evaluate.lint import Checked
    from compliance.resources import Resources


class SplitName(StrEnum):
    """Parts of a labelled corpus."""

    TRAIN = "train"
    TEST = "test"


def evaluate(
    folders: Annotated[
        list[Path], typer.Argument(metavar="MAPPE", help="Gullmapper, eller en mappe med flere (docs/evaluate.md).")
    ],
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FIL", help="Skriv tallene som JSON til denne filen.")
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option("--baseline", metavar="FIL", help="JSON fra en tidligere måling å sammenligne med."),
    ] = None,
    markdown: Annotated[
        Path | None, typer.Option("--markdown", metavar="FIL", help="Skriv et sammendrag i Markdown.")
    ] = None,
    junit: Annotated[
        Path | None, typer.Option("--junit", metavar="FIL", help="Skriv sjekkene som JUnit-XML, for CI.")
    ] = None,
    split: Annotated[
        SplitName | None, typer.Option("--split", help="Mål bare settene som gold.json legger til denne delen.")
    ] = None,
    second_reader: Annotated[
        bool,
        typer.Option(
            "--second-reader",
            help="Mål leseren under [second_reader] i innstillingene, på avsnittene den ville fått.",
        ),
    ] = False,
    lint_only: Annotated[bool, typer.Option("--lint-only", help="Sjekk gullmappene uten å måle.")] = False,
    config: ConfigOption = None,
) -> None:
    """Måler verktøyet mot gullmapper og viser én tabell.

    Gullmappene blir sjekket først. Avslutter med 0 når alt er målt, 1 når en gullmappe har feil, et tall er blitt
    dårligere enn i --baseline eller en annen leser er for dårlig, og 2 når en innstilling er feil.
    """
    from compliance.cli.evaluation import print_comparison, print_figures, show_sets
    from compliance.cli.model import prepare_default
    from compliance.evaluate.baseline import format_json, load_baseline
    from compliance.evaluate.comparison import compare_with
    from compliance.evaluate.discovery import choose_split
    from compliance.evaluate.junit import format_junit
    from compliance.evaluate.markdown import format_markdown
    from compliance.evaluate.run import measure_gold
    from compliance.resources import Resources

    settings = _load_settings(config, second_reader=second_reader, beside=(baseline, markdown))
    resources = Resources(settings).with_default_sets()
    checked = _check_folders(folders, resources=resources, junit=junit)
    if lint_only:
        typer.echo(f"{len(checked)} gullsett, {sum(len(each.gold.passages) for each in checked)} avsnitt: ingen feil.")
        return
    earlier = load_baseline(baseline) if baseline else None
    golds = choose_split([each.gold for each in checked], split.value if split else None)
    prepare_default(resources.config)
    if second_reader:
        raise typer.Exit(int(not _measure_second_reader(golds, resources=resources, json_file=json_file)))
    with show_sets() as on_progress:
        evaluation = measure_gold(golds, resources=resources, on_progress=on_progress)
    _write(json_file, format_json(evaluation.to_json()))
    print_figures(evaluation)
    comparison = compare_with(earlier, evaluation, tolerance=resources.config.evaluate.tolerance) if earlier else None
    _write(junit, format_junit(checked, comparison))
    _write(markdown, format_markdown(evaluation, comparison))
    if comparison:
        print_comparison(comparison)
        raise typer.Exit(int(bool(comparison.worse)))


def _check_folders(folders: Sequence[Path], *, resources: Resources, junit: Path | None) -> tuple[Checked, ...]:
    """Return the gold sets of the folders. Raises GoldError, with all their problems, once these are written."""
    from compliance.errors import GoldError
    from compliance.evaluate.junit import format_junit
    from compliance.evaluate.run import check_gold

    checked = check_gold(folders, resources=resources)
    _write(junit, format_junit(checked, None))
    if problems := [problem for each in checked for problem in each.problems]:
        raise GoldError(*problems)
    return checked


def _load_settings(file: Path | None, *, second_reader: bool, beside: Sequence[Path | None]) -> Config:
    """Return the settings, with the second reader on where it is to be measured.

    Raises SettingsError where they are wrong, or where other options go `beside` it that say nothing of it.
    """
    from compliance.config import load_config, override
    from compliance.errors import SettingsError

    if second_reader and any(beside):
        raise SettingsError("--second-reader måler bare leseren, og går ikke sammen med --baseline og --markdown.")
    return override(load_config(file), {"second_reader.enabled": True if second_reader else None})


def _measure_second_reader(golds: Sequence[GoldSet], *, resources: Resources, json_file: Path | None) -> bool:
    """Measure the second reader of the settings, print the figures, and return whether it is good enough to use."""
    from compliance.cli.evaluation import print_second_reader, show_sets
    from compliance.cli.second_reader import announce_second_reader
    from compliance.evaluate.baseline import format_json
    from compliance.evaluate.second_reader import measure_second_reader
    from compliance.second_reader.open import open_reader

    opened = open_reader(resources.config)
    announce_second_reader(resources.config)
    with show_sets() as on_progress:
        measured = measure_second_reader(golds, opened.reader, resources=resources, on_progress=on_progress)
    if measured.measurement:
        opened.measurements.keep(measured.measurement)
    _write(json_file, format_json(measured.to_json()))
    print_second_reader(measured)
    return measured.measurement is not None and measured.measurement.is_usable


def _write(path: Path | None, content: str) -> None:
    from compliance.files import write_atomically

    if path:
        with write_atomically(path) as file:
            file.write(content.encode())
