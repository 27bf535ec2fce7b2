"""All analysers of a run, in the order their findings are stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from compliance.analyse.analyser import Analyser
from compliance.analyse.attribution import AttributionAnalyser
from compliance.analyse.classification.analyser import ClassificationAnalyser, UncertaintyBand
from compliance.analyse.classification.model import JudgementModel
from compliance.analyse.facts.analyser import FactsAnalyser
from compliance.analyse.observation.elements import ElementsAnalyser
from compliance.analyse.observation.goals import GoalsAnalyser
from compliance.analyse.observation.level import LevelAnalyser
from compliance.analyse.observation.local import LocalAnalyser
from compliance.analyse.observation.rule_features import Observer
from compliance.config import AnalyseConfig
from compliance.guidelines.fingerprints import Fingerprint
from compliance.guidelines.rules import Rules
from compliance.guidelines.sets import Goal, GuidelineSet
from compliance.records import Fact, Finding
from compliance.text.embedding import Encoder, PassageEncoder


@dataclass(frozen=True, slots=True)
class Judge:
    """A trained model, with the goals that it knows and the encoder that it reads with."""

    model: JudgementModel
    goals: tuple[Goal, ...]  # in the order of the model's names
    encoder: PassageEncoder


def build_analysers(
    *,
    guidelines: Sequence[GuidelineSet],
    rules: Rules,
    encoder: Encoder,
    config: AnalyseConfig,
    fingerprints: Sequence[Fingerprint] = (),
    judge: Judge | None = None,
) -> tuple[Analyser[Finding | Fact], ...]:
    """Return the analysers that judge a document by itself; what they share is built once.

    With a judge, goals, elements, level and local are as it was trained to see them, and rules find only the goals that
    it does not know; without one, rules find them all.
    """
    borrowed = AttributionAnalyser(rules, fingerprints=fingerprints)
    facts = FactsAnalyser(rules, borrowed)
    if judge is None:
        return (
            GoalsAnalyser(guidelines, rules, encoder, config),
            ElementsAnalyser(rules, config),
            LevelAnalyser(rules, borrowed),
            LocalAnalyser(rules, config),
            borrowed,
            facts,
        )
    observer = Observer(judge.goals, rules, config=config, borrowed=borrowed)
    doubt = UncertaintyBand(config.review_from, config.review_below)
    wanted = frozenset(goal.id for each in guidelines for goal in each.goals)
    trained = ClassificationAnalyser(judge.model, observer, judge.encoder, doubt=doubt, goals=wanted)
    unknown = _leave_out(guidelines, frozenset(judge.model.names.goals))
    others = (GoalsAnalyser(unknown, rules, encoder, config),) if unknown else ()
    return (trained, *others, borrowed, facts)


def _leave_out(guidelines: Sequence[GuidelineSet], known: frozenset[str]) -> tuple[GuidelineSet, ...]:
    """Return the sets with the goals that are not known; sets of which none is left are left out."""
    rest = ((each, tuple(goal for goal in each.goals if goal.id not in known)) for each in guidelines)
    return tuple(each.model_copy(update={"goals": goals}) for each, goals in rest if goals)
