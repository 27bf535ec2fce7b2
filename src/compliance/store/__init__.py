"""Keeps the records of a run: the only place that knows SQL."""
