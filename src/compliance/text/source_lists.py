"""Which passages are entries in a document's list of sources: they name others' texts and say nothing of the plan."""

from __future__ import annotations

import re
from collections.abc import Sequence

from compliance.records import BlockKind, Passage

_TITLE = re.compile(
    r"\W*(?:\d{1,2}(?:\.\d{1,2})*\.?\s*)?"
    r"(?:referans(?:er|ar|eliste)|litteratur(?:liste|referans[ea]r)?|kilde(?:r|liste|henvisninger)"
    r"|kjelde(?:r|liste|tilvisingar)|bibliografi)(?:\s*(?:og|/)\s*(?:\w+\s*){1,2})?\W*",
    re.IGNORECASE,
)
_MAX_TITLE = 50  # characters
_ENDS = re.compile(r"\W*(?:vedlegg|tillegg|\d{1,2}(?:\.\d{1,2})*\.?\s+[A-ZÆØÅ])", re.IGNORECASE)
_DATED = re.compile(r"\((?:19|20)\d\d\b|https?:|www\.")
_OWN_WORDS = re.compile(
    r"\b(?:[Vv]i|[Kk]ommun(?:en|a)|[A-ZÆØÅ]\w+ kommune)\s+(?:\w+\s+)?(?:skal|vil|må|bør)\b"
    r"|\b(?:skal|vil|må|bør)\s+(?:vi|kommun(?:en|a))\b"
)


def find_source_entries(passages: Sequence[Passage]) -> frozenset[str]:
    """Return the ids of the passages that stand in a list of sources, its title left out.

    A list goes from a title of its own («Referanser», «Kjelder:») to the next heading of the same level, an appendix or
    the end of the document. A passage in which the municipality says what it shall do is no entry, wherever it stands,
    unless it bears a year or an address as an entry does.
    """
    found: list[str] = []
    title: Passage | None = None
    for passage in passages:
        if _is_title(passage):
            title = passage
        elif title is not None and _ends_list(passage, title):
            title = None
        elif title is not None and (_DATED.search(passage.text) or not _OWN_WORDS.search(passage.text)):
            found.append(passage.id)
    return frozenset(found)


def _is_title(passage: Passage) -> bool:
    return (
        passage.kind in {BlockKind.HEADING, BlockKind.PARAGRAPH}
        and len(passage.text) <= _MAX_TITLE
        and _TITLE.fullmatch(passage.text) is not None
    )


def _ends_list(passage: Passage, title: Passage) -> bool:
    """Tell whether a heading or an appendix ends the list; headings within a list are deeper than its title."""
    if passage.kind is BlockKind.HEADING:
        return title.kind is not BlockKind.HEADING or (passage.level or 1) <= (title.level or 1)
    return len(passage.text) <= _MAX_TITLE and _ENDS.match(passage.text) is not None
