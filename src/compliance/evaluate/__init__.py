"""Holds what the stages say against gold sets, and measures the difference (docs/evaluate.md)."""
