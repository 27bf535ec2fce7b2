"""Scanned pages: which they are, and their text through PyMuPDF's bridge to Tesseract."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from compliance.config import IngestConfig
from compliance.errors import MissingToolError
from compliance.ingest.pdf.cipher import drop_cipher, find_cipher_fonts, is_ciphered
from compliance.ingest.pdf.extract import PageContent, read_page
from compliance.ingest.source import SourceFile
from compliance.records import RejectionReason

if TYPE_CHECKING:
    import pymupdf

MIN_LETTERS = 30  # on a page that a picture covers: fewer are a stamp or a page number, not the page's text
COVERED = 0.55  # share of the page that pictures cover before it is taken for a scan
MIN_WORDLIKE = 0.5  # share of a text layer's words that look like words; below it the layer is garbage
MIN_CLEAN = 0.7  # share of recognised tokens that are whole words or numbers; photographs stay far below
SAME_BODY = (0.75, 1.3)  # of the page's median size: recognised lines between are body text
SAMPLE = 20  # lines that tell whether a text layer is made of words
RESOLUTION = 200  # dots per inch: enough for 9-point type, and twice as fast as 300

ADVICE = (
    "Dokumentet er skannet. Installer Tesseract med norsk språk («apt install tesseract-ocr tesseract-ocr-{language}») "
    "og kjør på nytt, eller bruk en utgave med tekst."
)
CIPHER_ADVICE = (
    "Skriftene i filen er kodet slik at teksten ikke kan leses, enda den ser riktig ut på skjermen. Lag PDF-en på nytt "
    "fra originalen, eller installer Tesseract («apt install tesseract-ocr tesseract-ocr-{language}») og kjør på nytt."
)
_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
    "C:/Program Files/Tesseract-OCR/tessdata",
)
_WORD = re.compile(r"[A-Za-zÆØÅæøåÀ-ÿ]{2,}|\d[\d.,]*")
_CLEAN = re.compile(r"[«(\"“]*(?:[^\W\d_]{2,}(?:[-/.][^\W\d_]*)*|\d[\d.,]*%?|[iåIÅ])[.,:;!?)»\"”]*")
_LETTER = re.compile(r"[^\W\d_]")
_BROKEN = re.compile("[\ufffd\ue000-\uf8ff]")
_VOWEL = re.compile(r"[aeiouyæøåéèóòôü\d]", re.IGNORECASE)


def is_scanned(page: pymupdf.Page, content: PageContent) -> bool:
    """Tell whether the page is a picture of text: pictures cover it, and its own text is missing or garbage."""
    if _reads_as_words(content):
        return False
    covered = 0.0
    for image in page.get_image_info():
        x0, y0, x1, y1 = image["bbox"]
        covered += max(0.0, x1 - x0) * max(0.0, y1 - y0)
    return covered >= COVERED * content.transform.width * content.transform.height


def _reads_as_words(content: PageContent) -> bool:
    """Tell whether the page holds a line or more of text that is made of words."""
    text = " ".join(line.text for line in content.lines[:SAMPLE])
    tokens = text.split()
    wordlike = sum(bool(_WORD.search(token) and _VOWEL.search(token)) for token in tokens)
    broken = len(_BROKEN.findall(text))
    letters = len(_LETTER.findall(text))
    return letters >= MIN_LETTERS and wordlike >= MIN_WORDLIKE * len(tokens) and broken <= 0.2 * len(text)


@cache
def find_tessdata(language: str) -> str | None:
    """Return the folder with Tesseract's data for the language, or None where Tesseract or the data is missing."""
    named = os.environ.get("TESSDATA_PREFIX")
    program = shutil.which("tesseract")
    beside = [Path(program).resolve().parent.parent / "share" / "tessdata"] if program else []
    folders = [*([Path(named), Path(named) / "tessdata"] if named else []), *beside, *map(Path, _FOLDERS)]
    wanted = [f"{part}.traineddata" for part in language.split("+")]
    return next((str(folder) for folder in folders if all((folder / name).is_file() for name in wanted)), None)


def recognise_pages(
    document: pymupdf.Document, pages: Sequence[PageContent], *, source: SourceFile, config: IngestConfig
) -> list[PageContent]:
    """Return the pages with the text recognised of those that are scanned, or set in a font that cannot be read.

    Raises MissingToolError (NEEDS_OCR) where recognition is off, or Tesseract or its language data is missing, and
    most pages are such; a few among others are then marked as unread.
    """
    fonts = find_cipher_fonts(pages)
    ciphered = {content.number for content in pages if is_ciphered(content, fonts)}
    lost = ciphered | {content.number for content in pages if is_scanned(document[content.number - 1], content)}
    folder = find_tessdata(config.ocr_language) if lost and config.ocr == "auto" else None
    if lost and folder is None:
        if 2 * len(lost) >= sum(bool(content.lines) or content.number in lost for content in pages):
            advice = (CIPHER_ADVICE if lost == ciphered else ADVICE).format(language=config.ocr_language)
            raise MissingToolError(source.path, RejectionReason.NEEDS_OCR, advice)
        pages = [replace(content, unread=content.number in lost) for content in pages]
    read = [
        recognise_page(document[content.number - 1], content, folder=folder, language=config.ocr_language)
        if folder and content.number in lost
        else content
        for content in pages
    ]
    return [content if content.ocr else drop_cipher(content, fonts) for content in read]


def recognise_page(page: pymupdf.Page, content: PageContent, *, folder: str, language: str) -> PageContent:
    """Return the page as Tesseract reads it; as it was where it is a photograph rather than text."""
    with _silence_stderr():
        textpage = page.get_textpage_ocr(  # type: ignore[no-untyped-call]
            flags=0, language=language, dpi=RESOLUTION, full=True, tessdata=folder
        )
    recognised = _even_out(read_page(page, textpage=textpage))
    return recognised if _reads_as_text(recognised) else content


def _even_out(content: PageContent) -> PageContent:
    """Return the page with one type size for its body: Tesseract measures each line anew."""
    sizes = sorted(line.size for line in content.lines for _ in range(len(line.text)))
    if not sizes:
        return content
    body = sizes[len(sizes) // 2]
    lines = [
        replace(line, size=body) if SAME_BODY[0] * body <= line.size <= SAME_BODY[1] * body else line
        for line in content.lines
    ]
    return replace(content, lines=tuple(lines))


def _reads_as_text(content: PageContent) -> bool:
    """Tell running text and tables from what Tesseract sees in photographs, maps and screens."""
    tokens = [token for line in content.lines for token in line.text.split()]
    clean = sum(bool(_CLEAN.fullmatch(token)) for token in tokens)
    return _reads_as_words(content) and clean >= MIN_CLEAN * len(tokens) and len(tokens) >= 2.5 * len(content.lines)


@contextmanager
def _silence_stderr() -> Iterator[None]:
    """Keep what Tesseract writes to the process's error stream off the terminal."""
    kept = os.dup(2)
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)
