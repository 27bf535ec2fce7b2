"""Documents compared pair by pair, in blocks: here, in processes that read the database, or as tasks of a cluster.

What a pair shares depends on the two alone, so a run compares new and changed documents with all others and keeps the
rest. A block is the same work wherever it is done, and gives the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from compliance.analyse.reuse.sharing import Pair
from compliance.analyse.reuse.told import choose_told, rank_owners
from compliance.config import Config, hash_parts
from compliance.records import ComparedDocument, Reading, SharedSide, SharedStretch, SharedText
from compliance.resources import Resources, load_resources
from compliance.runs.saved_work import work_in_processes
from compliance.runs.worker import Standby, choose_holders
from compliance.store.runs import RunStore
from compliance.store.sharing import SHARING_KEY

# Of one side of a block: about ninety plans of forty pages. A process holds both sides, some 35 bytes a character; all
# documents are read once for each block, so that smaller ones take longer.
BLOCK_CHARACTERS: Final = 9_000_000
BLOCK_WORK: Final = 16  # documents whose scoring takes no longer than a block
AT_ONCE: Final = 32  # blocks of described pairs whose results are held before they are saved


@dataclass(frozen=True, slots=True)
class Block:
    """Documents to compare with others, by id; without others with each other, and each described.

    With `pairs` of a new document and another, what the first shares with the second is described instead.
    """

    new: tuple[str, ...]
    others: tuple[str, ...] = ()
    pairs: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class LoadedBlock:
    """A block with its documents, as it travels."""

    block: Block
    new: tuple[Reading, ...]
    others: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class BlockResult:
    """What a block's documents say alone, and what they share."""

    documents: tuple[ComparedDocument, ...]
    sides: tuple[SharedSide, ...]


def compare_documents(
    store: RunStore, *, references: Sequence[Reading], resources: Resources, standby: Standby | None = None
) -> None:
    """Compare every document that was not compared before with all others, and save what they share.

    Blocks are saved one after the other, each with all that it has in common with those saved before, so that a run
    that is killed goes on behind the last. What is told of and not described yet is described last: it was not among
    the earliest of its block, and is when earlier documents are gone.
    """
    key = hash_parts(resources.settings_sha256, *(each.document.id for each in references))
    compare = partial(_compare_each, store, references=references, config=resources.config, standby=standby)
    sizes, keys = store.shared().list_sizes(), store.parts().load_keys(SHARING_KEY)
    known = [document_id for document_id in sizes if keys.get(document_id) == key]
    done = set(known)
    for new in cut_blocks([each for each in sizes if each not in done], sizes, most=BLOCK_CHARACTERS):
        others = cut_blocks(known, sizes, most=BLOCK_CHARACTERS)
        blocks = [Block(new, some) for some in ((), *others)]
        documents: list[ComparedDocument] = []
        sides: list[SharedSide] = []
        for found in compare(blocks):
            documents += found.documents
            sides += found.sides
        store.shared().save_compared(documents, sides, key=key)
        known += new
    left = plan_descriptions(store.shared().list_undescribed(), store.shared().load_texts(), sizes)
    for some in (left[first : first + AT_ONCE] for first in range(0, len(left), AT_ONCE)):
        for block, found in zip(some, compare(some), strict=True):
            store.shared().replace_sides(block.pairs, found.sides)


def plan_descriptions(
    shared: Iterable[Sequence[SharedStretch]], texts: Sequence[SharedText], sizes: Mapping[str, int]
) -> list[Block]:
    """Return the blocks of pairs that are told of and not described; `shared` is each document's with all others."""
    owners, ranks = {text.document_id: text.owner for text in texts}, rank_owners(texts)
    wanted: dict[str, set[str]] = {}
    for stretches in shared:
        told = choose_told([(each.sentences, owners[each.source_id], each.named) for each in stretches], ranks)
        for each, is_told in zip(stretches, told, strict=True):
            if is_told and not each.described:
                wanted.setdefault(each.document_id, set()).add(each.source_id)
    blocks = []
    for new in cut_blocks([each for each in sizes if each in wanted], sizes, most=BLOCK_CHARACTERS):
        pairs = [(document_id, source_id) for document_id in new for source_id in sorted(wanted[document_id])]
        sources = {source_id for _, source_id in pairs} - {*new}
        others = cut_blocks([each for each in sizes if each in sources], sizes, most=BLOCK_CHARACTERS)
        planned = [(some, tuple(pair for pair in pairs if pair[1] in some)) for some in (new, *others)]
        blocks += [Block(new, () if some is new else some, pairs=own) for some, own in planned if own]
    return blocks


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


def compare_block(loaded: LoadedBlock, config: Config, *, references: Sequence[Reading]) -> BlockResult:
    """Return what a block's documents share; the same in every process and on every machine."""
    comparer = load_resources(config).document_comparer(references=references)
    block = loaded.block
    if block.pairs:
        return BlockResult((), tuple(comparer.describe_pairs(loaded.new, loaded.others, block.pairs)))
    documents = () if block.others else tuple(comparer.describe(each) for each in loaded.new)
    return BlockResult(documents, tuple(comparer.compare(loaded.new, loaded.others)))


def _compare_each(
    store: RunStore,
    blocks: Sequence[Block],
    *,
    references: Sequence[Reading],
    config: Config,
    standby: Standby | None,
) -> Iterator[BlockResult]:
    """Yield the blocks' results in the blocks' order."""
    work = _BlockWork(references, config)
    if config.run.cluster is not None and len(blocks) > 1:
        from compliance.runs.cluster import work_on_cluster

        load, elsewhere = partial(load_block, store=store), partial(compare_block, references=references)
        spread = dict(work_on_cluster(blocks, load, elsewhere, config=config))
        for block in blocks:
            result = spread[block]
            # A block of which workers died is done here, so that what is wrong is raised.
            yield result if isinstance(result, BlockResult) else work(block, store)
        return
    most = min(config.run.count_processes(len(blocks)), len(blocks))
    number = choose_holders(len(blocks) * BLOCK_WORK, most=most, standby=standby)
    saved = work_in_processes(blocks, work, store=store, number=number, standby=standby)
    found = {block: result for some in saved for block, result in some}
    yield from (found[block] for block in blocks)


def load_block(block: Block, *, store: RunStore) -> LoadedBlock:
    """Return a block's documents as they are compared."""
    return LoadedBlock(block, store.load_texts(block.new), store.load_texts(block.others))


@dataclass
class _BlockWork:
    """Compares blocks of a database that nobody writes meanwhile; keeps the new ones, which several have."""

    references: Sequence[Reading]
    config: Config
    _held: tuple[tuple[str, ...], tuple[Reading, ...]] = ((), ())

    def __call__(self, block: Block, store: RunStore) -> BlockResult:
        if self._held[0] != block.new:
            self._held = block.new, store.load_texts(block.new)
        loaded = LoadedBlock(block, self._held[1], store.load_texts(block.others))
        return compare_block(loaded, self.config, references=self.references)
