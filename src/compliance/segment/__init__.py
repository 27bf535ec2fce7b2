"""Stage 2 of 5: Document → Passage."""
