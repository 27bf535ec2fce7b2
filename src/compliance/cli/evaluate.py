"""`compliance evaluate`: measure against gold sets, and against an earlier measurement."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.options import ConfigOption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.evaluate.lint import Checked


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
    lint_only: Annotated[bool, typer.Option("--lint-only", help="Sjekk gullmappene uten å måle.")] = False,
    config: ConfigOption = None,
) -> None:
    """Måler verktøyet mot gullmapper og viser én tabell.

    Gullmappene blir sjekket først. Avslutter med 0 når alt er målt, 1 når en gullmappe har feil eller et tall er blitt
    dårligere enn i --baseline, og 2 når en innstilling er feil.
    """
    from compliance.cli.evaluation import print_comparison, print_figures, show_sets
    from compliance.cli.model import prepare_default
    from compliance.config import load_config
    from compliance.evaluate.baseline import format_json, load_baseline
    from compliance.evaluate.comparison import compare_with
    from compliance.evaluate.discovery import choose_split
    from compliance.evaluate.junit import format_junit
    from compliance.evaluate.markdown import format_markdown
    from compliance.evaluate.run import check_gold, measure_gold
    from compliance.resources import Resources

    resources = Resources(load_config(config)).with_default_sets()
    checked = check_gold(folders, resources=resources)
    _write(junit, format_junit(checked, None))
    _stop_at_problems(checked)
    if lint_only:
        typer.echo(f"{len(checked)} gullsett, {sum(len(each.gold.passages) for each in checked)} avsnitt: ingen feil.")
        return
    earlier = load_baseline(baseline) if baseline else None
    golds = choose_split([each.gold for each in checked], split.value if split else None)
    prepare_default(resources.config)
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


def _stop_at_problems(checked: Sequence[Checked]) -> None:
    from compliance.errors import GoldError

    if problems := [problem for each in checked for problem in each.problems]:
        raise GoldError(*problems)


def _write(path: Path | None, content: str) -> None:
    from compliance.files import write_atomically

    if path:
        with write_atomically(path) as file:
            file.write(content.encode())
