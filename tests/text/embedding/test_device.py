from __future__ import annotations

from pathlib import Path

import pytest

from compliance.config import ModelConfig
from compliance.errors import ModelError
from compliance.text.embedding.device import Device, choose_kind, choose_torch_device


@pytest.mark.parametrize(
    ("cpu_info", "setting", "precision"),
    [
        pytest.param("flags\t\t: fpu avx512f avx512_bf16 gfni\n", "auto", "bf16", id="avx512-bf16"),
        pytest.param("flags\t\t: fpu amx_bf16 amx_tile\n", "auto", "bf16", id="amx"),
        pytest.param("Features\t: fp asimd bf16 i8mm\n", "auto", "bf16", id="arm"),
        pytest.param("flags\t\t: fpu avx2 avx512f\n", "auto", "fp32", id="emulated-only"),
        pytest.param(None, "auto", "fp32", id="system-does-not-tell"),
        pytest.param("flags\t\t: fpu avx2\n", "bf16", "bf16", id="set-bf16"),
        pytest.param("flags\t\t: fpu avx512_bf16\n", "fp32", "fp32", id="set-fp32"),
    ],
)
def test_torch_computes_in_what_the_processor_claims_unless_it_is_set(
    tmp_path: Path, cpu_info, setting, precision
) -> None:
    file = tmp_path / "cpuinfo"
    if cpu_info is not None:
        file.write_text(cpu_info)
    assert choose_torch_device(ModelConfig(precision=setting), "cpu", cpu_info=file) == Device("cpu", precision)


@pytest.mark.parametrize("precision", ["int8", "int8+bf16"])
def test_int8_is_for_the_default_model_on_a_processor(precision) -> None:
    with pytest.raises(ModelError, match=precision.replace("+", r"\+")):
        choose_torch_device(ModelConfig(name="another", precision=precision), "cpu")


def test_a_card_is_used_in_bf16() -> None:
    assert choose_torch_device(ModelConfig(), "cuda") == Device("cuda", "bf16")


def test_cuda_without_a_gpu_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("torch.cuda.is_available", lambda: False)
    with pytest.raises(ModelError, match="CUDA"):
        choose_kind(ModelConfig(device="cuda"), driver=tmp_path / "none")
    driver = tmp_path / "version"
    driver.write_text("NVRM")
    assert choose_kind(ModelConfig(), driver=driver) == "cpu"


def test_without_torch_a_card_is_not_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("compliance.text.embedding.device.find_spec", lambda name: None)
    driver = tmp_path / "version"
    driver.write_text("NVRM")
    assert choose_kind(ModelConfig(), driver=driver) == "cpu"
