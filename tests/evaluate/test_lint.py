"""Gold lint: what is wrong, all at once."""

from __future__ import annotations

import pytest

from compliance.evaluate.lint import Vocabulary, check_folders
from compliance.records import Level
from gold_folders import make_row, write_gold

LONG = "Kommunen skal dele data med innbyggerne sine."
VOCABULARY = Vocabulary(
    goals=frozenset({"DA1", "KS1.1"}),
    elements=frozenset({"W1", "W2", "W3", "W4"}),
    sources=frozenset({"difi"}),
    editions={"ks": "2017–2020"},
)


def lint(*folders):
    return [str(problem) for each in check_folders(folders, vocabulary=VOCABULARY) for problem in each.problems]


def test_sound_sets_have_no_problems(tmp_path):
    row = make_row(goals=("DA1",), elements=("W1",), reuse="quoted", source="difi")
    one = write_gold(tmp_path / "one", [LONG], labels=[row], split="train", guidelines={"ks": "2017–2020"})
    other = write_gold(tmp_path / "other", ["Noe helt annet står å lese her."], labels=[row], split="test")
    assert lint(one, other) == []


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        pytest.param({"goals": ("XX1",)}, "goals: ukjent merke XX1", id="unknown goal"),
        pytest.param({"elements": ("W99",)}, "elements: ukjent merke W99", id="unknown element"),
        pytest.param({"goals": ("DA1", "DA1")}, "goals: DA1 står to ganger", id="a goal twice"),
        pytest.param({"elements": ("W1", "W2", "W3", "W4")}, "høyst 3", id="too many elements"),
        pytest.param({"reuse": "copied", "source": "avisa"}, "ukjent kilde avisa", id="unknown source"),
        pytest.param({"source": "difi"}, "egne ord har ingen kilde", id="own words with a source"),
        pytest.param({"level": Level.NONE}, "ingen avsnitt er merket", id="nothing labelled"),
    ],
)
@pytest.mark.parametrize("name", ["labels.jsonl", "labels.A.jsonl"])
def test_wrong_labels_are_named(tmp_path, labels, said, name):
    write_gold(tmp_path, labels=[make_row(goals=("DA1",))], labels_name="labels.B.jsonl")
    (problem,) = lint(write_gold(tmp_path, labels=[make_row(**labels)], labels_name=name))
    assert said in problem
    assert name in problem


def test_all_problems_come_at_once(tmp_path):
    one = write_gold(tmp_path / "one", labels=[make_row(goals=("XX1",)), make_row(1)], split="spilt")
    (one / "passages.jsonl").write_text('{"id": "0", "text": " "}\nikke json\n', encoding="utf-8")
    other = write_gold(tmp_path / "other", labels=[make_row(7)])
    problems = "\n".join(lint(one, other))
    for said in ("split", "avsnittet er tomt", "passages.jsonl:2: ikke gyldig JSON", "XX1", "samme avsnitt"):
        assert said in problems


@pytest.mark.parametrize(
    ("labels", "line"),
    [
        pytest.param([0], 2, id="one too few"),
        pytest.param([0, 1, 2], 3, id="one too many"),
        pytest.param([1, 0], 1, id="another order is told of once"),
    ],
)
def test_labels_in_another_order_are_refused(tmp_path, labels, line):
    folder = write_gold(tmp_path, ["En.", "To."], labels=[make_row(number) for number in labels])
    (problem,) = lint(folder)
    assert f"labels.jsonl:{line}: linjen må handle om samme avsnitt" in problem


@pytest.mark.parametrize(
    ("editions", "said"),
    [
        pytest.param({"ks": "2013–2016"}, "merket etter utgaven 2013–2016, men verktøyet bruker 2017–2020", id="older"),
        pytest.param({"kss": "2017–2020"}, "settet «kss» finnes ikke; velg blant ks", id="unknown set"),
    ],
)
def test_another_edition_is_refused_with_advice(tmp_path, editions, said):
    (problem,) = lint(write_gold(tmp_path, guidelines=editions))
    assert said in problem


@pytest.mark.parametrize(
    ("texts", "splits", "found"),
    [
        pytest.param((LONG, LONG), ("train", "test"), True, id="the same text"),
        pytest.param((LONG, f"  {LONG.upper()}"), ("train", "test"), True, id="case and space do not matter"),
        pytest.param((f"{LONG} 7", f"{LONG} 12"), ("train", "test"), True, id="numbers do not matter"),
        pytest.param(("Tiltak 1 2 3 4", "Tiltak 1 2 3 4"), ("train", "test"), False, id="numbers are no words"),
        pytest.param(("Mål og tiltak", "Mål og tiltak"), ("train", "test"), False, id="a heading that any plan has"),
        pytest.param((LONG, LONG), ("train", "train"), False, id="both learnt from"),
        pytest.param((LONG, LONG), ("train", None), False, id="in no split"),
    ],
)
def test_text_in_both_splits_is_refused(tmp_path, texts, splits, found):
    one, other = (
        write_gold(tmp_path / str(number), [text], split=split)
        for number, (text, split) in enumerate(zip(texts, splits, strict=True))
    )
    assert bool(lint(one, other)) is found


def test_two_sets_that_call_themselves_the_same_are_refused(tmp_path):
    one, other = write_gold(tmp_path / "a", name="plan"), write_gold(tmp_path / "b", name="plan")
    (problem,) = lint(one, other)
    assert "«plan» er alt brukt" in problem


def test_sets_in_folders_of_one_name_are_told_apart(tmp_path):
    folders = [write_gold(tmp_path / name / "plan") for name in "ab"]
    checked = check_folders(folders, vocabulary=VOCABULARY)
    assert [each.gold.name for each in checked] == ["a/plan", "b/plan"]
    assert not any(each.problems for each in checked)


def test_readers_of_a_set_may_have_its_name(tmp_path):
    one = write_gold(tmp_path / "plan", labels=[make_row()])
    for name in ("labels.A.jsonl", "labels.B.jsonl"):
        other = write_gold(tmp_path / "agreement" / "plan", labels=[make_row()], labels_name=name)
    assert lint(one, other) == []
