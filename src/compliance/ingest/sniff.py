"""What a file is, by its content; and whether that is what its name says."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from compliance.errors import DocumentError
from compliance.files import ARCHIVE_FAULTS
from compliance.ingest.encoding import decode_text
from compliance.ingest.media import (
    DOCX,
    HTML,
    MARKDOWN,
    MHTML,
    PDF,
    SUFFIXES,
    SUPPORTED_NAMES,
    TEXT,
    UNSUPPORTED_SUFFIXES,
)
from compliance.records import RejectionReason

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # the container of old Office files and of password-protected new ones
_IMAGES = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"II*\x00",
    b"MM\x00*",
    b"BM",
    b"\x00\x00\x00\x18ftypheic",
    b"\x00\x00\x00\x1cftypheic",
)
# Name of a member (or its beginning) that tells which kind of office file an archive is.
_ARCHIVES = (
    ("word/", DOCX),
    ("xl/", ".xlsx"),
    ("ppt/", ".pptx"),
    ("Index/Document.iwa", ".pages"),
    ("META-INF/container.xml", ".epub"),
)
_MIMETYPE_BYTES = 200  # more than any media type has
_OPEN_DOCUMENT = {b"text": ".odt", b"spreadsheet": ".ods", b"presentation": ".odp"}
# Possessive: n comments could be cut into comments in 2ⁿ ways, and a scan as Markdown begins with one a page.
_COMMENT = r"<!--(?:(?!-->).)*+-->\s*+"
_HTML_START = re.compile(rf"\s*(?:<\?xml[^>]*>\s*)?(?:{_COMMENT})*+<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_ARCHIVE_HEAD = 4096  # characters that hold the head of a web page saved as one file
_ARCHIVE_START = re.compile(r"(?:[\w-]+:.*\n(?:[ \t].*\n)*)*?content-type:\s*multipart/related", re.I)
# Without "<" inside a tag: else each of n tags that are never closed is searched to the end of the file.
_HTML_TAG = re.compile(r"<(?:p|div|h[1-6]|ul|ol|table|article|section|main|span|br)\b[^<>]*>", re.I)
_ADVICE = "Lagre som DOCX eller PDF, og prøv igjen."


def sniff_media_type(path: Path, content: bytes) -> str:
    """Return the media type of a file's content.

    Raises DocumentError: EMPTY, ENCRYPTED, TRUNCATED or CORRUPT as far as the container tells; UNSUPPORTED for
    formats that are not read; MISLABELLED where the content is a supported format other than the file name's.
    """
    if not content:
        raise DocumentError(path, RejectionReason.EMPTY, "Filen er tom (0 byte). Hent den på nytt fra kilden.")
    found = _sniff_binary(path, content) or _sniff_text(path, content)
    expected = SUFFIXES.get(path.suffix.lower())
    misnamed = path.suffix.lower() in UNSUPPORTED_SUFFIXES or (expected and not _agrees(expected, found))
    if misnamed:
        name, suffix = SUPPORTED_NAMES[found]
        advice = (
            f"Filnavnet slutter på {path.suffix}, men innholdet er {name}. Gi filen endelsen {suffix}, og prøv igjen."
        )
        raise DocumentError(path, RejectionReason.MISLABELLED, advice)
    return found


def _agrees(expected: str, found: str) -> bool:
    return expected == found or (expected in {TEXT, MARKDOWN, HTML} and found == TEXT)


def _sniff_binary(path: Path, content: bytes) -> str | None:
    """Return PDF or DOCX, None for what may be text; raise for every other container."""
    if b"%PDF-" in content[:1024]:
        return PDF
    if content.startswith(b"PK"):
        return _sniff_archive(path, content)
    if content.startswith(_OLE):
        raise _reject_ole(path, content)
    if content.lstrip()[:5] == b"{\\rtf":
        raise _reject_unsupported(path, UNSUPPORTED_SUFFIXES[".rtf"])
    if content.startswith(_IMAGES) or content[8:12] == b"WEBP":
        advice = "Filen er et bilde. Lag en søkbar PDF av det (skann med tekstgjenkjenning), og prøv igjen."
        raise DocumentError(path, RejectionReason.UNSUPPORTED, advice)
    return None


def _sniff_text(path: Path, content: bytes) -> str:
    """Return HTML, MARKDOWN or TEXT; raise where the content is no text."""
    text = decode_text(content)
    suffix = path.suffix.lower()
    if text is None:
        raise _reject_binary(path)
    if _ARCHIVE_START.match(text[:_ARCHIVE_HEAD]):
        return MHTML
    if _HTML_START.match(text) or (SUFFIXES.get(suffix) == HTML and _HTML_TAG.search(text)):
        return HTML
    if suffix in UNSUPPORTED_SUFFIXES:
        raise _reject_unsupported(path, UNSUPPORTED_SUFFIXES[suffix])
    return MARKDOWN if SUFFIXES.get(suffix) == MARKDOWN else TEXT


def _sniff_archive(path: Path, content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            kind = _read_start(archive, "mimetype") if "mimetype" in names else b""
    except ARCHIVE_FAULTS as error:
        cut = b"PK\x05\x06" not in content  # the archive's own index, which stands last
        reason = RejectionReason.TRUNCATED if cut else RejectionReason.CORRUPT
        what = "Filen er avkortet: slutten mangler." if cut else "Filen er skadet og kan ikke åpnes."
        raise DocumentError(path, reason, f"{what} Hent den på nytt fra kilden.") from error
    for member, found in _ARCHIVES:
        if any(name.startswith(member) for name in names):
            if found == DOCX:
                return DOCX
            raise _reject_unsupported(path, UNSUPPORTED_SUFFIXES[found])
    for word, suffix in _OPEN_DOCUMENT.items():
        if b"opendocument." + word in kind:
            raise _reject_unsupported(path, UNSUPPORTED_SUFFIXES[suffix])
    if path.suffix.lower() in SUFFIXES:
        advice = "Filen er skadet: dokumentets tekst mangler i den. Hent den på nytt fra kilden."
        raise DocumentError(path, RejectionReason.CORRUPT, advice)
    advice = "Filen er et arkiv (ZIP). Pakk det ut, og velg dokumentene i det."
    raise DocumentError(path, RejectionReason.UNSUPPORTED, advice)


def _read_start(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return the first bytes of a member: it may unpack to gigabytes."""
    with archive.open(name) as member:
        return member.read(_MIMETYPE_BYTES)


def _reject_ole(path: Path, content: bytes) -> DocumentError:
    if "EncryptedPackage".encode("utf-16-le") in content:
        advice = "Dokumentet er beskyttet med passord. Lagre en kopi uten passord, og prøv igjen."
        return DocumentError(path, RejectionReason.ENCRYPTED, advice)
    streams = {"WordDocument": ".doc", "Workbook": ".xls", "PowerPoint Document": ".ppt", "__properties": ".msg"}
    for stream, suffix in streams.items():
        if stream.encode("utf-16-le") in content:
            return _reject_unsupported(path, UNSUPPORTED_SUFFIXES[suffix])
    return _reject_unsupported(path, UNSUPPORTED_SUFFIXES.get(path.suffix.lower(), "et gammelt Office-dokument"))


def _reject_binary(path: Path) -> DocumentError:
    suffix = path.suffix.lower()
    if suffix in UNSUPPORTED_SUFFIXES:
        return _reject_unsupported(path, UNSUPPORTED_SUFFIXES[suffix])
    if suffix in SUFFIXES:
        name = SUPPORTED_NAMES[SUFFIXES[suffix]][0]
        advice = f"Filen er skadet: innholdet er ikke {name}, enda navnet sier det. Hent den på nytt fra kilden."
        return DocumentError(path, RejectionReason.CORRUPT, advice)
    return DocumentError(path, RejectionReason.UNSUPPORTED, f"Filformatet er ukjent. {_ADVICE}")


def _reject_unsupported(path: Path, name: str) -> DocumentError:
    return DocumentError(path, RejectionReason.UNSUPPORTED, f"Filen er {name}, som ikke kan leses. {_ADVICE}")
