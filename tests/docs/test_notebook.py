"""docs/studie.ipynb runs from corpus to figure."""

from __future__ import annotations

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from shutil import copytree

ROOT = Path(__file__).parents[2]


def test_the_notebook_runs_from_corpus_to_figure(tmp_path: Path) -> None:
    cells = json.loads((ROOT / "docs" / "studie.ipynb").read_text(encoding="utf-8"))["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    body = "".join(f"    {line}\n" for line in code.splitlines())
    (tmp_path / "studie.py").write_text(f"if __name__ == '__main__':\n{body}", encoding="utf-8")
    copytree(ROOT / "corpus" / "documents", tmp_path / "corpus" / "documents")
    done = subprocess.run(
        [sys.executable, "studie.py"], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Tre av seks kommuner har en egen digitaliseringsstrategi som gjelder." in done.stdout
    figure = ET.parse(tmp_path / "andres_ord.svg").getroot()
    assert len(figure.findall("{http://www.w3.org/2000/svg}rect")) == 15
