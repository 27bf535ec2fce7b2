"""Cues: what rule files say that an analyser should notice, one class per rule file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from compliance.guidelines.literals import Alternatives, find_literals
from compliance.guidelines.sets import SET_ID
from compliance.guidelines.terms import Record, Term, TermLists, Text, Vocabulary
from compliance.records import Language, Level


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression that ignores case; searched in the text as it is."""

    text: str
    language: Language | None  # None: serves bokmål and nynorsk alike
    literals: tuple[Alternatives, ...]  # what a text must hold to match

    @property
    def compiled(self) -> re.Pattern[str]:
        """The expression, compiled when it is first searched for: few ever are, and compiling takes long."""
        return compile_pattern(self.text)

    def written_in(self, language: Language) -> bool:
        """Tell whether the pattern belongs to texts in `language`; every one does where it is neither nb nor nn."""
        return self.language in {None, language} or language is Language.OTHER


@cache
def compile_pattern(text: str) -> re.Pattern[str]:
    """Compile a pattern of a rule file; once, for reading it checks it and finding uses it."""
    return re.compile(text, re.IGNORECASE)


def _check_pattern(text: str) -> str:
    try:
        compiled = compile_pattern(text)
    except re.error as error:
        raise ValueError(f"mønsteret kan ikke leses: {error}") from error
    if compiled.search(""):
        raise ValueError("mønsteret treffer tom tekst")
    return text


PatternText = Annotated[str, Field(min_length=1), AfterValidator(_check_pattern)]


class PatternLists(Record):
    """Regular expressions by spelling: `common` to bokmål and nynorsk, only `nb`, only `nn`."""

    common: tuple[PatternText, ...] = ()
    nb: tuple[PatternText, ...] = ()
    nn: tuple[PatternText, ...] = ()

    def patterns(self) -> Iterator[Pattern]:
        """Yield the patterns in the order of the file."""
        lists = ((None, self.common), (Language.NB, self.nb), (Language.NN, self.nn))
        for language, texts in lists:
            for text in texts:
                yield Pattern(text, language, find_literals(text))

    def compiled(self) -> Iterator[re.Pattern[str]]:
        """Yield the expressions in the order of the file, each compiled when it is reached for the first time."""
        return map(compile_pattern, (*self.common, *self.nb, *self.nn))


class Cue(Record):
    """Something to notice, by terms, by regular expressions, or by both; one of them is enough."""

    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$")
    vocabulary: Vocabulary = Field(default=Vocabulary(), alias="terms")
    expressions: PatternLists = Field(default=PatternLists(), alias="patterns")
    note: str | None = None  # why it is there, for those who edit the file

    @model_validator(mode="after")
    def check_content(self) -> Cue:
        """Refuse a cue that could never be found."""
        if not self.vocabulary.terms and not any(self.expressions.patterns()):
            raise ValueError("har verken begreper (terms) eller mønstre (patterns)")
        return self

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The cue's terms, the strong ones first."""
        return self.vocabulary.terms

    @cached_property
    def patterns(self) -> tuple[Pattern, ...]:
        """The cue's regular expressions."""
        return tuple(self.expressions.patterns())


class ElementCue(Cue):
    """What gives evidence of an eGovWSF element; the id is the element's, W1 to W12."""

    id: str = Field(pattern=r"^W([1-9]|1[0-2])$")
    title: Text
    excluding: TermLists = TermLists()  # terms that look like the element but belong to another


class ModalityRole(StrEnum):
    """What a modality cue does to a passage's level."""

    SETS = "sets"  # the passage reaches the cue's level
    CAPS = "caps"  # the passage speaks of others, of the past or of a definition: it goes no further than the level
    NEGATES = "negates"  # a modal verb under this cue does not count
    BINDS = "binds"  # the municipality is the subject: lifts «må» and future forms to the level


class ModalityCue(Cue):
    """A wording that tells how far a passage commits the municipality."""

    level: Level
    role: ModalityRole = ModalityRole.SETS


class ActorKind(StrEnum):
    """Who acts."""

    ROLE = "role"  # kommunedirektør, IKT-leder
    BODY = "body"  # kommunestyret, styringsgruppen
    UNIT = "unit"  # avdeling, enhet, etat
    PARTNER = "partner"  # leverandør, vertskommune, interkommunalt selskap


class ActorCue(Cue):
    """A named actor that can be held responsible."""

    kind: ActorKind


class MoneyCue(Cue):
    """A sum of money or a decision on one."""


class DeadlineCue(Cue):
    """A point in time by which something is to be done."""


class MeasureKind(StrEnum):
    """What makes a passage checkable besides actors, sums and deadlines."""

    COMPLETED = "completed"  # something that has been done
    FIGURE = "figure"  # a target or a count
    ACTION = "action"  # a numbered or named action, project or pilot
    FREQUENCY = "frequency"  # yearly, every month


class MeasureCue(Cue):
    """A measure, figure or completed step that someone could check."""

    kind: MeasureKind


class StanceKind(StrEnum):
    """What a wording says of the clause that it stands in, or of the list that it opens."""

    ASKS = "asks"
    REJECTS = "rejects"  # what is named is not done, not to be done, or put off
    DONE = "done"
    BINDS = "binds"
    ACTS = "acts"  # what the municipality does as a rule
    CHARGES = "charges"  # whose task something is
    WISHES = "wishes"
    LACKS = "lacks"  # what is not there yet: a description
    OTHERS = "others"  # another body's duty
    PLANS = "plans"  # about the work on the plan itself
    OPENS = "opens"  # a list of measures follows
    TOPICS = "topics"  # a list of questions follows
    TARGET = "target"  # a figure to reach that someone could check
    EMBEDS = "embeds"  # a subordinate clause follows, which binds nobody
    REPORTS = "reports"  # what another says follows
    STATES = "states"  # how something is or was: such an item of a list is no measure
    GENERAL = "general"  # an account of how things are in general, or of what a word means
    TODAY = "today"  # how things are for now: what is done then is no routine that was decided
    STANDING = "standing"  # a heading over how things are: what is done as a rule there, nobody decides there
    FORECASTS = "forecasts"  # how things are expected to become, whatever anyone decides
    OUTSIDERS = "outsiders"  # the subject is no part of the municipality: what they have done is no step of its
    EXAMPLES = "examples"  # an example follows, invented or another's
    FRAMES = "frames"  # a heading over what others ask, how things are, or what words mean
    ANSWERS = "answers"  # a heading over what the municipality itself does about what others ask


class StanceCue(Cue):
    """A wording that tells how a clause speaks of what it names."""

    kind: StanceKind


class LocalKind(StrEnum):
    """Why only this municipality could have written the passage."""

    DECISION = "decision"
    FIGURE = "figure"
    UNIT = "unit"
    PLACE = "place"
    PARTNER = "partner"
    SYSTEM = "system"
    STEP = "step"  # a completed step of its own


class LocalCue(Cue):
    """A sign that the passage is about this municipality and no other."""

    kind: LocalKind


class NetworkCue(Cue):
    """A regional digitalisation network or joint ICT organisation."""

    name: str | None = Field(default=None, min_length=1)  # as a fact names it; None: the words that matched
    general: bool = False  # cooperates on much else too: counts only beside digital words


class SectorPlan(StrEnum):
    """Sectors whose plans a fact sheet names (docs/analyse.md)."""

    HELSE = "helse"
    VELFERDSTEKNOLOGI = "velferdsteknologi"
    SKOLE = "skole"
    OPPVEKST = "oppvekst"
    NAERING = "næring"
    SMARTBY = "smartby"


class SectorPlanCue(Cue):
    """A sector plan with digital content, by the sector's words and the plan's."""

    plan: SectorPlan


class Funding(StrEnum):
    """How digitalisation is paid for (docs/analyse.md)."""

    DRIFT = "drift"
    INVESTERING = "investering"
    FOND = "fond"


class FundingCue(Cue):
    """A sign of how digitalisation is paid for."""

    funding: Funding


class PrioritisationCue(Cue):
    """A body or arrangement that decides which digital projects come first."""

    name: Text
    weak: bool = False  # counts only where no other is named


class StrategyStatus(StrEnum):
    """Whether the municipality has a digitalisation strategy (docs/analyse.md)."""

    ADOPTED = "adopted"
    IN_PROGRESS = "in_progress"
    NONE = "none"


class StrategyStatusCue(Cue):
    """A wording that tells whether there is an overall digitalisation strategy, said of the plan it stands by."""

    status: StrategyStatus
    weak: bool = False  # counts only where nothing else is said of the strategy


class PlanKind(StrEnum):
    """Which plan a text names."""

    STRATEGY = "strategy"  # the overall digitalisation strategy or its equivalent
    SAMFUNNSDEL = "samfunnsdel"
    OTHER = "other"
    SAME = "same"  # the one that the sentence before is about


class PlanCue(Cue):
    """How texts name a plan, or refer back to it."""

    plan: PlanKind
    refers_to: PlanKind | None = None  # for SAME: a plan of this kind, where one was named not long before


class StatementRole(StrEnum):
    """What a wording does to a statement."""

    DENIES = "denies"  # its whole clause
    LACKS = "lacks"  # what follows in its clause
    NEITHER = "neither"  # what it spans, over commas
    CONTINUES = "continues"  # a clause goes on with what the one before it denies
    UNKNOWN = "unknown"  # what it spans is not known
    PARTS = "parts"  # a new clause begins
    OMITS = "omits"  # a subject is not dealt with
    MENTIONS = "mentions"  # … or is no more than named
    INTENDS = "intends"  # what follows in its clause is yet to be made
    SUPPOSES = "supposes"
    DRAFTS = "drafts"  # the document is called a draft
    UNTREATED = "untreated"  # the document has not been decided on, as its text says
    ADOPTS = "adopts"  # the document has been decided on
    DEFERS = "defers"  # it is to be dealt with later
    AIMS = "aims"  # the municipality shall or wants to
    DRAFT_TITLE = "draft_title"  # in a file name, title or page header: the document itself is a draft
    OWN = "own"  # the municipality is spoken of
    CONSISTS = "consists"  # who sits in the body before it
    LIMITS = "limits"  # how much of something may be used, or for how long
    BUILDS_ON = "builds_on"  # whose work the plan says it builds on
    UNMADE = "unmade"  # a plan is being made, or came to nothing
    SEARCHED = "searched"  # the writer looked for something and found none: that it is not there is not said
    OUTSIDE = "outside"  # a network that the municipality is invited to, thinks of joining or has left
    HEARS = "hears"  # a plan is laid out for inspection or sent on hearing, as the law asks of every plan


class StatementCue(Cue):
    """A wording that tells what weight a statement has."""

    role: StatementRole


class AttributionKind(StrEnum):
    """How a text says that words are another's."""

    MARKER = "marker"  # «jf.», «ifølge», «kilde:»
    LEAD_IN = "lead_in"  # «Regjeringen skriver:»
    HEADING = "heading"  # «Føringer fra regjeringen»
    THEORY = "theory"  # «Teoretisk ramme»: a chapter on what others have thought, with or without their names
    QUOTATION = "quotation"  # quotation marks around at least a few words
    REFERENCE = "reference"  # (KMD, 2019), Meld. St. 27
    REPORT = "report"  # «NOU 2023: 4 framhever at», in the sentence that gives the words
    DEFINITION = "definition"  # «defineres som»: with a source, the words are the source's
    CLOSING_REFERENCE = "closing_reference"  # «… (Digdir, 2021).» at the end of a passage
    SOURCE_LINE = "source_line"  # «(Kilde: Difi)» under or after what it is the source of
    VOICE = "voice"  # another speaks: «Kommunal sektor skal»
    PUBLIC_SUBJECT = (
        "public_subject"  # a sentence about what all public bodies shall: no municipality writes so of itself
    )
    SPEAKER = "speaker"  # «Regjeringen vil at …»: the sentence opens with who else says or wants it
    CITATION = "citation"  # «(Strand, 2019)», «Strand (2019) skiller mellom»: a writer and the year
    OWN_VOICE = "own_voice"  # the municipality speaks: «vi», «kommunen»
    OWN_CHAPTER = "own_chapter"  # a heading over what the plan itself does, also within a chapter on others
    BUILDS_ON = "builds_on"  # «strategien bygger på»: what follows is the plan's own, whatever source is named
    DECLARATION = "declaration"  # «hvert kapittel åpner med målet slik strategien har det»: for the whole document
    MOTTO = "motto"  # «visjonen»: what stands in quotation marks is the municipality's own


class AttributionCue(Cue):
    """A wording that says whose words these are."""

    kind: AttributionKind


class BoilerplateKind(StrEnum):
    """Why shared wording says nothing about copying."""

    STATUTE = "statute"
    TEMPLATE = "template"
    DEFINITION = "definition"


class BoilerplateCue(Cue):
    """Wording that every municipality shares: statutes, templates, standard definitions."""

    kind: BoilerplateKind


OTHER = "other"  # source of wording that is another's, but of no source that has a name of its own


class SourceCue(Cue):
    """How texts name a national document or body."""

    source: str = Field(pattern=SET_ID)  # a guideline set's id, another body's, or OTHER
    name: str = Field(min_length=1)  # the document or body as a reader would name it
    issued: int | None = None  # the year of a document whose title an earlier one had too
    predecessor: str | None = Field(default=None, min_length=1)  # that earlier one, which older plans mean
    speaks_for_all: bool = False  # its texts say what all municipalities shall do: «kommunal sektor skal»


class StructureCue(Cue):
    """How headings name one of the areas that a national document is divided in."""

    source: str = Field(pattern=SET_ID)  # a guideline set's id
    number: int = Field(ge=1)  # of the area, in the document's order
