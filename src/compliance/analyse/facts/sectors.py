"""Sector plans that deal with digitalisation: by one sentence, or by the next that speaks of the same plan."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from compliance.analyse.facts.negation import StatementReader
from compliance.analyse.facts.sentences import FactField, FactSentence, make_cue_fact
from compliance.analyse.matching.cues import CueMatch
from compliance.analyse.matching.forms import MISSPELT
from compliance.analyse.matching.scan import Scanner
from compliance.guidelines.cues import SectorPlan, SectorPlanCue, StatementRole
from compliance.records import Fact

_NEW_PLAN = re.compile(r"\bny(?:tt)? plan\b|\b(?:oppstart|utarbeides|utarbeidast)\b", re.IGNORECASE)
_DROPPED_PLAN = re.compile(r"\b(?:utgår|utgått|går ut|oppheves|opphevast)\b", re.IGNORECASE)
_IN_FORCE = re.compile(r"\b20\d\d ?[-–—] ?20\d\d\b|\b(?:gjeldende|gjeldande|dagens|forrige|førre)\b", re.IGNORECASE)
_NATIONAL = re.compile(r"\b(?:nasjonal|statlig|statleg)\w* (?:\w+ )?$", re.IGNORECASE)
_NATIONAL_PLAN = re.compile(r"(?:ramme|lære)plan", re.IGNORECASE)
# A row «Plan for nettvett | Oppvekstsjef» names whose task it is, not whose plan.
_ITS_OWNER = re.compile(r"\t[\w-]*(?:sjef|leder|leiar|direktør|rådgiver|rådgjevar)\w*$", re.IGNORECASE)
_IT = re.compile(r"\W*(?:den|denne|planen|forslaget|framlegget|arbeidet|dette|det)\b", re.IGNORECASE)
_THE_SUBJECT = re.compile(r"\b(?:temaet|området|emnet)\b", re.IGNORECASE)
_ORDINALS = (r"den (?:første|fyrste|førstnevnte|førstnemnde)", r"den (?:andre|siste|sistnevnte|sistnemnde)")


class SectorPlanReader:
    """Reads which sectors have a plan that is there and deals with digitalisation."""

    def __init__(self, scanner: Scanner, statements: StatementReader) -> None:
        self._scanner = scanner
        self._statements = statements

    def read(self, sentence: FactSentence) -> Iterator[Fact]:
        """Yield the sectors of the plans that a sentence names."""
        sectors = [each for each in self._scanner.scan(sentence.said).sector_plans if each.quality > MISSPELT]
        told = self._tell_apart(sentence, sectors)
        for sector in sectors:
            digital = told.get(sector.cue.plan, self._is_digital(sentence, sector))
            if digital and not self._is_unreal(sentence, sector, sectors):
                yield make_cue_fact(sentence, FactField.SECTOR_PLANS, sector.cue.plan, sector)

    def _is_digital(self, sentence: FactSentence, sector: CueMatch[SectorPlanCue]) -> bool:
        if sentence.digital_plan or sector.cue.plan is SectorPlan.SMARTBY:
            return True
        clause = self._statements.find_clause(sentence.said, sector.start)
        return _THE_SUBJECT.search(clause) is not None and self._scanner.scan(sentence.text).is_digital

    def _is_unreal(
        self, sentence: FactSentence, sector: CueMatch[SectorPlanCue], sectors: Sequence[CueMatch[SectorPlanCue]]
    ) -> bool:
        """Whether a plan is another's, is yet to be made, or came to nothing."""
        before = sentence.said[: sector.start]
        if sentence.plans.is_national((sector.start, sector.end)) or _NATIONAL.search(before):
            return True
        if _ITS_OWNER.search(sentence.said, sector.start, sector.end):
            return True
        if _NATIONAL_PLAN.match(sentence.said, sector.start) or self._is_not_in_force(sentence):
            return True
        after = min(
            (each.start for each in sectors if each.start > sector.end and each.cue.plan is not sector.cue.plan),
            default=len(sentence.text),
        )
        start, _ = self._statements.find_span(sentence.text, sector.start)
        told = sentence.text[start : max(after, sector.end)]
        if after == len(sentence.text) and _IT.match(_find_after(sentence)):
            told += _find_after(sentence).split(". ")[0]
        return self._statements.has(StatementRole.UNMADE, told) and not _IN_FORCE.search(told)

    def _is_not_in_force(self, sentence: FactSentence) -> bool:
        """Tell whether a row of a table of plans is about one to be made, «Ny plan, 2026», or dropped: «Utgår»."""
        listed = _NEW_PLAN.search(sentence.text) or _DROPPED_PLAN.search(sentence.text)
        return sentence.passage.table is not None and listed is not None

    def _tell_apart(self, sentence: FactSentence, sectors: Sequence[CueMatch[SectorPlanCue]]) -> dict[SectorPlan, bool]:
        """Return which of two plans the sentences after call digital: «Den første …, mens den andre ikke …»."""
        plans = [*dict.fromkeys(each.cue.plan for each in sectors)]
        after = _find_after(sentence)
        places = [re.search(rf"\b{each}\b", after, re.IGNORECASE) for each in _ORDINALS]
        if len(plans) != len(_ORDINALS) or not all(places):
            return {}
        first, second = (each.start() for each in places if each)
        parts = (after[first:second], after[second:].split(". ")[0])
        return {
            plan: self._scanner.scan(self._statements.blank_denied(part)).is_digital
            for plan, part in zip(plans, parts, strict=True)
        }


def _find_after(sentence: FactSentence) -> str:
    """Return the text of the passage after a sentence."""
    start = sentence.offset + len(sentence.text) - sentence.passage.start
    return sentence.passage.text[start:].lstrip()
