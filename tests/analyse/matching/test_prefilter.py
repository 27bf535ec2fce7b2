"""A pattern is only skipped where it could not have matched."""

from __future__ import annotations

import pytest

from compliance.analyse.matching.prefilter import find_literals


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        pytest.param(r"\bkan\b", {"kan"}, id="word"),
        pytest.param(r"\b(?:vi|kommunen|\w+ kommune)\s+vil\b", {"vil"}, id="known-after-unknown"),
        pytest.param(r"\b(?:innføres|videreføres)\b", {"innføres", "videreføres"}, id="alternatives"),
        pytest.param(r"må|skal", {"må", "skal"}, id="top-level-alternatives"),
        pytest.param(r"\bskal\b(?!\s+ikke)", {"skal"}, id="lookahead-is-no-requirement"),
        pytest.param(r"digi[- ]?forum(?:et)?", {"forum"}, id="optional-class"),
        pytest.param(r"colou?r", {"colo"}, id="optional-letter"),
        pytest.param(r"(?P<name>(?-i:IKT [A-Z]\w+))", {"ikt "}, id="named-group-with-flags"),
        pytest.param(r"\d{1,3}(?:,\d+)?\s?%", None, id="too-short"),
        pytest.param(r"(?:abc)?", None, id="all-optional"),
        pytest.param(r"\w+|abc", None, id="one-alternative-unknown"),
        pytest.param(r"ab{0,2}cde", {"cde"}, id="zero-repetition"),
        pytest.param(r"(?:abc){2,3}x", {"abc"}, id="repeated-group"),
        pytest.param(r"kap\. \d", {"kap. "}, id="escaped-point"),
    ],
)
def test_literals(pattern: str, literals: set[str] | None) -> None:
    assert find_literals(pattern) == literals
