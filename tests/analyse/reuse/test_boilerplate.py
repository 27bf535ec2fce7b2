"""What everybody writes is told from what one has taken from another."""

from __future__ import annotations

import pytest

from compliance.analyse.reuse.boilerplate import BoilerplateJudge
from compliance.guidelines.rules import load_rules
from compliance.records import EvidenceCode

OWN = "Vi bygger tjenestene rundt hendelsene i livet til folk, og ikke rundt avdelingene i rådhuset ved torget."


@pytest.fixture(scope="module")
def judge():
    return BoilerplateJudge(load_rules().boilerplate)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Kommuneplanen består av en tekstdel og et kart med bestemmelser.", id="the plan system"),
        pytest.param("Samfunnsdelen viser retningen, og arealdelen er juridisk bindende.", id="parts of the plan"),
        pytest.param("Økonomiplanen er handlingsdelen i kommuneplanen og rulleres hvert år.", id="budget plan"),
        pytest.param("Økonomiplanen er handlingsdelen til samfunnsdelen og blir rullert kvart år.", id="budget, nn"),
        pytest.param("Planstrategien er ikke en plan, men en drøfting av planbehovet.", id="planning strategy"),
        pytest.param("Planstrategien er ikkje ein plan, men ei drøfting av planbehovet.", id="planning strategy, nn"),
        pytest.param("Saken legges ut til ettersyn i medhold av plan- og bygningsloven § 11-14.", id="statute"),
        pytest.param("Rådmannen får fullmakt til å justere rammene innenfor vedtatt budsjett.", id="resolution"),
        pytest.param("Prosjektveiviseren består av faser som skilles av beslutningspunkter.", id="project method"),
        pytest.param("Velferdsteknologi er en fellesbetegnelse på utstyr som hjelper folk hjemme.", id="definition"),
        pytest.param("Med innebygd personvern menes at hensynet er med fra første tegning.", id="definition, menes"),
        pytest.param("Besøksadresse: Torget 1. Sentralbord: 12 34 56 78.", id="letterhead"),
    ],
)
def test_known_wording_is_boilerplate(judge, text):
    assert judge.judge(text, 0, sharers=1)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(OWN, id="own words"),
        pytest.param(f"{OWN} Dette følger forskrift om noe. {OWN}", id="a law named once in a long passage"),
        pytest.param("Planen vår er å rydde i arkivet før vi kjøper et nytt.", id="a plan that is no plan document"),
    ],
)
def test_other_wording_is_not(judge, text):
    assert judge.judge(text, 0, sharers=3) == ()


def test_wording_that_five_have_is_boilerplate(judge):
    (evidence,) = judge.judge(OWN, 0, sharers=4)
    assert (evidence.code, evidence.reference) == (EvidenceCode.SHARED_BY, "4")


def test_reason_says_where_it_stands(judge):
    text = "Kommuneplanen består av tekst og kart."
    (evidence,) = judge.judge(text, 100, sharers=1)
    assert evidence.reference == "plan_system"
    assert evidence.start == 100
