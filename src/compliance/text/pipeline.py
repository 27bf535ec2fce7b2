"""The spaCy pipelines, blank bokmål and nynorsk with our own sentence component. Heavy: import inside functions."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

import numpy as np
import spacy
from spacy.attrs import IDX, SENT_START
from spacy.language import Language as Pipeline
from spacy.tokens import Doc

from compliance.records import Language
from compliance.text.boundaries import find_boundaries

if TYPE_CHECKING:
    from thinc.types import Ints2d

COMPONENT = "plan_sentences"
_MAX_LENGTH = 100_000_000  # characters; spaCy's own limit of a million is for parsers, and we have none


@Pipeline.component(COMPONENT)
def mark_sentences(doc: Doc) -> Doc:
    """Set the sentence starts of a Doc after our rules for Norwegian plans."""
    first = np.searchsorted(doc.to_array([IDX]), list(find_boundaries(doc.text)))  # first token of each sentence
    starts = np.full(len(doc), -1, dtype=np.int64).astype(np.uint64)  # spaCy's own: -1 is inside a sentence
    starts[:1] = 1
    starts[first[first < len(doc)]] = 1
    doc.from_array([SENT_START], cast("Ints2d", starts.reshape(-1, 1)))
    return doc


@cache
def load_pipeline(language: Language) -> Pipeline:
    """Return the language's pipeline, built once per process; languages other than nynorsk get the bokmål one."""
    nlp = spacy.blank("nn" if language is Language.NN else "nb")
    nlp.add_pipe(COMPONENT)
    nlp.max_length = _MAX_LENGTH
    return nlp
