from __future__ import annotations

import numpy as np
import pytest

from compliance.analyse.attribution.borrowed_model import load_borrowed
from compliance.config import Config, ModelConfig
from compliance.errors import GoldError
from compliance.evaluate.gold import Description, GoldPassage, GoldSet, LabelRow
from compliance.records import Level
from compliance.resources import Resources
from compliance.train.borrowed import (
    MIN_DOCUMENTS,
    BorrowedExample,
    choose_careful,
    fit_borrowed,
    measure,
    train_borrowed,
)

NATIONAL = "Sektorene tar hensyn til brukernes behov på tvers av forvaltningsnivåene."
OWN = "Vi bygger ny bru over elva og ruster opp veien til skolen."
NAMED = "Regjeringen vil at sektorene tar hensyn til brukernes behov."
KINDS = {NATIONAL: "copied", OWN: "own", NAMED: "quoted"}


def make_gold(number: int, *, split="train") -> GoldSet:
    texts = [NATIONAL, OWN, NAMED, OWN, OWN] * 2
    rows = tuple(
        LabelRow(id=f"p{index}", goals=(), elements=(), level=Level.NONE, reuse=KINDS[text], local=False)
        for index, text in enumerate(texts)
    )
    passages = tuple(GoldPassage(f"p{index}", text) for index, text in enumerate(texts))
    return GoldSet(f"plan-{number}", passages, labels=rows, description=Description(split=split))


GOLDS = [make_gold(number) for number in range(MIN_DOCUMENTS + 5)]


@pytest.fixture(scope="module")
def resources() -> Resources:
    return Resources(Config(model=ModelConfig(use_cache=False)))


def test_what_is_plain_to_see_is_learnt_and_measured_on_documents_held_out(tmp_path, resources) -> None:
    figures = train_borrowed(GOLDS, resources=resources, out=tmp_path / "b.json")
    assert (figures.f1, figures.kind, figures.documents) == (1.0, 1.0, len(GOLDS))
    model = load_borrowed(tmp_path / "b.json")
    assert model.borrowed.predict({"own": 1.0}) < model.borrowed.predict({"impersonal": 1.0, "word:sektor": 0.5})


def test_what_the_numbers_leave_open_is_learnt_from_vectors() -> None:
    """The numbers tell nothing; the vectors tell everything."""
    borrowed, copied = np.array([True, True, False]), np.array([True, False, False])
    texts, numbers = [NATIONAL, NATIONAL, OWN], [{"same": 1.0}] * 3
    examples = [BorrowedExample(f"plan-{number}", texts, numbers, borrowed, copied) for number in range(20)]
    model, figures = fit_borrowed(examples, encoder=TellingEncoder())
    assert figures.f1 == 1.0
    assert model.closer is not None
    assert model.closer.predict(0.5, TellingEncoder.of(NATIONAL)) > model.threshold
    assert model.closer.predict(0.5, TellingEncoder.of(OWN)) < model.threshold


class TellingEncoder:
    """Gives national words one direction and own words another."""

    revision, dimension = "telling-1", 2

    @staticmethod
    def of(text):
        return np.array([1.0, 0.0] if text == NATIONAL else [0.0, 1.0], dtype=np.float32)

    def encode(self, texts, *, prefix):
        return np.array([self.of(text) for text in texts])


def test_documents_of_the_test_split_are_never_trained_on(tmp_path, resources) -> None:
    golds = [make_gold(number, split="test") for number in range(MIN_DOCUMENTS)]
    with pytest.raises(GoldError, match=str(MIN_DOCUMENTS)):
        train_borrowed(golds, resources=resources, out=tmp_path / "b.json")


def test_the_threshold_accuses_no_oftener_wrongly_than_it_misses() -> None:
    truth = np.array([True, False, True, False, False])
    likely = np.array([0.9, 0.6, 0.5, 0.4, 0.1])
    precision, recall, _ = measure(truth, likely >= choose_careful(truth, likely))
    assert precision >= recall
