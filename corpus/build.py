"""Build the sample corpus from its sources: `python corpus/build.py [--out FOLDER]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from builder.known import find_missing_copies, make_manifest
from builder.pdf import render_pdf
from builder.source import read_sources
from builder.word import render_docx

HERE = Path(__file__).parent
RENDERERS = {"pdf": render_pdf, "docx": render_docx}


def build_corpus(out: Path) -> list[str]:
    """Write documents/ and manifest.csv below `out`; return what is wrong with the known copies."""
    sources = read_sources(HERE / "sources")
    built = {source.file_name: RENDERERS[source.format](source) for source in sources}
    (out / "documents").mkdir(parents=True, exist_ok=True)
    for name, content in built.items():
        (out / "documents" / name).write_bytes(content)
        print(f"{len(content) / 1000:7.1f} kB  {name}")
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
