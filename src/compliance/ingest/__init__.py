"""Stage 1 of 5: file → Document, and Document → Profile."""
