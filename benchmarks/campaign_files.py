"""What becomes of damaged and hostile files: each is read, read with a warning, or rejected with a reason.

Imported by campaign.py, which tells what each part found.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from compliance.config import Config, override
from compliance.records import Analysis, Reading, Rejected, RejectionReason
from compliance.runs.isolation import read_each
from hostile_files import HOSTILE

SAMPLES = Path(__file__).resolve().parent.parent / "corpus" / "documents"
MAX_NAMED = 100  # files of which each is named with its answer, on stderr
LIMITS = {"run.document_seconds": 15, "run.page_seconds": 1, "run.document_memory_mb": 1000}

Work: TypeAlias = Callable[..., Iterator[tuple[Path, Analysis | Reading | Rejected]]]


@dataclass(slots=True)
class Tally:
    """What became of the files of one part, and what was not as it should be."""

    outcomes: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def note(self, name: str, result: Analysis | Reading | Rejected) -> None:
        """Count one file; an error of ours is a fault, and so is a rejection without a word of what to do."""
        result = result.reading if isinstance(result, Analysis) else result
        if isinstance(result, Reading):
            quality = result.document.quality
            self.outcomes["read with a warning" if quality and quality.warnings else "read"] += 1
            return
        self.outcomes[f"rejected: {result.reason}"] += 1
        if result.reason is RejectionReason.FAILED or not result.detail:
            self.faults.append(f"{name}: {result.detail}")

    def describe(self) -> str:
        """Return the counts on one line, the most frequent first, and each fault on one."""
        counts = ", ".join(f"{count} {name}" for name, count in self.outcomes.most_common())
        return "\n".join([counts, *(f"  FAULT {fault}" for fault in self.faults)])


def read_files(files: Sequence[Path], *, work: Work = read_each) -> Tally:
    """Read files as a run does, or analyse them, within limits."""
    tally, started = Tally(), time.monotonic()
    for path, result in work(files, config=override(Config(), LIMITS)):
        tally.note(path.name, result)
        if sum(tally.outcomes.values()) % MAX_NAMED == 0:
            print(f"  {time.monotonic() - started:.0f} s {tally.describe()}", file=sys.stderr)
        if len(files) <= MAX_NAMED:
            said = result.detail if isinstance(result, Rejected) else "read"
            print(f"  {time.monotonic() - started:.0f} s {path.name}: {said}", file=sys.stderr)
    missing = len(files) - sum(tally.outcomes.values())
    if missing:
        tally.faults.append(f"{missing} files have no outcome")
    return tally


def read_hostile(folder: Path, names: Sequence[str] = tuple(HOSTILE), *, work: Work = read_each) -> Tally:
    """Read each hostile file."""
    folder.mkdir(parents=True)
    for name in names:
        (folder / name).write_bytes(HOSTILE[name]())
    return read_files([folder / name for name in names], work=work)


def read_mutations(folder: Path, count: int, seed: int, *, work: Work = read_each) -> Tally:
    """Read so many damaged copies of the sample documents."""
    folder.mkdir(parents=True)
    chosen = random.Random(seed)
    sources = sorted(path for path in SAMPLES.iterdir() if path.suffix in {".pdf", ".docx"})
    page = make_web_page(sources, folder)
    sources += [page] * (len(sources) // 2)
    files = []
    for number in range(count):
        source = chosen.choice(sources)
        files.append(folder / f"{number:05d}{source.suffix}")
        files[-1].write_bytes(mutate(source.read_bytes(), chosen))
    return read_files(files, work=work)


def make_web_page(sources: Sequence[Path], folder: Path) -> Path:
    """Return a web page with the text of the first document that can be read."""
    reading = next(result for _, result in read_each(sources[:1], config=Config()) if isinstance(result, Reading))
    paragraphs = "".join(f"<p>{passage.text}</p>\n" for passage in reading.passages)
    path = folder / "source.html"
    path.write_text(f"<html><head><title>Plan</title></head><body>{paragraphs}</body></html>", encoding="utf-8")
    return path


def mutate(content: bytes, chosen: random.Random) -> bytes:
    """Return the bytes damaged in one of five ways: flipped, cut off, cut out, doubled, zeroed."""
    damaged = bytearray(content)
    first = chosen.randrange(len(content))
    length = chosen.randrange(1, 4096)
    match chosen.randrange(5):
        case 0:
            for _ in range(chosen.randrange(1, 64)):
                damaged[chosen.randrange(len(damaged))] ^= 1 << chosen.randrange(8)
        case 1:
            del damaged[max(first, 100) :]
        case 2:
            del damaged[first : first + length]
        case 3:
            damaged[first:first] = damaged[first : first + length]
        case _:
            damaged[first : first + length] = bytes(len(damaged[first : first + length]))
    return bytes(damaged)
