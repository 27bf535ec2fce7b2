"""What a sentence says of the municipality's strategy and of its samfunnsdel: status, period, digital content."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from compliance.analyse.facts.coreference import PlanMention
from compliance.analyse.facts.negation import StatementReader
from compliance.analyse.facts.periods import Period, find_open_period, find_periods
from compliance.analyse.facts.sentences import SAID, WEAK, FactField, FactSentence, make_fact
from compliance.analyse.matching.cues import CueMatch
from compliance.analyse.matching.scan import Scanner
from compliance.guidelines.cues import Cue, PlanKind, StatementRole, StrategyStatus, StrategyStatusCue
from compliance.records import DocumentType, EvidenceCode, Fact, Reading

_IN_PLACE = re.compile(r"\b(?:i|av|gjennom)\s(?:\w+\s)?$", re.IGNORECASE)  # «er omtalt i gjeldende samfunnsdel»
_NAMES_PART = re.compile(r"samfunns|\bKPS\b", re.IGNORECASE)
_SERVICES = "services"  # cue of digital_content: broadband, web pages; less than digitalisation
_HINTS = frozenset({"to_come", "not_there"})  # cues that count where no other word tells of the strategy
_RENEWAL = "renewal"  # cue of strategy_status: what is to be renewed is there
_LEAST_FAR = (StrategyStatus.NONE, StrategyStatus.IN_PROGRESS, StrategyStatus.ADOPTED)
# «Strategien erstatter digitaliseringsstrategien for 2022–2026», «Førre strategi gjaldt 2022–2026.»
_REPLACES = re.compile(
    r"\b(?:erstatter|erstattar|avløser|avløyser|etterfølger|etterfølgjer|tar over for|tek over for)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_FORMER = re.compile(
    r"\b(?:forrige|førre|tidligere|tidlegare|gamle)\s(?:\w+\s)?[\w-]*(?:strategi|plan)\w*\b[^.;]{0,60}$", re.IGNORECASE
)
_IS_REPLACED = re.compile(
    r"^[^.;]{0,40}\b(?:erstattes|erstattast|avløses|avløysast"
    r"|(?:blir|vert|er) (?:nå |no )?(?:erstattet|erstatta|avløst|avløyst)) (?:av|med)\b",
    re.IGNORECASE,
)
_REACH = 80  # characters between a plan and what is said of it
_ONCE = re.compile(r"\b(?:når|så snart|dersom|hvis|viss)\b[^,;.]*$", re.IGNORECASE)  # «når strategien er vedtatt»
_JOINT = re.compile(  # «ikke egen strategi, men er omfattet av den felles strategien for …»
    r"\bmen\b[^.;]{0,60}\b(?:felles|regional\w*|interkommunal\w*) (?:\w+ ){0,2}\w*strategi\w*\b"
    r"(?! for (?:\w+ )?(?:næring|helse|omsorg|skole|skule|oppvekst|klima|kultur|velferd|folkehelse))",
    re.IGNORECASE,
)
_VOTED = re.compile(
    r"\b(?:forslag|framlegg|fremlegg|foreslo|føreslo|utkast)\w*", re.IGNORECASE
)  # a proposal that fell is none
_FAR_REACH = 200  # … where the sentence names no other plan
_MIN_SAMFUNNSDEL_YEARS = 6  # a shorter period beside the word is a planstrategi's or an økonomiplan's
_PERIOD_FIELDS = {
    PlanKind.STRATEGY: FactField.STRATEGY_PERIOD,
    PlanKind.SAMFUNNSDEL: FactField.SAMFUNNSDEL_PERIOD,
}


class PlanFactsReader:
    """Reads what sentences say of the two overall plans."""

    def __init__(self, scanner: Scanner, statements: StatementReader) -> None:
        self._scanner = scanner
        self._statements = statements

    def read(self, sentence: FactSentence) -> Iterator[Fact]:
        """Yield the facts of one sentence; most are about neither plan."""
        kinds = {each.kind for each in sentence.plans.mentions}
        if kinds.isdisjoint(_PERIOD_FIELDS):
            return
        periods = [(each, owner) for each in find_periods(sentence.text) if (owner := _own(sentence, each))]
        open_period = None if periods else _find_open(sentence)
        if open_period:
            periods.append(open_period)
        for period, kind in periods:
            if kind is PlanKind.STRATEGY and _is_of_replaced(sentence, period):
                continue
            if kind is PlanKind.STRATEGY or period.years >= _MIN_SAMFUNNSDEL_YEARS:
                span = (period.start, period.end)
                yield make_fact(sentence, _PERIOD_FIELDS[kind], str(period), EvidenceCode.PERIOD, span)
        if PlanKind.STRATEGY in kinds:
            yield from self._read_status(sentence)
        yield from self.read_digital(sentence)

    def _read_status(self, sentence: FactSentence) -> Iterator[Fact]:
        """Yield what the sentence says of the strategy: one status, the least far one that it speaks of."""
        said: dict[StrategyStatus, CueMatch[StrategyStatusCue]] = {}
        weak: list[CueMatch[StrategyStatusCue]] = []
        for match in self._scanner.scan(sentence.text).strategy_status:
            if not _is_of_strategy(sentence, match):
                continue
            if match.cue.weak:
                weak.append(match)
                continue
            status = self._weigh(match, sentence.text)
            if status:
                said.setdefault(status, match)
        for status in (StrategyStatus.IN_PROGRESS, StrategyStatus.NONE, StrategyStatus.ADOPTED):
            renewed = status is StrategyStatus.IN_PROGRESS and any(match.cue.id == _RENEWAL for match in weak)
            if status in said and not renewed:
                match = said[status]
                yield make_fact(
                    sentence, FactField.STRATEGY_STATUS, str(status), match.cue.id, (match.start, match.end)
                )
                return
        weak = [match for match in weak if match.cue.id not in _HINTS] or weak
        least = min((match.cue.status for match in weak), key=_LEAST_FAR.index, default=None)
        for match in (each for each in weak if each.cue.status is least):
            span = (match.start, match.end)
            yield make_fact(sentence, FactField.STRATEGY_STATUS, str(match.cue.status), match.cue.id, span, score=WEAK)

    def _weigh(self, match: CueMatch[StrategyStatusCue], text: str) -> StrategyStatus | None:
        """Return the status that the words tell of: denied work is none, and a denied decision says nothing."""
        status = match.cue.status
        if status is StrategyStatus.ADOPTED and _ONCE.search(text, 0, match.start):
            return None
        if self._is_unknown(text, match.start):
            return StrategyStatus.NONE if status is StrategyStatus.IN_PROGRESS and _VOTED.search(text) else None
        if status is StrategyStatus.NONE and self._is_only_not_found(text, match.start):
            return None
        if status is StrategyStatus.NONE and _JOINT.search(text, match.end):
            return StrategyStatus.ADOPTED
        if status is StrategyStatus.NONE or not self._is_denied(text, match.start):
            return status
        return StrategyStatus.NONE if status is StrategyStatus.IN_PROGRESS else None

    def _is_unknown(self, text: str, position: int) -> bool:
        """Tell whether what is said at a position is only asked, or of a proposal that fell."""
        return any(match.start <= position < match.end for match in self._statements.find(StatementRole.UNKNOWN, text))

    def _is_only_not_found(self, text: str, position: int) -> bool:
        """Tell whether the clause at a position says that the writers found none, not that there is none."""
        clause = self._statements.find_span(text, position)
        return any(
            self._statements.find_span(text, match.start) == clause
            for match in self._statements.find(StatementRole.SEARCHED, text)
        )

    def _is_denied(self, text: str, position: int) -> bool:
        """Tell whether a denial stands before the position in its clause: «ikke satt i gang arbeid»."""
        return any(start <= position < end for start, end in self._statements.find_denied(text[: position + 1]))

    def read_digital(self, sentence: FactSentence) -> Iterator[Fact]:
        """Yield whether the samfunnsdel deals with digitalisation, where the sentence is about it and says so."""
        text = sentence.text
        if any(self._statements.has(role, text) for role in (StatementRole.SUPPOSES, StatementRole.DEFERS)):
            return
        words = sorted(self._scanner.scan(text).digital_content, key=lambda match: match.start)
        denied = self._statements.find_denied(text)
        about = [word for word in words if self._tells_of_samfunnsdel(sentence, word, denied)]
        if not about:
            return
        said = [word for word in about if not any(start <= word.start < end for start, end in denied)]
        core = any(word.cue.id != _SERVICES for word in about if word not in said)
        least = {_SERVICES} if core else set()  # «omtaler bredbånd, men ikke digitalisering»
        told = [word for word in said if word.cue.id not in least]
        value = "false" if not told or self._statements.has(StatementRole.OMITS, text) else "true"
        word = (told or about)[0]
        named = value == "true" and self._statements.has(StatementRole.MENTIONS, text)
        score = WEAK if named and not self._statements.has(StatementRole.AIMS, text) else SAID
        span = (word.start, word.end)
        yield make_fact(sentence, FactField.DIGITAL_IN_SAMFUNNSDEL, value, "samfunnsdel", span, score=score)

    @staticmethod
    def _tells_of_samfunnsdel(sentence: FactSentence, word: CueMatch[Cue], denied: Sequence[tuple[int, int]]) -> bool:
        """Whether a word is said of the samfunnsdel; what a whole kommuneplan has not, its samfunnsdel has not."""
        owner = sentence.plans.find_owner((word.start, word.end))
        if owner is None or owner.kind is not PlanKind.SAMFUNNSDEL:
            return False
        left_out = owner.start < word.start and any(start <= word.start < end for start, end in denied)
        return left_out or _tells_of(owner, word, sentence.text)


def is_strategy(reading: Reading) -> bool:
    """Tell whether the document is itself the strategy."""
    return reading.profile.document_type.value in {DocumentType.DIGITALISERINGSSTRATEGI, DocumentType.IKT_STRATEGI}


def _is_of_replaced(sentence: FactSentence, period: Period) -> bool:
    """Tell whether a period is that of the strategy that the one told of replaces."""
    before, after = sentence.text[: period.start], sentence.text[period.end :]
    if _REPLACES.search(before):
        return True
    former = _FORMER.search(before) or _IS_REPLACED.match(after)
    return is_strategy(sentence.reading) and former is not None


def _own(sentence: FactSentence, period: Period) -> PlanKind | None:
    owner = sentence.plans.find_owner((period.start, period.end))
    return owner.kind if owner and owner.kind in _PERIOD_FIELDS else None


def _find_open(sentence: FactSentence) -> tuple[Period, PlanKind] | None:
    """Return a period whose years stand apart, in a sentence about one plan or in that and the one before."""
    kinds = {each.kind for each in sentence.plans.mentions}
    if len(kinds) != 1 or find_periods(sentence.text):
        return None
    kind = kinds.pop()
    if kind not in _PERIOD_FIELDS:
        return None
    period = find_open_period(sentence.text)
    if not period and not any(each.named for each in sentence.plans.mentions):
        cut = len(sentence.previous) + 1
        joined = find_open_period(f"{sentence.previous}\n{sentence.text}")
        if joined and joined.end > cut:
            period = Period(joined.first, joined.last, max(0, joined.start - cut), joined.end - cut)
    return (period, kind) if period else None


def _is_of_strategy(sentence: FactSentence, match: CueMatch[StrategyStatusCue]) -> bool:
    """Tell whether the words are said of the municipality's strategy, and near it."""
    owner = sentence.plans.find_owner((match.start, match.end))
    if not owner or owner.kind is not PlanKind.STRATEGY:
        return False
    if match.cue.id in _HINTS and not owner.named:
        return False  # «er ikke nevnt i strategien» tells of what is in it
    if is_strategy(sentence.reading) and (match.cue.weak or not owner.named):
        return False  # what a strategy says of itself is no news of its being there
    alone = all(each.kind is PlanKind.STRATEGY for each in sentence.plans.mentions)
    return max(owner.start - match.end, match.start - owner.end) <= (_FAR_REACH if alone else _REACH)


def _tells_of(owner: PlanMention, word: CueMatch[Cue], text: str) -> bool:
    if owner.named and not _NAMES_PART.search(text, owner.start, owner.end):
        return False  # of a «kommuneplan» it is not known which part is meant
    return owner.start < word.end or not owner.named or bool(_IN_PLACE.search(text, 0, owner.start))
