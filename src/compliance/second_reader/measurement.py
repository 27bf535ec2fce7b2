"""How good a reader was found to be, kept so that an analysis can say whether it was ever measured."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from compliance.config import hash_parts
from compliance.files import write_atomically

LEAST_F1 = 0.75  # of goals, on the passages that it is asked about; under it, its opinion misleads more than it helps


class Measurement(BaseModel):
    """A reader's micro F1 of goals on gold passages that ours is in doubt about, with its 90 % interval."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str
    prompt_sha256: str  # of prompt.toml
    f1: float
    low: float
    high: float
    passages: int

    @property
    def is_usable(self) -> bool:
        """Whether the reader is good enough to be listened to."""
        return self.f1 >= LEAST_F1

    def describe(self) -> str:
        """Return in a sentence or two how good the reader is, and whether to use it."""
        figure = f"F1 {self.f1:.2f} ({self.low:.2f}–{self.high:.2f}) på {self.passages} avsnitt"
        if not self.is_usable:
            return f"«{self.model}» er målt til {figure}. Det er under {LEAST_F1:g}: ikke bruk den."
        if self.low < LEAST_F1:
            return f"«{self.model}» er målt til {figure}. Usikkert om den når {LEAST_F1:g}: mål den på flere avsnitt."
        return f"«{self.model}» er målt til {figure}, og kan brukes."


@dataclass(frozen=True, slots=True)
class Measurements:
    """The measurements made on this machine."""

    folder: Path

    def find(self, model: str, prompt_sha256: str) -> Measurement | None:
        """Return the newest measurement of the model with these texts; None where there is none that can be read."""
        try:
            found = Measurement.model_validate_json(self._place(model, prompt_sha256).read_bytes())
        except (OSError, ValidationError):
            return None
        return found if (found.model, found.prompt_sha256) == (model, prompt_sha256) else None

    def keep(self, measurement: Measurement) -> None:
        """Keep a measurement in place of an earlier one. Raises SettingsError where it cannot be written."""
        with write_atomically(self._place(measurement.model, measurement.prompt_sha256)) as file:
            file.write(measurement.model_dump_json(indent=1).encode())

    def _place(self, model: str, prompt_sha256: str) -> Path:
        return self.folder / f"{hash_parts('measured', model, prompt_sha256)}.json"
