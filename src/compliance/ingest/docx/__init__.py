"""Word documents (DOCX): what a reader of the final text sees, in order."""

from compliance.ingest.docx.reader import DocxReader

__all__ = ["DocxReader"]
