"""Asks a language model that the user runs what it reads in the passages that ours is in doubt about.

Off unless the settings say otherwise. What it says is kept beside our findings and never changes them
(docs/second-reader.md). Only `endpoint` opens a connection.
"""
