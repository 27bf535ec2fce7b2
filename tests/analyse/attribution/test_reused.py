"""Whether a text says that a stretch of it is another's: which signs count, from how far, and how much."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from analyse.stages import load_rules
from builders import make_reading
from compliance.analyse.attribution.reused import AttributionJudge, find_introductions
from compliance.records import Attribution, BlockKind, Evidence, EvidenceCode, EvidenceKind

PARAGRAPH, ITEM, HEADING, NOTE = BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING, BlockKind.FOOTNOTE
WORDING = "alt som er lagret, skal kunne finnes igjen av den som leter"
FIRST = "Innledningen er kort."  # so that no passage begins at 0
SENTENCE = re.compile(r"\S.*?[.!?](?=\s|$)")
QUOTED, UNCERTAIN, UNATTRIBUTED = Attribution.QUOTED, Attribution.UNCERTAIN, Attribution.UNATTRIBUTED


@pytest.fixture(scope="module")
def judge():
    return AttributionJudge(load_rules())


def make_passage(text=WORDING, **fields):
    """Return a passage that begins a good way into its document, with its sentences."""
    passage = make_reading([FIRST, text]).passages[1]
    sentences = tuple((each.start() + passage.start, each.end() + passage.start) for each in SENTENCE.finditer(text))
    return replace(passage, sentences=sentences or passage.sentences, **fields)


def find_span(passage, wording=WORDING):
    start = passage.start + passage.text.index(wording)
    return start, start + len(wording)


def make_other(text, *, kind=PARAGRAPH):
    return replace(make_reading([(kind, text)]).passages[0], id="other")


def list_signs(judgement):
    return [(each.kind, each.code or each.reference, each.score) for each in judgement.evidence]


def test_without_signs_nobody_is_named(judge) -> None:
    passage = make_passage(f"Her er målet. {WORDING.capitalize()}. Det er alt.")
    judged = judge.judge(passage, find_span(passage, WORDING[1:]), before=[make_other("Vi begynner her.")])
    assert (judged.attribution, judged.evidence) == (UNATTRIBUTED, ())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param(f"Først litt. Ifølge planen i nabobyen: {WORDING}.", "Ifølge", id="in its sentence"),
        pytest.param(f"Vi sier det ifølge planen. Så er det slik at {WORDING}.", "ifølge", id="in the one before"),
        pytest.param(f"Så er det slik at {WORDING}. Det er hentet fra nabobyen.", "hentet fra", id="in the one after"),
        pytest.param(f"Ifølge hva? Bare litt. Så er det slik at {WORDING}.", None, id="two before"),
        pytest.param(f"Så er det slik at {WORDING}. Bare litt. Det er hentet fra byen.", None, id="two after"),
    ],
)
def test_a_sign_is_looked_for_in_the_sentence_and_its_neighbours(judge, text, words) -> None:
    passage = make_passage(text)
    judged = judge.judge(passage, find_span(passage), before=())
    shown = [text[each.start - passage.start : each.end - passage.start].strip() for each in judged.evidence]
    assert shown == ([words] if words else [])
    assert judged.attribution is (QUOTED if words else UNATTRIBUTED)


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        pytest.param("Tre", "ord.", True, id="touches the sentence beside the sign"),
        pytest.param("Fire", "fire.", False, id="begins where that sentence has ended"),
    ],
)
def test_a_sentence_is_touched_by_what_is_in_it_alone(judge, start, end, shown) -> None:
    text = "Ifølge andre er det to. Tre er nok med ord. Fire er ofte mer enn fire."
    passage = make_passage(text)
    span = passage.start + text.index(start), passage.start + text.index(end) + len(end)
    assert bool(judge.judge(passage, span, before=()).evidence) is shown


def test_white_space_between_sentences_is_in_none_of_them(judge) -> None:
    """What touches no sentence is judged by the whole passage."""
    passage = make_passage("Ifølge andre er det to. Tre er nok. Fire er mer.  Fem er mange.")
    gap = passage.start + passage.text.index("  ")
    assert judge.judge(passage, (gap, gap + 1), before=()).attribution is QUOTED


@pytest.mark.parametrize(
    ("before", "inside", "attribution"),
    [
        pytest.param(0, 70, QUOTED, id="the first seven tenths"),
        pytest.param(0, 69, UNATTRIBUTED, id="less of the start"),
        pytest.param(30, 70, QUOTED, id="the last seven tenths"),
        pytest.param(31, 69, UNATTRIBUTED, id="less of the end"),
    ],
)
def test_a_span_is_quoted_where_marks_are_round_seven_tenths_of_it(judge, before, inside, attribution) -> None:
    """The marks are of the quotation: 70 of 100 characters are 68 letters and two marks."""
    words = f"{'x' * before}«{'a' * (inside - 2)}»".ljust(100, "x")
    passage = make_passage(f"Vi sier: {words}")
    assert judge.judge(passage, find_span(passage, words), before=()).attribution is attribution


def test_a_quotation_is_shown_where_it_is(judge) -> None:
    passage = make_passage(f"De sier «{WORDING}» i byen.")
    (sign,) = judge.judge(passage, find_span(passage), before=()).evidence
    assert (sign.code, sign.score, sign.kind) == (EvidenceCode.QUOTATION, 1.0, EvidenceKind.RULE)
    assert passage.text[sign.start - passage.start : sign.end - passage.start] == f"«{WORDING}»"


@pytest.mark.parametrize(
    ("text", "attribution"),
    [
        pytest.param(f"Datatilsynet har mye å gjøre. Derfor må {WORDING}.", UNCERTAIN, id="a body named beside it"),
        pytest.param(f"Regjeringen vil mye. Derfor må {WORDING}.", UNATTRIBUTED, id="the nation's voice"),
        pytest.param(
            f"Regjeringen vil mye, og det vil Datatilsynet. Derfor må {WORDING}.", UNCERTAIN, id="a body beside a voice"
        ),
    ],
)
def test_a_source_that_is_only_named_makes_it_uncertain(judge, text, attribution) -> None:
    """«Regjeringen vil» is how the copied words speak, not a source given for them."""
    passage = make_passage(text)
    judged = judge.judge(passage, find_span(passage), before=())
    assert judged.attribution is attribution
    shown = [text[each.start - passage.start : each.end - passage.start] for each in judged.evidence]
    assert [each.score for each in judged.evidence] == [0.5] * len(judged.evidence)
    assert shown == (["Datatilsynet"] if attribution is UNCERTAIN else [])


@pytest.mark.parametrize(
    ("other", "score"),
    [
        pytest.param(make_other("Målene i Digital agenda:"), 1.0, id="a lead-in that names a source"),
        pytest.param(make_other("Målene i Digital agenda"), 0.5, id="a line that names one"),
        pytest.param(make_other("Digital agenda, side 4", kind=NOTE), 1.0, id="a footnote"),
        pytest.param(make_other("Fra Digital agenda"), 1.0, id="«Fra» and the source"),
        pytest.param(make_other("Frå Digital agenda"), 1.0, id="nynorsk"),
        pytest.param(make_other("Fra Digital agenda har vi lært mye."), 0.5, id="a sentence about it"),
        pytest.param(make_other("Fra " + "x" * 19 + " Digital agenda"), 1.0, id="twenty letters on"),
        pytest.param(make_other("Fra " + "x" * 20 + " Digital agenda"), 0.5, id="farther on"),
        pytest.param(make_other("Ifølge naboene:"), 1.0, id="a sign in a lead-in"),
        pytest.param(make_other("Ifølge naboene er alt bra."), None, id="the same in another sentence"),
        pytest.param(make_other("Målene er formulert slik"), 1.0, id="words that lead in"),
        pytest.param(make_other("Hva sier naboene:"), None, id="what is a sign in headings alone"),
        pytest.param(make_other("Målene våre:"), None, id="no sign"),
    ],
)
def test_what_introduces_a_passage_may_name_its_source(judge, other, score) -> None:
    passage = make_passage()
    judged = judge.judge(passage, find_span(passage), before=[other])
    assert {(each.kind, each.reference, each.score) for each in judged.evidence} == (
        {(EvidenceKind.NEIGHBOUR, "other", score)} if score else set()
    )
    assert judged.attribution is (QUOTED if score == 1.0 else UNCERTAIN if score else UNATTRIBUTED)


@pytest.mark.parametrize(
    ("heading", "text", "score"),
    [
        pytest.param("Mål i Digital agenda", WORDING, 1.0, id="names a source"),
        pytest.param("Mål i Digital agenda", f"Vi vil at {WORDING}", 0.5, id="over words of one's own"),
        pytest.param("Nasjonale føringer", WORDING, 0.5, id="promises national guidance"),
        pytest.param("Hovedmålene er formulert slik", WORDING, 0.5, id="leads in"),
        pytest.param("Ifølge hvem?", WORDING, None, id="what is no sign in a heading"),
        pytest.param("Våre mål", WORDING, None, id="own heading"),
    ],
)
def test_a_heading_may_name_the_source(judge, heading, text, score) -> None:
    passage = make_passage(text, section=("Plan", heading, "Til slutt"))
    judged = judge.judge(passage, find_span(passage, text), before=())
    assert list_signs(judged) == ([(EvidenceKind.HEADING, heading, score)] if score else [])
    assert judged.attribution is (QUOTED if score == 1.0 else UNCERTAIN if score else UNATTRIBUTED)


@pytest.mark.parametrize("text", [f"Vi lover mye. {WORDING} her", f"{WORDING} her. Vi lover mye"])
def test_own_words_beside_the_span_are_not_in_it(judge, text) -> None:
    passage = make_passage(text, section=("Mål i Digital agenda",))
    assert judge.judge(passage, find_span(passage), before=()).attribution is QUOTED


def test_a_box_is_a_weak_sign(judge) -> None:
    passage = make_passage(boxed=True)
    judged = judge.judge(passage, find_span(passage), before=())
    assert judged.attribution is UNCERTAIN
    assert list_signs(judged) == [(EvidenceKind.RULE, EvidenceCode.BOXED, 0.5)]


def test_a_box_does_not_weaken_a_sure_sign(judge) -> None:
    passage = make_passage(f"De sier «{WORDING}»", boxed=True)
    assert judge.judge(passage, find_span(passage), before=()).attribution is QUOTED


def test_where_the_source_is_named_farther_away_counts(judge) -> None:
    passage = make_passage()
    mention = Evidence(EvidenceKind.NEIGHBOUR, "far", 0.5)
    judged = judge.judge(passage, find_span(passage), before=(), mentions=[mention])
    assert (judged.attribution, judged.evidence) == (UNCERTAIN, (mention,))


NAMED = (EvidenceKind.RULE, EvidenceCode.NAMED_SOURCE, 1.0)


@pytest.mark.parametrize(
    ("text", "before", "named"),
    [
        pytest.param(f"Ifølge Lillevik er det slik. Da må {WORDING}.", (), True, id="given to it before"),
        pytest.param(f"Da må {WORDING}. Det er hentet fra Lilleviks plan.", (), True, id="given to it after"),
        pytest.param(f"Ifølge Lillevik må {WORDING}.", (), True, id="in the same sentence"),
        pytest.param(f"Lillevik er nabo. Da må {WORDING}.", (), False, id="mentioned"),
        pytest.param(f"Ifølge Lillevika er det slik. Da må {WORDING}.", (), False, id="another name"),
        pytest.param(f"Lillevik er nabo. Da må «{WORDING}».", (), True, id="mentioned by a quotation"),
        pytest.param(f"Ifølge Lillevik går det. Ja da. Da må {WORDING}.", (), False, id="two sentences before"),
        pytest.param(f"Da må {WORDING}. Ja da. Det er hentet fra Lillevik.", (), False, id="two sentences after"),
        pytest.param(f"Nasjonale føringer, Lillevik. Da må {WORDING}.", (), False, id="a heading's words"),
        pytest.param(WORDING, ("Lillevik skriver:",), True, id="a lead-in"),
        pytest.param(WORDING, ("Fra Lillevik sin plan",), True, id="«Fra»"),
        pytest.param(WORDING, ("Lillevik er nabo.",), False, id="a paragraph before"),
        pytest.param(WORDING, ("Naboen skriver:",), False, id="a lead-in without it"),
        pytest.param(WORDING, ("Lillevik er nabo.", "Naboen skriver:"), False, id="one names it, the other leads in"),
        pytest.param(WORDING, ("Målene er:", "Lilleviks plan:"), True, id="the second of two"),
    ],
)
def test_a_municipality_is_named_where_the_words_are_given_to_it(judge, text, before, named) -> None:
    passage = make_passage(text)
    others = [make_other(each) for each in before]
    judged = judge.judge(passage, find_span(passage), before=others, source="Lillevik")
    assert (NAMED in list_signs(judged)) is named
    if named:
        assert judged.attribution is QUOTED


def test_a_name_inside_the_span_is_the_sources_own(judge) -> None:
    text = "Ifølge Lillevik må alt som er lagret, kunne finnes igjen"
    passage = make_passage(text)
    assert NAMED not in list_signs(judge.judge(passage, find_span(passage, text), before=(), source="Lillevik"))


def test_a_footnote_may_name_the_municipality(judge) -> None:
    passage = make_passage()
    note = make_other("2 Lilleviks plan, side 4", kind=NOTE)
    assert judge.names("Lillevik", passage, *find_span(passage), before=[note])


def number_of(passages, found):
    return [passages.index(each) for each in found]


def test_a_lists_lead_in_introduces_its_items_and_theirs() -> None:
    passages = list(make_reading(["Slik:", "Så:", "Da:", "Ja:", (ITEM, "En"), (ITEM, "To")]).passages)
    for number in (1, 2, 3, 5):
        passages[number] = replace(passages[number], lead_in=passages[number - (2 if number == 5 else 1)].id)
    passages[4] = replace(passages[4], lead_in=None)
    assert number_of(passages, find_introductions(passages, 5)) == [3, 2, 1]
    assert number_of(passages, find_introductions(passages, 2)) == [1, 0]


@pytest.mark.parametrize(
    ("lines", "introductions"),
    [
        pytest.param(["En.", "To.", "Tre."], [1], id="the paragraph before"),
        pytest.param(["En."], [], id="the first of all"),
        pytest.param(["En.", (HEADING, "Mål"), "To."], [], id="a heading before"),
        pytest.param([(HEADING, "Mål"), "To.", (HEADING, "Tiltak")], [], id="of another section"),
        pytest.param(["Slik:", (ITEM, "En"), (ITEM, "To")], [0], id="the lead-in alone"),
    ],
)
def test_what_introduces_the_last_passage(lines, introductions) -> None:
    passages = make_reading(lines).passages
    assert number_of(passages, find_introductions(passages, len(passages) - 1)) == introductions


NOTE_1, NOTE_2 = (NOTE, "1 Digital agenda"), (NOTE, "[2] Meld. St. 27")


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        pytest.param("Alt skal finnes igjen.2", [3], id="after a full stop"),
        pytest.param("Alt skal finnes1 igjen.", [2], id="after a word"),
        pytest.param("Alt skal «finnes»1 igjen,2 ja.", [2, 3], id="two"),
        pytest.param("Alt skal finnes igjen 2.", [], id="a number of its own"),
        pytest.param("Alt skal finnes igjen.3", [], id="a mark without a note"),
        pytest.param("Alt skal finnes igjen i kapittel 1.2", [3], id="not a part of a number alone"),
        pytest.param("Alt skal finnes igjen.", [], id="no mark"),
    ],
)
def test_footnotes_explain_what_has_their_mark(text, notes) -> None:
    passages = make_reading(["Først.", text, NOTE_1, NOTE_2, "1 Digital agenda"]).passages
    assert number_of(passages, find_introductions(passages, 1)) == [0, *notes]


@pytest.mark.parametrize(("page", "found"), [(1, [0, 2]), (2, [0])], ids=["same page", "another page"])
def test_a_footnote_is_on_the_page_of_its_mark(page, found) -> None:
    passages = list(make_reading(["Først.", "Alt skal finnes igjen.1", NOTE_1]).passages)
    passages[2] = replace(passages[2], pages=(page,))
    assert number_of(passages, find_introductions(passages, 1)) == found


def test_a_footnotes_mark_may_be_kept_apart_from_its_text() -> None:
    passages = list(make_reading(["Først.", "Alt skal finnes igjen.1", (NOTE, "Digital agenda")]).passages)
    passages[2] = replace(passages[2], marker="1)")
    assert number_of(passages, find_introductions(passages, 1)) == [0, 2]
