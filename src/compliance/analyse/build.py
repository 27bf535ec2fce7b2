"""Everything that is asked of one document, in the order in which the findings are stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from compliance.analyse.attribution.borrowed_model import BorrowedModel
from compliance.analyse.attribution.learnt import LearntAttribution
from compliance.analyse.classification.analyser import PassageClassifier, UncertaintyBand
from compliance.analyse.classification.first_stage import FirstStage
from compliance.analyse.classification.goal_judgement import GoalJudge
from compliance.analyse.classification.meanings import list_meanings
from compliance.analyse.classification.model import ClassificationModel
from compliance.analyse.facts.analyser import FactsReader
from compliance.analyse.matching.scan import Scanner
from compliance.analyse.observation.rule_features import Observer
from compliance.config import AnalyseConfig
from compliance.guidelines.fingerprints import Fingerprint
from compliance.guidelines.rules import Rules
from compliance.guidelines.sets import Goal
from compliance.records import Fact, Finding, Meaning, Reading
from compliance.score.meaning import Directions
from compliance.text.embedding.encoder import Encoder
from compliance.text.embedding.in_context import PassageEncoder


@dataclass(frozen=True, slots=True)
class Models:
    """What judges: a model with its encoder, and the rules' model for goals that the first does not know."""

    model: ClassificationModel
    goals: tuple[Goal, ...]  # those of the model's names, in their order
    encoder: PassageEncoder | None  # None where the model needs none
    rules: ClassificationModel
    meaning: Encoder  # compares passages with the statements of goals that the model does not know
    first: FirstStage | None = None  # None where the model's encoder reads every passage
    borrowed: BorrowedModel | None = None  # None where the rules alone tell whose the words are


@dataclass(frozen=True, slots=True)
class ReadingAnalyser:
    """Answers every question about a document that can be answered without others: pure, the same answer twice.

    Every record names a passage of the reading; its evidence is within that passage.
    """

    observer: Observer
    classifier: PassageClassifier
    facts: FactsReader
    learnt: LearntAttribution | None = None
    directions: Directions | None = None  # None: nothing is kept of what passages mean

    def analyse(self, reading: Reading) -> tuple[Finding | Meaning | Fact, ...]:
        """Return goals, elements, level and local in passage order, then meanings, attributions and facts."""
        seen = self.observer.observe(reading)
        found, encoded = seen.attributions, self.classifier.encode(seen)
        return (
            *self.classifier.classify(seen, encoded),
            *(list_meanings(seen.places, encoded, self.directions) if encoded and self.directions else ()),
            *(self.learnt.judge(reading, found) if self.learnt else found.findings),
            *self.facts.read(reading, seen.attributions),
        )


def build_analyser(
    goals: Sequence[Goal],
    *,
    rules: Rules,
    models: Models,
    config: AnalyseConfig,
    fingerprints: Sequence[Fingerprint] = (),
) -> ReadingAnalyser:
    """Return what analyses documents that are held against these goals, in the order of the guideline files."""
    known = frozenset(models.model.names.goals)
    unknown = [goal for goal in goals if goal.id not in known]
    seen = (*models.goals, *unknown)  # the model weighs each of its goals against all the others
    scanner = Scanner(rules, seen)
    others = (GoalJudge(unknown, models.rules.heads.goals, models.meaning),) if unknown else ()
    return ReadingAnalyser(
        Observer(seen, rules, scanner=scanner, fingerprints=fingerprints),
        PassageClassifier(
            models.model,
            models.encoder,
            first=models.first,
            doubt=UncertaintyBand(config.review_from, config.review_below),
            others=others,
            wanted=frozenset(goal.id for goal in goals),
        ),
        FactsReader(rules, scanner),
        LearntAttribution(models.borrowed, rules, scanner, encoder=models.meaning) if models.borrowed else None,
    )
