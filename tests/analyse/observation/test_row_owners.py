"""Who a table of measures says is in charge of what the text tells of too."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builders import make_reading
from compliance.analyse.observation.measures_details import DetailReader
from compliance.analyse.observation.row_owners import RowOwners
from compliance.guidelines.rules import load_rules
from compliance.records import BlockKind, Reading, TableRow

HEADER = ("Tiltak", "Ansvar", "Frist")
ROWS = (
    ("Årlig beredskapsøvelse", "Beredskapskoordinator", "Årlig"),
    ("Etablere datakatalog", "Digitaliseringsrådgiver", "2028"),
    ("Plan for digital dømmekraft", "Oppvekstsjef", "2027"),
    ("Innføre portal", "Servicetorget", "2027"),
    ("Digital heimeoppfølging", "Helsesjefen", "2028"),
    ("Opplæringsprogram for leiarar", "HR-sjef", "2028"),
    ("Opplæringsprogram for leiarar", "Rådmannen", "2029"),
    ("Klarspråk i brevmalar", "Ikkje avklart", "2029"),
)


def _make_rows() -> Reading:
    reading = make_reading([(BlockKind.TABLE_ROW, "\t".join(cells)) for cells in ROWS])
    passages = [
        replace(passage, table=TableRow(HEADER, cells)) for passage, cells in zip(reading.passages, ROWS, strict=True)
    ]
    return replace(reading, passages=tuple(passages))


@pytest.mark.parametrize(
    ("clause", "owners"),
    [
        pytest.param("Det gjennomføres en beredskapsøvelse hvert år.", ["Beredskapskoordinator"], id="prose"),
        pytest.param("Datakatalogen skal være på plass i 2028.", ["Digitaliseringsrådgiver"], id="inflected"),
        pytest.param(
            "Skolene skal ha en felles plan for digital dømmekraft.", ["Oppvekstsjef"], id="all-words-of-its-name"
        ),
        pytest.param("Kommunen skal tilby digital heimeoppfølging frå 2028.", ["Helsesjefen"], id="nn"),
        pytest.param("Dei digitale heimeoppfølgingane skal utvidast.", ["Helsesjefen"], id="nn-inflected"),
        pytest.param("Det skal lages en plan for nettvett.", [], id="another-plan"),
        pytest.param("Portalen skal være enkel å bruke.", [], id="a-word-that-says-too-little"),
        pytest.param("Det er lagt inn 2 mill. som følge av digital heimeoppfølging.", [], id="named-beside"),
        pytest.param("Det skal vere eit opplæringsprogram for leiarar.", [], id="nn-two-rows-differ"),
        pytest.param("Vi skal ha klarspråk i brevmalane.", [], id="nn-nobody-is-named"),
        pytest.param("Beredskapen skal styrkes.", [], id="a-part-of-the-word"),
    ],
)
def test_an_owner_is_that_of_the_row_the_clause_is_about(clause: str, owners: list[str]) -> None:
    rows = RowOwners(_make_rows().passages, DetailReader(load_rules()))
    assert [each.value for each in rows.find(clause)] == owners
