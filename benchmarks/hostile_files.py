"""Files that someone made to do harm, or that went wrong: each takes little to make and asks for much.

Imported by campaign.py; `HOSTILE` has the name of each file with the function that returns its bytes.
"""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable, Iterator

import docx
from docx.oxml.ns import qn

SENTENCE = "Kommunen skal dele data med innbyggerne innen 2027."
MEGABYTE = 1_000_000
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def encode(text: str) -> bytes:
    """Return a text as UTF-8."""
    return text.encode()


def make_page(body: str, head: str = "") -> bytes:
    """Return an HTML page."""
    return f"<html><head>{head}</head><body><p>{SENTENCE}</p>{body}</body></html>".encode()


def make_docx(change: Callable[[docx.document.Document], object] = id) -> bytes:
    """Return a Word file with one sentence, changed."""
    document = docx.Document()
    document.add_paragraph(SENTENCE)
    change(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def add_member(content: bytes, name: str, piece: bytes, times: int) -> bytes:
    """Return an archive with one more member: a piece, so many times."""
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive, archive.open(name, "w") as member:
        for _ in range(times):
            member.write(piece)
    return stream.getvalue()


def replace_body(body: str, *, before: str = "") -> bytes:
    """Return a Word file whose document part says this."""
    source = zipfile.ZipFile(io.BytesIO(make_docx()))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            part = source.read(name)
            if name == "word/document.xml":
                part = f'{before}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'.encode()
            archive.writestr(name, part)
    return stream.getvalue()


def span_cell(width: str) -> bytes:
    """Return a Word file with a table cell that claims to be so wide."""

    def change(document: docx.document.Document) -> None:
        properties = document.add_table(1, 2).cell(0, 0)._tc.get_or_add_tcPr()
        properties.get_or_add_gridSpan().set(qn("w:val"), width)

    return make_docx(change)


def make_pdf(*objects: bytes, root: bytes = b"<< /Type /Catalog /Pages 2 0 R >>") -> bytes:
    """Return a PDF of these objects, numbered from 2, with a right cross-reference table."""
    content = b"%PDF-1.7\n"
    offsets = []
    for number, body in enumerate((root, *objects), start=1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(offsets) + 1, table)
    return content + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(offsets) + 1, start)


def make_stream(data: bytes, more: bytes = b"") -> bytes:
    """Return a compressed PDF stream."""
    packed = zlib.compress(data, 9)
    return b"<< /Length %d /Filter /FlateDecode %s >> stream\n%s\nendstream" % (len(packed), more, packed)


def make_one_page(content: bytes, resources: bytes = b"") -> bytes:
    """Return a PDF with one page, font F, and the given content."""
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
    page += b"/Resources << /Font << /F 5 0 R >> %s >> >>" % resources
    return make_pdf(b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, make_stream(content), font)


def nest_forms(depth: int, calls: int) -> bytes:
    """Return a PDF whose forms each call the next so many times: calls ** depth in all."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
    page += b"/Resources << /XObject << /X 5 0 R >> >> >>"
    forms = []
    for number in range(5, 5 + depth):
        more = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] "
        more += b"/Resources << /XObject << /X %d 0 R >> >>" % min(number + 1, 4 + depth)
        forms.append(make_stream(b"/X Do " * calls if number < 4 + depth else b"BT (x) Tj ET", more))
    return make_pdf(b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, make_stream(b"/X Do"), *forms)


def scatter(count: int) -> Iterator[bytes]:
    """Yield the drawing of so many words, each at a place of its own, as a map has its names."""
    chosen = random.Random(1)
    for _ in range(count):
        place = chosen.uniform(20, 570), chosen.uniform(20, 820)
        yield b"BT /F 3 Tf %.1f %.1f Td (%s) Tj ET " % (*place, chosen.choice(WORDS))


TEXT = b"BT /F 12 Tf 72 700 Td (Kommunen skal dele data.) Tj ET "
WORDS = SENTENCE.encode().split()
SPAN = b"BT /F 9 Tf %d %d Td (a) Tj ET "
EMPTY_PAGE = b"<< /Type /Page /Parent 2 0 R >>"
MARKS = "".join(f"<!-- side {page} -->\n\n" for page in range(40))
ENTITIES = "<!DOCTYPE x [<!ENTITY a 'kommune'>" + "".join(
    f"<!ENTITY {new} '{f'&{old};' * 10}'>" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)

HOSTILE: dict[str, Callable[[], bytes]] = {
    "page_marks.md": lambda: encode(f"{MARKS}# Plan\n\n{SENTENCE}"),
    "many_page_marks.md": lambda: encode(MARKS * 500 + f"# Plan\n\n{SENTENCE}"),
    "brackets.md": lambda: encode(f"# Plan\n\n{SENTENCE} " + "[" * 100_000),
    "pictures.md": lambda: encode(f"# Plan\n\n{SENTENCE} " + "![](" * 10_000),
    "notes.md": lambda: encode(f"# Plan\n\n{SENTENCE} " + "[^" * 50_000),
    "backticks.md": lambda: encode(f"# Plan\n\n{SENTENCE} " + "".join("`" * n + " " for n in range(600))),
    "front_matter.md": lambda: b"---\n" + b"a: b\n" * 400_000 + SENTENCE.encode(),
    "quotes.md": lambda: encode(">" * 5_000 + SENTENCE),
    "lists.md": lambda: encode("".join(f"{' ' * 2 * depth}- {SENTENCE}\n" for depth in range(400))),
    "hyphens.txt": lambda: f"Plan\n\n{'kommunen skal dele da-' + chr(10)}".encode() * 1 + b"skal dele da-\n" * 50_000,
    "one_line.txt": lambda: f"{SENTENCE} ".encode() * 60_000,
    "no_blanks.txt": lambda: SENTENCE.encode() + b" " + b"a" * 3 * MEGABYTE,
    "zeros.txt": lambda: bytes(MEGABYTE),
    "controls.txt": lambda: f"{SENTENCE}\x1b[2J\x07\n".encode() * 200,
    "half_utf8.txt": lambda: f"{SENTENCE} Målet er nådd på øya.\n".encode() * 200 + b"\xc3",
    "broken_utf16.txt": lambda: b"\xff\xfe" + SENTENCE.encode("utf-16-le") + b"\x00",
    "unclosed.html": lambda: make_page("".join(f"<div><p>{SENTENCE} {n}" for n in range(3_000))),
    "nested.html": lambda: make_page("<div>" * 100_000),
    "lists.html": lambda: make_page("<ul><li>" * 3_000 + SENTENCE),
    "siblings.html": lambda: make_page("<div>Meny</div>" * 50_000 + f"<main><p>{SENTENCE}</p></main>"),
    "open_tags.html": lambda: b"<p " * 100_000,
    "spans.html": lambda: make_page(f"<table>{'<tr>' + '<td rowspan=100 colspan=100>x' * 100}</table>" * 2),
    "start.html": lambda: make_page(f"<ol start='{'9' * 5000}'><li>Ja</ol><ol type=i start=999999><li>Ja</ol>"),
    "charset.html": lambda: make_page("", "<meta charset=zip>"),
    "long_attribute.html": lambda: make_page(f"<p class='{'x' * 11 * MEGABYTE}'>{SENTENCE}</p>"),
    "long_text.html": lambda: make_page(f"<p>{SENTENCE * 250_000}</p>"),
    "span.docx": lambda: span_cell("1000000000"),
    "superscript.docx": lambda: span_cell("²"),
    "picture_bomb.docx": lambda: add_member(make_docx(), "word/media/image1.png", bytes(MEGABYTE), 600),
    "markup_bomb.docx": lambda: add_member(make_docx(), "word/comments.xml", b" " * MEGABYTE, 300),
    "mimetype_bomb.docx": lambda: add_member(make_docx(), "mimetype", bytes(MEGABYTE), 600),
    "paragraphs.docx": lambda: replace_body("<w:p/>" * 1_000_000),
    "entities.docx": lambda: replace_body("<w:p><w:r><w:t>&i;</w:t></w:r></w:p>", before=f"{ENTITIES}]>"),
    "nested.docx": lambda: replace_body("<w:sdt><w:sdtContent>" * 5_000 + "</w:sdtContent></w:sdt>" * 5_000),
    "cut.docx": lambda: make_docx()[:5_000],
    "forms.pdf": lambda: nest_forms(30, 4),
    "spaces.pdf": lambda: make_one_page(TEXT + b" " * 300 * MEGABYTE),
    "shapes.pdf": lambda: make_one_page(TEXT + b"10 10 5 5 re S " * 5_900),
    "text_spans.pdf": lambda: make_one_page(b"".join(SPAN % (n % 500, n % 800) for n in range(50_000))),
    "scattered.pdf": lambda: make_one_page(b"".join(scatter(100_000))),
    "million_spans.pdf": lambda: make_one_page(b"".join(scatter(1_000_000))),
    "many_pages.pdf": lambda: make_pdf(b"<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>", EMPTY_PAGE),
    "page_circle.pdf": lambda: make_pdf(b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>"),
    "no_catalog.pdf": lambda: make_pdf(b"null", root=b"<< >>"),
    "huge_page.pdf": lambda: make_one_page(TEXT).replace(b"[0 0 595 842]", b"[0 0 9e9 9e9]"),
}  # fmt: skip
