"""Who sits in a structure that prioritises, and what it is for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from compliance.guidelines.study_rules import StudyCue, StudyRules
from compliance.records import BlockKind, Passage, Reading

_ENDINGS: Final = re.compile(
    r"(forum|råd|styre|utval|utvalg|gruppe|grupp|team|nemnd|komité|kontor|fond|arena|møte|torg)(?:et|a|en|n|e)?$",
    re.IGNORECASE,
)
_REACH: Final = 1  # passages after the one that names it, where sentences still speak of it
_MAX_SENTENCES: Final = 4  # of one kind


def describe_body(
    reading: Reading, passage: Passage, name: str, words: StudyRules
) -> Iterator[tuple[str, Passage, int, int]]:
    """Yield ("structure_members" or "structure_mandate", passage, start, end) for each sentence that says so.

    A sentence speaks of a body that it names, or calls «forumet», «rådet», or that follows such a sentence at once.
    """
    last = _ENDINGS.search(name)
    again = re.compile(rf"\b{re.escape(last[1])}(?:et|a|en|n|e)?\b", re.IGNORECASE) if last else None
    counts = {StudyCue.MEMBERS: 0, StudyCue.MANDATE: 0}
    for each in reading.passages[passage.index : passage.index + _REACH + 1]:
        if each.kind is BlockKind.HEADING:
            return
        speaks = False
        for start, end in each.sentences:
            text = reading.document.text[start:end]
            named = name.casefold() in text.casefold() or bool(again and again.search(text))
            members = words.search(StudyCue.MEMBERS, text)
            if not named and not (speaks and members):
                speaks = False
                continue
            speaks = True
            for cue, field in ((StudyCue.MEMBERS, "structure_members"), (StudyCue.MANDATE, "structure_mandate")):
                if words.search(cue, text) and counts[cue] < _MAX_SENTENCES:
                    counts[cue] += 1
                    yield field, each, start, end
