"""OpenVINO's compiler, with the settings that this work asks for."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from filelock import FileLock

from compliance.extras import hide_modules
from compliance.text.embedding.device import Precision

with hide_modules("openvino.tools"):  # converters of models, whose imports take twice the time of all the rest
    import openvino as ov


def compile_graph(inputs: Sequence[ov.Node], outputs: Sequence[ov.Node], *, precision: Precision) -> ov.InferRequest:
    """Return a graph ready to run."""
    return _compile(ov.Model(list(outputs), list(inputs)), precision=precision)


def load_graph(path: Path, *, precision: Precision, compiled: Path) -> ov.InferRequest:
    """Return a graph that was saved, ready to run; what the compiler made of it is kept in the folder `compiled`.

    One process at a time: of two that compile at once, one fails where the other has put its file in place.
    """
    compiled.mkdir(parents=True, exist_ok=True)
    with FileLock(compiled.with_name(f"{compiled.name}.lock")):
        return _compile(path, precision=precision, cache=compiled)


def count_threads() -> int:
    """Return how many threads may compute: what OMP_NUM_THREADS says, as for all numeric libraries, or every core."""
    said = os.environ.get("OMP_NUM_THREADS", "")
    return int(said) if said.isdigit() and int(said) else os.cpu_count() or 1


def _compile(model: ov.Model | Path, *, precision: Precision, cache: Path | None = None) -> ov.InferRequest:
    settings: dict[str, object] = {
        "INFERENCE_PRECISION_HINT": "bf16" if precision.endswith("bf16") else "f32",  # of what is not in int8
        "INFERENCE_NUM_THREADS": count_threads(),
        "ENABLE_CPU_PINNING": False,  # pinned, every worker process computes on the same core
        "PERFORMANCE_HINT": "LATENCY",  # one batch at a time
    }
    if cache:
        settings["CACHE_DIR"] = str(cache)  # a third of the time to the first vector
    return ov.Core().compile_model(model, "CPU", settings).create_infer_request()
