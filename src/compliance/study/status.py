"""What each municipality has of a digitalisation strategy on the study date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from compliance.guidelines.study_rules import ManifestStatus, load_study_rules
from compliance.records import DocumentType, Fact
from compliance.records.study import InventoryState, StrategyState, StrategyStatus, StudyDocument
from compliance.report.catalogue import load_catalogue
from compliance.study.corpus.manifest import ManifestRow
from compliance.study.documents import counts_on_date, has_begun
from compliance.study.owners import STRATEGIES
from compliance.study.placing import Readings
from compliance.study.prolonging import Prolongation
from compliance.study.told import ToldStrategy, read_told


@dataclass(frozen=True, slots=True)
class Material:
    """All that tells of one municipality's strategy."""

    municipality: str
    documents: Sequence[StudyDocument]
    facts: Mapping[str, Sequence[Fact]]  # by document
    rows: Sequence[ManifestRow]  # of the manifest, without files
    readings: Readings | None  # None: only the manifest is known
    prolonged: Sequence[Prolongation] = ()  # decisions that keep a strategy in force


def judge_strategy(material: Material, *, as_of: date) -> StrategyState:
    """Return the municipality's status: what is in force first, then what is coming, what is over, what is denied.

    The steps, each of which settles it: a strategy in the corpus whose period holds the date; what a person wrote of
    there being none or one under way; a strategy that a document says is there; a draft in the corpus, or one that a
    document says is being made; one that has ended; a document that says there is none. Else it is not found.
    """
    own = [each for each in material.documents if each.document_type in STRATEGIES and counts_on_date(each)]
    told = read_told(material.documents, material.facts, material.readings, prolonged=material.prolonged, as_of=as_of)
    expired = [each for each in own if each.state is InventoryState.EXPIRED]
    context = _Context(material, as_of, own, told, expired)
    for step in (_in_force, _by_person, _told_in_force, _coming, _over, _denied):
        state = step(context)
        if state is not None:
            return state
    return _not_found(context)


@dataclass(frozen=True, slots=True)
class _Context:
    material: Material
    as_of: date
    own: Sequence[StudyDocument]
    told: ToldStrategy
    expired: Sequence[StudyDocument]

    def state(
        self,
        status: StrategyStatus,
        reason: str,
        *,
        period: str | None = None,
        document: StudyDocument | None = None,
        fact: Fact | None = None,
    ) -> StrategyState:
        ended = bool(self.expired) or self.told.has_ended
        place = self._place(document, fact)
        equivalent = find_equivalent(self.material.documents)
        return StrategyState(
            self.material.municipality,
            status,
            period,
            has_expired=ended,
            equivalent=equivalent.document_id if equivalent else self.told.equivalent,
            reason=reason,
            **place,
        )

    def _place(self, document: StudyDocument | None, fact: Fact | None) -> dict[str, Any]:
        readings = self.material.readings
        if readings is None:
            return {}
        if fact is not None:
            return {**readings.place_fact(fact)}
        if document is None:
            return {}
        reading = readings.readings[document.document_id]
        said = reading.profile.period or reading.profile.adopted or reading.profile.document_type
        for passage in reading.passages:
            if said.start is not None and said.end is not None and passage.start <= said.start < passage.end:
                return {**readings.place(passage, said.start, said.end)}
        return {**readings.place(reading.passages[0])} if reading.passages else {}


def _in_force(context: _Context) -> StrategyState | None:
    held = [each for each in context.own if each.state is InventoryState.HELD]
    begun = [each for each in held if has_begun(each, context.as_of)]
    if not begun:
        return None
    newest = max(begun, key=lambda each: (each.period or "", each.adopted or ""))
    when = f"gjelder {_show(newest.period)}" if newest.period else "har ingen periode"
    decided = f", vedtatt {load_catalogue('nb').date(newest.adopted)}" if newest.adopted else ""
    reason = f"«{newest.title}» {when}{decided}.{_tell_prolonged(context, newest.period)}"
    return context.state(StrategyStatus.VALID, reason, period=newest.period, document=newest)


def _by_person(context: _Context) -> StrategyState | None:
    said = {row.status for row in context.material.rows if row.document_type and row.document_type.value in STRATEGIES}
    if ManifestStatus.UNDER_WAY in said:
        return context.state(StrategyStatus.UNDER_WAY, "Manifestet sier at en strategi er under arbeid.")
    if ManifestStatus.NONE in said and not context.expired:
        return context.state(StrategyStatus.NONE, "Manifestet sier at det ikke finnes noen strategi.")
    return None


def _told_in_force(context: _Context) -> StrategyState | None:
    told, year = context.told, context.as_of.year
    if told.status != "adopted" or told.fact is None or (told.has_ended and told.period is None):
        return None
    if told.period and not int(told.period[:4]) <= year <= int(told.period[5:9]):
        return None
    when = f" for {_show(told.period)}" if told.period else ", uten å si for hvilke år"
    longer = _tell_prolonged(context, told.period)
    reason = f"Et dokument sier at kommunen har en strategi{when}. Selve strategien er ikke i korpuset.{longer}"
    return context.state(StrategyStatus.VALID, reason, period=told.period, fact=told.fact)


def _coming(context: _Context) -> StrategyState | None:
    drafts = [each for each in context.own if each.state is InventoryState.DRAFT]
    if drafts:
        newest = max(drafts, key=lambda each: each.period or "")
        reason = f"«{newest.title}» er et utkast."
        return context.state(StrategyStatus.DRAFT, reason, period=newest.period, document=newest)
    waiting = [each for each in context.own if each.state is InventoryState.HELD]
    if waiting:
        reason = f"«{waiting[0].title}» er vedtatt, men gjelder først fra {str(waiting[0].period)[:4]}."
        return context.state(StrategyStatus.UNDER_WAY, reason, period=waiting[0].period, document=waiting[0])
    told = context.told
    if told.draft is not None and not told.is_stale:
        reason = "Et dokument forteller hva utkastet til en strategi sier. Selve utkastet er ikke i korpuset."
        return context.state(StrategyStatus.DRAFT, reason, period=told.coming, fact=told.draft)
    if told.status == "in_progress" and told.fact is not None and not told.is_stale:
        reason = "Et dokument sier at en strategi er under arbeid."
        return context.state(StrategyStatus.UNDER_WAY, reason, fact=told.fact)
    if told.renewal is not None and not told.is_stale:
        reason = "Et dokument sier at strategien lages på nytt, og den forrige gjelder ikke lenger."
        return context.state(StrategyStatus.UNDER_WAY, reason, fact=told.renewal)
    return None


def _tell_prolonged(context: _Context, period: str | None) -> str:
    """Return the sentence that names the document that keeps a strategy in force so long; empty for none."""
    titles = [each.title for each in context.material.prolonged if period and each.until == int(period[5:9])]
    return f" Den er forlenget, sier «{titles[0]}»." if titles else ""


def _over(context: _Context) -> StrategyState | None:
    if context.expired:
        last = max(context.expired, key=lambda each: each.period or "")
        reason = f"«{last.title}» gjaldt {_show(last.period)}."
        return context.state(StrategyStatus.EXPIRED, reason, period=last.period, document=last)
    told = context.told
    if told.status in {"adopted", "none"} and told.fact is not None and told.has_ended:
        when = f" for {_show(told.period)}" if told.period else ""
        reason = f"Et dokument sier at kommunen hadde en strategi{when}, og at den er over."
        return context.state(StrategyStatus.EXPIRED, reason, period=told.period, fact=told.fact)
    return None


def _denied(context: _Context) -> StrategyState | None:
    if context.told.status != "none" or context.told.fact is None:
        return None
    reason = "Et dokument sier at kommunen ikke har noen strategi."
    return context.state(StrategyStatus.NONE, reason, fact=context.told.fact)


def _not_found(context: _Context) -> StrategyState:
    if any(row.status is ManifestStatus.NO_RESPONSE for row in context.material.rows):
        return context.state(StrategyStatus.NOT_FOUND, "Kommunen har ikke svart, og ingen dokumenter sier noe.")
    if context.told.fact is not None:
        reason = "En strategi er nevnt, men ingen tekst sier at den gjelder eller for hvilke år."
        return context.state(StrategyStatus.NOT_FOUND, reason, fact=context.told.fact)
    return context.state(StrategyStatus.NOT_FOUND, "Ingen dokumenter i korpuset sier om det finnes en strategi.")


def find_equivalent(documents: Sequence[StudyDocument]) -> StudyDocument | None:
    """Return the newest document in force that may stand in a strategy's place: digital by its title, of no one sector.

    The study does not count such a document as a strategy; a looser count does.
    """
    rules = load_study_rules()
    found = [
        each
        for each in documents
        if each.state is InventoryState.HELD
        and each.document_type in {DocumentType.TEMAPLAN.value, DocumentType.OTHER.value}
        and rules.is_digital_plan(f"{each.title} {each.file}")
    ]
    return max(found, key=lambda each: each.period or "", default=None)


def _show(period: str | None) -> str:
    return period.replace("-", "–") if period else "ukjent periode"
