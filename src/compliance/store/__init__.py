"""Keeps the records of a run and the vectors between runs: the only place that knows SQL."""
