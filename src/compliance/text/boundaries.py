"""Where a sentence ends: rules for Norwegian plans, on plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from compliance.text.abbreviations import CLOSING, CURRENCIES, LEADING, LETTERED, ORDERED

_BULLETS = "•▪●○◦■□➢‣⁃▶►✓✔"
_LIST_ITEM = rf"(?:[-–—*·→➔{_BULLETS}]\s|[a-zæøå]\)\s|\d{{1,2}}[.)]\s+[A-ZÆØÅ])"
_CANDIDATE = re.compile(
    rf"""
      (?P<paragraph>\n[^\S\n]*\n\s*)              # an empty line
    | (?P<item>\n\s*(?={_LIST_ITEM}))             # a line that opens a list item
    | (?P<bullet>(?<=\s)(?=[{_BULLETS}]\s))       # a bullet inside the line
    | (?P<mark>[.!?…]+)
      (?P<note>(?<=[a-zæøå]{{3}}\.)\d{{1,2}})?    # a footnote's number
      (?P<close>["»”’')\]]*)
      (?P<gap>\s+|(?=[A-ZÆØÅ][a-zæøå]))           # a space, or the capital of a sentence glued to this one
    """,
    re.VERBOSE,
)
_OPENS_ITEM = re.compile(_LIST_ITEM)
_CHUNK = re.compile(r"\S*\Z")
_WORD = re.compile(r"\w+")
_OPENING = "(«\"“”„'‘’[–—-*"
_SMALL_START = re.compile(r"e-[a-zæøå]{3}|e[A-ZÆØÅ]")  # «e-helse», «eKommune» open sentences too
_LABEL = re.compile(  # a number or letter, after one word at most: «2.», «4.2.», «§ 3.», «Figur 1.», «Satsing 2.», «a.»
    r"\W*(?:[^\W\d_]+\.?\s*)?(?:\d{1,3}(?:\.\d{1,3})*|(?<![^\W_])(?:[a-zæøå]|[ivx]{1,4}))", re.IGNORECASE
)
_GLUED = re.compile(r"[a-zæøå]{3,}")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*")
_DOTTED = re.compile(r"(?:[a-zæøå]{1,4}\.)+[a-zæøå]{1,4}")
_INITIALS = re.compile(r"[A-ZÆØÅ](?:\.[A-ZÆØÅ])+")  # «U.S. Department»
_LABEL_LENGTH = 30  # characters; a numbering is never longer, so longer sentences need not be looked at
_CHUNK_LENGTH = 60  # characters looked back for the word before a mark


@dataclass(frozen=True, slots=True)
class _Stop:
    """A possible end of a sentence: the word before the mark, the mark, and where the next sentence would begin."""

    text: str
    sentence_start: int
    word: str  # without opening quotes and parentheses
    word_end: int
    mark: str
    closed: bool  # a quote or parenthesis closes after the mark
    after: int

    @property
    def following(self) -> str:
        """The next character, opening quotes, parentheses and dashes passed over."""
        position = self.after
        while position < len(self.text) and (self.text[position] in _OPENING or self.text[position] == " "):
            position += 1
        return self.text[position : position + 1]

    @property
    def next_word(self) -> str:
        """The next word, case folded."""
        match = _WORD.match(self.text, self.after)
        return match[0].casefold() if match else ""

    @property
    def word_before(self) -> str:
        """The white-space chunk before the word, case folded, without a full stop."""
        start = self.word_end - len(self.word)
        before = self.text[max(self.sentence_start, start - _CHUNK_LENGTH) : start].rstrip()
        match = _CHUNK.search(before)
        return match[0].casefold().rstrip(".") if match else ""

    @property
    def parenthesised(self) -> bool:
        """Whether a parenthesis is still open: «(Lie m.fl., red. Olsen)»."""
        sentence = self.text[self.sentence_start : self.after]
        return sentence.count("(") > sentence.count(")")


def find_boundaries(text: str) -> Iterator[int]:
    """Yield the offsets at which a new sentence begins, increasing; the first sentence's own is left out."""
    start = 0
    for match in _CANDIDATE.finditer(text):
        end = match.end()
        if start < end < len(text) and (match["mark"] is None or _ends_sentence(text, start, match)):
            start = end
            yield start


def _ends_sentence(text: str, sentence_start: int, match: re.Match[str]) -> bool:
    """Say whether a mark ends the sentence that began at `sentence_start`."""
    if _opens_block(text, match):
        return True
    chunk = _CHUNK.search(text, max(sentence_start, match.start() - _CHUNK_LENGTH), match.start())
    word = chunk[0].lstrip(_OPENING) if chunk else ""
    mark = match["mark"]
    if not match["gap"] and not (mark == "." and _GLUED.fullmatch(word)):
        return False
    stop = _Stop(text, sentence_start, word, match.start(), mark, bool(match["close"]), match.end())
    if not _can_begin(stop):
        return False
    return mark != "." or bool(match["note"]) or _is_full_stop(stop)


def _opens_block(text: str, match: re.Match[str]) -> bool:
    """Say whether an empty line or a list item follows the mark, which ends any sentence."""
    breaks = match["gap"].count("\n")
    if text[match.end()] in _BULLETS:
        return bool(match["gap"])
    return breaks > 1 or (breaks == 1 and _OPENS_ITEM.match(text, match.end()) is not None)


def _can_begin(stop: _Stop) -> bool:
    """Say whether what follows looks like the beginning of a sentence."""
    following = stop.following
    if following.isdigit():
        return stop.mark == "." or (stop.mark[-1] in "!?" and not stop.closed)
    if following.islower():
        return _SMALL_START.match(stop.text, stop.after) is not None
    return True


def _is_full_stop(stop: _Stop) -> bool:
    """Say whether a single full stop, with a capital or a digit after it, ends the sentence."""
    word = stop.word.casefold()
    if _NUMBER.fullmatch(word):
        return not (_is_label(stop) or stop.next_word in ORDERED or stop.following.isdigit())
    if len(word) == 1 and word.isalpha():
        return not _is_label(stop) and _letter_ends(stop)
    if word in LEADING or word.endswith("nr") or _INITIALS.fullmatch(stop.word):
        return stop.closed
    if word in CLOSING or _DOTTED.fullmatch(word):
        goes_on = stop.following.isdigit() or stop.next_word in CURRENCIES or stop.text[stop.after] == "("
        return not (goes_on or stop.parenthesised)
    return not _is_label(stop)


def _letter_ends(stop: _Stop) -> bool:
    """Say whether a single letter before the full stop is a word or a name, rather than an initial."""
    return stop.word in {"i", "å"} or stop.word_before in LETTERED or stop.word_before.isdigit()


def _is_label(stop: _Stop) -> bool:
    """Say whether the sentence so far is only a numbering: «2.», «4.2.», «§ 3.», «Figur 1.», «a.», «IV.»."""
    if stop.word_end - stop.sentence_start > _LABEL_LENGTH:
        return False
    return _LABEL.fullmatch(stop.text, stop.sentence_start, stop.word_end) is not None
