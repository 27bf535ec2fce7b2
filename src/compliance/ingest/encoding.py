"""Bytes to characters."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from compliance.records import ReadingWarning, ReadingWarningCode

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\x0b\x1b\x1a\x85")
# Windows, DOS (texts of old case systems) and Macintosh, the likeliest first.
_SINGLE_BYTE = ("cp1252", "cp850", "mac_roman")
_WITHIN = re.compile(r"(?<=[A-Za-z])[æøåéèêóòôüöä]|[æøåÆØÅ](?=[a-zæøå])")
_STRANGE = re.compile(r"(?<=[a-z])[^\x00-\x7fæøåéèêóòôüöäÆØÅÉ’­–…»”](?=[a-z])|[\x80-\x9f\ufffd]|[ÏÐÝÞ¾¿¸†‡›‹](?=[a-z])")
_DOUBLE = re.compile("Ã[\x80-\xbf¥¸¦˜…†‰]|â€")
_SAMPLE = 65_536  # bytes looked at to tell text from binary
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
MAX_DAMAGED_SHARE = 0.02  # of the letters beyond ASCII; in Windows-1252 hardly any two of them make one of UTF-8
_MAX_CONTROL_SHARE = 0.01  # stray control characters do occur in text exported from old systems


@dataclass(frozen=True, slots=True)
class Decoded:
    """Bytes as text; `repaired` where they were in another encoding than said, or encoded twice."""

    text: str
    repaired: bool = False
    has_lost: bool = False  # letters that are damaged in the file stand as «�»

    @property
    def warnings(self) -> tuple[ReadingWarning, ...]:
        """What to tell of the decoding."""
        details = []
        if self.repaired:
            details.append("Filens tegnkoding var feil angitt; æ, ø og å er rettet opp.")
        if self.has_lost:
            details.append("Enkelte tegn i filen er skadet og vises som �.")
        return tuple(ReadingWarning(ReadingWarningCode.REPAIRED_ENCODING, None, detail) for detail in details)


def decode_text(content: bytes, *, declared: str | None = None) -> str | None:
    """Return the bytes as text, or None where they are no text."""
    decoded = decode(content, declared=declared)
    return decoded.text if decoded else None


def decode(content: bytes, *, declared: str | None = None) -> Decoded | None:
    """Return the bytes as text, or None where they are no text.

    A byte order mark decides first, then the declared encoding (an HTML file's own), then UTF-8, then UTF-16 by its
    zero bytes, and last the one of three older encodings that makes Norwegian words. What was encoded twice («mÃ¥l»)
    is undone.
    """
    encodings = [encoding for bom, encoding in _BOMS if content.startswith(bom)]
    if not encodings:
        wide = _guess_utf16(content[:_SAMPLE])
        if wide is None and not looks_like_text(content):
            return None
        encodings = [wide] if wide else [*([declared] if declared and _is_known(declared) else []), "utf-8"]
    for encoding in encodings:
        text = _decode_strictly(content, encoding)
        if text is not None:
            return _undo_double(text)
    if _is_nearly_utf8(content):
        return Decoded(content.decode("utf-8", errors="replace"), has_lost=True)
    encoding = max(_SINGLE_BYTE, key=lambda name: _count_norwegian(content[:_SAMPLE].decode(name, errors="replace")))
    return Decoded(content.decode(encoding, errors="replace"), repaired=declared is not None)


def _is_nearly_utf8(content: bytes) -> bool:
    """Whether nearly all that is not ASCII is UTF-8: then a byte was lost on the way, and it is no older encoding."""
    text = content.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    good = sum(map(len, _BEYOND_ASCII.findall(text))) - bad
    return bad <= MAX_DAMAGED_SHARE * good


def _undo_double(text: str) -> Decoded:
    if not ("Ã" in text or "â€" in text) or not _DOUBLE.search(text):
        return Decoded(text)
    import ftfy  # only for the few texts that need it

    mended = ftfy.fix_encoding(text)
    return Decoded(mended, repaired=mended != text)


def _count_norwegian(text: str) -> int:
    """Return how many letters of Norwegian stand within words, less the other signs that do."""
    return len(_WITHIN.findall(text)) - len(_STRANGE.findall(text))


def looks_like_text(content: bytes) -> bool:
    """Tell whether the first bytes hold no zero byte and hardly any control characters."""
    sample = content[:_SAMPLE]
    if 0 in sample:
        return False
    controls = sum(1 for byte in sample if byte < 0x20 and byte not in _TEXT_CONTROLS)
    return controls <= len(sample) * _MAX_CONTROL_SHARE


def _decode_strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeError, LookupError):  # LookupError: a codec that makes no text (rot13, zip)
        return None


def _is_known(encoding: str) -> bool:
    try:
        codecs.lookup(encoding)
    except LookupError:
        return False
    return True


def _guess_utf16(sample: bytes) -> str | None:
    """Return the UTF-16 byte order of text that is mostly Latin: every other byte is zero."""
    half = len(sample) // 2
    if half < 2:
        return None
    even, odd = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.7 and even < 0.1:
        return "utf-16-le"
    if even > 0.7 and odd < 0.1:
        return "utf-16-be"
    return None
