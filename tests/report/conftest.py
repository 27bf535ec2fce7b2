"""A small run of two fictional municipalities, written for the report's tests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from compliance.config import ReportConfig
from compliance.guidelines.sets import GuidelineSet
from compliance.records import (
    Attribute,
    AttributeSource,
    Attribution,
    Block,
    BlockKind,
    Document,
    Evidence,
    EvidenceCode,
    EvidenceKind,
    Fact,
    Finding,
    Furniture,
    FurnitureKind,
    Level,
    Method,
    Page,
    Passage,
    Profile,
    Reading,
    Rejected,
    RejectionReason,
    Results,
    ReuseKind,
    ReuseSpan,
    Run,
    Score,
    ScoreSubject,
    SourceKind,
    Stage,
    Task,
)
from compliance.report.presentation import TrainedJudgement

HEADING, PARAGRAPH, ITEM, ROW = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE_ROW

GRANVIK = (
    (HEADING, "Digitaliseringsstrategi for Granvik kommune 2022–2026", 1, ()),
    (PARAGRAPH, "Vedtatt av kommunestyret 16. juni 2022, sak 48/22.", 1, ()),
    (HEADING, "3 Trygghet hjemme", 4, ()),
    (
        PARAGRAPH,
        "Granvik kommune skal ta i bruk digitale trygghetsalarmer hos alle som ønsker det. "
        "Hjemmetjenesten innfører alarmene i Ytrebygd i 2023 og i resten av kommunen innen 2025.",
        4,
        ("3 Trygghet hjemme",),
    ),
    (
        PARAGRAPH,
        "Kommunen bør vurdere velferdsteknologi før den utvider sykehjemmet på Solbakken.",
        4,
        ("3 Trygghet hjemme",),
    ),
    (HEADING, "4.2 Digitale tjenester", 6, ()),
    (
        PARAGRAPH,
        "Kommunal sektor skal møte innbyggerne med tjenester som henger sammen, uansett hvem som leverer dem.",
        6,
        ("4 Innbyggerne", "4.2 Digitale tjenester"),
    ),
    (
        ITEM,
        "• Alle skjemaer skal kunne fylles ut på mobil.",
        7,
        ("4 Innbyggerne", "4.2 Digitale tjenester"),
    ),
    (
        ITEM,
        "• Innbyggertorget svarer på chat mellom klokka 9 og 15.",
        7,
        ("4 Innbyggerne", "4.2 Digitale tjenester"),
    ),
    (
        PARAGRAPH,
        "Vi spør ikke innbyggerne om opplysninger som kommunen alt har. Byggesak går først i 2023.",
        7,
        ("4 Innbyggerne", "4.2 Digitale tjenester"),
    ),
    (HEADING, "5 Personvern", 9, ()),
    (
        PARAGRAPH,
        "Kommunen behandler personopplysninger i samsvar med personopplysningsloven og personvernforordningen.",
        9,
        ("5 Personvern",),
    ),
    (ROW, "Trygghetsalarmer | 1 200 | 900", 11, ("6 Kostnader",)),
)

STORELVA = (
    (HEADING, "Temaplan for oppvekst i Storelva", 1, ()),
    (
        PARAGRAPH,
        "Kommunal sektor skal møte innbyggjarane med tenester som heng saman, same kven som leverer dei.",
        2,
        ("2 Digital kvardag",),
    ),
    (PARAGRAPH, "Elevane lærer nettvett på fjerde steget.", 2, ("2 Digital kvardag",)),
)


def build_reading(document_id: str, rows: Iterable[tuple], *, language: str, municipality: str, kind: str) -> Reading:
    """Return a document of these rows (kind, text, page, section), one passage each."""
    text, blocks, passages = "", [], []
    for index, (block_kind, words, page, section) in enumerate(rows):
        start = len(text)
        text += words + "\n"
        end = start + len(words)
        blocks.append(Block(block_kind, start, end))
        passages.append(
            Passage(
                id=f"{document_id}:{index:04d}",
                document_id=document_id,
                index=index,
                kind=block_kind,
                text=words,
                start=start,
                end=end,
                pages=(page,),
                section=section,
                sentences=((start, end),),
            )
        )
    last = max(passage.pages[0] for passage in passages)
    document = Document(
        id=document_id,
        name=f"{document_id[:-9]}.pdf",
        sha256="0" * 64,
        media_type="application/pdf",
        title=passages[0].text,
        text=text,
        pages=tuple(Page(number, 595.0, 842.0, ocr=number in {2, 3, 5}) for number in range(1, last + 1)),
        blocks=tuple(blocks),
        furniture=(
            Furniture(FurnitureKind.HEADER, municipality),
            Furniture(FurnitureKind.PAGE_NUMBER, "1"),
            Furniture(FurnitureKind.PAGE_NUMBER, "2"),
        ),
    )
    profile = Profile(
        document_id=document_id,
        language=Attribute(language, AttributeSource.TEXT, ""),
        document_type=Attribute(kind, AttributeSource.FILE_NAME, document.name),
        municipality=Attribute(municipality, AttributeSource.TEXT, municipality, 0, len(municipality)),
        municipality_number="9901",
        county="Vestkyst",
    )
    return Reading(document, profile, tuple(passages))


def find_label(reading: Reading, index: int, task: Task, label: str, words: str, **options: object) -> Finding:
    """Return a finding on the passage with this index, resting on the words."""
    passage = reading.passages[index]
    start = passage.start + passage.text.index(words)
    kind = options.get("kind", EvidenceKind.TERM)
    evidence = (Evidence(kind, words, 0.9, start, start + len(words)), Evidence(EvidenceKind.EMBEDDING, label, 0.84))
    chosen = evidence if task in {Task.GOALS, Task.ELEMENTS} else evidence[:1]
    return Finding(reading.document.id, passage.id, task, label, float(str(options.get("score", 0.9))), chosen)


def find_level(reading: Reading, index: int, level: Level, words: str) -> Finding:
    """Return how far the passage commits, resting on the words."""
    return find_label(reading, index, Task.LEVEL, level.value, words, kind=EvidenceKind.RULE)


def find_borrowed(reading: Reading, index: int, source: str, *, heading: str) -> Finding:
    """Return that a whole passage is another's, since the heading says so."""
    opener = Evidence(EvidenceKind.HEADING, heading, 0.7)
    passage = reading.passages[index]
    return Finding(passage.document_id, passage.id, Task.ATTRIBUTION, "quoted", 0.7, (opener,), source=source)


def find_sign(reading: Reading, index: int, sign: str, words: str) -> Finding:
    """Return that a passage is local by the sign, which the words show."""
    passage = reading.passages[index]
    start = passage.start + passage.text.index(words)
    evidence = (Evidence(EvidenceKind.RULE, sign, 0.7, start, start + len(words)),)
    return Finding(reading.document.id, passage.id, Task.LOCAL, "local", 0.7, evidence)


def score_goal(reading: Reading, label: str, value: int, *indexes: int, subject: str = "goal") -> Score:
    """Return a score that rests on the passages with these indexes."""
    ids = tuple(reading.passages[index].id for index in indexes)
    rules = ("not_mentioned", "copied", "described", "committed", "concrete")
    return Score(reading.document.id, ScoreSubject(subject), label, value, rules[value], ids)


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
            score_goal(granvik, "P2", 1, 6, 9, 7, 8),
            score_goal(granvik, "P3", 0),
            score_goal(granvik, "W7", 3, 7, subject="element"),
            score_goal(granvik, "W11", 4, 3, subject="element"),
            score_goal(storelva, "P1", 0),
            score_goal(storelva, "P2", 1, 1),
            score_goal(storelva, "P3", 0),
        ),
        rejected=(
            Rejected("låst.pdf", Stage.INGEST, RejectionReason.ENCRYPTED, "Lagre filen uten passord og prøv igjen."),
        ),
    )


def find_all(granvik: Reading) -> tuple[Finding, ...]:
    """Return what the analysers found in the first document."""
    return (
        find_label(granvik, 3, Task.GOALS, "P1", "trygghetsalarmer"),
        find_label(granvik, 4, Task.GOALS, "P1", "velferdsteknologi", score=0.7),
        find_label(granvik, 6, Task.GOALS, "P2", "tjenester som henger sammen", kind=EvidenceKind.FUZZY),
        find_label(granvik, 9, Task.GOALS, "P2", "spør ikke innbyggerne", score=0.8),
        find_label(granvik, 7, Task.GOALS, "P2", "skjemaer", score=0.6),
        find_label(granvik, 8, Task.GOALS, "P2", "chat", score=0.5),
        find_label(granvik, 7, Task.ELEMENTS, "W7", "skjemaer"),
        find_label(granvik, 3, Task.ELEMENTS, "W11", "trygghetsalarmer"),
        find_borrowed(granvik, 8, "digital_agenda", heading="4.2 Digitale tjenester"),
        find_sign(granvik, 1, "own_decision", "Vedtatt av kommunestyret"),
        find_sign(granvik, 3, "place", "Ytrebygd"),
        find_level(granvik, 3, Level.CONCRETE, "innen 2025"),
        find_level(granvik, 4, Level.INTENTION, "bør"),
        find_level(granvik, 6, Level.BACKGROUND, "Kommunal sektor skal"),
        find_level(granvik, 7, Level.COMMITMENT, "skal"),
    )


def share(
    own: Reading, index: int, other: Reading, at: int, *, kind: ReuseKind, boilerplate: bool = False
) -> ReuseSpan:
    """Return a whole passage that stands in another document too."""
    passage, source = own.passages[index], other.passages[at]
    return ReuseSpan(
        document_id=own.document.id,
        passage_id=passage.id,
        start=passage.start,
        end=passage.end,
        source_kind=SourceKind.MUNICIPALITY,
        source_id=other.document.id,
        source_name=other.document.title or "",
        source_start=source.start,
        source_end=source.end,
        source_text=source.text,
        source_page=source.pages[0],
        kind=kind,
        attribution=Attribution.UNATTRIBUTED,
        similarity=0.86,
        boilerplate=boilerplate,
        evidence=(),
    )


def share_goal(own: Reading, index: int, words: str) -> ReuseSpan:
    """Return the start of a passage that stands in a guideline's statement."""
    span = share(own, index, own, index, kind=ReuseKind.VERBATIM)
    return replace(
        span,
        end=span.start + len(words),
        source_kind=SourceKind.GUIDELINE,
        source_id="prove:P2",
        source_name="Prøvestrategi, P2",
        source_start=0,
        source_end=len(words),
        source_text=words,
        source_page=None,
        similarity=1.0,
    )


def share_official(own: Reading, index: int, words: str) -> ReuseSpan:
    """Return the start of a passage that is official wording, known by its fingerprint only."""
    span = share_goal(own, index, words)
    return replace(span, source_end=0, source_text="", similarity=0.93, kind=ReuseKind.NEAR_VERBATIM)


def judge(reading: Reading, index: int, label: str, probability: float, **options: object) -> Finding:
    """Return a goal as the trained judgement gives it, with the numbers that it weighed."""
    task, words = Task(options.get("task", Task.GOALS)), str(options.get("words", ""))
    passage = reading.passages[index]
    start = passage.start + passage.text.index(words)
    term = Evidence(EvidenceKind.TERM, words, 0.9, start, start + len(words))
    return Finding(
        reading.document.id,
        passage.id,
        task,
        label,
        probability,
        (
            *([term] if words else []),
            Evidence(EvidenceKind.EXAMPLE, "vika#0003", 0.71),
            Evidence(EvidenceKind.NEIGHBOUR, label, 0.67),
            Evidence(EvidenceKind.EMBEDDING, label, probability),
        ),
        (("meaning", 2.1 if probability > 0.5 else -0.4), ("terms", 0.9), ("before", -0.6), ("length", 0.02)),
        Method.MODEL,
    )


@pytest.fixture
def trained() -> TrainedJudgement:
    """A model that knows the first two goals, and one of whose weights is negative."""
    return TrainedJudgement(
        falling=frozenset({("goals", "before")}),
        examples={"vika#0003": "Vika kommune låner ut trygghetsalarmer med sporing til alle over 80 år."},
        invented=True,
    )


@pytest.fixture
def judged(results: Results, granvik: Reading) -> Results:
    """The same run with trained judgements of goals, one of them counted but open, one open and not counted."""
    passage = granvik.passages[4]
    level = find_level(granvik, 4, Level.INTENTION, "bør")
    read = Evidence(EvidenceKind.EMBEDDING, "commitment", 0.58, code=EvidenceCode.LEVEL_READ)
    against = tuple(replace(item, against=True) for item in level.evidence)
    numbers = (("meaning", 0.8), ("rules", -0.5))
    overruled = replace(level, label=Level.COMMITMENT.value, score=0.58, evidence=(*against, read), features=numbers)
    overruled = replace(overruled, method=Method.MODEL)
    kept = [
        finding if finding.task is Task.ATTRIBUTION else replace(finding, method=Method.MODEL)
        for finding in results.findings
        if finding.task is not Task.GOALS and not (finding.task is Task.LEVEL and finding.passage_id == passage.id)
    ]
    goals = (
        judge(granvik, 3, "P1", 0.97, words="trygghetsalarmer"),
        judge(granvik, 4, "P1", 0.52, words="velferdsteknologi"),
        judge(granvik, 6, "P2", 0.83, words="tjenester som henger sammen"),
        judge(granvik, 4, "P1", 0.52, words="velferdsteknologi", task=Task.REVIEW),
        judge(granvik, 7, "P2", 0.34, words="skjemaer", task=Task.REVIEW),
        judge(granvik, 4, "P2", 0.41, task=Task.REVIEW),
    )
    return replace(results, findings=(*kept, overruled, *goals))


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
                ],
            }
        ),
    )


@pytest.fixture
def config() -> ReportConfig:
    return ReportConfig()
