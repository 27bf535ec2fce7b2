"""Small guideline and rule files for the tests."""

from __future__ import annotations

from pathlib import Path

GUIDELINES = """\
id: fylke
edition: 2023–2027
document: Fylkesplan for noko digitalt
publisher: Eit fylke
url: https://www.example.no/plan
valid_from: 2023-01-01
valid_to: 2027-12-31
themes:
  - {id: F0, title: {nb: Tema, nn: Tema}}
goals:
  - id: F1
    parent: F0
    title: {nb: Felles kart, nn: Felles kart}
    statement: {nb: Kommunene deler kart., nn: Kommunane deler kart.}
    terms:
      strong: {common: [felles kart*], nb: [kartløsning*], nn: [kartløysing*]}
      weak: {common: [kart & deling*]}
    not_counted:
      nb: Kart på papir.
      nn: Kart på papir.
      terms: {common: [papirkart*]}
"""

MONEY = """\
cues:
  - id: own_sum
    patterns: {common: ['\\d+ kr']}
"""


def write_guidelines(folder: Path, *, old: str = "", new: str = "", name: str = "fylke.yaml") -> Path:
    """Write the sample set with one piece of its text exchanged."""
    assert old in GUIDELINES
    path = folder / name
    path.write_text(GUIDELINES.replace(old, new, 1) if old else GUIDELINES, encoding="utf-8")
    return path
