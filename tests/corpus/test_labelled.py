"""The labelled corpus keeps what its data card (corpus/labelled/README.md) promises."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import pytest
from rapidfuzz import fuzz

from compliance.config import GuidelinesConfig
from compliance.evaluate.discovery import find_gold_folders
from compliance.evaluate.lint import check_folders, collect_vocabulary
from compliance.guidelines.load import load_guidelines
from compliance.guidelines.rules import load_rules

LABELLED = Path(__file__).parents[2] / "corpus" / "labelled"
SHINGLE, ALIKE = 5, 88.0  # words in a row that make two passages worth comparing; RapidFuzz ratio that is too near
MIN_WORDS = 7  # headings and table heads are the same in many plans


@pytest.fixture(scope="module")
def checked():
    sets = load_guidelines(GuidelinesConfig())
    return check_folders(find_gold_folders([LABELLED]), vocabulary=collect_vocabulary(sets, load_rules()))


@pytest.fixture(scope="module")
def golds(checked):
    return [each.gold for each in checked if each.gold.labels]


def test_the_gold_lint_has_nothing_to_say(checked) -> None:
    assert [str(problem) for each in checked for problem in each.problems] == []


def test_it_is_as_large_and_as_mixed_as_promised(golds) -> None:
    passages = Counter(each.description.language for each in golds for _ in each.passages)
    assert sum(passages.values()) >= 4000
    assert passages["nn"] / sum(passages.values()) >= 0.2
    assert {each.description.split for each in golds} == {"train", "test"}


def test_every_goal_and_element_can_be_learnt_and_tested(golds) -> None:
    names = {goal.id for each in load_guidelines(GuidelinesConfig()) if each.default for goal in each.goals}
    train = Counter(
        goal for each in golds if each.description.split == "train" for row in each.labels for goal in row.goals
    )
    test = Counter(
        goal for each in golds if each.description.split == "test" for row in each.labels for goal in row.goals
    )
    assert {name for name in names if train[name] < 30} == set()
    assert {name for name in names if test[name] == 0} == set()


def test_no_two_passages_are_nearly_the_same(golds) -> None:
    texts = [passage.text for each in golds for passage in each.passages if len(passage.text.split()) >= MIN_WORDS]
    assert list(find_alike(texts)) == []


def find_alike(texts):
    """Yield pairs of texts that share words in a row and are nearly the same."""
    by_shingle = defaultdict(list)
    for index, text in enumerate(texts):
        words = text.lower().split()
        for start in range(len(words) - SHINGLE + 1):
            by_shingle[tuple(words[start : start + SHINGLE])].append(index)
    pairs = {
        (one, other)
        for indices in by_shingle.values()
        for position, one in enumerate(indices)
        for other in indices[position + 1 :]
        if one != other
    }
    for one, other in sorted(pairs):
        if fuzz.ratio(texts[one].lower(), texts[other].lower()) >= ALIKE:
            yield texts[one], texts[other]


def test_copies_are_found_by_the_check_itself() -> None:
    copy = "Kommunen skal dele data med andre virksomheter når det er lov."
    assert list(find_alike([copy, "Noe helt annet står her i denne linjen.", copy.replace("når", "dersom")])) != []
