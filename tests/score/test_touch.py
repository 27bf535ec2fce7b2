"""How surely passages speak for a label, held to values worked out by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from compliance.score.meaning import NO_DIRECTIONS, Directions, parse_directions
from compliance.score.support import Support
from compliance.score.touch import FULLY_NEAR, MEANT, NEAR, NUMBERS, Candidate, Offer, TouchHead, measure_nearness


def expit(value: float) -> float:
    return 1 / (1 + math.exp(-value))


def make_candidate(passage_id: str, probability: float = 0.0, **numbers: float) -> Candidate:
    support = Support(passage_id, probability, (), copied=False, mute=False)
    return Candidate(support, tuple(numbers.get(name, 0.0) for name in NUMBERS), numbers.get("found", 0.0))


def make_head(across=None, own=None, bias=0.0, /, **weights: float) -> TouchHead:
    values = np.array([weights.get(name, 0.0) for name in (*NUMBERS, *MEANT)])
    return TouchHead(
        across or {}, values, bias, {label: np.array(each) for label, each in (own or {"A": [0, 0, 0]}).items()}
    )


ACROSS = {"A": np.array([1.0, 0.0, 0.0]), "B": np.array([0.0, 2.0, -1.0])}  # two directions and a constant


def read(meanings, *found: Candidate) -> Offer:
    return Offer({"A": found} if found else {}, {each: make_candidate(each) for each in meanings}, meanings)


def weigh(head: TouchHead, offer: Offer, label: str = "A") -> dict[str, float]:
    return {each.passage_id: each.probability for each in head.weigh(offer).get(label, ())}


def test_nearness_is_a_sum_along_the_directions_and_has_an_upper_end() -> None:
    found = measure_nearness(ACROSS, {"p": (0.5, 1.5), "q": (60.0, 0.0)})
    assert found == {"A": {"p": 0.5, "q": 6.0}, "B": {"p": 2.0, "q": -1.0}}
    assert measure_nearness(ACROSS, {}) == {} == measure_nearness({}, {"p": (0.5, 1.5)})


def test_what_was_found_and_what_it_means_add_up() -> None:
    head = make_head(ACROSS, {"A": [0.1, 0.5, 0.25]}, 0.2, found=1.0, surely=2.0, near=3.0, near_found=-1.0, read=0.7)
    passage = make_candidate("p", 0.9, found=1.0, surely=0.4)
    meant = 3.0 * 0.8 - 1.0 * 0.8 + 0.7
    own = 0.1 + 0.5 * 0.4 + 0.25 * 0.8
    assert weigh(head, read({"p": (0.8, 0.0)}, passage)) == {"p": pytest.approx(expit(0.2 + 1.0 + 0.8 + meant + own))}


def test_a_passage_that_was_not_read_is_weighed_by_what_was_found_in_it() -> None:
    head = make_head(ACROSS, None, 0.2, found=1.0, near=3.0, very_near=1.0, read=0.7)
    offer = read({"p": (0.8, 0.0)}, make_candidate("q", 0.9, found=1.0))
    assert weigh(head, offer)["q"] == pytest.approx(expit(1.2))
    assert weigh(head, Offer(offer.found))["q"] == pytest.approx(expit(1.2))


def test_a_passage_counts_by_its_meaning_alone_only_where_it_is_near() -> None:
    offer = read({"p": (NEAR, 0.0), "q": (NEAR - 0.01, 0.0)}, make_candidate("r", 0.9, found=1.0))
    assert list(weigh(make_head(ACROSS), offer)) == ["r", "p"]
    fully = read({"p": (FULLY_NEAR, 0.0)})
    assert weigh(make_head(ACROSS, very_near=2.0), fully)["p"] == pytest.approx(expit(2.0 * 0.3 * FULLY_NEAR**2))


@pytest.mark.parametrize(
    ("entered", "nearness", "counts"), [(0, 1.25, 0.5), (0.3, 1.25, 0.5), (0.3, 0, 0.3), (1, 0, 1)]
)
def test_nothing_jumps_where_finding_begins(entered, nearness, counts) -> None:
    passage = replace(make_candidate("p", 0.9, found=1.0), entered=entered)
    assert weigh(make_head(ACROSS), read({"p": (nearness, 0.0)}, passage)) == {"p": pytest.approx(0.5 * counts)}


def test_a_passage_far_from_all_labels_changes_nothing() -> None:
    head = make_head(ACROSS, near=3.0)
    offer = read({"p": (2.0, 0.0)}, make_candidate("r", 0.9, found=1.0))
    more = read({**offer.meanings, "far": (-1.0, 0.0)}, make_candidate("r", 0.9, found=1.0))
    assert head.weigh(more) == head.weigh(offer)


def test_a_label_that_is_not_learnt_keeps_its_probability() -> None:
    offer = Offer({"X": (make_candidate("p", 0.6, found=1.0),)})
    assert weigh(make_head(None, None, -9.0), offer, "X") == {"p": 0.6}


def test_meanings_are_measured_from_the_centre_along_each_direction() -> None:
    directions = Directions("e5", np.array([1.0, 0.0, 0.0]), np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]]))
    assert directions.measure(np.array([[3.0, 0.5, 9.0]], np.float32)).tolist() == [[0.5, 2.0]]
    again = parse_directions(directions.to_json())
    assert (again.encoder, again.centre.tolist(), again.rows.tolist()) == ("e5", [1, 0, 0], [[0, 1, 0], [1, 0, 0]])


def test_directions_are_of_one_encoder_whatever_its_precision() -> None:
    directions = Directions("e5+abc", np.zeros(1), np.zeros((1, 1)))
    assert directions.fit("e5+abc/int8")
    assert not directions.fit("e5+def/int8")
    assert not NO_DIRECTIONS.fit("e5+abc/int8")
