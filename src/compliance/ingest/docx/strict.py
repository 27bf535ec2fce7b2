"""Word's «Strict Open XML Document»: the same words under other namespaces."""

from __future__ import annotations

import io
import re
import zipfile

_STRICT = b"purl.oclc.org/ooxml/"
_NAMESPACE = re.compile(
    rb"http://purl\.oclc\.org/ooxml/(wordprocessingml|officeDocument|drawingml|schemaLibrary|spreadsheetml|presentationml)/"
)


def make_transitional(content: bytes) -> bytes:
    """Return a package with the namespaces of ordinary Word files; the same bytes where it has them already."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        if "_rels/.rels" not in package.namelist() or _STRICT not in package.read("_rels/.rels"):
            return content
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w") as new:
            for name in package.namelist():
                part = package.read(name)
                new.writestr(name, _rename(part) if name.endswith((".xml", ".rels")) else part)
    return written.getvalue()


def _rename(part: bytes) -> bytes:
    return _NAMESPACE.sub(rb"http://schemas.openxmlformats.org/\1/2006/", part)
