"""The sample corpus' known copies are found, charged to the copier alone, and nothing else is charged."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from compliance.analyse.reuse import ReuseAnalyser
from compliance.config import Config
from compliance.guidelines import load_guidelines
from compliance.guidelines.fingerprints import load_fingerprints
from compliance.guidelines.rules import load_rules
from compliance.pipeline import read_file
from compliance.records import ReuseKind
from compliance.text.embedding.loading import load_encoder

CORPUS = Path(__file__).parents[3] / "corpus"
COPIES = [json.loads(line) for line in (CORPUS / "copies.jsonl").read_text(encoding="utf-8").splitlines()]
# A municipality that repeats itself copies nobody, and half of what is retold is missed (docs/reuse.md).
FOUND = [
    copy
    for copy in COPIES
    if copy["kind"] != ReuseKind.REWORKED
    and Path(copy["document"]).name.split("_")[0] != Path(copy["source"]).name.split("_")[0]
]


@pytest.fixture(scope="module")
def readings():
    paths = [*sorted(CORPUS.glob("documents/*")), *sorted(CORPUS.glob("national/*"))]
    return {path.relative_to(CORPUS).as_posix(): read_file(path, config=Config()) for path in paths}


@pytest.fixture(scope="module")
def spans(readings):
    analyser = ReuseAnalyser(
        guidelines=load_guidelines(Config().guidelines),
        rules=load_rules(),
        references=[reading for name, reading in readings.items() if name.startswith("national/")],
        config=Config().analyse.reuse,
        fingerprints=load_fingerprints(Config().guidelines),
        encoder=load_encoder(Config().model),
    )
    return analyser.analyse([reading for name, reading in readings.items() if name.startswith("documents/")])


def words_of(text):
    return re.findall(r"\w+", text.casefold())


def is_of(span, copy, readings):
    """Whether a span is of a known copy: of its two documents, with most of one's words in the other's."""
    document, source = readings[copy["document"]].document, readings[copy["source"]].document
    if (span.document_id, span.source_id) != (document.id, source.id):
        return False
    one, other = sorted((words_of(document.text[span.start : span.end]), words_of(copy["text"])), key=len)
    return " ".join(one) in " ".join(other)


@pytest.mark.parametrize("copy", FOUND, ids=[f"{number}-{copy['kind']}" for number, copy in enumerate(FOUND)])
def test_known_copy_is_found_with_its_kind(copy, spans, readings):
    found = [span for span in spans if is_of(span, copy, readings)]
    assert copy["kind"] in {span.kind for span in found}
    assert {span.boilerplate for span in found} >= {copy["boilerplate"]}


@pytest.mark.parametrize("copy", FOUND, ids=[f"{number}-{copy['kind']}" for number, copy in enumerate(FOUND)])
def test_source_of_a_known_copy_is_charged_with_nothing(copy, spans, readings):
    source, document = readings[copy["source"]].document.id, readings[copy["document"]].document.id
    assert not [span for span in spans if (span.document_id, span.source_id) == (source, document) and span.is_copy]


def test_nothing_else_is_charged(spans, readings):
    charged = [span for span in spans if span.is_copy]
    assert charged
    assert [span for span in charged if not any(is_of(span, copy, readings) for copy in COPIES)] == []
