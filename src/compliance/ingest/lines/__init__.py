"""Formats that have nothing but lines: plain text and Markdown."""
