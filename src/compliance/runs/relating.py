"""How a run's documents stand to each other, made of what is kept of them: no document is read again.

Who had wording first, what everybody has, and how rare a word is depend on all documents, so that this is made anew
with any change. It is done a few documents at a time: what is held of all of them is numbers and hashes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from compliance.analyse.reuse.paraphrase_candidates import SentenceIndex
from compliance.analyse.reuse.paraphrase_spans import PairChooser, finish_retelling
from compliance.analyse.reuse.prose import describe_prose
from compliance.analyse.reuse.relations import count_comparisons
from compliance.analyse.reuse.resolving import SharedCorpus, SharedSpan, resolve_sides
from compliance.analyse.reuse.sources import describe_text
from compliance.analyse.reuse.spans import drop_repeats
from compliance.analyse.reuse.structure import compare_plans
from compliance.analyse.reuse.told import rank_owners
from compliance.records import Reading, SharedText, TitledHeading
from compliance.resources import Resources
from compliance.runs.retelling import Sides, judge_pairs, key_of
from compliance.runs.worker import Standby
from compliance.store.runs import RunStore
from compliance.store.sharing import SharingTables

Retold = dict[str, list[SharedSpan]]


def relate_documents(
    store: RunStore, *, references: Sequence[Reading], resources: Resources, standby: Standby | None = None
) -> None:
    """Save the spans of all documents and how they stand to each other, from what was kept of them and of pairs.

    Processes that stand by judge pairs of sentences.
    """
    corpus = _Corpus.load(store, references, resources)
    for _, sides in corpus.shared.load_sides(corpus.ids):
        corpus.known.note_sure(sides)
    retold = _find_retold(corpus, standby) if resources.config.analyse.reuse.reworked else {}
    plans = compare_plans(corpus.texts, corpus.headings)
    corpus.shared.save_spans(
        _list_spans(corpus, retold),
        structures=[match for text in corpus.texts for match in plans.get(text.document_id, ())],
        comparisons=count_comparisons(
            corpus.texts, references=len(references), official_sentences=len(resources.fingerprints)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Corpus:
    """What is known of all documents at once."""

    store: RunStore
    resources: Resources
    texts: Sequence[SharedText]  # by name
    national: Mapping[str, tuple[Reading, SharedText]]  # references, by id
    known: SharedCorpus
    index: SentenceIndex  # of the texts, then of the references
    headings: dict[str, tuple[TitledHeading, ...]] = field(default_factory=dict)

    @classmethod
    def load(cls, store: RunStore, references: Sequence[Reading], resources: Resources) -> _Corpus:
        shared = store.shared()
        comparer = resources.document_comparer(references=references)
        national = {text.id: (text.reading, describe_text(text)) for text in comparer.sharing.national}
        texts = shared.load_texts()
        by_id = {text.document_id: text for text in (*texts, *(text for _, text in national.values()))}
        numbers = {document_id: number for number, document_id in enumerate(by_id)}
        known = SharedCorpus(by_id, numbers, rank_owners(texts), shared.load_national())
        corpus = cls(store, resources, texts, national, known, SentenceIndex())
        for text, prose in zip(texts, shared.load_prose(corpus.ids), strict=True):
            corpus.index.add(text.owner, prose.sentences)
            corpus.headings[text.document_id] = prose.headings
        for reading, text in national.values():
            corpus.index.add(text.owner, describe_prose(reading).sentences)
        return corpus

    @property
    def shared(self) -> SharingTables:
        """The tables as the store has them open now: it lets go of them while processes read."""
        return self.store.shared()

    @property
    def ids(self) -> list[str]:
        return [text.document_id for text in self.texts]


def _list_spans(corpus: _Corpus, retold: Retold) -> Iterator[SharedSpan]:
    """Yield the spans by document and position."""
    for document_id, sides in corpus.shared.load_sides(corpus.ids):
        yield from drop_repeats([*resolve_sides(sides, corpus.known), *retold.get(document_id, ())])


def _find_retold(corpus: _Corpus, standby: Standby | None) -> Retold:
    """Return the spans of sentences that say another's in other words, by document."""
    texts = [*corpus.texts, *(text for _, text in corpus.national.values())]
    if len(texts) < 2:  # a draft alone says nothing in other words than another, and need not wait for the weights
        corpus.shared.remove_retellings([key_of(each) for each in corpus.shared.load_retellings(corpus.ids)])
        return {}
    stretches = {
        document_id: [(span.start, span.end) for span, _ in resolve_sides(sides, corpus.known)]
        for document_id, sides in corpus.shared.load_sides(corpus.ids)
    }
    chooser = PairChooser(corpus.index, texts, documents=len(corpus.texts))
    pairs = {pair.key: pair for pair in chooser.choose(stretches)}
    found: Retold = defaultdict(list)
    sides = Sides(corpus.ids, corpus.known.texts, corpus.national)
    for retelling in judge_pairs(pairs, sides, store=corpus.store, config=corpus.resources.config, standby=standby):
        span = finish_retelling(retelling, pairs[key_of(retelling)], chooser.weights)
        if span is not None:
            found[retelling.document_id].append(span)
    return found
