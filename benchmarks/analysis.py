"""Pages a second of `compliance analyse`, end to end: a cold vector cache first, then an unchanged rerun.

Run: `python benchmarks/analysis.py [--documents 200] [--pdf FILE]`. The documents are made from the sample corpus'
sentences with most of their words drawn anew, so that nothing is embedded for free and documents share no wording.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pymupdf

ROOT = Path(__file__).resolve().parent.parent
PAGE = pymupdf.paper_rect("a4")
TYPE_AREA = pymupdf.Rect(60, 60, PAGE.width - 60, PAGE.height - 60)
STYLE = "p, li {font-family: serif; font-size: 10.5px; line-height: 1.35} h1, h2 {font-family: sans-serif}"


def main() -> None:
    """Make the documents, run the command, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--pages", type=int, default=10, help="pages a document, about")
    parser.add_argument("--pdf", type=Path, help="time one document in a cold process as well")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        settings = work / "settings.toml"
        settings.write_text(f'[model]\ncache_folder = "{work / "cache"}"\n', encoding="utf-8")
        subprocess.run([*command("model"), "prepare", "--config", str(settings)], check=True, capture_output=True)
        if arguments.pdf:
            seconds = run_analysis(arguments.pdf, work / "one", settings)
            print(f"one document, cold process: {seconds:.1f} s")
        pages = sum(make_documents(work / "plans", arguments.documents, arguments.pages))
        for name in ("cold vector cache", "unchanged rerun"):
            seconds = run_analysis(work / "plans", work / "out", settings)
            speed = pages / seconds
            print(f"{name}: {arguments.documents} documents, {pages} pages, {seconds:.1f} s, {speed:.1f} pages/s")


def command(*words: str) -> list[str]:
    """Return a `compliance` command of this environment."""
    return [str(Path(sys.executable).parent / "compliance"), *words]


def run_analysis(path: Path, out: Path, settings: Path) -> float:
    """Run the command in a process of its own and return its seconds."""
    started = time.perf_counter()
    subprocess.run(
        command("analyse", str(path), "--out", str(out), "--config", str(settings)), check=True, capture_output=True
    )
    return time.perf_counter() - started


def make_documents(folder: Path, documents: int, pages: int) -> Iterator[int]:
    """Write the PDFs and yield how many pages each has."""
    folder.mkdir()
    sentences = collect_sentences()
    for number in range(documents):
        html = "".join(write_plan(random.Random(number), sentences, pages))
        yield write_pdf(folder / f"plan_{number:03}.pdf", html)


def collect_sentences(files: str = "*.md") -> list[str]:
    """Return the sentences of the sample corpus, or of those of its files."""
    text = " ".join(
        re.sub(r"(?m)^(---[\s\S]*?---|[#>|!:].*)$", "", path.read_text(encoding="utf-8"))
        for path in sorted((ROOT / "corpus" / "sources").rglob(files))
    )
    found = re.findall(r"[A-ZÆØÅ][^.!?\n|<>]{40,250}[.!?]", text)
    return sorted({" ".join(sentence.split()) for sentence in found})


KEPT = 0.5  # share of a sentence's words that stay; the rest come from anywhere in the corpus


def make_sentence(draw: random.Random, sentences: list[str], words: list[str]) -> str:
    """Return a sentence that nobody else has, as long as a real one and in words as frequent."""
    real = draw.choice(sentences).rstrip(".!?").split()
    return " ".join(word if draw.random() < KEPT else draw.choice(words) for word in real).capitalize() + "."


def write_plan(draw: random.Random, sentences: list[str], pages: int) -> Iterator[str]:
    """Yield the HTML of one plan: chapters of paragraphs and lists, each unlike every other."""
    words = " ".join(sentences).replace(".", "").split()
    yield f"<h1>Digitaliseringsstrategi {draw.randint(2018, 2026)}</h1>"
    for chapter in range(1, round(2.5 * pages) + 1):
        yield f"<h2>{chapter} {make_sentence(draw, sentences, words)[:50].rsplit(' ', 1)[0]}</h2>"
        for _ in range(3):
            paragraph = (make_sentence(draw, sentences, words) for _ in range(draw.randint(2, 4)))
            yield f"<p>{' '.join(paragraph)}</p>"
        items = (f"<li>{make_sentence(draw, sentences, words)}</li>" for _ in range(3))
        yield f"<ul>{''.join(items)}</ul>"


def write_pdf(path: Path, html: str, *, most: int | None = None) -> int:
    """Lay the HTML out on A4 pages, at most so many, and return how many."""
    story = pymupdf.Story(html, user_css=STYLE)
    with pymupdf.DocumentWriter(path) as writer:
        pages, more = 0, 1
        while more and pages != most:
            device = writer.begin_page(PAGE)
            more, _ = story.place(TYPE_AREA)
            story.draw(device)
            writer.end_page()
            pages += 1
    return pages


if __name__ == "__main__":
    main()
