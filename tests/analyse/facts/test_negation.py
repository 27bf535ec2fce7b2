"""How far a denial reaches."""

from __future__ import annotations

import pytest

from analyse.stages import get_scanner
from compliance.analyse.facts.negation import StatementReader


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param("Vi har drift, men ikke fond", "Vi har drift", id="clause"),
        pytest.param("Vi har ikke fond, men drift", "men drift", id="next-clause"),
        pytest.param("Vi har drift uten fond", "Vi har drift", id="only-what-follows"),
        pytest.param("Vi har ikke bare drift", "Vi har ikke bare drift", id="not-only"),
        pytest.param("Vi lette uten hell etter midler, både i drift og i investering", "Vi lette", id="goes-on"),
        pytest.param(
            "Vi fant ikke fond, både drift og investering er ført opp",
            "både drift og investering er ført opp",
            id="goes-on-with-its-own-verb",
        ),
        pytest.param("Hvorvidt drift er satt av, går ikke frem", "", id="only-asked"),
        pytest.param("Forslaget om digitaliseringsfond er tatt ut, men drift økes", "men drift økes", id="taken-out"),
        pytest.param("Framlegget om fond vart røysta ned", "", id="voted-down"),
        pytest.param("Papirskjemaene er tatt ut av bruk", "Papirskjemaene er tatt ut av bruk", id="out-of-use"),
        pytest.param("Det er sett av drift og det er ikkje fond", "Det er sett av drift", id="nynorsk"),
    ],
)
def test_a_denial_reaches_as_far_as_its_clause(text: str, kept: str) -> None:
    said = StatementReader(get_scanner()).blank_denied(text)
    assert len(said) == len(text)
    assert said.strip(" ,") == kept
