"""Shared wording across a corpus: all pairs, against references, or only what an index has not seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from compliance.config import ReuseConfig
from compliance.records import ReuseKind
from compliance.textreuse.corpus_matching import (
    FIRST,
    FIRST_END,
    FIRST_START,
    SECOND,
    SECOND_END,
    SECOND_START,
    Table,
    find_spans,
    measure_similarity,
    sort_table,
)
from compliance.textreuse.index import IndexedText, IndexFolder
from compliance.textreuse.ngrams import Texts

OnProgress = Callable[[str, int, int], None]  # called with the step's name, how much is done, and of how much
COMPARING, REFERENCES = "compare", "references"


@dataclass(frozen=True, slots=True)
class SharedSpan:
    """Wording that stands in a document and in a source; offsets in code points, half-open."""

    document_id: str
    start: int
    end: int
    source_id: str
    source_start: int
    source_end: int
    kind: ReuseKind
    similarity: float  # 0 to 1: twice the shared words over the words of both


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """The outcome of a comparison: the table numbers the texts, which stand in the order of their ids."""

    texts: tuple[IndexedText, ...]
    table: Table

    def describe_spans(self) -> Iterator[SharedSpan]:
        """Yield the table's rows as spans in characters, by document and place."""
        similarities = np.round(measure_similarity(self.table), 4)
        for row, similarity in zip(self.table.tolist(), similarities.tolist(), strict=True):
            one, other = self.texts[row[FIRST]], self.texts[row[SECOND]]
            start, end = one.index.characters_of(row[FIRST_START], row[FIRST_END])
            source_start, source_end = other.index.characters_of(row[SECOND_START], row[SECOND_END])
            yield SharedSpan(
                document_id=one.id,
                start=start,
                end=end,
                source_id=other.id,
                source_start=source_start,
                source_end=source_end,
                kind=ReuseKind.VERBATIM if similarity == 1.0 else ReuseKind.NEAR_VERBATIM,
                similarity=similarity,
            )


def compare_documents(
    documents: Sequence[IndexedText],
    *,
    references: Sequence[IndexedText] = (),
    index: IndexFolder | None = None,
    config: ReuseConfig,
    on_progress: OnProgress,
) -> Compared:
    """Compare the documents with each other, with the references, and with what an index holds.

    The answer has every match with one of the documents in it, and is the same whatever the order of the documents
    and however much of it the index had already. The documents are added to the index; references are not.
    """
    corpus = _compare_corpus(documents, index=index, config=config, on_progress=on_progress)
    if not references:
        return corpus
    own, sources = _sort_texts(documents), _sort_texts(references)
    groups = [0] * len(own) + [1] * len(sources)
    texts = Texts.compare_all([text.index for text in (*own, *sources)], groups=groups)
    found = find_spans(texts, config=config, on_progress=lambda done, total: on_progress(REFERENCES, done, total))
    # The references are numbered behind the corpus' texts, the documents as they are there.
    place = {text.id: number for number, text in enumerate(corpus.texts)}
    numbers = [place[text.id] for text in own] + [len(corpus.texts) + k for k in range(len(sources))]
    found[:, [FIRST, SECOND]] = np.array(numbers, dtype=np.int32)[found[:, [FIRST, SECOND]]]
    return Compared((*corpus.texts, *sources), sort_table(np.concatenate((corpus.table, found))))


def _compare_corpus(
    documents: Sequence[IndexedText], *, index: IndexFolder | None, config: ReuseConfig, on_progress: OnProgress
) -> Compared:
    known = index.texts if index else {}
    fresh = [text for text in documents if text.id not in known or known[text.id].key != text.key]
    every = _sort_texts({**known, **{text.id: text for text in documents}}.values())
    ids = [text.id for text in every]
    table = find_spans(
        _select_new(every, {text.id for text in fresh}),
        config=config,
        on_progress=lambda done, total: on_progress(COMPARING, done, total),
    )
    if index:
        changed = {text.id for text in fresh}
        numbers = {text_id: number for number, text_id in enumerate(ids) if text_id not in changed}
        before = index.number_spans(numbers)
        index.add(fresh, table, ids=ids)
        table = sort_table(np.concatenate((before, table)))
    asked = np.isin(ids, [text.id for text in documents]) if ids else np.zeros(0, dtype=bool)
    return Compared(tuple(every), table[_touches(table, asked)])


def _select_new(every: Sequence[IndexedText], fresh: set[str]) -> Texts:
    is_new = np.array([text.id in fresh for text in every], dtype=bool)
    return Texts([text.index.ids for text in every], np.arange(len(every)), is_new)


def _touches(table: Table, asked: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return asked[table[:, FIRST]] | asked[table[:, SECOND]]


def _sort_texts(texts: Iterable[IndexedText]) -> list[IndexedText]:
    return sorted(texts, key=lambda text: text.id)
