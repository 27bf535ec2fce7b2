"""Fetches an official document from its publisher's address."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from http.client import HTTPMessage
from typing import IO
from urllib.error import URLError
from urllib.parse import unquote, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from compliance.errors import FetchError

TIMEOUT = 30  # seconds without an answer
MAX_BYTES = 100_000_000  # the longest white papers are a tenth of it
AGENT = "norwegian-digital-compliance (https; one document at a time)"
_PDF_LINK = re.compile(r"""href\s*=\s*["']([^"'#]+\.pdf)(?:["'?#])""", re.IGNORECASE)

Opener = Callable[[Request], IO[bytes]]


@dataclass(frozen=True, slots=True)
class Download:
    """What came from an address: the file's name, its bytes and their sha256."""

    url: str
    name: str
    content: bytes
    sha256: str


def fetch_document(url: str, *, open_url: Opener | None = None) -> Download:
    """Return the document at an address; where that is a web page that links to a PDF of its own site, the PDF.

    Raises FetchError, with the address to open by hand, when there is no network or the server refuses.
    """
    opener = open_url or _open
    content = _read(url, opener)
    link = None if content.startswith(b"%PDF") else _find_pdf(url, content)
    if link:
        url, content = link, _read(link, opener)
    return Download(url, _name_file(url, content), content, hashlib.sha256(content).hexdigest())


def _open(request: Request) -> IO[bytes]:
    response: IO[bytes] = build_opener(_HttpsRedirects).open(request, timeout=TIMEOUT)
    return response


class _HttpsRedirects(HTTPRedirectHandler):
    """Follows no redirect to an address that is not secure."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        if urlsplit(newurl).scheme != "https":
            raise URLError(f"adressen viser videre til en som ikke er sikker: {newurl}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _read(url: str, opener: Opener) -> bytes:
    if urlsplit(url).scheme != "https":
        raise FetchError(url, "adressen er ikke sikker (https)")
    try:
        with opener(Request(url, headers={"User-Agent": AGENT})) as response:
            content = response.read(MAX_BYTES + 1)
    except URLError as error:  # an HTTP status of 400 or more among them
        raise FetchError(url, str(error.reason)) from error
    except OSError as error:
        raise FetchError(url, str(error) or type(error).__name__) from error
    if not content or len(content) > MAX_BYTES:
        raise FetchError(url, "filen er tom" if not content else "filen er større enn 100 MB")
    return content


def _find_pdf(url: str, page: bytes) -> str | None:
    """Return the page's first link to a PDF on the same site: the document's own, on the publishers' pages."""
    for link in _PDF_LINK.findall(page.decode("utf-8", errors="replace")):
        target = urljoin(url, unescape(link))
        if urlsplit(target).netloc == urlsplit(url).netloc:
            return target
    return None


def _name_file(url: str, content: bytes) -> str:
    last = unquote(urlsplit(url).path).rstrip("/").rsplit("/", 1)[-1]
    stem = re.sub(r"[^\w.-]+", "-", last.removesuffix(".pdf").removesuffix(".html")) or "dokument"
    return f"{stem}{'.pdf' if content.startswith(b'%PDF') else '.html'}"
