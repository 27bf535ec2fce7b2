"""Fail when a source file is longer than the hard limit, or when accepted debt has been paid and not struck off."""

from __future__ import annotations

import sys
from pathlib import Path

HARD_LIMIT = 400  # lines
# Files allowed over the limit, with their length and the date it was accepted. This list may only shrink.
ACCEPTED: dict[str, tuple[int, str]] = {}


def find_problems(root: Path) -> list[str]:
    """Return one line per file over its limit, and per accepted file that no longer needs to be."""
    problems = []
    for path in sorted(root.glob("src/**/*.py")):
        name = path.relative_to(root).as_posix()
        length = len(path.read_text(encoding="utf-8").splitlines())
        allowed = ACCEPTED.get(name, (HARD_LIMIT, ""))[0]
        if length > allowed:
            problems.append(f"{name}: {length} lines, at most {allowed}: split it by idea")
        elif name in ACCEPTED and length <= HARD_LIMIT:
            problems.append(f"{name}: {length} lines: strike it off the list in {Path(__file__).name}")
    return problems


def main() -> int:
    """Print the problems; 1 where there are any."""
    problems = find_problems(Path(__file__).parent.parent)
    sys.stdout.writelines(line + "\n" for line in problems)
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main())
