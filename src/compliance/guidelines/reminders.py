"""What the law asks of each kind of plan, as reminders: rules/law/reminders.yaml."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from pydantic import Field

from compliance.files import find_data_folder
from compliance.guidelines.cues import Pattern, PatternLists
from compliance.guidelines.sets import URL
from compliance.guidelines.terms import Record, Text
from compliance.guidelines.yaml_file import YamlFile, read_yaml
from compliance.kept import keep_made
from compliance.records import DocumentType


class ReminderText(Text):
    """A reminder for people, in all three languages of the report."""

    en: str = Field(min_length=1)


class Reminder(Record):
    """One thing that a paragraph of law asks of some kinds of plan, in our own words."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    documents: tuple[DocumentType, ...] = Field(min_length=1)
    law: str = Field(min_length=1)
    paragraph: str = Field(pattern=r"^§ \d+-\d+$")
    url: str = Field(pattern=URL)
    text: ReminderText
    met_by: PatternLists  # words by which a plan speaks of the matter: then nobody needs reminding

    @cached_property
    def patterns(self) -> tuple[Pattern, ...]:
        """The regular expressions by which a plan speaks of the matter."""
        return tuple(self.met_by.patterns())

    def is_met_by(self, text: str) -> bool:
        """Whether a plan's text already speaks of the matter. Both written languages are searched: plans mix them."""
        return any(pattern.compiled.search(text) for pattern in self.patterns)


class ReminderFile(Record):
    """The content of the file of reminders."""

    reminders: tuple[Reminder, ...] = Field(min_length=1)


def load_reminders(path: Path | None = None) -> tuple[Reminder, ...]:
    """Return the shipped reminders, or those of another file. Raises GuidelineError where it breaks the format."""
    file = path or find_data_folder("rules") / "law" / "reminders.yaml"
    return keep_made("reminders", [file], lambda: parse_reminders(read_yaml(file)))


def parse_reminders(file: YamlFile) -> tuple[Reminder, ...]:
    """Return a file's reminders. Raises GuidelineError where it breaks the format."""
    reminders = file.parse(ReminderFile).reminders
    for each in reminders:
        each.patterns  # noqa: B018 - made now, so that they are kept with it (`keep_made`)
    return reminders
