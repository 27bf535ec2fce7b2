"""Changed numbers and years between two wordings, in words: what a reader of a copy should look at first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from rapidfuzz.distance import Indel

from compliance.report.catalogue import Catalogue
from compliance.report.views.comparison import EDGES, WORD

NUMBER: Final = re.compile(r"\d[\d.,/–-]*\d|\d")
MARKER: Final = re.compile(r"^\W*\d{1,2}(?:\.\d{1,2})*[.)]?\s+(?=[A-ZÆØÅ])")
YEAR: Final = re.compile(r"(?:19|20)\d\d")
MAX_TOLD: Final = 6


def tell_changes(own: str, source: str, *, texts: Catalogue) -> tuple[str, ...]:
    """Return a sentence for each number that is another in the source, or that one side lacks."""
    here, there = _list_numbers(own), _list_numbers(source)
    sentences: list[str] = []
    removed: list[str] = []
    added: list[str] = []
    for step in Indel.opcodes(there, here):
        if step.tag == "equal":
            sentences += _tell(removed, added, texts)
            removed, added = [], []
        removed += there[step.src_start : step.src_end] if step.tag == "delete" else []
        added += here[step.dest_start : step.dest_end] if step.tag == "insert" else []
    return tuple([*sentences, *_tell(removed, added, texts)][:MAX_TOLD])


def _list_numbers(text: str) -> list[str]:
    """Return the numbers in order, without one that opens the text as a list's or a heading's does."""
    words = [word.strip(EDGES) for word in WORD.findall(MARKER.sub("", text))]
    found = [NUMBER.search(word) for word in words]
    return [match.group() for match in found if match]


def _tell(removed: Sequence[str], added: Sequence[str], texts: Catalogue) -> list[str]:
    changed = list(zip(removed, added, strict=False))
    sentences = [texts.text(f"change.{_kind(old, new)}", old=old, new=new) for old, new in changed if old != new]
    sentences += [texts.text("change.removed", number=old) for old in removed[len(changed) :]]
    sentences += [texts.text("change.added", number=new) for new in added[len(changed) :]]
    return sentences


def _kind(old: str, new: str) -> str:
    return "year" if YEAR.fullmatch(old) and YEAR.fullmatch(new) else "number"
