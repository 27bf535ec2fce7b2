import numpy as np

from builders import make_reading
from compliance.analyse.classification.meanings import Encoded, list_meanings
from compliance.analyse.context import outline_passages
from compliance.score.meaning import Directions

DIRECTIONS = Directions("e5", np.array([1.0, 0.0]), np.array([[0.0, 1.0], [2.0, 0.0]]))


def test_passages_that_were_read_have_a_meaning_the_others_none() -> None:
    reading = make_reading(["Vi deler data.", "Veien skal asfalteres.", "Vi skal innføre selvbetjening."])
    vectors = np.array([[1.0, 0.5], [0.0, 0.0], [2.0, 0.25]], np.float32)
    encoded = Encoded(np.array([True, False, True]), vectors)
    found = list_meanings(outline_passages(reading.passages), encoded, DIRECTIONS)
    assert [(each.document_id, each.passage_id, each.numbers) for each in found] == [
        (reading.document.id, reading.passages[0].id, (0.5, 0.0)),
        (reading.document.id, reading.passages[2].id, (0.25, 2.0)),
    ]


def test_nothing_read_means_nothing() -> None:
    reading = make_reading(["Veien skal asfalteres."])
    encoded = Encoded(np.array([False]), np.zeros((1, 2), np.float32))
    assert list_meanings(outline_passages(reading.passages), encoded, DIRECTIONS) == []
