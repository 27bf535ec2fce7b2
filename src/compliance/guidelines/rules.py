"""The rules of the analysers: one field per rule file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import Field

from compliance.errors import GuidelineError, SettingsError
from compliance.guidelines.cues import (
    ActorCue,
    AttributionCue,
    BoilerplateCue,
    Cue,
    DeadlineCue,
    ElementCue,
    FundingCue,
    LocalCue,
    MeasureCue,
    ModalityCue,
    MoneyCue,
    NetworkCue,
    PrioritisationCue,
    SectorPlanCue,
    SourceCue,
    StrategyStatusCue,
)
from compliance.guidelines.folders import find_data_folder
from compliance.guidelines.terms import Record
from compliance.guidelines.yaml_file import read_yaml

CueT = TypeVar("CueT", bound=Cue)


@dataclass(frozen=True, slots=True)
class Rules:
    """What the rule files hold: `rules/elements.yaml` is `elements`, and so on. Ids are unique within a file."""

    elements: tuple[ElementCue, ...]
    modality: tuple[ModalityCue, ...]
    actors: tuple[ActorCue, ...]
    money: tuple[MoneyCue, ...]
    deadlines: tuple[DeadlineCue, ...]
    measures: tuple[MeasureCue, ...]
    local: tuple[LocalCue, ...]
    networks: tuple[NetworkCue, ...]
    sector_plans: tuple[SectorPlanCue, ...]
    funding: tuple[FundingCue, ...]
    prioritisation: tuple[PrioritisationCue, ...]
    strategy_status: tuple[StrategyStatusCue, ...]
    attribution: tuple[AttributionCue, ...]
    boilerplate: tuple[BoilerplateCue, ...]
    sources: tuple[SourceCue, ...]
    digital: tuple[Cue, ...]


RULE_FILES = frozenset(field.name for field in fields(Rules))


class CueFile(Record, Generic[CueT]):
    """The content of one rule file."""

    cues: tuple[CueT, ...] = Field(min_length=1)


def load_rules(folders: Sequence[Path] = ()) -> Rules:
    """Return the shipped rules with those of the same-named files in the user's folders added to them.

    Raises GuidelineError when a file breaks the format or a cue's id stands twice, SettingsError when a folder is
    missing.
    """
    for folder in folders:
        if not folder.is_dir():
            raise SettingsError(f"Mappen {folder} finnes ikke.", field="guidelines.folders")
    places = (find_data_folder("rules"), *folders)
    return Rules(
        elements=_read_cues("elements", CueFile[ElementCue], places),
        modality=_read_cues("modality", CueFile[ModalityCue], places),
        actors=_read_cues("actors", CueFile[ActorCue], places),
        money=_read_cues("money", CueFile[MoneyCue], places),
        deadlines=_read_cues("deadlines", CueFile[DeadlineCue], places),
        measures=_read_cues("measures", CueFile[MeasureCue], places),
        local=_read_cues("local", CueFile[LocalCue], places),
        networks=_read_cues("networks", CueFile[NetworkCue], places),
        sector_plans=_read_cues("sector_plans", CueFile[SectorPlanCue], places),
        funding=_read_cues("funding", CueFile[FundingCue], places),
        prioritisation=_read_cues("prioritisation", CueFile[PrioritisationCue], places),
        strategy_status=_read_cues("strategy_status", CueFile[StrategyStatusCue], places),
        attribution=_read_cues("attribution", CueFile[AttributionCue], places),
        boilerplate=_read_cues("boilerplate", CueFile[BoilerplateCue], places),
        sources=_read_cues("sources", CueFile[SourceCue], places),
        digital=_read_cues("digital", CueFile[Cue], places),
    )


def read_cue_file(path: Path, model: type[CueFile[CueT]]) -> tuple[CueT, ...]:
    """Return one rule file's cues; raises GuidelineError when it breaks the format or repeats an id."""
    file = read_yaml(path)
    cues = file.parse(model).cues
    ids: set[str] = set()
    for index, cue in enumerate(cues):
        if cue.id in ids:
            raise file.error(f"id «{cue.id}» er alt brukt tidligere i filen", ("cues", index, "id"))
        ids.add(cue.id)
    return cues


def _read_cues(name: str, model: type[CueFile[CueT]], folders: Sequence[Path]) -> tuple[CueT, ...]:
    """Return the cues of every folder's file of this name; only the first, shipped folder must have one."""
    first, *rest = (folder / f"{name}.yaml" for folder in folders)
    cues = list(read_cue_file(first, model))
    for path in rest:
        if not path.is_file():
            continue
        added = read_cue_file(path, model)
        clash = {cue.id for cue in cues} & {cue.id for cue in added}
        if clash:
            raise GuidelineError(f"id «{min(clash)}» er alt brukt i en annen fil", file=path)
        cues += added
    return tuple(cues)
