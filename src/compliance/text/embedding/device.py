"""What the machine computes on, found out without loading torch where that can be avoided."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from compliance.config import ModelConfig
from compliance.errors import ModelError

CPU_INFO = Path("/proc/cpuinfo")
NVIDIA_DRIVER = Path("/proc/driver/nvidia/version")

# Flags of processors with bfloat16 matrix products: AVX-512 and AMX on x86, BF16 on Arm. Elsewhere bf16 is emulated,
# slower than fp32.
BF16_FLAGS = frozenset({"avx512_bf16", "amx_bf16", "bf16"})


@dataclass(frozen=True, slots=True)
class Device:
    """Where and in which precision vectors are computed."""

    kind: Literal["cpu", "cuda"]
    precision: Literal["bf16", "fp32"]


def choose_device(config: ModelConfig, *, cpu_info: Path = CPU_INFO, driver: Path = NVIDIA_DRIVER) -> Device:
    """Return the configured device, or the best there is; raises ModelError where CUDA is asked for and missing."""
    kind: Literal["cpu", "cuda"] = "cpu"
    if config.device == "cuda" or (config.device == "auto" and driver.exists()):
        kind = "cuda" if _has_cuda() else "cpu"
    if config.device == "cuda" and kind == "cpu":
        raise ModelError('device = "cuda", men PyTorch finner ingen CUDA-enhet. Bruk «auto» eller «cpu».')
    if config.precision != "auto":
        return Device(kind, config.precision)
    return Device(kind, "bf16" if kind == "cuda" or computes_bf16(cpu_info) else "fp32")


def computes_bf16(cpu_info: Path = CPU_INFO) -> bool:
    """Tell whether the processor says that it multiplies bfloat16 natively; False where the system does not tell."""
    try:
        lines = cpu_info.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    flags = [line.partition(":")[2].split() for line in lines if line.lower().startswith(("flags", "features"))]
    return any(BF16_FLAGS.intersection(words) for words in flags)


def _has_cuda() -> bool:
    import torch

    return torch.cuda.is_available()
