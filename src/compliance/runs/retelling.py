"""Pairs of sentences judged by their meaning, a few documents at a time: in processes that wait for work, or here.

The encoder is the largest thing that a run holds. Where processes wait, it is loaded there and never here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from compliance.analyse.reuse.paraphrase_spans import Chosen, SourceSentence, find_source
from compliance.config import Config
from compliance.records import Reading, Retelling, SharedText
from compliance.resources import load_resources
from compliance.runs.isolation import release_encoders
from compliance.runs.saved_work import close_database, work_in_processes
from compliance.runs.worker import Standby, choose_holders
from compliance.store.runs import RunStore
from compliance.store.sharing import AT_ONCE

Pairs = Mapping[tuple[str, int, str, int], Chosen]  # by `Chosen.key`
BATCHES_AT_ONCE: Final = 32  # between two savings: of 512 documents; vectors are kept as they are made


@dataclass(frozen=True, slots=True)
class Sides:
    """The texts that pairs are of: documents of the run, and national texts."""

    documents: Sequence[str]  # ids
    texts: Mapping[str, SharedText]  # of all, by id
    national: Mapping[str, tuple[Reading, SharedText]]  # by id


@dataclass(frozen=True, eq=False, slots=True)
class Batch:
    """Pairs of a few documents, with what the documents' own rows do not tell, as it travels."""

    pairs: tuple[Chosen, ...]
    texts: Mapping[str, SharedText]  # of the pairs' documents, by id
    national: Mapping[tuple[str, int], SourceSentence]  # by text and first character


def judge_pairs(
    pairs: Pairs, sides: Sides, *, store: RunStore, config: Config, standby: Standby | None = None
) -> Iterator[Retelling]:
    """Yield every pair judged, by document; what was judged before is kept, unless it is no longer chosen."""
    left, unchosen = dict(pairs), []
    for retelling in store.shared().load_retellings(sides.documents):
        if left.pop(key_of(retelling), None):
            yield retelling
        else:
            unchosen.append(key_of(retelling))
    store.shared().remove_retellings(unchosen)
    batches = list(_make_batches(left.values(), sides))
    for first in range(0, len(batches), BATCHES_AT_ONCE):
        some = batches[first : first + BATCHES_AT_ONCE]
        for judged in _judge_batches(some, store=store, config=config, standby=standby):
            store.shared().save_retellings(judged)
            yield from judged


def judge_batch(batch: Batch, store: RunStore, *, config: Config) -> list[Retelling]:
    """Return the pairs judged: their documents are read again, and the passages of the other side."""
    holders = dict.fromkeys(pair.holder_id for pair in batch.pairs)
    readings = {each.document.id: (each, batch.texts[each.document.id]) for each in store.load_texts([*holders])}
    municipal = [pair for pair in batch.pairs if (pair.source_id, pair.source_start) not in batch.national]
    passages = store.shared().load_passages((pair.source_id, pair.source_passage) for pair in municipal)
    sources = dict(batch.national)
    for pair in municipal:
        start, words, page = passages[pair.source_id, pair.source_passage]
        wording = words[pair.source_start - start : pair.source_end - start]
        sources[pair.source_id, pair.source_start] = SourceSentence(batch.texts[pair.source_id], wording, page)
    return load_resources(config).retelling_judge.judge(batch.pairs, readings, sources)


def let_go(config: Config) -> None:
    """Close in this process what judging has opened, and let go of the encoder."""
    close_database()
    release_encoders(config)


def key_of(retelling: Retelling) -> tuple[str, int, str, int]:
    """Return what tells the pair from others, as `Chosen.key`."""
    return retelling.document_id, retelling.span.start, retelling.source_id, retelling.source_start


def _make_batches(pairs: Iterable[Chosen], sides: Sides) -> Iterator[Batch]:
    by_holder: dict[str, list[Chosen]] = defaultdict(list)
    for pair in pairs:
        by_holder[pair.holder_id].append(pair)
    holders = list(by_holder)
    for first in range(0, len(holders), AT_ONCE):
        some = tuple(pair for each in holders[first : first + AT_ONCE] for pair in by_holder[each])
        own = {each: sides.texts[each] for pair in some for each in (pair.holder_id, pair.source_id)}
        yield Batch(some, own, dict(_find_national(some, sides)))


def _find_national(pairs: Iterable[Chosen], sides: Sides) -> Iterator[tuple[tuple[str, int], SourceSentence]]:
    for pair in pairs:
        if pair.source_id in sides.national:
            reading, text = sides.national[pair.source_id]
            yield (pair.source_id, pair.source_start), find_source(pair, text, reading)


def _judge_batches(
    batches: Sequence[Batch], *, store: RunStore, config: Config, standby: Standby | None
) -> list[list[Retelling]]:
    """Return each batch's pairs judged."""
    documents = len(batches) * AT_ONCE
    most = min(config.run.count_processes(documents), len(batches))
    number = choose_holders(documents, most=most, standby=standby)
    judge = partial(judge_batch, config=config)
    done = work_in_processes(
        batches, judge, store=store, number=number, standby=standby, let_go=partial(let_go, config)
    )
    found = {batch: judged for some in done for batch, judged in some}
    return [found[batch] for batch in batches]
