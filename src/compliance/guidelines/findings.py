"""What a study counts, with written definitions, as data: `rules/findings.yaml`."""

from __future__ import annotations

from functools import cache

from pydantic import Field

from compliance.files import find_data_folder
from compliance.guidelines.terms import Record
from compliance.guidelines.yaml_file import YamlFile, read_yaml

FINDINGS_FILE = "findings"  # rules/findings.yaml


class FindingDefinition(Record):
    """A count or a share, what it is counted by, and how it is told in Norwegian."""

    id: str = Field(pattern=r"^[a-z][a-z_]*$")
    group: str = Field(min_length=1)
    title: str = Field(min_length=1)
    definition: str = Field(min_length=1)
    looser: str = ""  # a definition that counts more; empty: there is none
    text: str = Field(min_length=1)  # with {count}, {of}, {percent} or {set}
    none: str = ""  # what is said where nobody counts; empty: the text


class _FindingsFile(Record):
    findings: tuple[FindingDefinition, ...] = Field(min_length=1)


@cache
def load_findings() -> tuple[FindingDefinition, ...]:
    """Return the definitions in their order, read once a process. Raises GuidelineError where the file is wrong."""
    return parse_findings(read_yaml(find_data_folder("rules") / f"{FINDINGS_FILE}.yaml"))


def parse_findings(file: YamlFile) -> tuple[FindingDefinition, ...]:
    """Return a file's definitions; raises GuidelineError where an id stands twice or a text cannot be filled in."""
    found = file.parse(_FindingsFile).findings
    seen: set[str] = set()
    for index, each in enumerate(found):
        if each.id in seen:
            raise file.error(f"funnet «{each.id}» står to ganger", ("findings", index, "id"))
        seen.add(each.id)
        try:
            for text in (each.text, each.none):
                text.format(count=1, of=1, percent="1 %", set="X")
        except (KeyError, IndexError, ValueError) as error:
            raise file.error(
                "bare {count}, {of}, {percent} og {set} kan fylles ut", ("findings", index, "text")
            ) from error
    return found
