"""Gold lint and gated figures as JUnit XML, which CI servers show as tests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from compliance.evaluate.comparison import Comparison, Difference
from compliance.evaluate.lint import Checked

SUITE = "compliance.evaluate"


def format_junit(checked: Sequence[Checked], comparison: Comparison | None) -> str:
    """Return a suite with a test case for each gold folder, and one with a case for each gated figure.

    Without a baseline no figure is gated, and there is no second suite.
    """
    root = Element("testsuites", name=SUITE)
    _add_suite(root, "gold", [_make_lint_case(each) for each in checked])
    if comparison:
        _add_suite(root, "figures", [_make_figure_case(each, comparison) for each in comparison.differences])
    indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}\n'


def _add_suite(root: Element, name: str, cases: Sequence[Element]) -> None:
    failures = sum(case.find("failure") is not None for case in cases)
    suite = SubElement(
        root, "testsuite", name=f"{SUITE}.{name}", tests=str(len(cases)), failures=str(failures), errors="0"
    )
    suite.extend(cases)


def _make_lint_case(checked: Checked) -> Element:
    case = Element("testcase", classname=f"{SUITE}.gold", name=checked.gold.name)
    if checked.problems:
        _add_failure(case, f"{len(checked.problems)} feil i {checked.folder}", map(str, checked.problems))
    return case


def _make_figure_case(difference: Difference, comparison: Comparison) -> Element:
    part, _, name = difference.path.partition(".")
    case = Element("testcase", classname=f"{SUITE}.{part}", name=name)
    if difference.is_worse:
        _add_failure(case, difference.describe(), (each.describe() for each in comparison.flips_of(difference)))
    else:
        SubElement(case, "system-out").text = difference.describe()
    return case


def _add_failure(case: Element, message: str, lines: Iterable[str]) -> None:
    SubElement(case, "failure", message=message).text = "\n".join((message, *lines))
