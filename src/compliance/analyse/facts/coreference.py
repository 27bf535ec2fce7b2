"""Which plan a statement is about, where a text names several: the one named last before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from compliance.analyse.matching.cues import CueMatch
from compliance.analyse.matching.scan import Scanner
from compliance.guidelines.cues import PlanCue, PlanKind

Span = tuple[int, int]

_OTHERS_NAME = re.compile(r"\b([A-ZÆØÅ][\w-]+)s? (?:fylkes)?kommunes?(?: sin)?\s+$")
_OTHERS_SAID = re.compile(r"^\W*(?:I |Hos )?([A-ZÆØÅ][\w-]+) kommune\b[^.;,]*$")  # «Sørvåg kommune vedtok sin …»
_ITEM = re.compile(r"^\s*(?:[-–•*·]|\d+[.)])\s?")  # an item of a list
_NEAR = 3  # characters between a body's name and its strategy: «Regjeringens », «KS' »
_SUBJECT = 15  # characters into a sentence; a body named so early is its subject
_ITS = re.compile(r"\b(?:sin|si|sitt)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_BY = re.compile(
    r"\b(?:lag[td]|lagde?|laget|utarbeid\w+|utgitt|utgjeven|fastsatt|fastsett|vedtatt|vedteken)\b[^.;]{0,30}?\bav\s+(?:den\s+)?$",
    re.IGNORECASE,
)
# Ministries and agencies beside the sources that rules/sources.yaml names, which goals and citations are read from too.
_STATE = re.compile(
    r"\b[\w-]*(?:departement|direktorat)(?:et|ets)\b|\bnasjonal (?:sikkerhets|tryggings|kommunikasjons)myndig\w+"
    r"|(?-i:\b(?:Udir|NSM|Nkom|Statped)\b)|\b(?:Arkivverket|Kartverket|Husbanken|Riksrevisjonen)\b",
    re.IGNORECASE,
)
_REACH = 2  # sentences that «den» can reach back over where no other plan is named
_LONG_REACH = 4  # sentences that «strategien» can, whatever else is named


@dataclass(frozen=True, slots=True)
class PlanMention:
    """A plan that a sentence names or refers back to, in the sentence's offsets."""

    kind: PlanKind  # never SAME: a reference back has the kind of what it refers to
    start: int
    end: int
    named: bool  # False: referred back to


@dataclass(frozen=True, slots=True)
class PlanTopics:
    """The plans of one sentence, in reading order."""

    mentions: tuple[PlanMention, ...]
    national: tuple[Span, ...]  # where it names a national body or its document

    def refers_to(self, kind: PlanKind) -> bool:
        """Tell whether the sentence refers back to a plan of that kind."""
        return any(each.kind is kind and not each.named for each in self.mentions)

    def speaks_of(self, kind: PlanKind) -> bool:
        """Tell whether the sentence names a plan of that kind, or refers back to one."""
        return any(each.kind is kind for each in self.mentions)

    def is_national(self, span: Span) -> bool:
        """Tell whether the words at `span` name a national body or its document."""
        return _overlaps(span, self.national)

    def is_made_elsewhere(self, text: str) -> bool:
        """Tell whether the sentence `text` says that a national body made or laid what it names: «… av regjeringen»."""
        return any(_BY.search(text, 0, start) for start, _ in self.national)

    def find_owner(self, span: Span) -> PlanMention | None:
        """Return the plan that the words at `span` tell of: named in them, else last before, else first after them."""
        within = [each for each in self.mentions if each.start < span[1] and span[0] < each.end]
        before = [each for each in self.mentions if each.start < span[0]]
        own = [each for each in within if each.kind is PlanKind.STRATEGY]
        if within:
            return (own or within)[-1]
        return before[-1] if before else next(iter(self.mentions), None)


class _LeadIn:
    """What a quotation or a list that follows «der står det:» belongs to."""

    def __init__(self) -> None:
        self.kind: PlanKind | None = None
        self._waits = False  # the sentence before ended in a colon or a semicolon
        self._quote = False  # a quotation mark is still open

    def continues(self, text: str) -> bool:
        """Tell whether the sentence is a part of what was led in."""
        return self.kind is not None and (self._waits or self._quote or bool(_ITEM.match(text)))

    def follow(self, text: str, kinds: Sequence[PlanKind], *, continued: bool) -> None:
        """Take in a sentence and the plans that it is about."""
        self._quote = text.count("«") > text.count("»") if not self._quote else "»" not in text
        self._waits = text.rstrip().endswith((":", ";"))
        if self._waits or not continued:
            self.kind = kinds[-1] if self._waits and kinds else self.kind if continued else None


class _Memory:
    """What the sentences before were about."""

    def __init__(self) -> None:
        self.topic: PlanKind | None = None
        self._ages: dict[PlanKind, int] = {}  # sentences since a plan of that kind was last named

    def remember(self, kinds: Sequence[PlanKind]) -> None:
        """Take in the plans of the sentence that was read."""
        self._ages = {kind: age + 1 for kind, age in self._ages.items()} | dict.fromkeys(kinds, 0)
        if kinds:
            self.topic = kinds[-1]
        elif min(self._ages.values(), default=_REACH) >= _REACH:
            self.topic = None

    def recall(self, kind: PlanKind | None) -> PlanKind | None:
        """Return the kind, where a plan of it was named not long ago."""
        return kind if kind and self._ages.get(kind, _LONG_REACH) < _LONG_REACH else None


class PlanReader:
    """Reads the sentences of one document in order and remembers what the last one was about."""

    def __init__(self, scanner: Scanner) -> None:
        self._scanner = scanner

    def find_national(self, text: str) -> tuple[Span, ...]:
        """Return where the text names a national body or its document."""
        named = [(source.start, source.end) for source in self._scanner.scan(text).sources]
        state = [match.span() for match in _STATE.finditer(text)]
        return (*named, *(span for span in state if not _overlaps(span, named)))

    def read(self, texts: Sequence[str], *, municipality: str | None) -> Iterator[PlanTopics]:
        """Yield the plans of each sentence."""
        memory, lead_in = _Memory(), _LeadIn()
        for text in texts:
            national = self.find_national(text)
            mentions = tuple(self._find_mentions(text, national, memory=memory, municipality=municipality))
            continued = lead_in.continues(text)
            if continued and lead_in.kind and not any(each.named for each in mentions):
                mentions = (PlanMention(lead_in.kind, 0, 0, named=False), *mentions)
            yield PlanTopics(mentions, national)
            kinds = [each.kind for each in mentions if (each.start, each.end) not in national]
            lead_in.follow(text, kinds, continued=continued)
            memory.remember(kinds)

    def _find_mentions(
        self, text: str, national: tuple[Span, ...], *, memory: _Memory, municipality: str | None
    ) -> Iterator[PlanMention]:
        taken: list[Span] = []
        kept: list[tuple[int, int, PlanKind, PlanKind | None]] = []
        for cue in sorted(self._scanner.scan(text).plans, key=_rank):
            span = (cue.start, cue.end)
            if not _overlaps(span, taken):
                taken.append(span)
                others = cue.cue.plan is not PlanKind.SAME and _is_others(text, span[0], municipality)
                foreign = others or _touches(span, national) or _is_of_subject(text, span[0], national)
                kept.append((*span, PlanKind.OTHER if foreign else cue.cue.plan, cue.cue.refers_to))
        kept += [(*span, PlanKind.OTHER, None) for span in national if not _overlaps(span, taken)]
        last = memory.topic
        for start, end, kind, refers_to in sorted(kept, key=itemgetter(0, 1)):
            named = kind is not PlanKind.SAME
            last = kind if named else memory.recall(refers_to) or last
            if last:
                yield PlanMention(last, start, end, named)


_RANK = {PlanKind.STRATEGY: 0, PlanKind.SAMFUNNSDEL: 1, PlanKind.OTHER: 2, PlanKind.SAME: 3}


def _rank(match: CueMatch[PlanCue]) -> tuple[bool, int, int, int]:
    """Put names before references back, and the fullest name first: «digital strategi» before «strategi»."""
    plan = match.cue.plan
    return plan is PlanKind.SAME, match.start - match.end, _RANK[plan], match.start


def _is_others(text: str, start: int, municipality: str | None) -> bool:
    """Tell whether another municipality's name stands right before the strategy, or begins its clause."""
    named = _OTHERS_NAME.search(text, 0, start) or _OTHERS_SAID.search(text, 0, start)
    return named is not None and municipality is not None and named[1] not in municipality.split()


def _is_of_subject(text: str, start: int, national: tuple[Span, ...]) -> bool:
    """Tell whether a plan is that of the national body which the sentence opens with: «KS har i sin strategi …»."""
    opens = any(begin < _SUBJECT for begin, _ in national)
    return opens and _ITS.search(text, 0, start) is not None


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def _touches(span: Span, others: Sequence[Span]) -> bool:
    return any(start < span[1] and span[0] - end < _NEAR for start, end in others)
