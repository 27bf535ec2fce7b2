"""A small run of two fictional municipalities, written for the report's tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest

from compliance.config import ReportConfig, ScoreConfig
from compliance.guidelines.sets import GuidelineSet
from compliance.records import (
    Attribute,
    AttributeSource,
    Certainty,
    CriterionAnswer,
    Evidence,
    EvidenceKind,
    Fact,
    Reading,
    Rejected,
    RejectionReason,
    Results,
    ReuseKind,
    Review,
    Run,
    Stage,
)
from compliance.report.context import ReportContext
from compliance.report.document_results import DocumentResults, collect_results
from compliance.report.pages import make_context, place_among
from compliance.report.views.document import DocumentReport, build_report
from report_records import (
    GRANVIK,
    STORELVA,
    build_reading,
    find_all,
    score_goal,
    share,
    share_goal,
    share_official,
    take_measures,
)


@pytest.fixture
def granvik() -> Reading:
    reading = build_reading(
        "granvik-1a2b3c4d", GRANVIK, language="nb", municipality="Granvik", kind="digitaliseringsstrategi"
    )
    adopted = "Vedtatt av kommunestyret 16. juni 2022"
    start = reading.document.text.index(adopted)
    profile = replace(
        reading.profile,
        period=Attribute("2022-2026", AttributeSource.TEXT, "2022–2026", 44, 53),
        adopted=Attribute("2022-06-16", AttributeSource.TEXT, adopted, start, start + len(adopted)),
    )
    return replace(reading, profile=profile)


@pytest.fixture
def storelva() -> Reading:
    return build_reading("storelva-5e6f7a8b", STORELVA, language="nn", municipality="Storelva", kind="temaplan")


@pytest.fixture
def results(granvik: Reading, storelva: Reading) -> Results:
    return Results(
        run=Run(
            id="run-1",
            version="0.1.0",
            config_sha256="ab" * 32,
            model="e5-small-q4@1",
            guidelines=("prove@2020",),
            started="2026-03-02T08:15:00+00:00",
            finished="2026-03-02T08:16:30+00:00",
        ),
        readings=(granvik, storelva),
        findings=find_all(granvik),
        reuse_spans=(
            share(granvik, 6, storelva, 1, kind=ReuseKind.NEAR_VERBATIM),
            share(storelva, 1, granvik, 6, kind=ReuseKind.NEAR_VERBATIM),
            share_goal(granvik, 6, "kommunal sektor skal møte innbyggerne med tjenester som henger sammen"),
            share_official(granvik, 9, "Vi spør ikke innbyggerne om opplysninger som kommunen alt har."),
            share(granvik, 11, granvik, 11, kind=ReuseKind.VERBATIM, boilerplate=True),
        ),
        facts=(
            Fact(
                granvik.document.id,
                granvik.passages[1].id,
                "strategy_status",
                "adopted",
                (
                    Evidence(
                        EvidenceKind.RULE, "adopted", 0.9, granvik.passages[1].start, granvik.passages[1].start + 7
                    ),
                ),
            ),
        ),
        scores=(
            score_goal(granvik, "P1", 4, 3, 4),
            score_goal(granvik, "P2", 3, 7, 6, 9, 8),
            score_goal(granvik, "P3", 0),
            score_goal(granvik, "P4", 2, 4, certainty=Certainty.UNSURE),
            score_goal(granvik, "W7", 3, 7, subject="element"),
            score_goal(granvik, "W11", 4, 3, subject="element"),
            score_goal(storelva, "P1", 0),
            score_goal(storelva, "P2", 1, 1),
            score_goal(storelva, "P3", 0),
            score_goal(storelva, "P4", 2, 2),
        ),
        measures=take_measures(granvik),
        criteria=(
            CriterionAnswer(granvik.document.id, "W7.a", 2, Certainty.CLEAR, (0.9, 0.9), (granvik.passages[7].id,)),
        ),
        reviews=(Review(granvik.document.id, "P4", granvik.passages[4].id, score_if_yes=2, score_if_no=0),),
        rejected=(
            Rejected("låst.pdf", Stage.INGEST, RejectionReason.ENCRYPTED, "Lagre filen uten passord og prøv igjen."),
        ),
    )


@pytest.fixture
def guidelines() -> tuple[GuidelineSet, ...]:
    def goal(goal_id: str, nb: str, nn: str) -> dict:
        text = {"nb": f"{nb} står sentralt.", "nn": f"{nn} står sentralt."}
        return {
            "id": goal_id,
            "title": {"nb": nb, "nn": nn},
            "statement": text,
            "terms": {"strong": {"common": [nb.lower()]}},
            "not_counted": text,
        }

    return (
        GuidelineSet.model_validate(
            {
                "id": "prove",
                "edition": "2020",
                "document": "Prøvestrategi",
                "publisher": "Prøvedepartementet",
                "url": "https://example.org/strategi",
                "valid_from": date(2020, 1, 1),
                "goals": [
                    goal("P1", "Trygghet hjemme", "Tryggleik heime"),
                    goal("P2", "Tjenester som henger sammen", "Tenester som heng saman"),
                    goal("P3", "Åpne data", "Opne data"),
                    goal("P4", "Teknologi i helse", "Teknologi i helse"),
                ],
            }
        ),
    )


@pytest.fixture
def config() -> ReportConfig:
    return ReportConfig()


@pytest.fixture
def make_report(
    results: Results, guidelines: tuple[GuidelineSet, ...]
) -> Callable[..., tuple[DocumentReport, DocumentResults, ReportContext]]:
    """Return a function that gives a document's report as data, with what it was made from."""

    def make(
        changed: Results = results,
        *,
        language: str = "nb",
        number: int = 0,
        sets: Sequence[GuidelineSet] = guidelines,
        score: ScoreConfig = ScoreConfig(),  # noqa: B008
    ) -> tuple[DocumentReport, DocumentResults, ReportContext]:
        plans = collect_results(changed)
        common = make_context(changed.run, sets, config=ReportConfig(language=language), score=score)
        plan, context = plans[number], place_among(plans[number], plans, context=common)
        return build_report(plan, run=changed.run, context=context), plan, context

    return make
