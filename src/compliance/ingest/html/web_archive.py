"""Web pages saved as one file (MHTML): the page among its pictures and styles."""

from __future__ import annotations

import email
from dataclasses import replace
from email import policy
from email.message import EmailMessage

from compliance.errors import DocumentError
from compliance.ingest.draft import Draft
from compliance.ingest.html.reader import read_html
from compliance.ingest.source import SourceFile
from compliance.records import RejectionReason


def read_web_archive(source: SourceFile) -> Draft:
    """Return the content of the page that was saved; raises DocumentError where the file holds none."""
    message = email.message_from_bytes(source.content, policy=policy.default)
    for part in message.walk():
        if part.get_content_type() in {"text/html", "application/xhtml+xml"} and isinstance(part, EmailMessage):
            page = part.get_payload(decode=True)
            if isinstance(page, bytes):
                return read_html(replace(source, content=page), charset=part.get_content_charset())
    advice = "Filen er en lagret nettside uten innhold. Lagre siden på nytt, eller skriv den ut til PDF."
    raise DocumentError(source.path, RejectionReason.CORRUPT, advice)
