"""From sentences with words in common to spans of reworked sentences, each with its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress, groupby

from compliance.analyse.attribution.reused import AttributionJudge, find_introductions
from compliance.analyse.reuse.age import compare_ages, read_age
from compliance.analyse.reuse.boilerplate import BoilerplateJudge, judge_custom
from compliance.analyse.reuse.paraphrase import MIN_SIMILARITY, combine, measure_standings, rate_meaning
from compliance.analyse.reuse.paraphrase_candidates import Candidate, SentenceIndex, Weights
from compliance.analyse.reuse.resolving import SharedSpan
from compliance.analyse.reuse.settling import hash_alike
from compliance.analyse.reuse.sides import order_after_national
from compliance.analyse.reuse.sources import NATIONAL
from compliance.guidelines.rules import Rules
from compliance.records import (
    Evidence,
    EvidenceKind,
    Order,
    Reading,
    Retelling,
    ReuseKind,
    ReuseSpan,
    SharedTerm,
    SharedText,
    SourceKind,
)
from compliance.text.embedding.encoder import Encoder
from compliance.text.stems import find_stems

MAX_COVERED = 0.3  # of a sentence; with more of it in shared wording already, that is what there is to tell
PAIRS_A_PAGE, MIN_PAIRS = 0.5, 5  # embedded for each document, those with the most words in common first
SHARED_OVERLAP = 0.6  # from here on a sentence counts as one that another municipality has too
STANDING_DIGITS = 3  # kept of a standing: which sentences are embedded along with it changes the seventh
_PAGE = 400  # words


@dataclass(frozen=True, slots=True)
class Chosen:
    """A pair of sentences worth an embedding, by their places in two documents."""

    holder_id: str
    passage: int  # the holder's, by number
    start: int
    end: int
    source_id: str
    source_passage: int
    source_start: int
    source_end: int
    overlap: float
    sharers: int  # other municipalities with much the same words

    @property
    def key(self) -> tuple[str, int, str, int]:
        """What tells the pair from others."""
        return self.holder_id, self.start, self.source_id, self.source_start


class PairChooser:
    """Chooses what to embed: for each document the sentences that share most with another text's."""

    def __init__(self, index: SentenceIndex, texts: Sequence[SharedText], *, documents: int) -> None:
        """`texts` are those of the index in its order; the first `documents` are the run's own."""
        self._index, self._texts, self._documents = index, texts, documents
        self._ages = [read_age(text) for text in texts]
        self.weights = index.weigh_words()

    def choose(self, shared: Mapping[str, Sequence[tuple[int, int]]]) -> list[Chosen]:
        """Return the pairs by holder, one for a sentence at most.

        `shared` are the stretches of each document, by id, that are told of as shared wording: no second time. The
        source is the one with the most words in common; where it is close, a national one.
        """
        best = list(self._choose_each(shared))
        chosen: list[Chosen] = []
        for text, found in groupby(best, key=lambda each: self._index.text_of(each[0].holder)):
            room = max(MIN_PAIRS, round(PAIRS_A_PAGE * self._texts[text].words / _PAGE))
            kept = sorted(found, key=lambda each: self._rank(each[0]))[:room]
            chosen += (self._describe(*each) for each in sorted(kept, key=lambda each: each[0].holder))
        return chosen

    def _choose_each(self, shared: Mapping[str, Sequence[tuple[int, int]]]) -> Iterator[tuple[Candidate, int]]:
        """Yield the best pair of each holder sentence, with how many others have much the same words."""
        holders = [
            number
            for text in range(self._documents)
            for number in self._list_free(text, shared.get(self._texts[text].document_id, ()))
        ]
        found = self._index.find_candidates(holders, self.weights)
        for holder, group in groupby(found, key=lambda each: each.holder):
            candidates = list(group)
            # A sentence that repeats a source word for word is too short to be told of as copied, but not reworked.
            if any(self._index.are_same(holder, each.source) for each in candidates):
                continue
            own = [each for each in candidates if self._may_rework(each)]
            if own:
                yield min(own, key=self._rank), self._count_sharers(candidates)

    def _list_free(self, text: int, shared: Iterable[tuple[int, int]]) -> Iterator[int]:
        """Yield the numbers of a text's sentences that are not told of as shared wording."""
        numbers = self._index.sentences_of(text)
        free = are_free((self._index.place_of(number)[1:] for number in numbers), shared)
        return compress(numbers, free)

    def _text(self, sentence: int) -> SharedText:
        return self._texts[self._index.text_of(sentence)]

    def _may_rework(self, candidate: Candidate) -> bool:
        """Tell whether the holder can have the sentence from the source: not one adopted later."""
        if self._text(candidate.source).owner == NATIONAL:
            return True
        holder, source = (self._ages[self._index.text_of(each)] for each in (candidate.holder, candidate.source))
        return compare_ages(holder, source)[0] >= 0

    def _count_sharers(self, candidates: Iterable[Candidate]) -> int:
        """Return how many other municipalities have much the same words, whoever was first."""
        owners = {self._text(each.source).owner for each in candidates if each.overlap >= SHARED_OVERLAP}
        return len(owners - {NATIONAL})

    def _rank(self, each: Candidate) -> tuple[float, bool, float, str, int, int]:
        source = self._text(each.source)
        municipal = source.owner != NATIONAL
        return -round(each.overlap, 1), municipal, -round(each.overlap, 6), source.document_id, each.holder, each.source

    def _describe(self, each: Candidate, sharers: int) -> Chosen:
        own, other = self._index.place_of(each.holder), self._index.place_of(each.source)
        holder_id, source_id = self._text(each.holder).document_id, self._text(each.source).document_id
        return Chosen(holder_id, *own, source_id, *other, each.overlap, sharers)


def are_free(places: Iterable[tuple[int, int]], known: Iterable[tuple[int, int]]) -> Iterator[bool]:
    """Yield for each place, in reading order, whether no known stretch covers more than MAX_COVERED of it.

    Places and stretches are given by first character and the one after the last.
    """
    ahead = sorted(set(known), reverse=True)  # many documents may share the same stretch
    near: list[tuple[int, int]] = []
    for start, end in places:
        while ahead and ahead[-1][0] < end:
            near.append(ahead.pop())
        near = [stretch for stretch in near if stretch[1] > start]
        covered = max((min(high, end) - max(low, start) for low, high in near), default=0)
        yield covered <= MAX_COVERED * (end - start)


@dataclass(frozen=True, slots=True)
class SourceSentence:
    """The other side of a pair."""

    text: SharedText
    wording: str
    page: int | None


class RetellingJudge:
    """Judges pairs of sentences by their meaning, and by what the holder says around its own."""

    def __init__(self, encoder: Encoder, rules: Rules) -> None:
        self._encoder = encoder
        self._attribution, self._boilerplate = AttributionJudge(rules), BoilerplateJudge(rules.boilerplate)

    def judge(
        self,
        pairs: Sequence[Chosen],
        holders: Mapping[str, tuple[Reading, SharedText]],
        sources: Mapping[tuple[str, int], SourceSentence],
    ) -> list[Retelling]:
        """Return the pairs judged, in their order; `holders` by document, `sources` by document and first character."""
        if not pairs:
            return []
        others = [sources[each.source_id, each.source_start] for each in pairs]
        own = [holders[each.holder_id][0].document.text[each.start : each.end] for each in pairs]
        standings = measure_standings(
            [(wording, other.wording) for wording, other in zip(own, others, strict=True)], self._encoder
        )
        return [
            self._describe(each, round(float(standing), STANDING_DIGITS), holders[each.holder_id], other)
            for each, standing, other in zip(pairs, standings, others, strict=True)
        ]

    def _describe(
        self, pair: Chosen, standing: float, holder: tuple[Reading, SharedText], source: SourceSentence
    ) -> Retelling:
        reading, text = holder
        wording = reading.document.text[pair.start : pair.end]
        span = self._draft(pair, reading, source, order=_find_order(text, source.text))
        own, theirs = find_stems(wording), {stem for stem, _, _ in find_stems(source.wording)}
        return Retelling(
            text.document_id,
            source.text.document_id,
            pair.source_start,
            standing,
            span,
            tuple(
                SharedTerm(stem, wording[start:end], pair.start + start, pair.start + end)
                for stem, start, end in own
                if stem in theirs
            ),
            tuple(sorted({stem for stem, _, _ in own})),
            hash_alike(span, reading, pair.passage),
        )

    def _draft(self, pair: Chosen, reading: Reading, source: SourceSentence, *, order: Order) -> ReuseSpan:
        """Return the pair's span as far as its two sentences tell it."""
        passages = reading.passages
        passage = passages[pair.passage]
        attributed = self._attribution.judge(
            passage, (pair.start, pair.end), before=find_introductions(passages, pair.passage)
        )
        known = self._boilerplate.find_known(reading.document.text[pair.start : pair.end], pair.start)
        return ReuseSpan(
            document_id=passage.document_id,
            passage_id=passage.id,
            start=pair.start,
            end=pair.end,
            source_kind=_find_kind(source.text),
            source_id=source.text.document_id,
            source_name=source.text.name,
            source_start=pair.source_start,
            source_end=pair.source_end,
            source_text=source.wording,
            source_page=source.page,
            kind=ReuseKind.REWORKED,
            attribution=attributed.attribution,
            similarity=0.0,
            boilerplate=bool(known),
            evidence=(*attributed.evidence, *known),
            order=order,
        )


def find_source(pair: Chosen, source: SharedText, reading: Reading) -> SourceSentence:
    """Return the other side of a pair from its own reading."""
    passage = reading.passages[pair.source_passage]
    wording = reading.document.text[pair.source_start : pair.source_end]
    return SourceSentence(source, wording, passage.pages[0] if passage.pages else None)


def finish_retelling(retelling: Retelling, pair: Chosen, weights: Weights) -> SharedSpan | None:
    """Return the span of a sentence that is surely another's reworked, None where it is not.

    Its words count by how few sentences of the run have them.
    """
    similarity = round(combine(retelling.standing, pair.overlap), 2)
    if similarity < MIN_SIMILARITY:
        return None
    span, custom = retelling.span, judge_custom(pair.sharers)
    evidence = (
        Evidence(EvidenceKind.EMBEDDING, span.source_id, rate_meaning(retelling.standing), span.start, span.end),
        Evidence(EvidenceKind.WORDING, span.source_id, round(pair.overlap, 4), span.start, span.end),
        *_list_shared_words(retelling, weights),
        *span.evidence,
        *custom,
    )
    boilerplate = span.boilerplate or bool(custom)
    return replace(span, similarity=similarity, boilerplate=boilerplate, evidence=evidence), retelling.alike


def _list_shared_words(retelling: Retelling, weights: Weights) -> Iterator[Evidence]:
    """Yield the words that both sentences have, as they stand in the holder, each with its part of the weight."""
    total = sum(map(weights.of, retelling.stems))
    for term in retelling.terms:
        weight = round(weights.of(term.stem) / total, 4)
        yield Evidence(EvidenceKind.TERM, term.text, weight, term.start, term.end)


def _find_kind(text: SharedText) -> SourceKind:
    return SourceKind.REFERENCE if text.owner == NATIONAL else SourceKind.MUNICIPALITY


def _find_order(holder: SharedText, source: SharedText) -> Order:
    if source.owner == NATIONAL:
        return order_after_national(read_age(holder), read_age(source))
    return compare_ages(read_age(holder), read_age(source))[1]
