"""How the work is arranged, as a plan says it: who sits in a body, what limits a fund, which places it builds on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

from compliance.analyse.facts.negation import StatementReader
from compliance.analyse.facts.sentences import FactField, FactSentence, make_fact
from compliance.analyse.matching.scan import Scanner
from compliance.guidelines.cues import StatementRole
from compliance.guidelines.municipalities import load_municipalities
from compliance.records import Fact, Passage, Span

_BODY: Final = re.compile(
    r"\b\w*(?:styre|råd|utval|utvalg|gruppe|grupp|forum|team|sekretariat|nemnd|komité)(?:et|t|a|en|n|e)?s?\b",
    re.IGNORECASE,
)
_FUND: Final = re.compile(r"\b\w+fond(?:et|a)?s?\b|\bfond(?:et|ets)\b", re.IGNORECASE)
_ENDS: Final = re.compile(r"[.;:]|\s[–—-]\s")  # of the clause that a limit stands in; «1.1.» is reached after a dash
_AND: Final = re.compile(r",\s*|\s+og\s+")
_MAX_ROLE: Final = 8  # words of one who sits in a body; more is a sentence on something else
_MAX_MEMBERS: Final = 15
_NAME: Final = r"[A-ZÆØÅ]\w+(?:[ -][A-ZÆØÅ]\w+)*"
# «Lillevik kommune», «Skarvøya, Granlia og Lillevik kommuner»
_PLACES: Final = re.compile(rf"((?:{_NAME}, )*{_NAME}(?: og {_NAME})?)\s+(?:kommuner?|kommunar?|fylkeskommuner?)\b")
_PLACE: Final = re.compile(_NAME)
_PLAN: Final = re.compile(r"strateg|plan|tilnærming", re.IGNORECASE)


@dataclass(frozen=True)
class ArrangementReader:
    """Reads arrangements by the cues of `rules/statements.yaml`."""

    statements: StatementReader
    scanner: Scanner

    def read(self, sentence: FactSentence, items: Mapping[str, list[Passage]]) -> Iterator[Fact]:
        """Yield what the sentence says; `items` are the passages of each list, by the id of its lead-in."""
        yield from self._read_members(sentence, items.get(sentence.passage.id, []))
        yield from self._read_models(sentence)
        if sentence.near_digital or sentence.paid_digital:
            yield from self._read_limits(sentence)

    def _read_members(self, sentence: FactSentence, items: list[Passage]) -> Iterator[Fact]:
        """Yield a body with those who sit in it, as the sentence or the list below it names them."""
        for cue in self.statements.find(StatementRole.CONSISTS, sentence.text):
            start, end = cue.start, cue.end
            bodies = list(_BODY.finditer(sentence.text, 0, start))
            if not bodies or sentence.text[bodies[-1].end() : start].strip(" s").count(" ") > 1:
                continue
            listed = sentence.text.rstrip().endswith(":")
            spans = [Span(each.start, each.end) for each in items] if listed else [*_split(sentence, end)]
            named = [(span, _clean(sentence.reading.document.text[span.start : span.end])) for span in spans]
            members = [(span, name) for span, name in named if 0 < len(name.split()) <= _MAX_ROLE][:_MAX_MEMBERS]
            if members:
                body = bodies[-1].group().removesuffix("s")
                said = f"{body}: {', '.join(name for _, name in members)}"
                places = [(span.start - sentence.offset, span.end - sentence.offset) for span, _ in members]
                yield make_fact(sentence, FactField.BODY_MEMBERS, said, cue.cue.id, *places)

    def _read_limits(self, sentence: FactSentence) -> Iterator[Fact]:
        """Yield how much of a fund may be used, or for how long, where the sentence or its list is about a fund."""
        for cue in self.statements.find(StatementRole.LIMITS, sentence.text):
            if _is_about_fund(sentence):
                ended = _ENDS.search(sentence.text, cue.end)
                words = sentence.text[cue.start : ended.start() if ended else len(sentence.text)].strip()
                place = (cue.start, cue.start + len(words))
                yield make_fact(sentence, FactField.FUND_LIMIT, words, cue.cue.id, place)

    def _read_models(self, sentence: FactSentence) -> Iterator[Fact]:
        """Yield the municipalities and networks that the plan itself says it builds on."""
        if not _PLAN.search(sentence.text):
            return
        own = sentence.reading.profile.municipality
        for cue in [*self.statements.find(StatementRole.BUILDS_ON, sentence.text)][:1]:
            networks = [each for each in self.scanner.scan(sentence.text).networks if each.start >= cue.end]
            named = [(sentence.text[each.start : each.end], each.start) for each in networks]
            for name, begins in sorted([*named, *_list_places(sentence.text, cue.end)], key=itemgetter(1)):
                if own is None or name not in own.value:
                    yield make_fact(sentence, FactField.MODELS, name, cue.cue.id, (begins, begins + len(name)))


def group_items(passages: Sequence[Passage]) -> dict[str, list[Passage]]:
    """Return the items of each list, by the id of its lead-in."""
    items: dict[str, list[Passage]] = {}
    for passage in passages:
        if passage.lead_in:
            items.setdefault(passage.lead_in, []).append(passage)
    return items


def _is_about_fund(sentence: FactSentence) -> bool:
    passage = sentence.passage
    above = [each.text for each in sentence.reading.passages if each.id == passage.lead_in]
    return any(_FUND.search(text) for text in (sentence.text, *above))


def _split(sentence: FactSentence, start: int) -> Iterator[Span]:
    """Yield the parts of «kommunedirektøren, kommunalsjefene og IKT-sjefen» from `start` on, in document offsets."""
    ended = _ENDS.search(sentence.text, start)
    stop, begins = ended.start() if ended else len(sentence.text), start
    cuts = [(each.start(), each.end()) for each in _AND.finditer(sentence.text, start, stop)]
    for low, high in [*cuts, (stop, stop)]:
        yield Span(sentence.offset + begins, sentence.offset + low)
        begins = high


def _list_places(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Yield the municipalities named from `start` on: by the register, or by «kommune» after them."""
    told = [each.span(1) for each in _PLACES.finditer(text, start)]
    register = load_municipalities()
    for match in _PLACE.finditer(text, start):
        name = match.group()
        known = any(register.find_name(each) for each in (name, name.replace(" ", "-")))
        if known or any(low <= match.start() and match.end() <= high for low, high in told):
            yield name, match.start()


def _clean(words: str) -> str:
    return " ".join(words.split()).strip("•·-–.,;\uf0b7 ")
