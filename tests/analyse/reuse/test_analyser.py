"""What the reuse analyser says of passages: whose words, how close, attributed or not, boilerplate or not."""

from __future__ import annotations

import pytest

from builders import make_reading
from compliance.analyse.reuse import ReuseAnalyser
from compliance.config import ReuseConfig
from compliance.guidelines.rules import load_rules
from compliance.records import Attribution, BlockKind, EvidenceCode, ReuseKind, SourceKind

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


def plan(municipality, lines, *, adopted=None):
    return make_reading(lines, document_id=f"{municipality}-00000009", municipality=municipality, adopted=adopted)


def test_wording_is_laid_to_the_earlier_document(rules):
    early, late = plan("Storvik", [COPIED], adopted="2019-05-02"), plan("Lillevik", [COPIED], adopted="2021")
    (span,) = analyse(rules, early, late)
    assert (span.document_id, span.source_id) == (late.document.id, early.document.id)


def test_without_dates_both_documents_get_the_span(rules):
    spans = analyse(rules, plan("Storvik", [COPIED]), plan("Lillevik", [COPIED]))
    assert len(spans) == 2


def test_municipality_that_repeats_itself_copies_nobody(rules):
    one = make_reading([COPIED], document_id="a-00000001", municipality="Storvik")
    other = make_reading([COPIED], document_id="b-00000002", municipality="Storvik")
    assert analyse(rules, one, other) == []


def test_national_text_explains_what_two_municipalities_share(rules, national):
    spans = analyse(rules, plan("Storvik", [NATIONAL]), plan("Lillevik", [NATIONAL]), references=[national])
    assert {span.source_kind for span in spans} == {SourceKind.REFERENCE}


def test_wording_that_many_municipalities_share_is_boilerplate(rules):
    names = ["Storvik", "Lillevik", "Nordvik", "Sørvik", "Austvik", "Vestvik"]
    spans = analyse(rules, *(plan(name, [COPIED]) for name in names))
    assert len(spans) == 30
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
