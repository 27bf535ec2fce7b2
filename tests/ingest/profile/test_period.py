from collections.abc import Callable

import pytest

from compliance.ingest.profile.period import read_period
from compliance.records import AttributeSource, Document, DocumentType

S, A = DocumentType.SAMFUNNSDEL, DocumentType.ARSBUDSJETT
E, D = DocumentType.OKONOMIPLAN, DocumentType.DIGITALISERINGSSTRATEGI


@pytest.mark.parametrize(
    ("lines", "kind", "expected"),
    [
        pytest.param(["# Samfunnsdel 2019 – 2030"], S, "2019-2030", id="dash with spaces"),
        pytest.param(["# Digitaliseringsstrategi 2024-27"], D, "2024-2027", id="short second year"),
        pytest.param(["# Strategi", "For perioden 2026 til 2038"], D, "2026-2038", id="til"),
        pytest.param(["2026 – 2038", "# Samfunnsdel"], S, "2026-2038", id="alone on a line of the cover"),
        pytest.param(["# Økonomiplan 2026–2029 og budsjett 2026"], E, "2026-2029", id="plan and budget"),
        pytest.param(["# Årsbudsjett 2025"], A, "2025-2025", id="a budget is for its year"),
        pytest.param(["# Økonomiplan 2025"], E, "2025-2028", id="an økonomiplan is for four years"),
        pytest.param(
            ["# Digitaliseringsstrategi", "Strategien gjelder for perioden 2021–2025. Den rulleres."],
            D,
            "2021-2025",
            id="said in the text",
        ),
        pytest.param(
            ["# Digitaliseringsstrategi", "Strategien bygger på strategien til KS for perioden 2017–2020."],
            D,
            None,
            id="another's strategy",
        ),
        pytest.param(
            ["# Digitaliseringsstrategi", "Strategien ble vedtatt den 12. mai 2020, og gjelder for 2020-2023."],
            D,
            "2020-2023",
            id="after a date in the same sentence",
        ),
        pytest.param(
            ["# Digitaliseringsstrategi", "Strategien er vår. Kommuneplanen gjelder for 2018-2030."],
            D,
            None,
            id="a sentence on another plan",
        ),
        pytest.param(  # notes on a municipality's plans are none of them
            ["# Notater", "Strategien gjelder for perioden 2021–2025."], DocumentType.OTHER, None, id="notes"
        ),
        pytest.param(
            ["# Instruks", "Denne planen gjelder for perioden 2021–2025."], DocumentType.OTHER, "2021-2025", id="this"
        ),
        pytest.param(
            ["# Samfunnsdel", "Samfunnsdelen gjelder etter valgperioden 2023–2027 også."], S, None, id="election period"
        ),
        pytest.param(
            ["# Planstrategi", "Denne planstrategien gjelder for kommunestyreperioden 2023–2027."],
            DocumentType.PLANSTRATEGI,
            "2023-2027",
            id="election period of a planstrategi",
        ),
        pytest.param(
            ["# Samfunnsdel", "Planen bygger på planstrategi for kommunen 2016-2019."], S, None, id="another plan"
        ),
        pytest.param(["# Samfunnsdel", "Folketallet økte i perioden 2010–2019."], S, None, id="statistics"),
        pytest.param(
            ["# Digitaliseringsstrategi", "Meld. St. 27 (2015–2016) ligger til grunn."], D, None, id="session"
        ),
        pytest.param(["# Samfunnsdel mot 2030"], S, None, id="a single year"),
        pytest.param(["# Samfunnsdel 2030-2019"], S, None, id="backwards"),
    ],
)
def test_period_of_a_plan(
    make_document: Callable[..., Document], lines: list[str], kind: DocumentType, expected: str | None
) -> None:
    document = make_document(*lines)
    found = read_period(document, document_type=kind)
    assert (found.value if found else None) == expected
    if found:
        assert document.text[found.start : found.end] == found.quote


def test_title_wins_over_text(make_document: Callable[..., Document]) -> None:
    document = make_document("# Samfunnsdel 2023–2035", "Samfunnsdelen gjelder perioden 2011–2022 inntil videre.")
    found = read_period(document, document_type=S)
    assert found is not None
    assert found.value == "2023-2035"


@pytest.mark.parametrize("name", ["samfunnsdel-2019-2030.pdf", "samfunnsdel_2019_2030.docx"])
def test_file_name_tells_the_period(make_document: Callable[..., Document], name: str) -> None:
    document = make_document("Sammen om framtida", name=name)
    found = read_period(document, document_type=S)
    assert found is not None
    assert (found.value, found.source, found.quote) == ("2019-2030", AttributeSource.FILE_NAME, name)
