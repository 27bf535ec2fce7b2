"""Records of two fictional municipalities, built by hand for the report's tests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from compliance.records import (
    Attribute,
    AttributeSource,
    Attribution,
    Block,
    BlockKind,
    Certainty,
    Detail,
    DetailKind,
    Document,
    Evidence,
    EvidenceKind,
    Finding,
    Furniture,
    FurnitureKind,
    Level,
    Measure,
    Page,
    Passage,
    Profile,
    Reading,
    ReuseKind,
    ReuseSpan,
    Score,
    ScoreSubject,
    SourceKind,
    Stance,
    Task,
)

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


def score_goal(
    reading: Reading,
    label: str,
    value: int,
    *indexes: int,
    subject: str = "goal",
    certainty: Certainty = Certainty.CLEAR,
) -> Score:
    """Return a score that rests on the passages with these indexes."""
    ids = tuple(reading.passages[index].id for index in indexes)
    rules = ("not_mentioned", "copied", "described", "committed", "concrete")
    at_least = (0.9, 0.9, 0.9, 0.9)
    return Score(reading.document.id, ScoreSubject(subject), label, value, rules[value], ids, certainty, at_least)


def rest_on(scores: Iterable[Score], measure: Measure, *, value: int = 4) -> tuple[Score, ...]:
    """Return the scores, the goal of the measure at `value` and resting on its passage too."""
    return tuple(
        replace(score, value=value, passage_ids=(*score.passage_ids, measure.passage_id))
        if (score.document_id, score.label) == (measure.document_id, measure.goal)
        else score
        for score in scores
    )


def take_measure(
    reading: Reading,
    index: int,
    goal: str,
    words: str,
    *details: tuple[DetailKind, str, str],
    stance: Stance = Stance.BINDING,
    value: int = 4,
    copied: bool = False,
) -> Measure:
    """Return what the words of a passage do about a goal; a detail is its kind, its words and its value."""
    passage = reading.passages[index]
    start = passage.start + passage.text.index(words)
    found = []
    for kind, said, meant in details:
        begin = passage.start + passage.text.index(said)
        found.append(Detail(kind, begin, begin + len(said), meant))
    return Measure(
        reading.document.id, passage.id, goal, start, start + len(words), stance, tuple(found), copied, value
    )


def take_measures(granvik: Reading) -> tuple[Measure, ...]:
    """Return what the first document does: one measure with owner and deadline, one that only says «skal»."""
    alarms = "Hjemmetjenesten innfører alarmene i Ytrebygd i 2023 og i resten av kommunen innen 2025."
    who, when = (DetailKind.ACTOR, "Hjemmetjenesten", "Hjemmetjenesten"), (DetailKind.DATE, "innen 2025", "2025")
    forms, wish = "• Alle skjemaer skal kunne fylles ut på mobil.", granvik.passages[4].text
    return (
        take_measure(granvik, 3, "P1", alarms, who, when),
        take_measure(granvik, 7, "P2", forms, value=3),
        take_measure(granvik, 4, "P4", wish, stance=Stance.WISHED, value=2),
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


def change_profile(reading: Reading, **changes: object) -> Reading:
    """Return the reading of another kind of document, or another municipality's."""
    attributes = {
        name: Attribute(str(value), AttributeSource.OVERRIDE, "") if value is not None else None
        for name, value in changes.items()
    }
    return replace(reading, profile=replace(reading.profile, **attributes))
