"""How many of a case's facts are right: what is written of one municipality, and the fields it should give.

A case is a short description, or a municipality's whole documents read together.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TypeAlias

from compliance.analyse.facts.merge import MunicipalityFacts, merge_facts
from compliance.errors import GoldProblem
from compliance.evaluate.intervals import Figures, measure_all, tally_share
from compliance.records import AnalysisRecord, Fact

Value: TypeAlias = "str | bool | list[str] | None"
FIELDS = tuple(field.name for field in fields(MunicipalityFacts))
MUNICIPALITIES = "facts.json"  # facts of municipalities' whole documents
_FILE_NAME = str.maketrans({" ": "_", "æ": "ae", "ø": "o", "å": "a"})
CONTAINING = "prioritisation_structure"  # right where one name contains the other


@dataclass(frozen=True, slots=True)
class GoldCase:
    """What is written of a municipality and the facts in it, by field."""

    name: str
    files: tuple[Path, ...]  # a description, or the municipality's documents
    facts: dict[str, Value]


def read_cases(folder: Path) -> tuple[tuple[GoldCase, ...], tuple[GoldProblem, ...]]:
    """Read `NAME.txt` with `NAME.json`, by name; also return what is wrong with those that are left out."""
    read = [_read_case(text) for text in sorted(folder.glob("*.txt"))]
    cases = tuple(each for each in read if isinstance(each, GoldCase))
    return cases, tuple(each for each in read if isinstance(each, GoldProblem))


def _read_case(text: Path) -> GoldCase | GoldProblem:
    file = text.with_suffix(".json")
    try:
        facts = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return GoldProblem(f"fasiten til {text.name} mangler", file)
    except UnicodeDecodeError:
        return GoldProblem("er ikke UTF-8-tekst", file)
    except json.JSONDecodeError as error:
        return GoldProblem(f"ikke gyldig JSON: {error.msg}", file, error.lineno)
    if not isinstance(facts, dict):
        return GoldProblem("skal ha navngitte felt under seg", file)
    if unknown := sorted(set(facts) - set(FIELDS)):
        return GoldProblem(f"ukjent felt {', '.join(unknown)}", file)
    return GoldCase(text.stem, (text,), facts)


def read_municipalities(folder: Path) -> tuple[tuple[GoldCase, ...], tuple[GoldProblem, ...]]:
    """Read `facts.json`: the facts of municipalities whose documents are in `documents`, named after them.

    The documents of «Ytre Skarvøy» are those whose names begin with `ytre_skarvoy_`. Also returns what is wrong with
    the cases that are left out; both are empty where there is no such file.
    """
    file = folder / MUNICIPALITIES
    if not file.is_file():
        return (), ()
    try:
        listed = json.loads(file.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        return (), (GoldProblem(f"ikke gyldig JSON: {error}", file),)
    if not isinstance(listed, list):
        return (), (GoldProblem("skal være en liste", file),)
    read = [_read_municipality(file, facts) for facts in listed]
    cases = tuple(each for each in read if isinstance(each, GoldCase))
    return cases, tuple(each for each in read if isinstance(each, GoldProblem))


def _read_municipality(file: Path, facts: object) -> GoldCase | GoldProblem:
    if not isinstance(facts, dict) or not isinstance(facts.get("municipality"), str):
        return GoldProblem("en kommune skal ha navngitte felt under seg, med municipality", file)
    if unknown := sorted(set(facts) - set(FIELDS)):
        return GoldProblem(f"ukjent felt {', '.join(unknown)}", file)
    name = facts["municipality"].casefold().translate(_FILE_NAME)
    documents = tuple(sorted((file.parent / "documents").glob(f"{name}_*")))
    if not documents:
        return GoldProblem(f"{facts['municipality']} har ingen filer i documents", file)
    return GoldCase(name, documents, facts)


def compare_case(case: GoldCase, records: Sequence[AnalysisRecord]) -> Iterator[tuple[str, bool]]:
    """Yield each field of the case and whether the system's value is right."""
    found = merge_facts([record for record in records if isinstance(record, Fact)])
    for name, value in case.facts.items():
        yield name, is_right(name, value, getattr(found, name))


def is_right(name: str, gold: Value, found: object) -> bool:
    """Compare as docs/evaluate.md says: lists as sets, strings casefolded, null only with null."""
    if isinstance(gold, str) and isinstance(found, str):
        one, other = gold.casefold(), found.casefold()
        return one == other or (name == CONTAINING and (one in other or other in one))
    if isinstance(gold, list) and isinstance(found, tuple):
        return {value.casefold() for value in gold} == {value.casefold() for value in found}
    return gold == found


def summarise_cases(results: Sequence[tuple[str, bool]]) -> Figures:
    """Return the share of right fields, over all and by field."""
    names = sorted({name for name, _ in results})
    return measure_all(
        {
            "accuracy": tally_share([right for _, right in results]),
            "by_field": {name: tally_share([right for other, right in results if other == name]) for name in names},
        }
    )
