"""What a study looks for beside the facts, as data: `rules/study.yaml`."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache

from pydantic import Field

from compliance.files import find_data_folder
from compliance.guidelines.cues import PatternLists
from compliance.guidelines.terms import Record
from compliance.guidelines.yaml_file import YamlFile, read_yaml
from compliance.kept import keep_made

STUDY_FILE = "study"  # rules/study.yaml


class StudyCue(StrEnum):
    """What the patterns of the file are for."""

    DIGITAL_TITLE = "digital_title"
    SECTOR_TITLE = "sector_title"
    VISION_HEADING = "vision_heading"
    VISION = "vision"
    VISION_OPENS = "vision_opens"
    VISION_IS = "vision_is"
    VISION_BEFORE = "vision_before"
    VISION_AFTER = "vision_after"
    NO_VISION = "no_vision"
    GOALS_HEADING = "goals_heading"
    GOALS_SENTENCE = "goals_sentence"
    GOAL_PREFIX = "goal_prefix"
    FOCUS_PREFIX = "focus_prefix"
    GOALS = "goals"
    FOCUS_AREAS = "focus_areas"
    NO_AIMS = "no_aims"
    SOME_AIMS = "some_aims"
    AIM_VERB = "aim_verb"
    LIST_OPENS = "list_opens"
    LIST_JOINS = "list_joins"
    LIST_BEGINS = "list_begins"
    LIST_CLOSES = "list_closes"
    SAID_OF = "said_of"
    ONE_GOAL = "one_goal"
    ANOTHER_GOAL = "another_goal"
    NO_GOAL = "no_goal"
    GOES_ON_LISTING = "goes_on_listing"
    NO_BUDGET = "no_budget"
    TOTAL_ROW = "total_row"
    OF_SUMS = "of_sums"
    EACH_YEAR = "each_year"
    RESPECTIVELY = "respectively"
    OF_ALL = "of_all"
    SAME_SUM = "same_sum"
    SAME_YEAR = "same_year"
    IN_STORE = "in_store"
    PLAN_NAME = "plan_name"
    FOCUS_HEADING = "focus_heading"
    MEMBERS = "members"
    MANDATE = "mandate"
    NO_MANDATE = "no_mandate"
    BODY_DECIDES = "body_decides"
    BODY_POWERLESS = "body_powerless"
    BODY_STEERS = "body_steers"
    BODY_INFORMS = "body_informs"
    BODY_DENIED = "body_denied"
    BODY_PLANNED = "body_planned"
    BODY_NEVER = "body_never"
    BODY_OTHERS = "body_others"
    BODY_CLOSED = "body_closed"
    BODY_HAD = "body_had"
    IN_PLACE = "in_place"
    FOUNDED = "founded"
    PROLONGED = "prolonged"
    PROPOSES = "proposes"
    PROPOSAL_HEADING = "proposal_heading"
    PROPOSAL_ADOPTED = "proposal_adopted"
    COMING = "coming"
    PAST = "past"
    DRAFT_READ = "draft_read"
    LASTS = "lasts"
    ENDED = "ended"
    EQUIVALENT = "equivalent"
    RENEWED = "renewed"
    MEMBERS_LEAD = "members_lead"
    MANDATE_LEAD = "mandate_lead"
    GOES_ON = "goes_on"
    BINDS = "binds"
    BY_NETWORK = "by_network"
    OF_NETWORK = "of_network"
    NETWORK_WORD = "network_word"
    STRATEGY_PART = "strategy_part"
    TAKES_FROM = "takes_from"
    SAYS = "says"
    MARKS = "marks"
    OLDER = "older"
    TOLD_STRATEGY = "told_strategy"
    TOLD_OTHER = "told_other"
    GOES_BACK = "goes_back"
    DIVISION = "division"
    COPIES = "copies"
    COPIES_NOT_ALL = "copies_not_all"
    GOES_ON_ABOUT = "goes_on_about"
    OTHERS_BEFORE = "others_before"
    OTHERS_AFTER = "others_after"


class ManifestStatus(StrEnum):
    """What a person may say of a document, or of there being none."""

    ADOPTED = "adopted"
    DRAFT = "draft"
    UNDER_WAY = "under_way"
    NONE = "none"
    NO_RESPONSE = "no_response"


class PlaceColumn(StrEnum):
    """What a file of municipalities may say of them."""

    NUMBER = "number"
    POPULATION = "population"
    CENTRALITY = "centrality"


class StudyRules(Record):
    """The words of a study."""

    manifest_status: dict[ManifestStatus, tuple[str, ...]] = Field(min_length=len(ManifestStatus))
    place_columns: dict[PlaceColumn, tuple[str, ...]] = Field(min_length=len(PlaceColumn))
    patterns: dict[StudyCue, PatternLists] = Field(min_length=len(StudyCue))

    def find_status(self, written: str) -> ManifestStatus | None:
        """Return what a person means by a status; None where it is none of ours."""
        folded = " ".join(written.casefold().split())
        return next((status for status, words in self.manifest_status.items() if folded in words), None)

    def find_column(self, written: str) -> PlaceColumn | None:
        """Return what a column's name means."""
        folded = written.strip().casefold()
        return next((column for column, names in self.place_columns.items() if folded in names), None)

    def search(self, cue: StudyCue, text: str) -> re.Match[str] | None:
        """Return the first match of the cue's patterns in the text, in reading order."""
        found = (pattern.search(text) for pattern in self.patterns[cue].compiled())
        return min((match for match in found if match), key=lambda match: match.start(), default=None)

    def states(self, cue: StudyCue, text: str) -> bool:
        """Whether a clause of the text holds the cue, and neither denies it nor only proposes it."""
        return self.find_stated(cue, text) is not None

    def find_stated(self, cue: StudyCue, text: str) -> str | None:
        """Return the words that hold the cue with those before them in their clause, where it is stated."""
        found = self.search(cue, text)
        return self._read_stated(found) if found else None

    def _read_stated(self, found: re.Match[str]) -> str | None:
        """Return a match with the words before it in its clause, None where that denies or only proposes it."""
        start = max(found.string.rfind(mark, 0, found.start()) for mark in ",;:") + 1
        clause = found.string[start : found.end()]
        return None if self.search(StudyCue.PROPOSES, clause) else clause

    def find_last(self, cue: StudyCue, text: str) -> re.Match[str] | None:
        """Return the match of the cue's patterns that ends last in the text."""
        found = (match for pattern in self.patterns[cue].compiled() for match in pattern.finditer(text))
        return max(found, key=lambda match: match.end(), default=None)

    def find_all(self, cue: StudyCue, text: str) -> list[re.Match[str]]:
        """Return every match of the cue's patterns, in reading order."""
        found = (match for pattern in self.patterns[cue].compiled() for match in pattern.finditer(text))
        return sorted(found, key=lambda match: (match.start(), match.end()))

    def join(self, cue: StudyCue) -> str:
        """Return the cue's patterns as one, to be a part of another."""
        return f"(?:{'|'.join(each.text for each in self.patterns[cue].patterns())})"

    def is_stated(self, found: re.Match[str] | None) -> bool:
        """Whether words were found whose clause neither denies nor only proposes them."""
        return found is not None and self._read_stated(found) is not None

    def blank(self, cue: StudyCue, text: str) -> str:
        """Return the text with blanks for what matches the cue's patterns, so that offsets stay."""
        for match in self.find_all(cue, text):
            text = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
        return text

    def is_digital_plan(self, title: str) -> bool:
        """Whether a title is that of a plan for digitalisation, of no one sector."""
        return bool(self.search(StudyCue.DIGITAL_TITLE, title)) and not self.search(StudyCue.SECTOR_TITLE, title)


@cache
def load_study_rules() -> StudyRules:
    """Return the shipped words, read once a process. Raises GuidelineError where the file is wrong."""
    path = find_data_folder("rules") / f"{STUDY_FILE}.yaml"
    return keep_made("study", [path], lambda: parse_study_rules(read_yaml(path)))


def parse_study_rules(file: YamlFile) -> StudyRules:
    """Return a file's words; raises GuidelineError where it is wrong."""
    return file.parse(StudyRules)
