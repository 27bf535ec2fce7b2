"""How well a file was read: what a reader of the results has to know before trusting them (stage 1)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ReadingWarningCode(StrEnum):
    """What happened while a file was read that may have changed its text."""

    UNREAD_PAGE = "unread_page"  # scanned, and nothing here could recognise its text
    CIPHER = "cipher"  # the font maps its signs to wrong letters; the page's text is left out
    HIDDEN_TEXT = "hidden_text"  # printed where nobody sees it (white, off the page, a hidden style); left out
    REPAIRED_FILE = "repaired_file"  # the file's structure was damaged; what could be found was read
    REPAIRED_ENCODING = "repaired_encoding"  # the bytes were in another encoding than the file says
    REPAIRED_LETTERS = "repaired_letters"  # restored from a font's wrong mapping: Calibri's «Ɵ» for «ti»
    MISSING_PART = "missing_part"  # a part of the file that cannot be read: a picture of text, an embedded file
    TEMPLATE_TEXT = "template_text"  # prompts that nobody filled in; left out
    LINE_NUMBERS = "line_numbers"  # numbers beside the lines, taken for what they are and kept as furniture
    CROWDED_PAGE = "crowded_page"  # too many pieces of text to be laid out; read row by row, without columns or tables


@dataclass(frozen=True, slots=True)
class ReadingWarning:
    """Something repaired, left out or guessed at while a file was read."""

    code: ReadingWarningCode
    page: int | None  # None where it concerns the file, or the format has no pages
    detail: str  # one sentence in Norwegian, for the planner


@dataclass(frozen=True, slots=True)
class ReadingQuality:
    """How much of a file was read, and how surely.

    `read_share` is between 0 and 1: the share of the pages whose text was read as words; 1 for formats without pages.
    """

    read_share: float = 1.0
    ocr_pages: int = 0  # pages whose text comes from optical character recognition
    tables: int = 0
    cipher_pages: tuple[int, ...] = ()  # pages whose text layer does not say what is printed
    columns: int = 1  # the most columns of running text beside each other on a page
    warnings: tuple[ReadingWarning, ...] = ()
