"""Web pages (HTML): the content of a page without what surrounds it."""

from compliance.ingest.html.reader import read_fragment, read_html

__all__ = ["read_fragment", "read_html"]
