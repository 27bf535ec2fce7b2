"""Put a document's attributes together."""

from __future__ import annotations

from compliance.config import Correction, IngestConfig
from compliance.errors import SettingsError
from compliance.ingest.profile.adoption import read_adoption
from compliance.ingest.profile.document_type import read_document_type
from compliance.ingest.profile.language import read_language
from compliance.ingest.profile.municipality import MunicipalityReading, read_municipality, take_municipality
from compliance.ingest.profile.period import read_period
from compliance.records import Attribute, AttributeSource, Document, DocumentType, Profile


def profile_document(document: Document, *, config: IngestConfig, correction: Correction | None = None) -> Profile:
    """Return what a document is: language, type, municipality, period and date of adoption, each with its evidence.

    `config.municipality` and `config.document_type` override what the document says; SettingsError where they name
    nothing we know. What a person says of this very file, `correction`, goes before both. Evidence in running headers
    and in titles from a file's properties has METADATA as its source.
    """
    said = correction or Correction(sha256=document.sha256)
    document_type = _read_type(document, said.document_type or config.document_type)
    kind = DocumentType(document_type.value)
    period = read_period(document, document_type=kind) if said.period is None else _take_over(said.period)
    adopted = (
        read_adoption(document, period=period, document_type=kind) if said.adopted is None else _take_over(said.adopted)
    )
    dated = period or adopted
    year = int(dated.value[:4]) if dated else None
    municipality: MunicipalityReading | None = (
        take_municipality(said.municipality)
        if said.municipality
        else read_municipality(document, override=config.municipality, year=year)
    )
    return Profile(
        document_id=document.id,
        language=read_language(document),
        document_type=document_type,
        municipality=municipality.attribute if municipality else None,
        municipality_number=municipality.number if municipality else None,
        county=municipality.county if municipality else None,
        period=period,
        adopted=adopted,
    )


def _take_over(said: str) -> Attribute | None:
    return Attribute(said, AttributeSource.OVERRIDE, said) if said else None


def _read_type(document: Document, said: str | None) -> Attribute:
    """Return the document's type, as the user says or else as the document does."""
    if said is None:
        return read_document_type(document)
    try:
        chosen = DocumentType(said.strip().casefold())
    except ValueError as error:
        known = ", ".join(DocumentType)
        message = f"Ukjent dokumenttype: «{said}». Velg en av {known}."
        raise SettingsError(message, field="ingest.document_type") from error
    return Attribute(chosen.value, AttributeSource.OVERRIDE, said)
