"""What is the municipality's own."""

from dataclasses import replace

import pytest

from compliance.config import ReportConfig
from compliance.records import (
    Evidence,
    EvidenceCode,
    EvidenceKind,
    Finding,
    Results,
    Task,
)
from compliance.report.anchoring import LocalText, show_local_text
from compliance.report.catalogue import load_catalogue
from compliance.report.material import collect_material
from compliance.report.presentation import Presentation


@pytest.fixture
def show(results: Results):
    presentation = Presentation(load_catalogue("nb"), ReportConfig(), (), {}, {})

    def show_findings(findings=results.findings, *, borrowed=None, profile=None) -> LocalText:
        material = collect_material(replace(results, findings=tuple(findings)))[0]
        if profile:
            material = replace(material, reading=replace(material.reading, profile=profile))
        return show_local_text(material, borrowed or {}, presentation=presentation)

    return show_findings


def find_local(results: Results, index: int, sign: str) -> Finding:
    passage = results.readings[0].passages[index]
    evidence = (
        Evidence(
            EvidenceKind.RULE,
            "" if isinstance(sign, EvidenceCode) else sign,
            0.7,
            passage.start,
            passage.start + 7,
            code=sign if isinstance(sign, EvidenceCode) else None,
        ),
    )
    return Finding(passage.document_id, passage.id, Task.LOCAL, "local", 0.7, evidence)


def test_share_is_of_the_passages_that_are_no_headings(show):
    local = show()
    assert (local.passages, local.total) == (2, 9)


def test_commitments_that_are_local_are_counted(show):
    local = show()
    assert (local.committing, local.local_committing) == (2, 1)


def test_example_tells_what_makes_it_local(show):
    assert [example.signs for example in show().examples] == [
        ("Eget vedtak: «Vedtatt av kommunestyret».",),
        ("Sted: «Ytrebygd».",),
    ]


def test_borrowed_words_are_no_example(show, results):
    passage = results.readings[0].passages[1]
    local = show(borrowed={passage.id: 1.0})
    assert [example.anchor for example in local.examples] == ["local-0003"]


def test_weak_sign_is_an_example_only_where_there_is_no_other(show, results):
    weak, strong = find_local(results, 4, EvidenceCode.OWN_FIGURE), find_local(results, 9, "own_decision")
    assert [example.anchor for example in show([weak, strong]).examples] == ["local-0009"]
    assert [example.anchor for example in show([weak]).examples] == ["local-0004"]


def test_unknown_municipality_is_said(show, results):
    assert not show(profile=replace(results.readings[0].profile, municipality=None)).known


def test_passage_that_only_reads_as_local_is_an_example_only_where_there_is_no_other(show, results):
    passage = results.readings[0].passages[4]
    read = Evidence(EvidenceKind.EMBEDDING, "local", 0.9)
    unsigned = Finding(passage.document_id, passage.id, Task.LOCAL, "local", 0.95, (read,))
    signed = find_local(results, 9, "own_decision")
    both = show([unsigned, replace(signed, evidence=(*signed.evidence, read))])
    assert [example.anchor for example in both.examples] == ["local-0009"]
    assert [example.signs for example in show([unsigned]).examples] == [
        ("Avsnittet ligner på det kommuner skriver om seg selv.",)
    ]
