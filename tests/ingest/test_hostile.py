"""Files that ask for more than they hold: read within bounds, or rejected with what to do; never silently cut."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import pymupdf
import pytest
from docx.oxml.ns import qn

from compliance.config import IngestConfig
from compliance.errors import DocumentError
from compliance.ingest.docx.grid import MAX_COLUMNS
from compliance.ingest.docx.package import MAX_BYTES, MAX_MARKUP_BYTES
from compliance.ingest.pdf import extract
from compliance.ingest.read import read_document
from compliance.ingest.unread import reject_missing_text
from compliance.records import Document, ReadingWarningCode, RejectionReason

SENTENCE = "Kommunen skal dele data."


def read(folder: Path, name: str, content: str | bytes) -> Document:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_document(path, config=IngestConfig())


def make_docx(change) -> bytes:
    document = docx.Document()
    document.add_paragraph(SENTENCE)
    change(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def widen_cell(document, width: str) -> None:
    cell = document.add_table(1, 2).cell(0, 0)
    cell.text = "Tiltak"
    span = cell._tc.get_or_add_tcPr().get_or_add_gridSpan()
    span.set(qn("w:val"), width)


def add_member(name: str, size: int) -> bytes:
    """Return a Word file with a member that unpacks to so many zeros."""
    stream = io.BytesIO(make_docx(lambda document: None))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive, archive.open(name, "w") as member:
        for _ in range(size // 1_000_000 + 1):
            member.write(bytes(1_000_000))
    return stream.getvalue()


@pytest.mark.parametrize("wrapper", ["div", "font"])
def test_tags_that_are_never_closed_lose_no_text(tmp_path: Path, wrapper: str) -> None:
    page = "<html><body>" + "".join(f"<{wrapper}><p>Avsnitt {number}.</p>" for number in range(400))
    assert len(read(tmp_path, "a.html", page).blocks) == 400


def test_text_after_a_deep_part_of_a_page_is_read(tmp_path: Path) -> None:
    page = f"<html><body>{'<ul><li>' * 300}Dypt{'</li></ul>' * 300}" + "<h2>Mål</h2><p>Etter.</p></body></html>"
    assert read(tmp_path, "a.html", page).text.endswith("Dypt\n\nMål\n\nEtter.")


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("<ul><li>Først<li>Så</li><ul><li>Under</ul></ul>", id="list right in a list"),
        pytest.param("<ul><li>Først</li>Så<p>Under</p></ul>", id="loose text between items"),
    ],
)
def test_list_that_is_not_made_of_items_loses_no_text(tmp_path: Path, page: str) -> None:
    text = read(tmp_path, "a.html", f"<html><body>{page}</body></html>").text
    assert [line.removeprefix("• ") for line in text.split("\n\n")] == ["Først", "Så", "Under"]


def test_page_that_the_parser_gives_up_is_rejected_for_what_it_is(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="nivåer inni hverandre"):
        read(tmp_path, "a.html", "<html><body>" + "<ul><li>" * 20_000 + SENTENCE)


@pytest.mark.parametrize("value", ["²", "9" * 5000, "-", "1000000000", ""], ids=lambda value: value[:5] or "empty")
@pytest.mark.parametrize(
    "page",
    [
        "<ol start='{}'><li>Punkt</ol>",
        "<ol type=a start='{}'><li>Punkt</ol>",
        "<table><tr><td colspan='{}'>a<td>b</table>",
    ],
    ids=["list", "letters", "table"],
)
def test_number_that_is_none_costs_a_page_nothing(tmp_path: Path, page: str, value: str) -> None:
    text = read(tmp_path, "a.html", f"<html><body><p>{SENTENCE}</p>{page.format(value)}").text
    assert text.startswith(SENTENCE)
    assert len(text) < 1000


@pytest.mark.parametrize("value", ["²", "9" * 5000, "1000000000", "-3"], ids=lambda value: value[:5])
def test_number_that_is_none_costs_a_word_table_nothing(tmp_path: Path, value: str) -> None:
    document = read(tmp_path, "a.docx", make_docx(lambda document: widen_cell(document, value)))
    assert document.text.startswith(SENTENCE)
    assert document.text.count("\t") <= MAX_COLUMNS


def test_table_made_of_spans_has_a_bounded_grid(tmp_path: Path) -> None:
    row = "<tr>" + "<td rowspan=100 colspan=100>x" * 30 + "</tr>"
    document = read(tmp_path, "a.html", f"<html><body><p>{SENTENCE}</p><table>{row * 30}</table>")
    assert len(document.text) < 1_000_000


@pytest.mark.parametrize(
    ("name", "size"),
    [
        pytest.param("word/media/image1.png", MAX_BYTES, id="picture"),
        pytest.param("word/comments.xml", MAX_MARKUP_BYTES, id="markup"),
    ],
)
def test_package_that_unpacks_to_too_much_is_rejected_before_it_is_unpacked(
    tmp_path: Path, name: str, size: int
) -> None:
    with pytest.raises(DocumentError, match="for stort til å leses") as raised:
        read(tmp_path, "a.docx", add_member(name, size))
    assert raised.value.reason is RejectionReason.TOO_LARGE


def test_half_a_character_in_a_word_file_is_left_out(tmp_path: Path) -> None:
    def add_symbol(document) -> None:
        run = document.paragraphs[0].add_run()
        symbol = run._r.makeelement(qn("w:sym"), {qn("w:char"): "D83D"})
        run._r.append(symbol)

    assert read(tmp_path, "a.docx", make_docx(add_symbol)).text == SENTENCE


@pytest.mark.parametrize("charset", ["rot13", "zip", "undefined", "idna"])
def test_encoding_that_makes_no_text_is_not_believed(tmp_path: Path, charset: str) -> None:
    page = f"<html><head><meta charset={charset}></head><body><p>Målet er nådd.</p></body></html>"
    assert read(tmp_path, "a.html", page).text == "Målet er nådd."


@pytest.mark.parametrize("damage", [b"\xff", "å".encode()[:1]], ids=["a wrong byte", "half a letter"])
def test_one_damaged_byte_leaves_the_other_letters(tmp_path: Path, damage: bytes) -> None:
    text = "# Plan for Flå\n\nKommunen skal nå målene sine på en ålreit måte.\n".encode() * 30
    document = read(tmp_path, "a.md", text[:300] + damage + text[300:])
    assert document.text.startswith("Plan for Flå\n\nKommunen skal nå målene sine")
    assert [warning.code for warning in document.quality.warnings] == [ReadingWarningCode.REPAIRED_ENCODING]


def test_old_encoding_is_not_taken_for_damage(tmp_path: Path) -> None:
    document = read(tmp_path, "a.txt", "Målet for Flå er nådd på øya, også på Åsen.".encode("cp1252"))
    assert document.text == "Målet for Flå er nådd på øya, også på Åsen."


def test_lists_within_lists_are_read_deeper_than_anyone_writes_them(tmp_path: Path) -> None:
    text = "# Plan\n\n" + "".join(f"{'  ' * depth}- punkt {depth}\n" for depth in range(40))
    assert read(tmp_path, "a.md", text).text.endswith("punkt 39")


@pytest.mark.parametrize(("depth", "told"), [(40, []), (400, [ReadingWarningCode.REPAIRED_FILE])], ids=["read", "cut"])
@pytest.mark.parametrize("mark", ["  ", "> "], ids=["lists", "quotations"])
def test_markdown_deeper_than_the_parser_goes_is_told(tmp_path: Path, mark: str, depth: int, told: list[str]) -> None:
    items = "".join(f"{mark * level}- punkt\n" for level in range(depth))
    document = read(tmp_path, "a.md", f"# Plan\n\n{SENTENCE}\n\n{items}")
    assert [warning.code for warning in document.quality.warnings] == told


def test_page_whose_end_the_parser_dropped_is_told(tmp_path: Path) -> None:
    document = read(tmp_path, "a.html", f"<html><body><p>{SENTENCE}</p>{'<div><p>Mer.' * 3_000}")
    assert [warning.code for warning in document.quality.warnings] == [ReadingWarningCode.REPAIRED_FILE]


def test_paragraph_of_many_lines_is_joined_as_one_of_few(tmp_path: Path) -> None:
    text = "Dette er en plan.\n\nVi vil " + "samar-\nbeide og " * 500 + "dele."
    assert read(tmp_path, "a.txt", text).text.count("samarbeide og") == 500


def make_pdf() -> bytes:
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_text((72, 200), "Kommunen skal dele data med innbyggerne.")
        page.insert_text((72, 300), "Kommunen skal bygge nett i hele bygda.")
        return document.tobytes()


def test_damaged_pdf_says_that_text_may_be_missing(tmp_path: Path) -> None:
    content = make_pdf()
    start = content.rindex(b"startxref")
    document = read(tmp_path, "a.pdf", content[:start] + b"startxref\n7\n%%EOF\n")
    assert [warning.code for warning in document.quality.warnings] == [ReadingWarningCode.REPAIRED_FILE]
    assert [(each.id, each.reason) for each in reject_missing_text(document)] == [("a.pdf", RejectionReason.REPAIRED)]


def test_whole_pdf_says_nothing(tmp_path: Path) -> None:
    document = read(tmp_path, "a.pdf", make_pdf())
    assert document.quality.warnings == ()
    assert list(reject_missing_text(document)) == []


def test_device_is_no_file_to_read() -> None:
    with pytest.raises(DocumentError, match="ikke en vanlig fil"):
        read_document(Path("/dev/zero"), config=IngestConfig())


NAMES = ("skolen ved elva", "torget", "den gamle kirken", "og", "havna", "til byen", "veien mot fjellet", "hos oss")


def make_page(texts: int) -> bytes:
    """Return a PDF with one page that has so many texts, scattered as the names on a map are."""
    with pymupdf.open() as document:
        page = document.new_page()
        for number in range(texts):
            place = (20 + number * 37 % 500, 20 + number * 61 % 800 + number / 1e4)
            page.insert_text(place, f"{NAMES[number % len(NAMES)]} {number}", fontsize=3)
        return document.tobytes()


def test_page_with_more_texts_than_can_be_laid_out_is_read_row_by_row_and_told(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(extract, "MAX_PIECES", 300)
    document = read(tmp_path, "kart.pdf", make_page(400))
    words = [f"{number}" for number in range(400)]
    assert sorted(re.findall(r"\d+", document.text), key=int) == words
    assert [warning.code for warning in document.quality.warnings] == [ReadingWarningCode.CROWDED_PAGE]
    assert document.quality.columns == 1


def test_page_that_can_be_laid_out_has_no_warning(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(extract, "MAX_PIECES", 300)
    assert read(tmp_path, "kart.pdf", make_page(200)).quality.warnings == ()


def test_link_whose_name_is_not_utf8_costs_no_text(tmp_path: Path) -> None:
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_text((72, 72), SENTENCE)
        page.insert_link({"kind": pymupdf.LINK_GOTO, "page": 0, "from": pymupdf.Rect(72, 60, 200, 80)})
        content = document.tobytes().replace(b"(fitz-L0)", b"(fit\xc0\x80L0)")
    assert b"fit\xc0" in content
    assert read(tmp_path, "a.pdf", content).text == SENTENCE
