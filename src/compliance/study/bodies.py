"""Who sits in a structure that prioritises, and what it is for: sentences, items of lists and rows of tables."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import Final

from compliance.guidelines.study_rules import StudyCue, StudyRules
from compliance.records import BlockKind, Passage, Reading
from compliance.study.body_names import BodyName
from compliance.study.placing import find_item_start

_LEADS_ON: Final = re.compile(r"(?:[:;]|\b(?:er|skal))\s*$")  # what it tells follows it as a list
_REACH: Final = 24  # passages after the one that names it, within its chapter
_MAX_SENTENCES: Final = 4  # of one kind; items of a list and rows of a table are not counted
_ROLE: Final = re.compile(
    r"\b(?:medlem|leder|leiar|rolle|funksjon|observatør|sekretær|nestleder|nestleiar|vara)\w*", re.I
)

MEMBERS: Final = "structure_members"
MANDATE: Final = "structure_mandate"
_CUES: Final = ((StudyCue.MEMBERS, MEMBERS), (StudyCue.MANDATE, MANDATE))
_LEADS: Final = ((StudyCue.MEMBERS_LEAD, MEMBERS), (StudyCue.MANDATE_LEAD, MANDATE))

Said = tuple[str, Passage, int, int]  # what it tells of, and where


@dataclass(slots=True)
class _Body:
    """A body, where it was named, and how much has been told of it."""

    called: BodyName
    words: StudyRules
    home: tuple[str, ...]  # the headings above the passage that names it
    counts: dict[str, int] = field(default_factory=lambda: {MEMBERS: 0, MANDATE: 0})

    def is_named(self, text: str) -> bool:
        """Whether the text names the body or calls it by its kind."""
        return self.called.is_named(text)

    def counts_in(self, kind: str) -> bool:
        """Whether one more sentence of the kind is wanted; counts it."""
        self.counts[kind] += 1
        return self.counts[kind] <= _MAX_SENTENCES


def describe_body(reading: Reading, passage: Passage, called: BodyName, words: StudyRules) -> Iterator[Said]:
    """Yield ("structure_members" or "structure_mandate", passage, start, end) for each place that says so.

    A sentence speaks of a body that it names, or calls «forumet», «rådet», or that follows such a sentence at once. A
    list tells of it where its lead-in or the heading above it does, a table where its head or the text above it does.
    """
    body = _Body(called, words, passage.section)
    speaks = False
    for each in _list_chapter(reading, passage):
        if each.kind is BlockKind.LIST_ITEM:
            yield from _read_item(reading, each, body, speaks=speaks)
        elif each.table is not None:
            yield from _read_row(each, body, speaks=speaks)
        elif each.kind is not BlockKind.HEADING:
            speaks = yield from _read_sentences(reading, each, body)


def _list_chapter(reading: Reading, passage: Passage) -> list[Passage]:
    """Return the passage and those after it in its chapter, headings below it with what stands under them."""
    depth = len(passage.section)
    chapter = [passage]
    for each in reading.passages[passage.index + 1 : passage.index + 1 + _REACH]:
        if each.kind is BlockKind.HEADING and len(each.section) < depth:
            break
        chapter.append(each)
    return chapter


def _read_sentences(reading: Reading, passage: Passage, body: _Body) -> Generator[Said, None, bool]:
    """Yield the sentences of a passage that tell of the body; return whether the last one speaks of it."""
    speaks = False
    for start, end in passage.sentences:
        text = reading.document.text[start:end]
        named = body.is_named(text)
        cues = (StudyCue.MEMBERS, StudyCue.GOES_ON)
        follows = speaks and any(body.words.search(cue, text) for cue in cues)
        speaks = named or bool(follows)
        if not speaks or _LEADS_ON.search(text):
            continue
        for cue, kind in _CUES:
            if kind == MANDATE and body.words.search(StudyCue.NO_MANDATE, text):
                continue
            if body.words.search(cue, text) and body.counts_in(kind):
                yield kind, passage, start, end
    return speaks


def _read_item(reading: Reading, item: Passage, body: _Body, *, speaks: bool) -> Iterator[Said]:
    """Yield an item of a list whose lead-in, or the heading that it stands under, tells what its items are."""
    lead = next((each for each in reading.passages if each.id == item.lead_in), None)
    heading = item.section[-1].rstrip(" :") if item.section else ""
    told = f"{heading}:" if item.section != body.home or body.is_named(heading) else ""  # not the chapter's own heading
    if lead is not None and (speaks or body.is_named(lead.text)):
        told = reading.document.text[lead.sentences[-1].start : lead.end] if lead.sentences else lead.text
    for cue, kind in _LEADS:
        if body.words.search(cue, told):
            yield kind, item, find_item_start(item), item.end
            return


def _read_row(row: Passage, body: _Body, *, speaks: bool) -> Iterator[Said]:
    """Yield the row of a table of members: one whose head or first cells speak of roles."""
    table = row.table
    if table is None or not table.header:
        return
    head = " ".join((table.title or "", *table.header))
    if _ROLE.search(head) and (speaks or body.is_named(head)):
        yield MEMBERS, row, row.start, row.end
