"""Where another's stretch begins, and which passages in it are the other's."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from compliance.analyse.attribution.cues import (
    FROM,
    NAMED_TITLE,
    SignReader,
    Signs,
    find_question,
    is_item,
    names_place,
    opens_chapter,
)
from compliance.analyse.attribution.decision import LIKELY, SURE, Borrowed, Frame, Reach, Verdict
from compliance.analyse.attribution.passages import name_source
from compliance.guidelines.cues import OTHER, AttributionKind
from compliance.records import Evidence, EvidenceKind, Passage

_MIN_THEORY = 6  # words; fewer are a title
_MARKDOWN_QUOTE = re.compile(r"^\W*!!!\s*quote\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{3}[.!?])\s+(?=[A-ZÆØÅ])")  # not after «St.» and «jf.»


@dataclass(frozen=True, slots=True)
class FrameReader:
    """Opens and closes the stretches of one document in which another speaks."""

    reader: SignReader
    municipality: str | None
    municipal: bool  # not a national body's own

    def read_heading(self, heading: Passage, signs: Signs, frame: Frame | None) -> Frame | None:
        """Return the stretch after a heading: one that names a document opens it, another chapter ends it."""
        named = self.reader.find_document(heading.text)
        opener = Evidence(EvidenceKind.HEADING, heading.text, LIKELY)
        own = signs.own or AttributionKind.OWN_CHAPTER in signs
        if named and not own:
            return Frame(named.source, opener, Reach.SECTION)
        if self.municipal and not own and self._is_theory(heading):
            return Frame(OTHER, opener, Reach.CHAPTER, Borrowed.UNCLEAR)
        if find_question(heading.text, signs.named) and self.municipal:
            return Frame(OTHER, opener, Reach.NEXT, Borrowed.COPIED)
        return None if opens_chapter(heading) else frame

    def read_passage(self, passage: Passage, signs: Signs, frame: Frame | None, *, borrowed: bool) -> Frame | None:
        """Return the stretch after a passage: the one it opens, or the one it is in unless it ends that."""
        opened = self._open_frame(passage, signs, frame)
        if opened or frame is None or frame.reach is Reach.NEXT:
            return opened
        speaks = signs.own and frame.reach is not Reach.CHAPTER
        ends = not borrowed and (speaks or frame.reach is Reach.ITEMS)
        return None if ends else frame

    def inherit(self, passage: Passage, signs: Signs, frame: Frame | None) -> Verdict | None:
        """Take a passage in another's stretch for the other's, unless it speaks of the source or for itself."""
        if frame is None or signs.named or (signs.own and not self._belongs_to_list(frame, passage)):
            return None
        has_voice = frame.reach is Reach.SECTION and AttributionKind.VOICE in signs
        if frame.reach is Reach.CHAPTER and not _reads_as_theory(passage.text):
            return None
        if frame.reach in {Reach.NEXT, Reach.CHAPTER} or is_item(passage) or has_voice:
            return Verdict(frame.label, frame.source, LIKELY, (frame.opener,))
        return None

    def _is_theory(self, heading: Passage) -> bool:
        """Tell whether the heading, or one above it, is over a chapter of theory."""
        headings = (*heading.section, heading.text)
        return any(AttributionKind.THEORY in self.reader.read(each, municipality=None) for each in headings)

    def _belongs_to_list(self, frame: Frame, passage: Passage) -> bool:
        """Tell an item of the list that a source's lead-in opened; there even «kommunen» is the source's word."""
        itself = names_place(passage.text, self.municipality)
        return frame.reach is Reach.ITEMS and is_item(passage) and not itself

    def _open_frame(self, passage: Passage, signs: Signs, frame: Frame | None) -> Frame | None:
        opener = Evidence(EvidenceKind.NEIGHBOUR, passage.id, LIKELY)
        if _MARKDOWN_QUOTE.match(passage.text):
            return Frame(name_source(signs, frame), replace(opener, score=SURE), Reach.NEXT)
        if not self.municipal:
            return None
        if passage.text.rstrip().endswith(":"):
            return self._open_list(passage, opener)
        if signs.own:
            return None
        if find_question(passage.text, signs.named):
            return Frame(name_source(signs, frame), opener, Reach.NEXT, Borrowed.COPIED)
        return self._open_named(passage.text, signs, opener) if signs.named else None

    def _open_list(self, passage: Passage, opener: Evidence) -> Frame | None:
        """Read a lead-in by its last sentence: what comes before it may be the municipality's."""
        sentence = _SENTENCE_END.split(passage.text.strip())[-1]
        signs = self.reader.read(sentence, municipality=self.municipality)
        built_on = signs.cues.get(AttributionKind.BUILDS_ON)
        if signs.own or signs.named is None or (built_on and built_on.start < signs.named.start):
            return None
        if FROM.match(sentence) and self.reader.find_document(sentence):
            return Frame(signs.named.source, opener, Reach.SECTION)
        leads_in = AttributionKind.LEAD_IN in signs or self.reader.find_document(sentence) is not None
        return Frame(signs.named.source, opener, Reach.ITEMS) if leads_in else None

    def _open_named(self, text: str, signs: Signs, opener: Evidence) -> Frame | None:
        source = name_source(signs, None)
        if FROM.match(text) and self.reader.find_document(text[:100]):
            return Frame(source, opener, Reach.SECTION)
        if NAMED_TITLE.match(text):
            return Frame(source, opener, Reach.NEXT)
        return Frame(source, opener, Reach.ITEMS) if AttributionKind.DEFINITION in signs else None


def _reads_as_theory(text: str) -> bool:
    """Tell a general statement: years and figures are of something that was found or done."""
    return len(text.split()) >= _MIN_THEORY and not any(map(str.isdigit, text))
