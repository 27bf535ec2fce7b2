"""Build the sample corpus from its sources: `python corpus/build.py [--out FOLDER]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from builder.gold import make_passages
from builder.known import find_missing_copies, make_manifest
from builder.pdf import render_pdf
from builder.source import read_sources
from builder.word import render_docx

HERE = Path(__file__).parent
RENDERERS = {"pdf": render_pdf, "docx": render_docx}
# Documents that ingest is measured on: columns and boxes, footnotes, tables over pages, contents page; nb and nn.
GOLD = {
    "havnesund_okonomiplan_2025-2028.pdf",
    "havnesund_temaplan_helse_velferdsteknologi_2023-2030.pdf",
    "storfjella_digitaliseringsstrategi_2024-2027.pdf",
    "storfjella_samfunnsdel_2023-2035.pdf",
}


def build_corpus(out: Path) -> list[str]:
    """Write documents/, gold/ and manifest.csv below `out`; return what is wrong with the known copies."""
    sources = read_sources(HERE / "sources")
    built = {source.file_name: RENDERERS[source.format](source) for source in sources}
    (out / "documents").mkdir(parents=True, exist_ok=True)
    for name, content in built.items():
        (out / "documents" / name).write_bytes(content)
        print(f"{len(content) / 1000:7.1f} kB  {name}")
    for source in sources:
        if source.file_name in GOLD:
            folder = out / "gold" / source.file_name.removesuffix(".pdf")
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "passages.jsonl").write_text(make_passages(source), encoding="utf-8")
            (folder / "document.pdf").write_bytes(built[source.file_name])
    (out / "manifest.csv").write_text(make_manifest(sources, built), encoding="utf-8")
    return list(find_missing_copies(HERE / "copies.jsonl", sources))


def main() -> int:
    """Build, and return 1 where a known copy is not where it should be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=HERE, help="folder to build in (default: the corpus itself)")
    problems = build_corpus(parser.parse_args().out)
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
