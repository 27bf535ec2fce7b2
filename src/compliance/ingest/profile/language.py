"""The language a document is written in."""

from __future__ import annotations

from compliance.records import Attribute, AttributeSource, Block, BlockKind, Document
from compliance.text.boundaries import find_boundaries
from compliance.text.language import detect_language

_QUOTE_CHARS = 240
_BLOCKS = 20  # paragraphs looked through for the sentence that shows the language best


def read_language(document: Document) -> Attribute:
    """Return the language, with a sentence that holds many of the words that tell it."""
    language = detect_language(document.text).language
    paragraphs = [block for block in document.blocks if block.kind is BlockKind.PARAGRAPH][:_BLOCKS]
    best, most = (0, len(document.text[:_QUOTE_CHARS].split("\n")[0])), 0
    for start, end in (_quote_sentence(document.text, block) for block in paragraphs):
        detected = detect_language(document.text[start:end])
        if detected.language is language and len(detected.words) > most:
            best, most = (start, end), len(detected.words)
    return Attribute(language.value, AttributeSource.TEXT, document.text[best[0] : best[1]], *best)


def _quote_sentence(text: str, block: Block) -> tuple[int, int]:
    """Return the span of a block's first sentence, cut between two words where it is long."""
    quote = text[block.start : block.end]
    quote = quote[: next(find_boundaries(quote), len(quote))].rstrip()
    if len(quote) > _QUOTE_CHARS:
        quote = quote[:_QUOTE_CHARS].rsplit(maxsplit=1)[0].rstrip()
    return block.start, block.start + len(quote)
