"""Stage 4 of 5: Finding, ReuseSpan → Score."""
