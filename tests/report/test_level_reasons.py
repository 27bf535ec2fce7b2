"""What is told of why a passage has its level."""

import pytest

from compliance.records import (
    Evidence,
    EvidenceCode,
    EvidenceKind,
    Finding,
    Task,
)
from compliance.report.catalogue import LANGUAGES, load_catalogue
from compliance.report.level_reasons import explain_level

TEXT = "Regjeringen skal bygge ut nettet."
STATE = (0, 16)  # «Regjeringen skal»
SHALL = (12, 16)  # «skal»
READ = Evidence(EvidenceKind.EMBEDDING, "commitment", 0.6, code=EvidenceCode.LEVEL_READ)


def rule(sign: str, span: tuple[int, int] | None = None, *, against: bool = False) -> Evidence:
    start, end = span or (None, None)
    code = sign if isinstance(sign, EvidenceCode) else None
    return Evidence(EvidenceKind.RULE, "" if code else sign, 0.8, start, end, against, code)


def tell(label: str, *evidence: Evidence, language: str = "nb") -> tuple[str, ...]:
    finding = Finding("plan-00000000", "plan-00000000:0000", Task.LEVEL, label, 0.6, evidence)
    return explain_level(finding, TEXT, texts=load_catalogue(language))


@pytest.mark.parametrize(
    ("label", "evidence", "told"),
    [
        pytest.param("commitment", (rule("shall", SHALL),), ("Nivået kommer av «skal».",), id="words"),
        pytest.param(
            "background", (rule(EvidenceCode.DEFAULT_LEVEL),), ("Avsnittet verken lover eller ønsker noe.",), id="none"
        ),
        pytest.param(
            "background",
            (rule(EvidenceCode.OTHERS_WORDS), rule("shall", SHALL, against=True)),
            ("Ordene er en annens. Derfor forplikter «skal» ikke kommunen.",),
            id="another's words",
        ),
        pytest.param(
            "background",
            (rule(EvidenceCode.OTHERS_WORDS),),
            ("Ordene er en annens, og forplikter ikke kommunen.",),
            id="another's words that promise nothing",
        ),
        pytest.param(  # the «skal» is the government's: not what the level comes from
            "background",
            (rule("shall", SHALL), rule("others_state", STATE, against=True)),
            ("Avsnittet verken lover eller ønsker noe.", "«Regjeringen skal» forplikter ikke kommunen."),
            id="another's promise",
        ),
        pytest.param(  # a step that is taken stands, whatever else the passage says
            "concrete",
            (rule("completed", SHALL), rule("others_state", STATE, against=True)),
            ("Nivået kommer av «skal».",),
            id="concrete",
        ),
        pytest.param(
            "commitment",
            (rule("wish", SHALL, against=True), READ),
            (
                "Nivået kommer av hvordan avsnittet leses i sammenheng.",
                "«skal» alene peker mot et annet nivå.",
            ),
            id="the rules read another level",
        ),
        pytest.param(
            "commitment",
            (rule(EvidenceCode.OTHERS_WORDS, against=True), rule("shall", SHALL), READ),
            (
                "Nivået kommer av «skal».",
                "Noe tyder på at ordene er en annens, og da forplikter de ikke kommunen.",
            ),
            id="the rules read another's words",
        ),
        pytest.param(
            "commitment",
            (Evidence(EvidenceKind.HEADING, "", 0.8, against=True, code=EvidenceCode.VISION), READ),
            ("Nivået kommer av hvordan avsnittet leses i sammenheng.", "Overskriften over peker mot et annet nivå."),
            id="the heading says otherwise",
        ),
        pytest.param(
            "commitment",
            (rule(EvidenceCode.DEFAULT_LEVEL, against=True), READ),
            ("Nivået kommer av hvordan avsnittet leses i sammenheng.",),
            id="the rules saw nothing",
        ),
    ],
)
def test_level_is_explained(label, evidence, told):
    assert tell(label, *evidence) == told


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_s_words_are_told_in_every_language(language):
    assert tell("background", rule(EvidenceCode.OTHERS_WORDS), language=language) != ()
