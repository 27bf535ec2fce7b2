"""Sentences that facts are read from, and the facts made of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from compliance.analyse.facts.coreference import PlanTopics
from compliance.analyse.matching.cues import CueMatch
from compliance.guidelines.cues import Cue
from compliance.records import Evidence, EvidenceCode, EvidenceKind, Fact, Passage, Reading

WEAK = 0.3  # score of a fact that counts only where nothing else is said
SAID = 0.8  # of one that a sentence states


def is_firm(fact: Fact) -> bool:
    """Whether a fact counts whatever else is said; one without evidence is a person's."""
    return max((each.score for each in fact.evidence), default=1.0) > WEAK


class FactField(StrEnum):
    """The fields of a findings case, and the sums beside them."""

    MUNICIPALITY = "municipality"
    STRATEGY_STATUS = "strategy_status"
    STRATEGY_PERIOD = "strategy_period"
    SAMFUNNSDEL_PERIOD = "samfunnsdel_period"
    DIGITAL_IN_SAMFUNNSDEL = "digital_in_samfunnsdel"
    SECTOR_PLANS = "sector_plans"
    FUNDING = "funding"
    PRIORITISATION_STRUCTURE = "prioritisation_structure"
    REGIONAL_NETWORKS = "regional_networks"
    FUNDING_SUM = "funding_sum"  # whole kroner; this and those below are no fields of the case, but shown
    FUND_LIMIT = "fund_limit"  # as written: «ikke overstige 15 % av fondet»
    BODY_MEMBERS = "body_members"  # «Porteføljestyret: kommunedirektøren, IKT-sjefen»
    MODELS = "models"  # a municipality or network that the plan says it builds on


@dataclass(frozen=True, slots=True)
class FactSentence:
    """A sentence with what surrounds it. `said` is `text` with blanks for what is denied or yet to be made."""

    passage: Passage
    text: str
    said: str
    offset: int  # of the sentence in the document
    digital: bool  # it is about digitalisation
    digital_plan: bool  # it is, or the sentence after, which speaks of the same sector plan
    near_digital: bool  # it, or the sentence beside it, is
    paid_digital: bool  # it names a digital thing that money buys, or stands in a strategy
    borrowed: bool  # it stands in a quotation or in another's words
    previous: str  # the text of the sentence before; empty at the start
    following: str  # that of the sentence after; empty at the end
    plans: PlanTopics
    reading: Reading


def make_fact(
    sentence: FactSentence, field: FactField, value: str, rule: str, *spans: tuple[int, int], score: float = SAID
) -> Fact:
    """Return a fact read from the words at each of `spans` of the sentence by a rule: a cue's id or an EvidenceCode."""
    code = rule if isinstance(rule, EvidenceCode) else None
    evidence = tuple(
        Evidence(
            EvidenceKind.RULE, "" if code else rule, score, sentence.offset + start, sentence.offset + end, code=code
        )
        for start, end in spans
    )
    return Fact(sentence.passage.document_id, sentence.passage.id, field, value, evidence)


def make_fact_under(
    sentence: FactSentence, field: FactField, value: str, match: CueMatch[Cue], span: tuple[int, int]
) -> Fact:
    """Return a fact read from the words at `span` of the sentence, because of a cue in the heading above them."""
    start, end = sentence.offset + span[0], sentence.offset + span[1]
    evidence = Evidence(EvidenceKind.RULE, match.cue.id, SAID, start, end, code=EvidenceCode.UNDER_HEADING)
    return Fact(sentence.passage.document_id, sentence.passage.id, field, value, (evidence,))


def make_cue_fact(sentence: FactSentence, field: FactField, value: str, match: CueMatch[Cue]) -> Fact:
    """Return a fact read by a cue."""
    evidence = (match.as_evidence(sentence.offset),)
    return Fact(sentence.passage.document_id, sentence.passage.id, field, str(value), evidence)
