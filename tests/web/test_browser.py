"""The page as a planner uses it: a real browser, a real server, real work in processes of their own.

Skipped where Playwright or a Chromium is missing; CI installs both. Nittedal's plan is used where it is at hand.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import docx
import httpx
import psutil
import pymupdf
import pytest

from browsers import ZOOMED, needs_browser, run_axe, start_browser

pytest.importorskip("fastapi", reason="the web extra is not installed")
pytestmark = needs_browser

ROOT = Path(__file__).parents[2]
WORD = ROOT / "corpus" / "documents" / "granlia_digitaliseringsstrategi_2025-2028_utkast.docx"
NITTEDAL = ROOT.parent / "shared" / "gold" / "nittedal" / "document.pdf"
PDF = (
    NITTEDAL
    if NITTEDAL.is_file()
    else ROOT / "corpus" / "documents" / "havnesund_digitaliseringsstrategi_2023-2026.pdf"
)
PATIENCE = 240_000  # milliseconds for an analysis on a busy machine; a test of its own never asserts on time


class Server:
    """`compliance serve` in a process, on a port of its own."""

    def __init__(self, folder):
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        program = "from compliance.cli.app import main; main()"
        command = [
            sys.executable,
            "-c",
            program,
            "serve",
            "--port",
            str(self.port),
            "--data",
            str(self.folder),
            "--no-browser",
        ]
        self.process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
        for _ in range(600):
            try:
                httpx.get(self.address, timeout=5)
            except httpx.TransportError:
                time.sleep(0.1)
            else:
                return
        raise AssertionError("the server did not start")

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=300)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("served"))
    yield server
    server.stop()


@pytest.fixture(scope="module")
def browser():
    with start_browser() as browser:
        yield browser


@pytest.fixture
def page(browser, server):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(PATIENCE)
    page.goto(server.address)
    yield page
    page.close()


def put_in(page, *files):
    page.set_input_files("input[type=file]", [str(file) for file in files])
    page.click("text=Sjekk planen")


def open_report(page):
    page.click("text=Se rapporten")
    page.wait_for_url("**/rapport")  # until it is loaded; a click returns while a long report still comes in
    assert page.locator("h1").count() == 1


def test_a_planner_puts_in_a_pdf_reads_marks_and_takes_everything_away(page, server):
    page.set_input_files("input[type=file]", str(PDF))
    assert page.locator("#valgt").inner_text() == PDF.name
    page.click("text=Sjekk planen")
    page.wait_for_selector("text=Se rapporten")
    assert page.locator(".tall li").count() == 4
    places = page.locator("details.sted")
    assert places.count()
    assert (
        "Handler dette om" not in page.locator("section[data-fane=rett]").inner_text()
    )  # it can be answered elsewhere
    filters = page.locator(".faner button")
    shown = "main section[data-fane]:visible"
    assert page.locator(shown).count() == filters.count() - 1  # the first shows all
    for name in ("usikre", "maal", "rett"):
        page.click(f".faner button[data-viser={name}]")
        assert [each.get_attribute("data-fane") for each in page.locator(shown).all()] == [name]
    places.first.locator("summary").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".viser .ark img")
    for link in page.locator("a[download]").all():
        with page.expect_download() as download:
            link.click()
        assert Path(download.value.path()).stat().st_size
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert run_axe(page) == []
    page.set_viewport_size({"width": ZOOMED, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size({"width": 1280, "height": 900})
    open_report(page)


def test_a_word_draft_comes_back_with_comments_and_an_answer_is_remembered_in_the_next_run(page, server):
    put_in(page, WORD)
    page.wait_for_selector("text=Se rapporten")
    with page.expect_download() as download:
        page.click("text=Dokumentet med merknader")
    draft, annotated = docx.Document(str(WORD)), docx.Document(str(download.value.path()))
    assert len(list(annotated.comments)) > len(list(draft.comments))
    assert [each.text for each in annotated.paragraphs] == [each.text for each in draft.paragraphs]
    doubts = page.locator("details.sted:has(form.svar)")
    if not doubts.count():
        pytest.skip("no doubt can change the result of this draft")
    before = doubts.count()
    doubts.first.locator("summary").click()
    doubts.first.locator("button[value=ja]").click()
    page.wait_for_selector("text=Du har svart ja")
    page.click("text=Sjekk på nytt med svarene")
    page.wait_for_selector("text=Se rapporten")
    assert page.locator("details.sted:has(form.svar)").count() < before


def test_a_broken_file_says_what_to_do_and_costs_nobody_else_anything(page, tmp_path):
    broken, whole = tmp_path / "skadet [b].pdf", tmp_path / "plan.txt"
    broken.write_bytes(b"%PDF-1.7\nno PDF at all")
    whole.write_text("Plan for Skarvøya kommune\n\nKommunen skal dele data med alle innen 2027.\n", encoding="utf-8")
    put_in(page, broken, whole)
    page.wait_for_selector("#ko li[data-state=failed] >> text=skadet [b].pdf")
    page.click("text=skadet [b].pdf")
    assert page.locator("[role=alert]").inner_text()
    page.wait_for_selector("#ko li[data-state=done] >> text=plan.txt")


def test_two_tabs_show_the_same_drafts_and_a_deleted_one_is_gone_from_both(browser, page, server, tmp_path):
    plan = tmp_path / "to faner.txt"
    plan.write_text("Plan for Skarvøya kommune\n\nKommunen skal øve på hendelser hvert år.\n", encoding="utf-8")
    second = tmp_path / "den andre fanen.txt"
    second.write_text("Plan for Lillevik kommune\n\nKommunen skal ha digitale skjema.\n", encoding="utf-8")
    other = browser.new_page()
    other.set_default_timeout(PATIENCE)
    other.goto(server.address)
    put_in(page, plan)
    put_in(other, second)
    for tab in (page, other):
        tab.wait_for_selector("text=Se rapporten")
    other.goto(server.address)
    assert other.locator("text=to faner.txt").count() == 1
    assert other.locator("text=den andre fanen.txt").count() == 1
    page.on("dialog", lambda dialog: dialog.accept())
    page.click("text=Slett planen")
    page.wait_for_url(f"{server.address}/")
    other.reload()
    assert other.locator("text=to faner.txt").count() == 0
    other.close()


def test_a_killed_worker_costs_its_draft_and_a_restart_loses_nothing_finished(page, server, tmp_path):
    first, second = tmp_path / "ferdig.txt", tmp_path / "drept.txt"
    first.write_text("Plan for Skarvøya kommune\n\nKommunen skal ha digitale skjema i 2027.\n", encoding="utf-8")
    second.write_text("Plan for Lillevik kommune\n\nKommunen skal ha åpne data i 2028.\n", encoding="utf-8")
    put_in(page, first)
    page.wait_for_selector("text=Se rapporten")
    finished = page.url
    put_in(page, second)
    page.wait_for_url(lambda url: "/planer/" in url and url != finished)
    work = wait_for_work(server, page.url)
    for child in (*work.children(recursive=True), work):
        child.kill()
    page.wait_for_selector("text=ble stanset")
    page.click("button:has-text('Prøv igjen')")
    wait_for_work(server, page.url)
    server.stop()
    server.start()
    page.goto(server.address)
    page.wait_for_selector("#ko li[data-state=done] >> text=ferdig.txt")
    page.wait_for_selector("#ko li[data-state=done] >> text=drept.txt")


def wait_for_work(server, address):
    """Return the process that works on the draft at the address, once there is one; the last one's may not be gone."""
    job = address.rpartition("/")[2]
    for _ in range(2_000):
        for child in psutil.Process(server.process.pid).children():
            with contextlib.suppress(psutil.NoSuchProcess):  # it ended meanwhile, or is about to
                if job in child.cmdline():
                    return child
        time.sleep(0.02)
    raise AssertionError("nothing is being worked on")


def test_of_a_plan_of_300_pages_the_first_is_shown_while_the_rest_is_worked_on(page, server, tmp_path):
    plan = tmp_path / "lang plan.pdf"
    write_long_plan(plan, pages=300)
    put_in(page, plan)
    page.wait_for_selector("body[data-state=analysing]")
    assert "300 sider" in page.locator("header.plan").inner_text()
    assert page.locator("text=Dette er lest").count() == 1
    page.wait_for_function("document.querySelector('.ark img').naturalWidth > 0")
    page.wait_for_selector("text=Se rapporten")
    assert "300 sider" in page.locator("header.plan").inner_text()
    open_report(page)


def write_long_plan(path, *, pages):
    """Write a PDF of little text a page, most of it about roads: it is its length that is tried, not the model."""
    with pymupdf.open() as plan:
        for number in range(1, pages + 1):
            sheet = plan.new_page()
            if number == 1:
                sheet.insert_text((72, 72), "Digitaliseringsstrategi for Skarvøya kommune", fontsize=22)
            sheet.insert_text((72, 130), f"{number} Vei nummer {number}", fontsize=15)
            digital = "Kommunen skal dele data om veien innen 2028." if number % 50 == 0 else ""
            sheet.insert_text((72, 170), f"Grøfta langs vei {number} ble rensket om våren. {digital}", fontsize=11)
        plan.save(str(path))


@pytest.mark.parametrize("path", ["/", "/hjelp", "/tilgjengelighet"])
def test_axe_finds_nothing_on_the_other_pages_and_they_can_be_zoomed(page, server, path):
    page.goto(server.address + path)
    assert page.locator("h1").count() == 1
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert run_axe(page) == []
    page.set_viewport_size({"width": ZOOMED, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_everything_can_be_reached_by_keyboard(page):
    reached = set()
    for _ in range(15):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.textContent.trim() || document.activeElement.id"))
    assert {"Hopp til innholdet", "plan", "Sjekk planen", "Hjelp"} <= reached
