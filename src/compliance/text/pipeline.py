"""The spaCy pipelines, blank bokmål and nynorsk with our own sentence component. Heavy: import inside functions."""

from __future__ import annotations

from functools import cache

import spacy
from spacy.language import Language as Pipeline
from spacy.tokens import Doc

from compliance.records import Language
from compliance.text.boundaries import find_boundaries

COMPONENT = "plan_sentences"
_MAX_LENGTH = 100_000_000  # characters; spaCy's own limit of a million is for parsers, and we have none


@Pipeline.component(COMPONENT)
def mark_sentences(doc: Doc) -> Doc:
    """Set the sentence starts of a Doc after our rules for Norwegian plans."""
    starts = find_boundaries(doc.text)
    following = next(starts, None)
    for token in doc:
        begins = following is not None and token.idx >= following
        token.is_sent_start = begins or token.i == 0
        if begins:
            following = next(starts, None)
    return doc


@cache
def load_pipeline(language: Language) -> Pipeline:
    """Return the language's pipeline, built once per process; languages other than nynorsk get the bokmål one."""
    nlp = spacy.blank("nn" if language is Language.NN else "nb")
    nlp.add_pipe(COMPONENT)
    nlp.max_length = _MAX_LENGTH
    return nlp
