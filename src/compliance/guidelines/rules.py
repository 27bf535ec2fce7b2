"""The rules of the analysers: one field per rule file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import chain
from pathlib import Path
from typing import Any, Generic, TypeVar, cast, get_args, get_type_hints

from pydantic import Field

from compliance.files import find_data_folder
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
    PlanCue,
    PrioritisationCue,
    SectorPlanCue,
    SourceCue,
    StanceCue,
    StatementCue,
    StrategyStatusCue,
    StructureCue,
)
from compliance.guidelines.folders import list_yaml_files
from compliance.guidelines.terms import Record
from compliance.guidelines.yaml_file import read_yaml
from compliance.kept import keep_made

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
    stances: tuple[StanceCue, ...]
    local: tuple[LocalCue, ...]
    networks: tuple[NetworkCue, ...]
    sector_plans: tuple[SectorPlanCue, ...]
    funding: tuple[FundingCue, ...]
    prioritisation: tuple[PrioritisationCue, ...]
    strategy_status: tuple[StrategyStatusCue, ...]
    plans: tuple[PlanCue, ...]
    statements: tuple[StatementCue, ...]
    attribution: tuple[AttributionCue, ...]
    boilerplate: tuple[BoilerplateCue, ...]
    sources: tuple[SourceCue, ...]
    structures: tuple[StructureCue, ...]
    digital: tuple[Cue, ...]
    digital_goods: tuple[Cue, ...]
    other_goods: tuple[Cue, ...]
    digital_content: tuple[Cue, ...]


RULE_FILES = frozenset(field.name for field in fields(Rules))


class CueFile(Record, Generic[CueT]):
    """The content of one rule file."""

    cues: tuple[CueT, ...] = Field(min_length=1)


def load_rules(folders: Sequence[Path] = ()) -> Rules:
    """Return the shipped rules with those of the same-named files in the user's folders added to them.

    Raises GuidelineError when a file breaks the format or a cue's id stands twice, SettingsError when a folder is
    missing.
    """
    shipped = find_data_folder("rules")
    files = {name: [shipped / f"{name}.yaml", *_find_added(name, folders)] for name in sorted(RULE_FILES)}

    def read() -> Rules:
        return Rules(**{name: read_cues(paths) for name, paths in files.items()})

    return keep_made("rules", [*chain.from_iterable(files.values())], read)


def read_cues(paths: Sequence[Path]) -> tuple[Any, ...]:
    """Return the cues of rule files that share a name, in order; their type follows from the name.

    Raises GuidelineError when a file breaks the format or an id stands twice.
    """
    cues: list[Cue] = []
    owners: dict[str, Path] = {}
    for path in paths:
        file = read_yaml(path)
        for index, cue in enumerate(file.parse(_find_model(path.stem)).cues):
            if cue.id in owners:
                where = "tidligere i filen" if owners[cue.id] == path else f"i {owners[cue.id]}"
                raise file.error(f"id «{cue.id}» er alt brukt {where}", ("cues", index, "id"))
            owners[cue.id] = path
            cues.append(cue)
            cue.patterns  # noqa: B018 - made now, so that they are kept with it (`keep_made`)
    return tuple(cues)


def _find_model(name: str) -> type[CueFile[Any]]:
    """Return the model of the rule file called `name`, from the field of that name."""
    cue_type, _ = get_args(get_type_hints(Rules)[name])
    return cast("type[CueFile[Any]]", CueFile.__class_getitem__(cue_type))


def _find_added(name: str, folders: Sequence[Path]) -> list[Path]:
    return [path for folder in folders for path in list_yaml_files(folder) if path.stem == name]
