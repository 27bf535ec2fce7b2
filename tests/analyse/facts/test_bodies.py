"""Bodies that decide which digital projects come first: who decides, who only helps, and who is the same."""

from __future__ import annotations

import pytest

from analyse.stages import read_facts
from builders import make_reading
from compliance.analyse.facts.sentences import FactField


def _list_bodies(*lines: str) -> list[str]:
    facts = read_facts(make_reading(lines, municipality="Nordvik"))
    return list(dict.fromkeys(each.value for each in facts if each.field == FactField.PRIORITISATION_STRUCTURE))


@pytest.mark.parametrize(
    ("lines", "bodies"),
    [
        pytest.param(
            [
                "Kommunedirektørens ledergruppe er styringsgruppe for digitalisering.",
                "Styringsgruppen prioriterer digitale prosjekter.",
            ],
            ["Kommunedirektørens ledergruppe"],
            id="is-the-steering-group",
        ),
        pytest.param(
            [
                "Leiargruppa fungerer som styringsgruppe for digitalisering.",
                "Styringsgruppa vel mellom digitale prosjekt og prioriterer dei.",
                "Leiargruppa prioriterer digitale tiltak to gonger i året.",
            ],
            ["styringsgruppe for digitalisering"],
            id="nn-works-as-it",
        ),
        pytest.param(
            ["Styringsgruppe for digitalisering møtes hver måned.", "Styringsgruppen prioriterer digitale tiltak."],
            ["Styringsgruppe for digitalisering"],
            id="referred-back-to",
        ),
        pytest.param(
            [
                "Digitale tiltak i et porteføljestyre",
                "Porteføljestyret bestemmer rekkefølgen på digitale prosjekter.",
                "Digitale anskaffelser skal godkjennes av porteføljestyret.",
            ],
            ["Porteføljestyret"],
            id="in-a-heading",
        ),
        pytest.param(
            ["Digitaliseringsrådet prioriterer digitale tiltak, og porteføljestyret godkjenner dem."],
            ["Digitaliseringsrådet", "porteføljestyret"],
            id="two",
        ),
        pytest.param(
            [
                "Kommunedirektørens ledergruppe prioriterer digitale tiltak.",
                "Styringsgruppen for velferdsteknologi prioriterer digitale hjelpemidler.",
            ],
            ["Kommunedirektørens ledergruppe", "Styringsgruppen for velferdsteknologi"],
            id="two-groups",
        ),
    ],
)
def test_a_body_is_named_once(lines: list[str], bodies: list[str]) -> None:
    assert _list_bodies(*lines) == bodies


@pytest.mark.parametrize(
    ("lines", "bodies"),
    [
        pytest.param(
            ["Digitaliseringsrådet prioriterer digitale tiltak.", "Et digitaliseringsforum gir råd om digitale behov."],
            ["Digitaliseringsrådet"],
            id="who-advises",
        ),
        pytest.param(
            ["Porteføljestyret vel digitale tiltak.", "IKT-forumet gjev råd til dei som prioriterer digitale tiltak."],
            ["Porteføljestyret"],
            id="nn-who-advises",
        ),
        pytest.param(
            [
                "Porteføljestyret velger mellom digitale prosjekter.",
                "Porteføljekontoret følger de digitale prosjektene og forbereder sakene.",
            ],
            ["Porteføljestyret"],
            id="an-office",
        ),
        pytest.param(
            ["Digitaliseringsutvalet godkjenner digitale tiltak.", "Prosjektkontoret skriv sakene om digitale tiltak."],
            ["Digitaliseringsutvalet"],
            id="nn-an-office",
        ),
        pytest.param(
            ["Digitaliseringsrådet styrer.", "Porteføljekontoret prioriterer digitale prosjekter."],
            ["Digitaliseringsrådet", "Porteføljekontoret"],
            id="an-office-that-decides",
        ),
        pytest.param(
            ["Porteføljestyret styrer digitaliseringen.", "IKT-forumet gir råd om og prioriterer digitale tiltak."],
            ["Porteføljestyret", "IKT-forumet"],
            id="advises-and-decides",
        ),
        pytest.param(
            ["Porteføljestyret godkjenner digitale tiltak, og IKT-forumet gir innspill til dem."],
            ["Porteføljestyret"],
            id="in-one-sentence",
        ),
        pytest.param(
            ["Et digitaliseringsforum gir råd om digitale behov."], ["digitaliseringsforum"], id="nobody-else-is-there"
        ),
    ],
)
def test_who_only_helps_is_left_out_where_somebody_decides(lines: list[str], bodies: list[str]) -> None:
    assert _list_bodies(*lines) == bodies
