"""Holds what the stages say against gold sets and measures the difference (formats and definitions: docs/evaluate.md)."""
