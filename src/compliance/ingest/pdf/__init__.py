"""Stage 1 of 5, PDF: one file a question, in the order they are asked (`reader.py` shows them on one screen)."""

from compliance.ingest.pdf.reader import read_pdf

__all__ = ["read_pdf"]
