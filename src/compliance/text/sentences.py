"""Text into sentences."""

from __future__ import annotations

from compliance.records import Language


def split_sentences(text: str, *, language: Language) -> list[tuple[int, int]]:
    """Return the sentences' (start, end) offsets, in order, without overlap, covering all but white space.

    Empty lines, list items and bullets begin a sentence of their own; colons and semicolons end none.
    """
    from compliance.text.pipeline import load_pipeline  # loads spaCy

    spans = []
    for sentence in load_pipeline(language)(text).sents:
        raw = text[sentence.start_char : sentence.end_char]
        start = sentence.start_char + len(raw) - len(raw.lstrip())
        end = sentence.start_char + len(raw.rstrip())
        if start < end:
            spans.append((start, end))
    return spans
