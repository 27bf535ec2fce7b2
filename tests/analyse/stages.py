"""What the tests of the analysis share, built when first asked for and then kept for all of them."""

from __future__ import annotations

from functools import cache

from analyse.fakes import WordEncoder
from compliance.analyse.attribution import AttributionReader
from compliance.analyse.build import Models, ReadingAnalyser, build_analyser
from compliance.analyse.classification.model import RULES, load_model
from compliance.analyse.context import outline_passages
from compliance.analyse.facts.analyser import FactsReader
from compliance.analyse.matching.scan import Scanner
from compliance.analyse.observation.rule_features import Observations, Observer
from compliance.config import AnalyseConfig, GuidelinesConfig
from compliance.guidelines import rules as rule_files
from compliance.guidelines.load import load_guidelines
from compliance.guidelines.rules import Rules
from compliance.guidelines.sets import Goal
from compliance.records import Fact, Finding, Reading, Task


@cache
def load_rules() -> Rules:
    """The shipped rules."""
    return rule_files.load_rules()


@cache
def load_goals() -> tuple[Goal, ...]:
    """The goals of the default sets."""
    return tuple(goal for each in load_guidelines(GuidelinesConfig()) if each.default for goal in each.goals)


@cache
def get_scanner() -> Scanner:
    """What finds the rules' cues and the goals' terms."""
    return Scanner(load_rules(), load_goals())


@cache
def get_observer() -> Observer:
    """What the rules see, without official wording."""
    return Observer(load_goals(), load_rules(), scanner=get_scanner())


@cache
def get_rules_analyser() -> ReadingAnalyser:
    """The analysis by the rules' model, with an encoder that knows words."""
    model = load_model(RULES)
    models = Models(model, (), None, model, WordEncoder())
    return build_analyser(load_goals(), rules=load_rules(), models=models, config=AnalyseConfig())


def observe(reading: Reading) -> Observations:
    """Return what the rules see in the document."""
    return get_observer().observe(reading)


def find_by_rules(reading: Reading, task: Task) -> list[Finding]:
    """Return the findings on one question, by the rules' model."""
    found = get_rules_analyser().analyse(reading)
    return [each for each in found if isinstance(each, Finding) and each.task is task]


def read_facts(reading: Reading) -> list[Fact]:
    """Return the facts that the document states."""
    attributions = AttributionReader(load_rules(), get_scanner()).read(reading, outline_passages(reading.passages))
    return FactsReader(load_rules(), get_scanner()).read(reading, attributions)
