"""What the overview shows of the whole study beside its findings: the element profile, networks and intervals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from compliance.records import ScoreSubject
from compliance.records.study import Estimate, NetworkRole, Study
from compliance.study.page.view import StudyView
from compliance.study.resampling import LEAST_UNITS

_STABILITY: Final = "rank_stability"
_AGREEMENT: Final = ("enighet_kappa", "enighet_alpha")


@dataclass(frozen=True, slots=True)
class ProfileBar:
    """An element of the framework: passages about it in a municipality on average, and how long its bar is."""

    id: str
    name: str
    page: str
    passages: float
    percent: float  # of the longest bar


@dataclass(frozen=True, slots=True)
class NetworkUse:
    """A network: the municipalities (id) that only name it, that reflect it, and whose strategy is older."""

    name: str
    mentioned: tuple[str, ...]
    reflected: tuple[str, ...]
    older: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean or share with its 95 % interval; `value`, `low` and `high` as the page shows them.

    Without `spread` all units have the same value, and what was drawn tells nothing of others.
    """

    name: str
    units: int
    spread: bool
    value: str
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class Statistics:
    """What the overview says of how sure the study's numbers are."""

    findings: tuple[Interval, ...]
    stability: tuple[Interval, ...]
    agreement: tuple[Interval, ...]
    least: int  # municipalities or documents that a group needs to have an interval


def draw_profile(view: StudyView) -> tuple[ProfileBar, ...]:
    """Return a bar for each element, in the framework's order."""
    breadths: dict[str, list[int]] = defaultdict(list)
    for cell in view.study.cells:
        if cell.subject == ScoreSubject.ELEMENT.value:
            breadths[cell.label].append(cell.breadth)
    means = {label: sum(values) / len(values) for label, values in breadths.items()}
    longest = max(means.values(), default=0.0) or 1.0
    return tuple(
        ProfileBar(each.id, each.name, each.page, round(means[each.id], 1), round(100 * means[each.id] / longest, 1))
        for each in view.labels.get(ScoreSubject.ELEMENT.value, ())
        if each.id in means
    )


def list_networks(study: Study) -> tuple[NetworkUse, ...]:
    """Return the networks that documents name, those of most municipalities first."""
    uses: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for value in study.case_values:
        if value.field == "regional_networks":
            uses[value.value][value.note].append(value.municipality)
        elif value.field == "strategy_older_than_network":
            uses[value.value][value.field].append(value.municipality)
    found = [
        NetworkUse(
            name,
            tuple(use[NetworkRole.MENTIONED.value]),
            tuple(use[NetworkRole.REFLECTED.value]),
            tuple(use["strategy_older_than_network"]),
        )
        for name, use in uses.items()
    ]
    return tuple(sorted(found, key=lambda each: (-len(each.mentioned) - len(each.reflected), each.name)))


def collect_statistics(study: Study) -> Statistics:
    """Return the intervals of all municipalities together, how stable the order is, and agreement with people."""
    titles = {each.id: each.title for each in study.findings}
    whole = [each for each in study.estimates if each.grouping == "all" and each.measure in titles]
    return Statistics(
        tuple(_show_share(titles[each.measure], each) for each in whole),
        tuple(_show_number(each.group, each) for each in study.estimates if each.measure == _STABILITY),
        tuple(_list_agreement(study)),
        LEAST_UNITS,
    )


def _list_agreement(study: Study) -> Iterator[Interval]:
    names = {"enighet_kappa": "Vektet kappa", "enighet_alpha": "Krippendorffs alfa"}
    for each in study.estimates:
        if each.measure in _AGREEMENT:
            yield _show_number(f"{names[each.measure]}, {each.grouping}: {each.group}", each)


def _show_share(name: str, estimate: Estimate) -> Interval:
    value, low, high = (f"{100 * each:.0f} %" for each in (estimate.value, estimate.low, estimate.high))
    return Interval(name, estimate.units, estimate.low < estimate.high, value, low, high)


def _show_number(name: str, estimate: Estimate) -> Interval:
    value, low, high = (f"{each:.2f}".replace(".", ",") for each in (estimate.value, estimate.low, estimate.high))
    return Interval(name, estimate.units, estimate.low < estimate.high, value, low, high)
