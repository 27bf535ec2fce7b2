"""How sure a trained judgement is, and what it weighed, in words a planner understands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import shorten
from typing import Final

from compliance.records import EvidenceKind, Finding, Method, Task
from compliance.report.catalogue import Catalogue
from compliance.report.presentation import Presentation, TrainedJudgement

STEPS: Final = ((0.9, "very"), (0.75, "quite"), (0.6, "somewhat"))  # lowest probability of each word; below: "unsure"
UNSURE: Final = "unsure"
NEVER_ABOVE: Final = 0.99  # no judgement is told as certain
MAX_TOLD: Final = 3  # reasons on each side
MIN_ADDED: Final = 0.1  # logits; less moves a probability by 0.025 at most
RARE_BELOW: Final = 0.75  # probability of a goal or element below which its rarity is told, where nothing else objects
MAX_EXAMPLE: Final = 300  # characters of a labelled passage
ALIKE: Final = 0.45  # cosine from which on a labelled passage is told to be alike, not only the nearest there is
GROUPS: Final = {
    Task.GOALS: "theme",
    Task.ELEMENTS: "theme",
    Task.REVIEW: "theme",
    Task.LEVEL: "level",
    Task.LOCAL: "local",
}
ANYWHERE: Final = "passage"  # the group of features that mean the same for every kind of label
# Features that see much of the same thing are told as one: alone, one may speak for what another takes back.
TOPICS: Final = {
    "reading": ("meaning", "rank", "strongest"),
    "terms": ("terms", "terms_and_meaning", "terms_in_digital", "terms_of_goals"),
    "topic": ("digital", "off_topic", "terms_off_topic"),
    "words": ("words", "words_and_meaning", "words_strongest"),
    "rules": ("rules", "rules_distance", "rules_and_meaning", "rules_default"),
    "signs": ("signs", "signs_and_meaning", "levels"),
    "around": ("before", "after", "around", "terms_around", "words_before", "rules_before"),
    "document": ("document", "any_goal"),
}
_TOPIC_OF: Final = {name: topic for topic, names in TOPICS.items() for name in names}


@dataclass(frozen=True, slots=True)
class ExampleView:
    """A passage of the training text, labelled by a reader, that reads much like this one."""

    text: str
    alike: bool  # False: the nearest there is, yet not much alike
    invented: bool  # from a plan written for the training


@dataclass(frozen=True, slots=True)
class Weighing:
    """How sure a judgement is, and what spoke for and against it, the weightiest first."""

    certainty: str  # «ganske sikker, 0,83»
    reasons: tuple[str, ...]
    objections: tuple[str, ...]
    example: ExampleView | None

    @property
    def tells_more(self) -> bool:
        """Tell whether there is more to show than how sure it is."""
        return bool(self.reasons or self.objections or self.example)


def weigh_finding(finding: Finding | None, *, presentation: Presentation) -> Weighing | None:
    """Return what the trained judgement weighed; None for a finding of rules, whose score is no probability."""
    trained = presentation.trained
    if finding is None or trained is None or finding.method is not Method.MODEL:
        return None
    reasons, objections = _sort_features(finding, trained, presentation.texts)
    if not objections and finding.score < RARE_BELOW and GROUPS[finding.task] == "theme":
        objections = (presentation.texts.text("weighed.rare"),)
    return Weighing(
        certainty=tell_certainty(finding.score, texts=presentation.texts),
        reasons=reasons,
        objections=objections,
        example=_find_example(finding, trained),
    )


def tell_certainty(probability: float, *, texts: Catalogue) -> str:
    """Return a probability in words and as a number: «ganske sikker, 0,83»."""
    word = next((name for least, name in STEPS if probability >= least), UNSURE)
    number = texts.number(min(probability, NEVER_ABOVE), decimals=2)
    return texts.text("certainty.told", words=texts.text(f"certainty.{word}"), number=number)


def _sort_features(
    finding: Finding, trained: TrainedJudgement, texts: Catalogue
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what spoke for and what against, in words; what weighed little is left out."""
    weighed = [(topic.name, topic.sum) for topic in _sum_topics(finding.features) if abs(topic.sum) >= MIN_ADDED]
    kind = Task.GOALS if finding.task is Task.REVIEW else finding.task
    told = [(_name_feature(kind, name, added, trained, texts), added) for name, added in weighed]
    return _keep(words for words, added in told if added > 0), _keep(words for words, added in told if added < 0)


@dataclass(frozen=True, slots=True)
class _Topic:
    """What several features say of the same thing."""

    name: str  # of the feature that weighs most in the direction of the sum
    sum: float  # logits


def _sum_topics(features: Iterable[tuple[str, float]]) -> list[_Topic]:
    """Return the features' topics, the weightiest first; a feature that is no part of one stands alone."""
    grouped: dict[str, list[tuple[str, float]]] = {}
    for name, added in features:
        grouped.setdefault(_TOPIC_OF.get(name, name), []).append((name, added))
    topics = []
    for members in grouped.values():
        total = sum(added for _, added in members)
        leading = max(members, key=lambda item: item[1] if total > 0 else -item[1])
        topics.append(_Topic(leading[0], total))
    return sorted(topics, key=lambda topic: -abs(topic.sum))


def _name_feature(kind: Task, name: str, added: float, trained: TrainedJudgement, texts: Catalogue) -> str:
    """Return what was seen: a number above what is usual, or below; which of them speaks for depends on its weight."""
    side = "high" if (added > 0) != ((kind, name) in trained.falling) else "low"
    keys = [f"feature.{group}.{name}.{side}" for group in (GROUPS[kind], ANYWHERE)]
    turn = "for" if added > 0 else "against"  # what speaks the other way than one would think says why
    keys = [f"{key}_{turn}" for key in keys] + keys
    return next((texts.messages[key] for key in keys if key in texts.messages), "")


def _keep(phrases: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(phrase for phrase in phrases if phrase))[:MAX_TOLD]


def _find_example(finding: Finding, trained: TrainedJudgement) -> ExampleView | None:
    for item in finding.evidence:
        if item.kind is EvidenceKind.EXAMPLE and item.reference in trained.examples:
            text = shorten(trained.examples[item.reference], MAX_EXAMPLE, placeholder=" …")
            return ExampleView(text, alike=item.score >= ALIKE, invented=trained.invented)
    return None
