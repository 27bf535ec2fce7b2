"""From gold sets to figures, with a system that says what the test wants."""

from __future__ import annotations

from compliance.evaluate.folders import System, evaluate_gold
from compliance.evaluate.gold import load_gold
from compliance.records import (
    Fact,
    Finding,
    Task,
)
from gold_folders import make_row, write_gold


def say_goal(reading):
    """Give every passage of a document the goal DA1, and the document a funding."""
    document = reading.document.id
    found = [Finding(document, passage.id, Task.GOALS, "DA1", 1.0, ()) for passage in reading.passages]
    return [*found, Fact(document, reading.passages[0].id, "funding", "fond", ())]


def refuse(path):
    raise AssertionError(f"nothing to read in {path}")


SYSTEM = System(read=refuse, judge=say_goal)


def test_sets_are_pooled_and_told_of_as_they_are_done(tmp_path):
    folders = [
        write_gold(tmp_path / name, ["Vi deler data."], labels=[make_row(goals=goals)])
        for name, goals in (("a", ("DA1",)), ("b", ()))
    ]
    told = []
    evaluation = evaluate_gold(
        [load_gold(folder) for folder in folders], system=SYSTEM, on_progress=lambda *done: told.append(done)
    )
    assert evaluation.parts["goals"]["precision"].value == 0.5
    assert told == [("a", 1, 2), ("b", 2, 2)]


def test_readers_alone_are_compared_with_each_other_only(tmp_path):
    for name, goals in (("labels.A.jsonl", ("DA1",)), ("labels.B.jsonl", ("DA1",))):
        folder = write_gold(tmp_path, labels=[make_row(goals=goals)], labels_name=name)
    evaluation = evaluate_gold([load_gold(folder)], system=System(read=refuse, judge=refuse))
    assert evaluation.parts == {}
    assert evaluation.agreement["goals"]["micro_f1"].value == 1.0
    assert evaluation.to_json()["documents"] == {}


def test_json_keeps_what_was_said_of_each_passage(tmp_path):
    gold = load_gold(write_gold(tmp_path, ["En.", "To."], labels=[make_row(0), make_row(1)], name="plan"))
    documents = evaluate_gold([gold], system=SYSTEM).to_json()["documents"]
    assert [row["goals"] for row in documents["plan"]["labels"].values()] == [["DA1"], ["DA1"]]


def test_part_that_cannot_be_measured_is_absent(tmp_path):
    evaluation = evaluate_gold([load_gold(write_gold(tmp_path))], system=System(read=refuse, judge=refuse))
    assert evaluation.to_json() == {"intervals": {}, "documents": {tmp_path.name: {}}}
