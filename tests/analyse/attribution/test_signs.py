"""The signs of one passage, how far each carries, and the words that are shown for it."""

from __future__ import annotations

import pytest

from analyse.stages import get_scanner, load_rules
from builders import make_reading
from compliance.analyse.attribution import AttributionReader
from compliance.analyse.attribution.cues import SignReader, find_question, find_rows_above, is_item, opens_chapter
from compliance.analyse.context import outline_passages
from compliance.guidelines.fingerprints import make_fingerprints
from compliance.records import BlockKind, EvidenceCode, EvidenceKind

HEADING, ITEM, ROW = BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.TABLE_ROW
PLAIN = "Det som er skrevet ned, kan finnes igjen av den som leter."
GOAL = "Alle kommuner på øyene skal ha gratis ferge hver morgen hele vinteren."


@pytest.fixture(scope="module")
def reader():
    return SignReader(load_rules(), get_scanner())


@pytest.fixture(scope="module")
def attribution():
    return AttributionReader(load_rules(), get_scanner(), fingerprints=make_fingerprints({"KS1": (GOAL,)}, set_id="ks"))


def find(attribution, *lines, municipality="Storvik"):
    """Return the finding on the last passage, or None; and its shown words."""
    reading = make_reading(lines, municipality=municipality)
    found = attribution.read(reading, outline_passages(reading.passages)).findings
    last = [each for each in found if each.passage_id == reading.passages[-1].id]
    if not last:
        return None, []
    shown = [reading.document.text[each.start : each.end] for each in last[0].evidence if each.start is not None]
    return last[0], shown


@pytest.mark.parametrize(
    ("text", "source", "words"),
    [
        pytest.param("Difi følger Digital agenda", "digital_agenda", "Digital agenda", id="a document before a body"),
        pytest.param("Datatilsynet spør KS", "ks", "KS", id="a named source before any other"),
        pytest.param("Difi og Digdir", "difi", "Digdir", id="of one rank the later"),
        pytest.param("Storvik", None, None, id="none"),
    ],
)
def test_the_source_that_a_text_names(reader, text, source, words) -> None:
    named = reader.find_source(text)
    assert (named and named.source) == source
    assert named is None or text[named.start : named.end] == words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Strategi for møter med KS", None, id="the document is another's"),
        pytest.param("Datatilsynet og deres veileder for gode prinsipper", "other", id="near the body"),
    ],
)
def test_a_document_is_named_by_its_body(reader, text, expected) -> None:
    named = reader.find_document(text)
    assert (named and named.source) == expected


@pytest.mark.parametrize("gap", [34, 35])
def test_a_document_is_named_within_forty_letters_of_its_body(reader, gap) -> None:
    text = "KS " + "x" * (gap - 2) + " agenda"
    assert text.index("agenda") - 2 == gap  # the body's name ends at 2
    assert (reader.find_document(text) is not None) is (gap + len("agenda") <= 40)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        pytest.param("Hva er e-helse? Alt mulig.", True, id="a definition"),
        pytest.param("Hva er effekten av maskiner? Mye.", False, id="a judgement"),
        pytest.param("Difi: Hva er effekten av maskiner? Mye.", True, id="a judgement by a source"),
        pytest.param("Hva er effekten av Difi? Mye.", True, id="a source in the question"),
        pytest.param("Hva er effekten av maskiner? Difi", False, id="a source after the question"),
        pytest.param("Hva er visjonen? Alt mulig.", False, id="the plan's own"),
        pytest.param("Alt mulig.", False, id="none"),
    ],
)
def test_a_question_that_another_answers(reader, text, asks) -> None:
    assert bool(find_question(text, reader.find_source(text))) is asks


def test_a_source_right_after_the_question_stands_outside_it(reader) -> None:
    text = "Hva er effekten av det?KS"
    named = reader.find_source(text)
    assert named.start == text.index("KS")
    assert find_question(text, named) is None


@pytest.mark.parametrize(
    ("line", "opens", "item"),
    [
        pytest.param((HEADING, "Mål"), True, False, id="heading"),
        pytest.param("2.1 Mål", True, False, id="number"),
        pytest.param("Mål", False, False, id="line"),
        pytest.param((ITEM, "Mål"), False, True, id="item"),
        pytest.param((ROW, "Mål | Tiltak"), False, True, id="row"),
        pytest.param("• Mål", False, True, id="bullet"),
    ],
)
def test_shapes(line, opens, item) -> None:
    (passage,) = make_reading([line]).passages
    assert (opens_chapter(passage), is_item(passage)) == (opens, item)


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        pytest.param([(ROW, "a"), (ROW, "b"), (ROW, "c"), "K"], range(3), id="to the start"),
        pytest.param(["x", (ROW, "b"), (ROW, "c"), "K"], range(1, 3), id="of one shape"),
        pytest.param([(ROW, "a 1"), (ROW, "b"), "K"], range(1, 2), id="figures end it"),
        pytest.param([(HEADING, "a"), (HEADING, "b"), "K"], range(2, 2), id="headings are none"),
        pytest.param([(ITEM, "ord " * 26), (ITEM, "ord " * 25), "K"], range(1, 2), id="short ones"),
        pytest.param(["K"], range(0), id="nothing above"),
    ],
)
def test_rows_above_a_source_line(lines, rows) -> None:
    passages = make_reading(lines).passages
    assert find_rows_above(passages, len(passages) - 1) == rows


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        pytest.param(["En.", (ROW, "a | b"), (ROW, "c | d"), "(Kilde: Difi)"], 2, id="two"),
        pytest.param(["En.", (ROW, "a | b"), "(Kilde: Difi)"], 0, id="one is no table"),
        pytest.param(["En.", (ROW, "a | b"), (ROW, "c | vi"), "(Kilde: Difi)"], 0, id="one speaks for itself"),
        pytest.param(["En.", (ROW, "a | b"), (ROW, "c | d"), "Se: (Kilde: Difi)"], 0, id="a line with more before it"),
        pytest.param(["En.", (ROW, "a | b"), (ROW, "c | d"), "* (Kilde: Difi)"], 2, id="two signs before it"),
    ],
)
def test_a_source_line_gives_the_rows_above_to_its_source(attribution, lines, rows) -> None:
    reading = make_reading(lines, municipality="Storvik")
    found = attribution.read(reading, outline_passages(reading.passages)).findings
    assert [(each.source, each.score) for each in found] == [("difi", 0.7)] * rows
    assert {each.evidence[0].kind for each in found} <= {EvidenceKind.NEIGHBOUR}
    assert {each.evidence[0].reference for each in found} <= {reading.passages[-1].id}


def test_rows_of_a_national_body_need_no_source(attribution) -> None:
    reading = make_reading([(ROW, "a | b"), (ROW, "c | d"), "(Kilde: Difi)"])
    assert not attribution.read(reading, outline_passages(reading.passages)).findings


MOTTO = "«Sammen skaper vi et sted der alle får til mer{}»"


@pytest.mark.parametrize(
    ("lines", "motto"),
    [
        pytest.param(["Visjonen vår er slik.", MOTTO.format("")], True, id="named before"),
        pytest.param([(HEADING, "Visjon"), MOTTO.format("")], True, id="named in the heading"),
        pytest.param([(HEADING, "Visjon"), (HEADING, "Annet"), MOTTO.format("")], False, id="in a heading above that"),
        pytest.param(["Visjon " + "x" * 144, MOTTO.format("")], False, id="named far before"),
        pytest.param(["Visjon " + "x" * 143, MOTTO.format("")], True, id="named within 150 letters"),
        pytest.param(["Visjonen.", MOTTO.format(" ord" * 15)], True, id="of 25 words"),
        pytest.param(["Visjonen.", MOTTO.format(" ord" * 16)], False, id="longer"),
        pytest.param(["Visjonen.", f"{MOTTO.format('')} (Difi)"], False, id="with a source"),
        pytest.param([(HEADING, MOTTO.format(""))], True, id="a heading"),
        pytest.param(["Alt.", MOTTO.format("")], False, id="without a sign"),
    ],
)
def test_a_motto_is_the_municipalitys_own(attribution, lines, motto) -> None:
    assert (find(attribution, *lines)[0] is None) is motto


def test_a_quotation_is_shown_with_its_marks(attribution) -> None:
    finding, shown = find(attribution, "En.", f"De sier: «{PLAIN}»")
    assert shown == [f"«{PLAIN}»"]
    assert (finding.score, finding.evidence[0].code) == (1.0, EvidenceCode.QUOTATION)


@pytest.mark.parametrize(
    ("outside", "quoted"),
    [
        pytest.param(40, True, id="three fifths"),
        pytest.param(41, False, id="less"),
    ],
)
def test_a_short_quotation_is_most_of_its_passage(attribution, outside, quoted) -> None:
    inside = "«a b c d e f g h i j k l m" + "n" * 33 + "»"
    assert len(inside) == 60
    finding, _ = find(attribution, "En.", inside + "x" * outside)
    assert (finding is not None) is quoted


@pytest.mark.parametrize(
    ("words", "outside", "quoted"),
    [
        pytest.param(15, 70, True, id="fifteen words that are three tenths"),
        pytest.param(15, 72, False, id="less of it"),
        pytest.param(14, 60, False, id="fewer words"),
    ],
)
def test_a_long_quotation_may_be_part_of_a_paragraph(attribution, words, outside, quoted) -> None:
    inside = f"«{' '.join('a' * words)}»"
    assert len(inside) == 2 * words + 1
    text = (inside + " ").ljust(len(inside) + round(outside * len(inside) / 30), "x")
    assert (find(attribution, "En.", text)[0] is not None) is quoted


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        pytest.param("«Vi har alt som er lagret, i orden her i Storvik i dag»", False, id="names the municipality"),
        pytest.param("«Vi har alt som er lagret, i orden her i dag» sier folk", False, id="speaks for itself"),
        pytest.param("«Vi har alt som er lagret, i orden her i dag» (Difi)", True, id="speaks for a source"),
        pytest.param("«Vi har alt som er lagret, i orden her i dag»", True, id="the whole passage"),
    ],
)
def test_words_of_a_vi_in_quotation_marks(attribution, text, quoted) -> None:
    assert (find(attribution, "En.", text)[0] is not None) is quoted


VOICE = "Kommunal sektor skal rydde sammen i det som er lagret."


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(["En.", VOICE], ("copied", "ks", ["Kommunal sektor skal"]), id="alone"),
        pytest.param(["En.", f"KS sier at {VOICE}"], ("quoted", "ks", ["Kommunal sektor skal"]), id="after its source"),
        pytest.param(
            [(HEADING, "KS' digitaliseringsstrategi"), VOICE], ("quoted", "ks", ["Kommunal sektor skal"]), id="heading"
        ),
        pytest.param(["En.", f"{VOICE} Det vil vi."], None, id="with own words"),
        pytest.param(["En.", "Så er det at Norge skal rydde i alt sammen."], None, id="speaks not for all"),
    ],
)
def test_the_voice_of_the_sector(attribution, lines, expected) -> None:
    finding, shown = find(attribution, *lines)
    assert (finding and (finding.label, finding.source, shown)) == expected
    assert finding is None or finding.score == 0.7


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Fra KS' digitaliseringsstrategi: rydd alt", ("quoted", "ks"), id="three words after the name"),
        pytest.param("Fra KS' digitaliseringsstrategi: rydd", None, id="two"),
        pytest.param("Fra KS' digitaliseringsstrategi: rydd i alt hos oss", None, id="own words"),
        pytest.param("Fra " + "x" * 68 + " KS' digitaliseringsstrategi rydd i alt", ("quoted", "ks"), id="in reach"),
        pytest.param("Fra " + "x" * 70 + " KS' digitaliseringsstrategi rydd i alt", None, id="named far on"),
        pytest.param("Katalogen (Difi) Her er en oversikt over alt det som gjelder nå", ("quoted", "difi"), id="title"),
        pytest.param("Katalogen (Difi) Her er en oversikt over alt det vi vet nå", None, id="own words under it"),
        pytest.param("Katalogen (Navn) Her er en oversikt over alt det som gjelder nå", None, id="of nobody"),
    ],
)
def test_a_title_gives_its_text_to_a_source(attribution, text, expected) -> None:
    finding, shown = find(attribution, "En.", text)
    assert (finding and (finding.label, finding.source)) == expected
    assert finding is None or (shown == [text] and finding.evidence[0].code is EvidenceCode.NAMED_TITLE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Datatilsynet understreker at alt som er lagret skal finnes", None, id="nine words"),
        pytest.param("Datatilsynet understreker at alt som er lagret skal kunne finnes", "other", id="ten"),
        pytest.param("De understreker at alt som er lagret skal kunne finnes igjen", None, id="nobody named"),
        pytest.param("Datatilsynet understreker at alt vi har lagret skal kunne finnes", None, id="own words"),
        pytest.param("Orden defineres av Difi som det å kunne finne alt igjen", "difi", id="definition"),
        pytest.param("Orden defineres hos oss av Difi som å finne alt igjen", None, id="own definition"),
        pytest.param("Orden defineres som det å kunne finne alt igjen her", None, id="definition of nobody"),
        pytest.param("Orden defineres hos oss som alt lagret igjen (Kilde: Byen)", "other", id="definition and source"),
        pytest.param("Alt som en har lagret bør også kunne finnes igjen (Difi)", "difi", id="source at the end"),
        pytest.param("Alt som en har lagret bør også finnes igjen (Difi)", None, id="too short before it"),
        pytest.param("Alt som vi har lagret bør også kunne finnes igjen (Difi)", None, id="own words before it"),
        pytest.param("Alt som KS har lagret bør også kunne finnes igjen (Difi)", None, id="about another source"),
        pytest.param("Alt som en har lagret bør også kunne finnes igjen (Byen)", None, id="nobody at the end"),
        pytest.param("Alt som en bygger på der bør også kunne finnes igjen (Difi)", None, id="builds on it"),
        pytest.param("Hva er orden? En to tre fire fem seks sju åtte", "other", id="answer"),
        pytest.param("Hva er orden? En to tre fire fem seks sju", None, id="answer of seven words"),
        pytest.param("Hva er orden? En to tre vi fem seks sju åtte", None, id="own answer"),
    ],
)
def test_what_is_said_to_be_a_sources(attribution, text, expected) -> None:
    finding, shown = find(attribution, "En.", text)
    assert (finding and finding.source) == expected
    assert all(text.startswith(each) or each in text for each in shown)


def test_an_answer_is_quoted_where_its_question_names_a_source(attribution) -> None:
    answer = "En to tre fire fem seks sju åtte"
    plain, _ = find(attribution, "En.", f"Hva er orden? {answer}")
    named, _ = find(attribution, "En.", f"Difi: Hva er orden? {answer}")
    later, _ = find(attribution, "En.", f"Hva er orden? {answer} Difi")
    assert [(each.label, each.evidence[0].code) for each in (plain, named, later)] == [
        ("copied", EvidenceCode.DEFINITION),
        ("quoted", EvidenceCode.NAMED_TITLE),
        ("quoted", EvidenceCode.DEFINITION),
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param([(HEADING, "Fra Digital agenda"), (ITEM, PLAIN)], "digital_agenda", id="heading, item"),
        pytest.param([(HEADING, "Fra Digital agenda"), PLAIN], None, id="heading, paragraph"),
        pytest.param([(HEADING, "Vår digital agenda"), (ITEM, PLAIN)], None, id="own heading"),
        pytest.param([(HEADING, "Fra Digital agenda"), (ITEM, "Vi kan alt.")], None, id="own item"),
        pytest.param([(HEADING, "Fra Digital agenda"), (ITEM, "Difi er en.")], None, id="item about a source"),
        pytest.param([(HEADING, "Fra Digital agenda"), PLAIN, (ITEM, PLAIN)], "digital_agenda", id="goes on"),
        pytest.param([(HEADING, "Fra Digital agenda"), "Vi er to.", (ITEM, PLAIN)], None, id="own words end it"),
        pytest.param(["Difis prinsipper er disse:", PLAIN, (ITEM, PLAIN)], None, id="a list ends with its items"),
        pytest.param(["Difis prinsipper er disse:", (ITEM, PLAIN), (ITEM, PLAIN)], "difi", id="and has many"),
        pytest.param(["Difis prinsipper er disse:", (ITEM, "Storvik er en.")], None, id="item that names the place"),
        pytest.param(["Difis prinsipper er disse:", (ITEM, "Kommunen er en.")], "difi", id="item of «kommunen»"),
        pytest.param(["Difis prinsipper er disse:", "Kommunen er en."], None, id="paragraph of «kommunen»"),
        pytest.param(["Hva er e-helse?", PLAIN], "other", id="question before"),
        pytest.param(["Hva er e-helse?", PLAIN, PLAIN], None, id="answered once"),
        pytest.param(["!!! quote Difi", PLAIN], "difi", id="quotation of Markdown"),
        pytest.param(["!!! quote Difi", PLAIN, PLAIN], None, id="of one paragraph"),
        pytest.param(["!!! note Difi", PLAIN], None, id="another box of Markdown"),
        pytest.param(["Vi følger dem. Fra Digital agenda:", (ITEM, PLAIN)], "digital_agenda", id="from"),
        pytest.param(["Vi følger Difi:", (ITEM, PLAIN)], None, id="own lead-in"),
        pytest.param(["Bygger på Difis prinsipper:", (ITEM, PLAIN)], None, id="builds on"),
        pytest.param(["Difis prinsipper er til grunn:", (ITEM, PLAIN)], "difi", id="named before that"),
        pytest.param(["Orden er hos Difi det som defineres som alt.", (ITEM, PLAIN)], "difi", id="definition of it"),
        pytest.param(["Orden er hos Difi det som er alt.", (ITEM, PLAIN)], None, id="no definition"),
    ],
)
def test_how_far_anothers_stretch_goes(attribution, lines, expected) -> None:
    finding, _ = find(attribution, *lines)
    assert (finding and finding.source) == expected


def test_official_wording_is_shown_where_it_is(attribution) -> None:
    finding, shown = find(attribution, "En.", f"Slik er det: {GOAL}")
    assert (finding.label, finding.source, finding.score) == ("copied", "ks", 1.0)
    assert finding.evidence[0].reference == "ks:KS1"
    assert [each.rstrip(".") for each in shown] == [GOAL.rstrip(".")]


def test_official_wording_under_another_source_has_its_heading_as_a_sign(attribution) -> None:
    finding, _ = find(attribution, (HEADING, "KS' digitaliseringsstrategi"), GOAL)
    assert (finding.label, [each.kind for each in finding.evidence]) == (
        "quoted",
        [EvidenceKind.WORDING, EvidenceKind.HEADING],
    )


def test_official_wording_over_two_passages_is_shown_in_each(attribution) -> None:
    first, second = GOAL[:36].strip(), GOAL[36:].strip()
    reading = make_reading(["En.", first, second, "To."], municipality="Storvik")
    found = attribution.read(reading, outline_passages(reading.passages)).findings
    assert [each.passage_id for each in found] == [passage.id for passage in reading.passages[1:3]]
    shown = [reading.document.text[each.evidence[0].start : each.evidence[0].end] for each in found]
    assert shown == [first, second.rstrip(".")]
