"""An evaluation as a page of Markdown, for the summary of a CI run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from compliance.evaluate.comparison import Comparison, Difference
from compliance.evaluate.flips import Flip
from compliance.evaluate.folders import Evaluation
from compliance.evaluate.intervals import flatten_figures

MAX_FLIPS = 200  # each way; GitHub cuts a summary at 1 MB, and nobody reads more


def format_markdown(evaluation: Evaluation, comparison: Comparison | None) -> str:
    """Return the figures, and where there is a baseline the differences and the passages that flipped."""
    lines = ["# Måling mot gullsett", "", *_list_figures(evaluation)]
    if comparison:
        lines += ["", *_list_differences(comparison), "", *_list_flips(comparison)]
    return "\n".join(lines) + "\n"


def _list_figures(evaluation: Evaluation) -> Iterator[str]:
    readers = dict(flatten_figures(evaluation.agreement))
    yield "| mål | verdi | 90 % intervall | n | to lesere |"
    yield "|---|---|---|---|---|"
    for path, figure in flatten_figures(evaluation.parts):
        other = f"{readers[path].value:.3f}" if path in readers else ""
        yield f"| {path} | {figure.value:.3f} | {figure.low:.3f}–{figure.high:.3f} | {figure.n} | {other} |"


def _list_differences(comparison: Comparison) -> Iterator[str]:
    yield "## Mot grunnlinjen"
    yield ""
    yield comparison.describe()
    yield ""
    yield "| mål | før | nå | bedring | 90 % intervall | toleranse | |"
    yield "|---|---|---|---|---|---|---|"
    yield from map(_format_difference, comparison.differences)


def _format_difference(each: Difference) -> str:
    verdict = "**dårligere**" if each.is_worse else "ok"
    interval = f"{each.low:+.3f} til {each.high:+.3f}"
    return (
        f"| {each.path} | {each.before:.3f} | {each.now:.3f} | {each.gain:+.3f} | {interval} | {each.tolerance:g} "
        f"| {verdict} |"
    )


def _list_flips(comparison: Comparison) -> Iterator[str]:
    yield from _list_one_way("Fra rett til galt", [each for each in comparison.flips if each.is_worse])
    yield ""
    yield from _list_one_way("Fra galt til rett", [each for each in comparison.flips if not each.is_worse])


def _list_one_way(title: str, flips: Sequence[Flip]) -> Iterator[str]:
    yield f"## {title}: {len(flips)}"
    if flips:
        yield ""
        yield "| sett | avsnitt | merke | fasit | før | nå |"
        yield "|---|---|---|---|---|---|"
    for each in flips[:MAX_FLIPS]:
        yield f"| {each.document} | {each.passage_id} | {each.label} | {each.gold} | {each.before} | {each.now} |"
    if len(flips) > MAX_FLIPS:
        yield ""
        yield f"… og {len(flips) - MAX_FLIPS} til."
