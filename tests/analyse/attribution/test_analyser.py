"""Whose words: another's only where a sign says so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analyse.stages import get_scanner, load_rules
from builders import make_reading
from compliance.analyse.attribution import AttributionReader
from compliance.analyse.context import outline_passages
from compliance.guidelines.fingerprints import make_fingerprints
from compliance.records import UNCLEAR, BlockKind

HEADING, ITEM, ROW = BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.TABLE_ROW
GOAL = "Alle kommuner på øyene skal ha gratis ferge hver morgen hele vinteren."
SECTOR = "Kommunal sektor skal rydde sammen i det som er lagret."
OWN = "Storvik kommune bygger ut fiber til Indre havn, og rådhuset betaler halve stikkledningen."
QUOTE = "«Den som spør, skal få svar fra ett menneske og ikke fra ti kontorer»"
PLAIN = "Det som er skrevet ned, kan finnes igjen av den som leter."


@pytest.fixture(scope="module")
def analyser():
    return AttributionReader(load_rules(), get_scanner(), fingerprints=make_fingerprints({"KS1": (GOAL,)}, set_id="ks"))


def judge(analyser, *lines, municipality="Storvik"):
    """Return (label, source) of each passage; None for own words."""
    reading = make_reading(lines, municipality=municipality)
    found = {
        finding.passage_id: finding for finding in analyser.read(reading, outline_passages(reading.passages)).findings
    }
    verdicts = [found.get(passage.id) for passage in reading.passages]
    return [each and (each.label, each.source) for each in verdicts]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param([OWN, GOAL], ("copied", "ks"), id="official wording without a word of its source"),
        pytest.param([f"{GOAL} (Kilde: KS)"], ("quoted", "ks"), id="official wording with its source"),
        pytest.param([(HEADING, "KS' digitaliseringsstrategi"), (ITEM, SECTOR)], ("quoted", "ks"), id="heading"),
        pytest.param([OWN, SECTOR], ("copied", "ks"), id="voice of the sector alone"),
        pytest.param(
            ["Regjeringen har formulert følgende mål:", (ITEM, PLAIN)], ("quoted", "other"), id="list under a lead-in"
        ),
        pytest.param(
            ["Regjeringa har formulert desse måla, som er slik:", (ITEM, PLAIN)],
            ("quoted", "other"),
            id="nynorsk",
        ),
        pytest.param(
            ["Digital agenda for Norge har fem hovedprioriteringer:", (ITEM, PLAIN)],
            ("quoted", "digital_agenda"),
            id="list of a named document",
        ),
        pytest.param(["Regjeringens mål er at:", (ITEM, PLAIN)], ("quoted", "other"), id="list of the government"),
        pytest.param(
            [f"Digitaliseringsdirektoratet definerer orden slik at alle kan forstå det: {PLAIN}"],
            ("quoted", "difi"),
            id="who defines",
        ),
        pytest.param(
            ["I Digital agenda heter det at alle som bor i landet, skal kunne spørre om det samme bare én gang."],
            ("quoted", "digital_agenda"),
            id="heter det",
        ),
        pytest.param(
            ["Kommunen skal følge målene. I Digital agenda for Norge er de lagt fram slik:", (ITEM, PLAIN)],
            ("quoted", "digital_agenda"),
            id="lead-in after own words",
        ),
        pytest.param(
            ["Regjeringen har formulert følgende mål:", (ITEM, "Kommunen spør bare én gang."), (ITEM, PLAIN)],
            ("quoted", "other"),
            id="list that speaks of the municipality",
        ),
        pytest.param(
            ["Digitalt utstyr i hjemmet er alt som hjelper den enkelte til å klare seg selv lenger (NOU 2011: 11)."],
            ("quoted", "other"),
            id="source in brackets at the end",
        ),
        pytest.param(["Digdirs prinsipper er disse:", (ITEM, PLAIN)], ("quoted", "difi"), id="genitive"),
        pytest.param(["Fra KS digitaliseringsstrategi", f"\uf0b7 {PLAIN}"], ("quoted", "ks"), id="bullet of Word"),
        pytest.param([OWN, QUOTE], ("quoted", "other"), id="quotation marks"),
        pytest.param([f"Regjeringen skriver: {QUOTE}"], ("quoted", "other"), id="quotation with its source"),
        pytest.param(
            [f"Datatilsynets beskrivelse: Sky er en samlebetegnelse på maskiner som andre eier. {PLAIN}"],
            ("quoted", "other"),
            id="definition with its source",
        ),
        pytest.param(
            ["IT-styring defineres som det å bestemme hvem som bestemmer over maskinene. (Kilde Rambøll)"],
            ("quoted", "other"),
            id="definition with its source after it",
        ),
        pytest.param(
            [f"Katalogen over standarder (Difi) Denne katalogen er en oversikt over det som gjelder. {PLAIN}"],
            ("quoted", "difi"),
            id="titled description",
        ),
        pytest.param(
            ["Helsepersonellkommisjonen (NOU 2023: 4) framhever at det blir færre til å gjøre stadig mer arbeid."],
            ("quoted", "other"),
            id="reported speech",
        ),
        pytest.param(
            [f"Hva er e-helse? E-helse er bruk av maskiner til å gi bedre hjelp. {PLAIN}"],
            ("copied", "other"),
            id="definition without a source",
        ),
    ],
)
def test_last_passage_is_in_anothers_words(analyser, lines, expected):
    assert judge(analyser, *lines)[-1] == expected


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([OWN], id="own words"),
        pytest.param(["Visjonen vår for 2030:", "«Sammen skaper vi et sted der alle får til mer»"], id="own vision"),
        pytest.param([(HEADING, "Strategi for møter med KS"), (ITEM, PLAIN)], id="own strategy with the source's name"),
        pytest.param(
            ["Strategien bygger på Digital agenda for Norge og har tre mål:", (ITEM, PLAIN)], id="own list on a source"
        ),
        pytest.param([(HEADING, "«Her er det lett å bli kjent»")], id="motto of a chapter"),
        pytest.param(["«Storvik kommune skal være stedet der folk får svar før de rekker å spørre»"], id="own motto"),
        pytest.param(["Vi bruker ordet «smart» om det som sparer folk for arbeid i hverdagen."], id="a word in quotes"),
        pytest.param(["Kommunen har disse målene:", (ITEM, PLAIN)], id="own list"),
        pytest.param([(HEADING, "KS' digitaliseringsstrategi"), OWN], id="own words under another's heading"),
        pytest.param(
            [(HEADING, "KS' digitaliseringsstrategi"), "KS har laget en strategi som mange kommuner støtter seg på."],
            id="about the source",
        ),
        pytest.param(
            [(HEADING, "KS' digitaliseringsstrategi"), (ITEM, SECTOR), (HEADING, "Våre mål"), (ITEM, PLAIN)],
            id="after the next heading",
        ),
        pytest.param(["Regjeringen har formulert følgende mål:", (ITEM, PLAIN), OWN, (ITEM, PLAIN)], id="later"),
        pytest.param([f"Hva er effekten av maskiner? Maskiner kan gi bedre hjelp. {PLAIN}"], id="a judgement"),
        pytest.param(["Ifølge SSB bor det 4 321 mennesker i Storvik, og tallet går ned hvert år."], id="a figure"),
    ],
)
def test_last_passage_is_the_municipalitys_own(analyser, lines):
    assert judge(analyser, *lines)[-1] is None


def test_source_under_a_table_is_the_source_of_its_rows(analyser):
    rows = [(ROW, "Fra orden i skuffene | Til orden i hodene"), (ROW, "Fra mange skjemaer | Til ett spørsmål")]
    assert judge(analyser, OWN, *rows, "(Kilde: Difi)") == [None, ("quoted", "difi"), ("quoted", "difi"), None]


def test_source_under_figures_says_nothing_of_words(analyser):
    rows = [(ROW, "Innbyggere | 4 321"), (ROW, "Husstander | 2 100")]
    assert judge(analyser, OWN, *rows, "Kilde: SSB") == [None, None, None, None]


def test_list_under_own_statement_of_the_source_stays_own(analyser):
    lines = ["Storvik kommune følger Difis veileder i alle prosjekter.", (ITEM, PLAIN)]
    assert judge(analyser, *lines) == [None, None]


def test_sector_speaks_for_itself_in_a_national_document(analyser):
    assert judge(analyser, SECTOR, municipality=None) == [None]


def test_official_wording_of_a_set_of_the_users_own_has_that_set_as_its_source():
    analyser = AttributionReader(
        load_rules(), get_scanner(), fingerprints=make_fingerprints({"E1": (GOAL,)}, set_id="eget")
    )
    assert judge(analyser, OWN, GOAL) == [None, ("copied", "eget")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("Offentlige virksomheter skal åpne sine data for andre.", ("copied", "other"), id="public bodies"),
        pytest.param("Regelverket skal vere klart og lett å bruke for alle.", ("copied", "other"), id="nynorsk"),
        pytest.param("Storvik kommune og offentlig sektor skal dele data.", None, id="names the municipality"),
        pytest.param("Offentlige virksomheter skal hjelpe oss med dette.", None, id="speaks for itself"),
        pytest.param("Brukerne skal få svar samme dag.", None, id="another subject"),
    ],
)
def test_what_all_public_bodies_shall_is_national_wording(analyser, line, expected):
    assert judge(analyser, OWN, line)[-1] == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param(
            "Regjeringen vil at alle som bor i landet, skal få svar innen en uke.", ("quoted", "other"), id="government"
        ),
        pytest.param(
            "KS tilrår at kommunane bruker same mal når nye løysingar blir kjøpte inn.", ("quoted", "ks"), id="nynorsk"
        ),
        pytest.param(
            "Den nasjonale strategien for åpne kart legger vekt på at kartene skal kunne brukes av alle.",
            ("quoted", "other"),
            id="national strategy",
        ),
        pytest.param(
            "Strategien legger vekt på at alle kart skal kunne brukes av alle som trenger dem.", None, id="own strategy"
        ),
        pytest.param("Regjeringen vil styrke nettet.", None, id="too short to be anybody's words"),
        pytest.param(
            "Regjeringen vil styrke nettet, og kommunen har søkt om penger til Indre havn i år.", None, id="own part"
        ),
        pytest.param(
            "Strand (2019) skiller mellom orden som er laget, og orden som oppstår.", ("quoted", "other"), id="cited"
        ),
        pytest.param(
            "Orden oppstår oftest fordi noen har bestemt seg for den i god tid (Strand & Vik, 2019).",
            ("quoted", "other"),
            id="cited in brackets",
        ),
        pytest.param(
            "Kulturminneplan (2015) gjelder fortsatt og skal avløses når den nye planen er klar.",
            None,
            id="a plan's year",
        ),
        pytest.param("Nye skjermer er satt opp i begge etasjer av biblioteket (Q3 2024).", None, id="a quarter"),
    ],
)
def test_sentence_that_opens_with_who_else_says_it_or_cites_a_writer_is_quoted(analyser, line, expected):
    assert judge(analyser, OWN, line)[-1] == expected


def test_sector_does_not_speak_for_itself_in_a_regions_strategy(analyser):
    lines = ["Felles digitaliseringsstrategi for kommunene i Vikaregionen", SECTOR]
    assert judge(analyser, *lines, municipality=None)[-1] == ("copied", "ks")


def test_list_of_the_documents_sources_is_no_source_of_the_rows_above(analyser):
    rows = ["Arket ligger på rådhuset.", "Kartet henger i gangen."]
    assert judge(analyser, OWN, *rows, "Kilder: Difi, SSB") == [None, None, None, None]


def test_a_kommune_in_general_is_not_the_documents_own(analyser):
    lines = [OWN, "Offentlige virksomheter skal samarbeide når en kommune ber om det."]
    assert judge(analyser, *lines)[-1] == ("copied", "other")


def test_a_line_that_says_something_is_no_heading_of_anothers_section(analyser):
    line = "Planen følger KS' digitaliseringsstrategi for kommuner og fylkeskommuner"
    assert judge(analyser, line, (ITEM, PLAIN), (ITEM, PLAIN)) == [None, None, None]
    assert judge(analyser, line.removeprefix("Planen følger "), (ITEM, PLAIN)) == [None, ("quoted", "ks")]


THEORY_NB = "Endring lykkes sjelden ved vedtak alene, siden vaner sitter i det daglige arbeidet."
THEORY_NN = "Endring lukkast sjeldan ved vedtak åleine, sidan vanar sit i det daglege arbeidet."


@pytest.mark.parametrize(
    "lines",
    [
        [(HEADING, "Teori"), THEORY_NB],
        [(HEADING, "3 Teoretisk ramme"), THEORY_NB],
        [(HEADING, "Teoretisk grunnlag"), (ITEM, "Læring i team"), THEORY_NB],
        [(HEADING, "Hva sier forskningen?"), THEORY_NB],
        [(HEADING, "Faglitteratur om endring"), THEORY_NB],
        [(HEADING, "Teori"), "Vi har valgt tre retninger.", THEORY_NB],
        [(HEADING, "Organisasjonsteori og teoretiske begreper"), THEORY_NB],
        [(HEADING, "Kapittel 4 Teori om læring"), THEORY_NB],
        [(HEADING, "Teori"), THEORY_NN],
        [(HEADING, "3 Teoretisk ramme"), THEORY_NN],
        [(HEADING, "Kva seier forskinga?"), THEORY_NN],
        [(HEADING, "Teoretisk grunnlag"), "Vi har valt tre retningar.", THEORY_NN],
    ],
)
def test_theory_without_a_source_may_be_another_s(analyser, lines) -> None:
    assert judge(analyser, *lines)[-1] == (UNCLEAR, "other")


def test_what_may_be_another_s_counts_as_the_document_s_own(analyser) -> None:
    reading = make_reading([(HEADING, "Teori"), THEORY_NB], municipality="Storvik")
    found = analyser.read(reading, outline_passages(reading.passages))
    assert [each.label for each in found.findings] == [UNCLEAR]
    assert (found.spans, found.passage_ids) == ((), frozenset())


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("3.3 Endring", (UNCLEAR, "other")),
        ("3.3 Læring i staten", (UNCLEAR, "other")),
        ("3.3 Tiltak", None),
        ("3.3 Prioriteringer", None),
        ("3.3 Hva dette har av betydning for Storvik", None),
        ("3.3 Våre valg", None),
        ("3.3 Prioriteringar", None),
        ("3.3 Kva dette tyder for skulane", None),
    ],
)
def test_theory_ends_where_a_heading_below_it_is_over_what_the_plan_does(analyser, heading, said) -> None:
    reading = make_reading([(HEADING, "3 Teoretisk ramme"), (HEADING, heading), THEORY_NB], municipality="Storvik")
    theory, below, text = reading.passages
    below = replace(below, section=(theory.text,))
    text = replace(text, section=(theory.text, below.text))
    reading = replace(reading, passages=(theory, below, text))
    found = {each.passage_id: each for each in analyser.read(reading, outline_passages(reading.passages)).findings}
    verdict = found.get(text.id)
    assert (verdict and (verdict.label, verdict.source)) == said


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("3.3 KS' digitaliseringsstrategi", ("quoted", "ks")),
        ("3.3 Tiltak i KS' digitaliseringsstrategi", ("quoted", "ks")),
        ("3.3 Tiltak fra regjeringen i Digital agenda", ("quoted", "digital_agenda")),
        ("3.3 Tiltak frå regjeringa i Digital agenda", ("quoted", "digital_agenda")),
        ("3.3 Oppfølging av KS' digitaliseringsstrategi", None),
        ("3.3 KS' digitaliseringsstrategi og lokale tiltak", None),
        ("3.3 Hva Digital agenda har av betydning for skolene", None),
        ("3.3 Oppfølginga av Digital agenda", None),
    ],
)
def test_a_heading_that_names_anothers_document_may_be_over_what_the_plan_does_about_it(
    analyser, heading, said
) -> None:
    assert judge(analyser, (HEADING, heading), (ITEM, PLAIN))[-1] == said


@pytest.mark.parametrize(
    "lines",
    [
        [(HEADING, "Teori"), "Vi mener at endring lykkes sjelden ved vedtak alene i det daglige arbeidet."],
        [(HEADING, "Teori"), "I Storvik lykkes endring sjelden ved vedtak alene i det daglige arbeidet."],
        [(HEADING, "Teori og praksis i kommunen"), THEORY_NB],
        [(HEADING, "Teoretisk ramme"), THEORY_NB, (HEADING, "Tiltak"), "Endring av skjemaer skjer i 2027."],
        [(HEADING, "Mål"), THEORY_NB],
        [(HEADING, "Kjøreopplæring med teoriundervisning"), THEORY_NB],
        [(HEADING, "Teori"), "Byvåpenet, slagordet og profilfargen har vært de samme siden 1978."],
        [THEORY_NB],
        [(HEADING, "Bakgrunn"), "Litteraturen om endring er stor.", THEORY_NB],
        [(HEADING, "Teori"), "Vi meiner at endring lukkast sjeldan ved vedtak åleine i det daglege arbeidet."],
        [(HEADING, "Teori og praksis hos oss"), THEORY_NN],
        [(HEADING, "Teoretisk ramme"), THEORY_NN, (HEADING, "Tiltak"), "Endring av skjema skjer i 2027."],
        [(HEADING, "Mål"), THEORY_NN],
    ],
)
def test_what_the_author_says_in_or_after_theory_is_own(analyser, lines) -> None:
    assert judge(analyser, *lines)[-1] is None
