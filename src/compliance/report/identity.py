"""What a document is, and where each thing about it was read."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import Final

from compliance.records import Attribute, AttributeSource
from compliance.report.catalogue import Catalogue
from compliance.report.material import DocumentMaterial
from compliance.report.quotes import has_pages

MAX_QUOTE: Final = 120  # characters


@dataclass(frozen=True, slots=True)
class IdentityRow:
    """One thing known of a document: its name, its value, and how it is known."""

    name: str
    value: str
    read_from: str
    known: bool = True


def describe_document(material: DocumentMaterial, *, texts: Catalogue) -> tuple[IdentityRow, ...]:
    """Return type, municipality, period, adoption, language and size, in that order."""
    profile, document = material.profile, material.document
    kind = texts.text(f"type.{profile.document_type.value}")
    language = texts.text(f"language.{profile.language.value}")
    period = texts.period(profile.period.value) if profile.period else None
    adopted = texts.date(profile.adopted.value) if profile.adopted else None
    rows = [
        _row("type", kind, profile.document_type, material, texts),
        _row("municipality", name_municipality(material), profile.municipality, material, texts),
        _row("period", period, profile.period, material, texts),
        _row("adopted", adopted, profile.adopted, material, texts),
        _row("language", language, profile.language, material, texts),
        IdentityRow(texts.text("identity.file"), document.name, ""),
    ]
    if has_pages(document):
        rows.append(IdentityRow(texts.text("identity.pages"), texts.number(len(document.pages)), ""))
    return tuple(rows)


def name_municipality(material: DocumentMaterial) -> str | None:
    """Return the municipality with its county, None where the document does not say."""
    profile = material.profile
    if profile.municipality is None:
        return None
    details = [profile.county, profile.municipality_number]
    known = ", ".join(item for item in details if item)
    return f"{profile.municipality.value} ({known})" if known else profile.municipality.value


def _row(
    key: str, value: str | None, attribute: Attribute | None, material: DocumentMaterial, texts: Catalogue
) -> IdentityRow:
    name = texts.text(f"identity.{key}")
    if value is None or attribute is None:
        return IdentityRow(name, texts.text("identity.unknown"), "", known=False)
    return IdentityRow(name, value, _tell_source(attribute, material, texts))


def _tell_source(attribute: Attribute, material: DocumentMaterial, texts: Catalogue) -> str:
    """Return where an attribute was read: «Lest på s. 1: «Vedtatt 12. mai 2021»»."""
    words = textwrap.shorten(attribute.quote, MAX_QUOTE, placeholder=" …")
    quote = texts.text("format.quote", text=words) if words else ""
    if attribute.source is AttributeSource.OVERRIDE or not quote:
        return texts.text(f"source.{attribute.source.value}.plain")
    page = material.page_at(attribute.start) if has_pages(material.document) else None
    if attribute.source is AttributeSource.TEXT and page:
        return texts.text("source.text.page", page=page, quote=quote)
    return texts.text(f"source.{attribute.source.value}.quote", quote=quote)
