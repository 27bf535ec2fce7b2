"""PDF files as planners have them, from bytes to draft."""

from __future__ import annotations

import subprocess
import sys

import pymupdf
import pytest
from tests.ingest.pdf.lines_by_hand import print_pages, print_story, read_pdf, show

from compliance.config import IngestConfig
from compliance.errors import DocumentError, MissingToolError
from compliance.ingest.pdf.ocr import find_tessdata
from compliance.records import BlockKind, FurnitureKind, RejectionReason

SENTENCE = "Kommunen skal gi innbyggerne enkle og trygge digitale tjenester i hele planperioden. "
STORY = f"""<h1>1 Innledning</h1><p>{SENTENCE * 3}</p><h2>1.1 Mål</h2><ul><li>Enkle tjenester</li>
<li>Trygge tjenester</li></ul><p>{SENTENCE * 2}</p>"""


def print_long(page: pymupdf.Page) -> None:
    page.insert_text((72, 40), "Temaplan for Fjellvik", fontsize=8)
    page.insert_text((500, 810), f"Side {page.number + 1} av 4", fontsize=8)
    page.insert_textbox((72, 90, 520, 700), f"Del {page.number + 1} handler om noe. {SENTENCE * 5}", fontsize=10)


def test_headings_lists_and_paragraphs_are_read() -> None:
    draft = read_pdf(print_story(STORY))
    assert [(block.kind, block.level) for block in draft.blocks if block.kind is not BlockKind.PARAGRAPH] == [
        (BlockKind.HEADING, 1),
        (BlockKind.HEADING, 2),
        (BlockKind.LIST_ITEM, 1),
        (BlockKind.LIST_ITEM, 1),
    ]
    assert draft.blocks[1].text == (SENTENCE * 3).strip()
    assert draft.title == "1 Innledning"


def test_furniture_is_kept_beside_the_text() -> None:
    draft = read_pdf(print_pages(*[print_long] * 4))
    kinds = [piece.kind for piece in draft.furniture]
    assert kinds.count(FurnitureKind.HEADER) == kinds.count(FurnitureKind.PAGE_NUMBER) == 4
    assert all("Side" not in block.text and "Temaplan" not in block.text for block in draft.blocks)
    assert {piece.box.page for piece in draft.furniture if piece.box} == {1, 2, 3, 4}


def test_a_ruled_header_on_every_page_is_furniture() -> None:
    def write(page: pymupdf.Page) -> None:
        for x0, x1 in ((70, 300), (300, 420), (420, 525)):
            for y in (30, 50):
                page.draw_rect((x0, y, x1, y + 20))
        cells = ("Temaplan", "Versjon", "1.0", "Fjellvik kommune", "Side", str(page.number + 1))
        for index, text in enumerate(cells):
            page.insert_text(((75, 305, 425)[index % 3], 44 + 20 * (index // 3)), text, fontsize=9)
        page.insert_textbox((72, 120, 520, 700), f"Del {page.number}. {SENTENCE * 6}", fontsize=10)

    draft = read_pdf(print_pages(*[write] * 4))
    assert {block.kind for block in draft.blocks} == {BlockKind.PARAGRAPH}
    assert any(piece.text == "Fjellvik kommune" for piece in draft.furniture)


def test_text_in_two_columns_is_read_down_each() -> None:
    def write(page: pymupdf.Page) -> None:
        page.insert_textbox((50, 100, 280, 400), "Venstre begynner. " + SENTENCE * 4, fontsize=10)
        page.insert_textbox((310, 100, 540, 400), "Høyre begynner. " + SENTENCE * 4, fontsize=10)

    texts = [block.text for block in read_pdf(print_pages(write)).blocks]
    assert [text[:7] for text in texts] == ["Venstre", "Høyre b"]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_boxes_lie_where_the_page_shows_the_words(rotation: int) -> None:
    def write(page: pymupdf.Page) -> None:
        page.insert_text((72, 72), "Et ord på en side", fontsize=12)
        page.set_rotation(rotation)

    content = print_pages(write)
    box = read_pdf(content).blocks[0].boxes[0]
    page = pymupdf.open(stream=content, filetype="pdf")[0]
    shown = page.search_for("Et ord på en side")[0] * page.rotation_matrix
    middle = pymupdf.Point((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)
    assert shown.normalize().contains(middle)
    assert (read_pdf(content).pages[0].width > 600) == (rotation in (90, 270))


def test_text_outside_the_crop_box_is_not_read() -> None:
    def write(page: pymupdf.Page) -> None:
        page.insert_text((200, 200), "Inne på siden")
        page.insert_text((20, 20), "Skjæremerke")
        page.set_cropbox(pymupdf.Rect(100, 100, 500, 700))

    draft = read_pdf(print_pages(write))
    assert show(draft) == [("paragraph", "Inne på siden")]
    assert (draft.pages[0].width, draft.pages[0].height) == (400, 600)


def test_a_shaded_box_is_marked() -> None:
    def write(page: pymupdf.Page) -> None:
        page.insert_textbox((72, 80, 520, 200), SENTENCE * 3, fontsize=10)
        page.draw_rect((72, 220, 520, 300), fill=(0.85, 0.9, 1), color=None)
        page.insert_textbox((80, 230, 510, 290), "Fakta: " + SENTENCE, fontsize=10)

    assert [block.boxed for block in read_pdf(print_pages(write)).blocks] == [False, True]


def test_a_drawn_bullet_is_a_bullet() -> None:
    def write(page: pymupdf.Page) -> None:
        for index, text in enumerate(["Første punkt", "Andre punkt"]):
            page.draw_circle((76, 97 + 20 * index), 1.6, fill=(0, 0, 0), color=None)
            page.insert_text((86, 100 + 20 * index), text, fontsize=10)

    assert show(read_pdf(print_pages(write))) == [("list_item", "• Første punkt"), ("list_item", "• Andre punkt")]


def test_bookmarks_give_the_levels() -> None:
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((72, 100), "Visjon", fontsize=11)
    page.insert_textbox((72, 120, 520, 300), SENTENCE * 3, fontsize=11)
    document.set_toc([[1, "Plan", 1], [2, "Visjon", 1]])
    block = read_pdf(document.tobytes()).blocks[0]
    assert (block.kind, block.level) == (BlockKind.HEADING, 2)


WHOLE = print_pages(*[print_long] * 4)
NO_PAGES = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Size 3/Root 1 0 R>>\nstartxref\n9\n%%EOF"
)


def lock(password: str) -> bytes:
    document = pymupdf.open(stream=WHOLE, filetype="pdf")
    return bytes(document.tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw=password, owner_pw="eier"))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", RejectionReason.EMPTY, id="zero bytes"),
        pytest.param(b"\0" * 500, RejectionReason.EMPTY, id="only zeros"),
        pytest.param(b"<html>hei</html>", RejectionReason.CORRUPT, id="not a PDF"),
        pytest.param(b"%PDF-1.7\n" + bytes(range(256)) * 8, RejectionReason.CORRUPT, id="noise after the first line"),
        pytest.param(WHOLE[: len(WHOLE) // 2], RejectionReason.TRUNCATED, id="half of it"),
        pytest.param(WHOLE[:-40], RejectionReason.TRUNCATED, id="the end is missing"),
        pytest.param(lock("hemmelig"), RejectionReason.ENCRYPTED, id="password"),
        pytest.param(NO_PAGES, RejectionReason.NO_PAGES, id="no pages"),
        pytest.param(print_pages(lambda page: None), RejectionReason.NO_TEXT, id="blank page"),
    ],
)
def test_what_cannot_be_read_is_rejected_with_a_reason(
    content: bytes, reason: RejectionReason, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(DocumentError) as caught:
        read_pdf(content)
    assert caught.value.reason is reason
    assert caught.value.advice
    assert capfd.readouterr() == ("", "")


def test_a_file_locked_against_printing_only_is_read() -> None:
    assert read_pdf(lock("")).blocks


def scan(content: bytes) -> bytes:
    """Return the first page as a picture of itself."""
    picture = pymupdf.open(stream=content, filetype="pdf")[0].get_pixmap(dpi=120)
    return print_pages(lambda page: page.insert_image(page.rect, pixmap=picture))


SCAN = scan(print_story(f"<p style='font-size:14pt'>{SENTENCE * 3}</p>"))


@pytest.mark.parametrize(
    "config",
    [
        pytest.param(IngestConfig(ocr="off"), id="switched off"),
        pytest.param(IngestConfig(ocr_language="zzz"), id="language data missing"),
    ],
)
def test_a_scan_without_ocr_tells_what_to_install(config: IngestConfig) -> None:
    with pytest.raises(MissingToolError, match="tesseract-ocr") as caught:
        read_pdf(SCAN, config)
    assert caught.value.reason is RejectionReason.NEEDS_OCR


@pytest.mark.skipif(find_tessdata("nor") is None, reason="Tesseract with Norwegian is not installed")
def test_a_scan_is_recognised() -> None:
    draft = read_pdf(SCAN)
    assert draft.pages[0].ocr
    assert "digitale tjenester" in draft.blocks[0].text


def test_a_few_scanned_pages_do_not_cost_the_document() -> None:
    document = pymupdf.open(stream=WHOLE, filetype="pdf")
    document.insert_pdf(pymupdf.open(stream=SCAN, filetype="pdf"))
    draft = read_pdf(document.tobytes(), IngestConfig(ocr="off"))
    assert [page.unread for page in draft.pages] == [False, False, False, False, True]
    assert draft.blocks


def test_reading_twice_gives_the_same() -> None:
    assert read_pdf(WHOLE) == read_pdf(WHOLE)


def test_the_layout_model_reads_the_same_words() -> None:
    def write(page: pymupdf.Page) -> None:
        for x in (40, 220, 400):
            page.insert_textbox((x, 100, x + 160, 400), SENTENCE * 3, fontsize=10)

    content = print_pages(write)
    fast, neural = (read_pdf(content, IngestConfig(layout=layout)) for layout in ("fast", "neural"))
    assert sorted(" ".join(block.text for block in neural.blocks).split()) == sorted(
        " ".join(block.text for block in fast.blocks).split()
    )


def test_the_fast_layout_does_not_load_the_model() -> None:
    program = (
        "import sys, pathlib\n"
        "from compliance.config import IngestConfig\n"
        "from compliance.ingest.pdf import read_pdf\n"
        "from compliance.ingest.source import SourceFile\n"
        "assert 'pymupdf' not in sys.modules\n"
        "content = sys.stdin.buffer.read()\n"
        "read_pdf(SourceFile(pathlib.Path('a.pdf'), content, '', 'application/pdf'), config=IngestConfig())\n"
        "assert 'pymupdf.layout' not in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", program], input=WHOLE, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def print_cover(page: pymupdf.Page) -> None:
    page.insert_text((72, 100), "Open this portfolio in Adobe Reader")


def make_portfolio(cover: bytes) -> bytes:
    document = pymupdf.open(stream=cover, filetype="pdf")
    document.embfile_add("plan.pdf", WHOLE)
    document.xref_set_key(document.pdf_catalog(), "Collection", "<</View/D>>")
    return bytes(document.tobytes())


def make_form() -> bytes:
    document = pymupdf.open()
    document.new_page().insert_text((72, 100), "Please wait... If this message is not eventually replaced")
    document.xref_set_key(document.pdf_catalog(), "AcroForm", "<</XFA(form)/Fields[]>>")
    return bytes(document.tobytes())


@pytest.mark.parametrize(
    ("content", "advice"),
    [
        pytest.param(make_portfolio(print_pages(print_cover)), "portefølje med 1 dokumenter", id="portfolio"),
        pytest.param(make_form(), "dynamisk skjema", id="form that Adobe fills in"),
    ],
)
def test_a_cover_is_never_taken_for_the_document(content: bytes, advice: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_pdf(content)
    assert caught.value.reason is RejectionReason.UNSUPPORTED
    assert advice in caught.value.advice


def test_a_document_with_other_files_inside_is_read() -> None:
    assert read_pdf(make_portfolio(WHOLE)).blocks
