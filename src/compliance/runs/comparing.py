"""Documents compared pair by pair, in blocks: here, in processes that read the database, or as tasks of a cluster.

What a pair shares depends on the two alone, so a run compares new and changed documents with all others and keeps the
rest. A block is the same work wherever it is done, and gives the same rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from compliance.config import Config, hash_parts
from compliance.records import ComparedDocument, Reading, SharedSide
from compliance.resources import Resources, load_resources
from compliance.runs.saved_work import work_on_saved
from compliance.store.runs import RunStore
from compliance.store.sharing import SHARING_KEY

# Of one side of a block: its readings are what a process holds. About thirty plans of forty pages, five seconds' work.
BLOCK_CHARACTERS: Final = 3_000_000
BLOCK_WORK: Final = 8  # documents whose scoring takes as long as a block, about


@dataclass(frozen=True, slots=True)
class Block:
    """Documents to compare with others, by id; without others with each other, and each described."""

    new: tuple[str, ...]
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BlockResult:
    """What a block's documents say alone, and what they share."""

    documents: tuple[ComparedDocument, ...]
    sides: tuple[SharedSide, ...]


def compare_documents(store: RunStore, *, references: Sequence[Reading], resources: Resources) -> None:
    """Compare every document that was not compared before with all others, and save what they share.

    Blocks are saved one after the other, each with all that it has in common with those saved before, so that a run
    that is killed goes on behind the last.
    """
    key = hash_parts(resources.settings_sha256, *(each.document.id for each in references))
    sizes, keys = store.shared().list_sizes(), store.parts().load_keys(SHARING_KEY)
    known = [document_id for document_id in sizes if keys.get(document_id) == key]
    done = set(known)
    for new in cut_blocks([each for each in sizes if each not in done], sizes, most=BLOCK_CHARACTERS):
        blocks = [Block(new), *(Block(new, others) for others in cut_blocks(known, sizes, most=BLOCK_CHARACTERS))]
        documents: list[ComparedDocument] = []
        sides: list[SharedSide] = []
        for found in _compare_each(store, blocks, references=references, config=resources.config):
            documents += found.documents
            sides += found.sides
        store.shared().save_compared(documents, sides, key=key)
        known += new


def cut_blocks(ids: Sequence[str], sizes: Mapping[str, int], *, most: int) -> list[tuple[str, ...]]:
    """Return the documents in their order, cut so that no block of several has more characters than `most`."""
    blocks: list[list[str]] = []
    size = 0
    for each in ids:
        size += sizes[each]
        if not blocks or size > most:
            blocks.append([])
            size = sizes[each]
        blocks[-1].append(each)
    return [tuple(block) for block in blocks]


def compare_block(
    new: Sequence[Reading], others: Sequence[Reading], *, references: Sequence[Reading], config: Config
) -> BlockResult:
    """Return what a block's documents share; the same in every process and on every machine."""
    comparer = load_resources(config).document_comparer(references=references)
    documents = () if others else tuple(comparer.describe(each) for each in new)
    return BlockResult(documents, tuple(comparer.compare(new, others)))


def _compare_each(
    store: RunStore, blocks: Sequence[Block], *, references: Sequence[Reading], config: Config
) -> Iterator[BlockResult]:
    """Yield the blocks' results in the blocks' order."""
    work = partial(_compare_saved, references=references, config=config)
    if config.run.cluster is not None and len(blocks) > 1:
        from compliance.runs.cluster import work_on_cluster

        load, elsewhere = partial(load_block, store=store), partial(compare_loaded, references=references)
        spread = dict(work_on_cluster(blocks, load, elsewhere, config=config))
        for block in blocks:
            result = spread[block]
            # A block of which workers died is done here, so that what is wrong is raised.
            yield result if isinstance(result, BlockResult) else work(block, store)
        return
    processes = config.run.count_processes(len(blocks))
    saved = work_on_saved(blocks, work, store=store, processes=processes, documents=BLOCK_WORK)
    found = {block: result for some in saved for block, result in some}
    yield from (found[block] for block in blocks)


def compare_loaded(
    loaded: tuple[Sequence[Reading], Sequence[Reading]], config: Config, *, references: Sequence[Reading]
) -> BlockResult:
    """Return what a block's documents share, which are at hand."""
    return compare_block(*loaded, references=references, config=config)


def load_block(block: Block, *, store: RunStore) -> tuple[Sequence[Reading], Sequence[Reading]]:
    """Return a block's documents as they are compared."""
    return store.load_texts(block.new), store.load_texts(block.others)


def _compare_saved(block: Block, store: RunStore, *, references: Sequence[Reading], config: Config) -> BlockResult:
    return compare_loaded(load_block(block, store=store), config, references=references)
