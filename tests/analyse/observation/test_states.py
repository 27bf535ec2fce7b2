"""Sentences that tell how things are, that a plan was adopted or what another said, beside those that decide."""

from __future__ import annotations

import pytest

from analyse.measuring import HEADING, measure
from compliance.records import Stance

COMMITTING = {Stance.BINDING, Stance.DONE}


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["Da forrige strategi ble vedtatt i 2031, hadde få hørt om portaler."], id="when-it-was-adopted"),
        pytest.param(["Då førre portal vart teken i bruk, hadde vi 12 skjema."], id="when-it-was-adopted-nn"),
        pytest.param(["Det ble i 2032 vedtatt en egen digitaliseringsstrategi, og den gjelder til 2036."], id="plan"),
        pytest.param(["Digitaliseringsstrategien vart vedteken 12. mai 2031."], id="plan-nn"),
        pytest.param(["Kommunestyret vedtok ny digitaliseringsstrategi i juni 2033."], id="plan-by-whom"),
        pytest.param(["Enhetene oppfordres til å bruke portalen."], id="called-upon"),
        pytest.param(["Einingane vert oppmoda om å bruke portalen."], id="called-upon-nn"),
        pytest.param(["Søknader vert no handsama i portalen."], id="now-nn"),
        pytest.param(["Søknader behandles nå elektronisk i portalen."], id="now"),
        pytest.param([(HEADING, "7.1 Status"), "Dokument blir lagra i portalen kvar dag."], id="status-nn"),
        pytest.param([(HEADING, "Status"), "Eininga har ansvar for drift av portalen."], id="charge-in-a-status-nn"),
        pytest.param([(HEADING, "Hva lærte vi?"), "Portalen kontrolleres hver natt."], id="what-was-learnt"),
        pytest.param([(HEADING, "Utfordringer"), "Portalen kontrolleres hver natt."], id="challenges"),
        pytest.param(["«Saman skal vi skape gode portalar», heiter det i strategien til KS."], id="quoted-nn"),
        pytest.param(["«Sammen skal vi skape gode portaler», sier regjeringen."], id="quoted"),
        pytest.param(["Mange oppgåver vert løyste manuelt i portalen."], id="by-hand-nn"),
        pytest.param(["De fleste skjemaer registreres i portalen."], id="most"),
        pytest.param(["Mange savner en portal. Det vil vi gjøre noe med."], id="something"),
    ],
)
def test_what_tells_how_things_are_or_what_another_said_commits_nobody(lines) -> None:
    assert not [each for each in measure(*lines) if each.stance in COMMITTING]


@pytest.mark.parametrize(
    ("lines", "stance"),
    [
        pytest.param(["Da har vi innført portalen."], Stance.DONE, id="then"),
        pytest.param(["Siden 2031 har vi innført portalen."], Stance.DONE, id="since-a-year"),
        pytest.param(["Når portalen er innført, skal vi rydde i skjemaene."], Stance.BINDING, id="what-follows"),
        pytest.param(
            ["Digitaliseringsstrategien ble vedtatt i 2031, og siden er 32 skjemaer tatt i bruk."],
            Stance.DONE,
            id="plan-and-a-step",
        ),
        pytest.param(["Styringssystemet ble vedtatt og tatt i bruk i 2033."], Stance.DONE, id="no-plan"),
        pytest.param(["Rutinene vart vedtekne og sette i drift i 2033."], Stance.DONE, id="no-plan-nn"),
        pytest.param(["Portalen innføres nå i alle enheter."], Stance.BINDING, id="introduced-now"),
        pytest.param([(HEADING, "Status"), "Portalen vart teken i bruk i mai."], Stance.DONE, id="step-in-a-status-nn"),
        pytest.param(
            [(HEADING, "Status"), "Vi skal ta i bruk portalen i 2031."], Stance.BINDING, id="shall-in-a-status"
        ),
        pytest.param(
            [(HEADING, "Status og tiltak"), "Portalen kontrolleres hver natt."],
            Stance.BINDING,
            id="status-and-measures",
        ),
        pytest.param(["Søknader vert handsama i portalen kvar dag."], Stance.BINDING, id="routine-nn"),
        pytest.param(["Mange skjemaer skal flyttes til portalen."], Stance.BINDING, id="many-shall"),
        pytest.param(["Arkivleiar har ansvar for portalen."], Stance.BINDING, id="charge-nn"),
        pytest.param(["«Portalen for alle» skal være ferdig i 2031."], Stance.BINDING, id="quoted-name"),
        pytest.param(["«Vi skal ha gode portaler», heter det i samfunnsdelen vår."], Stance.BINDING, id="own-plan"),
        pytest.param(["En halv million kroner er satt av til portalen."], Stance.BINDING, id="set-aside"),
        pytest.param(["I planperioden er det lagt inn midlar til portalen."], Stance.BINDING, id="money-nn"),
        pytest.param(["Kommunen har lagt inn 23 skjemaer i portalen."], Stance.DONE, id="forms-put-in"),
        pytest.param(["Før portalen tas i bruk, skal skjemaene ryddes."], Stance.BINDING, id="before"),
        pytest.param(["Det er ikke satt av midler til portalen."], Stance.REJECTED, id="no-money"),
    ],
)
def test_what_is_decided_or_done_is_read_as_before(lines, stance) -> None:
    assert [each.stance for each in measure(*lines)] == [stance]
