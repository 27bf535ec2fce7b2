"""All analysers of a run, in the order their findings are stored."""

from __future__ import annotations

from collections.abc import Sequence

from compliance.analyse.analyser import Analyser
from compliance.analyse.borrowed import BorrowedAnalyser
from compliance.analyse.elements import ElementsAnalyser
from compliance.analyse.facts import FactsAnalyser
from compliance.analyse.goals import GoalsAnalyser
from compliance.analyse.level import LevelAnalyser
from compliance.analyse.local import LocalAnalyser
from compliance.config import AnalyseConfig
from compliance.guidelines.fingerprints import Fingerprint
from compliance.guidelines.rules import Rules
from compliance.guidelines.sets import GuidelineSet
from compliance.records import Fact, Finding
from compliance.text.embedding.encoder import Encoder


def build_analysers(
    *,
    guidelines: Sequence[GuidelineSet],
    rules: Rules,
    encoder: Encoder,
    config: AnalyseConfig,
    fingerprints: Sequence[Fingerprint] = (),
) -> tuple[Analyser[Finding | Fact], ...]:
    """Return the analysers that judge a document by itself; what they share is built once."""
    borrowed = BorrowedAnalyser(rules, fingerprints=fingerprints)
    return (
        GoalsAnalyser(guidelines, rules, encoder, config),
        ElementsAnalyser(rules, config),
        LevelAnalyser(rules, borrowed),
        LocalAnalyser(rules, config),
        borrowed,
        FactsAnalyser(rules, borrowed),
    )
