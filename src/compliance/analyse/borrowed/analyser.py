"""Reads a document once, passage by passage, and remembers who speaks.

Official wording is known by its fingerprints; everything else by the signs of the text itself, so that borrowed words
are seen where the source is not at hand. To take own words for another's hurts someone: without a clear sign they are
the author's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from compliance.analyse.analyser import Scope
from compliance.analyse.borrowed.signs import SignReader, Signs, find_rows_above, is_heading, is_item, opens_chapter
from compliance.analyse.borrowed.verdict import LIKELY, SURE, Borrowed, Frame, Reach, Verdict
from compliance.analyse.names import OwnNames
from compliance.analyse.reuse.attribution import AttributionJudge, find_introductions
from compliance.analyse.reuse.official import OfficialMatch, find_official_wording
from compliance.guidelines.cues import AttributionKind, Source
from compliance.guidelines.fingerprints import Fingerprint
from compliance.guidelines.rules import Rules
from compliance.records import Attribution, BlockKind, Evidence, EvidenceKind, Finding, Passage, Reading

MIN_QUOTED = 0.6  # share of a passage between quotation marks that makes it a quotation
ALL_QUOTED = 0.9  # from here on the passage is nothing but the quotation: even its «vi» is another's
LONG_QUOTATION, MIN_LONG = 15, 0.3  # words, and share of the passage: a long quotation in a longer paragraph
MIN_REPORT = 10  # words; shorter ones are footnotes and captions that name a source
MAX_MOTTO = 25  # words
MIN_ROWS = 2  # above a source line
MIN_WORDS_AFTER_NAME = 3  # «Fra KS' strategi» is a heading; with more after the name it gives the strategy's words

_NAMED_TITLE = re.compile(r"^\W*(?:\S+\s+){1,8}\((?P<source>[^()]{2,40})\)\s+(?=[A-ZÆØÅ](?:\S+\s+){9})")
_FROM = re.compile(r"^\W*fr[aå]\s", re.IGNORECASE)
# «Hva er e-helse?», also behind a heading; «Hva er planprogrammet?» and «Hva er vår visjon?» the plan answers itself.
_OF_ONES_OWN = r"(?:plan|strategi|budsjett|\bmål|visjon|verdi|kommune|\bvår|\bvi\b)"
_QUESTION = re.compile(rf"^.{{0,80}}?\b(?:hva|kva) er (?![^?]*{_OF_ONES_OWN})[^?.:]{{2,60}}\?", re.IGNORECASE)
_ADMONITION = re.compile(r"^\W*!!!\s")
_MARKDOWN_QUOTE = re.compile(r"^\W*!!!\s*quote\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{3}[.!?])\s+(?=[A-ZÆØÅ])")  # not after «St.» and «jf.»
_MIN_ANSWER_WORDS = 8


class BorrowedAnalyser:
    """Finds passages in another's words, and whose they are; the first evidence of a finding names the source."""

    name = "borrowed"
    scope = Scope.DOCUMENT

    def __init__(self, rules: Rules, *, fingerprints: Sequence[Fingerprint] = ()) -> None:
        self._fingerprints = fingerprints
        self._attribution = AttributionJudge(rules)
        self._reader = SignReader(rules)

    def analyse(self, readings: Sequence[Reading]) -> list[Finding]:
        """Return a finding for each borrowed passage, in document and passage order."""
        return [finding for reading in readings for finding in self._judge_document(reading)]

    def _judge_document(self, reading: Reading) -> Iterator[Finding]:
        official = find_official_wording(reading.document.text, self._fingerprints)
        judge = _DocumentJudge(reading, official, reader=self._reader, attribution=self._attribution)
        for passage, verdict in zip(reading.passages, judge.judge(), strict=True):
            if verdict:
                source = Evidence(EvidenceKind.WORDING, verdict.source.value, verdict.score)
                evidence = (source, *verdict.evidence)
                yield Finding(passage.document_id, passage.id, self.name, verdict.label.value, verdict.score, evidence)


class _DocumentJudge:
    """Judges the passages of one document in order; the open frame is whose stretch the reader is in."""

    def __init__(
        self,
        reading: Reading,
        official: Sequence[OfficialMatch],
        *,
        reader: SignReader,
        attribution: AttributionJudge,
    ) -> None:
        self._passages, self._official = reading.passages, official
        self._reader, self._attribution = reader, attribution
        self._municipality = OwnNames(reading).municipality
        self._frame: Frame | None = None
        self._verdicts: list[Verdict | None] = []

    def judge(self) -> list[Verdict | None]:
        """Return the verdict on each passage; None for the author's own words."""
        for number, passage in enumerate(self._passages):
            signs = self._reader.read(passage.text, municipality=self._municipality)
            verdict = self._judge_words(number, passage, signs)
            if verdict is None and is_heading(passage) and AttributionKind.VOICE not in signs:
                self._read_heading(passage, signs)
            else:
                verdict = verdict or self._inherit(passage, signs)
                self._move_frame(passage, signs, borrowed=verdict is not None)
            self._verdicts.append(verdict)
            if AttributionKind.SOURCE_LINE in signs:
                self._judge_rows_above(number, passage, signs)
        return self._verdicts

    def _read_heading(self, heading: Passage, signs: Signs) -> None:
        """Let a heading that names a document open what the document says, and another chapter end it."""
        named = self._reader.find_document(heading.text)
        opener = Evidence(EvidenceKind.HEADING, heading.text, LIKELY)
        if named and not signs.own:
            self._frame = Frame(named.source, opener, Reach.SECTION)
        elif _QUESTION.match(heading.text) and self._municipality:
            self._frame = Frame(Source.OTHER, opener, Reach.NEXT, Borrowed.COPIED)
        elif opens_chapter(heading):
            self._frame = None

    def _judge_words(self, number: int, passage: Passage, signs: Signs) -> Verdict | None:
        """Judge a passage by what it holds itself."""
        within = [each for each in self._official if each.start < passage.end and passage.start < each.end]
        if within:
            return self._judge_official(number, passage, max(within, key=lambda match: match.bits))
        if _ADMONITION.match(passage.text):
            return None
        quoted = None if self._is_motto(number, passage, signs) else self._judge_quotation(passage, signs)
        if quoted or self._municipality is None:
            return quoted  # in a national body's own document «kommunal sektor skal» may be its own words
        return (
            self._judge_voice(passage, signs)
            or self._judge_title(passage, signs)
            or self._judge_report(passage, signs)
            or self._judge_answer(passage, signs)
        )

    def _judge_official(self, number: int, passage: Passage, match: OfficialMatch) -> Verdict:
        start, end = max(match.start, passage.start), min(match.end, passage.end)
        set_id = match.fingerprint.set_id
        reference = f"{set_id}:{match.fingerprint.goal_id}"
        evidence = (Evidence(EvidenceKind.WORDING, reference, match.coverage, start, end), *self._opener())
        before = find_introductions(self._passages, number)
        judged = self._attribution.judge(passage, start, end, before=before)
        attributed = self._frame is not None or judged.attribution is not Attribution.UNATTRIBUTED
        source = Source(set_id) if set_id in set(Source) else Source.OTHER
        return Verdict(_label(attributed=attributed), source, SURE, evidence)

    def _opener(self) -> tuple[Evidence, ...]:
        return (self._frame.opener,) if self._frame else ()

    def _judge_quotation(self, passage: Passage, signs: Signs) -> Verdict | None:
        """Take words between quotation marks for another's, unless the municipality quotes itself."""
        quotation = signs.quotation
        if quotation is None or (self._municipality and self._municipality in quotation.text):
            return None
        share = (quotation.end - quotation.start) / len(passage.text)
        inside = self._reader.read(quotation.text, municipality=None)
        if inside.own and share < ALL_QUOTED and signs.named is None:
            return None
        explained = AttributionKind.DEFINITION in signs or AttributionKind.REPORT in signs
        long = len(quotation.text.split()) >= LONG_QUOTATION and share >= MIN_LONG
        if not (share >= MIN_QUOTED or explained or long):
            return None
        marks = Evidence(
            EvidenceKind.RULE, "quotation", SURE, passage.start + quotation.start, passage.start + quotation.end
        )
        return Verdict(Borrowed.QUOTED, self._name_source(signs), SURE, (marks,))

    def _is_motto(self, number: int, passage: Passage, signs: Signs) -> bool:
        """Tell the municipality's own vision in quotation marks: in a heading, or where the words around it say so."""
        if signs.quotation is None or signs.named or len(signs.quotation.text.split()) > MAX_MOTTO:
            return False
        before = self._passages[number - 1].text if number else ""
        around = self._reader.read(" ".join((*passage.section[-1:], before[-150:])), municipality=None)
        named = AttributionKind.MOTTO in around or AttributionKind.MOTTO in signs
        return named or passage.kind is BlockKind.HEADING

    def _name_source(self, signs: Signs) -> Source:
        if signs.named:
            return signs.named.source
        return self._frame.source if self._frame else Source.OTHER

    def _judge_voice(self, passage: Passage, signs: Signs) -> Verdict | None:
        """Take «Kommunal sektor skal» for the words of who speaks for all municipalities."""
        voice = signs.cues.get(AttributionKind.VOICE)
        if voice is None or signs.own:
            return None
        speaker = self._reader.find_source(passage.text[voice.start : voice.end])
        if speaker is None or speaker.source is not Source.KS:
            return None
        named_before = self._reader.find_source(passage.text[: voice.start]) is not None
        evidence = (voice.as_evidence(passage.start), *self._opener())
        return Verdict(_label(attributed=named_before or bool(self._frame)), speaker.source, LIKELY, evidence)

    def _judge_title(self, passage: Passage, signs: Signs) -> Verdict | None:
        """Take «Referansekatalogen (Difi) Katalogen er …» and «Fra KS' strategi: …» for the named one's words."""
        titled = _NAMED_TITLE.match(passage.text)
        named = self._reader.find_source(titled["source"]) if titled else None
        if named is None and _FROM.match(passage.text):
            named = self._reader.find_document(passage.text[:100])
            if named and len(passage.text[named.end :].split()) < MIN_WORDS_AFTER_NAME:
                named = None
        if named is None or signs.own:
            return None
        sign = Evidence(EvidenceKind.RULE, "named_title", LIKELY, passage.start, passage.end)
        return Verdict(Borrowed.QUOTED, named.source, LIKELY, (sign,))

    def _judge_report(self, passage: Passage, signs: Signs) -> Verdict | None:
        """Take a definition with its source, and what a source is reported to say, for the source's words."""
        if len(passage.text.split()) < MIN_REPORT:
            return None
        definition, report = signs.cues.get(AttributionKind.DEFINITION), signs.cues.get(AttributionKind.REPORT)
        if definition and (AttributionKind.SOURCE_LINE in signs or (signs.named and not signs.own)):
            return Verdict(Borrowed.QUOTED, self._name_source(signs), LIKELY, (definition.as_evidence(passage.start),))
        if report and signs.named and not signs.own:
            return Verdict(Borrowed.QUOTED, signs.named.source, LIKELY, (report.as_evidence(passage.start),))
        return self._judge_closing(passage, signs)

    def _judge_closing(self, passage: Passage, signs: Signs) -> Verdict | None:
        """Take a passage that ends with its source in brackets for the source's words."""
        closing = signs.cues.get(AttributionKind.CLOSING_REFERENCE)
        if closing is None or signs.own or AttributionKind.BUILDS_ON in signs:
            return None
        before, reference = passage.text[: closing.start], passage.text[closing.start :]
        named = self._reader.find_source(reference)
        speaks_of_it = self._reader.find_source(before) is not None
        if named is None or speaks_of_it or len(before.split()) < MIN_REPORT:
            return None
        return Verdict(Borrowed.QUOTED, named.source, LIKELY, (closing.as_evidence(passage.start),))

    def _judge_answer(self, passage: Passage, signs: Signs) -> Verdict | None:
        """Take the answer to «Hva er X?» for a definition that someone else wrote."""
        asked = _QUESTION.match(passage.text)
        if asked is None or signs.own or len(passage.text[asked.end() :].split()) < _MIN_ANSWER_WORDS:
            return None
        sign = Evidence(EvidenceKind.RULE, "definition", LIKELY, passage.start, passage.end)
        return Verdict(_label(attributed=bool(signs.named)), self._name_source(signs), LIKELY, (sign,))

    def _inherit(self, passage: Passage, signs: Signs) -> Verdict | None:
        """Take a passage in another's stretch for the other's, unless it speaks of the source or for itself."""
        frame = self._frame
        if frame is None or signs.named or (signs.own and not self._belongs_to_list(frame, passage)):
            return None
        if frame.reach is Reach.NEXT or is_item(passage) or self._has_voice(frame, signs):
            return Verdict(frame.label, frame.source, LIKELY, (frame.opener,))
        return None

    def _belongs_to_list(self, frame: Frame, passage: Passage) -> bool:
        """Tell an item of the list that a source's lead-in opened; there even «kommunen» is the source's word."""
        itself = self._municipality is not None and self._municipality in passage.text
        return frame.reach is Reach.ITEMS and is_item(passage) and not itself

    def _has_voice(self, frame: Frame, signs: Signs) -> bool:
        return frame.reach is Reach.SECTION and AttributionKind.VOICE in signs

    def _move_frame(self, passage: Passage, signs: Signs, *, borrowed: bool) -> None:
        """Open the stretch that a passage opens, or close the one that it ends."""
        opened = self._open_frame(passage, signs)
        if opened:
            self._frame = opened
        elif self._frame and (
            self._frame.reach is Reach.NEXT or (not borrowed and (signs.own or self._frame.reach is Reach.ITEMS))
        ):
            self._frame = None

    def _open_frame(self, passage: Passage, signs: Signs) -> Frame | None:
        opener = Evidence(EvidenceKind.NEIGHBOUR, passage.id, LIKELY)
        if _MARKDOWN_QUOTE.match(passage.text):
            return Frame(self._name_source(signs), replace(opener, score=SURE), Reach.NEXT)
        if self._municipality is None:
            return None
        if passage.text.rstrip().endswith(":"):
            return self._open_list(passage, opener)
        if signs.own:
            return None
        if _QUESTION.match(passage.text):
            return Frame(self._name_source(signs), opener, Reach.NEXT, Borrowed.COPIED)
        return self._open_named(passage.text, signs, opener) if signs.named else None

    def _open_list(self, passage: Passage, opener: Evidence) -> Frame | None:
        """Read a lead-in by its last sentence: what comes before it may be the municipality's."""
        sentence = _SENTENCE_END.split(passage.text.strip())[-1]
        signs = self._reader.read(sentence, municipality=self._municipality)
        built_on = signs.cues.get(AttributionKind.BUILDS_ON)
        if signs.own or signs.named is None or (built_on and built_on.start < signs.named.start):
            return None
        if _FROM.match(sentence) and self._reader.find_document(sentence):
            return Frame(signs.named.source, opener, Reach.SECTION)
        leads_in = AttributionKind.LEAD_IN in signs or self._reader.find_document(sentence) is not None
        return Frame(signs.named.source, opener, Reach.ITEMS) if leads_in else None

    def _open_named(self, text: str, signs: Signs, opener: Evidence) -> Frame | None:
        source = self._name_source(signs)
        if _FROM.match(text) and self._reader.find_document(text[:100]):
            return Frame(source, opener, Reach.SECTION)
        if _NAMED_TITLE.match(text):
            return Frame(source, opener, Reach.NEXT)
        return Frame(source, opener, Reach.ITEMS) if AttributionKind.DEFINITION in signs else None

    def _judge_rows_above(self, number: int, passage: Passage, signs: Signs) -> None:
        """Give the rows of a list or table to the source that the line under them names."""
        line = signs.cues[AttributionKind.SOURCE_LINE]
        rows = [row for row in find_rows_above(self._passages, number) if self._verdicts[row] is None]
        if line.start > 2 or len(rows) < MIN_ROWS or self._municipality is None:
            return
        if any(self._reader.read(self._passages[row].text, municipality=self._municipality).own for row in rows):
            return
        named = self._reader.find_source(passage.text[line.start : line.end])
        sign = Evidence(EvidenceKind.NEIGHBOUR, passage.id, LIKELY)
        for row in rows:
            source = named.source if named else Source.OTHER
            self._verdicts[row] = Verdict(Borrowed.QUOTED, source, LIKELY, (sign,))


def _label(*, attributed: bool) -> Borrowed:
    return Borrowed.QUOTED if attributed else Borrowed.COPIED
