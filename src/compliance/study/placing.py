"""Where in a document a row rests: the passage, its page and the words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

from compliance.records import Evidence, Fact, Passage, Reading


class Place(TypedDict):
    """The fields that every row has of where it rests."""

    document_id: str
    passage_id: str
    page: int | None
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Readings:
    """The study's documents, looked up by document and passage."""

    readings: Mapping[str, Reading]
    passages: Mapping[str, Passage]

    def place(self, passage: Passage, start: int | None = None, end: int | None = None) -> Place:
        """Return where the words from `start` to `end` are, the whole passage where they are not given."""
        document = self.readings[passage.document_id].document
        first = passage.start if start is None else start
        last = passage.end if end is None else end
        return Place(
            document_id=document.id,
            passage_id=passage.id,
            page=find_page(passage) if document.has_pages else None,
            start=first,
            end=last,
            quote=document.text[first:last],
        )

    def place_fact(self, fact: Fact) -> Place:
        """Return the sentence that a fact was read from."""
        passage = self.passages[fact.passage_id]
        evidence = next((each for each in fact.evidence if each.start is not None), None)
        return self.place(passage, *find_sentence(passage, evidence))

    def place_id(self, passage_id: str) -> Place | None:
        """Return where a passage is, None for one that is gone."""
        passage = self.passages.get(passage_id)
        return self.place(passage) if passage else None

    def owner_text(self, document_id: str) -> str:
        """Return a document's text."""
        return self.readings[document_id].document.text


def index_readings(readings: Sequence[Reading]) -> Readings:
    """Return the readings with their passages looked up by id."""
    return Readings(
        {each.document.id: each for each in readings},
        {passage.id: passage for each in readings for passage in each.passages},
    )


def find_sentence(passage: Passage, evidence: Evidence | None) -> tuple[int, int]:
    """Return the sentence that holds the evidence, the whole passage where there is none."""
    if evidence is None or evidence.start is None or evidence.end is None:
        return passage.start, passage.end
    for start, end in passage.sentences:
        if start <= evidence.start < end:
            return start, max(end, min(evidence.end, passage.end))
    return passage.start, passage.end


def find_lead_in(reading: Reading, item: Passage) -> str:
    """Return the sentence that leads the list of an item in, empty for none."""
    lead = next((each for each in reading.passages if item.lead_in and each.id == item.lead_in), None)
    if lead is None:
        return ""
    return reading.document.text[lead.sentences[-1][0] : lead.end] if lead.sentences else lead.text


def find_item_start(item: Passage) -> int:
    """Return where a list item's own text begins, after its marker."""
    marker = item.marker or ""
    text = item.text.removeprefix(marker)
    return item.end - len(text.lstrip())


def find_page(passage: Passage) -> int | None:
    """Return the first page of a passage, None where it has none."""
    return passage.pages[0] if passage.pages else None
