"""docs/python.md: every example runs as it stands, and every public name is there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import compliance

PAGE = (Path(__file__).parents[2] / "docs" / "python.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)
PLAN = "# Digitaliseringsstrategi for Fjellvik kommune\n\nKommunen skal dele data med innbyggerne innen 2027.\n"


def test_examples_run_in_order(tmp_path: Path) -> None:
    (tmp_path / "plan.md").write_text(PLAN, encoding="utf-8")
    body = "\n".join(EXAMPLES) + "\nassert labels and scores and len(results.readings) == 1\n"
    program = "if __name__ == '__main__':\n" + "".join(f"    {line}\n" for line in body.splitlines())
    (tmp_path / "program.py").write_text(program, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "program.py"], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("empty Filen er tom")


@pytest.mark.parametrize("name", compliance.__all__)
def test_public_name_is_what_it_says(name: str) -> None:
    assert getattr(compliance, name).__doc__


def test_other_names_are_none_of_the_package() -> None:
    with pytest.raises(AttributeError, match="finnes_ikke"):
        compliance.finnes_ikke  # noqa: B018


def test_importing_the_package_loads_nothing() -> None:
    program = "import sys, compliance; print(*[name for name in sys.modules if name.startswith('compliance.')])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
