"""Answers kept between runs: a file each in the user's cache folder, whole or not at all, checked when it is read."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from compliance.config import hash_parts
from compliance.errors import SettingsError
from compliance.files import write_atomically

_logger = logging.getLogger(__name__)


class KeptAnswer(BaseModel):
    """An answer with all that it is an answer to. `address` is where the text was sent then."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str
    prompt_sha256: str
    address: str
    content: str
    checksum: str

    @property
    def is_whole(self) -> bool:
        """Whether nothing of it was damaged."""
        return self.checksum == _sum_up(self.model, self.prompt_sha256, self.address, self.content)


@dataclass(frozen=True, slots=True)
class AnswerCache:
    """Answers by the model's name and the hash of what was sent.

    It is only a cache: what is damaged is asked for again, and where nothing can be written the log says so.
    """

    folder: Path

    def find(self, model: str, prompt_sha256: str) -> KeptAnswer | None:
        """Return the answer that was kept, or None."""
        path = self._place(model, prompt_sha256)
        try:
            kept = KeptAnswer.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValidationError):
            kept = None
        if kept and kept.is_whole and (kept.model, kept.prompt_sha256) == (model, prompt_sha256):
            return kept
        _logger.warning("Svaret i %s var skadet og hentes på nytt.", path)
        return None

    def keep(self, model: str, prompt_sha256: str, *, address: str, content: str) -> None:
        """Keep an answer."""
        checksum = _sum_up(model, prompt_sha256, address, content)
        kept = KeptAnswer(model=model, prompt_sha256=prompt_sha256, address=address, content=content, checksum=checksum)
        try:
            with write_atomically(self._place(model, prompt_sha256)) as file:
                file.write(kept.model_dump_json().encode("utf-8", "replace"))
        except SettingsError as error:  # a full disk must not stop a batch
            _logger.warning("Et svar kunne ikke tas vare på: %s", error)

    def _place(self, model: str, prompt_sha256: str) -> Path:
        name = hash_parts(model, prompt_sha256)
        return self.folder / name[:2] / f"{name}.json"


def _sum_up(*parts: str) -> str:
    return hash_parts(*map(repr, parts))
