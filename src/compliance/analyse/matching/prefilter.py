"""What a text must hold for a regular expression to match it: cheap to look for before the expression itself.

A plan's passage meets few of the several hundred patterns of the rule files. Looking for a literal word is fifty times
as fast as trying a pattern, so that a pattern is tried only where one of its words stands.
"""

from __future__ import annotations

import re

Literals = frozenset[str] | None  # one of them stands in every text that matches; None: nothing can be said

_GROUP = re.compile(r"\((?:\?(?:P<\w+>|:|[a-z]*-?[a-z]*:))?")
_LOOKAROUND = re.compile(r"\(\?<?[=!]")
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")
_QUANTIFIER = re.compile(r"[*?]\??|\+\??|\{(\d*)(?:,\d*)?\}\??")
_WIDTHLESS = frozenset("bBAZ")
_MIN_LENGTH = 2


def find_literals(pattern: str) -> Literals:
    """Return lower-case literals of which every match of the pattern, case ignored, holds at least one."""
    literals, end = _parse_branches(pattern, 0)
    return literals if end == len(pattern) else None


def _parse_branches(pattern: str, position: int) -> tuple[Literals, int]:
    """Parse alternatives up to a closing parenthesis: known only if every alternative is."""
    branches: list[Literals] = []
    while True:
        branch, position = _parse_sequence(pattern, position)
        branches.append(branch)
        if position >= len(pattern) or pattern[position] == ")":
            break
        position += 1  # past the bar
    known = [branch for branch in branches if branch]
    return (frozenset().union(*known) if len(known) == len(branches) else None), position


def _parse_sequence(pattern: str, position: int) -> tuple[Literals, int]:
    """Parse one alternative: the best of what any of its parts requires."""
    best: Literals = None
    run = ""
    while position < len(pattern) and pattern[position] not in "|)":
        text, required, end = _parse_atom(pattern, position)
        minimum, position = _parse_quantifier(pattern, end)
        if minimum == 0:
            text, required = None, None
        if text is None:
            best, run = _better(_better(best, _as_literals(run)), required), ""
        elif position > end:  # a repeated letter stands once at least; what follows it may not adjoin
            best, run = _better(best, _as_literals(run + text)), ""
        else:
            run += text
    return _better(best, _as_literals(run)), position


def _parse_atom(pattern: str, position: int) -> tuple[str | None, Literals, int]:
    """Return the literal text of an atom ("" if it has no width), or None and what it requires; and its end."""
    char = pattern[position]
    if char == "\\":
        escaped = pattern[position + 1]
        text = "" if escaped in _WIDTHLESS else escaped.lower() if not escaped.isalnum() else None
        return text, None, position + 2
    if char == "[":
        match = _CLASS.match(pattern, position)
        return None, None, match.end() if match else len(pattern)
    if char == "(":
        return _parse_group(pattern, position)
    if char in "^$":
        return "", None, position + 1
    return (None if char == "." else char.lower()), None, position + 1


def _parse_group(pattern: str, position: int) -> tuple[str | None, Literals, int]:
    lookaround = _LOOKAROUND.match(pattern, position)
    opening = lookaround or _GROUP.match(pattern, position)
    required, end = _parse_branches(pattern, opening.end() if opening else position + 1)
    return ("", None, end + 1) if lookaround else (None, required, end + 1)


def _parse_quantifier(pattern: str, position: int) -> tuple[int, int]:
    """Return how often at least the atom before stands, and where the quantifier ends."""
    match = _QUANTIFIER.match(pattern, position)
    if not match:
        return 1, position
    if match.group().startswith("{"):
        return int(match[1] or 0), match.end()
    return (1 if match.group().startswith("+") else 0), match.end()


def _as_literals(run: str) -> Literals:
    return frozenset({run}) if len(run) >= _MIN_LENGTH else None


def _better(first: Literals, second: Literals) -> Literals:
    """Return the requirement that fewer texts meet: the one whose shortest literal is longer."""
    if first is None or second is None:
        return first or second
    return max(first, second, key=lambda literals: (min(map(len, literals)), -len(literals)))
