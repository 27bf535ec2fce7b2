"""Fingerprint files of official wording: made from a file of it, and how much of each goal they know."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from compliance.config import GuidelinesConfig
from compliance.errors import SettingsError
from compliance.guidelines.fingerprints import (
    count_sentences,
    format_fingerprints,
    load_fingerprints,
    make_fingerprints,
)
from compliance.guidelines.load import load_guidelines
from compliance.guidelines.official_texts import read_wordings


@dataclass(frozen=True, slots=True)
class FingerprintFile:
    """The text of a fingerprint file, and what it is made of."""

    text: str
    sentences: int
    goals: int  # that have a sentence in it
    too_short: tuple[str, ...]  # ids of goals whose wording has too little content to be known by


def make_fingerprint_file(
    wordings: Path, *, set_id: str, document: str | None, config: GuidelinesConfig
) -> FingerprintFile:
    """Return the fingerprints of a file of official wording.

    `document` names a document that no guideline set is of; without it the set must have every goal or theme of the
    file. Raises GuidelineError where the file cannot be read, SettingsError where the set does not fit or no wording
    is long enough.
    """
    found = read_wordings(wordings)
    if document is None:
        _check_ids(set_id, found, config)
    fingerprints = tuple(replace(each, document=document) for each in make_fingerprints(found, set_id=set_id))
    if not fingerprints:
        raise SettingsError("Ingen ordlyd er lang nok til å kjennes igjen.")
    known = {each.goal_id for each in fingerprints}
    too_short = tuple(goal_id for goal_id in found if goal_id not in known)
    return FingerprintFile(format_fingerprints(fingerprints), len(fingerprints), len(known), too_short)


def _check_ids(set_id: str, ids: Collection[str], config: GuidelinesConfig) -> None:
    """Raise SettingsError where there is no set of this id, or it has not every goal or theme of the wordings."""
    chosen = next((each for each in load_guidelines(config) if each.id == set_id), None)
    if chosen is None:
        raise SettingsError(
            f"Ingen sett heter «{set_id}». Se compliance guidelines list, eller oppgi --document.", field="edition"
        )
    known = {theme.id for theme in chosen.themes} | {goal.id for goal in chosen.goals}
    unknown = [goal_id for goal_id in ids if goal_id not in known]
    if unknown:
        raise SettingsError(f"Settet «{set_id}» har ikke {', '.join(unknown)}. Se compliance guidelines show {set_id}.")


def count_known_sentences(config: GuidelinesConfig) -> dict[str, dict[str, int]]:
    """Return how many official sentences are known of each goal, by set and goal: 0 where there is none."""
    counts = count_sentences(load_fingerprints(config))
    goals = {each.id: dict.fromkeys((goal.id for goal in each.goals), 0) for each in load_guidelines(config)}
    return {set_id: goals.get(set_id, {}) | counts.get(set_id, {}) for set_id in [*goals, *counts]}
