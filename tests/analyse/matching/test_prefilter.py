"""A pattern is only skipped where it could not have matched."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analyse.stages import load_rules
from compliance.analyse.matching.prefilter import Prefilter
from compliance.guidelines.literals import find_literals
from compliance.guidelines.rules import RULE_FILES

SOURCES = Path(__file__).parents[3] / "corpus" / "sources"


def describe(pattern: str) -> list[set[str]]:
    """Return what a pattern asks for; «|» stands where a word is known to begin or end."""
    return [{f"{'|' * each.opens}{each.text}{'|' * each.closes}" for each in part} for part in find_literals(pattern)]


@pytest.mark.parametrize(
    ("pattern", "asked"),
    [
        pytest.param(r"\bkan\b", [{"|kan|"}], id="word"),
        pytest.param(r"kan", [{"kan"}], id="letters-anywhere"),
        pytest.param(
            r"\b(?:vi|kommunen|\w+ kommune)\s+vil\b", [{"|vil|"}, {"|vi|", "|kommunen|", " kommune|"}], id="two-parts"
        ),
        pytest.param(r"\b(?:innføres|videreføres)\b", [{"|innføres|", "|videreføres|"}], id="alternatives"),
        pytest.param(r"\b(?:(?:her|der)|hit)\W", [{"|her", "|der", "|hit"}], id="alternatives-in-alternatives"),
        pytest.param(r"(?:her|der)fra", [{"fra"}, {"her", "der"}], id="a-word-goes-on-behind-a-group"),
        pytest.param(r"u(?:klar|enig)\b", [{"klar|", "enig|"}], id="a-word-began-before-a-group"),
        pytest.param(r"må|skal", [{"må", "skal"}], id="top-level-alternatives"),
        pytest.param(r"\bskal\b(?!\s+ikke)", [{"|skal|"}], id="what-must-not-follow"),
        pytest.param(r"\w+et (?=(?:vi|me) har\b)", [{" har|"}, {"et "}, {"vi|", "me|"}], id="what-must-follow"),
        pytest.param(r"(?<=[a-z]) og(?=,| til)", [{" og"}, {" til", ","}], id="what-must-stand-about-it"),
        pytest.param(r"digi[- ]?forum(?:et)?", [{"forum"}, {"digi"}], id="optional-class"),
        pytest.param(r"colou?r", [{"colo"}], id="optional-letter"),
        pytest.param(r"(?P<name>(?-i:IKT [A-Z]\w+))", [{"ikt "}], id="named-group-with-flags"),
        pytest.param(r"\d{1,3}(?:,\d+)?\s?(?:%|prosent)", [{"%", "prosent"}], id="a-sign-counts"),
        pytest.param(r"\d{1,3}\s?k", [], id="too-short"),
        pytest.param(r"(?:abc)?", [], id="all-optional"),
        pytest.param(r"\w+|abc", [], id="one-alternative-unknown"),
        pytest.param(r"ab{0,2}cde", [{"cde"}], id="zero-repetition"),
        pytest.param(r"\b(?:abc){2,3}x", [{"abc"}], id="repeated-group"),
        pytest.param(r"o+ra\s+b*cd", [{"ra|"}, {"cd"}], id="space-ends-a-word"),
        pytest.param(r"kap\. \d", [{"kap. "}], id="escaped-point"),
        pytest.param(r"^for\b.*$", [{"|for|"}], id="line-start"),
    ],
)
def test_what_a_pattern_asks_for(pattern: str, asked: list[set[str]]) -> None:
    assert describe(pattern) == asked


@pytest.mark.parametrize(
    ("pattern", "text", "likely"),
    [
        pytest.param(r"\bvil\b", "Det vil vi.", True, id="the word"),
        pytest.param(r"\bvil\b", "Villa", False, id="a-longer-word"),
        pytest.param(r"\bvil", "VILLA", True, id="its-beginning"),
        pytest.param(r"vil\b", "sivil", True, id="its-end"),
        pytest.param(r"vil\b", "siviltid", False, id="not-its-end"),
        pytest.param(r"vil", "siviltid", True, id="within"),
        pytest.param(r"vil\s+ha\b", "Vi vil nå ha det", True, id="each-part-somewhere"),
        pytest.param(r"vil\s+ha\b", "Vi vil det", False, id="one-part-alone"),
        pytest.param(r"fire nye\b", "De nye er fire", False, id="other-order"),
        pytest.param(r"20 %", "20 %", True, id="signs"),
        pytest.param(r"%", "20 %", True, id="a-sign"),
        pytest.param(r"\w", "", True, id="nothing-asked-for"),
    ],
)
def test_which_texts_a_pattern_is_tried_on(pattern: str, text: str, likely: bool) -> None:
    prefilter = Prefilter([find_literals(each) for each in (r"\bkrav til\b", pattern)])
    assert prefilter.list_likely(text) == [1] * likely
    assert prefilter.list_likely(text) == [1] * likely  # now by what it remembers


def test_every_rule_that_matches_a_line_of_the_sample_is_tried_on_it() -> None:
    rules = load_rules()
    cues = [cue for name in sorted(RULE_FILES) for cue in getattr(rules, name)]
    patterns = {each.text for cue in cues for each in getattr(cue, "patterns", ())}
    compiled = [re.compile(text, re.IGNORECASE) for text in sorted(patterns)]
    assert len(compiled) > 600
    prefilter = Prefilter(find_literals(pattern.pattern) for pattern in compiled)
    lines = {line for path in SOURCES.rglob("*.md") for line in path.read_text(encoding="utf-8").splitlines() if line}
    tried = 0
    for line in sorted(lines)[::7]:
        likely = set(prefilter.list_likely(line))
        tried += len(likely)
        assert not [each.pattern for k, each in enumerate(compiled) if k not in likely and each.search(line)], line
    assert tried < 0.05 * len(compiled) * len(lines) / 7
