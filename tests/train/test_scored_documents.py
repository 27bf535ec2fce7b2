from compliance.evaluate.gold import LabelRow
from compliance.records import Level
from compliance.train.document_scores import Answer
from compliance.train.scored_documents import imply_scores


def make_row(number: int, level: Level, *goals: str, reuse: str = "own") -> LabelRow:
    return LabelRow(id=f"p{number}", goals=goals, elements=(), level=level, reuse=reuse, local=False)


def test_labels_imply_the_score_of_the_passage_that_does_most() -> None:
    labels = (
        make_row(0, Level.NONE, "DA1"),
        make_row(1, Level.BACKGROUND, "DA1", "DA2"),
        make_row(2, Level.CONCRETE, "DA1"),
        make_row(3, Level.INTENTION, "DA1"),
        make_row(4, Level.COMMITMENT, "KS1.1", reuse="quoted"),
        make_row(5, Level.COMMITMENT, "another set's"),
    )
    assert imply_scores(labels, ["DA1", "DA2", "KS1.1", "EN1"]) == {
        "DA1": Answer(4, ("p2", "p1", "p3")),
        "DA2": Answer(2, ("p1",)),
        "KS1.1": Answer(1, ("p4",)),
        "EN1": Answer(0, ()),
    }
