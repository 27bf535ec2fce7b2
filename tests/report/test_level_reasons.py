"""What is told of why a passage has its level."""

import pytest

from compliance.records import Evidence, EvidenceKind, Finding
from compliance.report.catalogue import LANGUAGES, load_catalogue
from compliance.report.level_reasons import explain_level

TEXT = "Regjeringen skal bygge ut nettet."
STATE = (0, 16)  # «Regjeringen skal»
SHALL = (12, 16)  # «skal»
READ = Evidence(EvidenceKind.EMBEDDING, "level.commitment", 0.6)


def rule(reference: str, span: tuple[int, int] | None = None, *, against: bool = False) -> Evidence:
    start, end = span or (None, None)
    return Evidence(EvidenceKind.RULE, reference, 0.8, start, end, against)


def tell(label: str, *evidence: Evidence, language: str = "nb") -> tuple[str, ...]:
    finding = Finding("plan-00000000", "plan-00000000:0000", "level", label, 0.6, evidence)
    return explain_level(finding, TEXT, texts=load_catalogue(language))


@pytest.mark.parametrize(
    ("label", "evidence", "told"),
    [
        pytest.param("commitment", (rule("shall", SHALL),), ("Nivået kommer av «skal».",), id="words"),
        pytest.param(
            "background", (rule("default.background"),), ("Avsnittet verken lover eller ønsker noe.",), id="none"
        ),
        pytest.param(
            "background",
            (rule("others_words"), rule("shall", SHALL, against=True)),
            ("Ordene er en annens. Derfor forplikter «skal» ikke kommunen.",),
            id="another's words",
        ),
        pytest.param(
            "background",
            (rule("others_words"),),
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
            (rule("others_words", against=True), rule("shall", SHALL), READ),
            (
                "Nivået kommer av «skal».",
                "Noe tyder på at ordene er en annens, og da forplikter de ikke kommunen.",
            ),
            id="the rules read another's words",
        ),
        pytest.param(
            "commitment",
            (Evidence(EvidenceKind.HEADING, "vision", 0.8, against=True), READ),
            ("Nivået kommer av hvordan avsnittet leses i sammenheng.", "Overskriften over peker mot et annet nivå."),
            id="the heading says otherwise",
        ),
        pytest.param(
            "commitment",
            (rule("default.background", against=True), READ),
            ("Nivået kommer av hvordan avsnittet leses i sammenheng.",),
            id="the rules saw nothing",
        ),
    ],
)
def test_level_is_explained(label, evidence, told):
    assert tell(label, *evidence) == told


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_s_words_are_told_in_every_language(language):
    assert tell("background", rule("others_words"), language=language) != ()
