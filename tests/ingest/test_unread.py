"""Scanned pages that were not read are told of."""

from __future__ import annotations

from dataclasses import replace

from builders import make_reading
from compliance.ingest.unread import reject_missing_text
from compliance.records import Page, RejectionReason


def test_unread_pages_become_one_rejection_that_names_them():
    document = make_reading(["Vi har lest dette."]).document
    pages = (Page(1, 595, 842), Page(2, 595, 842, unread=True), Page(3, 595, 842, unread=True))
    (rejected,) = reject_missing_text(replace(document, pages=pages))
    assert rejected.reason is RejectionReason.NEEDS_OCR
    assert rejected.id == f"{document.name}, s. 2, 3"


def test_document_read_whole_has_none():
    assert list(reject_missing_text(make_reading(["Vi har lest dette."]).document)) == []
