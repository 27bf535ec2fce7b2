from __future__ import annotations

import json
from pathlib import Path

import pytest

from compliance.config import ModelConfig
from compliance.errors import ModelError
from compliance.text.embedding.batches import plan_batches
from compliance.text.embedding.cpu import measure
from compliance.text.embedding.cpu.measure import CHOICE_NAME, choose_fastest, choose_precision, find_choice
from compliance.text.embedding.loading import load_encoder


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list with an entry for every measurement; int8 is fastest."""
    times: list[int] = []
    monkeypatch.setattr(measure, "measure_precisions", lambda: times.append(1) or {"fp32": 900, "int8": 3000})
    return times


@pytest.mark.parametrize(
    ("speeds", "chosen"),
    [
        pytest.param({"fp32": 1000, "int8": 3000}, "int8", id="int8-is-fastest"),
        pytest.param({"fp32": 1000, "bf16": 1700, "int8": 2900}, "int8", id="int8-is-faster-than-bf16"),
        pytest.param({"fp32": 1000, "bf16": 2500, "int8": 2700}, "bf16", id="of-two-near-the-more-exact"),
        pytest.param({"fp32": 1000, "bf16": 1700, "int8": 2900, "int8+bf16": 3100}, "int8+bf16", id="the-rest"),
        pytest.param({"fp32": 1000, "bf16": 1700, "int8": 2900, "int8+bf16": 2950}, "int8", id="no-gain-by-the-rest"),
        pytest.param({"fp32": 1000, "bf16": 2500, "int8": 2400, "int8+bf16": 2700}, "bf16", id="int8-is-not-worth-it"),
        pytest.param({"fp32": 1000, "bf16": 600, "int8": 1100}, "fp32", id="nothing-is-worth-rounding"),
    ],
)
def test_the_fastest_is_chosen_where_it_is_worth_its_rounding(speeds, chosen) -> None:
    assert choose_fastest(speeds) == chosen


def test_the_machine_is_measured_once(tmp_path: Path, measured) -> None:
    assert find_choice(tmp_path) is None
    assert [choose_precision(tmp_path), choose_precision(tmp_path)] == ["int8", "int8"]
    assert len(measured) == 1
    assert find_choice(tmp_path).tokens_per_second == {"fp32": 900, "int8": 3000}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"machine": "another"}, id="moved-to-another-machine"),
        pytest.param({"precision": "int4"}, id="unknown-precision"),
        pytest.param({"unknown": 1}, id="unknown-field"),
    ],
)
def test_what_does_not_hold_here_is_measured_again(tmp_path: Path, measured, change) -> None:
    choose_precision(tmp_path)
    file = tmp_path / CHOICE_NAME
    file.write_text(json.dumps(json.loads(file.read_text()) | change))
    assert choose_precision(tmp_path) == "int8"
    assert len(measured) == 2


def test_a_damaged_file_is_measured_again(tmp_path: Path, measured) -> None:
    (tmp_path / CHOICE_NAME).write_text("{")
    choose_precision(tmp_path)
    assert len(measured) == 1


def test_what_the_settings_say_is_not_measured(tmp_path: Path, measured) -> None:
    encoder = load_encoder(ModelConfig(cache_folder=tmp_path, device="cpu", precision="fp32"))
    assert "/fp32" in encoder.revision
    assert not measured
    assert "/int8" in load_encoder(ModelConfig(cache_folder=tmp_path, device="cpu")).revision


def test_every_precision_is_measured_in_tokens_a_second() -> None:
    speeds = measure.measure_precisions()
    assert {"fp32", "int8"} <= set(speeds)
    assert all(speed > 0 for speed in speeds.values())


def test_what_is_timed_is_a_batch_of_windows() -> None:
    windows = [220] * 9  # tokens, of as many characters as a window may have
    batch = next(plan_batches(windows, max_texts=ModelConfig().batch_size))
    assert (len(batch.texts), batch.length) == (measure.TEXTS, measure.PLACES)


def test_precisions_take_turns_and_the_first_round_warms_up() -> None:
    now, done = [0.0], []

    def compute(precision: str, seconds: float) -> None:
        done.append(precision)
        now[0] += seconds * (100 if len(done) <= 2 else 1)  # the first of each loads and compiles

    batches = {"fp32": lambda: compute("fp32", 2.0), "int8": lambda: compute("int8", 0.5)}
    spent = measure.time_in_turn(batches, clock=lambda: now[0])
    assert spent == {"fp32": 2.0 * measure.ROUNDS, "int8": 0.5 * measure.ROUNDS}
    assert done == ["fp32", "int8"] * (1 + measure.ROUNDS)


def test_other_flags_are_another_machine(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("one", "other")]
    files[0].write_text("flags : avx2\n")
    files[1].write_text("flags : avx2 avx512_vnni\n")
    assert measure.identify_machine(files[0]) != measure.identify_machine(files[1])


def test_where_the_choice_cannot_be_kept_another_folder_is_advised(tmp_path: Path, measured) -> None:
    (tmp_path / "models").touch()
    with pytest.raises(ModelError, match="Velg en annen mappe med cache_folder"):
        choose_precision(tmp_path / "models")
