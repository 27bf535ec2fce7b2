"""BERT's forward pass over texts laid end to end, without padding in the matrix products."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from compliance.text.embedding.in_context import Tokens, lay_whole

if TYPE_CHECKING:
    import torch

EPSILON = 1e-12  # BERT's, in every layer norm


@dataclass(frozen=True, slots=True)
class Linear:
    """A matrix with its bias."""

    weight: torch.Tensor
    bias: torch.Tensor

    def multiply(self, rows: torch.Tensor) -> torch.Tensor:
        """Return the rows times the matrix plus the bias."""
        from torch.nn import functional

        return functional.linear(rows, self.weight, self.bias)


@dataclass(frozen=True, slots=True)
class TorchLayer:
    """One layer's weights; query, key and value are one matrix."""

    attention_in: Linear
    attention_out: Linear
    attention_norm: Linear
    widen: Linear
    narrow: Linear
    output_norm: Linear


@dataclass(frozen=True, slots=True)
class TorchWeights:
    """All weights; embeddings stay fp32."""

    words: torch.Tensor
    positions: torch.Tensor  # with the embedding of token type 0 added
    norm: Linear
    layers: tuple[TorchLayer, ...]
    heads: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the tokens of a batch stand: end to end in `tokens` rows, or side by side in `texts × longest` places."""

    lengths: torch.Tensor
    longest: int
    places: torch.Tensor | None  # place of each row; None where all texts are equally long
    mask: torch.Tensor | None  # added to attention: 0 for a token, minus infinity for a place without

    @property
    def texts(self) -> int:
        """Number of texts."""
        return len(self.lengths)

    def spread(self, rows: torch.Tensor) -> torch.Tensor:
        """Lay rows out side by side, zeros where a text is shorter than the longest."""
        if self.places is None:
            return rows
        return rows.new_zeros(self.texts * self.longest, rows.shape[1]).index_copy_(0, self.places, rows)

    def gather(self, places: torch.Tensor) -> torch.Tensor:
        """Return the rows of the tokens, end to end."""
        return places if self.places is None else places.index_select(0, self.places)


def embed_tokens(weights: TorchWeights, tokens: Sequence[list[int]]) -> torch.Tensor:
    """Return the unit-length mean of each text's last hidden states, fp32, shape (texts, width)."""
    from torch.nn import functional

    return functional.normalize(average_spans(weights, [lay_whole(ids) for ids in tokens]))


def average_spans(weights: TorchWeights, texts: Sequence[Tokens]) -> torch.Tensor:
    """Return the mean of the last hidden states of each text's each span, fp32, shape (spans, width)."""
    lengths = [len(each.ids) for each in texts]
    layout, positions = lay_out(lengths, device=weights.words.device)
    layout = hide_unseen(layout, texts, device=weights.words.device)
    rows = look_up(weights, [each.ids for each in texts], positions)
    for layer in weights.layers:
        rows = run_layer(layer, rows, layout=layout, heads=weights.heads)
    return average_rows(rows, lengths=lengths, spans=[each.spans for each in texts])


def hide_unseen(layout: Layout, texts: Sequence[Tokens], *, device: torch.device) -> Layout:
    """Return the layout with what each token of the texts does not see."""
    import torch

    if all(each.reaches == (len(each.ids),) and each.spans[0][0] == 0 for each in texts):
        return layout
    seen = torch.from_numpy(np.stack([each.mark_seen(layout.longest) for each in texts])[:, None]).to(device)
    mask = torch.zeros(seen.shape, device=device).masked_fill_(~seen, -math.inf)
    return replace(layout, mask=mask)


def look_up(weights: TorchWeights, tokens: Sequence[Sequence[int]], positions: torch.Tensor) -> torch.Tensor:
    """Return what the first layer is given, a row for each token."""
    import torch

    ids = torch.tensor([token for text in tokens for token in text], device=weights.words.device)
    rows = normalise(weights.words[ids] + weights.positions[positions], weights.norm)
    return rows.to(weights.layers[0].widen.weight.dtype)


def average_rows(
    rows: torch.Tensor, *, lengths: Sequence[int], spans: Sequence[Sequence[tuple[int, int]]]
) -> torch.Tensor:
    """Return the mean row of each text's each span; the texts' rows lie end to end."""
    import torch

    places, counts, first = [], [], 0
    for length, parts in zip(lengths, spans, strict=True):
        places += [place for start, end in parts for place in range(first + start, first + end)]
        counts += [end - start for start, end in parts]
        first += length
    sizes = torch.tensor(counts, device=rows.device)
    owners = torch.repeat_interleave(torch.arange(len(counts), device=rows.device), sizes)
    sums = torch.zeros(len(counts), rows.shape[1], device=rows.device)
    sums = sums.index_add(0, owners, rows[torch.tensor(places, device=rows.device)].float())
    return sums / sizes[:, None]


def lay_out(lengths: Sequence[int], *, device: torch.device) -> tuple[Layout, torch.Tensor]:
    """Return the batch's layout and the position of each token in its text."""
    import torch

    longest = max(lengths)
    counts = torch.tensor(lengths, device=device)
    columns = torch.arange(longest, device=device).expand(len(lengths), longest)
    taken = columns < counts[:, None]
    if min(lengths) == longest:
        return Layout(counts, longest, places=None, mask=None), columns.reshape(-1)
    mask = torch.zeros(len(lengths), 1, 1, longest, device=device).masked_fill_(~taken[:, None, None], -math.inf)
    return Layout(counts, longest, places=taken.flatten().nonzero().squeeze(1), mask=mask), columns[taken]


def run_layer(layer: TorchLayer, rows: torch.Tensor, *, layout: Layout, heads: int) -> torch.Tensor:
    """Return the rows after attention and feed-forward, each added to its input and normalised."""
    from torch.nn import functional

    attended = attend(layer.attention_in.multiply(rows), layout=layout, heads=heads)
    rows = normalise(rows + layer.attention_out.multiply(attended), layer.attention_norm)
    wide = functional.gelu(layer.widen.multiply(rows))
    return normalise(rows + layer.narrow.multiply(wide), layer.output_norm)


def attend(projected: torch.Tensor, *, layout: Layout, heads: int) -> torch.Tensor:
    """Return what each token takes from the tokens of its own text.

    `projected` holds query, key and value side by side. The softmax is computed in fp32: in bf16 it is slower and
    less exact, and the fused attention of torch took four times as long on texts of 20 to 100 tokens.
    """
    import torch

    texts, longest, width = layout.texts, layout.longest, projected.shape[1] // 3
    size = width // heads
    places = layout.spread(projected).view(texts, longest, 3, heads, size)
    query, key, value = places.permute(2, 0, 3, 1, 4).reshape(3, texts * heads, longest, size)
    strength = torch.bmm(query, key.transpose(1, 2)).float().mul_(1 / math.sqrt(size))
    if layout.mask is not None:
        strength.view(texts, heads, longest, longest).add_(layout.mask)
    taken = torch.bmm(strength.softmax(-1).to(value.dtype), value)
    merged = taken.view(texts, heads, longest, size).transpose(1, 2).reshape(texts * longest, width)
    return layout.gather(merged)


def normalise(rows: torch.Tensor, norm: Linear) -> torch.Tensor:
    """Return the rows with mean 0 and variance 1, scaled and shifted."""
    from torch.nn import functional

    return functional.layer_norm(rows, (rows.shape[1],), norm.weight, norm.bias, EPSILON)
