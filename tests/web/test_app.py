"""The page's addresses, with work that is done by hand instead of in a process."""

from __future__ import annotations

import json

import pytest

pytest.importorskip("fastapi", reason="the web extra is not installed")
from fastapi.testclient import TestClient

from compliance.check.answers import AnswerBook
from compliance.config import Config
from compliance.web import app as module
from compliance.web.app import ServeSettings, create_app
from compliance.web.jobs import OUT, JobState, JobStore
from compliance.web.queue import JobQueue
from compliance.web.work import ANSWERS

OWN = {"origin": "http://127.0.0.1"}
DOUBT = {"goal": "EN2", "title": "deling av data", "yes": "skal", "no": "nevnt", "sha256": "a" * 64}
PLACE = {
    "quote": "Vi <b>deler</b> data.",
    "where": "s. 3",
    "heading": "2 Data",
    "page": 3,
    "boxes": [[0.1, 0.2, 0.9, 0.3]],
}
RESULT = {
    "title": "Strategi <script>alert(1)</script>",
    "municipality": "Skarvøya",
    "type": "Digitaliseringsstrategi",
    "pages": 4,
    "words": 900,
    "drawn": True,
    "headings": ["1 Innledning"],
    "verdict": "Strategien er konkret om deling av data.",
    "numbers": [{"count": 3, "label": "konkrete"}],
    "actions": [],
    "remarks": [{"kind": "no_owner", "text": "Hvem gjør det?", **PLACE}],
    "doubts": [{**DOUBT, **PLACE}],
    "goals": [{"id": "EN2", "title": "Deling av data", "said": "Skal, trolig"}],
    "sections": [],
    "files": {"page": "x_rapport.html", "sheet": "x_lister.xlsx", "case_paper": "x_saksframlegg.txt"},
}


@pytest.fixture
def client(tmp_path, monkeypatch):
    monkeypatch.setattr(JobQueue, "start", lambda self: None)
    with TestClient(create_app(ServeSettings(tmp_path, Config())), base_url="http://127.0.0.1") as client:
        client.store = JobStore(tmp_path)
        yield client


def put_in(client, name="utkast.pdf", content=b"%PDF-1.7"):
    return client.post("/planer", files={"plan": (name, content)}, headers=OWN, follow_redirects=False)


@pytest.fixture
def done(client):
    put_in(client)
    (job,) = client.store.list_all()
    out = client.store.path(job.id) / OUT
    out.mkdir()
    (out / "x_rapport.html").write_text("<p>Rapporten</p>", encoding="utf-8")
    (out / "x_lister.xlsx").write_bytes(b"xlsx")
    client.store.save_result(job, RESULT)
    return client.store.move(job, JobState.DONE)


def test_a_draft_is_put_in_and_its_page_opened(client):
    answer = put_in(client)
    (job,) = client.store.list_all()
    assert (answer.status_code, answer.headers["location"]) == (303, f"/planer/{job.id}")
    assert client.store.input_of(job).read_bytes() == b"%PDF-1.7"
    assert "Venter" in client.get(f"/planer/{job.id}").text


def test_what_is_read_is_shown_while_the_draft_is_analysed(client):
    put_in(client)
    (job,) = client.store.list_all()
    client.store.save_result(
        job,
        {name: RESULT[name] for name in ("title", "municipality", "type", "pages", "words")}
        | {"drawn": True, "headings": ["1 Innledning"]},
    )
    client.store.move(job, JobState.ANALYSING)
    shown = client.get(f"/planer/{job.id}").text
    assert "Skarvøya · Digitaliseringsstrategi · 4 sider" in shown
    assert "900 ord" in shown
    assert "1 Innledning" in shown
    assert f"/planer/{job.id}/sider/1.png" in shown


def test_several_drafts_come_back_to_the_list(client):
    files = [("plan", ("a.pdf", b"1")), ("plan", ("b.docx", b"2"))]
    answer = client.post("/planer", files=files, headers=OWN, follow_redirects=False)
    assert answer.headers["location"] == "/"
    assert {job["name"] for job in client.get("/planer").json()} == {"a.pdf", "b.docx"}


def test_a_file_that_is_too_large_is_refused_by_name_and_not_kept(client, monkeypatch):
    monkeypatch.setattr(module, "MAX_MEGABYTES", 1)
    answer = put_in(client, content=b"x" * (1 << 21))
    assert answer.status_code == 413
    assert "utkast.pdf er større enn 1 MB" in answer.text
    assert client.store.list_all() == []


def test_too_many_files_are_refused(client):
    files = [("plan", (f"{n}.pdf", b"1")) for n in range(module.MAX_FILES + 1)]
    assert client.post("/planer", files=files, headers=OWN).status_code == 413
    assert client.store.list_all() == []


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"origin": "http://evil.example"}, id="another page's form"),
        pytest.param({"origin": "null"}, id="a file's form"),
        pytest.param({"origin": "http://127.0.0.1:9999"}, id="another program on this machine"),
        pytest.param({"sec-fetch-site": "cross-site"}, id="a browser that says so"),
    ],
)
def test_foreign_posts_change_nothing(client, headers):
    assert client.post("/planer", files={"plan": ("a.pdf", b"1")}, headers=headers).status_code == 403
    assert client.store.list_all() == []


def test_a_foreign_name_for_this_machine_is_refused(client):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_what_a_plan_says_is_text_and_never_markup(client, done):
    page = client.get(f"/planer/{done.id}").text
    assert "<script>alert" not in page
    assert "<b>deler</b>" not in page
    assert "&lt;b&gt;deler" in page


def test_pages_may_run_nothing_but_their_own_script(client, done):
    policy = client.get(f"/planer/{done.id}").headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe-inline" not in policy
    report = client.get(f"/planer/{done.id}/rapport")
    assert "default-src 'none'" in report.headers["content-security-policy"]
    assert "Rapporten" in report.text


def test_files_are_taken_away_under_their_own_names(client, done):
    answer = client.get(f"/planer/{done.id}/filer/sheet")
    assert answer.content == b"xlsx"
    assert "x_lister.xlsx" in answer.headers["content-disposition"]


@pytest.mark.parametrize("path", ["filer/pdf", "filer/..%2Fjob.json", "filer/page", "sider/1.png", "sider/0.png"])
def test_what_was_not_made_is_not_found(client, done, path):
    assert client.get(f"/planer/{done.id}/{path}").status_code == 404


def test_an_answer_is_kept_shown_and_can_be_taken_back(client, done, tmp_path):
    form = {"sha256": "a" * 64, "goal": "EN2", "svar": "nei", "merknad": "Bare et ønske"}
    client.post(f"/planer/{done.id}/svar", data=form, headers=OWN)
    (answer,) = AnswerBook(tmp_path / ANSWERS).load().values()
    assert (answer.speaks_for_it, answer.note) == (False, "Bare et ønske")
    assert "Du har svart nei" in client.get(f"/planer/{done.id}").text
    client.post(f"/planer/{done.id}/svar", data={**form, "svar": "angre"}, headers=OWN)
    assert AnswerBook(tmp_path / ANSWERS).load() == {}


@pytest.mark.parametrize(
    "form", [{"sha256": "x", "goal": "EN2", "svar": "ja"}, {"sha256": "a" * 64, "goal": "EN2", "svar": "kanskje"}]
)
def test_an_answer_that_is_none_is_refused(client, done, form):
    assert client.post(f"/planer/{done.id}/svar", data=form, headers=OWN).status_code == 422


def test_a_failed_draft_says_what_to_do_and_can_be_tried_again(client):
    put_in(client)
    (job,) = client.store.list_all()
    client.store.move(job, JobState.FAILED, message="Filen er låst med passord.")
    assert "Filen er låst med passord." in client.get(f"/planer/{job.id}").text
    client.post(f"/planer/{job.id}/igjen", headers=OWN)
    assert client.store.load(job.id).state is JobState.WAITING


def test_a_deleted_draft_is_gone(client, done):
    client.post(f"/planer/{done.id}/slett", headers=OWN)
    assert client.store.list_all() == []
    assert client.get(f"/planer/{done.id}").status_code == 404


@pytest.mark.parametrize(
    "path", ["/", "/hjelp", "/tilgjengelighet", "/fast/stil.css", "/fast/serve.css", "/fast/serve.js"]
)
def test_every_page_is_served(client, path):
    assert client.get(path).status_code == 200


def test_no_other_file_is_served(client):
    assert client.get("/fast/app.py").status_code == 404


def test_an_answer_without_words_of_ours_is_json(client):
    assert json.loads(client.get("/planer").text) == []
