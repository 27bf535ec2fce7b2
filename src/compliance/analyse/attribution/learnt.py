"""Judges a document's passages by what was learnt of others' words, where the rules see no clear sign."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace

from compliance.analyse.attribution.analyser import Attributions
from compliance.analyse.attribution.author import is_municipal
from compliance.analyse.attribution.borrowed_features import Numbers, describe_passages
from compliance.analyse.attribution.borrowed_model import BorrowedModel
from compliance.analyse.attribution.cues import SignReader, Signs
from compliance.analyse.attribution.decision import Borrowed
from compliance.analyse.matching.scan import Scanner
from compliance.guidelines.cues import OTHER
from compliance.guidelines.rules import Rules
from compliance.records import Evidence, EvidenceCode, EvidenceKind, Finding, Method, Passage, Reading, Task
from compliance.text.embedding.encoder import Encoder, Prefix

SHOWN = 8  # weightiest numbers kept with a finding
CERTAIN = 0.99  # a learnt judgement is never as sure as official wording, and so never counts as one without a source


class LearntAttribution:
    """Adds attributions by a trained model to those of the rules, which stand."""

    def __init__(self, model: BorrowedModel, rules: Rules, scanner: Scanner, *, encoder: Encoder | None = None) -> None:
        """`encoder` is what a model that takes a closer look reads with; raises ModelError where it is another."""
        self._model, self._encoder = model, encoder
        self._reader = SignReader(rules, scanner)
        if model.closer:
            model.closer.check_encoder(encoder.revision if encoder else "")

    def judge(self, reading: Reading, attributions: Attributions) -> tuple[Finding, ...]:
        """Return a finding for each passage in another's words, in order; `attributions` is what the rules found."""
        if not is_municipal(reading):
            return attributions.findings
        numbers = describe_passages(reading, attributions.borrowed, reader=self._reader)
        return tuple(self._judge_all(reading, attributions, numbers))

    def _judge_all(self, reading: Reading, attributions: Attributions, numbers: list[Numbers]) -> Iterator[Finding]:
        known, found = attributions.borrowed, {each.passage_id: each for each in attributions.findings}
        likely = self._look_closer(reading, [self._model.borrowed.predict(each) for each in numbers], known=known)
        for passage, described, probability in zip(reading.passages, numbers, likely, strict=True):
            rule = found.get(passage.id)
            if probability >= self._model.threshold and passage.id not in known:
                yield self._make_finding(passage, described, probability)
            elif rule is not None:
                yield rule

    def _look_closer(self, reading: Reading, likely: list[float], *, known: Container[str]) -> list[float]:
        """Return the probabilities, those that the numbers leave open by the passages' vectors; `known` are left."""
        closer = self._model.closer
        if closer is None or self._encoder is None:
            return likely
        passages = enumerate(reading.passages)
        asked = [row for row, each in passages if likely[row] >= closer.floor and each.id not in known]
        texts = [reading.passages[row].text for row in asked]
        vectors = self._encoder.encode(texts, prefix=Prefix.QUERY) if texts else ()
        seen = {row: closer.predict(likely[row], vector) for row, vector in zip(asked, vectors, strict=True)}
        return [seen.get(row, probability) for row, probability in enumerate(likely)]

    def _make_finding(self, passage: Passage, numbers: Numbers, likely: float) -> Finding:
        signs = self._reader.read(passage.text, municipality=None)
        copied = self._model.copied.predict(numbers) >= self._model.copied.threshold
        return Finding(
            passage.document_id,
            passage.id,
            Task.ATTRIBUTION,
            (Borrowed.COPIED if copied else Borrowed.QUOTED).value,
            round(min(likely, CERTAIN), 4),
            _collect_evidence(passage, signs, likely),
            features=self._model.borrowed.explain(numbers, most=SHOWN),
            method=Method.MODEL,
            source=signs.named.source if signs.named else OTHER,
        )


def _collect_evidence(passage: Passage, signs: Signs, likely: float) -> tuple[Evidence, ...]:
    """Return what the judgement rests on as a whole, then the cues of the passage."""
    whole = Evidence(EvidenceKind.RULE, "", round(min(likely, CERTAIN), 4), code=EvidenceCode.NATIONAL_VOICE)
    cues = (match.as_evidence(passage.start) for match in signs.cues.values())
    against = {"own_voice", "builds_on", "motto"}
    return (whole, *(replace(each, against=each.reference in against) for each in cues))
