"""What a text must hold for a regular expression to match it, read from the expression."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

_GROUP = re.compile(r"\((?:\?(?:P<\w+>|:|[a-z]*-?[a-z]*:))?")
_LOOKAROUND = re.compile(r"\(\?<?[=!]")
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")
_QUANTIFIER = re.compile(r"[*?]\??|\+\??|\{(\d*)(?:,\d*)?\}\??")
_WORD = re.compile(r"\w+")
_BOUNDARY, _EDGE = "\b", "\0"  # in a run of letters: a word begins or ends here; the group's own edge is here
_MIN_LENGTH = 2  # letters; a sign counts alone
_MAX_LITERALS = 40  # alternatives of one part; looking for more takes longer than the pattern


class Literal(NamedTuple):
    """Lower-case text; `opens` where a word begins with its first letter, `closes` where one ends with its last."""

    text: str
    opens: bool = False
    closes: bool = False

    def split_words(self) -> list[Literal]:
        """Return its words, of which all but the outer ones are whole."""
        last = len(self.text)
        return [
            Literal(word.group(), self.opens or word.start() > 0, self.closes or word.end() < last)
            for word in _WORD.finditer(self.text)
        ]


Alternatives = frozenset[Literal]  # a text that matches holds one of them


@dataclass(frozen=True, slots=True)
class _Part:
    """What an atom or a group of a pattern asks for."""

    run: str | None  # its literal text, with marks; None where it stands for several
    required: tuple[frozenset[str], ...]  # runs of which one each is in every match, or about it
    end: int  # where it ends in the pattern


@cache
def find_literals(pattern: str) -> tuple[Alternatives, ...]:
    """Return what every match of the pattern, case ignored, holds: of each set at least one; the rarest set first."""
    required, end = _parse_branches(pattern, 0)
    if end != len(pattern):
        return ()
    parts = [frozenset(map(_as_literal, part)) for part in dict.fromkeys(required)]
    return tuple(sorted((part for part in parts if len(part) <= _MAX_LITERALS), key=_rate, reverse=True))


def _rate(part: Alternatives) -> tuple[int, int]:
    """Rate how few texts hold one: by the shortest, a word's bounds as letters; of equal ones by how many there are."""
    return min(len(each.text) + each.opens + each.closes for each in part), -len(part)


def _as_literal(run: str) -> Literal:
    text = _bare(run)
    opens, closes = run[0] == _BOUNDARY and _is_letter(text[0]), run[-1] == _BOUNDARY and _is_letter(text[-1])
    return Literal(text, opens, closes)


def _bare(run: str) -> str:
    return run.replace(_BOUNDARY, "").replace(_EDGE, "")


def _is_letter(character: str) -> bool:
    return _WORD.fullmatch(character) is not None


def _parse_branches(pattern: str, position: int) -> tuple[tuple[frozenset[str], ...], int]:
    """Parse alternatives up to a closing parenthesis: one of what each of them asks for, if all do."""
    branches: list[tuple[frozenset[str], ...]] = []
    while True:
        branch, position = _parse_sequence(pattern, position)
        branches.append(branch)
        if position >= len(pattern) or pattern[position] == ")":
            break
        position += 1  # past the bar
    if len(branches) == 1:
        return branches[0], position
    best = [max(branch, key=_rate_runs) for branch in branches if branch]
    return ((frozenset().union(*best),) if len(best) == len(branches) else ()), position


def _rate_runs(runs: frozenset[str]) -> tuple[int, int]:
    return min(len(_bare(run)) for run in runs), -len(runs)


def _parse_sequence(pattern: str, position: int) -> tuple[tuple[frozenset[str], ...], int]:
    """Parse one alternative: what each of its parts asks for."""
    required: list[frozenset[str]] = []
    run = _EDGE
    while position < len(pattern) and pattern[position] not in "|)":
        part = _parse_atom(pattern, position)
        minimum, position = _parse_quantifier(pattern, part.end)
        once = bool(minimum) and position == part.end
        if once and part.run is not None:
            run += part.run
            required += [_mark(runs, "", "") for runs in part.required]
        elif minimum and part.run is not None:  # once at least; what follows it may not adjoin
            required += _as_runs(run + part.run)
            run = ""
        else:
            bound = _BOUNDARY if minimum and _is_space(pattern, part.end) else ""
            required += _as_runs(run + bound)
            if minimum:
                before, after = (_mark_before(run), _mark_after(pattern, position)) if once else ("", "")
                required += [_mark(runs, before, after) for runs in part.required]
            run = bound
    return (*required, *_as_runs(run + _EDGE)), position


def _mark_before(run: str) -> str:
    """Return what is known of the place where a group begins, behind this run."""
    if run == _EDGE:
        return _EDGE
    return _BOUNDARY if run and not _is_letter(run[-1]) and run[-1] != _EDGE else ""


def _mark_after(pattern: str, position: int) -> str:
    """Return what is known of the place where a group ends."""
    if position >= len(pattern) or pattern[position] in "|)":
        return _EDGE
    part = _parse_atom(pattern, position)
    minimum, _ = _parse_quantifier(pattern, part.end)
    bare = part.run is not None and part.run != "" and not _is_letter(part.run[0])
    return _BOUNDARY if minimum and (bare or _is_space(pattern, part.end)) else ""


def _mark(runs: frozenset[str], before: str, after: str) -> frozenset[str]:
    """Put what is known of a group's edges in the place of them."""
    return frozenset(
        (before if run[0] == _EDGE else "") + run.strip(_EDGE) + (after if run[-1] == _EDGE else "") for run in runs
    )


def _is_space(pattern: str, end: int) -> bool:
    return pattern[end - 2 : end] == r"\s" and pattern[end - 3 : end - 2] != "\\"


def _parse_atom(pattern: str, position: int) -> _Part:
    """Return what an atom asks for: a letter itself, nothing ("") where it has no width."""
    char = pattern[position]
    if char == "\\":
        escaped = pattern[position + 1]
        if escaped in "bAZ":
            return _Part(_BOUNDARY, (), position + 2)
        run = "" if escaped == "B" else escaped.lower() if not escaped.isalnum() else None
        return _Part(run, (), position + 2)
    if char == "[":
        match = _CLASS.match(pattern, position)
        return _Part(None, (), match.end() if match else len(pattern))
    if char == "(":
        return _parse_group(pattern, position)
    if char in "^$":
        return _Part(_BOUNDARY, (), position + 1)
    return _Part(None if char == "." else char.lower(), (), position + 1)


def _parse_group(pattern: str, position: int) -> _Part:
    lookaround = _LOOKAROUND.match(pattern, position)
    opening = lookaround or _GROUP.match(pattern, position)
    required, end = _parse_branches(pattern, opening.end() if opening else position + 1)
    if lookaround:
        return _Part("", () if lookaround[0].endswith("!") else required, end + 1)
    return _Part(None, required, end + 1)


def _parse_quantifier(pattern: str, position: int) -> tuple[int, int]:
    """Return how often at least the atom before stands, and where the quantifier ends."""
    match = _QUANTIFIER.match(pattern, position)
    if not match:
        return 1, position
    if match.group().startswith("{"):
        return int(match[1] or 0), match.end()
    return (1 if match.group().startswith("+") else 0), match.end()


def _as_runs(run: str) -> Iterator[frozenset[str]]:
    text = _bare(run)
    if len(text) >= _MIN_LENGTH or (text and not _is_letter(text)):
        yield frozenset({run.replace(_EDGE + _BOUNDARY, _BOUNDARY).replace(_BOUNDARY + _EDGE, _BOUNDARY)})
