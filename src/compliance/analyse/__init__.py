"""Stage 3 of 5: Reading → Finding, ReuseSpan, Fact."""
