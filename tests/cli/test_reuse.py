"""`compliance reuse`: what is printed, and where."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from compliance.cli.app import app
from made_prose import COPIED, filler


def test_summary_on_stdout_and_progress_on_stderr(tmp_path: Path) -> None:
    documents = tmp_path / "in.jsonl"
    rows = [{"id": name, "text": f"{filler(k)} {COPIED}"} for k, name in enumerate("ab")]
    documents.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    result = CliRunner().invoke(app, ["reuse", str(documents), "--out", str(tmp_path / "out"), "--json"])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["verbatim"] == 1
    assert "Sammenligner dokumentene: 100 %" in result.stderr
    assert len((tmp_path / "out").read_text(encoding="utf-8").splitlines()) == 1
