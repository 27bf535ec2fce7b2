"""The facts that a document states, each with the words it was read from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from compliance.records import Fact
from compliance.report.catalogue import Catalogue
from compliance.report.material import DocumentMaterial
from compliance.report.presentation import Presentation
from compliance.report.quotes import Quote, quote_passage


@dataclass(frozen=True, slots=True)
class FactView:
    """One value of a field with its evidence; the quote is None where the passage is not in the store."""

    anchor: str
    value: str
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class FactGroup:
    """All values of one field."""

    name: str
    facts: tuple[FactView, ...]


def show_facts(material: DocumentMaterial, *, presentation: Presentation) -> tuple[FactGroup, ...]:
    """Return the document's facts by field, the fields in the order they were first found."""
    order = list(dict.fromkeys(fact.field for fact in material.facts))
    ordered = sorted(material.facts, key=lambda fact: order.index(fact.field))
    return tuple(
        FactGroup(
            name=presentation.texts.find(f"fact.{field}", field),
            facts=tuple(_show_values(material, list(members), presentation)),
        )
        for field, members in groupby(ordered, key=lambda fact: fact.field)
    )


def _show_values(material: DocumentMaterial, facts: list[Fact], presentation: Presentation) -> Iterable[FactView]:
    for number, fact in enumerate(facts):
        passage = material.passages.get(fact.passage_id)
        spans = [(e.start, e.end) for e in fact.evidence if e.start is not None and e.end is not None]
        limit = presentation.config.max_quote_chars
        yield FactView(
            anchor=f"fact-{fact.field}-{number}",
            value=_name_value(fact, presentation.texts),
            quote=quote_passage(material, passage, spans, texts=presentation.texts, max_chars=limit)
            if passage
            else None,
        )


def _name_value(fact: Fact, texts: Catalogue) -> str:
    value = fact.value.replace("-", "–") if fact.field.endswith("_period") else fact.value
    return texts.find(f"value.{fact.value.lower()}", value)
