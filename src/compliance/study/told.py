"""What documents that are no strategy tell of the municipality's: researchers' notes, budgets, other plans."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from compliance.analyse.facts.merge import merge_facts
from compliance.analyse.facts.sentences import FactField, is_firm
from compliance.guidelines.study_rules import StudyCue, load_study_rules
from compliance.records import Fact
from compliance.records.study import StudyDocument
from compliance.study.documents import counts_on_date
from compliance.study.owners import STRATEGIES
from compliance.study.placing import Readings
from compliance.study.prolonging import Prolongation, extend_period

_STALE: Final = 4  # years: a plan that said so long ago that a strategy was being made tells nothing of it now
_STRATEGY: Final = re.compile(r"strategi", re.IGNORECASE)
_PUT_FORWARD: Final = re.compile(  # a draft
    r"(?<=ings)forslag|(?<=strategi)forslag|fr[ae]mlegg"
    r"|(?<=t )forslag(?= til [^.;]*\b(?:vi|me) (?:har )?(?:fått|fekk|fikk|lest|lese|sett)\b)",
    re.IGNORECASE,
)
_ADOPTED: Final = "adopted"
_MAKING: Final = "in_progress"
_NONE: Final = "none"
_FIELDS: Final = frozenset({FactField.STRATEGY_STATUS.value, FactField.STRATEGY_PERIOD.value})


@dataclass(frozen=True, slots=True)
class ToldStrategy:
    """What a municipality's other documents say of its strategy."""

    status: str | None  # "adopted", "in_progress" or "none"
    period: str | None  # of the one in force on the date, else of the last that was
    coming: str | None  # that of a draft
    has_ended: bool  # one has, whatever else there is
    fact: Fact | None  # says the status
    is_stale: bool
    renewal: Fact | None = None  # says that the strategy is being made anew
    draft: Fact | None = None  # tells what a draft says
    equivalent: str | None = None  # the document that tells of one in a strategy's place


@dataclass(slots=True)
class _Sentence:
    """A sentence with what it says of the strategy."""

    text: str  # empty where only the facts are known
    document_id: str
    facts: list[Fact] = field(default_factory=list)

    def keep_denials(self) -> _Sentence:
        """Return the sentence with only what it denies: what else it says is of a plan in a strategy's place."""
        return _Sentence(self.text, self.document_id, [each for each in self.facts if each.value == _NONE])

    def is_of_equivalent(self, equivalents: Collection[tuple[str, str]]) -> bool:
        """Whether it names a plan in a strategy's place, or goes on about one without speaking of a strategy."""
        told = any(document_id == self.document_id for document_id, _ in equivalents)
        return (self.document_id, self.text) in equivalents or (told and not _STRATEGY.search(self.text))

    def list_firm(self) -> list[Fact]:
        """Return what it says of the strategy's status beyond doubt."""
        return [each for each in self.facts if each.field == FactField.STRATEGY_STATUS and is_firm(each)]

    def list_periods(self, *, coming: bool) -> list[str]:
        """Return the years that it names, of a strategy to come or of one that is or was."""
        periods = [each.value for each in self.facts if each.field == FactField.STRATEGY_PERIOD]
        return [each for each in periods if self._is_coming(each) is coming]

    def tells_of_one(self) -> bool:
        """Whether it says that a strategy was adopted, or that the one whose years it names is being revised."""
        renewed = load_study_rules().states(StudyCue.RENEWED, self.text) and not self.list_firm()
        return renewed or any(fact.value == _ADOPTED for fact in self.list_firm())

    def names_one(self) -> bool:
        """Whether all that it says of a strategy's status is that there is one."""
        return {each.value for each in self.facts if each.field == FactField.STRATEGY_STATUS} == {_ADOPTED}

    def _is_coming(self, period: str) -> bool:
        """Whether a period is that of a draft: by the words before it in its clause, else by the sentence's status."""
        words, before = load_study_rules(), self.text.partition(period[:4])[0]
        clause = before[max(before.rfind(mark) for mark in ",;:") + 1 :]
        if words.search(StudyCue.COMING, clause) or words.search(StudyCue.PAST, clause):
            return not words.search(StudyCue.PAST, clause)
        return {each.value for each in self.list_firm()} == {_MAKING}


@dataclass(frozen=True, slots=True)
class _Period:
    period: str
    is_firm: bool  # its sentence says that the strategy was adopted
    is_told: bool  # … or speaks of it as of one that is there


def read_told(
    documents: Iterable[StudyDocument],
    facts: Mapping[str, Sequence[Fact]],
    readings: Readings | None,
    *,
    prolonged: Sequence[Prolongation] = (),
    as_of: date,
) -> ToldStrategy:
    """Return what one municipality's documents that were there on the date, strategies aside, say of its strategy."""
    dates = {each.document_id: each for each in documents if counts_on_date(each)}
    others = [each.document_id for each in dates.values() if each.document_type not in STRATEGIES]
    said = _group([fact for each in others for fact in facts.get(each, ()) if fact.field in _FIELDS], readings)
    equivalents = _find_equivalents(said, readings)
    said = [each.keep_denials() if each.is_of_equivalent(equivalents) else each for each in said]
    statuses = [fact for each in said for fact in each.facts if fact.field == FactField.STRATEGY_STATUS]
    coming = {period for each in said for period in each.list_periods(coming=True)}
    periods = _list_periods(said, coming, prolonged)
    held = [each for each in periods if int(each.period[:4]) <= as_of.year <= int(each.period[5:9])]
    status = merge_facts(statuses).strategy_status if any(map(is_firm, statuses)) else None
    if status != _NONE and (
        any(each.is_firm for each in held) or any(_tells_lasting(each.text, as_of) for each in said)
    ):
        status = _ADOPTED
    if status is None and any(each.is_told for each in held):
        status = _ADOPTED
    fact = next((each for each in statuses if is_firm(each) and each.value == status), None)
    fact = fact or next(iter(statuses), None)
    ended = [each for each in periods if int(each.period[5:9]) < as_of.year]
    return ToldStrategy(
        status=status,
        period=_choose(held or ended or periods) if status != _NONE or ended else None,
        coming=max(coming, default=None),
        has_ended=bool(ended) or any(_tells_end(each.text, as_of) for each in said),
        fact=fact,
        is_stale=fact is not None and _is_stale(dates[fact.document_id], as_of),
        renewal=_find_making(said, StudyCue.RENEWED),
        draft=_find_making(said, StudyCue.DRAFT_READ),
        equivalent=next((document_id for document_id, _ in sorted(equivalents)), None),
    )


def _group(facts: Sequence[Fact], readings: Readings | None) -> list[_Sentence]:
    """Return the sentences that facts were read from, in reading order; a fact alone where the texts are not known."""
    sentences: dict[tuple[str, int], _Sentence] = {}
    for index, fact in enumerate(facts):
        place = readings.place_fact(fact) if readings else None
        key = (fact.document_id, place["start"] if place else -index)
        text = place["quote"] if place else ""
        sentences.setdefault(key, _Sentence(text, fact.document_id)).facts.append(fact)
    return [*sentences.values()]


def _find_equivalents(said: Sequence[_Sentence], readings: Readings | None) -> set[tuple[str, str]]:
    """Return the sentences that name a plan in a strategy's place, by document, where that says that there is none."""
    words = load_study_rules()
    denying = {each.document_id for each in said if any(fact.value == _NONE for fact in each.list_firm())}
    texts = {each: readings.readings[each].document.text for each in denying} if readings else {}
    return {
        (document_id, text[start:end])
        for document_id, text in texts.items()
        for passage in (readings.readings[document_id].passages if readings else ())
        for start, end in passage.sentences
        if words.states(StudyCue.EQUIVALENT, text[start:end])
    }


def _list_periods(
    said: Sequence[_Sentence], coming: Collection[str], prolonged: Sequence[Prolongation]
) -> list[_Period]:
    """Return the years of strategies that are or were in force, with what decisions make them."""
    return [
        _Period(extend_period(period, prolonged) or period, each.tells_of_one(), each.names_one())
        for each in said
        for period in each.list_periods(coming=False)
        if period not in coming
    ]


def _choose(periods: Sequence[_Period]) -> str | None:
    """Return the period that is told most often, the latest among equals."""
    counts = Counter(each.period for each in periods)
    return max(counts, key=lambda each: (counts[each], each), default=None)


def _find_making(said: Sequence[_Sentence], cue: StudyCue) -> Fact | None:
    """Return the first statement of a strategy in the making whose sentence states the cue."""
    words = load_study_rules()
    for each in said:
        clause = words.find_stated(cue, _PUT_FORWARD.sub("utkast", each.text))
        if clause is None:
            continue
        of_strategy = _STRATEGY.search(clause) is not None
        statuses = [fact for fact in each.facts if fact.field == FactField.STRATEGY_STATUS and fact.value != _NONE]
        making = [fact for fact in statuses if of_strategy or fact.value == _MAKING]
        if making:
            return making[0]
    return None


def _tells_end(text: str, as_of: date) -> bool:
    """Whether a sentence about the strategy says that it has ended, in a year that has come where it names one."""
    found = load_study_rules().search(StudyCue.ENDED, text)
    year = found.groupdict().get("year") if found else None
    return found is not None and (year is None or int(year) <= as_of.year)


def _tells_lasting(text: str, as_of: date) -> bool:
    """Whether a sentence about the strategy says that it lasts to a year that is not over; a draft's is none."""
    words = load_study_rules()
    found = words.search(StudyCue.LASTS, text)
    return (
        found is not None
        and int(found["year"]) >= as_of.year
        and not words.search(StudyCue.COMING, text[: found.start()])
    )


def _is_stale(document: StudyDocument, as_of: date) -> bool:
    year = document.adopted or document.period
    return year is not None and as_of.year - int(year[:4]) > _STALE
