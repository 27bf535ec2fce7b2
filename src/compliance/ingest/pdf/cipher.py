"""Fonts that map their signs to wrong letters: «EJHJUBM» for «DIGITAL» looks like text to a program."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from compliance.ingest.pdf.extract import PageContent
from compliance.records import ReadingWarning, ReadingWarningCode

MIN_LETTERS = 80  # of one font: fewer say too little; headings of 50 letters come down to a likeness of 0.66
UNLIKE = 0.68  # likeness to Norwegian: fonts of real pages have 0.69 to 0.99, English 0.92, Northern Sami 0.73
DOUBTFUL = 0.85  # below it, words without a vowel decide
VOWELLESS = 0.25  # share of the words of three letters or more: next to none in any language written here
BROKEN = 0.3  # share of signs that no alphabet has: private use, control and replacement characters
MOST = 0.5  # share of a page's letters in such fonts, before the page counts as unreadable

# Letters in a thousand of Norwegian plans, bokmål and nynorsk (the written sample plans).
_FREQUENCIES = dict(
    zip(
        "erntiaslogdmkvfuphbåjyøcæw",
        (139, 84, 81, 76, 68, 68, 62, 57, 53, 45, 40, 38, 37, 23, 22, 22, 20, 13, 13, 11, 9, 8, 7, 2, 2, 1),
        strict=True,
    )
)
_NORM = math.hypot(*_FREQUENCIES.values())
_WORD = re.compile(r"[^\W\d_]{3,}")
_VOWEL = re.compile(r"[aeiouyæøåäöáéíóúàèòü]", re.IGNORECASE)
_LATIN = re.compile(r"[a-zæøåäöáéíóúàèòüčđŋšŧž]", re.IGNORECASE)

_DETAIL = "Skriften på siden er kodet slik at teksten ikke kan leses; den er holdt utenfor."

PageFont = tuple[int, str]


def is_cipher(text: str) -> bool:
    """Whether a text's letters are spread as those of no language that plans are written in."""
    return _judge(Counter(text), [text])


def _judge(signs: Counter[str], texts: Sequence[str]) -> bool:
    """Whether signs, counted in `texts`, are cipher; the words are looked at only where the letters are in doubt."""
    seen = sum(count for sign, count in signs.items() if not sign.isspace())
    broken = sum(count for sign, count in signs.items() if _is_broken(sign))
    if broken >= BROKEN * max(seen, 1) and seen >= MIN_LETTERS:
        return True
    letters: Counter[str] = Counter()
    for sign, count in signs.items():
        if sign.isalpha():
            letters[sign.casefold()] += count
    total = letters.total()
    latin = sum(count for letter, count in letters.items() if _LATIN.match(letter))
    if total < MIN_LETTERS or 2 * latin < total:
        return False
    shared = sum(_FREQUENCIES.get(letter, 0) * count for letter, count in letters.items())
    likeness = shared / (_NORM * math.hypot(*letters.values()))
    if not UNLIKE <= likeness < DOUBTFUL:
        return likeness < UNLIKE
    words = _WORD.findall(" ".join(texts))
    return sum(not _VOWEL.search(word) for word in words) > VOWELLESS * len(words)


def _is_broken(sign: str) -> bool:
    return sign == "\ufffd" or "\ue000" <= sign <= "\uf8ff" or (sign < " " and not sign.isspace())


def find_cipher_fonts(pages: Sequence[PageContent]) -> set[PageFont]:
    """Return the fonts, page by page, whose text is cipher on the page or in the document as a whole."""
    texts: dict[PageFont, list[str]] = defaultdict(list)
    for page in pages:
        for line in page.lines:
            texts[page.number, line.font].append(line.text)
    signs = {key: Counter("".join(parts)) for key, parts in texts.items()}
    whole: dict[str, Counter[str]] = defaultdict(Counter)
    for (_, font), counted in signs.items():
        whole[font].update(counted)
    fonts = {
        font
        for font, counted in whole.items()
        if _judge(counted, [text for key, parts in texts.items() if key[1] == font for text in parts])
    }
    return {key for key, counted in signs.items() if key[1] in fonts or _judge(counted, texts[key])}


def is_ciphered(page: PageContent, fonts: Iterable[PageFont]) -> bool:
    """Whether most of the page's text is set in fonts that cannot be read."""
    held = set(fonts)
    total = sum(len(line.text) for line in page.lines)
    return total > 0 and sum(len(line.text) for line in page.lines if (page.number, line.font) in held) >= MOST * total


def drop_cipher(page: PageContent, fonts: Iterable[PageFont]) -> PageContent:
    """Return the page without the lines that cannot be read, with a warning where there were any."""
    held = set(fonts)
    kept = tuple(line for line in page.lines if (page.number, line.font) not in held)
    if len(kept) == len(page.lines):
        return page
    warning = ReadingWarning(ReadingWarningCode.CIPHER, page.number, _DETAIL)
    return replace(page, lines=kept, warnings=(*page.warnings, warning))
