"""Facts of a findings case, read from prose and from what the documents are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analyse.stages import read_facts
from builders import Line, make_reading
from compliance.analyse.facts.merge import MunicipalityFacts, merge_facts
from compliance.analyse.facts.sentences import FactField
from compliance.analyse.matching.terms import split_roughly
from compliance.records import BlockKind, DocumentType

CASES = Path(__file__).resolve().parents[4] / "shared" / "reference" / "thesis"


STRATEGY = DocumentType.DIGITALISERINGSSTRATEGI


def read_case(
    *lines: Line,
    municipality: str | None = "Nordvik",
    document_type: DocumentType = DocumentType.OTHER,
    adopted: str | None = None,
) -> MunicipalityFacts:
    reading = make_reading(lines, municipality=municipality, document_type=document_type, adopted=adopted)
    return merge_facts(read_facts(reading))


def test_nothing_said_is_none() -> None:
    case = read_case("Hovedplan for vann revideres i 2026.")
    assert case.strategy_status is None
    assert case.samfunnsdel_period is None
    assert case.digital_in_samfunnsdel is None
    assert case.sector_plans == ()


def test_a_strategy_with_its_period_is_adopted() -> None:
    case = read_case("Kommunen har en digitaliseringsstrategi for perioden 2021-2024.")
    assert (case.strategy_status, case.strategy_period) == ("adopted", "2021-2024")


def test_a_strategy_under_way_is_not_adopted() -> None:
    case = read_case("Kommunen har ikke digitaliseringsstrategi. En slik strategi er under utarbeidelse.")
    assert (case.strategy_status, case.strategy_period) == ("in_progress", None)


def test_a_samfunnsdel_without_digitalisation_says_so() -> None:
    case = read_case("I samfunnsdelen 2019-2031 er ikke digitalisering et eget tema.")
    assert (case.samfunnsdel_period, case.digital_in_samfunnsdel) == ("2019-2031", False)


def test_networks_and_funding_need_a_digital_surrounding() -> None:
    digital = read_case("Digitalisering har fått driftsmidler. Vi deltar i Digi Rogaland.")
    assert (digital.funding, digital.regional_networks) == (("drift",), ("Digi Rogaland",))
    assert read_case("Det er satt av driftsmidler til snøbrøyting.").funding == ()


def test_cooperation_without_a_name_counts_only_alone() -> None:
    alone = read_case("Vi har et interkommunalt IKT-samarbeid om drift.")
    named = read_case("Vi har et interkommunalt IKT-samarbeid.", "IKT Fjordland IKS er vertskommune for samarbeidet.")
    assert alone.regional_networks == ("interkommunalt IKT-samarbeid",)
    assert named.regional_networks == ("IKT Fjordland",)


def test_a_fund_that_units_apply_to_is_a_structure() -> None:
    case = read_case("Det er opprettet et digitaliseringsfond som virksomhetene kan søke om midler fra.")
    assert (case.prioritisation_structure, case.funding) == ("digitaliseringsfond", ("fond",))


def test_what_is_only_supposed_is_no_fact() -> None:
    assert read_case("Mye tyder på at fagplan for skole omfatter digitalisering.").sector_plans == ()


def test_a_title_is_no_adoption() -> None:
    assert read_case("Digitaliseringsstrategi", document_type=STRATEGY).strategy_status is None
    spoken_of = read_case("Digitaliseringsstrategien har fire mål.", document_type=STRATEGY)
    assert spoken_of.strategy_status is None


def test_a_date_of_adoption_is_one() -> None:
    assert read_case("Digitaliseringsstrategi", document_type=STRATEGY, adopted="2021-05").strategy_status == "adopted"


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        pytest.param("Den forrige strategien gjaldt for 2018-2021.", set(), id="of-the-one-before"),
        pytest.param("Den førre digitaliseringsstrategien galdt 2018-2021.", set(), id="of-the-one-before-nn"),
        pytest.param("Strategien for 2018-2021 erstattes av denne.", set(), id="of-the-one-replaced"),
        pytest.param("Strategien gjelder for 2022-2025.", {"2022-2025"}, id="its-own"),
        pytest.param("Strategien for 2022-2025 avløser den forrige strategien.", {"2022-2025"}, id="its-own-first"),
    ],
)
def test_a_strategys_period_is_not_that_of_the_one_it_replaces(text: str, periods: set[str]) -> None:
    facts = read_facts(make_reading(["Digitaliseringsstrategi for Nordvik", text], document_type=STRATEGY))
    assert {each.value for each in facts if each.field == FactField.STRATEGY_PERIOD} == periods


def test_the_owner_in_a_row_is_not_whose_plan_it_is() -> None:
    assert read_case("Plan for digital dømmekraft\tOppvekstsjef\t2027").sector_plans == ()
    assert read_case("Plan for digital oppvekst\tKommunalsjef\t2027").sector_plans == ("oppvekst",)


def test_a_draft_is_in_progress() -> None:
    assert read_case("Digitaliseringsstrategi - utkast", document_type=STRATEGY).strategy_status == "in_progress"


@pytest.mark.parametrize(
    ("text", "period"),
    [
        pytest.param("Kommunens digitaliseringsstrategi 2021-2024 er vedtatt.", "2021-2024", id="own"),
        pytest.param("For perioden 2021-2024 har kommunen en digitaliseringsstrategi.", "2021-2024", id="own-after"),
        pytest.param("KS' digitaliseringsstrategi 2017-2020 er lest av alle.", None, id="of-ks"),
        pytest.param(
            "Vår digitaliseringsstrategi 2021-2024 følger KS' digitaliseringsstrategi 2017-2020.",
            "2021-2024",
            id="own-beside-anothers",
        ),
        pytest.param("Sørvik kommunes digitaliseringsstrategi 2018-2019 er lest.", None, id="of-a-neighbour"),
        pytest.param("Vår digitaliseringsstrategi følger økonomiplanen 2022-2025.", None, id="of-another-plan"),
        pytest.param("Den erstatter digitaliseringsstrategien for 2018-2021.", None, id="that-it-replaces"),
        pytest.param("Strategien avløyser digitaliseringsstrategien 2018-2021.", None, id="that-it-replaces-nn"),
        pytest.param("Strategien 2021-2024 erstatter den forrige.", "2021-2024", id="that-replaces"),
    ],
)
def test_a_period_belongs_to_the_plan_named_before_it(text: str, period: str | None) -> None:
    assert read_case("Kommunen har en digitaliseringsstrategi.", text).strategy_period == period


def test_a_circular_is_no_fund() -> None:
    assert read_case("Kommunen følger de digitale kravene i Digitaliseringsrundskrivet.").funding == ()


def test_money_of_others_is_not_the_municipalitys() -> None:
    assert read_case("Regjeringen har satt av driftsmidler til digitalisering.").funding == ()


def test_what_another_says_is_no_fact_of_the_municipality() -> None:
    lead_in = "KS' digitaliseringsstrategi har disse målene:"
    item = (BlockKind.LIST_ITEM, "• Digitalisering får driftsmidler")
    assert read_case(lead_in, item).funding == ()


@pytest.mark.parametrize(
    ("text", "dealt_with"),
    [
        pytest.param("Samfunnsdelen har et eget kapittel om digitalisering.", True, id="after-its-name"),
        pytest.param("Digitalisering er omtalt i kommuneplanens samfunnsdel.", True, id="in-it"),
        pytest.param("Mål om digital kompetanse Kommuneplanens samfunnsdel har fire mål.", None, id="line-before"),
        pytest.param("Samfunnsdelen og digitaliseringsstrategien revideres.", None, id="another-plan-beside"),
    ],
)
def test_what_a_samfunnsdel_deals_with(text: str, dealt_with: bool | None) -> None:
    assert read_case(text).digital_in_samfunnsdel is dealt_with


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param("IKT-strategien er det overordnede dokumentet på feltet.", "adopted", id="equivalent"),
        pytest.param("Kommunestyret vedtok en strategi for digital fornyelse i mai.", "adopted", id="decided"),
        pytest.param("Det er ikke laget noen overordnet digitaliseringsstrategi.", "none", id="not-made"),
        pytest.param("Kommunen har aldri hatt en strategi for digitalisering.", "none", id="never"),
        pytest.param("Kommunen mangler et styringsdokument for digitalisering.", "none", id="in-other-words"),
        pytest.param("Det er ikkje sett i gang arbeid med digitaliseringsstrategi.", "none", id="not-begun"),
        pytest.param(
            "Kommunen har ikke digitaliseringsstrategi, men et utkast er sendt ut.", "in_progress", id="draft"
        ),
        pytest.param("Strategien for digitalisering var ikke ferdig i fjor.", "in_progress", id="not-finished"),
        pytest.param("Vi held på å skrive digitaliseringsstrategi.", "in_progress", id="nynorsk"),
        pytest.param("Digitaliseringsstrategien fikk tilslutning i kommunestyret i 2023.", "adopted", id="agreed-to"),
        pytest.param("Digitaliseringsstrategien ligger til grunn for alle nye prosjekter.", "adopted", id="in-use"),
        pytest.param(
            "Digitaliseringsarbeidet er forankret i strategien «Enklere hverdag».", "adopted", id="by-its-name"
        ),
        pytest.param("Vi følger «Digital retning 2024–2028», godkjent i mai.", "adopted", id="called-otherwise"),
        pytest.param("Strategien for digitalisering skal opp i kommunestyret.", "in_progress", id="to-be-treated"),
        pytest.param("Digitaliseringsstrategien er lagt ut til offentlig ettersyn.", "in_progress", id="on-display"),
        pytest.param("Digitaliseringsstrategien skal legges frem i mai.", "in_progress", id="to-be-laid-before"),
        pytest.param(
            "Strategi for digitalisering\t–\tNy, utarbeides 2025\tStab", "in_progress", id="in-a-list-of-plans"
        ),
        pytest.param("På nettsidene ligger det en digitaliseringsstrategi.", "adopted", id="lies-there"),
        pytest.param("Revidert digitaliseringsstrategi ventes vedtatt i vår.", "in_progress", id="awaited"),
        pytest.param("Digitaliseringsrådet nedsettes når strategien er på plass.", None, id="once-it-is-there"),
        pytest.param("Digitaliseringsstrategien skal gjelde frem til 2030.", None, id="how-long-it-lasts"),
        pytest.param(
            "Vår vedtatte digitaliseringsstrategi følger den nasjonale strategien.", "adopted", id="attribute"
        ),
        pytest.param("Vi har startet opp et strategiarbeid for digitalisering.", "in_progress", id="strategy-work"),
        pytest.param("Strategiarbeidet er avsluttet, og IKT-strategien vedtatt.", "adopted", id="strategy-work-ended"),
        pytest.param("Kommunestyret bestilte en digitaliseringsstrategi i fjor.", "in_progress", id="ordered"),
        pytest.param("Noen egen plan for digitalisering er det ikke.", "none", id="there-is-none"),
        pytest.param(
            "Vi har valgt å ikke lage en egen strategi; digitalisering er i alle planer.", "none", id="chosen"
        ),
        pytest.param("På spørsmål om strategi svarer kommunen nei.", "none", id="says-no"),
        pytest.param("En digitaliseringsstrategi på plass skal vi ha i 2026.", "in_progress", id="hinted-to-come"),
        pytest.param("En digitaliseringsstrategi er nevnt som et mulig behov.", "none", id="hinted-not-there"),
        pytest.param("Samfunnsdelen ble vedtatt i 2018.", None, id="of-another-plan"),
        pytest.param("Det er vedtatt en digitaliseringsstrategi for skolene.", None, id="of-a-sector"),
        pytest.param("For grunnskolen er det vedtatt en egen digitaliseringsplan.", None, id="of-a-sector-named-first"),
        pytest.param("KS har gjennom sin digitaliseringsstrategi pekt på samarbeid.", None, id="of-KS"),
        pytest.param("Regjeringa har lagt fram sin nye digitaliseringsstrategi.", None, id="of-the-state-nn"),
        pytest.param("Kommunen har vedtatt sin digitaliseringsstrategi.", "adopted", id="its-own"),
    ],
)
def test_the_status_is_what_is_said_of_the_overall_strategy(text: str, status: str | None) -> None:
    assert read_case(text).strategy_status == status


def test_a_strategy_that_is_to_be_renewed_is_adopted() -> None:
    case = read_case("Kommunen har en IKT-strategi for 2016-2019.", "Ny digitaliseringsstrategi er under arbeid.")
    assert (case.strategy_status, case.strategy_period) == ("adopted", "2016-2019")


@pytest.mark.parametrize(
    ("lines", "field", "value"),
    [
        pytest.param(
            ("Digitaliseringsstrategien er kort.", "Den ble vedtatt i fjor og gjelder 2020–23."),
            "strategy_period",
            "2020-2023",
            id="period-of-the-strategy",
        ),
        pytest.param(
            ("Samfunnsdelen er nokså ny.", "Perioden er 2021–2033."), "samfunnsdel_period", "2021-2033", id="its-period"
        ),
        pytest.param(
            ("Samfunnsdelen ble vedtatt i 2016.", "Den gjelder til 2028."),
            "samfunnsdel_period",
            "2016-2028",
            id="years-apart",
        ),
        pytest.param(
            ("Samfunnsdelen er fra i fjor.", "Vi fant ingen mål om digitalisering i den."),
            "digital_in_samfunnsdel",
            False,
            id="denied-in-it",
        ),
        pytest.param(
            ("Samfunnsdelen er fra i fjor.", "To av kapitlene tar opp digitale tjenester."),
            "digital_in_samfunnsdel",
            True,
            id="its-chapters",
        ),
        pytest.param(
            ("Samfunnsdelen er fra i fjor.", "Kommunen har mange digitale tjenester."),
            "digital_in_samfunnsdel",
            None,
            id="no-reference-back",
        ),
    ],
)
def test_a_sentence_refers_back_to_the_plan_before(lines: tuple[str, ...], field: str, value: object) -> None:
    assert getattr(read_case(*lines), field) == value


@pytest.mark.parametrize(
    ("text", "funding"),
    [
        pytest.param(
            "Digitale verktøy betales over drift, og det er ikke satt av investeringsmidler.", ("drift",), id="denied"
        ),
        pytest.param(
            "Midler til IKT er delt mellom drifts- og investeringsbudsjettet.", ("drift", "investering"), id="both"
        ),
        pytest.param("Digitale skjema ble dekket av disposisjonsfondet.", ("fond",), id="covered-by-a-fund"),
        pytest.param("Det er brukt 2 millioner kroner på investeringer i IKT.", ("investering",), id="sum"),
        pytest.param("Digitale kart er utviklet uten investeringsmidler.", (), id="without"),
    ],
)
def test_funding_is_what_is_affirmed(text: str, funding: tuple[str, ...]) -> None:
    assert read_case(text).funding == funding


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        pytest.param("Kommunen har søkt Statsforvalteren om 600 000 kroner til digitale skjema.", (), id="applied-for"),
        pytest.param("Det er søkt om 2 millionar kroner til digitale skjema.", (), id="applied-for-nn"),
        pytest.param("Vi har søkt om og fått 600 000 kroner til digitale skjema.", (600_000,), id="given"),
        pytest.param("Det er satt av 600 000 kroner til digitale skjema.", (600_000,), id="set-aside"),
    ],
)
def test_a_sum_that_is_only_applied_for_is_none(text: str, sums: tuple[int, ...]) -> None:
    facts = read_facts(make_reading([text], municipality="Nordvik"))
    assert tuple(int(each.value) for each in facts if each.field == FactField.FUNDING_SUM) == sums


@pytest.mark.parametrize(
    ("text", "structure"),
    [
        pytest.param("Et prioriteringsutvalg behandler digitale forslag.", "prioriteringsutvalg", id="compound"),
        pytest.param(
            "En tverrsektoriell gruppe beslutter hvilke digitale tiltak som settes i gang.",
            "tverrsektoriell gruppe",
            id="unnamed",
        ),
        pytest.param(
            "Digitale tiltak prioriteres av kommunedirektørens ledergruppe.",
            "kommunedirektørens ledergruppe",
            id="passive",
        ),
        pytest.param(
            "Kommunen har et innovasjonsfond for digitale prosjekter. Enhetene søker om midler.",
            "innovasjonsfond",
            id="next-sentence",
        ),
        pytest.param("Det finnes ikke noe digitaliseringsråd.", None, id="denied"),
        pytest.param("Digitaliseringsutvalget i KS prioriterer felles prosjekter.", None, id="of KS"),
        pytest.param("Digitaliseringsrådet i Vestfylket velger ut tiltak.", None, id="of a region"),
        pytest.param("Digitaliseringsrådet i Nordvik velger ut tiltak.", "Digitaliseringsrådet", id="its own"),
        pytest.param("En arbeidsgruppe har sett på digitale skjema.", None, id="decides-nothing"),
        pytest.param(
            "Digitaliseringsrådet møtest ofte og gir råd om prioritering.", "Digitaliseringsrådet", id="advice-nn"
        ),
        pytest.param("Alle gir råd til dem som prioriterer digitale tiltak.", None, id="advice"),
    ],
)
def test_a_structure_is_a_body_that_decides(text: str, structure: str | None) -> None:
    assert read_case(text).prioritisation_structure == structure


@pytest.mark.parametrize(
    ("text", "networks"),
    [
        pytest.param("Kommunen er med i DigiAgder.", ("Digi Agder",), id="digital-by-its-name"),
        pytest.param("Kommunen eier selskapet Fjelldal IKT.", ("Fjelldal IKT",), id="owned"),
        pytest.param("Kommunen deltar verken i Digi Rogaland eller andre nettverk.", (), id="denied"),
        pytest.param("Digi Agder er ikke nevnt i planen.", (), id="not named by the plan"),
        pytest.param(
            "Digi Agder er ikke nevnt i planen. Kommunen betaler likevel kontingent til samarbeidet.",
            ("Digi Agder",),
            id="not named by the plan, but joined",
        ),
        pytest.param("Kommunen er med i IKT-samarbeidet Nordnett.", ("Nordnett",), id="a name after what it is"),
        pytest.param("Vi deltar i nettverket DigiHelse Nord.", ("DigiHelse Nord",), id="a name in two words"),
        pytest.param("Vi tek del i nettverket DigiDalen Aust.", ("DigiDalen Aust",), id="a name in two words nn"),
        pytest.param("Vi deltar i utprøving av DigiHelse.", (), id="a national service"),
        pytest.param("Vi bidrar til nettverket DigiØyriket.", ("DigiØyriket",), id="a name in one word"),
    ],
)
def test_a_network_is_one_that_the_municipality_is_in(text: str, networks: tuple[str, ...]) -> None:
    assert read_case(text).regional_networks == networks


@pytest.mark.parametrize(
    ("text", "plans"),
    [
        pytest.param("En sektorplan for e-helse er i gang.", ("helse",), id="e-health"),
        pytest.param("Kommunen har en digital skolestrategi.", ("skole",), id="school-strategy"),
        pytest.param("Planer for IKT i barnehage og skole er laget.", ("oppvekst", "skole"), id="both"),
        pytest.param("Det er ingen IKT-plan for skolene.", (), id="denied"),
        pytest.param("Planen «Digital oppvekst 2021–2025» følges opp.", ("oppvekst",), id="by-its-title"),
        pytest.param("Nasjonalt velferdsteknologiprogram gir råd.", (), id="national"),
        pytest.param("Digital dømmekraft: Hver skole skal ha et fast opplegg.", (), id="digital-and-school"),
        pytest.param("Vi følger «Digital skole 2024–2028».", ("skole",), id="a-school-plan-by-its-name"),
        pytest.param("Departementet ventar at alle har ein digital skulestrategi.", (), id="awaited-by-the-state-nn"),
        pytest.param("En digital skolestrategi ble lagt fram av regjeringen i 2023.", (), id="laid-by-the-state"),
        pytest.param("Ein digital skulestrategi vart lagd fram av regjeringa i 2023.", (), id="laid-by-the-state-nn"),
        pytest.param("En digital skolestrategi ble lagt fram av rådmannen i 2023.", ("skole",), id="laid-by-its-own"),
        pytest.param("Kunnskapsdepartementet har laget en digital skolestrategi.", (), id="a-ministrys"),
        pytest.param("Utdanningsdirektoratet har ein digital skulestrategi.", (), id="an-agencys-nn"),
        pytest.param("Ein digital skulestrategi vart utarbeidd av Kunnskapsdepartementet.", (), id="by-a-ministry-nn"),
        pytest.param(
            "Kommunen har en digital skolestrategi, slik Kunnskapsdepartementet ber om.", ("skole",), id="as-is-asked"
        ),
        pytest.param("Skolene skal ha en felles plan for digital dømmekraft.", (), id="that-is-to-be-had"),
        pytest.param("Skulane skal få ein digital plan neste år.", (), id="that-is-to-be-had-nn"),
        pytest.param("Skulane har ein felles digital plan.", ("skole",), id="that-is-had-nn"),
    ],
)
def test_a_sector_plan_is_the_municipalitys(text: str, plans: tuple[str, ...]) -> None:
    assert read_case(text).sector_plans == plans


def test_a_subject_left_out_is_not_dealt_with() -> None:
    case = read_case("Samfunnsdelen kom før digitalisering ble et fag, og temaet er ikke berørt.")
    assert case.digital_in_samfunnsdel is False


def test_a_kommuneplan_without_its_part_has_a_period_only() -> None:
    case = read_case("Kommuneplanen 2014-2026 legger grunnlaget for digitale tjenester.")
    assert (case.samfunnsdel_period, case.digital_in_samfunnsdel) == ("2014-2026", None)


def test_what_is_to_be_made_is_not_there() -> None:
    case = read_case("Kommunen skal opprette et digitaliseringsråd og utarbeide en digital skoleplan.")
    assert (case.prioritisation_structure, case.sector_plans) == (None, ())


def test_a_plan_whose_next_sentence_is_digital_counts() -> None:
    assert read_case("Kommunen har en oppvekstplan.", "Her er digital dømmekraft nevnt.").sector_plans == ("oppvekst",)
    assert read_case("Kommunen har en oppvekstplan.", "Digitale skjema er kjøpt.").sector_plans == ()


def test_a_body_wins_over_a_programme() -> None:
    body = "Digitaliseringsprogrammet har en prosjektgruppe som prioriterer tiltak."
    assert read_case(body).prioritisation_structure == "prosjektgruppe"
    assert read_case("Digitaliseringsprogrammet er i gang.").prioritisation_structure == "Digitaliseringsprogrammet"


def test_a_known_network_is_not_named_twice() -> None:
    assert read_case("Vi er med i samarbeidet Valdres IKT.").regional_networks == ("IKT Valdres",)


def test_a_decision_that_is_denied_is_none() -> None:
    assert read_case("Ingen av nabokommunene hadde vedtatt IKT-strategi.").strategy_status != "adopted"


def test_a_list_item_after_a_heading_does_not_name_the_document() -> None:
    lines = [(BlockKind.HEADING, "Nordvik kommune"), (BlockKind.LIST_ITEM, "- Smartbystrategi fra i fjor")]
    assert read_case(*lines).sector_plans == ("smartby",)


@pytest.mark.skipif(not CASES.exists(), reason="the solved cases are not in this checkout")
@pytest.mark.parametrize("name", ["haugesund", "larvik", "porsgrunn"])
def test_solved_case(name: str) -> None:
    text = " ".join((CASES / f"{name}.txt").read_text(encoding="utf-8").split())
    case = read_case(*[text[start:end] for start, end in split_roughly(text)], municipality=name.title())
    expected = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    for field, value in expected.items():
        found = getattr(case, field)
        assert (set(found) if isinstance(found, tuple) else found) == (set(value) if isinstance(value, list) else value)


@pytest.mark.parametrize(
    ("passages", "status"),
    [
        pytest.param(("Digitaliseringsstrategi 2024–2027",), None, id="years in the title say nothing"),
        pytest.param(
            ("Digitaliseringsstrategi 2024–2027", "Vedtatt av kommunestyret i sak 12/24."), "adopted", id="it says so"
        ),
        pytest.param(
            ("Digitaliseringsstrategi 2024–2027", "Strategien er ikke behandlet av kommunestyret."),
            "in_progress",
            id="not treated",
        ),
        pytest.param(("Forslag til digitaliseringsstrategi 2024–2027",), "in_progress", id="a proposal"),
        pytest.param(("Digitaliseringsstrategi 2024–2027", "Til høring."), "in_progress", id="to be heard"),
        pytest.param(
            ("Digitaliseringsstrategi", "Formål", "Bakgrunn", "Strategien skal vedtas av kommunestyret i mai."),
            "in_progress",
            id="to be decided on, said further down",
        ),
    ],
)
def test_a_strategy_has_the_status_that_it_gives_itself(passages: tuple[str, ...], status: str | None) -> None:
    assert read_case(*passages, document_type=STRATEGY).strategy_status == status


def test_a_name_that_is_spelt_nearly_alike_is_no_plan() -> None:
    assert read_case("Kommunen tar i bruk Helseplattformen, et digitalt journalsystem.").sector_plans == ()


@pytest.mark.parametrize(
    ("passages", "dealt_with"),
    [
        pytest.param(("Kommunen må bli mer digital for å møte framtida.",), True, id="one aim is enough"),
        pytest.param(("Bygda har fått bredbånd.", "Nettsidene er nye."), False, id="services in passing"),
        pytest.param(("Folkehelse er viktigst.",), False, id="a samfunnsdel that is silent"),
        pytest.param(("Kommunen skal ikke satse på digitalisering.",), False, id="denied"),
    ],
)
def test_a_samfunnsdel_is_read_for_an_aim(passages: tuple[str, ...], dealt_with: bool) -> None:
    case = read_case("Samfunnsdel", *passages, document_type=DocumentType.SAMFUNNSDEL)
    assert case.digital_in_samfunnsdel is dealt_with


@pytest.mark.parametrize(
    ("text", "dealt_with"),
    [
        pytest.param("Samfunnsdelen har som mål å ta i bruk ny teknologi.", True, id="in other words"),
        pytest.param("Samfunnsdelen har fire mål. Under det siste nevnes smarte løsninger.", True, id="smart"),
        pytest.param("Samfunnsdelen omtaler bredbånd, men ikke digitalisering.", False, id="less than digitalisation"),
        pytest.param("Det er ikke avklart om samfunnsdelen skal omtale digitalisering.", None, id="not settled"),
        pytest.param("Digital utvikling behandles i ny samfunnsdel.", None, id="later"),
        pytest.param("Samfunnsdelen gjelder for 2018–2030.", None, id="nothing is said"),
        pytest.param("Samfunnsdelen sier lite om digital utvikling.", False, id="little"),
        pytest.param(
            "Kommuneplanen 2018–2030 har ikke digitalisering som satsing.", False, id="nor has the whole plan"
        ),
        pytest.param(
            "Samfunnsdelen sier lite om digitalisering, men ett mål er digitale tjenester.", True, id="yet an aim"
        ),
    ],
)
def test_the_samfunnsdel_has_three_answers(text: str, dealt_with: bool | None) -> None:
    assert read_case(*text.split(". ")).digital_in_samfunnsdel is dealt_with


def test_what_a_lead_in_says_is_quoted_belongs_to_its_plan() -> None:
    quoted = read_case("I samfunnsdelen står det:", "«Vi skal ta i bruk digitale løsninger i alle tjenester»")
    listed = read_case("Samfunnsdelen har disse målene:", "- bolyst", "- digitale tjenester")
    assert (quoted.digital_in_samfunnsdel, listed.digital_in_samfunnsdel) == (True, True)


def test_a_row_of_a_digital_strategy_is_about_digitalisation() -> None:
    rows = ("Drift: prosjektledere\t3 400", "Investering: ny plattform\t2 800")
    assert read_case("Strategi", *rows, document_type=STRATEGY).funding == ("drift", "investering")


@pytest.mark.parametrize(
    ("text", "networks"),
    [
        pytest.param("Kommunen kjøper tjenester av Ikomm.", ("Ikomm",), id="known to be about ICT"),
        pytest.param("Kongsbergregionen arbeider med landbruk.", (), id="about much else"),
        pytest.param("Kommunen er medeier i Nedre Vidda IKT.", ("Nedre Vidda IKT",), id="a name of several words"),
        pytest.param("Kommunen er eierkommune i Nord-Vidda IKT.", ("Nord-Vidda IKT",), id="a name with a hyphen"),
    ],
)
def test_networks_are_found_by_what_they_are(text: str, networks: tuple[str, ...]) -> None:
    assert read_case(text).regional_networks == networks


def test_the_body_that_decides_is_the_structure() -> None:
    case = read_case(
        "Kommunen digitaliserer.", "Utviklingsteamet vurderer forslag, og et prosjektutvalg prioriterer dem."
    )
    assert case.prioritisation_structure == "prosjektutvalg"
