"""Word documents (DOCX): what a reader of the final text sees, in order."""

from compliance.ingest.docx.reader import read_docx

__all__ = ["read_docx"]
