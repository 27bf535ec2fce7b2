"""How a report is to be shown: what every part of it needs to know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from compliance.config import ReportConfig
from compliance.guidelines.sets import GuidelineSet
from compliance.report.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class TrainedJudgement:
    """What the report must know of the model that judged, to tell of its judgements."""

    falling: frozenset[tuple[str, str]]  # (analyser, feature) with a negative weight: the more of it, the less likely
    examples: Mapping[str, str]  # texts of the labelled passages that evidence refers to, by id
    invented: bool  # whether the labelled passages are of invented plans, as those of the shipped model


@dataclass(frozen=True, slots=True)
class Presentation:
    """The report's words, limits and guideline sets."""

    texts: Catalogue
    config: ReportConfig
    guidelines: Sequence[GuidelineSet]
    documents: Mapping[str, str]  # each document of the run by id, as a reader would name it
    municipalities: Mapping[str, str]  # whose each document is, by id, where that is known
    trained: TrainedJudgement | None = None  # None: judged by rules alone
