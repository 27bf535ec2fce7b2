"""The facts that a document states, each with the place it was read at."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from compliance.records import Attribute, Fact
from compliance.report.catalogue import Catalogue
from compliance.report.context import ReportContext
from compliance.report.document_results import DocumentResults
from compliance.report.views.commitments import write_sum
from compliance.report.views.quotes import find_place, name_pages

MAX_VALUES: Final = 4  # values of one fact: sector plans and networks may be many
MAX_PLACES: Final = 2
SUM: Final = "funding_sum"  # the field whose values are kroner
BODY: Final = "prioritisation_structure"  # the field whose values are named as the text does
_ENDING: Final = re.compile(r"(?:e?[tn]|e|a)$")  # «porteføljestyre» and «porteføljestyret» are one body


@dataclass(frozen=True, slots=True)
class FactValue:
    """One value and where it is read."""

    text: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactView:
    """One fact with its values."""

    name: str
    values: tuple[FactValue, ...]
    left_out: int


def show_facts(plan: DocumentResults, *, context: ReportContext) -> tuple[FactView, ...]:
    """Return what the document says of itself, then its facts by field, in the order they were first found."""
    texts = context.texts
    views = [
        FactView(texts.text(f"identity.{name}"), (FactValue(value, _where(plan, attribute, texts)),), 0)
        for name, value, attribute in _list_attributes(plan, texts)
    ]
    fields: dict[str, dict[str, list[Fact]]] = {}
    for fact in plan.facts:
        fields.setdefault(str(fact.field), {}).setdefault(_fold(fact), []).append(fact)
    for field, values in fields.items():
        if field == "municipality" or (field == "strategy_period" and _says_own_period(values, plan)):
            continue  # said in the page's heading, or just before
        shown = [
            FactValue(_name_value(facts[0], texts), _list_places(plan, facts, texts))
            for facts in list(values.values())[:MAX_VALUES]
        ]
        left_out = max(0, len(values) - MAX_VALUES)
        views.append(FactView(texts.find(f"fact.{field}", field), tuple(shown), left_out))
    return tuple(views)


def _list_attributes(plan: DocumentResults, texts: Catalogue) -> list[tuple[str, str, Attribute]]:
    profile = plan.profile
    known = [
        ("adopted", texts.date(profile.adopted.value) if profile.adopted else "", profile.adopted),
        ("period", texts.period(profile.period.value) if profile.period else "", profile.period),
    ]
    return [(name, value, attribute) for name, value, attribute in known if attribute is not None]


def _says_own_period(values: Mapping[str, Sequence[Fact]], plan: DocumentResults) -> bool:
    return plan.profile.period is not None and list(values) == [plan.profile.period.value]


def _where(plan: DocumentResults, attribute: Attribute, texts: Catalogue) -> tuple[str, ...]:
    page = plan.page_at(attribute.start) if plan.document.has_pages else None
    return (name_pages((page,), texts=texts),) if page else ()


def _list_places(plan: DocumentResults, facts: list[Fact], texts: Catalogue) -> tuple[str, ...]:
    passages = [plan.passages[fact.passage_id] for fact in facts if fact.passage_id in plan.passages]
    places = (find_place(plan.document, passage, texts=texts).short for passage in passages)
    return tuple(dict.fromkeys(places))[:MAX_PLACES]


def _fold(fact: Fact) -> str:
    """Return what the same value has in common however it is written."""
    folded = fact.value.casefold()
    return _ENDING.sub("", folded) if fact.field == BODY else folded


def _name_value(fact: Fact, texts: Catalogue) -> str:
    if fact.field == BODY:
        return f"{fact.value[:1].upper()}{fact.value[1:]}"
    if fact.field == SUM:
        return write_sum(fact.value, texts)
    value = texts.period(fact.value) if fact.field.endswith("_period") else fact.value
    known = texts.find(f"value.{fact.value.lower()}", value)
    return texts.find(f"value.{fact.field}.{fact.value.lower()}", known)
