"""Facts of a fact sheet (docs/analyse.md) that a document states, each with the words it was read from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from compliance.analyse.attribution import Attributions, lies_within
from compliance.analyse.facts.arrangements import ArrangementReader, group_items
from compliance.analyse.facts.bodies import BodyReader, join_bodies
from compliance.analyse.facts.coreference import PlanReader
from compliance.analyse.facts.negation import StatementReader
from compliance.analyse.facts.networks import NetworkReader
from compliance.analyse.facts.plans import PlanFactsReader, is_strategy
from compliance.analyse.facts.sectors import SectorPlanReader
from compliance.analyse.facts.sentences import (
    FactField,
    FactSentence,
    make_cue_fact,
    make_fact,
    make_fact_under,
)
from compliance.analyse.facts.sums import find_sums
from compliance.analyse.matching.cues import CueMatch
from compliance.analyse.matching.forms import MISSPELT
from compliance.analyse.matching.scan import Scanner
from compliance.analyse.observation.level import list_sentences
from compliance.guidelines.cues import (
    Cue,
    Funding,
    FundingCue,
    PlanKind,
    StatementRole,
)
from compliance.guidelines.rules import Rules
from compliance.records import (
    Attribute,
    BlockKind,
    DocumentType,
    Evidence,
    EvidenceCode,
    EvidenceKind,
    Fact,
    Passage,
    Reading,
)

_SERVICES = "services"  # cue of digital_content; a word on broadband or web pages makes no digital aim
# What another municipality has, unless the two have it together.
_NEIGHBOUR = re.compile(
    r"^\W*(?:i |hos |for |også |òg )?(?:nabokommun\w+|(?:de |dei )?andre kommun\w+|ei?n ann[ea]n kommune)\b"
    r"(?![^.]*\b(?:sammen|saman|felles|begge|i lag)\b)",
    re.IGNORECASE,
)
_SUBJECT = 15  # characters into a sentence; a body named so early is what the sentence tells of
_SHORT = 60  # sentences; a text no longer than that is about digitalisation throughout where
_MOST = 0.5  # more than this share of its sentences hold digital words or stand beside one that does
_OPENING = 3  # passages
_BRIEF = 4  # sentences; a passage no longer than that is about one thing
_MONEY = re.compile(
    r"\b(?:kr|kroner|mill|millionar|millioner)\b|(?<![\d.])\d{1,3}(?:[ .]\d{3})+(?!\d)|\t-?\d+", re.IGNORECASE
)
_BACK = re.compile(  # the money goes to what the sentence before is about
    r"\b(?:til|for) (?:dette|formålet|føremålet|tiltaket|prosjektet)\b"
    r"|\b(?:beløpet|summen|løyvinga|bevilgningen|(?:til )?det sam(?:m)?e|tilsvarende|tilsvarande)\b"
    r"|^\W*(?:dette|alt|tiltaket|prosjektet|innkjøpet|løsningen|løysinga|kostnaden\w*|kostnadane|utgiftene)\b"
    r"|\b(?:de|dei|disse|desse) (?:nye )?(?:løsning|løysing|system|tiltak|verktøy)(?:ene|ane|a)\b",
    re.IGNORECASE,
)
_MEASURES = re.compile(  # what the strategy asks for
    r"\b(?:tiltak|prosjekt|gjennomfør|oppfølg|følge opp|følgje opp|iverksett)\w*[^.;]{0,20}\bstrategien\b",
    re.IGNORECASE,
)
_ALL = re.compile(r"\W*(?:alt|kostnad\w*|utgift\w*|tiltak\w*)\b", re.IGNORECASE)
_APPLIED = re.compile(r"\bsøk(?:e|er|es|je|jer|nad\w*|ast)?\b", re.IGNORECASE)  # «Enhetene kan søke om midler til …»
# «Kommunen har søkt Statsforvalteren om …»: money that is not there yet, unless it was given.
_ASKED = re.compile(
    r"\bsøk(?:t|te|er|jer|je|e)?\b(?:(?!\b(?:fått|fikk|fekk)\b)[^.;]){0,60}?\bom\b(?:(?!\b(?:fått|fikk|fekk)\b)[^.;]){0,30}$",
    re.I,
)
_LIMIT = re.compile(
    r"\b(?:over|under|(?:mer|meir|større|mindre) enn)\s+$|^\W*av (?:\w+ ){0,2}\w*(?:ramm|budsjett|sum)\w* på\s+$"
    r"|\bav (?:en |ei |ein )?(?:totalt?|samlet|samla)(?: \w+){0,2}\s+$",
    re.IGNORECASE,
)  # what a rule holds for, no sum
_PLAN = re.compile(r"plan", re.IGNORECASE)  # «økonomiplan» in a heading is no kind of money
_MIN_AIMS = 2  # not the municipality's own: «barn skal lære å bruke digitale hjelpemidler» is no aim of digitalisation
_MIN_DIGITAL_PASSAGES = 3  # a samfunnsdel that names technology once in passing does not deal with digitalisation


class FactsReader:
    """Reads the facts of a fact sheet, sentence by sentence, and from what the document itself is."""

    def __init__(self, rules: Rules, scanner: Scanner) -> None:
        self._scanner = scanner
        self._statements = StatementReader(scanner)
        self._plans = PlanReader(scanner)
        self._plan_facts = PlanFactsReader(scanner, self._statements)
        self._networks = NetworkReader(scanner, self._statements)
        self._sectors = SectorPlanReader(scanner, self._statements)
        self._arrangements = ArrangementReader(self._statements, scanner)
        self._bodies = BodyReader(rules)

    def read(self, reading: Reading, attributions: Attributions) -> list[Fact]:
        """Return every fact once per place it is read, in passage order."""
        sentences = [*self._list_sentences(reading, attributions)]
        found = [*self._read_profile(reading, sentences)]
        lists = group_items(reading.passages)
        for sentence in sentences:
            found += self._read_sentence(sentence)
            found += [] if sentence.borrowed else self._arrangements.read(sentence, lists)
        order = {passage.id: passage.index for passage in reading.passages}
        in_order = sorted(dict.fromkeys(found), key=lambda fact: order[fact.passage_id])
        return join_bodies(in_order, sentences)

    def _list_sentences(self, reading: Reading, attributions: Attributions) -> Iterator[FactSentence]:
        pieces = [
            (passage, passage.text[start:end], passage.start + start)
            for passage in reading.passages
            for start, end in list_sentences(passage)
        ]
        texts = [text for _, text, _ in pieces]
        held = map(self._statements.blank_denied, texts)
        digital = [any(cue.strong for cue in self._scanner.scan(text).digital) for text in held]
        about = {passage.id for (passage, _, _), is_about in zip(pieces, digital, strict=True) if is_about}
        near = [
            any(digital[max(0, index - 1) : index + 2]) or (passage.id in about and len(passage.sentences) <= _BRIEF)
            for index, (passage, _, _) in enumerate(pieces)
        ]
        paid = [is_about or self._buys_digital(text) for text, is_about in zip(texts, digital, strict=True)]
        last = {passage.id: index for index, (passage, _, _) in enumerate(pieces)}  # where a lead-in's last sentence is
        throughout = len(near) <= _SHORT and sum(near) > _MOST * len(near)
        municipality = reading.profile.municipality
        own_strategy = is_strategy(reading)
        topics = [*self._plans.read(texts, municipality=municipality.value if municipality else None)]
        for index, (passage, text, offset) in enumerate(pieces):
            goes_on = index + 1 < len(texts) and topics[index + 1].refers_to(PlanKind.OTHER) and digital[index + 1]
            led_by = last.get(passage.lead_in) if passage.lead_in else None
            yield FactSentence(
                passage=passage,
                text=text,
                said=self._statements.blank_unreal(text),
                offset=offset,
                digital=digital[index],
                digital_plan=digital[index] or goes_on or topics[index].refers_to(PlanKind.STRATEGY),
                near_digital=throughout or near[index],
                paid_digital=own_strategy
                or paid[index]
                or self._pays_neighbour(texts, index, paid)
                or (_MEASURES.search(text) is not None and topics[index].speaks_of(PlanKind.STRATEGY))
                or (led_by is not None and paid[led_by] and not self._scanner.scan(text).is_of_other_goods),
                borrowed=lies_within(attributions.spans, offset, offset + len(text)),
                previous=texts[index - 1] if index else "",
                following=self._statements.blank_unreal(texts[index + 1]) if index + 1 < len(texts) else "",
                plans=topics[index],
                reading=reading,
            )

    def _buys_digital(self, text: str) -> bool:
        return any(cue.strong for cue in self._scanner.scan(text).digital_goods)

    def _pays_neighbour(self, texts: Sequence[str], index: int, paid: Sequence[bool]) -> bool:
        """Whether a sentence's money is for something digital that the one before names, or the one after applies for.

        «Til dette er det satt av …», and «… til et omstillingsfond. Enhetene kan søke om midler til digitale prosjekt.»
        """
        if index and _BACK.search(texts[index]) and (paid[index - 1] or self._goes_on_about(texts, index)):
            return True
        after = texts[index + 1] if index + 1 < len(texts) and paid[index + 1] else ""
        is_fund = any(each.cue.funding is Funding.FOND for each in self._scanner.scan(texts[index]).funding)
        return is_fund and _APPLIED.search(after) is not None

    def _goes_on_about(self, texts: Sequence[str], index: int) -> bool:
        """Whether a sentence tells how digitalisation is paid for though the one before denies something of it."""
        return _ALL.match(texts[index]) is not None and self._scanner.scan(texts[index - 1]).is_digital

    def _read_profile(self, reading: Reading, sentences: Sequence[FactSentence]) -> Iterator[Fact]:
        """Yield what the document is, where it is itself a strategy or a samfunnsdel."""
        if not reading.passages:
            return
        profile = reading.profile
        if profile.municipality:
            yield _from_attribute(reading, FactField.MUNICIPALITY, profile.municipality.value, profile.municipality)
        kind = profile.document_type
        if is_strategy(reading):
            yield from self._read_status(reading, sentences)
            if profile.period:
                yield _from_attribute(reading, FactField.STRATEGY_PERIOD, profile.period.value, profile.period)
        if kind.value == DocumentType.SAMFUNNSDEL:
            if profile.period:
                yield _from_attribute(reading, FactField.SAMFUNNSDEL_PERIOD, profile.period.value, profile.period)
            yield self._read_samfunnsdel(reading)
        if kind.value == DocumentType.TEMAPLAN:
            yield from self._read_sector_plan(reading)

    def _read_sector_plan(self, reading: Reading) -> Iterator[Fact]:
        """Yield the sector that a plan is for by its title, where it deals with digitalisation."""
        title = reading.document.title or ""
        sectors = {each.cue.plan: each for each in self._scanner.scan(title).sector_plans if each.quality > MISSPELT}
        digital, aims = self._list_digital(reading), self._list_aims(reading)
        if not aims and len(digital) < _MIN_DIGITAL_PASSAGES:
            return
        passage, cue = (aims or digital)[0]
        for sector in sectors:
            evidence = (cue.as_evidence(passage.start),)
            yield Fact(reading.document.id, passage.id, FactField.SECTOR_PLANS, sector.value, evidence)

    def _list_digital(self, reading: Reading) -> list[tuple[Passage, CueMatch[Cue]]]:
        """Return the passages that name something digital, each with the first words that do."""
        return [
            (passage, cue)
            for passage in reading.passages
            for cue in self._scanner.scan(passage.text).digital[:1]
            if cue.strong
        ]

    def _list_aims(self, reading: Reading) -> list[tuple[Passage, CueMatch[Cue]]]:
        """Return what the document says that the municipality shall or wants to do digitally."""
        return [each for passage in reading.passages for each in self._find_aim(passage)]

    def _read_samfunnsdel(self, reading: Reading) -> Fact:
        """Tell whether a samfunnsdel deals with digitalisation: by an aim about it, a chapter, or several passages."""
        digital, aims = self._list_digital(reading), self._list_aims(reading)
        headed = any(passage.kind is BlockKind.HEADING for passage, _ in digital)
        own = any(self._statements.has(StatementRole.OWN, passage.text) for passage, _ in aims)
        dealt_with = headed or own or len(aims) >= _MIN_AIMS or len(digital) >= _MIN_DIGITAL_PASSAGES
        value = "true" if dealt_with else "false"
        shown = (aims or digital)[:1]
        passage = shown[0][0] if shown else reading.passages[0]
        evidence = tuple(cue.as_evidence(holder.start) for holder, cue in shown)
        return Fact(
            reading.document.id,
            passage.id,
            FactField.DIGITAL_IN_SAMFUNNSDEL,
            value,
            evidence or (Evidence(EvidenceKind.RULE, "", 0.5, code=EvidenceCode.NO_DIGITAL_PASSAGE),),
        )

    def _find_aim(self, passage: Passage) -> Iterator[tuple[Passage, CueMatch[Cue]]]:
        """Yield what the passage says that the municipality shall or wants to do digitally, in one sentence."""
        for start, end in list_sentences(passage):
            said = self._statements.blank_denied(passage.text[start:end])
            if self._statements.has(StatementRole.AIMS, said):
                text = " " * start + said  # so that offsets are the passage's
                content = [cue for cue in self._scanner.scan(text).digital_content if cue.cue.id != _SERVICES]
                yield from ((passage, cue) for cue in content[:1])

    def _read_sentence(self, sentence: FactSentence) -> Iterator[Fact]:
        if _NEIGHBOUR.match(sentence.text):
            return
        if sentence.borrowed:
            yield from self._plan_facts.read_digital(sentence)  # a quotation of the samfunnsdel tells what it says
            return
        yield from self._plan_facts.read(sentence)
        if self._statements.has(StatementRole.SUPPOSES, sentence.text):
            return
        yield from self._networks.read(sentence)
        if not (sentence.plans.is_made_elsewhere(sentence.text) or self._speaks_of_others(sentence)):
            yield from self._sectors.read(sentence)
        if sentence.near_digital or sentence.paid_digital:
            yield from self._read_funding(sentence)
        if sentence.near_digital:
            yield from self._bodies.read(sentence)

    def _read_funding(self, sentence: FactSentence) -> Iterator[Fact]:
        """Yield how something digital is paid for: said in the sentence, or by the heading or table it stands under."""
        if self._speaks_of_others(sentence):
            return
        if sentence.digital or sentence.paid_digital:
            yield from self._read_sums(sentence)
        for funding in self._scanner.scan(sentence.said).funding:
            if funding.strong and not self._is_for_other(sentence.said, funding.start):
                yield make_cue_fact(sentence, FactField.FUNDING, funding.cue.funding, funding)
        money = _MONEY.search(sentence.text)
        if not (sentence.paid_digital and money):
            return
        table = sentence.passage.table
        above = [
            *sentence.passage.section[-2:],
            *([table.title] if table and table.title else []),
            *_find_lead(sentence),
        ]
        for funding in (cue for text in above for cue in self._find_kinds(text)):
            value = str(funding.cue.funding)
            yield make_fact_under(sentence, FactField.FUNDING, value, funding, money.span())

    def _is_for_other(self, text: str, at: int) -> bool:
        """Tell whether the clause at a place says that the money goes to something that is not digital."""
        return self._scanner.scan(self._statements.find_clause(text, at)).is_of_other_goods

    def _read_sums(self, sentence: FactSentence) -> Iterator[Fact]:
        """Yield the sums of a sentence; a limit that a rule holds for, and what is only applied for, are left out."""
        for each in find_sums(sentence.said):
            before = sentence.said[: each.start]
            if not _LIMIT.search(before) and not _ASKED.search(before):
                yield make_fact(sentence, FactField.FUNDING_SUM, str(each.kroner), "sum", (each.start, each.end))

    def _find_kinds(self, heading: str) -> Iterator[CueMatch[FundingCue]]:
        """Yield the kinds of money that a heading names: «Økonomiplan» is none."""
        for found in self._scanner.scan(heading).funding:
            if found.strong or not _PLAN.search(heading[found.start : found.end]):
                yield found

    def _speaks_of_others(self, sentence: FactSentence) -> bool:
        """Tell a sentence that begins with a national body or its document, and does not speak of the municipality."""
        opens = any(start < _SUBJECT for start, _ in sentence.plans.national)
        return opens and not self._statements.has(StatementRole.OWN, sentence.text)

    def _read_status(self, reading: Reading, sentences: Sequence[FactSentence]) -> Iterator[Fact]:
        """Yield what a strategy says of itself: a draft, or adopted. Years in its title say neither."""
        profile = reading.profile
        opening = "\n".join(passage.text for passage in reading.passages[:_OPENING])
        adopts = self._statements.has(StatementRole.ADOPTS, opening)
        names = (reading.document.name, reading.document.title or "")
        titled = any(self._is_draft(text) for text in names)
        if titled or (not adopts and self._is_draft(opening)):
            yield _from_attribute(reading, FactField.STRATEGY_STATUS, "in_progress", profile.document_type)
        elif adopts or profile.adopted:
            decided = profile.adopted or profile.document_type
            yield _from_attribute(reading, FactField.STRATEGY_STATUS, "adopted", decided)
        else:
            yield from self._read_own_status(sentences)

    def _read_own_status(self, sentences: Sequence[FactSentence]) -> Iterator[Fact]:
        """Yield the first sentence in which a strategy says that it is decided on, or not yet."""
        for sentence in sentences:
            about = [each for each in sentence.plans.mentions if each.kind is PlanKind.STRATEGY]
            if not about or any(each.kind is not PlanKind.STRATEGY and each.named for each in sentence.plans.mentions):
                continue
            adopts = self._statements.has(StatementRole.ADOPTS, sentence.text)
            value = "in_progress" if self._is_draft(sentence.text) else "adopted" if adopts else None
            if value:
                span = (about[0].start, about[0].end)
                yield make_fact(sentence, FactField.STRATEGY_STATUS, value, "own_status", span)
                return

    def _is_draft(self, text: str) -> bool:
        """Whether the text says that the document is a draft, or that it has not been decided on."""
        return any(self._statements.has(role, text) for role in (StatementRole.DRAFTS, StatementRole.UNTREATED))


def _find_lead(sentence: FactSentence) -> Iterator[str]:
    """Yield the last sentence of what leads in the list that a sentence is an item of."""
    for each in sentence.reading.passages:
        if each.id == sentence.passage.lead_in and each.sentences:
            yield sentence.reading.document.text[each.sentences[-1][0] : each.end]


def _from_attribute(reading: Reading, field: FactField, value: str, attribute: Attribute) -> Fact:
    """Return a fact read from the profile; its passage is the one that holds the quote, else the first."""
    start, end = attribute.start, attribute.end
    for passage in reading.passages:
        if start is not None and end is not None and passage.start <= start and end <= passage.end:
            evidence = Evidence(EvidenceKind.RULE, attribute.source, 0.9, start, end, code=EvidenceCode.PROFILE)
            return Fact(reading.document.id, passage.id, field, value, (evidence,))
    evidence = Evidence(EvidenceKind.RULE, attribute.source, 0.9, code=EvidenceCode.PROFILE)
    return Fact(reading.document.id, reading.passages[0].id, field, value, (evidence,))
