from __future__ import annotations

from dataclasses import replace

import pytest

from analyse.measuring import HEADING, ITEM, READER, measure
from builders import make_reading
from compliance.analyse.observation.measures_details import DetailReader
from compliance.guidelines.rules import load_rules
from compliance.records import (
    BlockKind,
    Detail,
    DetailKind,
    DocumentType,
    Finding,
    Stance,
    TableRow,
    Task,
)


@pytest.mark.parametrize(
    ("text", "stance", "value"),
    [
        pytest.param("Kommunen skal ha tjenester som henger sammen.", Stance.BINDING, 3, id="shall"),
        pytest.param("Kommunen skal ha tenester som heng saman.", Stance.BINDING, 3, id="shall-nn"),
        pytest.param("Vi vil bygge tjenestene på brukernes behov.", Stance.BINDING, 3, id="own-will"),
        pytest.param("Kommunen skal innføre én portal innen 2026.", Stance.BINDING, 4, id="shall-by-a-year"),
        pytest.param("Kommunen skal innføre éin portal innan 2026.", Stance.BINDING, 4, id="shall-by-a-year-nn"),
        pytest.param("IKT-sjefen skal innføre én portal.", Stance.BINDING, 4, id="a-role-shall"),
        pytest.param("Det settes av 2 millioner kroner til portalen.", Stance.BINDING, 4, id="a-sum-is-set-aside"),
        pytest.param("Det vert sett av 400 000 kroner til portalen.", Stance.BINDING, 4, id="a-sum-nn"),
        pytest.param("Portalen er tatt i bruk i alle skoler.", Stance.DONE, 4, id="done"),
        pytest.param("Portalen er teken i bruk på alle skular.", Stance.DONE, 4, id="done-nn"),
        pytest.param("Kommunen har innført digitale skjema.", Stance.DONE, 4, id="done-active"),
        pytest.param("Oppslag kontrolleres hvert kvartal.", Stance.BINDING, 4, id="a-routine-with-its-rhythm"),
        pytest.param(
            "Portalrådet møtes fire ganger i året og velger prosjekter.", Stance.BINDING, 4, id="a-body-meets"
        ),
        pytest.param("Portalrådet møtest fire gonger i året og vel prosjekt.", Stance.BINDING, 4, id="a-body-meets-nn"),
        pytest.param("Vi bør ha tjenester som henger sammen.", Stance.WISHED, 2, id="should"),
        pytest.param("Det er et mål at flere data deles.", Stance.WISHED, 2, id="it-is-a-goal"),
        pytest.param("Det er eit mål at fleire data blir delte.", Stance.WISHED, 2, id="it-is-a-goal-nn"),
        pytest.param("Det er et mål at alle skal ha portal.", Stance.BINDING, 3, id="it-is-a-goal-that-all-shall"),
        pytest.param("Vi ønsker å innføre én portal innen 2026.", Stance.WISHED, 2, id="a-wish-with-a-year"),
        pytest.param("Vi vil vurdere en felles portal i 2026.", Stance.WISHED, 2, id="will-consider"),
        pytest.param("Mange innbyggere bruker telefonen til alt.", Stance.DESCRIBED, 2, id="how-things-are"),
        pytest.param("Hvordan skal tjenestene henge sammen i 2030?", Stance.ASKED, 1, id="a-question"),
        pytest.param("Korleis skal tenestene henge saman?", Stance.ASKED, 1, id="a-question-nn"),
        pytest.param("Planen skal belyse hvordan portalen kan innføres.", Stance.ASKED, 1, id="to-be-looked-into"),
        pytest.param("Tiltaket om felles portal er strøket fra budsjettet.", Stance.REJECTED, 1, id="struck"),
        pytest.param("Kommunen skal ikke innføre portalen i 2026.", Stance.REJECTED, 1, id="negated"),
        pytest.param("Kommunen skal ikkje innføre portalen.", Stance.REJECTED, 1, id="negated-nn"),
        pytest.param("Forslaget om portal fikk ikke flertall.", Stance.REJECTED, 1, id="voted-down"),
        pytest.param("Staten skal innføre én portal innen 2026.", Stance.DESCRIBED, 2, id="the-state's-duty"),
        pytest.param("Kommunal sektor skal ha felles løsninger.", Stance.DESCRIBED, 2, id="the-sector's-duty"),
        pytest.param("Digitaliseringsdirektoratet skal levere innen 2025.", Stance.DESCRIBED, 2, id="an-agency's-duty"),
        pytest.param("Planarbeidet skal behandles i kommunestyret 12. juni 2026.", Stance.DESCRIBED, 2, id="plan-work"),
        pytest.param("D2.1 Felles portal. Servicetorget. 31.12.2026. 320", Stance.BINDING, 4, id="an-action-row"),
        pytest.param("Bredbånd, kommunal andel 2 000 1 000 0 0", Stance.BINDING, 4, id="a-budget-row"),
        pytest.param("Portaldrift handler om hvordan kommunen skal dele data.", Stance.DESCRIBED, 2, id="definition"),
        pytest.param("Med portal menes en side der skjemaer samles.", Stance.NAMED, 1, id="meaning-of-a-word"),
        pytest.param("Portalen er bygd på behovet for færre skjemaer.", Stance.DESCRIBED, 2, id="built-on-is-not-done"),
        pytest.param("Målet er å få en samlet portal.", Stance.DESCRIBED, 2, id="to-get-is-not-done"),
        pytest.param("Ingen hadde prøvd portalen før.", Stance.DESCRIBED, 2, id="nobody-did"),
        pytest.param(
            "Portalen avgjør hva som skal digitaliseres.", Stance.DESCRIBED, 2, id="shall-in-a-question-clause"
        ),
        pytest.param("For at skjemaer skal deles, trengs en portal.", Stance.DESCRIBED, 2, id="shall-of-a-purpose"),
        pytest.param(
            "Skjemaer som skal deles, ligger i portalen.", Stance.DESCRIBED, 2, id="shall-of-a-relative-clause"
        ),
        pytest.param(
            "Skjemaer som lages skal ligge i portalen.", Stance.BINDING, 3, id="shall-after-a-relative-clause"
        ),
        pytest.param("Når vi kjøper nytt skal vi bruke portalen.", Stance.BINDING, 3, id="shall-after-a-time-clause"),
        pytest.param("KS skriver at kommunene skal dele portal.", Stance.DESCRIBED, 2, id="what-KS-writes"),
        pytest.param(
            "Der står det at alle skal ha portal, og at noen skal få hjelp.", Stance.DESCRIBED, 2, id="it-says"
        ),
        pytest.param("Innbyggere ringte 900 ganger om skjemaer.", Stance.NAMED, 1, id="what-residents-did"),
        pytest.param("Fram til 2040 blir vi 90 flere eldre.", Stance.DESCRIBED, 2, id="a-forecast"),
        pytest.param("Vi får ikke 90 nye ansatte.", Stance.DESCRIBED, 2, id="what-we-do-not-get"),
        pytest.param("Det er viktig at kommunen etablerer en portal.", Stance.WISHED, 2, id="important-is-a-wish"),
        pytest.param("Skjemaene kategoriseres i tre grupper:", Stance.NAMED, 1, id="a-lead-in"),
        pytest.param("Planen revideres i 2029.", Stance.DESCRIBED, 2, id="plan-work-passive"),
        pytest.param("Skarvøya kommune har innført portalen.", Stance.DESCRIBED, 2, id="another-municipality"),
        pytest.param("Vår kommune har innført portalen.", Stance.DONE, 4, id="our-municipality"),
        pytest.param("Alle ansatte i hjemmetjenesten får to dager opplæring.", Stance.BINDING, 4, id="what-staff-get"),
        pytest.param("Kostnadene skal ikke overstige det vi har.", Stance.BINDING, 3, id="a-limit-is-no-refusal"),
        pytest.param("Kostnadene skal ikkje overstige det vi har.", Stance.BINDING, 3, id="a-limit-is-no-refusal-nn"),
        pytest.param("I 1965 formulerte Gordon Moore Moores lov.", Stance.NAMED, 1, id="a-name-is-no-passive"),
        pytest.param("Ansattes bruk av portalen", Stance.NAMED, 1, id="a-genitive-is-no-passive"),
        pytest.param("Ledere, og deres bruk av portalen.", Stance.NAMED, 1, id="a-pronoun-is-no-passive"),
        pytest.param("Dei ringjer oftast om skjema.", Stance.NAMED, 1, id="a-superlative-is-no-passive-nn"),
        pytest.param("Skjema kontrollerast av leiinga.", Stance.BINDING, 3, id="a-passive-nn"),
        pytest.param("Innføres i hele kommunen.", Stance.BINDING, 3, id="a-passive-that-begins-the-clause"),
        pytest.param("Kommunen søker årlig om tilskudd til portalen.", Stance.WISHED, 2, id="what-is-applied-for"),
        pytest.param("Kommunen søkjer kvart år om tilskot til portalen.", Stance.WISHED, 2, id="applied-for-nn"),
        pytest.param("Vi søker om midler til portalen.", Stance.WISHED, 2, id="what-we-apply-for"),
        pytest.param("Kommunen skal søke om tilskudd til portalen.", Stance.BINDING, 3, id="shall-be-applied-for"),
        pytest.param("Kommunen har søkt om og fått portalen.", Stance.DONE, 4, id="applied-for-and-given"),
        pytest.param("Portalen har fått mer oppmerksomhet.", Stance.DESCRIBED, 2, id="attention-is-no-step"),
        pytest.param("Portalen har fått større merksemd.", Stance.DESCRIBED, 2, id="attention-is-no-step-nn"),
        pytest.param("Alle ansatte har fått ny portal.", Stance.DONE, 4, id="what-was-given"),
        pytest.param("Nye tjenester lages best sammen med andre.", Stance.NAMED, 1, id="an-opinion"),
        pytest.param(
            "Viser et sett med faser som prosjekter skal gjennom.", Stance.DESCRIBED, 2, id="phases-of-projects"
        ),
    ],
)
def test_a_clause_is_read_for_what_is_done(text, stance, value) -> None:
    (found,) = measure(text)
    assert (found.stance, found.value) == (stance, value)


@pytest.mark.parametrize(
    ("text", "kind", "words", "value"),
    [
        pytest.param("Vi skal levere innen 30. juni 2026.", DetailKind.DATE, "30. juni 2026", "2026-06-30", id="day"),
        pytest.param("Vi skal levere 30.06.2026.", DetailKind.DATE, "30.06.2026", "2026-06-30", id="day-in-figures"),
        pytest.param("Vi skal levere i juni 2026.", DetailKind.DATE, "juni 2026", "2026-06", id="month"),
        pytest.param("Vi skal levere i 2026.", DetailKind.DATE, "2026", "2026", id="year"),
        pytest.param("Vi skal bygge i 2026–2028.", DetailKind.DATE, "2026–2028", "2026/2028", id="period"),
        pytest.param("Vi skal bruke 400 000 kroner.", DetailKind.SUM, "400 000 kroner", "400000", id="kroner"),
        pytest.param("Vi skal bruke 1,5 mill. kr på det.", DetailKind.SUM, "1,5 mill. kr", "1500000", id="millions"),
        pytest.param("Vi skal bruke 400 000 kroner per år.", DetailKind.SUM, "400 000 kroner", "400000", id="a-year"),
        pytest.param(
            "Vi skal betale 290 kroner per alarm i året.", DetailKind.SUM, "290 kroner per alarm", None, id="price"
        ),
        pytest.param(
            "Vi skal betale 38 kroner pr. innbyggjar.", DetailKind.SUM, "38 kroner pr. innbyggjar", None, id="nn"
        ),
        pytest.param("Vi skal bruke 25 tusen kroner.", DetailKind.SUM, "25 tusen kroner", "25000", id="thousands"),
        pytest.param("Vi skal nå 80 prosent.", DetailKind.TARGET, "80 prosent", "80 prosent", id="share"),
        pytest.param("Kommunedirektøren skal levere.", DetailKind.ACTOR, "Kommunedirektøren", None, id="role"),
    ],
)
def test_details_are_typed_and_placed(text, kind, words, value) -> None:
    (found,) = measure(text)
    (detail,) = [each for each in found.details if each.kind is kind]
    assert text[detail.start : detail.end] == words
    assert detail.value == (value or words)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Vi skal følge Digital agenda 2016–2020.", id="title"),
        pytest.param("Vi skal bygge på brukernes behov (Difi, 2018).", id="source"),
        pytest.param("Vi skal følge loven av 2018.", id="law"),
        pytest.param("Vi skal behandle alle likt.", id="nothing-to-check"),
        pytest.param("Vi skal ha et råd med to elever.", id="members"),
        pytest.param("Vi skal ha eit råd med tre lærarar, to elevar og éin tilsett.", id="members-nn"),
        pytest.param("Vi skal styre kjøp over 200 000 kroner.", id="limit"),
        pytest.param("Vi skal følge prinsippene som ble vedtatt i 2024.", id="what was done then"),
    ],
)
def test_a_year_of_a_title_or_source_is_no_date(text) -> None:
    (found,) = measure(text)
    assert found.details == ()
    assert found.value == 3


def test_what_stands_against_an_account_of_how_things_are_binds_nobody() -> None:
    text = "Med én portal blir driften enklere, mens friheten til å velge skjema reduseres."
    assert measure(text, term="friheten")[0].stance is not Stance.BINDING
    own = "Staten har ansvaret for portalen, mens kommunen innfører skjemaene lokalt."
    assert measure(own, term="skjemaene")[0].stance is Stance.BINDING


def test_the_second_half_of_a_threshold_is_no_target() -> None:
    (found,) = measure("Vi skal prioritere prosjekter over 200 000 kroner eller 300 timer.")
    assert found.details == ()


def test_the_figure_of_another_clause_belongs_to_that_clause() -> None:
    text = "Asfalten legges i 2026; tjenestene skal henge sammen."
    (found,) = measure(text, term="tjenestene")
    assert (found.value, found.details) == (3, ())


def test_the_figure_of_another_sentence_belongs_to_that_sentence() -> None:
    (found,) = measure("Rådhuset males i 2026. Tjenestene skal henge sammen.", term="Tjenestene")
    assert found.value == 3


def test_a_sentence_that_goes_on_about_the_measure_is_part_of_it() -> None:
    found = measure("Tjenestene skal henge sammen. Dette skal være på plass innen 2026.", term="Tjenestene")
    assert [each.value for each in found] == [3, 4]


def test_a_list_item_takes_its_duty_from_the_lead_in() -> None:
    (found,) = measure("Kommunen skal:", (ITEM, "tjenester som henger sammen"))
    assert (found.stance, found.value) == (Stance.BINDING, 3)


@pytest.mark.parametrize(
    "lead_in",
    [
        pytest.param("«Kommunen skal gi innbyggerne gode møter med tjenestene»", id="quoted-vision"),
        pytest.param("Kommunen skal gi innbyggerne gode møter med tjenestene", id="vision"),
        pytest.param("Fondet skal kunne brukes til å betale for:", id="what-money-may-be-used-for"),
    ],
)
def test_names_under_a_sentence_that_they_do_not_complete_bind_nobody(lead_in) -> None:
    (found,) = measure(lead_in, (ITEM, "Kompetente medarbeidere"))
    assert (found.stance, found.value) == (Stance.NAMED, 1)


@pytest.mark.parametrize(
    ("heading", "stance"),
    [
        pytest.param("Hvorfor skal vi digitalisere?", Stance.WISHED, id="why"),
        pytest.param("Gevinster", Stance.WISHED, id="gains"),
        pytest.param("Oppgaver", Stance.BINDING, id="tasks"),
    ],
)
def test_an_infinitive_under_what_is_hoped_for_is_a_wish(heading, stance) -> None:
    (found,) = measure((HEADING, heading), (ITEM, "Øke kvaliteten i tjenestene"))
    assert found.stance is stance


def test_a_list_item_takes_who_from_the_lead_in() -> None:
    (found,) = measure("Kommunedirektøren skal:", (ITEM, "sikre tjenester som henger sammen"))
    assert [each.kind for each in found.details] == [DetailKind.ACTOR]
    assert found.value == 4


def test_a_figure_of_the_lead_in_is_no_item_s_own() -> None:
    lead_in = "Vi setter av 2 millioner kroner og 900 timer til dette innen 2030:"
    (found,) = measure(lead_in, (ITEM, "lage én portal"))
    assert [(each.kind, each.value) for each in found.details] == [(DetailKind.DATE, "2030")]


def test_only_the_sentence_that_opens_the_list_is_its_items() -> None:
    lead_in = "Kommunedirektøren la fram saken i 2030. Vi skal:"
    (found,) = measure(lead_in, (ITEM, "lage én portal"))
    assert found.details == ()


def test_a_lead_in_with_a_pronoun_speaks_of_whom_it_named_first() -> None:
    (found,) = measure("Digitaliseringsrådet møtes ofte. Det skal:", (ITEM, "velge én portal"))
    assert [each.value for each in found.details if each.kind is DetailKind.ACTOR] == ["Digitaliseringsrådet"]


def test_a_statement_in_a_list_of_measures_is_none() -> None:
    heading = (HEADING, "Tiltak")
    assert measure(heading, (ITEM, "En felles portal for alle skjemaer"))[0].stance is Stance.BINDING
    assert measure(heading, (ITEM, "Portalen er lite brukt i dag"))[0].stance is Stance.DESCRIBED


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        pytest.param(
            "Kommunedirektøren skal rapportere til formannskapet og kommunestyret.", ["Kommunedirektøren"], id="to"
        ),
        pytest.param("Havnesjefen skal legge ut dataene.", ["Havnesjefen"], id="a-role-in-no-list"),
        pytest.param("Plan- og byggesjefen skal innføre portalen.", ["Plan- og byggesjefen"], id="two-part-role"),
        pytest.param("Beredskapsleiaren skal øve leiargruppa.", ["Beredskapsleiaren"], id="a-role-nn"),
        pytest.param("Leder for e-helse skal være veileder.", ["Leder for e-helse"], id="leader-of-something"),
        pytest.param("Vi skal stanse prosjekter som ikke har en gevinsteier.", [], id="what-something-has"),
        pytest.param("Kommunen skal ansette en havnesjef.", [], id="who-is-to-be-found"),
        pytest.param("Vi skal lage portalen sammen med servicetorget.", [], id="with"),
        pytest.param("Portalen skal ledes av kommunedirektøren.", ["kommunedirektøren"], id="by"),
        pytest.param("Ansvaret for portalen skal ligge hos servicetorget.", ["servicetorget"], id="has-charge"),
    ],
)
def test_an_owner_is_one_who_does_it(text, owners) -> None:
    (found,) = measure(text)
    assert [each.value for each in found.details if each.kind is DetailKind.ACTOR] == owners


def test_a_period_is_a_date_and_that_of_a_title_is_none() -> None:
    (found,) = measure("Kommunen skal i perioden 2031 – 2032 kartlegge portalen.")
    assert [each.value for each in found.details] == ["2031/2032"]
    (found,) = measure("Kommunen skal følge strategi for perioden 2031–2032.")
    assert found.details == ()


def read_row(row: TableRow) -> tuple[Detail, ...]:
    return DetailReader(load_rules()).read_row(row, " ".join(row.cells), 0)


def test_a_date_in_a_row_is_no_sum() -> None:
    header = ("Tiltak", "Frist", "2031")
    cells = ("Felles portal", "31.12.2031", "420")
    row = TableRow(header, cells, title="Tiltak", unit="1 000 kr")
    assert [(each.kind, each.value) for each in read_row(row)] == [
        (DetailKind.DATE, "2031-12-31"),
        (DetailKind.SUM, "420000"),
    ]


@pytest.mark.parametrize(
    ("cell", "named"),
    [
        *(
            (cell, False)
            for cell in ("Ikke avklart", "Uavklart", "Avklares i 2027", "Er ikkje bestemt", "N.N.", "Ingen", "–")
        ),
        *((cell, True) for cell in ("IKT-leder", "Ingeniør Dahl", "Klarvær barnehage", "Rektor (ikke SFO)")),
    ],
)
def test_a_cell_that_leaves_the_owner_open_names_nobody(cell: str, named: bool) -> None:
    row = TableRow(("Tiltak", "Ansvar"), ("Felles portal", cell))
    assert [each.value for each in read_row(row)] == ([cell] if named else [])


def test_what_goes_on_about_the_same_after_men_is_the_goals_too() -> None:
    text = "Kommunen har ikke et styringssystem for portaler, men skal etablere det i 2027."
    measures = measure(text, term="styringssystem")
    assert [each.stance for each in measures] == [Stance.DESCRIBED, Stance.BINDING]


@pytest.mark.parametrize(
    ("header", "cells", "details"),
    [
        pytest.param(
            ("Mål", "Indikator", "Status 2030", "Mål 2034"),
            ("Åpne data", "Datasett i katalogen", "10", "40"),
            [(DetailKind.DATE, "2034"), (DetailKind.TARGET, "40")],
            id="a-count-to-reach-is-no-sum",
        ),
        pytest.param(
            ("Mål", "Indikator", "2030", "Måltal 2034"),
            ("Digitale søknader", "Del", "71 %", "95 %"),
            [(DetailKind.DATE, "2034"), (DetailKind.TARGET, "95 %")],
            id="a-share-to-reach-nn",
        ),
        pytest.param(
            ("Tiltak", "Ansvarleg", "Oppstart", "Ferdig"),
            ("Felles portal", "Arkivleiar", "Haust 2031", "Juni 2033"),
            [(DetailKind.ACTOR, "Arkivleiar"), (DetailKind.DATE, "2033-06")],
            id="when-it-ends-nn",
        ),
        pytest.param(
            ("Tiltak", "Oppstart"), ("Felles portal", "2031"), [(DetailKind.DATE, "2031")], id="only-when-it-begins"
        ),
        pytest.param(
            ("Tiltak", "Kostnad 2031"), ("Felles portal", "40"), [(DetailKind.SUM, "40")], id="a-cost-of-a-year"
        ),
        pytest.param(
            ("Tiltak", "Budsjett 2031", "Økonomiplan 2032"),
            ("Felles portal", "400 000", "300 000"),
            [(DetailKind.SUM, "400000"), (DetailKind.SUM, "300000")],
            id="costs-of-years",
        ),
    ],
)
def test_a_row_s_figures_are_what_its_headers_say(header, cells, details) -> None:
    text = "\t".join(cells)
    reading = make_reading([text], municipality="Nordvik")
    row = replace(reading.passages[0], kind=BlockKind.TABLE_ROW, table=TableRow(header, cells, title="Tiltak"))
    finding = Finding(reading.document.id, row.id, Task.GOALS, "DA1", 0.9, ())
    (found,) = READER.read(replace(reading, passages=(row,)), [finding], others=[])
    assert [(each.kind, each.value) for each in found.details] == details


def test_a_count_under_a_year_is_no_sum() -> None:
    row = TableRow(("Mål", "2031", "2032"), ("Grender uten dekning", "5", "2"), title=None, unit=None)
    assert not [each for each in read_row(row) if each.kind is DetailKind.SUM]


def test_an_item_of_a_list_of_questions_is_asked() -> None:
    (found,) = measure("Spørsmål som planen skal svare på:", (ITEM, "Vi skal ha en portal innen 2026"))
    assert (found.stance, found.value) == (Stance.ASKED, 1)


def test_a_heading_only_names() -> None:
    (found,) = measure((HEADING, "Brukeren i sentrum"))
    assert (found.stance, found.value) == (Stance.NAMED, 1)


def test_a_planprogram_only_asks() -> None:
    (found,) = measure("Kommunen skal innføre én portal innen 2026.", kind=DocumentType.PLANPROGRAM)
    assert (found.stance, found.value) == (Stance.ASKED, 1)


def test_a_planstrategi_binds_the_planning_and_not_the_goal() -> None:
    (found,) = measure("Kommunen skal innføre én portal innen 2026.", kind=DocumentType.PLANSTRATEGI)
    assert (found.stance, found.value) == (Stance.WISHED, 2)


@pytest.mark.parametrize(
    ("text", "copied"),
    [
        pytest.param(
            "Digitaliseringssjefen skal «innføre et styringssystem for sikkerhet» i 2027.", False, id="own who"
        ),
        pytest.param("Kommunen skal «innføre et styringssystem for sikkerhet» innen 2027.", False, id="own when"),
        pytest.param("Kommunen skal «innføre et styringssystem for sikkerhet».", True, id="nothing of its own"),
        pytest.param("Kommunen skal «innføre et styringssystem for sikkerhet innen 2027».", True, id="another's when"),
    ],
)
def test_who_and_when_of_its_own_make_anothers_words_a_measure_of_its_own(text: str, copied: bool) -> None:
    (found,) = measure(text, copied=text[text.index("«") : text.index("»") + 1])
    assert found.copied is copied


def test_copied_words_give_one_at_most() -> None:
    text = "Vi skal innføre én portal innen 2026."
    (found,) = measure(text, copied=text)
    assert (found.copied, found.value) == (True, 1)


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        pytest.param("Prosjekter skal vente, om ikke kommunedirektøren fremmer en sak.", [], id="a-condition"),
        pytest.param("Innkjøp skal følge prinsippene som IT-sjefen fastsatte.", [], id="a-relative-clause"),
        pytest.param(
            "Dette er tiltak som IT-sjefen skal gjennomføre.", ["IT-sjefen"], id="a-relative-clause-that-charges"
        ),
        pytest.param("Ny portal skaffes av innkjøpssjefen i 2026.", ["innkjøpssjefen"], id="who-it-is-done-by"),
        pytest.param("Fra neste år deler vi personvernombud med Sørvik, og vi skal øve.", [], id="what-is-shared"),
        pytest.param(
            "Koordinere innføring mellom aktørene (teknisk etat, personvernombud, leverandør).",
            [],
            id="a-list-in-brackets",
        ),
        pytest.param(
            "Innføre portal (ansvarlig: IT-sjefen, frist: 2026, ramme: 2).", ["IT-sjefen"], id="charge-in-brackets"
        ),
    ],
)
def test_who_is_named_in_passing_owns_no_measure(text, owners) -> None:
    (found,) = measure(text)
    assert [each.value for each in found.details if each.kind is DetailKind.ACTOR] == owners


@pytest.mark.parametrize(
    ("header", "cells", "owners"),
    [
        pytest.param(
            ("Tiltak", "Ansvar", "2026", "2027"),
            ("Digitaliseringsrådgiver", "Personalsjefen", "640", "860"),
            ["Personalsjefen"],
            id="a-column",
        ),
        pytest.param(("Tiltak", "2026"), ("Drift: prosjektledere og lisenser", "3 400"), [], id="what-is-paid-for"),
        pytest.param(
            ("Tiltak", "2026"), ("Prosjektlederen skal innføre lisenser", "3 400"), ["Prosjektlederen"], id="who-acts"
        ),
    ],
)
def test_a_row_is_owned_by_who_it_says_is_in_charge(header, cells, owners) -> None:
    text = "\t".join(cells)
    reading = make_reading([text], municipality="Nordvik")
    row = replace(reading.passages[0], table=TableRow(header, cells, unit="1000 kr", title="Tiltak"))
    finding = Finding(reading.document.id, row.id, Task.GOALS, "DA1", 0.9, ())
    (found,) = READER.read(replace(reading, passages=(row,)), [finding], others=[])
    assert [each.value for each in found.details if each.kind is DetailKind.ACTOR] == owners


@pytest.mark.parametrize(
    "text",
    [
        "Sikkerhetslederen skal ha tre tester i året.",
        "Biblioteket skal ha åpent hver torsdag.",
        "Vi skal øve kvar fredag.",
        "Vi skal øve annethvert år.",
        "Vi skal øve annakvart år.",
        "Gevinster av portalen skal stå i hver tertialrapport.",
        "Saksbehandlingstiden skal ned til tre uker.",
        "Sakshandsaminga skal ta under to veker.",
        "Sykefraværet skal under sju prosent.",
    ],
)
def test_how_often_is_a_figure_to_check(text) -> None:
    (found,) = measure(text)
    assert DetailKind.TARGET in {each.kind for each in found.details}
