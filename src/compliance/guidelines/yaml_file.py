"""A YAML file as plain text values that remember where they stood.

Every scalar is read as a string: in ordinary YAML `no` is false and `2019` a number, and a list of Norwegian terms
would be full of traps. The typed models decide what is a date or a truth value.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from compliance.errors import GuidelineError, describe_os_error
from compliance.validation import describe_validation

Location: TypeAlias = tuple[int | str, ...]
YamlValue: TypeAlias = "str | list[YamlValue] | dict[str, YamlValue]"
ModelT = TypeVar("ModelT", bound=BaseModel)

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # libyaml where PyYAML was built with it: ten times faster

MAX_DEPTH = 50  # of lists and mappings within each other; the deepest of our own files has nine


@dataclass(frozen=True, slots=True)
class YamlFile:
    """The values of one file and the line, from 1, on which each of them begins."""

    path: Path
    value: YamlValue
    lines: dict[Location, int]

    def line_of(self, location: Location) -> int:
        """Return the line of the value at `location`, or of the nearest value around it."""
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location, 1)

    def error(self, message: str, location: Location) -> GuidelineError:
        """Return an error that names the file, the line and the field at `location`."""
        return GuidelineError(message, file=self.path, line=self.line_of(location), field=name_field(location))

    def parse(self, model: type[ModelT]) -> ModelT:
        """Return the file as `model`; raises GuidelineError for the first value that does not fit."""
        try:
            return model.model_validate(self.value)
        except ValidationError as error:
            first = error.errors()[0]
            raise self.error(describe_error(first), first["loc"]) from error


def read_yaml(path: Path) -> YamlFile:
    """Read one YAML file.

    Raises GuidelineError when it cannot be read, is not UTF-8 or YAML, is empty, or repeats a field.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise GuidelineError(f"kan ikke leses: {describe_os_error(error)}", file=path) from error
    except UnicodeDecodeError as error:
        raise GuidelineError("er ikke UTF-8-tekst", file=path) from error
    try:
        node = yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        too_deep = "nesting depth" in problem  # libyaml counts itself, from some version on
        what = "er for dypt nøstet" if too_deep else f"er ikke gyldig YAML: {problem}"
        raise GuidelineError(what, file=path, line=mark and mark.line + 1) from error
    except RecursionError as error:
        raise GuidelineError("er for dypt nøstet", file=path) from error
    if node is None:
        raise GuidelineError("filen er tom", file=path, line=1)
    return _Reader(path).read(node)


class _Reader:
    """Turns YAML nodes into values while it notes their lines."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: dict[Location, int] = {}
        self.seen: set[int] = set()

    def read(self, node: yaml.Node) -> YamlFile:
        return YamlFile(self.path, self.read_node(node, ()), self.lines)

    def read_node(self, node: yaml.Node, location: Location) -> YamlValue:
        line = node.start_mark.line + 1
        if len(location) > MAX_DEPTH:
            raise GuidelineError("er for dypt nøstet", file=self.path, line=line)
        self.lines.setdefault(location, line)
        if id(node) in self.seen:
            raise GuidelineError("henvisninger (&, *) brukes ikke her", file=self.path, line=line)
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self.read_mapping(node, location)
        if isinstance(node, yaml.SequenceNode):
            return [self.read_node(item, (*location, index)) for index, item in enumerate(node.value)]
        return str(node.value)

    def read_mapping(self, node: yaml.MappingNode, location: Location) -> YamlValue:
        values: dict[str, YamlValue] = {}
        for key, value in node.value:
            name, line = str(key.value), key.start_mark.line + 1
            field = (*location, name)
            if name in values:
                raise GuidelineError("feltet står to ganger", file=self.path, line=line, field=name_field(field))
            self.lines[field] = line
            values[name] = self.read_node(value, field)
        return values


def name_field(location: Location) -> str | None:
    """Return a location as a reader would write it: `("goals", 0, "title", "nn")` is "goals[1].title.nn"."""
    name = ""
    for part in location:
        name += f"[{part + 1}]" if isinstance(part, int) else f"{'.' if name else ''}{part}"
    return name or None


def describe_error(error: ErrorDetails) -> str:
    """Return one of pydantic's errors in plain Norwegian, with more to say of a text in only one of the languages."""
    value = error["input"]
    if error["type"] == "missing" and error["loc"][-1:] == ("nn",) and isinstance(value, dict) and "nb" in value:
        return "feltet mangler: teksten står på bokmål (nb), men ikke på nynorsk (nn)"
    return describe_validation(error)
