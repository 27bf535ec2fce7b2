"""`compliance evaluate`: measure against gold sets, and against an earlier measurement."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.options import ConfigOption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.evaluate.folders import Evaluation
    from compliance.evaluate.gold import GoldSet
    from compliance.evaluate.lint import Checked
    from compliance.records import AnalysisRecord, Assessment, Reading
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
    lint_only: Annotated[bool, typer.Option("--lint-only", help="Sjekk gullmappene uten å måle.")] = False,
    config: ConfigOption = None,
) -> None:
    """Måler verktøyet mot gullmapper og viser én tabell.

    Gullmappene blir sjekket først. Avslutter med 0 når alt er målt, 1 når en gullmappe har feil eller et tall er blitt
    dårligere enn i --baseline, og 2 når en innstilling er feil.
    """
    from compliance.cli.evaluation import print_comparison, print_figures
    from compliance.config import load_config
    from compliance.evaluate.baseline import format_json, load_baseline
    from compliance.evaluate.comparison import compare_with
    from compliance.evaluate.discovery import choose_split
    from compliance.evaluate.junit import format_junit
    from compliance.evaluate.markdown import format_markdown
    from compliance.resources import Resources

    settings = load_config(config)
    resources = Resources(settings).with_default_sets()
    checked = _check_gold(folders, resources=resources, junit=junit)
    if lint_only:
        typer.echo(f"{len(checked)} gullsett, {sum(len(each.gold.passages) for each in checked)} avsnitt: ingen feil.")
        return
    earlier = load_baseline(baseline) if baseline else None
    golds = choose_split([each.gold for each in checked], split.value if split else None)
    evaluation = _measure(golds, resources=resources)
    _write(json_file, format_json(evaluation.to_json()))
    print_figures(evaluation)
    comparison = compare_with(earlier, evaluation, tolerance=settings.evaluate.tolerance) if earlier else None
    _write(junit, format_junit(checked, comparison))
    _write(markdown, format_markdown(evaluation, comparison))
    if comparison:
        print_comparison(comparison)
        raise typer.Exit(int(bool(comparison.worse)))


def _check_gold(folders: list[Path], *, resources: Resources, junit: Path | None) -> tuple[Checked, ...]:
    """Return the gold sets of the folders. Raises GoldError, with all their problems, once these are written."""
    from compliance.errors import GoldError
    from compliance.evaluate.discovery import find_gold_folders
    from compliance.evaluate.junit import format_junit
    from compliance.evaluate.lint import check_folders, collect_vocabulary

    vocabulary = collect_vocabulary(resources.guidelines, resources.rules)
    checked = check_folders(find_gold_folders(folders), vocabulary=vocabulary)
    _write(junit, format_junit(checked, None))
    if problems := [problem for each in checked for problem in each.problems]:
        raise GoldError(*problems)
    return checked


def _measure(golds: Sequence[GoldSet], *, resources: Resources) -> Evaluation:
    from compliance.cli.evaluation import show_sets
    from compliance.cli.model import prepare_default
    from compliance.evaluate.folders import System, evaluate_gold
    from compliance.pipeline import assess_readings, read_file
    from compliance.records import Finding

    prepare_default(resources.config)

    def assess(reading: Reading, records: Sequence[AnalysisRecord]) -> Assessment:
        findings = [each for each in records if isinstance(each, Finding)]
        return assess_readings([reading], findings=findings, reuse_spans=(), resources=resources)

    system = System(
        read=partial(read_file, config=resources.config),
        judge=resources.analyse,
        sets=resources.goal_sets,
        assess=assess,
    )
    with show_sets() as on_progress:
        return evaluate_gold(golds, system=system, on_progress=on_progress)


def _write(path: Path | None, content: str) -> None:
    from compliance.files import write_atomically

    if path:
        with write_atomically(path) as file:
            file.write(content.encode())
