"""What the reuse analyser says of passages: whose words, how close, attributed or not, boilerplate or not."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from builders import make_reading
from compliance.analyse.reuse import ReuseAnalyser
from compliance.config import GuidelinesConfig, ReuseConfig
from compliance.guidelines.load import load_guidelines
from compliance.guidelines.rules import load_rules
from compliance.records import Attribution, BlockKind, EvidenceCode, Order, ReuseKind, SourceKind

SENTENCE = re.compile(r"\S.*?[.!?](?=\s|$)")
COPIED = (
    "Vi bygger tjenestene rundt hendelsene i livet til folk, og ikke rundt avdelingene i rådhuset, "
    "slik at ingen må fortelle det samme to ganger."
)
NATIONAL = (
    "Offentlige etater skal dele det de vet med hverandre når loven tillater det, "
    "så innbyggeren slipper å være postbud mellom kontorer."
)
OWN = "Skarvøya bygger ut fiber til Indre havn innen 2026, og rådhuset betaler halve stikkledningen."


@pytest.fixture(scope="module")
def rules():
    return load_rules()


def analyse(rules, *readings, references=()):
    analyser = ReuseAnalyser(guidelines=(), rules=rules, references=references, config=ReuseConfig())
    return analyser.analyse(readings)


@pytest.fixture
def national():
    return make_reading([NATIONAL], document_id="stortingsmelding-00000001")


def test_span_has_the_offsets_of_both_sides(rules, national):
    reading = make_reading([OWN, f"Derfor mener vi dette. {NATIONAL}"])
    (span,) = analyse(rules, reading, references=[national])
    assert reading.document.text[span.start : span.end] == NATIONAL.removesuffix(".")
    assert national.document.text[span.source_start : span.source_end] == span.source_text
    assert (span.source_kind, span.kind) == (SourceKind.REFERENCE, ReuseKind.VERBATIM)
    assert span.passage_id == reading.passages[1].id


def test_changed_word_makes_it_near_verbatim(rules, national):
    (span,) = analyse(rules, make_reading([NATIONAL.replace("etater", "virksomheter")]), references=[national])
    assert span.kind is ReuseKind.NEAR_VERBATIM
    assert 0.9 < span.similarity < 1.0


def test_own_words_give_no_span(rules, national):
    assert analyse(rules, make_reading([OWN]), references=[national]) == []


def test_match_over_two_passages_becomes_a_span_in_each(rules):
    reference = make_reading([f"{NATIONAL} {COPIED}"], document_id="melding-00000002")
    reading = make_reading([NATIONAL, COPIED])
    spans = analyse(rules, reading, references=[reference])
    assert [span.passage_id for span in spans] == [passage.id for passage in reading.passages]


@pytest.mark.parametrize(
    ("lines", "attribution"),
    [
        pytest.param([NATIONAL], Attribution.UNATTRIBUTED, id="no sign"),
        pytest.param([f"«{NATIONAL}»"], Attribution.QUOTED, id="guillemets"),
        pytest.param([f"“{NATIONAL}”"], Attribution.QUOTED, id="curly quotes"),
        pytest.param([f"„{NATIONAL}“"], Attribution.QUOTED, id="low quotes"),
        pytest.param([f"{NATIONAL} (Kilde: regjeringen.no)"], Attribution.QUOTED, id="source named after"),
        pytest.param([f"Ifølge regjeringen er retningen klar. {NATIONAL}"], Attribution.QUOTED, id="ifølge"),
        pytest.param(
            ["Digital agenda for Norge slår fast:", (BlockKind.LIST_ITEM, NATIONAL)],
            Attribution.QUOTED,
            id="list inherits its lead-in",
        ),
        pytest.param(
            [(BlockKind.HEADING, "Føringer fra regjeringen"), NATIONAL],
            Attribution.QUOTED,
            id="heading names the source",
        ),
    ],
)
def test_attribution(rules, national, lines, attribution):
    spans = analyse(rules, make_reading(lines), references=[national])
    assert [span.attribution for span in spans] == [attribution]


def test_attribution_names_its_signs(rules, national):
    (span,) = analyse(rules, make_reading([f"«{NATIONAL}»"]), references=[national])
    assert EvidenceCode.QUOTATION in {evidence.code for evidence in span.evidence}


def plan(municipality, lines, *, adopted=None, period=None, name=None):
    document_id = f"{name or municipality}-00000009"
    return make_reading(lines, document_id=document_id, municipality=municipality, adopted=adopted, period=period)


def charged(spans):
    return [
        (span.document_id.split("-")[0], span.source_id.split("-")[0], span.order) for span in spans if span.is_copy
    ]


DRAFT = (BlockKind.HEADING, "UTKAST")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param({"adopted": "2019-05-02"}, {"adopted": "2021"}, Order.ADOPTED, id="adoption dates"),
        pytest.param({"adopted": "2019-05"}, {"adopted": "2019-06-20"}, Order.ADOPTED, id="dates of one year"),
        pytest.param({"period": "2017-2020"}, {"period": "2021-2024"}, Order.PERIOD, id="plan periods"),
        pytest.param({"adopted": "2016-02-01"}, {"period": "2021-2024"}, Order.PERIOD, id="a date and a period"),
        pytest.param(
            {"adopted": "2024-12-12", "period": "2025-2028"},
            {"period": "2025-2028"},
            Order.DRAFT,
            id="a draft is later",
        ),
    ],
)
def test_later_document_alone_is_charged(rules, one, other, expected):
    early = plan("Storvik", [COPIED], **one)
    late = plan("Lillevik", [DRAFT, OWN, COPIED], **other)
    for readings in ((early, late), (late, early)):
        assert charged(analyse(rules, *readings)) == [("Lillevik", "Storvik", expected)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({}, {}, id="nothing known"),
        pytest.param({"adopted": "2019"}, {"adopted": "2019-06-20"}, id="dates that overlap"),
        pytest.param({"adopted": "2019-06-20"}, {"adopted": "2019-06-20"}, id="the same day"),
        pytest.param({"period": "2021-2024"}, {"period": "2021-2026"}, id="periods from the same year"),
        pytest.param({"adopted": "2020-12-01"}, {"period": "2021-2024"}, id="a date and a period as near"),
        pytest.param({"adopted": "2019-06-20"}, {}, id="one date"),
    ],
)
def test_where_nothing_tells_who_was_first_nobody_is_charged(rules, one, other):
    spans = analyse(rules, plan("Storvik", [COPIED], **one), plan("Lillevik", [COPIED], **other))
    assert [span.order for span in spans] == [Order.UNKNOWN] * 2
    assert {span.attribution for span in spans} == {Attribution.UNCERTAIN}
    assert charged(spans) == []


def test_draft_that_names_its_source_is_charged_whatever_the_dates(rules):
    names = f"I strategien til Storvik heter det at «{COPIED}»"
    spans = analyse(rules, plan("Storvik", [COPIED], adopted="2023"), plan("Lillevik", [OWN, names], adopted="2021"))
    assert charged(spans) == [("Lillevik", "Storvik", Order.NAMED)]
    assert [span.attribution for span in spans] == [Attribution.QUOTED]


def test_name_left_standing_in_copied_words_gives_them_to_nobody(rules):
    left = f"Storvik kommune ser målet klart. {COPIED}"
    spans = analyse(rules, plan("Storvik", [left], adopted="2019"), plan("Lillevik", [left], adopted="2021"))
    assert [span.attribution for span in spans] == [Attribution.UNATTRIBUTED]


def test_plan_made_before_the_national_text_copied_nothing_from_it(rules):
    national = make_reading([NATIONAL], document_id="melding-00000001", adopted="2019-06-11")
    (span,) = analyse(rules, plan("Storvik", [NATIONAL], adopted="2012"), references=[national])
    assert (span.order, span.is_copy) == (Order.UNKNOWN, False)


def test_municipality_that_repeats_itself_copies_nobody(rules):
    one = make_reading([COPIED], document_id="a-00000001", municipality="Storvik")
    other = make_reading([COPIED], document_id="b-00000002", municipality="Storvik")
    assert analyse(rules, one, other) == []


def test_national_text_explains_what_two_municipalities_share(rules, national):
    spans = analyse(rules, plan("Storvik", [NATIONAL]), plan("Lillevik", [NATIONAL]), references=[national])
    assert {span.source_kind for span in spans} == {SourceKind.REFERENCE}


def test_national_texts_together_explain_a_run_of_goals(rules):
    """Two plans that each list three goals share the list; no goal is as much as 0.8 of it."""
    goals = [NATIONAL, COPIED, f"Derfor skal {OWN.lower()}"]
    references = [make_reading([goal], document_id=f"melding-0000000{k}") for k, goal in enumerate(goals)]
    listed = [" ".join(goals)]
    spans = analyse(
        rules, plan("Storvik", listed, adopted="2019"), plan("Lillevik", listed, adopted="2021"), references=references
    )
    assert {span.source_kind for span in spans} == {SourceKind.REFERENCE}


def test_plan_older_than_both_explains_what_they_share(rules):
    years = {"Storvik": "2015", "Lillevik": "2018", "Nordvik": "2021"}
    spans = analyse(rules, *(plan(name, [COPIED], adopted=year) for name, year in years.items()))
    assert charged(spans) == [("Lillevik", "Storvik", Order.ADOPTED), ("Nordvik", "Storvik", Order.ADOPTED)]


def test_plan_that_is_less_alike_explains_nothing(rules):
    changed = COPIED.replace("folk, og ikke rundt avdelingene", "alle, og slett ikke omkring kontorene")
    plans = [("Storvik", changed, "2015"), ("Lillevik", COPIED, "2018"), ("Nordvik", COPIED, "2021")]
    spans = analyse(rules, *(plan(name, [text], adopted=year) for name, text, year in plans))
    assert ("Nordvik", "Lillevik", Order.ADOPTED) in charged(spans)


def test_own_statements_of_goals_are_compared_with_nobody(rules):
    guidelines = load_guidelines(GuidelinesConfig())
    statement = guidelines[0].goals[0].statement.nb
    analyser = ReuseAnalyser(guidelines=guidelines, rules=rules, references=(), config=ReuseConfig())
    assert analyser.analyse([make_reading([statement])]) == []


@pytest.mark.parametrize(
    "line",
    [
        pytest.param((BlockKind.TABLE_ROW, "Tiltak\t2026\t2027\t2028\t2029\t2030\t2031\t2032\t2033"), id="head, years"),
        pytest.param(
            (BlockKind.TABLE_ROW, "Tiltak\tAnsvar\tFrist\tKostnad\tStatus\tEffekt\tMål\tEier\tFase"), id="head"
        ),
        pytest.param("1 2 3 4 5 6 7 8 9 10 11 12", id="figures"),
    ],
)
def test_table_heads_and_figures_are_no_wording(rules, line):
    readings = (plan("Storvik", [OWN, line], adopted="2019"), plan("Lillevik", [NATIONAL, line], adopted="2021"))
    assert analyse(rules, *readings) == []


def test_one_word_of_a_match_in_the_next_passage_is_no_span(rules):
    lines = [COPIED.removesuffix("."), "kommune", OWN]
    spans = analyse(rules, plan("Storvik", lines, adopted="2019"), plan("Lillevik", lines, adopted="2021"))
    assert {len(span.source_text.split()) > 3 for span in spans} == {True}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            "Rådet rapporterer til formannskapet i mai og november. Rapporten skal være på én side.",
            "Sjefen rapporterer til hovedutvalget i mai og november. Rapporten skal vise antall brukere.",
            id="parts of two sentences",
        ),
        pytest.param(
            "Lederen skal legge fram en sak om doble systemer innen april 2025, med navn på hver eier.",
            "Lederen skal legge fram en sak om ett fond innen juni 2025, med forslag til regler.",
            id="part of a resolution",
        ),
    ],
)
def test_turn_of_phrase_charges_nobody(rules, one, other):
    spans = analyse(rules, plan("Storvik", [one], adopted="2019"), plan("Lillevik", [other], adopted="2021"))
    assert charged(spans) == []
    assert all(EvidenceCode.SET_PHRASE in {each.code for each in span.evidence} for span in spans)


LONELY = "Folketallet har vært stabilt de siste ti årene."


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param([LONELY], [OWN, LONELY], [], id="one sentence that many would write"),
        pytest.param(
            ["Ved kjøp av nye ferger skal det stilles krav om åpne luker og lette landganger."],
            ["I alle avtaler skal det derfor stilles krav om åpne luker og lette landganger for alle."],
            [],
            id="more words, but as many others",
        ),
        pytest.param([COPIED], [OWN, COPIED], [COPIED], id="more than chance"),
        pytest.param([COPIED, OWN, LONELY], [LONELY, *([OWN + " Nei."] * 5), COPIED], [LONELY, COPIED], id="with more"),
    ],
)
def test_little_that_two_plans_share_by_itself_charges_nobody(rules, one, other, expected):
    spans = analyse(rules, plan("Storvik", one, adopted="2019"), plan("Lillevik", other, adopted="2021"))
    assert spans
    found = [span for span in spans if span.is_copy]
    assert [f"{span.source_text}." for span in found if span.source_text not in OWN] == expected
    assert all(EvidenceCode.SET_PHRASE in {each.code for each in span.evidence} for span in spans if not span.is_copy)


def test_short_sentence_lifted_with_its_neighbour_is_found(rules):
    lines = [COPIED, "Vi rydder før vi bygger."]
    spans = analyse(rules, plan("Storvik", lines, adopted="2019"), plan("Lillevik", lines, adopted="2021"))
    assert [span.source_text for span in spans] == [line.removesuffix(".") for line in lines]


@pytest.mark.parametrize("changed", ["Storvik kommune", "I Storvik"])
def test_changed_words_at_a_sentences_edge_are_shown_with_it(rules, changed):
    national = make_reading(["Den enkelte etat skal dele det den vet med andre når loven tillater det."])
    own = f"{changed} skal dele det den vet med andre når loven tillater det."
    (span,) = analyse(rules, make_reading([own], document_id="b-00000002"), references=[national])
    assert (span.kind, span.source_text) == (ReuseKind.NEAR_VERBATIM, national.document.text.removesuffix("."))


def test_sentence_left_out_parts_the_wording_in_two_verbatim_stretches(rules):
    national = make_reading([f"{NATIONAL} {OWN} {COPIED}"], document_id="melding-00000001")
    national = with_sentences(national)
    spans = analyse(rules, with_sentences(plan("Storvik", [f"{NATIONAL} {COPIED}"])), references=[national])
    assert [span.kind for span in spans] == [ReuseKind.VERBATIM] * 2


def with_sentences(reading):
    """Give each passage of a reading its sentences."""
    text = reading.document.text
    passages = tuple(
        replace(
            each, sentences=tuple((m.start() + each.start, m.end() + each.start) for m in SENTENCE.finditer(each.text))
        )
        for each in reading.passages
    )
    assert text
    return replace(reading, passages=passages)


@pytest.mark.parametrize(
    ("lines", "attribution"),
    [
        pytest.param(
            [(BlockKind.HEADING, "Mål"), "Vi slutter oss til KS' digitaliseringsstrategi.", OWN, NATIONAL, OWN],
            Attribution.UNCERTAIN,
            id="in the section",
        ),
        pytest.param(
            [(BlockKind.HEADING, "Mål"), "Vi slutter oss til Digital agenda.", OWN, NATIONAL, OWN],
            Attribution.UNATTRIBUTED,
            id="another source",
        ),
        pytest.param(
            [
                (BlockKind.HEADING, "Om"),
                "Vi slutter oss til KS' digitaliseringsstrategi.",
                (BlockKind.HEADING, "Mål"),
                OWN,
                NATIONAL,
            ],
            Attribution.UNATTRIBUTED,
            id="in another section",
        ),
        pytest.param(
            [
                "Hvert kapittel åpner med et mål fra KS' digitaliseringsstrategi.",
                (BlockKind.HEADING, "Mål"),
                OWN,
                NATIONAL,
            ],
            Attribution.UNCERTAIN,
            id="for the whole document",
        ),
    ],
)
def test_source_named_nearby_counts(rules, lines, attribution):
    national = make_reading([NATIONAL], document_id="ks-00000001")
    national = replace(national, document=replace(national.document, title="KS: Digitaliseringsstrategi"))
    (span,) = analyse(rules, make_reading(lines), references=[national])
    assert span.attribution is attribution


def test_wording_that_many_municipalities_share_is_boilerplate(rules):
    names = ["Storvik", "Lillevik", "Nordvik", "Sørvik", "Austvik", "Vestvik"]
    spans = analyse(rules, *(plan(name, [COPIED]) for name in names))
    assert len(spans) == 30  # nobody's date is known
    assert all(span.boilerplate for span in spans)


def test_wording_that_two_municipalities_share_is_not_boilerplate(rules):
    spans = analyse(rules, plan("Storvik", [COPIED]), plan("Lillevik", [COPIED]))
    assert not any(span.boilerplate for span in spans)


LIST_AFTER_LIST = [
    "Regjeringen slår fast i Digital agenda for Norge:",
    (BlockKind.LIST_ITEM, "• Det første punktet er et annet."),
    (BlockKind.LIST_ITEM, f"• {NATIONAL}"),
]


@pytest.mark.parametrize(
    ("lines", "attribution"),
    [
        pytest.param(LIST_AFTER_LIST, Attribution.QUOTED, id="later item of the list"),
        pytest.param([f"‹‹{NATIONAL}›› og ››{NATIONAL}‹‹"], Attribution.QUOTED, id="angle quotes the wrong way"),
        pytest.param([f"<<{NATIONAL}>>"], Attribution.QUOTED, id="typed guillemets"),
        pytest.param([f"'{NATIONAL}'"], Attribution.QUOTED, id="single quotes"),
        pytest.param([f"»{NATIONAL}«"], Attribution.QUOTED, id="guillemets the wrong way"),
        pytest.param([f"«{NATIONAL}", f"{OWN}»"], Attribution.QUOTED, id="quotation over two paragraphs"),
        pytest.param([f"{NATIONAL} Hentet fra stortingsmeldingen."], Attribution.QUOTED, id="hentet fra"),
        pytest.param([f"{NATIONAL} Jf. Meld. St. 27."], Attribution.QUOTED, id="jf."),
        pytest.param([(BlockKind.HEADING, "Nasjonale føringer"), NATIONAL], Attribution.UNCERTAIN, id="vague heading"),
        pytest.param(["Fra KS' digitaliseringsstrategi", NATIONAL], Attribution.QUOTED, id="names source"),
        pytest.param(["Fra KS har vi fått god hjelp.", NATIONAL], Attribution.UNCERTAIN, id="about source"),
        pytest.param([(BlockKind.HEADING, "Om oss"), NATIONAL], Attribution.UNATTRIBUTED, id="own heading"),
    ],
)
def test_attribution_by_its_surroundings(rules, national, lines, attribution):
    spans = analyse(rules, make_reading(lines), references=[national])
    assert spans
    assert {span.attribution for span in spans} == {attribution}


def test_footnote_that_names_the_source_attributes(rules, national):
    lines = [NATIONAL.replace(".", ".2"), OWN, (BlockKind.FOOTNOTE, "2 Meld. St. 27 (2015–2016), side 14")]
    (span,) = analyse(rules, make_reading(lines), references=[national])
    assert span.attribution is Attribution.QUOTED


def test_other_footnote_attributes_nothing(rules, national):
    lines = [NATIONAL, OWN, (BlockKind.FOOTNOTE, "2 Meld. St. 27 (2015–2016), side 14")]
    (span,) = analyse(rules, make_reading(lines), references=[national])
    assert span.attribution is Attribution.UNATTRIBUTED


def test_report_of_one_thing_does_not_attribute_the_next(rules, national):
    lines = [f"I planen til Lillevik heter det at {OWN.lower()}", NATIONAL]
    (span,) = analyse(rules, make_reading(lines), references=[national])
    assert span.attribution is Attribution.UNATTRIBUTED


def test_same_words_in_the_same_surroundings_are_judged_one_way(rules, national):
    """One of the two files hides the lead-in's tie to its list."""
    lines = ["Regjeringen slår fast i Digital agenda for Norge:", OWN, (BlockKind.LIST_ITEM, NATIONAL)]
    tied = plan("Storvik", lines)
    loose = plan("Lillevik", lines)
    loose = replace(loose, passages=tuple(replace(each, lead_in=None) for each in loose.passages))
    tied = replace(tied, passages=(*tied.passages[:2], replace(tied.passages[2], lead_in=tied.passages[0].id)))
    spans = analyse(rules, tied, loose, references=[national])
    assert {span.attribution for span in spans} == {Attribution.QUOTED}
    assert {span.document_id for span in spans} == {tied.document.id, loose.document.id}
