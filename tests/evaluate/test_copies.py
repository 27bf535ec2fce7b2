"""Known copies are measured: found, of their kind, charged to the copier alone, and nothing else charged."""

from __future__ import annotations

import json

import pytest

from compliance.analyse.reuse import ReuseAnalyser
from compliance.config import Config, ReuseConfig
from compliance.evaluate.baseline import Baseline, SavedDocument
from compliance.evaluate.comparison import compare_with
from compliance.evaluate.discovery import find_gold_folders
from compliance.evaluate.folders import System, evaluate_gold
from compliance.evaluate.gold import load_gold, read_gold
from compliance.guidelines.rules import load_rules
from compliance.pipeline import read_file

COPIED = (
    "Vi bygger tjenestene rundt hendelsene i livet til folk, og ikke rundt avdelingene i rådhuset, "
    "slik at ingen må fortelle det samme to ganger."
)
OTHER = "Fergene går bare om natten når månen er full, og da skal kaia i Nordvik være ryddet for både garn og kasser."
EARLY = (
    f"# Digitaliseringsstrategi for Nordvik kommune 2017–2020\n\nVedtatt av kommunestyret 12.05.2017.\n\n{COPIED}\n\n"
    f"{OTHER}\n"
)
LATE = f"# Digitaliseringsstrategi for Sørvik kommune 2021–2024\n\nVedtatt av kommunestyret 12.05.2021.\n\n{COPIED}\n"


def write_copies(folder, *copies, late=LATE):
    for name, text in {"documents/nordvik.md": EARLY, "documents/sorvik.md": late}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "national").mkdir()
    (folder / "known.jsonl").write_text("".join(json.dumps(copy) + "\n" for copy in copies), encoding="utf-8")
    gold = folder / "gold"
    gold.mkdir()
    named = {"known": "../known.jsonl", "documents": "../documents", "references": "../national"}
    (gold / "copies.json").write_text(json.dumps(named))
    return gold


def know(text=COPIED, *, kind="verbatim", boilerplate=False):
    places = {"document": "documents/sorvik.md", "source": "documents/nordvik.md"}
    return {**places, "text": text, "kind": kind, "boilerplate": boilerplate}


def refuse(*_):
    raise AssertionError("nothing else is asked for")


def compare(readings, references):
    analyser = ReuseAnalyser(guidelines=(), rules=load_rules(), references=references, config=ReuseConfig())
    return analyser.analyse(readings)


def measure(gold):
    system = System(read=lambda path: read_file(path, config=Config()), judge=refuse, compare=compare)
    return evaluate_gold([load_gold(gold)], system=system)


@pytest.mark.parametrize(
    ("copies", "late", "wrong"),
    [
        pytest.param([know()], LATE, set(), id="all is right"),
        pytest.param([know(kind="near_verbatim")], LATE, {"kind"}, id="another kind"),
        pytest.param([know(boilerplate=True)], LATE, {"found"}, id="not as boilerplate"),
        pytest.param([know(), know("Dette står ingen steder.")], LATE, {"found", "kind"}, id="missed"),
        pytest.param([know()], f"{LATE}\n{OTHER}\n", {"nothing_else"}, id="more is charged"),
        pytest.param([know(kind="reworked")], LATE, set(), id="reworked is not counted"),
        pytest.param([], LATE, {"nothing_else"}, id="nothing known"),
    ],
)
def test_what_is_wrong_of_known_copies(tmp_path, copies, late, wrong):
    evaluation = measure(write_copies(tmp_path, *copies, late=late))
    figures = evaluation.to_json()["copies"]["by_field"]
    assert {name for name, value in figures.items() if value < 1} == wrong


def test_copier_charged_back_is_told(tmp_path):
    """Dates that say the opposite of the list: the source is charged with its own words."""
    backwards = LATE.replace("2021–2024", "2011–2014").replace("12.05.2021", "12.05.2011")
    figures = measure(write_copies(tmp_path, know(), late=backwards)).to_json()["copies"]["by_field"]
    assert figures["charged_alone"] == 0


def test_a_copy_that_is_no_longer_found_is_worse_than_the_baseline(tmp_path):
    evaluation = measure(write_copies(tmp_path, know(), know("Dette står ingen steder.")))
    saved = evaluation.outcomes[0].save()
    better = {name: dict.fromkeys(fields, True) for name, fields in saved.copies.items()}
    baseline = Baseline(tmp_path, {"gold": SavedDocument(copies=better)})
    comparison = compare_with(baseline, evaluation, tolerance=Config().evaluate.tolerance)
    assert [each.path for each in comparison.worse] == ["copies.accuracy"]
    assert {flip.label for flip in comparison.flips} == {"copies found", "copies kind"}


def test_folder_of_known_copies_is_a_gold_set(tmp_path):
    gold = write_copies(tmp_path, know())
    assert find_gold_folders([tmp_path]) == (gold,)


def test_copy_of_a_document_that_is_not_there_is_told_of(tmp_path):
    _, problems = read_gold(write_copies(tmp_path, know() | {"source": "documents/vestvik.md"}))
    assert "vestvik" in problems[0].message


@pytest.mark.parametrize("text", ["{", '{"known": "a"}', '{"known": "nowhere", "documents": ".", "references": "."}'])
def test_spoilt_list_is_told_of(tmp_path, text):
    (tmp_path / "copies.json").write_text(text)
    _, problems = read_gold(tmp_path)
    assert [problem.file.name for problem in problems] == ["copies.json"]
