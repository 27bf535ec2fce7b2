"""Which precision is fastest on this machine: measured once, in about a second, and kept beside the models.

The processor's flags do not tell. Of two processors that claim bf16, one computed these products in it 2.5 times as
fast as in fp32, the other 1.7 times as slowly.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import cast

from compliance.errors import ModelError, SettingsError
from compliance.files import write_atomically
from compliance.text.embedding.device import CPU_INFO, INT8, Precision, computes_bf16, read_flags

CHOICE_NAME = "precision.json"
TEXTS, PLACES = 2, 224  # a batch as windows of passages make it; what is fastest on short texts need not be on these
ROUNDS = 8  # of each in turn, added up: some systems count processor time in steps of 16 ms
LAYERS = 2  # all layers are alike
EDITION = "windows, four precisions, by processor time"  # of how it is measured; another is measured anew
EXACT_FIRST: tuple[Precision, ...] = ("fp32", "bf16", "int8", "int8+bf16")
# A less exact precision must be this much faster to be chosen: below that its rounding buys nothing.
WORTH = 1.15
WORTH_BESIDE_INT8 = 1.03  # where products are in int8 already, rounding the rest to bf16 changes hardly anything


@dataclass(frozen=True, slots=True)
class Choice:
    """The fastest precision, and how fast each was: tokens a second through all layers, on all threads."""

    machine: str
    precision: Precision
    tokens_per_second: Mapping[str, int]


def find_choice(root: Path) -> Choice | None:
    """Return what was measured on this machine; None where nothing was, or it cannot be read."""
    try:
        kept = json.loads((root / CHOICE_NAME).read_text(encoding="utf-8"))
        choice = Choice(**kept)
    except (OSError, ValueError, TypeError):
        return None
    return choice if choice.machine == identify_machine() and choice.precision in EXACT_FIRST else None


def choose_precision(root: Path) -> Precision:
    """Return the fastest precision on this machine, measured now where it was not before."""
    choice = find_choice(root)
    if choice is None:
        choice = _choose(measure_precisions())
        keep_choice(root, choice)
    return choice.precision


def keep_choice(root: Path, choice: Choice) -> None:
    """Write the choice beside the models. Raises ModelError where nothing can be written there."""
    try:
        with write_atomically(root / CHOICE_NAME) as file:
            file.write((json.dumps(asdict(choice), indent=2) + "\n").encode())
    except SettingsError as error:
        advice = "Velg en annen mappe med cache_folder under [model] i innstillingene."
        raise ModelError(f"{error}. {advice}") from error


def measure_precisions() -> dict[Precision, int]:
    """Return the tokens a second of every precision that this processor may be fast in."""
    from compliance.text.embedding.cpu.dummy import DEPTH
    from compliance.text.embedding.cpu.session import count_threads

    candidates = [each for each in EXACT_FIRST if not each.endswith("bf16") or computes_bf16()]
    spent = time_in_turn({each: _make_batch(each) for each in candidates})
    tokens = ROUNDS * TEXTS * PLACES * count_threads() * LAYERS / DEPTH
    return {precision: round(tokens / seconds) for precision, seconds in spent.items()}


def time_in_turn(
    batches: Mapping[Precision, Callable[[], object]], *, clock: Callable[[], float] = time.process_time
) -> dict[Precision, float]:
    """Return the processor seconds of each over ROUNDS, one after the other in each round, after one to warm up.

    By the clock on the wall, other work on the machine decided: of two measurements a minute apart one chose fp32, the
    other int8.
    """
    spent = dict.fromkeys(batches, 0.0)
    for number in range(1 + ROUNDS):
        for precision, compute in batches.items():
            begun = clock()
            compute()
            spent[precision] += clock() - begun if number else 0.0
    return spent


def choose_fastest(tokens_per_second: Mapping[Precision, int]) -> Precision:
    """Return the fastest; of two within WORTH of each other, the more exact."""
    chosen: Precision = "fp32"
    for precision in EXACT_FIRST:
        worth = WORTH_BESIDE_INT8 if chosen in INT8 else WORTH
        if tokens_per_second.get(precision, 0) > worth * tokens_per_second[chosen]:
            chosen = precision
    return chosen


def identify_machine(cpu_info: Path = CPU_INFO) -> str:
    """Return a hash of what speed depends on: processor, cores and OpenVINO's version."""
    parts: Sequence[str] = (
        platform.machine(),
        platform.processor(),
        *sorted(read_flags(cpu_info)),
        str(os.cpu_count()),
        version("openvino"),
        EDITION,
    )
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def _choose(tokens_per_second: Mapping[Precision, int]) -> Choice:
    precision = choose_fastest(tokens_per_second)
    return Choice(identify_machine(), precision, cast(Mapping[str, int], tokens_per_second))


def _make_batch(precision: Precision) -> Callable[[], object]:
    """Return what computes a batch, with layers of the default model's shape and random weights."""
    from compliance.text.embedding.cpu.dummy import make_feed, make_graph
    from compliance.text.embedding.cpu.session import compile_graph

    graph = make_graph(layers=LAYERS, int8=precision in INT8)
    request = compile_graph(graph.inputs, [graph.output], precision=precision)
    inputs = make_feed(TEXTS, PLACES).as_inputs()
    return partial(request.infer, inputs, share_inputs=True)
