"""The page's addresses: put drafts in, see what is found, answer, take the files away, delete."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Final

from fastapi import FastAPI, Form, HTTPException, Request, Response, UploadFile
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse

from compliance import __version__
from compliance.check.answers import Answer, AnswerBook
from compliance.config import Config
from compliance.report.catalogue import load_catalogue
from compliance.web.guard import guard
from compliance.web.jobs import OUT, PAGES, Job, JobState, JobStore
from compliance.web.queue import JobQueue
from compliance.web.words import STATES, VERDICTS
from compliance.web.work import ANSWERS

MAX_MEGABYTES: Final = 100  # a plan with pictures is 5 to 40; more is a scan at a resolution nobody needs
MAX_FILES: Final = 20  # in one go
_CHUNK: Final = 1 << 20
_DOWNLOADS: Final = {"pdf", "annotated", "sheet", "case_paper"}


@dataclass(frozen=True, slots=True)
class ServeSettings:
    """Where the drafts are kept, and how they are analysed."""

    folder: Path
    config: Config
    config_file: Path | None = None


def create_app(settings: ServeSettings) -> FastAPI:
    """Return the application; the work on waiting drafts begins when it starts and ends when it stops."""
    store = JobStore(settings.folder)
    queue = JobQueue(store, settings.config, settings.config_file)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        queue.start()
        yield
        queue.stop()

    app = FastAPI(title="compliance", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.middleware("http")(guard)
    _Pages(app, store, queue).add_routes()
    return app


def run_app(settings: ServeSettings, *, host: str, port: int) -> None:
    """Serve the application until it is told to stop (Ctrl-C)."""
    import uvicorn

    uvicorn.run(create_app(settings), host=host, port=port, log_level="warning")


class _Pages:
    """The handlers, with what they share."""

    def __init__(self, app: FastAPI, store: JobStore, queue: JobQueue) -> None:
        self.app, self.store, self.queue = app, store, queue
        self.answers = AnswerBook(store.folder / ANSWERS)
        self.texts = load_catalogue(queue.config.report.language)
        self.environment = _open_templates()

    def add_routes(self) -> None:
        """Give every address its handler."""
        get, post = self.app.get, self.app.post
        get("/", response_class=HTMLResponse)(self.show_start)
        post("/planer")(self.upload)
        get("/planer", response_class=JSONResponse)(self.list_jobs)
        get("/planer/{job_id}", response_class=HTMLResponse)(self.show_job)
        get("/planer/{job_id}/rapport", response_class=HTMLResponse)(self.show_report)
        get("/planer/{job_id}/sider/{number}.png")(self.show_page)
        get("/planer/{job_id}/filer/{name}")(self.download)
        post("/planer/{job_id}/svar")(self.answer)
        post("/planer/{job_id}/igjen")(self.run_again)
        post("/planer/{job_id}/slett")(self.delete)
        get("/tilgjengelighet", response_class=HTMLResponse)(self.show_accessibility)
        get("/hjelp", response_class=HTMLResponse)(self.show_help)
        get("/fast/{name}")(self.serve_static)

    def show_start(self, feil: str = "") -> HTMLResponse:
        """Show the list of drafts and the form to put one in."""
        return self._render("start.html.jinja", error=feil)

    async def upload(self, request: Request, plan: list[UploadFile]) -> Response:
        """Take drafts in and put them in the queue; a file that is too large is refused by name."""
        if len(plan) > MAX_FILES:
            return self._refuse(f"Velg høyst {MAX_FILES} filer om gangen.")
        added: list[Job] = []
        for file in plan:
            job = self.store.add(file.filename or "utkast")
            if not await _keep(file, self.store.input_of(job)):
                self.store.delete(job.id)
                return self._refuse(f"{job.name} er større enn {MAX_MEGABYTES} MB. Lagre den med mindre bilder.")
            self.queue.add(job)
            added.append(job)
        if request.headers.get("accept", "").startswith("application/json"):
            return JSONResponse([asdict(job) for job in added])
        return RedirectResponse(f"/planer/{added[0].id}" if len(added) == 1 else "/", status_code=303)

    def _refuse(self, why: str) -> Response:
        page = self._render("start.html.jinja", error=why)
        page.status_code = 413
        return page

    def list_jobs(self) -> JSONResponse:
        """Return the drafts with how far each has come, for the page to bring itself up to date."""
        return JSONResponse([{**asdict(job), "says": STATES[job.state]} for job in self.store.list_all()])

    def show_job(self, job_id: str) -> HTMLResponse:
        """Show one draft: what is known of it by now."""
        job = self._find(job_id)
        result = self.store.load_result(job)
        given = self.answers.load()
        for doubt in (result or {}).get("doubts", []):
            known = given.get((doubt["sha256"], doubt["goal"]))
            doubt["answer"] = known and ("ja" if known.speaks_for_it else "nei")
        return self._render("job.html.jinja", job=job, result=result)

    def show_report(self, job_id: str) -> FileResponse:
        """Show the report as it was written."""
        return self._file(self._find(job_id), "page", shown=True)

    def show_page(self, job_id: str, number: int) -> FileResponse:
        """Return the picture of a page; 404 for pages that nothing is said about."""
        path = self.store.path(self._find(job_id).id) / PAGES / f"{number}.png"
        if not path.is_file():
            raise HTTPException(404, "Siden er ikke tegnet.")
        return FileResponse(path, media_type="image/png")

    def download(self, job_id: str, name: str) -> FileResponse:
        """Return one of the files that a planner takes away."""
        if name not in _DOWNLOADS:
            raise HTTPException(404, "Filen finnes ikke.")
        return self._file(self._find(job_id), name)

    def answer(
        self,
        job_id: str,
        sha256: Annotated[str, Form(pattern="^[0-9a-f]{64}$")],
        goal: Annotated[str, Form(max_length=40)],
        svar: Annotated[str, Form(pattern="^(ja|nei|angre)$")],
        merknad: Annotated[str, Form(max_length=2000)] = "",
    ) -> RedirectResponse:
        """Keep a reader's yes or no, or take it back; the next run of any draft with these words heeds it."""
        job = self._find(job_id)
        if svar == "angre":
            self.answers.remove(sha256, goal)
        else:
            self.answers.add(Answer(sha256, goal, speaks_for_it=svar == "ja", note=merknad))
        return RedirectResponse(f"/planer/{job.id}#usikre", status_code=303)

    def run_again(self, job_id: str) -> RedirectResponse:
        """Check a draft once more, with the answers given since."""
        job = self._find(job_id)
        if job.state in {JobState.DONE, JobState.FAILED}:
            self.queue.restart(job)
        return RedirectResponse(f"/planer/{job.id}", status_code=303)

    def delete(self, job_id: str) -> RedirectResponse:
        """Remove a draft with everything that was made from it."""
        job = self._find(job_id)
        self.queue.cancel(job.id)
        self.store.delete(job.id)
        return RedirectResponse("/", status_code=303)

    def show_accessibility(self) -> HTMLResponse:
        """Show what was done so that everyone can use the page, and what falls short."""
        return self._render("accessibility.html.jinja")

    def show_help(self) -> HTMLResponse:
        """Show how the page is used."""
        return self._render("help.html.jinja")

    def serve_static(self, name: str) -> Response:
        """Return one of the page's own style sheets or scripts."""
        if name == "stil.css":
            content = files("compliance.report.html").joinpath(name).read_text(encoding="utf-8")
        elif name in {"serve.css", "serve.js"}:
            content = files("compliance.web").joinpath("static", name).read_text(encoding="utf-8")
        else:
            raise HTTPException(404, "Filen finnes ikke.")
        kind = "text/javascript" if name.endswith(".js") else "text/css"
        return PlainTextResponse(content, media_type=kind)

    def _find(self, job_id: str) -> Job:
        try:
            return self.store.load(job_id)
        except KeyError:
            raise HTTPException(404, "Planen finnes ikke. Den kan være slettet.") from None

    def _file(self, job: Job, name: str, *, shown: bool = False) -> FileResponse:
        named = (self.store.load_result(job) or {}).get("files", {}).get(name)
        path = self.store.path(job.id) / OUT / str(named)
        if named is None or not path.is_file():
            raise HTTPException(404, "Filen er ikke laget.")
        return FileResponse(path, filename=None if shown else path.name, media_type="text/html" if shown else None)

    def _render(self, name: str, **values: Any) -> HTMLResponse:
        template = self.environment.get_template(name)
        common = {"jobs": self.store.list_all(), "states": STATES, "verdicts": VERDICTS, "version": __version__}
        return HTMLResponse(template.render(**{"job": None, "result": None, "error": "", **common, **values}))


async def _keep(file: UploadFile, path: Path) -> bool:
    """Write an upload to its place; return False, with what was written removed, where it is too large."""
    size = 0
    with path.open("wb") as stream:
        while chunk := await file.read(_CHUNK):
            size += len(chunk)
            if size > MAX_MEGABYTES << 20:
                break
            stream.write(chunk)
    return size <= MAX_MEGABYTES << 20


def _open_templates() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("compliance.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
