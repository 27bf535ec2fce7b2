from __future__ import annotations

import numpy as np
import pytest

from compliance.score.support import Support
from compliance.score.touch import NUMBERS, Candidate, Offer
from compliance.train.touch import PARTS, Answer, fit_directions, fit_touch

RANDOM = np.random.default_rng(0)
TOWARDS = {"A": (1.0, 0.0), "B": (0.0, 1.0)}  # what a passage means that readers list for the label


def make_candidate(passage_id: str, *, found: bool) -> Candidate:
    support = Support(passage_id, 0.6 if found else 0.0, (), copied=False, mute=False)
    known = {"found": 1.0, "surely": 0.4} if found else {}
    return Candidate(support, tuple(known.get(name, 0.0) for name in NUMBERS), float(found))


def make_document() -> tuple[Offer, dict[str, Answer]]:
    """Build a document of which a passage answers A and one B, of six; in two others something is found for A."""
    means = {"a": TOWARDS["A"], "b": TOWARDS["B"], **dict.fromkeys("cdef", (0.0, 0.0))}
    meanings = {each: tuple(np.array(at) + 0.1 * RANDOM.standard_normal(2)) for each, at in means.items()}
    found = {"A": [make_candidate(each, found=True) for each in "acd"]}
    rest = {each: make_candidate(each, found=False) for each in meanings}
    return Offer(found, rest, meanings), {"A": Answer(2, ("a",)), "B": Answer(1, ("b",))}


@pytest.fixture(scope="module")
def learnt():
    return fit_touch([make_document() for _ in range(4 * PARTS)])


def weigh(head, offer) -> dict[str, dict[str, float]]:
    return {label: {each.passage_id: each.probability for each in found} for label, found in head.weigh(offer).items()}


def test_of_what_is_found_the_passage_counts_that_means_what_readers_list(learnt) -> None:
    shares = weigh(learnt.head, make_document()[0])["A"]
    assert shares["a"] > max(shares["c"], shares["d"]) + 0.25


def test_a_passage_in_which_nothing_is_found_counts_by_its_meaning(learnt) -> None:
    shares = weigh(learnt.head, make_document()[0])["B"]
    assert shares["b"] > 0.5
    assert "c" not in shares


def test_without_meanings_what_is_found_is_learnt_alone() -> None:
    documents = [(offer.without_meanings(), answers) for offer, answers in (make_document() for _ in range(PARTS))]
    found = weigh(fit_touch(documents).head, documents[0][0])
    assert found["A"]["a"] == pytest.approx(found["A"]["c"])
    assert "B" not in found


def test_each_document_is_weighed_by_what_was_learnt_without_it(learnt) -> None:
    offer, _ = make_document()
    parts = [learnt.weigh_learnt(number, offer)["A"][0].probability for number in range(PARTS)]
    assert len(set(parts)) == PARTS
    assert learnt.weigh_learnt(PARTS, offer) == learnt.weigh_learnt(0, offer)


@pytest.mark.parametrize(
    ("answer", "passage_id", "counts"),
    [
        (Answer(2, ("p",)), "p", 1.0),
        pytest.param(Answer(2, ("p",)), "q", 0.05, id="three were listed at most"),
        pytest.param(Answer(0, ()), "q", 1.0, id="nothing answers it"),
    ],
)
def test_how_much_it_counts_that_a_passage_is_not_listed(answer, passage_id, counts) -> None:
    assert answer.weigh(passage_id) == counts


def test_directions_are_those_in_which_passages_differ_most_and_the_same_each_time() -> None:
    vectors = RANDOM.standard_normal((40, 3)).astype(np.float32) * np.array([1.0, 9.0, 3.0], np.float32)
    directions = fit_directions([vectors[:10], vectors[10:]], encoder="e5")
    assert np.abs(directions.rows).argmax(axis=1).tolist() == [1, 2, 0]
    assert (directions.rows[np.arange(3), [1, 2, 0]] > 0).all()
    assert directions.measure(vectors).mean(axis=0) == pytest.approx(0.0, abs=1e-4)
