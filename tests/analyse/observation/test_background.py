"""A year or a figure of a forecast or a description is no deadline and no target of what the clause commits to."""

from __future__ import annotations

import pytest

from analyse.measuring import HEADING, ITEM, measure
from compliance.records import DetailKind, Stance

FIGURES = {DetailKind.DATE, DetailKind.TARGET, DetailKind.SUM}


def name_figures(*lines, **options) -> list[str]:
    return [detail.value for each in measure(*lines, **options) for detail in each.details if detail.kind in FIGURES]


@pytest.mark.parametrize(
    "text",
    [
        "I 2030 vil hver fjerde innbygger være over 67, og kommunen skal ta i bruk digitalt tilsyn.",
        "Kommunen skal ta i bruk digitalt tilsyn, for i 2030 er hver fjerde innbygger over 67.",
        "Kommunen skal ta i bruk digitalt tilsyn fordi en av fire innbyggere vil være over 67 i 2030.",
        "Fram mot 2040 øker antallet eldre, og vi skal derfor innføre digitalt tilsyn.",
        "Folketallet ventes å synke fram til 2050, og tjenestene skal bli digitale.",
        "I 2022 ble 40 prosent av skjemaene levert på papir, og alle skal bli digitale.",
        "Ni av ti innbyggere bruker nettet, og skjemaene skal være digitale.",
        "Kommunen har tjue brukere med digitalt tilsyn, og flere skal få det.",
        "Portalen, som er felles for tolv skoler, skal tas i bruk av alle.",
        "Vi skal ta i bruk portalen som har vært tilgjengelig fra 2027.",
        "Driften skal kjøpes av selskapet, der kommunen eier 22 prosent.",
        "Resultater for alle skoler med mer enn 30 elever skal legges i portalen.",
        "Utstyret hadde en verdi av 2 millioner kroner, og kommunen skal skifte det ut.",
        "I 2030 vil kvar fjerde innbyggjar vere over 67, og kommunen skal ta i bruk digitalt tilsyn.",
        "Kommunen skal ta i bruk digitalt tilsyn, for i 2030 er kvar fjerde innbyggjar over 67.",
        "Fram mot 2040 aukar talet på eldre, og vi skal difor innføre digitalt tilsyn.",
        "Folketalet er venta å søkke fram til 2050, og tenestene skal bli digitale.",
        "I 2022 vart 40 prosent av skjema leverte på papir, og alle skal bli digitale.",
        "Drifta skal kjøpast av selskapet, der kommunen eig 22 prosent.",
        "Resultat for alle skular med meir enn 30 elevar skal leggjast i portalen.",
        "Ni av ti innbyggjarar brukar nettet, og skjema skal vere digitale.",
        "Kommunen har tjue brukarar med digitalt tilsyn, og fleire skal få det.",
        "Portalen, som er felles for tolv skular, skal takast i bruk av alle.",
    ],
)
def test_figures_of_a_forecast_or_a_description_are_no_measure_s(text) -> None:
    assert {each.stance for each in measure(text)} == {Stance.BINDING}
    assert name_figures(text) == []


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Kommunen skal ta i bruk digitalt tilsyn innen 2030, for hver fjerde innbygger er over 67.", ["2030"]),
        ("I 2027 skal kommunen, som eier portalen, ta den i bruk.", ["2027"]),
        ("Målet er 80 prosent digitale skjemaer, og kommunen skal måle det.", ["80 prosent"]),
        ("Fristen er 1. mars 2027, og kommunen skal melde fra.", ["2027-03-01"]),
        ("Rammen er 2 millioner kroner, og kommunen skal kjøpe en portal.", ["2000000"]),
        ("Kommunen skal bygge en portal, prøve den i 2026 og ta den i bruk i 2027.", ["2026", "2027"]),
        ("Kommunen skal innføre portalen når avtalen utløper i 2027.", ["2027"]),
        ("Kommunen skal nå mer enn 30 elever med portalen.", ["30 elever"]),
        ("Portalen er tatt i bruk i 2027, og alle skal få opplæring.", ["2027"]),
        ("Arbeidet startes i 2026, og vi skal være ferdige med 40 skjemaer.", ["2026", "40 skjemaer"]),
        ("Kommunen skal innføre digitalt tilsyn, noe som gir 20 prosent færre besøk.", ["20 prosent"]),
        ("Alle skjemaer skal ligge i portalen, slik at 90 prosent leveres digitalt.", ["90 prosent"]),
        ("Antall brukere med digitalt tilsyn skal øke til 40 innen 2028.", ["2028"]),
        ("Kommunen skal ta i bruk digitalt tilsyn innan 2030, for kvar fjerde innbyggjar er over 67.", ["2030"]),
        ("Målet er 80 prosent digitale skjema, og kommunen skal måle det.", ["80 prosent"]),
        ("Fristen er 1. mars 2027, og kommunen skal melde frå.", ["2027-03-01"]),
        ("Kommunen skal byggje ein portal, prøve han i 2026 og ta han i bruk i 2027.", ["2026", "2027"]),
        ("Kommunen skal innføre digitalt tilsyn, noko som gjev 20 prosent færre besøk.", ["20 prosent"]),
        ("Talet på brukarar med digitalt tilsyn skal auke til 40 innan 2028.", ["2028"]),
    ],
)
def test_figures_of_the_measure_itself_stay(text, figures) -> None:
    assert name_figures(text) == figures


@pytest.mark.parametrize(
    "text",
    [
        "Antall eldre dobles fram til 2050.",
        "Antallet innbyggere over 80 år tredobles, viser tallene.",
        "I 2030 vil hver fjerde innbygger være over 67.",
        "I 2035 vil kommunen mangle 40 sykepleiere.",
        "Behovet for tjenester ventes å dobles.",
        "Fram mot 2040 blir vi færre i arbeid.",
        "Talet på eldre doblast fram til 2050.",
        "I 2030 vil kvar fjerde innbyggjar vere over 67.",
        "I 2035 vil kommunen mangle 40 sjukepleiarar.",
        "Behovet for tenester er venta å veksa.",
    ],
)
def test_a_forecast_binds_nobody(text) -> None:
    assert [each.stance for each in measure(text)] == [Stance.DESCRIBED]
    assert name_figures(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Kommunen skal doble antallet digitale skjemaer.",
        "Vi vil øke antallet brukere med digitalt tilsyn.",
        "Kapasiteten på portalen utvides i 2027.",
        "Kommunen skal ta i bruk digitalt tilsyn etter hvert som antallet eldre øker.",
        "Kommunen skal doble talet på digitale skjema.",
        "Vi vil auke talet på brukarar med digitalt tilsyn.",
    ],
)
def test_what_the_municipality_itself_makes_grow_binds(text) -> None:
    assert [each.stance for each in measure(text)] == [Stance.BINDING]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Kommunen skal gi elleve brukere digitalt tilsyn.", ["elleve brukere"]),
        ("Kommunen skal gi tjuefem ansatte opplæring.", ["tjuefem ansatte"]),
        ("Det skal opprettes to nye stillinger.", ["to nye stillinger"]),
        ("Tre av fire skjemaer skal være digitale.", ["Tre av fire"]),
        ("3 av 4 skjemaer skal være digitale.", ["3 av 4"]),
        ("Halvparten av skjemaene skal være digitale.", ["Halvparten av"]),
        ("To tredeler av brevene skal sendes digitalt.", ["To tredeler"]),
        ("Det settes av to millioner kroner til portalen.", ["2000000"]),
        ("Det settes av en halv million kroner til portalen.", ["500000"]),
        ("Kommunen skal bruke femti tusen kroner på portalen.", ["50000"]),
        ("Kommunen skal bruke fem hundre tusen kroner på portalen.", ["500000"]),
        ("Kommunen skal bruke 1,5 milliarder kroner på portalen.", ["1500000000"]),
        ("Kommunen skal gje elleve brukarar digitalt tilsyn.", ["elleve brukarar"]),
        ("Kommunen skal gje tjuefem tilsette opplæring.", ["tjuefem tilsette"]),
        ("Tre av fire skjema skal vere digitale.", ["Tre av fire"]),
        ("Det vert sett av to millionar kroner til portalen.", ["2000000"]),
        ("Kommunen skal ha 1 200 brukere på portalen.", ["1 200 brukere"]),
        ("Portalen skal ha 2.000 brukere.", ["2.000 brukere"]),
        ("1 310 av 1 620 boliger skal få fiber.", ["1 310 av 1 620"]),
        ("Kommunen skal gi inntil femti bedrifter opplæring.", ["inntil femti"]),
        ("3.1 Innbyggere skal få svar i portalen.", []),
        ("3 Ansatte skal få opplæring i portalen.", []),
        ("5.1.2 Skjema skal vere like i portalen.", []),
        ("Vi skal ligge over 5,8 av poeng i skjemaene.", []),
        ("Vi skal arbeide i to spor med digitale skjemaer.", []),
        ("Kommunen skal ha et system for skjemaer.", []),
        ("Skjemaer skal fylles ut av to og to.", []),
        ("Vi skal ha ett system.", []),
        ("Kommunen skal bruke mange millioner kroner på portalen.", []),
        ("Vi skal arbeide i to spor med digitale skjema.", []),
        ("Vi skal ha eit system.", []),
    ],
)
def test_number_words_are_figures_where_digits_are(text, figures) -> None:
    assert name_figures(text) == figures


def test_an_item_s_own_statement_keeps_its_year() -> None:
    assert name_figures((HEADING, "Tiltak"), (ITEM, "Portal som er felles for kommunene, 2027")) == ["2027"]
