"""What a passage's own words say of whose they are: quotation marks, voice, titles, reports, definitions."""

from __future__ import annotations

import re
from dataclasses import dataclass

from compliance.analyse.attribution.cues import FROM, NAMED_TITLE, SignReader, Signs, find_question, names_place
from compliance.analyse.attribution.decision import LIKELY, SURE, Borrowed, Frame, Verdict, label_borrowed
from compliance.guidelines.cues import OTHER, AttributionKind
from compliance.records import BlockKind, Evidence, EvidenceCode, EvidenceKind, Passage

MIN_QUOTED = 0.6  # share of a passage between quotation marks that makes it a quotation
ALL_QUOTED = 0.9  # from here on the passage is nothing but the quotation: even its «vi» is another's
LONG_QUOTATION, MIN_LONG = 15, 0.3  # words, and share of the passage: a long quotation in a longer paragraph
MIN_REPORT = 10  # words; shorter ones are footnotes and captions that name a source
MAX_MOTTO = 25  # words
MIN_WORDS_AFTER_NAME = 3  # «Fra KS' strategi» is a heading; with more after the name it gives the strategy's words
MIN_ANSWER_WORDS = 8

_ADMONITION = re.compile(r"^\W*!!!\s")


@dataclass(frozen=True, slots=True)
class WordsJudge:
    """Judges single passages of one document; not all signs hold in a national body's own (`municipal` is false)."""

    reader: SignReader
    municipality: str | None
    municipal: bool

    def judge(self, passage: Passage, signs: Signs, *, before: str, frame: Frame | None) -> Verdict | None:
        """Return whose words they are, or None; `before` is the passage before, `frame` whose stretch it stands in."""
        if _ADMONITION.match(passage.text):
            return None
        quoted = None if self._is_motto(passage, signs, before) else self._judge_quotation(passage, signs, frame)
        if quoted or not self.municipal:
            return quoted  # in a national body's own document «kommunal sektor skal» may be its own words
        return (
            self._judge_voice(passage, signs, frame)
            or self._judge_speaker(passage, signs, frame)
            or self._judge_subject(passage, signs, frame)
            or self._judge_title(passage, signs)
            or self._judge_report(passage, signs, frame)
            or self._judge_answer(passage, signs, frame)
        )

    def _judge_quotation(self, passage: Passage, signs: Signs, frame: Frame | None) -> Verdict | None:
        """Take words between quotation marks for another's, unless the municipality quotes itself."""
        quotation = signs.quotation
        if quotation is None or names_place(quotation.text, self.municipality):
            return None
        share = (quotation.end - quotation.start) / len(passage.text)
        inside = self.reader.read(quotation.text, municipality=None)
        if inside.own and share < ALL_QUOTED and signs.named is None:
            return None
        explained = AttributionKind.DEFINITION in signs or AttributionKind.REPORT in signs
        long = len(quotation.text.split()) >= LONG_QUOTATION and share >= MIN_LONG
        if not (share >= MIN_QUOTED or explained or long):
            return None
        marks = _make_sign(EvidenceCode.QUOTATION, SURE, passage, (quotation.start, quotation.end))
        return Verdict(Borrowed.QUOTED, name_source(signs, frame), SURE, (marks,))

    def _is_motto(self, passage: Passage, signs: Signs, before: str) -> bool:
        """Tell the municipality's own vision in quotation marks: in a heading, or where the words around it say so."""
        if signs.quotation is None or signs.named or len(signs.quotation.text.split()) > MAX_MOTTO:
            return False
        around = self.reader.read(" ".join((*passage.section[-1:], before[-150:])), municipality=None)
        named = AttributionKind.MOTTO in around or AttributionKind.MOTTO in signs
        return named or passage.kind is BlockKind.HEADING

    def _judge_voice(self, passage: Passage, signs: Signs, frame: Frame | None) -> Verdict | None:
        """Take «Kommunal sektor skal» for the words of who speaks for all municipalities."""
        voice = signs.cues.get(AttributionKind.VOICE)
        if voice is None or signs.own:
            return None
        speaker = self.reader.find_source(passage.text[voice.start : voice.end])
        if speaker is None or not speaker.speaks_for_all:
            return None
        named_before = self.reader.find_source(passage.text[: voice.start]) is not None
        evidence = (voice.as_evidence(passage.start), *((frame.opener,) if frame else ()))
        return Verdict(label_borrowed(attributed=named_before or bool(frame)), speaker.source, LIKELY, evidence)

    def _judge_speaker(self, passage: Passage, signs: Signs, frame: Frame | None) -> Verdict | None:
        """Take «Regjeringen vil at …», and what a writer is cited for, for the words of whom the passage names."""
        sign = signs.cues.get(AttributionKind.SPEAKER) or signs.cues.get(AttributionKind.CITATION)
        if sign is None or signs.own or len(passage.text.split()) < MIN_REPORT:
            return None
        return Verdict(Borrowed.QUOTED, name_source(signs, frame), LIKELY, (sign.as_evidence(passage.start),))

    def _judge_subject(self, passage: Passage, signs: Signs, frame: Frame | None) -> Verdict | None:
        """Take «Offentlige virksomheter skal …» for national wording where nothing is the plan's own."""
        subject = signs.cues.get(AttributionKind.PUBLIC_SUBJECT)
        if subject is None or signs.own:
            return None
        evidence = (subject.as_evidence(passage.start), *((frame.opener,) if frame else ()))
        label = label_borrowed(attributed=bool(frame))
        return Verdict(label, name_source(signs, frame), LIKELY, evidence)

    def _judge_title(self, passage: Passage, signs: Signs) -> Verdict | None:
        """Take «Referansekatalogen (Difi) Katalogen er …» and «Fra KS' strategi: …» for the named one's words."""
        titled = NAMED_TITLE.match(passage.text)
        named = self.reader.find_source(titled["source"]) if titled else None
        if named is None and FROM.match(passage.text):
            named = self.reader.find_document(passage.text[:100])
            if named and len(passage.text[named.end :].split()) < MIN_WORDS_AFTER_NAME:
                named = None
        if named is None or signs.own:
            return None
        sign = _make_sign(EvidenceCode.NAMED_TITLE, LIKELY, passage, (0, len(passage.text)))
        return Verdict(Borrowed.QUOTED, named.source, LIKELY, (sign,))

    def _judge_report(self, passage: Passage, signs: Signs, frame: Frame | None) -> Verdict | None:
        """Take a definition with its source, and what a source is reported to say, for the source's words."""
        if len(passage.text.split()) < MIN_REPORT:
            return None
        definition, report = signs.cues.get(AttributionKind.DEFINITION), signs.cues.get(AttributionKind.REPORT)
        if definition and (AttributionKind.SOURCE_LINE in signs or (signs.named and not signs.own)):
            return Verdict(Borrowed.QUOTED, name_source(signs, frame), LIKELY, (definition.as_evidence(passage.start),))
        if report and signs.named and not signs.own:
            return Verdict(Borrowed.QUOTED, signs.named.source, LIKELY, (report.as_evidence(passage.start),))
        return self._judge_closing(passage, signs)

    def _judge_closing(self, passage: Passage, signs: Signs) -> Verdict | None:
        """Take a passage that ends with its source in brackets for the source's words."""
        closing = signs.cues.get(AttributionKind.CLOSING_REFERENCE)
        if closing is None or signs.own or AttributionKind.BUILDS_ON in signs:
            return None
        before, reference = passage.text[: closing.start], passage.text[closing.start :]
        named = self.reader.find_source(reference)
        speaks_of_it = self.reader.find_source(before) is not None
        if named is None or speaks_of_it or len(before.split()) < MIN_REPORT:
            return None
        return Verdict(Borrowed.QUOTED, named.source, LIKELY, (closing.as_evidence(passage.start),))

    def _judge_answer(self, passage: Passage, signs: Signs, frame: Frame | None) -> Verdict | None:
        """Take the answer to «Hva er X?» for a definition that someone else wrote."""
        asked = find_question(passage.text, signs.named)
        if asked is None or signs.own or len(passage.text[asked.end() :].split()) < MIN_ANSWER_WORDS:
            return None
        titled = signs.named is not None and signs.named.start < asked.end()
        code = EvidenceCode.NAMED_TITLE if titled else EvidenceCode.DEFINITION
        sign = _make_sign(code, LIKELY, passage, (0, len(passage.text)))
        return Verdict(label_borrowed(attributed=bool(signs.named)), name_source(signs, frame), LIKELY, (sign,))


def _make_sign(code: EvidenceCode, score: float, passage: Passage, span: tuple[int, int]) -> Evidence:
    return Evidence(EvidenceKind.RULE, "", score, passage.start + span[0], passage.start + span[1], code=code)


def name_source(signs: Signs, frame: Frame | None) -> str:
    """Return the source that the passage names, else that of the stretch it stands in."""
    if signs.named:
        return signs.named.source
    return frame.source if frame else OTHER
