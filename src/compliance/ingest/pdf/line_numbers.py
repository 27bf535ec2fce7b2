"""Line numbers in the margin, as drafts for a hearing have them: every line, or every fifth, is counted."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from compliance.ingest.pdf.lines import Line
from compliance.ingest.pdf.markers import group_rows

MIN_NUMBERS = 5  # fewer numbers under each other are a list or a small table
SAME_EDGE = 2.0  # points: numbers stand flush left or right
EVEN = 0.9  # share of the steps between two numbers that are alike
OPEN_LINES = 0.2  # share of the lines beside the numbers that begin in small letters: running text, no table
_NUMBER = re.compile(r"\d{1,4}")


def find_line_numbers(lines: Sequence[Line]) -> list[Line]:
    """Return the page's lines that are nothing but the number of the line of text beside them."""
    numbers = [line for line in lines if len(line.text) <= 5 and line.upright and _NUMBER.fullmatch(line.text.strip())]
    if len(numbers) < MIN_NUMBERS:
        return []
    stacks: dict[tuple[str, int], list[Line]] = defaultdict(list)
    for line in numbers:
        stacks["left", round(line.x0 / SAME_EDGE)].append(line)
        stacks["right", round(line.x1 / SAME_EDGE)].append(line)
    stack = max(stacks.values(), key=len)
    held = {line.key for line in stack}
    text = [line for line in lines if line.upright and line.key not in held]
    return stack if _counts(stack) and _stands_in_margin(stack, text) else []


def _counts(stack: Sequence[Line]) -> bool:
    """Whether the numbers rise evenly from top to bottom."""
    if len(stack) < MIN_NUMBERS:
        return False
    values = [int(line.text) for line in sorted(stack, key=lambda line: line.y0)]
    steps = [after - before for before, after in pairwise(values)]
    usual = max(set(steps), key=steps.count)
    return usual > 0 and steps.count(usual) >= EVEN * len(steps)


def _stands_in_margin(stack: Sequence[Line], text: Sequence[Line]) -> bool:
    """Whether the text beside the numbers is on one side of them, has the lines they count, and reads on."""
    top, bottom = min(line.y0 for line in stack), max(line.y1 for line in stack)
    beside = [line for line in text if top - 1 <= line.middle <= bottom + 1]
    left, right = min(line.x0 for line in stack), max(line.x1 for line in stack)
    outside = all(line.x0 >= right for line in beside) or all(line.x1 <= left for line in beside)
    open_lines = sum(line.text[:1].islower() for line in beside)
    counted = max(int(line.text) for line in stack) - min(int(line.text) for line in stack) + 1
    rows = len(group_rows(beside))
    return outside and abs(rows - counted) <= (1 - EVEN) * counted + 1 and open_lines >= OPEN_LINES * len(beside)
