"""What the machine computes on, found out without loading torch where that can be avoided."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from compliance.config import ModelConfig
from compliance.errors import ModelError

CPU_INFO = Path("/proc/cpuinfo")
NVIDIA_DRIVER = Path("/proc/driver/nvidia/version")

# Flags of processors with bfloat16 matrix products: AVX-512 and AMX on x86, BF16 on Arm. Elsewhere bf16 is emulated,
# slower than fp32.
BF16_FLAGS = frozenset({"avx512_bf16", "amx_bf16", "bf16"})

Kind = Literal["cpu", "cuda"]
# Of matrix products with weights, and after the plus sign of all that is not in int8 (without one: fp32).
Precision = Literal["int8+bf16", "int8", "bf16", "fp32"]
INT8: frozenset[Precision] = frozenset({"int8+bf16", "int8"})


@dataclass(frozen=True, slots=True)
class Device:
    """Where and in which precision vectors are computed."""

    kind: Kind
    precision: Precision


def choose_kind(config: ModelConfig, *, driver: Path = NVIDIA_DRIVER) -> Kind:
    """Return the configured device, or the best there is; raises ModelError where CUDA is asked for and missing."""
    if config.device == "cuda" or (config.device == "auto" and driver.exists()):
        if _has_cuda():
            return "cuda"
        if config.device == "cuda":
            raise ModelError(
                'device = "cuda", men PyTorch finner ingen CUDA-enhet. Bruk «auto» eller «cpu», eller installer '
                "PyTorch for CUDA (pytorch.org) ved siden av programmet."
            )
    return "cpu"


def choose_torch_device(config: ModelConfig, kind: Kind, *, cpu_info: Path = CPU_INFO) -> Device:
    """Return the device for what torch computes; raises ModelError where int8 is asked for, which torch has not."""
    if config.precision in INT8:
        raise ModelError(
            f'precision = "{config.precision}" gjelder standardmodellen på prosessor. Bruk «auto», «bf16» eller «fp32» '
            "med andre modeller og på skjermkort."
        )
    if config.precision != "auto":
        return Device(kind, config.precision)
    return Device(kind, "bf16" if kind == "cuda" or computes_bf16(cpu_info) else "fp32")


def computes_bf16(cpu_info: Path = CPU_INFO) -> bool:
    """Whether the processor says that it multiplies bfloat16 natively; False where the system does not tell."""
    return bool(BF16_FLAGS.intersection(read_flags(cpu_info)))


def read_flags(cpu_info: Path = CPU_INFO) -> frozenset[str]:
    """Return what the processor says it can do; nothing where the system does not tell."""
    try:
        lines = cpu_info.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return frozenset()
    flags = (line.partition(":")[2].split() for line in lines if line.lower().startswith(("flags", "features")))
    return frozenset(flag for words in flags for flag in words)


def _has_cuda() -> bool:
    if find_spec("torch") is None:
        return False
    import torch

    return torch.cuda.is_available()
