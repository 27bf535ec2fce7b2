"""What is fetched, and what is said where nothing can be; no test goes to the network."""

from __future__ import annotations

import io
from http.client import HTTPMessage
from urllib.error import HTTPError, URLError
from urllib.request import Request

import pytest

from compliance.errors import FetchError
from compliance.guidelines.download import _HttpsRedirects, fetch_document

PDF = b"%PDF-1.7 en side"
PAGE = b'<a href="https://other.no/x.pdf">x</a> <a href="/contentassets/f/no/pdfs/m%C3%A5l.pdf?ch=1">PDF</a>'
ADDRESS = "https://example.no/no/dokumenter/strategien/id1/"


def serve(pages):
    asked = []

    def open_url(request):
        asked.append(request.full_url)
        answer = pages[request.full_url]
        if isinstance(answer, Exception):
            raise answer
        return io.BytesIO(answer)

    return open_url, asked


def test_pdf_is_fetched_as_it_is():
    open_url, _ = serve({"https://example.no/plan.pdf": PDF})
    fetched = fetch_document("https://example.no/plan.pdf", open_url=open_url)
    assert (fetched.name, fetched.content) == ("plan.pdf", PDF)
    assert len(fetched.sha256) == 64


def test_page_leads_to_the_pdf_of_its_own_site():
    target = "https://example.no/contentassets/f/no/pdfs/m%C3%A5l.pdf"
    open_url, asked = serve({ADDRESS: PAGE, target: PDF})
    fetched = fetch_document(ADDRESS, open_url=open_url)
    assert (fetched.url, fetched.name) == (target, "mål.pdf")
    assert asked == [ADDRESS, target]


def test_page_without_a_pdf_is_the_document():
    open_url, _ = serve({ADDRESS: b"<p>Hele strategien</p>"})
    assert fetch_document(ADDRESS, open_url=open_url).name == "id1.html"


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(URLError("no route to host"), id="no network"),
        pytest.param(TimeoutError("timed out"), id="no answer"),
        pytest.param(HTTPError(ADDRESS, 404, "Not Found", None, None), id="gone"),
        pytest.param(b"", id="empty"),
    ],
)
def test_failure_says_what_to_do(answer):
    open_url, _ = serve({ADDRESS: answer})
    with pytest.raises(FetchError, match="compliance guidelines import") as caught:
        fetch_document(ADDRESS, open_url=open_url)
    assert caught.value.url == ADDRESS


def test_insecure_address_is_not_opened():
    open_url, asked = serve({})
    with pytest.raises(FetchError, match="https"):
        fetch_document("http://example.no/plan.pdf", open_url=open_url)
    assert asked == []


def test_redirect_to_an_address_that_is_not_secure_is_not_followed():
    with pytest.raises(URLError, match="ikke er sikker"):
        _HttpsRedirects().redirect_request(Request(ADDRESS), io.BytesIO(), 302, "Found", HTTPMessage(), "http://x.no/")
