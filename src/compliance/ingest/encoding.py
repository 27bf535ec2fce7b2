"""Bytes to characters."""

from __future__ import annotations

import codecs

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\x0b\x1b\x1a\x85")
_SAMPLE = 65_536  # bytes looked at to tell text from binary
_MAX_CONTROL_SHARE = 0.01  # stray control characters do occur in text exported from old systems


def decode_text(content: bytes, *, declared: str | None = None) -> str | None:
    """Return the bytes as text, or None where they are no text.

    A byte order mark decides first, then the declared encoding (an HTML file's own), then UTF-8, then UTF-16 by its
    zero bytes, and last Windows-1252, which most Norwegian text of the years before UTF-8 is in.
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
            return text
    return content.decode("cp1252", errors="replace")


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
    except UnicodeDecodeError:
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
