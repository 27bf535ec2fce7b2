"""What a plan tells of others, of how things are and of invented examples is no measure of its own."""

from __future__ import annotations

import pytest

from analyse.measuring import HEADING, ITEM, measure
from compliance.records import DetailKind, DocumentType, Stance

COMMITTING = {Stance.BINDING, Stance.DONE}


def commits(*lines, **options) -> bool:
    return any(each.stance in COMMITTING for each in measure(*lines, **options))


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("2 Nasjonale føringer", "Offentlige skjemaer skal være enkle å bruke for alle."),
        ("3.1 Statlige rammer", "Systemer som kjøpes, skal følge felles standarder innen 2026."),
        ("Hva sier staten?", "Skjemaer og brev må være korte, og de skal sendes digitalt."),
        ("Forholdet til nasjonal politikk", "Opplysninger skal hentes fra kilden."),
        ("Teoretisk ramme", "Ledelsen skal se sammenhengen mellom mål og midler."),
        ("Begreper og definisjoner", "Et register skal ha én eier."),
        ("Nåsituasjon", "Skjemaene skrives ut og settes i permer."),
        ("Lovkrav", "Arkivet skal holdes i orden."),
        ("Nasjonale føringar", "Innbyggjarane skal sleppe å oppgje det same to gonger."),
        ("Kva seier staten?", "Skjema skal vere korte."),
        ("Omgrep", "Eit register skal ha éin eigar."),
        ("4 Teori", "Leiinga skal sjå samanhengen mellom mål og middel."),
        ("Notilstand", "Skjema vert skrivne ut og lagra i permar."),
        ("Tilhøvet til nasjonal politikk", "Opplysningar skal hentast frå kjelda."),
    ],
)
def test_what_others_ask_under_a_heading_that_says_so_binds_nobody(heading, text) -> None:
    assert not commits((HEADING, heading), text)


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("2 Nasjonale føringer", "Nordvik kommune skal følge føringene ved å innføre én portal."),
        ("3.1 Statlige rammer", "Vi skal derfor bytte ut skjemaene."),
        ("Teoretisk ramme", "Kommunen skal bruke modellen i alle prosjekter."),
        ("Overordnede mål", "Innbyggerne skal møte tjenester som henger sammen."),
        ("Føringer for videre arbeid", "Nye systemer skal ha åpne grensesnitt."),
        ("Prinsipper", "Et prosjekt skal ha én eier."),
        ("Nåsituasjon", "Kommunen har innført én portal for alle skjemaer."),
        ("Nasjonale føringar", "Nordvik kommune skal følgje føringane ved å innføre éin portal."),
        ("Teori", "Vi skal bruke modellen i alle prosjekt."),
        ("Overordna mål", "Innbyggjarane skal møte tenester som heng saman."),
        ("Føringar for arbeidet", "Nye system skal ha opne grensesnitt."),
        ("Notilstand", "Kommunen har innført éin portal for alle skjema."),
    ],
)
def test_what_the_municipality_binds_itself_to_stands_under_any_heading(heading, text) -> None:
    assert commits((HEADING, heading), text)


@pytest.mark.parametrize(
    "text",
    [
        "God styring skal sikre at ledere ser det samme bildet.",
        "Effektiv samhandling må bygge på tillit mellom partene.",
        "Litteraturen om endring er klar: slik skal skjemaer innføres.",
        "Forskriften stiller krav om at skjemaer skal kunne leses av alle.",
        "I rapporten understrekes det at skjemaer skal deles mellom kommunene.",
        "Gjennomgangen viste at skjemaer sendes flere ganger.",
        "Det er liten grunn til at søknader skal sendes på papir.",
        "Skal portalen lykkes, må ledelsen være med.",
        "Fylket hevder at alle skal ha portal.",
        "Kommunen ønsker en portal, og vil at innbyggerne skal bruke den.",
        "God leiing skal sikre at alle ser det same biletet.",
        "Forskrifta stiller krav om at skjema skal kunne lesast av alle.",
        "I rapporten blir det understreka at skjema skal delast.",
        "Gjennomgangen viste at skjema vert sende fleire gonger.",
        "Skal portalen lukkast, må leiinga vere med.",
        "Kommunen ønskjer ein portal, og vil at innbyggjarane skal bruke han.",
        "Lover blir stadig lengre.",
        "Kontakten skjer i dag på papir og telefon, og brev sendes i posten.",
    ],
)
def test_general_accounts_and_what_is_reported_bind_nobody(text) -> None:
    assert not commits(text)


@pytest.mark.parametrize(
    "text",
    [
        "Kommunen skal sikre at alle skjemaer kan leses av alle.",
        "Kommunestyret vedtok at skjemaene skal deles.",
        "Målet er at alle skal ha portal innen 2027.",
        "Vi skal arbeide for at lovene blir enklere.",
        "Formannskapet ber om at det utarbeides én portal.",
        "Partene er enige om at portalen skal prioriteres.",
        "God internkontroll skal følges opp av rådmannen, og vi skal måle den.",
        "Et prosjekt skal ha én eier.",
        "Kommunen skal sikre at alle skjema kan lesast av alle.",
        "Kommunestyret har vedteke at skjema skal delast.",
        "Målet er at alle skal ha portal innan 2027.",
        "Partane er einige om at portalen skal prioriterast.",
        "Eit prosjekt skal ha éin eigar.",
        "Portalen blir innført på alle skular.",
    ],
)
def test_what_is_decided_after_that_binds(text) -> None:
    assert commits(text)


@pytest.mark.parametrize(
    "lines",
    [
        ["Tenk deg at du har flyttet. Kommunen sender deg skjemaet, og vedtaket er klart samme dag."],
        ["Her kommer et eksempel. En mor sender søknaden, og portalen skal svare med en gang."],
        ["For eksempel kan en innbygger søke i portalen, og saken skal være ferdig innen 2026."],
        ["Et eksempel på dette er at skjemaet hentes fra registeret."],
        ["La oss si at portalen er tatt i bruk."],
        [(HEADING, "Eksempel: fødsel"), "Skjemaet sendes av seg selv, og vedtaket skal komme innen to dager."],
        ["Slik kan det se ut. Se for deg en portal som skal vite hvem du er."],
        ["Her følger tre eksempler:", (ITEM, "Portalen skal hente adressen")],
        ["Tenk deg at du har flytta. Kommunen sender deg skjemaet, og vedtaket er klart same dag."],
        ["Her kjem eit døme. Ei mor sender søknaden, og portalen skal svare med ein gong."],
        ["Til dømes kan ein innbyggjar søkje i portalen, og saka skal vere ferdig innan 2026."],
        [(HEADING, "Døme: fødsel"), "Skjemaet vert sendt av seg sjølv, og vedtaket skal kome innan to dagar."],
        ["Her følgjer tre døme:", (ITEM, "Portalen skal hente adressa")],
    ],
)
def test_an_invented_example_is_no_measure(lines) -> None:
    assert not commits(*lines)


@pytest.mark.parametrize(
    "lines",
    [
        ["Kommunen skal gå foran med et godt eksempel og dele skjemaene."],
        ["Vi skal forenkle skjemaer, for eksempel barnehagesøknaden."],
        ["Vi skal lage en portal. Den skal for eksempel vise saksgangen."],
        ["Lederne skal være gode eksempler."],
        [(HEADING, "Tiltak"), "Skjemaet sendes av seg selv, og vedtaket skal komme innen to dager."],
        ["Kommunen skal dele eksempler på klart språk med ansatte."],
        ["Vi vil blant annet innføre portal, for eksempel i barnehagen."],
        ["Kommunen skal gå føre med eit godt døme og dele skjema."],
        ["Vi skal forenkle skjema, til dømes barnehagesøknaden."],
        ["Leiarane skal vere gode døme."],
        ["Kommunen skal dele døme på klart språk med tilsette."],
        ["Vi skal lage ein portal. Han skal til dømes vise saksgangen."],
    ],
)
def test_a_measure_that_names_an_example_is_one(lines) -> None:
    assert commits(*lines)


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Mange har sendt det samme skjemaet flere ganger.", False),
        ("To lokale gründere har laget en portal.", False),
        ("Bedriftene har fått nye skjemaer.", False),
        ("Nokre har teke i bruk portalen.", False),
        ("Ein bonde har meldt frå om skjemaet.", False),
        ("Skolene har tatt i bruk portalen.", True),
        ("Kommunen har laget en portal sammen med to gründere.", True),
        ("Einingane har teke i bruk portalen.", True),
    ],
)
def test_what_others_have_done_is_no_step_of_the_municipality(text, own) -> None:
    assert commits(text) is own


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Avvik lukkes uten læring, og skjemaer sendes på papir.", False),
        ("Kommunen har kjøpt en portal.", False),
        ("Kommunen skal kjøpe en portal.", True),
        ("Skjema vert lagra i permar.", False),
    ],
)
def test_what_an_analysis_finds_is_no_measure(text, own) -> None:
    assert commits(text, kind=DocumentType.UTREDNING) is own


def test_the_measures_of_an_analysis_bind() -> None:
    assert commits((HEADING, "Tiltak"), (ITEM, "Skjemaer gjennomgås to ganger i året"), kind=DocumentType.UTREDNING)


@pytest.mark.parametrize(
    ("lead_in", "stance"),
    [
        ("Følgende tiltak bør prioriteres:", Stance.WISHED),
        ("Desse tiltaka bør prioriterast:", Stance.WISHED),
        ("Følgende tiltak skal prioriteres:", Stance.BINDING),
    ],
)
def test_items_are_wished_where_their_lead_in_only_wishes(lead_in, stance) -> None:
    (found,) = measure(lead_in, (ITEM, "Portal for alle skjemaer"))
    assert found.stance is stance


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("Vi skal måle bruken av portalen løpende.", False),
        ("Skjemaene skal fortløpende forbedres.", False),
        ("Kommunen skal kontinuerlig forbedre portalen.", False),
        ("Portalen skal forbetrast løpande.", False),
        ("Kommunen skal heile tida betre portalen.", False),
        ("Løpende prioritering av portalen skal gjøres av oss.", False),
        ("Vi skal måle bruken løpende fram til 2027.", True),
        ("Skjemaene skal være forbedret innen sommeren.", True),
        ("Portalen skal målast i andre kvartal.", True),
        ("Portalen skal forbetrast løpande frå 1. mai 2027.", True),
    ],
)
def test_always_is_no_deadline(text, dated) -> None:
    details = [detail for each in measure(text) for detail in each.details]
    assert any(each.kind is DetailKind.DATE for each in details) is dated


@pytest.mark.parametrize(
    "text",
    [
        "Kommunen har ingen samlet oversikt over skjemaene.",
        "Portalen er planlagt anskaffet i 2027.",
        "Et annet utgangspunkt er å følge skjemaet fra start til saken er avsluttet.",
        "Erfaringer tyder på at portalen først virker når rutinene er endret og skjemaene skal deles.",
        "Kommunen har inga samla oversikt over skjema.",
        "Det foreslåtte fondet skal kunne brukes til å betale for:",
        "Portalen er planlagt innført i 2027.",
    ],
)
def test_what_is_lacking_or_planned_is_not_done(text) -> None:
    assert not commits(text)


@pytest.mark.parametrize(
    ("heading", "own"),
    [
        ("3.3 KS' digitaliseringsstrategi for kommuner", False),
        ("Fra Meld. St. 27 Digital agenda", False),
        ("Fra regjeringen", False),
        ("Frå KS", False),
        ("Digitaliseringsstrategi for Nordvik", True),
        ("Krav til leverandører", True),
    ],
)
def test_under_the_name_of_a_national_document_only_what_names_the_municipality_binds(heading, own) -> None:
    assert commits((HEADING, heading), "Digitale skjemaer skal støtte tjenestene.") is own
    assert commits((HEADING, heading), "Nordvik kommune skal støtte tjenestene med digitale skjemaer.")


@pytest.mark.parametrize(
    ("lead_in", "rejected"),
    [
        ("Fire tiltak er stanset:", True),
        ("Dette er tatt ut av budsjettet:", True),
        ("Fire tiltak er stogga:", True),
        ("Fire tiltak er satt i gang:", False),
    ],
)
def test_items_of_a_list_of_what_was_stopped_are_rejected(lead_in, rejected) -> None:
    (found,) = measure(lead_in, (ITEM, "Samtalerobot på hjemmesiden og en felles portal"))
    assert (found.stance is Stance.REJECTED) is rejected


@pytest.mark.parametrize(
    "text",
    [
        "Dei einingane som var flinkast, fekk mest.",
        "Talet er høgast for skjema og lågast for brev.",
        "Målgruppa er folkevalde, leiarar og tilsette.",
        "Noen stiller spørsmål ved skjemaene.",
        "Driften holder god kvalitet.",
    ],
)
def test_a_word_that_only_looks_like_an_act_is_none(text) -> None:
    assert not commits(text)


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("Målet er at alle skjemaer er tatt i bruk.", False),
        ("Det er et mål at portalen er etablert.", False),
        ("Det er eit mål at portalen vert nytta av alle.", False),
        ("Måla er nådde, og portalen er teken i bruk.", True),
        ("Portalen er tatt i bruk, og målet er at alle skal finne den.", True),
    ],
)
def test_what_is_aimed_at_is_not_done(text, done) -> None:
    assert any(each.stance is Stance.DONE for each in measure(text)) is done


@pytest.mark.parametrize(
    "lines",
    [
        [(HEADING, "Nasjonale føringer"), (ITEM, "Etablere én portal for alle skjemaer")],
        [(HEADING, "Teoretisk ramme"), (ITEM, "Etablere én portal for alle skjemaer")],
        [(HEADING, "Alternativer"), (ITEM, "Etablere én portal for alle skjemaer")],
        ["Regjeringen vil:", (ITEM, "Etablere én portal for alle skjemaer")],
        ["Rapporten peker på at en skal:", (ITEM, "Etablere én portal for alle skjemaer")],
        [(HEADING, "Nasjonale føringar"), (ITEM, "Etablere éin portal for alle skjema")],
        ["Regjeringa vil:", (ITEM, "Etablere éin portal for alle skjema")],
    ],
)
def test_a_task_of_a_list_of_what_others_ask_binds_nobody(lines) -> None:
    assert not commits(*lines)


@pytest.mark.parametrize(
    "lines",
    [
        [(HEADING, "Nasjonale føringer"), "Kommunen skal derfor:", (ITEM, "etablere én portal")],
        [(HEADING, "Nasjonale føringer"), "Vi skal:", (ITEM, "digitale skjemaer skal brukes av alle")],
        [(HEADING, "3.3 Slik følger vi opp KS' strategi"), "Skjemaer skal være digitale innen 2027."],
        [(HEADING, "Hva betyr nasjonale føringer for oss?"), "Skjemaer skal være digitale innen 2027."],
        [(HEADING, "Oppfølging av Digital agenda"), (ITEM, "Etablere én portal")],
        ["Strategien peker på disse tiltakene:", (ITEM, "Etablere én portal")],
        ["Kommunen skal:", (ITEM, "etablere én portal")],
        [(HEADING, "Nasjonale føringar"), "Kommunen skal difor:", (ITEM, "etablere éin portal")],
        [(HEADING, "3.3 Slik følgjer vi opp KS sin strategi"), "Skjema skal vere digitale innan 2027."],
        [(HEADING, "Oppfølginga av Digital agenda"), (ITEM, "Etablere éin portal")],
    ],
)
def test_what_the_municipality_does_about_what_others_ask_binds(lines) -> None:
    assert commits(*lines)


@pytest.mark.parametrize(
    "text",
    [
        "Dette kapittelet gir en oversikt over skjemaer som innføres.",
        "Kapittel 4 beskriver hvordan skjemaene brukes.",
        "Jeg synes at mye av det som dokumenteres, med fordel kan hentes i portalen.",
        "Å få dette inn i våre skjemaer høres nyttig ut.",
        "Vi har ikke tatt inn skjemaene, siden portalen skal være felles.",
        "En fellesnevner ved skjemaene vi har fått tilgang til er at de ligner hverandre.",
        "Skjemaene er svært ulike i skoler der portalen benyttes.",
        "Arbeidet med skjemaer i tjenester der portal tilbys sees i sammenheng med arkivet.",
        "Skjemaene behandles derfor ikke videre i planen.",
        "Portal krever at vi går inn i arbeidet, endrer måter vi jobber på og følger med.",
        "Prosjektet i Helsedirektoratet har publisert et skjema.",
        "Dette kapittelet gjev ei oversikt over skjema som vert innførte.",
        "Eg meiner at mykje av det som vert dokumentert, med fordel kan hentast i portalen.",
        "Vi har ikkje teke inn skjema, sidan portalen skal vere felles.",
        "Skjema er svært ulike i skular der portalen skal brukast.",
        "Portal krev at vi går inn i arbeidet, endrar måtar vi arbeider på og følgjer med.",
        "Prosjektet i Helsedirektoratet har publisert eit skjema.",
        "Søknad er skjemaer til helsetjenesten eller innbyggeren.",
        "Skjemaer til avdelingen etter klokka fire er mange.",
        "Av interesse er kravet om at data det offentlige sitter på, ikke skal hentes inn igjen.",
        "Av disse skrives halvparten likevel ut.",
        "Av interesse er kravet om at data det offentlege sit på, ikkje skal hentast inn att.",
        "Av desse blir halvparten likevel skrivne ut.",
        "Det blir vist til portalen.",
        "Vi skiller i det videre arbeidet mellom skjemaer og krav.",
        "Det er lov å prøve skjemaer, så lenge det er avtalt hvem som kan stanse.",
        "I planen for skjemaer ble det lagt til grunn at alle fikk portal.",
        "Det er lov å prøve skjema, så lenge det er avtalt kven som kan stanse.",
        "I planen for skjema vart det lagt til grunn at alle fekk portal.",
        "Søknad er skjema til helsetenesta eller innbyggjaren.",
    ],
)
def test_descriptions_opinions_and_needs_bind_nobody(text) -> None:
    assert not commits(text)


@pytest.mark.parametrize(
    "text",
    [
        "Kapittelet om skjemaer er viktig, og vi skal forenkle dem.",
        "Skjemaer i tjenester der portalen benyttes skal være digitale.",
        "Skoler der elever bor langt unna skal få portal.",
        "Vi har tatt i bruk portalen, siden alle spør etter skjemaer.",
        "Siden 2020 har kommunen innført portal.",
        "Skjemaer som ikke består testen, brukes ikke.",
        "Loven krever at skjemaer er korte, og vi skal derfor forenkle dem.",
        "Prosjektveiviseren fra Digitaliseringsdirektoratet skal legges til grunn.",
        "I portalen har vi fått alle skjemaer.",
        "Så lenge avtalen varer, skal alle bruke portalen.",
        "Brukernes behov er lagt til grunn for skjemaene.",
        "Skjema i tenester der portalen vert brukt skal vere digitale.",
        "Sidan 2020 har kommunen innført portal.",
        "Skjema som ikkje består testen, skal ikkje overskride ei side.",
        "Prosjektvegvisaren frå Digitaliseringsdirektoratet skal leggjast til grunn.",
    ],
)
def test_what_is_bound_or_done_beside_a_description_counts(text) -> None:
    assert commits(text)
