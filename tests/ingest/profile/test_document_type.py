from collections.abc import Callable

import pytest

from compliance.ingest.profile.document_type import match_type, read_document_type
from compliance.records import AttributeSource, Document, DocumentType

TITLES = {
    "Strategi for digital transformasjon 2024–2028": DocumentType.DIGITALISERINGSSTRATEGI,
    "Digital omstillingsplan for Fjellvik": DocumentType.DIGITALISERINGSSTRATEGI,
    "Kommuneplanens samfunnsdel 2023–2035": DocumentType.SAMFUNNSDEL,
    "Kommuneplan for Eventyrdal 2020–2032": DocumentType.SAMFUNNSDEL,
    "KOMMUNEPLANEN SIN SAMFUNNSDEL": DocumentType.SAMFUNNSDEL,
    "Kommuneplanens arealdel 2024–2036": DocumentType.OTHER,
    "Handlings- og økonomiplan 2025–2028": DocumentType.OKONOMIPLAN,
    "Økonomiplan 2026–2029 og budsjett 2026": DocumentType.OKONOMIPLAN,
    "Budsjett 2025 med økonomiplan": DocumentType.OKONOMIPLAN,
    "Handlingsprogram 2025–2028": DocumentType.OKONOMIPLAN,
    "Kommuneplanens handlingsdel": DocumentType.OKONOMIPLAN,
    "Årsbudsjett 2025": DocumentType.ARSBUDSJETT,
    "Budsjett 2026": DocumentType.ARSBUDSJETT,
    "Digitaliseringsstrategi 2021–2025": DocumentType.DIGITALISERINGSSTRATEGI,
    "IKT- og digitaliseringsstrategi": DocumentType.DIGITALISERINGSSTRATEGI,
    "Digitaliserings- og innovasjonsstrategi": DocumentType.DIGITALISERINGSSTRATEGI,
    "Strategi for digitalisering i Eventyrdal": DocumentType.DIGITALISERINGSSTRATEGI,
    "Digital strategi mot 2030": DocumentType.DIGITALISERINGSSTRATEGI,
    "Digitaliseringsplan 2024": DocumentType.DIGITALISERINGSSTRATEGI,
    "Vår digitale framtid – strategi 2024–2028": DocumentType.DIGITALISERINGSSTRATEGI,
    "Veikart for digitalisering": DocumentType.DIGITALISERINGSSTRATEGI,
    "Saksprotokoll: Digitaliseringsstrategi for Fjellvik": DocumentType.OTHER,
    "Kommunestyret – sak 12/20 – IKT-strategi": DocumentType.OTHER,
    "IKT-strategi 2020–2024, vedtatt i sak 12/20": DocumentType.IKT_STRATEGI,
    "Mål og budsjett 2025–2028": DocumentType.OKONOMIPLAN,
    "IKT-strategi 2019–2022": DocumentType.IKT_STRATEGI,
    "IKT-plan for Eventyrdal kommune": DocumentType.IKT_STRATEGI,
    "IKT-plan for skolene": DocumentType.TEMAPLAN,
    "Plan for velferdsteknologi": DocumentType.TEMAPLAN,
    "Kommunedelplan for helse og omsorg": DocumentType.TEMAPLAN,
    "Oppvekstplan 2023–2027": DocumentType.TEMAPLAN,
    "Smartbystrategi": DocumentType.TEMAPLAN,
    "Handlingsplan for digitalisering 2023–2025": DocumentType.TEMAPLAN,
    "Strategi og handlingsplan for digitalisering": DocumentType.DIGITALISERINGSSTRATEGI,
    "IKT-handlingsplan 2021": DocumentType.TEMAPLAN,
    "Næringsstrategi": DocumentType.TEMAPLAN,
    "Kommunal planstrategi 2024–2027": DocumentType.PLANSTRATEGI,
    "Planprogram for kommuneplanens samfunnsdel": DocumentType.PLANPROGRAM,
    "Forslag til planprogram, kommunedelplan oppvekst": DocumentType.PLANPROGRAM,
    "Årsmelding 2023": DocumentType.OTHER,
    "Kunnskapsgrunnlag til samfunnsdelen": DocumentType.OTHER,
    "Digital omstilling mot 2040. Strategisk analyse": DocumentType.UTREDNING,
    "Utgreiing om omstilling og digitalisering": DocumentType.UTREDNING,
    "Organisasjonsgjennomgang, sluttrapport": DocumentType.UTREDNING,
    "Plan for data og analyse": DocumentType.TEMAPLAN,
    "Strategi for data, analyse og kunstig intelligens": DocumentType.TEMAPLAN,
    "Planbeskrivelse med konsekvensutredning": DocumentType.OTHER,
    "Velkommen til oss": None,
}


@pytest.mark.parametrize(("title", "expected"), [pytest.param(*case, id=case[0]) for case in TITLES.items()])
def test_type_of_a_title(title: str, expected: DocumentType | None) -> None:
    assert match_type(title) is expected


def test_the_cover_is_quoted(make_document: Callable[..., Document]) -> None:
    document = make_document("Eventyrdal kommune", "# IKT-strategi 2025–2028", "Kommunen skal ha gode verktøy.")
    found = read_document_type(document)
    assert (found.value, found.quote, found.source) == ("ikt_strategi", "IKT-strategi", AttributeSource.TEXT)
    assert document.text[found.start : found.end] == found.quote


def test_the_file_name_tells_where_the_cover_does_not(make_document: Callable[..., Document]) -> None:
    document = make_document("Sammen om framtida", "Vi vil videre.", name="3320_okonomiplan_2025-2028.pdf")
    found = read_document_type(document)
    assert (found.value, found.source) == ("okonomiplan", AttributeSource.FILE_NAME)


def test_title_wins_over_plans_the_text_mentions(make_document: Callable[..., Document]) -> None:
    document = make_document(
        "# Temaplan oppvekst",
        "Planen bygger på samfunnsdelen og økonomiplanen, og kommunens digitaliseringsstrategi følges.",
    )
    assert read_document_type(document).value == "temaplan"


def test_a_document_names_itself_in_its_text(make_document: Callable[..., Document]) -> None:
    sentence = "I denne digitaliseringsstrategien beskriver vi hva kommunen skal gjøre. "
    document = make_document("Sammen blir vi bedre", sentence * 4 + "Samfunnsdelen ligger til grunn." * 9)
    assert read_document_type(document).value == "digitaliseringsstrategi"


def test_a_decision_on_the_cover_names_no_type(make_document: Callable[..., Document]) -> None:
    document = make_document("# Kommuneplanens samfunnsdel", "Planprogram fastsatt 2. mars 2018")
    assert read_document_type(document).value == "samfunnsdel"


def test_a_cited_source_names_no_type(make_document: Callable[..., Document]) -> None:
    document = make_document(
        "Nordvik kommune", "(Nordvik kommune, Digitaliseringsstrategi 2018–2021)", "Vi skal videre."
    )
    assert read_document_type(document).value == "other"


def test_a_printed_title_wins_over_the_file_properties(make_document: Callable[..., Document]) -> None:
    document = make_document("# Temaplan oppvekst", title="Saksframlegg")
    assert read_document_type(document).value == "temaplan"


def test_a_letter_is_other(make_document: Callable[..., Document]) -> None:
    document = make_document("Vi viser til brevet deres.", "Møtet er flyttet til torsdag.", name="brev.pdf")
    assert read_document_type(document).value == "other"


def test_titles_that_programs_invent_are_left_alone(make_document: Callable[..., Document]) -> None:
    document = make_document("# Temaplan", title="Microsoft Word - budsjett mal.docx")
    assert read_document_type(document).value == "temaplan"
