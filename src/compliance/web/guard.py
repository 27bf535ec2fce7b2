"""What every request must be, and what every answer says to the browser: this page serves one machine alone."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import urlsplit

from fastapi import Request, Response
from fastapi.responses import PlainTextResponse

_HOSTS: Final = frozenset(("127.0.0.1", "localhost", "[::1]"))
_POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
# The report is one file with its style and script inside, and posts nothing.
_REPORT_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; "
    "base-uri 'none'; form-action 'none'"
)
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with «no-referrer» a browser sends its own forms with the origin «null»
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
Next = Callable[[Request], Awaitable[Response]]


async def guard(request: Request, call_next: Next) -> Response:
    """Answer only what is asked of this machine by name, and take posts only from pages that it served itself.

    The first keeps out a foreign name that is pointed at 127.0.0.1 (DNS rebinding), the second foreign forms.
    """
    host = request.headers.get("host", "")
    if re.sub(r":\d+$", "", host) not in _HOSTS:
        return PlainTextResponse("Siden svarer bare på 127.0.0.1 og localhost.", status_code=400)
    if request.method not in {"GET", "HEAD"} and not _is_own(request, host):
        return PlainTextResponse("Skjemaet kom ikke fra denne siden.", status_code=403)
    response = await call_next(request)
    policy = _REPORT_POLICY if request.url.path.endswith("/rapport") else _POLICY
    for name, value in {**_HEADERS, "Content-Security-Policy": policy}.items():
        response.headers.setdefault(name, value)
    return response


def _is_own(request: Request, host: str) -> bool:
    origin = request.headers.get("origin")
    if origin is not None:
        return urlsplit(origin).netloc == host
    return request.headers.get("sec-fetch-site", "same-origin") == "same-origin" and "referer" not in request.headers
