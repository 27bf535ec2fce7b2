"""Cells that were read as one line are told from words that were spread to fill it."""

from __future__ import annotations

from typing import Any

import pytest

from compliance.ingest.pdf.fragments import (
    MAX_RULES,
    Plumb,
    find_crossing,
    list_plumbs,
    may_be_cells,
    split_at,
    split_line,
)


def spell(*words: tuple[str, float]) -> dict[str, Any]:
    """Return a line of words that begin at the given x, each letter five points wide, in ten point type."""
    chars = []
    for text, x in words:
        for index, letter in enumerate(text):
            left = x + 5 * index
            chars.append({"c": letter, "bbox": (left, 0, left + 5, 10), "origin": (left, 8)})
        chars.append({"c": " ", "bbox": (x + 5 * len(text), 0, x + 5 * len(text) + 2, 10), "origin": (0, 8)})
    span = {"size": 10, "flags": 0, "font": "Serif", "chars": chars, "origin": (0, 8), "bbox": (0, 0, 0, 0)}
    return {"dir": (1.0, 0.0), "spans": [span]}


def texts(line: dict[str, Any]) -> list[str]:
    return ["".join(span["text"] for span in piece["spans"]) for piece in split_line(line)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param(spell(("300", 0), ("Lån", 22)), ["300", "Lån"], id="amount and text"),
        pytest.param(spell(("1", 0), ("200", 7.5), ("900", 30)), ["1 200", "900"], id="thousands stay together"),
        pytest.param(spell(("Lån", 0), ("og", 18), ("tilskudd", 31)), ["Lån og tilskudd"], id="words with spaces"),
        pytest.param(
            spell(("Vi", 0), ("skal", 17), ("i", 44), ("2025", 56), ("ha", 83)), ["Vi skal i 2025 ha"], id="justified"
        ),
    ],
)
def test_where_a_line_is_cut(line: dict[str, Any], expected: list[str]) -> None:
    assert texts(line) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sum drift 1 200 900", True),
        ("–", True),
        ("Kommunen skal satse", False),
        ("en to tre fire fem seks sju åtte ni ti 11", False),
    ],
)
def test_which_lines_may_be_cells(text: str, expected: bool) -> None:
    assert may_be_cells({"spans": [{"text": text}]}) is expected


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        pytest.param([43.0], ["Leder", "Fastlege"], id="between words"),
        pytest.param([20.0], ["Leder Fastlege"], id="through a word"),
        pytest.param([], ["Leder Fastlege"], id="none"),
    ],
)
def test_a_line_is_cut_where_a_rule_stands_between_words(rules: list[float], expected: list[str]) -> None:
    line = spell(("Leder", 10), ("Fastlege", 45))
    pieces = ["".join(span["text"] for span in piece["spans"]) for piece in split_at(line, rules)]
    assert pieces == expected


def test_a_rule_crosses_a_line_that_it_stands_through() -> None:
    line = {"bbox": (10.0, 100.0, 90.0, 112.0)}
    rules = [Plumb(43.0, 95.0, 130.0), Plumb(50.0, 120.0, 160.0), Plumb(95.0, 95.0, 130.0)]
    assert find_crossing(line, rules) == [43.0]


def test_rules_are_upright_and_few() -> None:
    upright, level = ("re", (42.6, 95.0, 43.4, 130.0), 1), ("l", (10.0, 95.0), (90.0, 95.0))
    assert [round(each.x) for each in list_plumbs([{"items": [upright, level]}])] == [43]
    assert list_plumbs([{"items": [upright] * (MAX_RULES + 1)}]) == []
