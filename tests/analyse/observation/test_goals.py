"""Goals are found where a passage speaks for them, with every reason, and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from analyse.stages import find_by_rules, get_rules_analyser, observe
from builders import Line, make_reading
from compliance.records import BlockKind, EvidenceKind, Finding, Language, Method, Task

PLAIN = ["Hovedplan for vann og avløp skal revideres.", "Skolen får nytt tak.", "Vi bygger ny bru over elva."]


def find(lines: Sequence[Line], *, language: Language = Language.NB) -> list[Finding]:
    return find_by_rules(make_reading(lines, language=language), Task.GOALS)


def labels(lines: Sequence[Line], *, language: Language = Language.NB) -> set[str]:
    return {finding.label for finding in find(lines, language=language)}


@pytest.mark.parametrize(
    ("text", "language", "goal"),
    [
        pytest.param("Informasjonssikkerhet og personvern ivaretas i alle digitale løsninger, med internkontroll.",
                     Language.NB, "KS5.1", id="security"),
        pytest.param("Informasjonstryggleik og personvern skal takast vare på, med internkontroll og personvernombod.",
                     Language.NN, "DA5", id="security-nynorsk"),
        pytest.param("Velferdsteknologi som digitalt tilsyn og trygghetsalarmer tas i bruk i hjemmetjenesten.",
                     Language.NB, "KS2.5", id="welfare-technology"),
        pytest.param("Ansatte og ledere får digital kompetanse gjennom opplæring og e-læring.",
                     Language.NB, "EN7", id="staff-competence"),
        pytest.param("Regelstyrt saksbehandling automatiseres med robotisert prosessautomatisering.",
                     Language.NB, "KS1.2", id="automation"),
    ],
)  # fmt: skip
def test_goal_is_found(text: str, language: Language, goal: str) -> None:
    assert goal in labels([text], language=language)


def test_a_plan_without_digital_words_has_no_goals() -> None:
    users = "Brukernes behov er utgangspunktet, og brukermedvirkning og samarbeid med andre kommuner skal styrkes."
    assert not labels([*PLAIN, users, *PLAIN])


def test_the_same_words_under_a_digital_heading_are_found() -> None:
    users = "Brukernes behov er utgangspunktet for alle tjenester, og brukermedvirkning skal styrkes."
    assert "KS1.1" in labels([*PLAIN, (BlockKind.HEADING, "Digitalisering"), users])


def test_captions_and_references_carry_no_goal() -> None:
    assert not labels([(BlockKind.CAPTION, "Figur 1: Informasjonssikkerhet og personvern")])
    assert not labels(["https://www.example.no/informasjonssikkerhet-og-personvern"])


def test_lead_in_supports_its_items() -> None:
    item = (BlockKind.LIST_ITEM, "• kompetanse i nye digitale løsninger")
    lead_in = "Kompetanse som skal kartlegges hos ansatte og ledere:"
    *_, alone = observe(make_reading([item])).offered.goals
    *_, supported = observe(make_reading([lead_in, item])).offered.goals
    assert supported["KS3.2"].above > alone["KS3.2"].above == 0.0
    assert supported["KS3.2"].own == alone["KS3.2"].own


def test_a_finding_gives_its_reasons_and_what_each_number_added() -> None:
    (finding, *_) = find(["Informasjonssikkerhet og personvern ivaretas i alle digitale løsninger."])
    assert finding.method is Method.RULES
    assert finding.features[0][0] == "terms"
    assert finding.features[0][1] > 0
    assert any(item.kind is EvidenceKind.TERM and not item.against for item in finding.evidence)


def test_a_misspelt_term_is_fuzzy_evidence() -> None:
    findings = find(["Informasjonssikkerhct og personvern ivaretas i alle digitale løsninger."])
    kinds = {item.kind for finding in findings for item in finding.evidence}
    assert EvidenceKind.FUZZY in kinds


def test_terms_that_do_not_count_are_kept_as_evidence_against() -> None:
    findings = find(["Digitalt førstevalg: digitale skjemaer og digital dialog, og brukerkontoer for brukerutstyr."])
    assert any(item.against for finding in findings if finding.label == "DA1" for item in finding.evidence)


def test_the_same_words_are_not_both_for_and_against_a_goal() -> None:
    findings = find(["Digitalt førstevalg: digitale skjemaer og digital dialog, og brukerkontoer for brukerutstyr."])
    (goal,) = (finding for finding in findings if finding.label == "DA1")
    spans = {against: {(e.start, e.end) for e in goal.evidence if e.against is against} for against in (True, False)}
    assert spans[True]
    assert not spans[True] & spans[False]


@pytest.mark.parametrize("added", [PLAIN[0], "Bredbånd og digitale skjemaer bygges ut."], ids=["plain", "digital"])
def test_what_is_added_after_passages_leaves_them_as_digital_as_they_were(added: str) -> None:
    digital = "Digitale skjemaer er tatt i bruk."
    document = [*PLAIN, digital, *PLAIN, digital, *PLAIN]
    before = observe(make_reading(document)).offered.digital
    after = observe(make_reading([*document, added])).offered.digital
    assert after[: len(before)] == before
    assert before[0] < before[4] < before[3] == 1.0


@pytest.mark.parametrize(
    "text",
    [
        "Offentlig ettersyn av planprogrammet sammen med varsel om oppstart: juni til august 2029.",
        "Planforslaget legges ut til offentlig ettersyn i seks uker.",
        "Planen har vært på høring, og det kom inn elleve uttalelser fra velforeningene.",
        "Høringsfristen er 1. mai, og merknader sendes formannskapet.",
        "Frist for innspill til samfunnsdelen er 12. mars.",
        "Strategien ble sendt på høring til lag og foreninger.",
        "Kunngjøring av oppstart skjer i juni.",
        "Kommunestyret ber om at planen sendes ut på høring med frist i august.",
        "Offentleg ettersyn planprogram saman med varsel om oppstart: juni til august 2029.",
        "Framlegget vert lagt ut til offentleg ettersyn i seks veker.",
        "Planen låg ute til høyring frå 3. april, og det kom 17 fråsegner.",
        "Høyringsfristen er 1. mai, og merknader går til formannskapet.",
        "Frist for å kome med innspel er 12. mars.",
    ],
)
def test_a_plan_s_hearing_speaks_for_no_goal(text: str) -> None:
    (silent,) = observe(make_reading([text])).offered.silent
    assert silent


def test_an_entry_in_a_list_of_sources_speaks_for_no_goal() -> None:
    texts = [
        "Vi skal bygge inn personvern.",
        "Litteratur",
        "Datatilsynet (2019). Innebygd personvern.",
        "Deling av data",
    ]
    assert list(observe(make_reading(texts)).offered.silent) == [False, False, True, True]


@pytest.mark.parametrize(
    "text",
    [
        "Innbyggerne skal kunne delta digitalt i høringer og planprosesser.",
        "Planen legges ut til offentlig ettersyn i en digital innspillsløsning.",
        "Kommunen svarer på statlige høringer om lover som hindrer automatisering.",
        "Planprogrammet lå ute til offentlig ettersyn på nettsiden, med kart på nett.",
        "Produktteamene har personvernkompetanse i teamet og ikke på høring.",
        "Innbyggerne skal bli hørt når tjenester lages om.",
        "Kommunen har tilsyn med brannvern.",
        "Høringssvaret om deling av data vedtas som kommunens uttalelse.",
        "Innbyggjarane skal kunne delta digitalt i høyringar og planprosessar.",
        "Planen vert lagt ut til offentleg ettersyn i ei digital innspelsløysing.",
        "Kommunen svarar på høyringar om lover som hindrar automatisering.",
        "Innbyggjarane skal bli høyrde når tenester blir lagde om.",
        "Høyringssvaret om deling av data blir vedteke.",
    ],
)
def test_what_is_more_than_a_hearing_may_speak_for_a_goal(text: str) -> None:
    (silent,) = observe(make_reading([text])).offered.silent
    assert not silent


def test_no_goal_is_given_to_a_passage_that_speaks_for_none() -> None:
    seen = observe(make_reading(["Informasjonssikkerhet og personvern ivaretas i alle digitale løsninger."]))
    silent = replace(seen, offered=replace(seen.offered, silent=[True]))
    classifier = get_rules_analyser().classifier
    given = [
        {each.label for each in classifier.classify(each, None) if each.task is Task.GOALS} for each in (seen, silent)
    ]
    assert given[0]
    assert not given[1]
