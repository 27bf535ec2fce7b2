"""Count the rooms that a passage visits in analyse, and what the analysis costs without its encoder.

Run: `python benchmarks/trace_passage.py [DOCUMENT] [PASSAGE]` (a file and a passage's number, from 0). A room is a file
under `analyse/`; a visit is entering one anew with the passage, its text or a record about it among the arguments.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import FrameType

import numpy as np
from numpy.typing import NDArray

from compliance.analyse.build import Models
from compliance.analyse.classification.model import RULES, load_model
from compliance.config import Config
from compliance.pipeline import read_file
from compliance.records import Passage
from compliance.resources import Resources
from compliance.text.embedding.in_context import Window

SAMPLE = Path(__file__).parents[1] / "corpus/documents/havnesund_digitaliseringsstrategi_2023-2026.pdf"
ROOMS = "/compliance/analyse/"
DEPTH = 2  # how deep in a record the passage is looked for: a record of a record


class NoEncoder:
    """Keeps the encoders' protocols; vectors of zeros."""

    revision = "none"
    dimension = 384

    def encode(self, texts: Sequence[str | Window], **_: object) -> NDArray[np.float32]:
        """Return a row of zeros for each text, for each passage of a window."""
        rows = sum(len(each.texts) if isinstance(each, Window) else 1 for each in texts)
        return np.zeros((rows, self.dimension), np.float32)


def without_encoder() -> Resources:
    """Return resources whose trained model reads nothing."""
    resources = Resources(Config()).with_default_sets()
    model = resources.model
    goals = resources._find_goals(model.names.goals)
    resources.__dict__["models"] = Models(model, goals, NoEncoder(), load_model(RULES), NoEncoder())  # type: ignore[arg-type]
    return resources


class Trace:
    """Counts visits of one passage."""

    def __init__(self, passage: Passage) -> None:
        self._passage = passage
        self._texts = {
            passage.text,
            *(passage.text[a - passage.start : b - passage.start] for a, b in passage.sentences),
        }
        self.visits: Counter[str] = Counter()

    def __call__(self, frame: FrameType, event: str, _: object) -> None:
        """Note the call where it enters a room with the passage (for `sys.setprofile`)."""
        room = frame.f_code.co_filename
        if event != "call" or ROOMS not in room or frame.f_code.co_name.startswith("<"):
            return
        before = frame.f_back
        if before is not None and before.f_code.co_filename == room:
            return
        names = frame.f_code.co_varnames[: frame.f_code.co_argcount + frame.f_code.co_kwonlyargcount]
        if any(self._is_about(frame.f_locals.get(name), DEPTH) for name in names if name != "self"):
            self.visits[room.partition(ROOMS)[2]] += 1

    def _is_about(self, value: object, depth: int) -> bool:
        if isinstance(value, str):
            return value in self._texts
        if value is self._passage or getattr(value, "passage_id", None) == self._passage.id:
            return True
        if depth and is_dataclass(value) and getattr(value, "passage", None) is not None:
            return any(self._is_about(getattr(value, field.name), depth - 1) for field in fields(value))
        return False


def list_own(passages: tuple[Passage, ...]) -> Iterator[int]:
    """Yield the numbers of list items with a duty: the passages that meet most questions."""
    yield from (passage.index for passage in passages if passage.text.startswith("•") and " skal " in passage.text)


def main() -> None:
    """Print the rooms with their visits, and their sums."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("document", nargs="?", type=Path, default=SAMPLE)
    parser.add_argument("passage", nargs="?", type=int)
    arguments = parser.parse_args()
    resources = without_encoder()
    reading = read_file(arguments.document, config=resources.config)
    number = next(list_own(reading.passages)) if arguments.passage is None else arguments.passage
    resources.analyser_for(reading.profile)
    trace = Trace(reading.passages[number])
    sys.setprofile(trace)
    resources.analyse(reading)
    sys.setprofile(None)
    print(reading.passages[number].text)
    for room, count in trace.visits.most_common():
        print(f"{count:5} {room}")
    print(f"{len(trace.visits)} rooms, {trace.visits.total()} visits")


if __name__ == "__main__":
    main()
