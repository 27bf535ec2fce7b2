"""A measurement from gold folders to figures: the folders checked, and what the program says held against them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from compliance.evaluate.discovery import find_gold_folders
from compliance.evaluate.folders import Evaluation, OnProgress, System, evaluate_gold
from compliance.evaluate.gold import GoldSet
from compliance.evaluate.lint import Checked, check_folders, collect_vocabulary
from compliance.pipeline import assess_readings, compare_readings, read_file
from compliance.records import AnalysisRecord, Assessment, Finding, Meaning, Reading
from compliance.resources import Resources


def check_gold(folders: Sequence[Path], *, resources: Resources) -> tuple[Checked, ...]:
    """Return the gold sets of the folders with their problems, each held against the goals and rules there are."""
    vocabulary = collect_vocabulary(resources.guidelines, resources.rules)
    return check_folders(find_gold_folders(folders), vocabulary=vocabulary)


def measure_gold(golds: Sequence[GoldSet], *, resources: Resources, on_progress: OnProgress) -> Evaluation:
    """Return how far what the program says of the gold sets is what their readers said."""

    def assess(reading: Reading, records: Sequence[AnalysisRecord]) -> Assessment:
        findings = [each for each in records if isinstance(each, Finding)]
        meanings = [each for each in records if isinstance(each, Meaning)]
        return assess_readings([reading], findings=findings, meanings=meanings, reuse_spans=(), resources=resources)

    system = System(
        read=partial(read_file, config=resources.config),
        judge=resources.analyse,
        sets=resources.goal_sets,
        assess=assess,
        compare=lambda readings, references: compare_readings(readings, references=references, resources=resources),
    )
    return evaluate_gold(golds, system=system, on_progress=on_progress)
