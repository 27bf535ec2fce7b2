"""Files that cannot be read: each is rejected with its reason and advice, whatever is wrong with it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest

from compliance.config import IngestConfig
from compliance.errors import DocumentError
from compliance.ingest.read import read_document
from compliance.records import RejectionReason

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(64)


def make_docx(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def make_zip(**members: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return stream.getvalue()


WORD = make_docx("Kommunen skal øke bruken av digitale tjenester.")
RENAMED = WORD.replace(b"word/document", b"word/dokument")
SCRIPT_ONLY = b"<html><body><script>x</script></body></html>"
BROKEN = [
    pytest.param("plan.txt", b"", RejectionReason.EMPTY, id="zero-bytes"),
    pytest.param("plan.txt", b" \n\n\t\n", RejectionReason.NO_TEXT, id="only-white-space"),
    pytest.param("plan.txt", b"1 2 3\n--- \n4", RejectionReason.NO_TEXT, id="no-letters"),
    pytest.param("plan.docx", make_docx(), RejectionReason.NO_TEXT, id="word-without-text"),
    pytest.param("plan.html", SCRIPT_ONLY, RejectionReason.NO_TEXT, id="web-no-text"),
    pytest.param("plan.docx", WORD[: len(WORD) // 2], RejectionReason.TRUNCATED, id="word-cut-short"),
    pytest.param("plan.docx", RENAMED, RejectionReason.CORRUPT, id="part-lost"),
    pytest.param("plan.docx", make_zip(word__document_xml="<w:doc"), RejectionReason.CORRUPT, id="word-bad-xml"),
    pytest.param("plan.docx", make_zip(annet="x"), RejectionReason.CORRUPT, id="archive-named-word"),
    pytest.param("plan.docx", OLE + "EncryptedPackage".encode("utf-16-le"), RejectionReason.ENCRYPTED, id="password"),
    pytest.param("plan.doc", OLE + "WordDocument".encode("utf-16-le"), RejectionReason.UNSUPPORTED, id="old-word"),
    pytest.param("plan.docx", OLE + "WordDocument".encode("utf-16-le"), RejectionReason.UNSUPPORTED, id="old-as-new"),
    pytest.param("tall.xlsx", make_zip(xl__workbook_xml="<a/>"), RejectionReason.UNSUPPORTED, id="spreadsheet"),
    pytest.param("vis.pptx", make_zip(ppt__presentation_xml="<a/>"), RejectionReason.UNSUPPORTED, id="slides"),
    pytest.param(
        "plan.odt",
        make_zip(mimetype="application/vnd.oasis.opendocument.text"),
        RejectionReason.UNSUPPORTED,
        id="open-document",
    ),
    pytest.param("plan.rtf", b"{\\rtf1 Kommunen skal}", RejectionReason.UNSUPPORTED, id="rtf"),
    pytest.param("kart.png", b"\x89PNG\r\n\x1a\n" + bytes(20), RejectionReason.UNSUPPORTED, id="picture"),
    pytest.param("kart.pdf", b"\xff\xd8\xff\xe0" + bytes(20), RejectionReason.UNSUPPORTED, id="picture-named-pdf"),
    pytest.param("ukjent", b"\x00\x01\x02\x03" * 20, RejectionReason.UNSUPPORTED, id="unknown-binary"),
    pytest.param("tall.csv", b"tiltak;2025\nfiber;3\n", RejectionReason.UNSUPPORTED, id="csv"),
    pytest.param("plan.pdf", b"\x00\x01\x02\x03" * 20, RejectionReason.CORRUPT, id="binary-named-pdf"),
    pytest.param("plan.pdf", b"Kommunen skal", RejectionReason.MISLABELLED, id="text-named-pdf"),
    pytest.param("plan.pdf", WORD, RejectionReason.MISLABELLED, id="word-named-pdf"),
    pytest.param("plan.docx", b"%PDF-1.7\n%%EOF", RejectionReason.MISLABELLED, id="pdf-named-word"),
    pytest.param("plan.doc", b"<html><body><p>Plan</p></body></html>", RejectionReason.MISLABELLED, id="web-named-doc"),
    pytest.param("plan.txt", b"<!DOCTYPE html><p>Plan</p>", RejectionReason.MISLABELLED, id="web-named-text"),
]


@pytest.mark.parametrize(("name", "content", "reason"), BROKEN)
def test_broken_files_are_rejected_with_reason_and_advice(
    tmp_path: Path, name: str, content: bytes, reason: RejectionReason
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DocumentError) as caught:
        read_document(path, config=IngestConfig())
    assert caught.value.reason is reason
    assert len(caught.value.advice.split(". ")) >= 2, "says what is wrong and what to do"


def test_a_file_that_is_gone_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        read_document(tmp_path / "borte.txt", config=IngestConfig())
    assert caught.value.reason is RejectionReason.UNREADABLE


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("plan.txt", "Målet er økt åpenhet.".encode("cp1252"), id="windows-1252"),
        pytest.param("plan.txt", "Målet er økt åpenhet.".encode("utf-16"), id="utf-16-with-mark"),
        pytest.param("plan.txt", "Målet er økt åpenhet.".encode("utf-16-le"), id="utf-16-without-mark"),
        pytest.param("plan.txt", "\ufeffMålet er økt åpenhet.".encode(), id="utf-8-with-mark"),
        pytest.param("plan", "Målet er økt åpenhet.".encode(), id="no-suffix"),
        pytest.param("plan.md", "Målet er økt åpenhet.".encode(), id="markdown"),
        pytest.param(
            "plan.html", '<meta charset="latin1"><p>Målet er økt åpenhet.</p>'.encode("latin-1"), id="declared-latin-1"
        ),
        pytest.param("plan.html", b"<p>M&aring;let er &oslash;kt &#229;penhet.</p>", id="entities"),
        pytest.param("PLAN.HTM", "<p>Målet er økt åpenhet.</p>".encode(), id="suffix-in-capitals"),
        pytest.param("plan.docx", make_docx("Målet er økt åpenhet."), id="word"),
    ],
)
def test_text_comes_through_in_any_encoding(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert read_document(path, config=IngestConfig()).text == "Målet er økt åpenhet."
