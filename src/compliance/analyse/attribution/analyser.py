"""Reads a document once, passage by passage, and remembers who speaks.

Official wording is known by its fingerprints; everything else by the signs of the text itself, so that borrowed words
are seen where the source is not at hand. To take own words for another's hurts someone: without a clear sign they are
the author's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from compliance.analyse.attribution.author import is_municipal
from compliance.analyse.attribution.cues import SignReader, Signs, find_rows_above
from compliance.analyse.attribution.decision import LIKELY, SURE, Borrowed, Frame, Verdict, label_borrowed
from compliance.analyse.attribution.passages import WordsJudge
from compliance.analyse.attribution.reused import AttributionJudge, find_introductions
from compliance.analyse.attribution.scope import FrameReader
from compliance.analyse.attribution.spans import find_attributed_spans
from compliance.analyse.context import Place
from compliance.analyse.matching.names import find_municipality
from compliance.analyse.matching.scan import Scanner
from compliance.analyse.reuse.fingerprint_matching import SURE_BITS, OfficialMatch, find_official_wording, is_phrase
from compliance.guidelines.cues import OTHER, AttributionKind
from compliance.guidelines.fingerprints import Fingerprint
from compliance.guidelines.rules import Rules
from compliance.records import Attribution, Evidence, EvidenceKind, Finding, Passage, Reading, Span, Task

MIN_ROWS = 2  # above a source line
_SOURCES = re.compile(r"\W*(?:kilder|kjelder)\b", re.IGNORECASE)  # several: of the document, not of the rows above


@dataclass(frozen=True, slots=True)
class Attributions:
    """Whose words a document's passages are, read once and handed to every question that depends on it."""

    findings: tuple[Finding, ...] = ()  # one for each passage in another's words, or maybe so, in order
    spans: tuple[Span, ...] = ()  # document offsets of another's words

    @property
    def passage_ids(self) -> frozenset[str]:
        """The passages that hold another's words."""
        return frozenset(self.borrowed)

    @property
    def borrowed(self) -> dict[str, Finding]:
        """The findings that say the words are another's, by passage id."""
        return {finding.passage_id: finding for finding in self.findings if finding.borrows}


class AttributionReader:
    """Finds passages in another's words, and whose they are."""

    def __init__(self, rules: Rules, scanner: Scanner, *, fingerprints: Sequence[Fingerprint] = ()) -> None:
        self._fingerprints = [each for each in fingerprints if not each.law]  # what the law says is nobody's loan
        self._attribution = AttributionJudge(rules)
        self._reader = SignReader(rules, scanner)

    def read(self, reading: Reading, places: Sequence[Place]) -> Attributions:
        """Return whose words the passages of the document are, where they are another's; `places` are the passages'."""
        findings = tuple(self._judge_document(reading, places))
        return Attributions(findings, tuple(find_attributed_spans(reading, findings)))

    def _judge_document(self, reading: Reading, places: Sequence[Place]) -> Iterator[Finding]:
        official = find_official_wording(reading.document.text, self._fingerprints)
        judge = _DocumentJudge(reading, places, official, reader=self._reader, attribution=self._attribution)
        for passage, verdict in zip(reading.passages, judge.judge(), strict=True):
            if verdict:
                yield Finding(
                    passage.document_id,
                    passage.id,
                    Task.ATTRIBUTION,
                    verdict.label.value,
                    verdict.score,
                    verdict.evidence,
                    source=verdict.source,
                )


class _DocumentJudge:
    """Judges the passages of one document in order; the open frame is whose stretch the reader is in."""

    def __init__(
        self,
        reading: Reading,
        places: Sequence[Place],
        official: Sequence[OfficialMatch],
        *,
        reader: SignReader,
        attribution: AttributionJudge,
    ) -> None:
        self._passages, self._official = reading.passages, official
        self._headings = [place.heading for place in places]
        self._reader, self._attribution = reader, attribution
        self._municipality = find_municipality(reading)
        self._municipal = is_municipal(reading)
        self._words = WordsJudge(reader, self._municipality, self._municipal)
        self._frames = FrameReader(reader, self._municipality, self._municipal)
        self._frame: Frame | None = None
        self._verdicts: list[Verdict | None] = []

    def judge(self) -> list[Verdict | None]:
        """Return the verdict on each passage; None for the author's own words."""
        for number, passage in enumerate(self._passages):
            signs = self._reader.read(passage.text, municipality=self._municipality)
            verdict = self._judge_words(number, passage, signs)
            if verdict is None and self._headings[number] and AttributionKind.VOICE not in signs:
                self._frame = self._frames.read_heading(passage, signs, self._frame)
            else:
                verdict = verdict or self._frames.inherit(passage, signs, self._frame)
                self._frame = self._frames.read_passage(passage, signs, self._frame, borrowed=verdict is not None)
            self._verdicts.append(verdict)
            if AttributionKind.SOURCE_LINE in signs:
                self._judge_rows_above(number, passage, signs)
        return self._verdicts

    def _judge_words(self, number: int, passage: Passage, signs: Signs) -> Verdict | None:
        """Judge a passage by what it holds itself."""
        within = [each for each in self._official if each.start < passage.end and passage.start < each.end]
        within = [each for each in within if not is_phrase(each, passage)]
        if within:
            return self._judge_official(number, passage, max(within, key=lambda match: match.bits))
        before = self._passages[number - 1].text if number else ""
        return self._words.judge(passage, signs, before=before, frame=self._frame)

    def _judge_official(self, number: int, passage: Passage, match: OfficialMatch) -> Verdict:
        start, end = max(match.start, passage.start), min(match.end, passage.end)
        set_id = match.fingerprint.set_id
        reference = f"{set_id}:{match.fingerprint.goal_id}"
        evidence = (
            Evidence(EvidenceKind.WORDING, reference, match.coverage, start, end),
            *((self._frame.opener,) if self._frame else ()),
        )
        before = find_introductions(self._passages, number)
        judged = self._attribution.judge(passage, (start, end), before=before)
        attributed = self._frame is not None or judged.attribution is not Attribution.UNATTRIBUTED
        score = SURE if match.bits >= SURE_BITS else LIKELY
        return Verdict(label_borrowed(attributed=attributed), self._name_source(match), score, evidence)

    def _name_source(self, match: OfficialMatch) -> str:
        set_id, document = match.fingerprint.set_id, match.fingerprint.document
        if document is None or self._reader.knows(set_id):
            return set_id
        named = self._reader.find_source(document)
        return named.source if named else OTHER

    def _judge_rows_above(self, number: int, passage: Passage, signs: Signs) -> None:
        """Give the rows of a list or table to the source that the line under them names."""
        line = signs.cues[AttributionKind.SOURCE_LINE]
        rows = [row for row in find_rows_above(self._passages, number) if self._verdicts[row] is None]
        if line.start > 2 or len(rows) < MIN_ROWS or not self._municipal or _SOURCES.match(passage.text):
            return
        if any(self._reader.read(self._passages[row].text, municipality=self._municipality).own for row in rows):
            return
        named = self._reader.find_source(passage.text[line.start : line.end])
        sign = Evidence(EvidenceKind.NEIGHBOUR, passage.id, LIKELY)
        for row in rows:
            source = named.source if named else OTHER
            self._verdicts[row] = Verdict(Borrowed.QUOTED, source, LIKELY, (sign,))
