from collections.abc import Callable

import pytest

from compliance.ingest.profile.adoption import is_marked_draft, read_adoption
from compliance.records import Attribute, AttributeSource, Document, DocumentType

PERIOD = Attribute("2019-2030", AttributeSource.TEXT, "2019–2030")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("Vedtatt av kommunestyret 12.06.2019", "2019-06-12", id="numeric"),
        pytest.param("Vedtatt i kommunestyret den 12. juni 2019, sak 45/19", "2019-06-12", id="date before the case"),
        pytest.param("Vedteke i kommunestyret 21. mai 2019", "2019-05-21", id="nynorsk"),
        pytest.param("Vedteken av heradsstyret 3/4-19", "2019-04-03", id="slash and short year"),
        pytest.param("Fastsett 7. oktober 2019", "2019-10-07", id="planprogram"),
        pytest.param("Kommunestyrets vedtak 12.06.19", "2019-06-12", id="the council's decision"),
        pytest.param("Godkjent av bystyret mai 2019", "2019-05", id="month"),
        pytest.param("Vedtatt 2019", "2019", id="year"),
        pytest.param("Vedteke k-sak 52/20", "2020", id="year of the case"),
        pytest.param("K-sak 45/19", "2019", id="case alone on the cover"),
        pytest.param(
            "Behandlet i formannskapet 01.06.2019 og vedtatt i kommunestyret 12.06.2019", "2019-06-12", id="two"
        ),
        pytest.param("Vedtatt i kommunestyret, sak 45/19, 12.06.2019", "2019-06-12", id="case before the date"),
        pytest.param("Vedtatt økonomiplan 2019–2022", None, id="years of the plan"),
        pytest.param("Vedtatt 31.02.2019", None, id="no such day"),
        pytest.param("Vedtatt sendt på høring av formannskapet 12.03.2019", None, id="sent on hearing"),
        pytest.param("Eventyrdal, 12.06.2019", None, id="a date without decision"),
    ],
)
def test_adoption_on_the_cover(make_document: Callable[..., Document], line: str, expected: str | None) -> None:
    document = make_document("# Kommuneplanens samfunnsdel", line, "Kommunen skal vokse. " * 20)
    found = read_adoption(document, period=PERIOD, document_type=DocumentType.SAMFUNNSDEL)
    assert (found.value if found else None) == expected
    if found:
        assert document.text[found.start : found.end] == found.quote


def test_a_case_paper_is_no_draft(make_document: Callable[..., Document]) -> None:
    assert not is_marked_draft(make_document("# Saksframlegg: Forlengelse av strategien", "Eventyrdal kommune"))
    assert is_marked_draft(make_document("# Framlegg til strategi", "Eventyrdal kommune"))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param("Planen ble vedtatt av kommunestyret 12. juni 2019.", "2019-06-12", id="this plan"),
        pytest.param("Samfunnsdelen vart vedteken i kommunestyret 21. mai 2019.", "2019-05-21", id="nynorsk"),
        pytest.param("Kommunestyret vedtok planen 12. juni 2019.", "2019-06-12", id="the council adopted"),
        pytest.param("Planen ble vedtatt 4. mars 2008.", None, id="too long before the period"),
        pytest.param("Økonomiplanen ble vedtatt 12. desember 2018.", None, id="a plan of another kind"),
        pytest.param("Planen ble vedtatt i kommunestyret, sak 45/19.", "2019", id="case only"),
        pytest.param("Arealdelen ble vedtatt 18. desember 2018.", None, id="another plan"),
        pytest.param("Stortinget vedtok loven 12. juni 2019.", None, id="the parliament"),
    ],
)
def test_adoption_in_the_text(make_document: Callable[..., Document], sentence: str, expected: str | None) -> None:
    filler = "Kommunen skal ta vare på innbyggerne sine og gi dem gode tjenester der de bor. " * 40
    document = make_document("# Samfunnsdel", filler + sentence + " " + filler)
    found = read_adoption(document, period=PERIOD, document_type=DocumentType.SAMFUNNSDEL)
    assert (found.value if found else None) == expected


@pytest.mark.parametrize(
    ("lines", "name", "running"),
    [
        pytest.param(["# Samfunnsdel – høringsutkast", "Vedtatt 12.06.2019"], "plan.pdf", (), id="title"),
        pytest.param(["# Samfunnsdel"], "plan_horing.pdf", (), id="file name"),
        pytest.param(["# Samfunnsdel"], "plan.pdf", ("UTKAST",), id="running header"),
        pytest.param(["# Samfunnsdel", "Høyringsutgåve 13.06.2019"], "plan.pdf", (), id="nynorsk cover line"),
        pytest.param(["# Samfunnsdel", "Kommunedirektørens forslag 1. november 2019"], "plan.pdf", (), id="proposal"),
    ],
)
def test_a_draft_is_not_adopted(
    make_document: Callable[..., Document], lines: list[str], name: str, running: tuple[str, ...]
) -> None:
    title = lines[0].removeprefix("# ")
    document = make_document(*lines, "Planen ble vedtatt 12. juni 2019.", name=name, running=running, title=title)
    assert read_adoption(document, period=PERIOD, document_type=DocumentType.SAMFUNNSDEL) is None
