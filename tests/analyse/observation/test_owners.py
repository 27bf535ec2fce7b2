"""Who is in charge, said by a heading or by what opens a list."""

from __future__ import annotations

import pytest

from analyse.measuring import HEADING, ITEM, measure, name_owners
from compliance.records import DetailKind


@pytest.mark.parametrize(
    ("lines", "owners"),
    [
        (["Rådmannens ledergruppe skal:", (ITEM, "velge portal")], ["Rådmannens ledergruppe"]),
        (["Rådmannen si leiargruppe skal velje portal."], ["Rådmannen si leiargruppe"]),
        ([(HEADING, "Rådmannens ledergruppe skal:"), (ITEM, "velge portal")], ["Rådmannens ledergruppe"]),
        (
            [(HEADING, "7.1.6 Digitaliseringsenheten"), (ITEM, "Utarbeide plan for portalen")],
            ["Digitaliseringsenheten"],
        ),
        (
            [
                (HEADING, "Porteføljesekretariatet"),
                "Sekretariatets viktigste funksjon er å:",
                (ITEM, "Sikre en portal"),
            ],
            ["Porteføljesekretariatet"],
        ),
        ([(HEADING, "IKT-sjef"), (HEADING, "Ansvar"), (ITEM, "Drifte portalen")], ["IKT-sjef"]),
        ([(HEADING, "Oppgaver til prosjekteier"), (ITEM, "Sikre gevinster av portalen")], ["prosjekteier"]),
        ([(HEADING, "Ledergruppen"), "Har ansvar for portalen og skjemaene."], ["Ledergruppen"]),
        ([(HEADING, "Leiargruppa til rådmannen skal:"), (ITEM, "velje portal")], ["Leiargruppa"]),
        ([(HEADING, "Digitaliseringsrådet"), (ITEM, "Velje portal for alle")], ["Digitaliseringsrådet"]),
        ([(HEADING, "4.2 IKT-leiar"), (HEADING, "Oppgåver"), (ITEM, "Drifte portalen")], ["IKT-leiar"]),
        (["Innføre portal. Ansvarlig: Fagutvikler. Frist: 2027."], ["Fagutvikler"]),
        (["Innføre portal. Ansvar: Sjukeheimen. Frist: 2027."], ["Sjukeheimen"]),
        (["Innføre portal. Ansvar: Ikke avklart. Frist: 2027."], []),
        (["Vi skal legge ut data om portalen. Ansvar: kart og oppmåling."], ["kart og oppmåling"]),
        (["Vi skal leggje ut data om portalen. Ansvar: kart og oppmåling."], ["kart og oppmåling"]),
        (["Kommunedirektørens ledergruppe skal velge portal."], ["Kommunedirektørens ledergruppe"]),
        (["Porteføljesekretariatet skal støtte porteføljestyret med portalen."], ["Porteføljesekretariatet"]),
        (
            ["IKT-sjefen skal lage portalen, og rådmannen skal godkjenne den."],
            ["IKT-sjefen", "rådmannen"],
        ),
        (["HR-avdelingen skal i løpet av 2031 lage en plan for portalen."], ["HR-avdelingen"]),
        (["HR-avdelinga skal i løpet av 2031 lage ein plan for portalen."], ["HR-avdelinga"]),
        (["Biblioteket skal tilby hjelp med portalen hver tirsdag."], ["Biblioteket"]),
        (["Økonomiavdelingen rapporterer gevinster av portalen."], ["Økonomiavdelingen"]),
        (["Controllar i økonomiavdelinga rapporterer gevinstar."], ["Controllar i økonomiavdelinga"]),
        (["I 2031 skal næringssjefen lage en portal."], ["næringssjefen"]),
        (["I 2031 skal folkehelseteamet ta i bruk portalen."], ["folkehelseteamet"]),
        (["Portalen vert driven av byggesakskontoret."], ["byggesakskontoret"]),
        (["Gevinstar vert følgde opp av økonomiavdelinga."], ["økonomiavdelinga"]),
        (["Kvar eining skal gå gjennom sine eigne portalar."], ["Kvar eining"]),
        (["Våren 2031 skal ei gruppe med tre lærarar lage portalen."], ["ei gruppe"]),
        (["En arbeidsgruppe skal lage portalen."], ["En arbeidsgruppe"]),
        (["Digitaliseringsrådet skal gi råd om portalen."], ["Digitaliseringsrådet"]),
        (["Hver enhet skal rydde i sine skjemaer."], ["Hver enhet"]),
        (["Digitaliseringssjefen leder porteføljekontoret."], ["Digitaliseringssjefen"]),
        (["Prosjektleiaren styrer leiargruppa."], ["Prosjektleiaren"]),
        (["IKT-sjefen lager portalen, og rådmannen godkjenner den."], ["IKT-sjefen", "rådmannen"]),
        (["HR-avdelingen lager et kurs i portalen."], ["HR-avdelingen"]),
        (["Personalavdelinga lagar eit kurs i portalen."], ["Personalavdelinga"]),
        (["Helse og mestring skal tilby portalen fra 2031."], ["Helse og mestring"]),
        (["Oppvekst og kultur skal innføre portalen i 2031."], ["Oppvekst og kultur"]),
        (["Sektor for oppvekst skal lage ein portal."], ["Sektor for oppvekst"]),
    ],
)
def test_owner_is_carried_to_the_measure(lines, owners) -> None:
    assert name_owners(*lines) == owners


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            [(HEADING, "Digital kompetanse"), (ITEM, "Sikre opplæring i portalen")], id="heading-names-nobody"
        ),
        pytest.param([(HEADING, "Kurs for rektorer"), (ITEM, "Sikre opplæring i portalen")], id="whom-it-is-for"),
        pytest.param([(HEADING, "Rapportering til kommunestyret"), (ITEM, "Sende tall om portalen")], id="who-is-told"),
        pytest.param([(HEADING, "IKT-sjefen"), "Kommunen skal:", (ITEM, "lage portal")], id="lead-in-has-a-subject"),
        pytest.param([(HEADING, "IKT-sjefen"), "Vi skal lage én portal."], id="clause-has-a-subject"),
        pytest.param([(HEADING, "IKT-sjefen"), "Portalen skal lages i 2027."], id="paragraph-with-a-subject"),
        pytest.param(["Ansvar: Strategi – budsjett", (ITEM, "Sikre portalen")], id="areas-of-responsibility"),
        pytest.param(
            [(HEADING, "Ein time med rektor og lærarane i auka"), (ITEM, "Sikre portalen")], id="nn-a-sentence"
        ),
        pytest.param(
            [(HEADING, "Opplæring av rektorar"), (ITEM, "Sikre opplæring i portalen")], id="nn-whom-it-is-for"
        ),
        pytest.param(["Kommunen skal spleise på en prosjektleder med andre."], id="somebody-to-be-had"),
        pytest.param(["Vi skal spleise på ein prosjektleiar med andre."], id="nn-somebody-to-be-had"),
        pytest.param(["Alle prosjekter skal ha en prosjektleder."], id="who-is-to-be-there"),
        pytest.param(["Alle prosjekt skal ha prosjektleiar på høgt nivå."], id="nn-who-is-to-be-there"),
        pytest.param(["Portalen skal gjennomgås i rådmannen sin ledergruppe."], id="where-it-is-dealt-with"),
        pytest.param(["Portalen skal gjennomgåast i rådmannen si leiargruppe."], id="nn-where-it-is-dealt-with"),
        pytest.param([(HEADING, "Digitaliseringsrådet"), "Kommunen skal:", (ITEM, "lage portal")], id="nn-lead-in"),
        pytest.param(["Det skal lages en portal, og personvernombudet skal gi råd."], id="who-advises"),
        pytest.param(["Det skal lagast ein portal, og arkivleiar skal gje råd."], id="nn-who-advises"),
        pytest.param(["HR-avdelingen skal styrkes med to stillinger."], id="a-unit-that-something-is-done-to"),
        pytest.param(["Biblioteket skal være en møteplass."], id="what-a-unit-is-to-be"),
        pytest.param(["I 2031 skal biblioteket pusses opp."], id="a-unit-that-something-is-done-to-inverted"),
        pytest.param(["Sjukeheimen skal få digitalt tilsyn."], id="nn-what-a-unit-is-given"),
        pytest.param(["Hver enhet skal ha tilgang til portalen."], id="what-each-unit-has"),
        pytest.param(["Åpenheten skal vise seg i postlisten."], id="no-unit"),
        pytest.param(["Foreininga skal lage ein portal."], id="nn-no-unit"),
        pytest.param(["Avdelingen skal ta i bruk portalen."], id="a-unit-without-a-name"),
        pytest.param(["Skolene skal ta i bruk portalen."], id="several-units"),
        pytest.param(["Barn og unge skal lære om portalen."], id="whom-a-measure-is-for"),
        pytest.param(["Helse og omsorg skal få en portal."], id="what-a-sector-is-given"),
        pytest.param(["Helse og omsorg skal vere enkel å finne i portalen."], id="nn-what-a-sector-is-to-be"),
        pytest.param(["Vi skal samle helse og mestring i portalen."], id="what-a-portal-is-about"),
    ],
)
def test_a_role_that_a_heading_does_not_charge_owns_nothing(lines) -> None:
    assert name_owners(*lines) == []


def test_a_heading_tells_whose_task_it_is_and_makes_no_task_concrete() -> None:
    (found,) = measure((HEADING, "Digitaliseringsenheten"), (ITEM, "Utarbeide plan for portalen"))
    assert (len(found.details), found.value) == (1, 3)


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("Alle skjemaer blir gjennomgått innen 2031. Serviceavdelingen har ansvar for dette.", ["Serviceavdelingen"]),
        ("Alle skjema skal gjennomgåast innan 2031. Arkivleiar har ansvaret for arbeidet.", ["Arkivleiar"]),
        ("Det skal lages en portal. Ansvaret ligger hos IKT-sjefen.", ["IKT-sjefen"]),
        ("Det skal lages en portal. Ansvarlig er byggesakskontoret.", ["byggesakskontoret"]),
        ("Vi skal ta i bruk portalen. Leiar for innbyggjartenesta er prosjekteigar.", ["Leiar for innbyggjartenesta"]),
        ("Alle skal ta kurset. Enhetslederne følger opp at det blir gjort.", ["Enhetslederne"]),
    ],
)
def test_a_sentence_that_only_says_whose_it_is_belongs_to_the_measure_before(text, owners) -> None:
    (found,) = measure(text)
    assert [each.value for each in found.details if each.kind is DetailKind.ACTOR] == owners


@pytest.mark.parametrize(
    "text",
    [
        "Portalen skal lages i 2031. IKT-sjefen har ansvar for drift av nettet.",
        "Portalen skal lagast i 2031. IKT-leiaren har ansvar for skjema og rettleiing.",
    ],
)
def test_a_sentence_with_a_task_of_its_own_is_a_clause_of_its_own(text) -> None:
    first, second = measure(text)
    assert not [each for each in first.details if each.kind is DetailKind.ACTOR]
    assert [each for each in second.details if each.kind is DetailKind.ACTOR]
