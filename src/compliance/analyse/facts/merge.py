"""What a municipality's documents say together: one findings case."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from compliance.analyse.facts.sentences import FactField, is_firm
from compliance.records import Fact

_UNNAMED = re.compile(r"(?:IKT|IT)-[a-zæøå]")  # «IKT-samarbeid»
_STATUS_ORDER = ("none", "in_progress", "adopted")


@dataclass(frozen=True, slots=True)
class MunicipalityFacts:
    """A findings case: the facts that a municipality's documents support, with None where nothing is said."""

    municipality: str | None
    strategy_status: str | None  # "adopted", "in_progress" or "none"
    strategy_period: str | None  # "YYYY-YYYY"
    samfunnsdel_period: str | None
    digital_in_samfunnsdel: bool | None
    sector_plans: tuple[str, ...]  # sorted
    funding: tuple[str, ...]
    prioritisation_structure: str | None
    regional_networks: tuple[str, ...]


def merge_facts(facts: Sequence[Fact]) -> MunicipalityFacts:
    """Return one case from all facts of one municipality's documents.

    Where documents disagree, the commonest value wins, the first read among equals; a strategy that is said to be under
    way is not adopted, unless more sentences say that it is.
    """
    values: dict[str, list[str]] = {field: [] for field in FactField}
    for fact in facts:
        values[fact.field].append(fact.value)
    status = _choose_status(_list_firm(facts, FactField.STRATEGY_STATUS))
    digital = _commonest(_list_firm(facts, FactField.DIGITAL_IN_SAMFUNNSDEL))
    return MunicipalityFacts(
        municipality=_commonest(values[FactField.MUNICIPALITY]),
        strategy_status=status,
        strategy_period=_commonest(values[FactField.STRATEGY_PERIOD]) if status in {"adopted", "in_progress"} else None,
        samfunnsdel_period=_commonest(values[FactField.SAMFUNNSDEL_PERIOD]),
        digital_in_samfunnsdel=None if digital is None else digital == "true",
        sector_plans=tuple(sorted(set(values[FactField.SECTOR_PLANS]))),
        funding=tuple(sorted(set(values[FactField.FUNDING]))),
        prioritisation_structure=_commonest(_list_firm(facts, FactField.PRIORITISATION_STRUCTURE)),
        regional_networks=_choose_networks(values[FactField.REGIONAL_NETWORKS]),
    )


def _list_firm(facts: Sequence[Fact], field: FactField) -> list[str]:
    """Return a field's values; weak ones, such as mere mentions of a strategy, only where nothing else is said."""
    values = [fact for fact in facts if fact.field == field]
    firm = [fact.value for fact in values if is_firm(fact)]
    return firm or [fact.value for fact in values]


def _choose_status(values: Sequence[str]) -> str | None:
    """Return what is said of the strategy: «under arbeid» beats «finnes ikke», and both beat a lone «vedtatt»."""
    counts = Counter(values)
    if not counts:
        return None
    if counts["in_progress"] and counts["in_progress"] >= counts["adopted"]:
        return "in_progress"
    if counts["none"] > counts["adopted"]:
        return "none"
    return max(counts, key=lambda value: (counts[value], _STATUS_ORDER.index(value)))


def _choose_networks(values: Sequence[str]) -> tuple[str, ...]:
    """Return the networks with a name; «interkommunalt IKT-samarbeid» counts only where none is named."""
    named = {value for value in values if value[:1].isupper() and not _UNNAMED.match(value)}
    whole = {value for value in values if not any(value != other and value in other for other in values)}
    return tuple(sorted(named or whole))


def _commonest(values: Sequence[str]) -> str | None:
    """Return the commonest value, upper and lower case alike, in its first spelling with a capital."""
    counts = Counter(value.casefold() for value in values)
    folded = max(counts, key=lambda value: counts[value], default=None)
    spellings = [value for value in values if value.casefold() == folded]
    return next((value for value in spellings if value[:1].isupper()), spellings[0] if spellings else None)
