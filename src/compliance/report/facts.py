"""The facts that a document states, each with the words it was read from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from compliance.records import Fact
from compliance.report.catalogue import Catalogue
from compliance.report.material import DocumentMaterial
from compliance.report.presentation import Presentation
from compliance.report.quotes import Quote, quote_passage

VISIBLE: Final = 3  # quotes a value


@dataclass(frozen=True, slots=True)
class ValueView:
    """One value of a field, with its first quotes; none where it was read from the document as a whole."""

    anchor: str
    value: str
    quotes: tuple[Quote, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field of the facts with all values that the document gives it."""

    name: str
    values: tuple[ValueView, ...]


def show_facts(material: DocumentMaterial, *, presentation: Presentation) -> tuple[FieldView, ...]:
    """Return the document's facts by field and value, in the order they were first found."""
    fields: dict[str, dict[str, list[Fact]]] = {}
    for fact in material.facts:
        fields.setdefault(str(fact.field), {}).setdefault(fact.value.casefold(), []).append(fact)
    return tuple(
        FieldView(
            name=presentation.texts.find(f"fact.{field}", field),
            values=tuple(
                _show_value(material, facts, f"fact-{field}-{number}", presentation)
                for number, facts in enumerate(values.values())
            ),
        )
        for field, values in fields.items()
    )


def _show_value(
    material: DocumentMaterial, facts: Sequence[Fact], anchor: str, presentation: Presentation
) -> ValueView:
    texts, limit = presentation.texts, presentation.config.max_quote_chars
    spans: dict[str, list[tuple[int, int]]] = {}
    for fact in facts:
        found = [(e.start, e.end) for e in fact.evidence if e.start is not None and e.end is not None]
        if found and fact.passage_id in material.passages:
            spans.setdefault(fact.passage_id, []).extend(found)
    quotes = [
        quote_passage(material, material.passages[passage_id], marks, texts=texts, max_chars=limit)
        for passage_id, marks in list(spans.items())[:VISIBLE]
    ]
    return ValueView(anchor, _name_value(facts[0], texts), tuple(quotes), max(0, len(spans) - VISIBLE))


def _name_value(fact: Fact, texts: Catalogue) -> str:
    value = texts.period(fact.value) if fact.field.endswith("_period") else fact.value
    known = texts.find(f"value.{fact.value.lower()}", value)
    return texts.find(f"value.{fact.field}.{fact.value.lower()}", known)
