"""Stage 5 of 5: Results → pages that people read."""
