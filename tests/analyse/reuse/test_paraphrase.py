"""Reworked sentences: another's content in other words, found with few embeddings and never taken for copying."""

from __future__ import annotations

import numpy as np
import pytest

from builders import make_reading
from compliance.analyse.reuse import ReuseAnalyser
from compliance.analyse.reuse.paraphrase import combine
from compliance.config import ModelConfig, ReuseConfig
from compliance.guidelines.rules import load_rules
from compliance.records import Attribution, BlockKind, EvidenceKind, ReuseKind, SourceKind
from compliance.score.copied import measure_copied
from compliance.text.embedding.loading import load_encoder
from compliance.text.stems import find_stems, stem_word
from compliance.text.word_lists import ReferenceSentences, load_words

SOURCE = "Kommunestyret får en årlig rapport om hvilke gevinster digitaliseringen har gitt."
RETOLD = "Gevinstene som digitaliseringen har gitt, får kommunestyret vite om i en årlig rapport."
NYNORSK = "Kommunestyret får ein årleg rapport om kva gevinstar digitaliseringa har gitt."
OTHER = "Kommunestyret vedtar hvert år hvor mye penger digitaliseringen av arkivet skal koste."
OWN = "Skarvøya bygger ut fiber til Indre havn innen 2026, og rådhuset betaler halve stikkledningen."


class MeaningEncoder:
    """Gives the sentences it is told of the same direction, and every other text one of its own."""

    revision = "meaning-8"
    dimension = 64

    def __init__(self, *alike):
        self.alike, self.asked = alike, []

    def encode(self, texts, *, prefix):
        """Return unit rows."""
        self.asked += texts
        rows = np.ones((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            seed = 1 if text in self.alike else sum(map(ord, text))
            rows[row] += np.random.default_rng(seed).normal(size=self.dimension)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def rules():
    return load_rules()


@pytest.fixture
def national():
    return make_reading([SOURCE], document_id="stortingsmelding-00000001")


@pytest.fixture
def analyse(rules):
    def run(*readings, references=(), encoder=None, **settings):
        config = ReuseConfig(**settings)
        encoder = encoder or MeaningEncoder(SOURCE, RETOLD, NYNORSK)
        return ReuseAnalyser(guidelines=(), rules=rules, references=references, config=config, encoder=encoder).analyse(
            readings
        )

    return run


@pytest.mark.parametrize(
    ("nynorsk", "bokmal"),
    [
        ("tenestene", "tjenestene"),
        ("innbyggjarane", "innbyggerne"),
        ("løysingar", "løsninger"),
        ("brukarane", "brukerne"),
        ("moglege", "mulige"),
        ("offentlege", "offentlige"),
        ("tryggleiken", "sikkerheten"),
        ("byggjer", "bygger"),
        ("verksemda", "virksomheten"),
    ],
)
def test_both_written_languages_count_as_the_same_word(nynorsk, bokmal):
    assert stem_word(nynorsk) == stem_word(bokmal)


@pytest.mark.parametrize("word", ["og", "ikkje", "kommunen", "2026", "12"])
def test_what_says_nothing_is_no_content_word(word):
    assert stem_word(word) is None


def test_content_words_know_where_they_stand():
    assert [RETOLD[start:end] for _, start, end in find_stems(RETOLD)][:2] == ["Gevinstene", "digitaliseringen"]


@pytest.mark.parametrize("wording", [RETOLD, NYNORSK], ids=["retold", "nynorsk"])
def test_retold_sentence_is_reworked(analyse, national, wording):
    reading = make_reading([OWN, wording])
    (span,) = analyse(reading, references=[national])
    assert (span.kind, span.source_kind) == (ReuseKind.REWORKED, SourceKind.REFERENCE)
    assert reading.document.text[span.start : span.end] == wording
    assert national.document.text[span.source_start : span.source_end] == span.source_text == SOURCE
    assert 0.85 <= span.similarity <= 1
    assert span.attribution is Attribution.UNATTRIBUTED


def test_evidence_shows_meaning_and_the_shared_words(analyse, national):
    reading = make_reading([RETOLD])
    (span,) = analyse(reading, references=[national])
    meaning, wording, *words = span.evidence
    assert (meaning.kind, wording.kind) == (EvidenceKind.EMBEDDING, EvidenceKind.WORDING)
    assert 0 < meaning.score <= 1
    assert 0.45 <= wording.score < 1
    shared = [each for each in words if each.kind is EvidenceKind.TERM]
    assert "Gevinstene" in {each.reference for each in shared}
    assert all(reading.document.text[each.start : each.end] == each.reference for each in shared)


def test_shared_words_without_the_meaning_are_no_reworking(analyse, national):
    assert analyse(make_reading([OTHER]), references=[national]) == []


def test_different_numbers_tell_of_different_things(analyse):
    source, retold = SOURCE.replace("årlig", "årlig (2021)"), RETOLD.replace("årlig", "årlig (2024)")
    national = make_reading([source], document_id="melding-00000001")
    assert analyse(make_reading([retold]), references=[national], encoder=MeaningEncoder(source, retold)) == []


def test_copied_sentence_is_not_also_reworked(analyse, national):
    spans = analyse(make_reading([SOURCE]), references=[national])
    assert [span.kind for span in spans] == [ReuseKind.VERBATIM]


def test_short_repeated_sentence_is_not_reworked(analyse):
    line = "Kommunen kartlegger og bygger digital kompetanse."
    national = make_reading([line], document_id="melding-00000001")
    spans = analyse(make_reading([line]), references=[national], encoder=MeaningEncoder(line))
    assert ReuseKind.REWORKED not in {span.kind for span in spans}


@pytest.mark.parametrize("kind", [BlockKind.HEADING, BlockKind.TABLE_ROW, BlockKind.CAPTION])
def test_only_prose_is_reworked(analyse, national, kind):
    assert analyse(make_reading([(kind, RETOLD)]), references=[national]) == []


def test_later_adopted_document_gets_the_span(analyse):
    early = make_reading([SOURCE], document_id="tidlig-00000001", municipality="Granvik", adopted="2020-01-01")
    late = make_reading([RETOLD], document_id="sein-00000002", municipality="Storelva", adopted="2024-01-01")
    (span,) = analyse(early, late)
    assert (span.document_id, span.source_id) == (late.document.id, early.document.id)


def test_municipality_that_repeats_itself_reworks_nobody(analyse):
    one = make_reading([SOURCE], document_id="plan-00000001", municipality="Granvik")
    other = make_reading([RETOLD], document_id="plan-00000002", municipality="Granvik")
    assert analyse(one, other) == []


def test_national_source_goes_before_a_municipality(analyse, national):
    neighbour = make_reading([NYNORSK], document_id="nabo-00000003", municipality="Storelva", adopted="2020-01-01")
    holder = make_reading([RETOLD], municipality="Granvik", adopted="2024-01-01")
    spans = [span for span in analyse(neighbour, holder, references=[national]) if span.document_id == "plan-00000000"]
    assert [span.source_id for span in spans] == [national.document.id]


def test_order_of_documents_changes_nothing(analyse, national):
    readings = [
        make_reading([OWN, RETOLD], document_id="plan-00000001", municipality="Granvik"),
        make_reading([NYNORSK, OTHER], document_id="plan-00000002", municipality="Storelva"),
    ]
    there, back = (analyse(*order, references=[national]) for order in (readings, readings[::-1]))
    assert there
    assert sorted(there, key=repr) == sorted(back, key=repr)


def test_settings_turn_it_off_and_spare_the_model(analyse, national):
    encoder = MeaningEncoder(SOURCE, RETOLD)
    assert analyse(make_reading([RETOLD]), references=[national], encoder=encoder, reworked=False) == []
    assert encoder.asked == []


def test_nothing_is_embedded_without_shared_words(analyse, national):
    encoder = MeaningEncoder()
    assert analyse(make_reading([OWN]), references=[national], encoder=encoder) == []
    assert encoder.asked == []


def test_reworked_wording_is_no_copied_share(analyse, national):
    reading = make_reading([RETOLD])
    assert measure_copied(reading.passages, analyse(reading, references=[national])) == {}


def test_similarity_rises_with_meaning_and_with_shared_words():
    assert combine(6.0, 0.7) > combine(5.0, 0.7) > combine(5.0, 0.6)


def test_default_model_tells_reworked_from_other_sentences_on_the_matter(analyse, national):
    encoder = load_encoder(ModelConfig(device="cpu"))
    (span,) = analyse(make_reading([OTHER, NYNORSK, OWN]), references=[national], encoder=encoder)
    assert span.passage_id.endswith("0001")


def test_what_many_municipalities_say_alike_is_boilerplate(analyse, national):
    others = [make_reading([NYNORSK], document_id=f"plan-0000000{n}", municipality=f"Vik {n}") for n in range(1, 6)]
    spans = analyse(make_reading([RETOLD], municipality="Granvik"), *others, references=[national])
    (span,) = (span for span in spans if span.document_id == "plan-00000000")
    assert (span.kind, span.boilerplate) == (ReuseKind.REWORKED, True)


def test_words_of_a_document_that_all_are_alike_are_embedded_sparingly(analyse, national):
    encoder = MeaningEncoder(SOURCE)
    analyse(
        make_reading([f"{RETOLD[:-1]} nummer {'abcdefghijklmnopqrst'[n] * 5}." for n in range(20)]),
        references=[national],
        encoder=encoder,
    )
    assert 0 < len(set(encoder.asked) - set(load_words(ReferenceSentences).sentences)) <= 6
