"""From the texts of a run to spans of reworked sentences, each with its reasons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TypeAlias

from compliance.analyse.attribution.reused import AttributionJudge, find_introductions
from compliance.analyse.reuse.age import compare_ages
from compliance.analyse.reuse.boilerplate import BoilerplateJudge
from compliance.analyse.reuse.paraphrase import MIN_SIMILARITY, Reworking, judge_candidates
from compliance.analyse.reuse.paraphrase_candidates import MAX_STEMS, MIN_STEMS, Candidate, Sentence, SentenceIndex
from compliance.analyse.reuse.sides import order_after_national
from compliance.analyse.reuse.sources import ComparedText, find_page
from compliance.guidelines.rules import Rules
from compliance.records import BlockKind, Evidence, EvidenceKind, Order, ReuseKind, ReuseSpan, SourceKind
from compliance.text.embedding.encoder import Encoder
from compliance.text.stems import find_numbers, find_stems

MAX_COVERED = 0.3  # of a sentence; with more of it in shared wording already, that is what there is to tell
PAIRS_A_PAGE, MIN_PAIRS = 0.5, 5  # embedded for each document, those with the most words in common first
SHARED_OVERLAP = 0.6  # from here on a sentence counts as one that another municipality has too
_PAGE = 400  # words
_PROSE = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_WORDS = re.compile(r"\w+")

Covered: TypeAlias = Mapping[str, Collection[tuple[int, int]]]  # by passage id, ranges of characters of the document


class ReworkedFinder:
    """Finds sentences that say another text's sentence in other words."""

    def __init__(self, encoder: Encoder, rules: Rules) -> None:
        self._encoder = encoder
        self._attribution, self._boilerplate = AttributionJudge(rules), BoilerplateJudge(rules.boilerplate)

    def find(self, texts: Sequence[ComparedText], *, documents: int, covered: Covered) -> list[ReuseSpan]:
        """Return a span for each sentence that is surely another's reworked, with one source.

        The first `documents` texts are the run's own. What shared wording has `covered` is not told a second
        time. The source is the one with the most words in common; where it is close, a national one.
        """
        index = SentenceIndex(list(_collect_sentences(texts)))
        holders = _list_holders(texts[:documents], index.sentences, covered)
        found = list(index.find_candidates(holders))
        sharers = _count_sharers(found, index.sentences, texts)
        candidates = _keep_reworkable(found, index.sentences, texts)
        chosen = _choose_pairs(candidates, index.sentences, texts)
        wanted = {number: index.sentences[number] for each in chosen for number in (each.holder, each.source)}
        wordings = {number: texts[each.text].text[each.start : each.end] for number, each in wanted.items()}
        judged = judge_candidates(chosen, wordings, encoder=self._encoder)
        return [
            self._describe(each, index, texts, sharers=sharers.get(each.holder, 0))
            for each in judged
            if each.similarity >= MIN_SIMILARITY
        ]

    def _describe(
        self, reworking: Reworking, index: SentenceIndex, texts: Sequence[ComparedText], *, sharers: int
    ) -> ReuseSpan:
        own, other = index.sentences[reworking.holder], index.sentences[reworking.source]
        text, source = texts[own.text], texts[other.text]
        assert own.passage is not None  # only a benchmark has sentences outside of passages
        passages = text.reading.passages
        passage = passages[own.passage]
        attributed = self._attribution.judge(
            passage, (own.start, own.end), before=find_introductions(passages, own.passage)
        )
        boilerplate = self._boilerplate.judge(text.text[own.start : own.end], own.start, sharers=sharers)
        return ReuseSpan(
            document_id=passage.document_id,
            passage_id=passage.id,
            start=own.start,
            end=own.end,
            source_kind=source.kind,
            source_id=source.id,
            source_name=source.name,
            source_start=other.start,
            source_end=other.end,
            source_text=source.text[other.start : other.end],
            source_page=find_page(source, other.start),
            kind=ReuseKind.REWORKED,
            attribution=attributed.attribution,
            similarity=reworking.similarity,
            boilerplate=bool(boilerplate),
            evidence=(
                Evidence(EvidenceKind.EMBEDDING, source.id, reworking.meaning, own.start, own.end),
                Evidence(EvidenceKind.WORDING, source.id, round(reworking.overlap, 4), own.start, own.end),
                *_list_shared_words(text.text, own, other, index),
                *attributed.evidence,
                *boilerplate,
            ),
            order=_find_order(text, source),
        )


def _collect_sentences(texts: Sequence[ComparedText]) -> Iterator[Sentence]:
    """Yield the sentences of all texts that say enough to be compared; of documents only those in prose."""
    for number, text in enumerate(texts):
        for passage, start, end in _list_ranges(text):
            wording = text.text[start:end]
            stems = frozenset(stem for stem, _, _ in find_stems(wording))
            if MIN_STEMS <= len(stems) <= MAX_STEMS and "://" not in wording:  # an address states nothing
                yield Sentence(number, text.group, passage, start, end, stems, find_numbers(wording))


def _list_ranges(text: ComparedText) -> Iterator[tuple[int, int, int]]:
    for number, passage in enumerate(text.reading.passages):
        if passage.kind in _PROSE:
            yield from ((number, start, end) for start, end in passage.sentences)


def _list_holders(texts: Sequence[ComparedText], sentences: Sequence[Sentence], covered: Covered) -> list[int]:
    """Return the numbers of the documents' sentences that shared wording does not already account for."""
    holders = []
    for number, sentence in enumerate(sentences):
        if sentence.text >= len(texts):
            break
        reading = texts[sentence.text].reading
        known = covered.get(reading.passages[sentence.passage or 0].id, ())
        most = max((min(end, sentence.end) - max(start, sentence.start) for start, end in known), default=0)
        if most <= MAX_COVERED * (sentence.end - sentence.start):
            holders.append(number)
    return holders


def _may_rework(candidate: Candidate, sentences: Sequence[Sentence], texts: Sequence[ComparedText]) -> bool:
    """Tell whether the holder can have the sentence from the source: not one adopted later."""
    own, other = sentences[candidate.holder], sentences[candidate.source]
    holder, source = texts[own.text], texts[other.text]
    return source.kind is not SourceKind.MUNICIPALITY or compare_ages(holder.age, source.age)[0] >= 0


def _find_order(holder: ComparedText, source: ComparedText) -> Order:
    if source.kind is not SourceKind.MUNICIPALITY:
        return order_after_national(holder.age, source.age)
    return compare_ages(holder.age, source.age)[1]


def _keep_reworkable(
    candidates: Sequence[Candidate], sentences: Sequence[Sentence], texts: Sequence[ComparedText]
) -> list[Candidate]:
    """Return the pairs that can tell of reworking.

    A sentence that repeats a source word for word is too short to be told of as copied, but it is not reworked.
    """
    repeats = {
        each.holder
        for each in candidates
        if _list_words(sentences[each.holder], texts) == _list_words(sentences[each.source], texts)
    }
    return [each for each in candidates if each.holder not in repeats and _may_rework(each, sentences, texts)]


def _count_sharers(
    candidates: Sequence[Candidate], sentences: Sequence[Sentence], texts: Sequence[ComparedText]
) -> dict[int, int]:
    """Return how many other municipalities have much the same words as each holder sentence, whoever was first."""
    groups: dict[int, set[int]] = {}
    for each in candidates:
        source = texts[sentences[each.source].text]
        if source.kind is SourceKind.MUNICIPALITY and each.overlap >= SHARED_OVERLAP:
            groups.setdefault(each.holder, set()).add(source.group)
    return {holder: len(others) for holder, others in groups.items()}


def _list_words(sentence: Sentence, texts: Sequence[ComparedText]) -> list[str]:
    return _WORDS.findall(texts[sentence.text].text[sentence.start : sentence.end].casefold())


def _choose_pairs(
    candidates: Sequence[Candidate], sentences: Sequence[Sentence], texts: Sequence[ComparedText]
) -> list[Candidate]:
    """Return the pairs worth their embeddings, one for a sentence at most, in the order of the holders."""

    def rank(each: Candidate) -> tuple[float, bool, float, str, int, int]:
        source = texts[sentences[each.source].text]
        municipal = source.kind is SourceKind.MUNICIPALITY
        return -round(each.overlap, 1), municipal, -round(each.overlap, 6), source.id, each.holder, each.source

    best: dict[int, Candidate] = {}
    for each in sorted(candidates, key=rank):
        best.setdefault(each.holder, each)
    room: Mapping[int, int] = {
        number: max(MIN_PAIRS, round(PAIRS_A_PAGE * len(text.index) / _PAGE)) for number, text in enumerate(texts)
    }
    taken = Counter[int]()
    chosen = []
    for each in best.values():
        document = sentences[each.holder].text
        if taken[document] < room[document]:
            taken[document] += 1
            chosen.append(each)
    return sorted(chosen, key=lambda each: each.holder)


def _list_shared_words(text: str, own: Sentence, other: Sentence, index: SentenceIndex) -> Iterator[Evidence]:
    """Yield the words that both sentences have, as they stand in the holder, each with its part of the weight."""
    total = index.weigh(own.stems)
    for stem, start, end in find_stems(text[own.start : own.end]):
        if stem in other.stems:
            low, high = own.start + start, own.start + end
            yield Evidence(EvidenceKind.TERM, text[low:high], round(index.weights[stem] / total, 4), low, high)
