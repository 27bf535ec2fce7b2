"""The case sheet of one municipality that a few sentences of notes tell of, read without the models."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from analyse.stages import load_rules, read_facts
from compliance.config import Config
from compliance.pipeline import read_file
from compliance.records import Reading
from compliance.records.study import BudgetLine, CaseValue, InventoryState, StrategyState, StudyDocument
from compliance.study.case_sheet import CaseMaterial, CaseReader
from compliance.study.networks import NetworkLearner
from compliance.study.placing import Readings, index_readings
from compliance.study.prolonging import find_prolongations
from compliance.study.status import Material, judge_strategy

NAME = "Nordvåg"
STUDY_DATE = date(2021, 6, 1)
QUOTES = ("vision", "goal", "focus_area", "structure_members", "structure_mandate")
LISTS = ("sector_plans", "funding", "strategy_older_than_network")
SINGLE = ("strategy_period", "samfunnsdel_period", "prioritisation_structure")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a study has of one municipality."""

    state: StrategyState
    values: tuple[CaseValue, ...]
    lines: tuple[BudgetLine, ...]

    def find(self, field: str) -> Any:
        """Return what it has of a field, in the form that `municipalities/` expects."""
        values = [each for each in self.values if each.field == field]
        networks = [each for each in self.values if each.field == "regional_networks"]
        first = values[0].value if values else None
        read: dict[str, Any] = {
            "strategy_status": self.state.status.value,
            "has_expired": self.state.has_expired,
            "equivalent": self.state.equivalent is not None,
            "networks": {each.value: each.note for each in networks},
            "budget": sorted(((each.year, each.kroner, each.kind) for each in self.lines), key=str),
            "digital_in_samfunnsdel": None if first is None else first == "true",
            **dict.fromkeys(SINGLE, first),
            **{name: sorted(each.value for each in values) for name in LISTS},
        }
        return read[field] if field in read else [each.value for each in values]


def is_same(field: str, found: Any, value: Any) -> bool:
    """Whether what was found is what is expected of a field: quotes by words that they have in them, in their order."""
    if field in QUOTES:
        told = [text.casefold() for text in found]
        return len(told) == len(value) and all(part.casefold() in text for part, text in zip(value, told, strict=True))
    if field == "budget":
        return bool(found == sorted((tuple(line) for line in value), key=str))
    if field == "prioritisation_structure" and value:
        return found is not None and found.casefold().startswith(value.casefold()[:-1])
    return bool(found == (sorted(value) if field in LISTS else value))


@cache
def _get_reader() -> CaseReader:
    return CaseReader(load_rules(), (), readings=Readings({}, {}))


def read_sheet(folder: Path, told: str, *, as_of: date = STUDY_DATE) -> Sheet:
    """Return the sheet of a municipality, «Nordvåg», that notes tell of."""
    path = folder / "notater.txt"
    path.write_text(f"{NAME} kommune\n\n{told}\n", encoding="utf-8")
    return sheet_reading(read_file(path, config=Config()), as_of=as_of)


def sheet_reading(reading: Reading, *, as_of: date) -> Sheet:
    """Return the sheet of the only municipality that a reading of notes tells of."""
    facts, readings, name = read_facts(reading), index_readings([reading]), reading.document.id
    held = InventoryState.HELD
    notes = StudyDocument(name, NAME, "other", "Notater", "notater.txt", "", None, None, held, 9, None)
    networks = NetworkLearner()
    networks.read(facts, [], readings)
    prolonged = find_prolongations([notes], readings)
    state = judge_strategy(Material(NAME, [notes], {name: facts}, [], readings, prolonged), as_of=as_of)
    material = CaseMaterial(NAME, {name: notes}, facts, state, [], networks.finish())
    reader = _get_reader().of(readings)
    return Sheet(state, tuple(reader.read(material)), tuple(reader.read_budget(material)))
