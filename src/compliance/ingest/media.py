"""The file formats that are read, and those that are told apart only to give good advice."""

from __future__ import annotations

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML = "text/html"
MHTML = "multipart/related"
MARKDOWN = "text/markdown"
TEXT = "text/plain"

# How a planner would name the format, and the suffix to give such a file.
SUPPORTED_NAMES = {
    PDF: ("en PDF", ".pdf"),
    DOCX: ("et Word-dokument (DOCX)", ".docx"),
    HTML: ("en nettside (HTML)", ".html"),
    MHTML: ("en lagret nettside (MHTML)", ".mht"),
    MARKDOWN: ("Markdown", ".md"),
    TEXT: ("ren tekst", ".txt"),
}

SUFFIXES = {
    ".pdf": PDF,
    ".docx": DOCX,
    ".docm": DOCX,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".mht": MHTML,
    ".mhtml": MHTML,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".txt": TEXT,
    ".text": TEXT,
}

# Formats a user may well try; the value is what we call them in advice.
UNSUPPORTED_SUFFIXES = {
    ".doc": "et gammelt Word-dokument",
    ".dot": "en gammel Word-mal",
    ".rtf": "et RTF-dokument",
    ".odt": "et OpenDocument-dokument",
    ".pages": "et Pages-dokument",
    ".xls": "et Excel-regneark",
    ".xlsx": "et Excel-regneark",
    ".ods": "et OpenDocument-regneark",
    ".csv": "en tabellfil (CSV)",
    ".ppt": "en PowerPoint-presentasjon",
    ".pptx": "en PowerPoint-presentasjon",
    ".odp": "en OpenDocument-presentasjon",
    ".epub": "en e-bok (EPUB)",
    ".eml": "en e-post",
    ".msg": "en e-post",
    ".zip": "et arkiv (ZIP)",
    ".json": "en datafil (JSON)",
    ".xml": "en datafil (XML)",
}
