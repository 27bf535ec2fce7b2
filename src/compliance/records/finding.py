"""What the analysers say of a passage, with the evidence for it (stage 3)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

ELEMENTS = tuple(f"W{number}" for number in range(1, 13))  # ids of the eGovWSF elements, in the framework's order
LOCAL = "local"  # the one label of Task.LOCAL
UNCLEAR = "unclear"  # of Task.ATTRIBUTION: nothing says whose the words are; they count as the document's own


class Task(StrEnum):
    """Which question about a passage a finding answers; says what `Finding.label` is."""

    GOALS = "goals"  # a goal id
    ELEMENTS = "elements"  # one of ELEMENTS
    LEVEL = "level"  # a Level value
    LOCAL = "local"  # LOCAL
    ATTRIBUTION = "attribution"  # "quoted", "copied", or UNCLEAR
    REVIEW = "review"  # a goal id that a person should decide


class Method(StrEnum):
    """What made a finding; says what `Finding.score` is."""

    RULES = "rules"  # score: weight of the signs, 0 to 1; orders findings, is no probability
    MODEL = "model"  # score: calibrated probability of the label (docs/judgement.md)
    READER = "reader"  # a person; score: 1


class Level(StrEnum):
    """How far a passage commits the municipality, weakest first (docs/analyse.md)."""

    NONE = "none"
    BACKGROUND = "background"
    INTENTION = "intention"
    COMMITMENT = "commitment"
    CONCRETE = "concrete"


class EvidenceKind(StrEnum):
    """What sort of observation supports a finding."""

    TERM = "term"  # the text contains a term from a guideline or rule file
    FUZZY = "fuzzy"  # the text contains a term misspelt, inflected or compounded
    EMBEDDING = "embedding"  # the passage means nearly what a goal's statement means
    HEADING = "heading"  # a heading above the passage names the label
    RULE = "rule"  # a pattern from a rule file matched
    NEIGHBOUR = "neighbour"  # the passage before it, or the list's lead-in, carries the label
    WORDING = "wording"  # another document has the same wording
    EXAMPLE = "example"  # a similar labelled passage of the training text (analyse/classification/examples.py)


class EvidenceCode(StrEnum):
    """Observations that no cue of a rule file names (docs/analyse.md has one row for each)."""

    # Goals
    BROUGHT = "brought"  # `reference` is a goal that brings this one with it
    # Level
    TASK = "task"  # a list item that opens with an infinitive
    MEASURES = "measures"  # the heading above promises measures, goals or responsibilities
    VISION = "vision"  # the heading above names a vision
    AMOUNT_IN_ROW = "amount_in_row"  # a table row with an amount in kroner
    OTHERS_WORDS = "others_words"  # the passage is another's words, which commit nobody here
    DEFAULT_LEVEL = "default_level"  # no cue was found; `reference` is the level assumed
    LEVEL_READ = "level_read"  # the model chose another level than the rules; `reference` is that level
    # Local
    NAME = "name"  # a proper name of the municipality's own world
    OWN_NAME = "own_name"  # the municipality's own name
    OWN_FIGURE = "own_figure"  # a number beside the municipality's name
    # Attribution
    QUOTATION = "quotation"  # words between quotation marks
    NAMED_TITLE = "named_title"  # the passage opens with the source's name: «Fra KS' strategi: …»
    DEFINITION = "definition"  # the answer to «Hva er X?»
    NAMED_SOURCE = "named_source"  # the text gives the words to the municipality that has them
    BOXED = "boxed"  # set apart from the running text
    SHARED_BY = "shared_by"  # `reference` is the number of other municipalities with the same wording
    SET_PHRASE = "set_phrase"  # so few shared words that two writers may have them independently
    NATIONAL_VOICE = "national_voice"  # words, place and neighbours together read as another's, by the model
    # Facts
    PROFILE = "profile"  # read from the document's profile; `reference` is where that was read
    PERIOD = "period"  # first and last year of a plan
    SAMFUNNSDEL = "samfunnsdel"  # the sentence says whether the samfunnsdel is about digitalisation
    NO_DIGITAL_PASSAGE = "no_digital_passage"  # no passage is about digitalisation
    UNDER_HEADING = "under_heading"  # a cue in the heading or table title above; `reference` is the cue's id


@dataclass(frozen=True, slots=True)
class Evidence:
    """One observation behind a finding.

    `start` and `end` are document offsets; both None where the observation is about the passage as a whole.
    """

    kind: EvidenceKind
    reference: str  # what was compared with: a term, cue id, goal id or passage id; "" where `code` says all
    score: float  # strength, 0 to 1
    start: int | None = None
    end: int | None = None
    against: bool = False  # argues against the finding
    code: EvidenceCode | None = None  # None where a term, a cue, a text or a vector was compared with


@dataclass(frozen=True, slots=True)
class Finding:
    """One label given to a passage, with its reasons."""

    document_id: str
    passage_id: str
    task: Task
    label: str  # see Task
    score: float  # 0 to 1, see Method
    evidence: tuple[Evidence, ...]
    features: tuple[tuple[str, float], ...] = ()  # named numbers that were weighed: what each added, in logits
    method: Method = Method.RULES
    source: str | None = None  # attribution: whose words, a guideline set's id or a source of rules/sources.yaml

    @property
    def borrows(self) -> bool:
        """Whether it says that the passage's words are another's."""
        return self.task is Task.ATTRIBUTION and self.label != UNCLEAR


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact a document states: a field of a fact sheet (docs/analyse.md) with its evidence."""

    document_id: str
    passage_id: str
    field: str
    value: str
    evidence: tuple[Evidence, ...]
