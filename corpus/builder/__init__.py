"""Builds the sample corpus: Markdown sources → PDF and DOCX, a manifest, and a check of the known copies."""
