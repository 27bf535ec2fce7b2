"""The named numbers that the heads weigh, on a document of four passages."""

from __future__ import annotations

import numpy as np
import pytest

from analyse.stages import observe
from builders import make_reading
from compliance.analyse.classification.features import describe
from compliance.analyse.classification.heads import logit
from compliance.analyse.classification.probe import LabelNames, Probabilities
from compliance.records import ELEMENTS, BlockKind

NAMES = LabelNames(("DA5", "KS5.1"), ELEMENTS)
SECURITY = "Kommunen skal sikre informasjonssikkerhet og personvern i digitale løsninger."
ROADS = "Brua over elva er gammel, og den trenger vedlikehold."


@pytest.fixture(scope="module")
def seen():
    return observe(make_reading([(BlockKind.HEADING, "Veier"), ROADS, SECURITY, (BlockKind.LIST_ITEM, "• brua")]))


@pytest.fixture(scope="module")
def read():
    rising = np.linspace(0.1, 0.4, 4)[:, None]
    return Probabilities(
        goals=rising * [[1.0, 0.5]],
        elements=rising * np.linspace(1.0, 0.5, len(ELEMENTS))[None],
        steps=rising * [[2.0, 1.5, 1.0, 0.5]],
        local=rising,
    )


@pytest.fixture(scope="module")
def features(seen, read):
    return describe(read, seen, NAMES)


def column(features, kind, name):
    values = features[kind].values
    return values[..., features[kind].names.index(name)]


def test_meaning_is_what_the_encoder_reads_of_the_passage(features, read) -> None:
    assert np.allclose(column(features, "goals", "meaning"), logit(read.goals))
    assert np.allclose(column(features, "level", "meaning"), logit(read.steps))


def test_what_is_said_far_away_changes_no_number() -> None:
    begins = [(BlockKind.HEADING, "Veier"), ROADS, SECURITY, *[ROADS] * 9]
    shorter, longer = (describe_alike([*begins, *added]) for added in ([], [SECURITY] * 30))
    for kind in ("goals", "elements", "level", "local"):
        assert np.array_equal(longer[kind].values[:4], shorter[kind].values[:4])


def describe_alike(blocks):
    """Return the numbers of a document in which the encoder reads the same everywhere."""
    seen = observe(make_reading(blocks))
    widths = (len(NAMES.goals), len(NAMES.elements), 4, 1)
    return describe(Probabilities(*(np.full((len(seen.places), width), 0.2) for width in widths)), seen, NAMES)


def test_rival_is_the_likeliest_other_goal(features, read) -> None:
    assert np.allclose(column(features, "goals", "rival"), logit(read.goals[:, ::-1]))


def test_terms_are_what_the_words_offer_in_their_surroundings(features, seen) -> None:
    terms, digital = column(features, "goals", "terms"), column(features, "goals", "digital")
    assert np.flatnonzero(terms[:, 0]).tolist() == [2]
    assert np.allclose(column(features, "goals", "terms_in_digital"), terms * digital)
    assert np.allclose(column(features, "goals", "terms_off_topic"), terms * column(features, "goals", "off_topic"))
    assert column(features, "goals", "terms_of_goals")[2, 0] == (terms[2] > 0).sum()
    assert column(features, "goals", "off_topic")[:, 0].tolist() == [float(each < 0.3) for each in seen.offered.digital]


def test_rules_level_is_told_by_steps_and_distance(features, seen) -> None:
    levels = seen.tabulate_levels()
    assert levels.tolist() == [0.0, 1.0, 3.0, 1.0]
    above = [[0, 0, 0, 0], [1, 0, 0, 0], [1, 1, 1, 0], [1, 0, 0, 0]]
    assert column(features, "level", "rules").tolist() == above
    assert column(features, "level", "rules_before").tolist() == [[0, 0, 0, 0], *above[:3]]
    assert column(features, "level", "rules_distance").tolist() == [
        [level - step - 0.5 for step in range(4)] for level in levels
    ]
    assert column(features, "level", "rules_default")[:, 0].tolist() == [1.0, 1.0, 0.0, 1.0]


def test_elements_have_a_rank_and_the_strongest_beside_them(features, read) -> None:
    assert column(features, "elements", "rank").tolist() == [list(range(len(ELEMENTS)))] * 4
    assert np.allclose(column(features, "elements", "strongest"), logit(read.elements[:, :1]))
    words = column(features, "elements", "words")
    assert np.allclose(column(features, "elements", "words_before")[1:], words[:-1])
    assert np.allclose(column(features, "elements", "words_strongest"), words.max(axis=1, keepdims=True))


def test_local_signs_and_concreteness_are_told(features, seen, read) -> None:
    assert column(features, "local", "signs")[:, 0].tolist() == [each.score for each in seen.local]
    assert np.allclose(column(features, "local", "concrete"), logit(read.steps[:, 3:]))
    assert column(features, "local", "levels")[:, 0].tolist() == [0.0] * 4


def test_what_a_passage_is_and_how_long_is_told(features) -> None:
    for kind in ("goals", "elements", "level", "local"):
        assert column(features, kind, "heading")[:, 0].tolist() == [1.0, 0.0, 0.0, 0.0]
    for kind in ("elements", "level", "local"):
        assert column(features, kind, "item")[:, 0].tolist() == [0.0, 0.0, 0.0, 1.0]
        assert column(features, kind, "length")[:, 0].tolist() == [
            len(text) / 400 for text in ("Veier", ROADS, SECURITY, "• brua")
        ]
    assert not {"item", "length"} & set(features["goals"].names)


def test_without_an_encoder_only_the_rules_numbers_are_there(seen, features) -> None:
    alone = describe(None, seen, NAMES)
    for kind, each in alone.items():
        assert set(each.names) < set(features[kind].names)
        for name in each.names:
            assert np.array_equal(column(alone, kind, name), column(features, kind, name))
