from __future__ import annotations

import pickle
import pickletools
from dataclasses import fields, is_dataclass
from multiprocessing.reduction import ForkingPickler

import pytest

from compliance import records
from compliance.records import Evidence, EvidenceKind, Finding, Task
from compliance.runs.sending import send_as_fields

RECORDS = [each for each in vars(records).values() if isinstance(each, type) and is_dataclass(each)]


def test_record_arrives_as_it_was_sent():
    send_as_fields()
    evidence = Evidence(EvidenceKind.RULE, "skal", 0.8, 3, 7)
    finding = Finding("plan", "plan/1", Task.GOALS, "DA1", 0.9, (evidence,), (("own", 1.5),))
    sent = bytes(ForkingPickler.dumps(finding))
    assert "BUILD" not in {each.name for each, _, _ in pickletools.genops(sent)}  # sets the fields one by one
    assert pickle.loads(sent) == finding


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_record_can_be_called_with_its_fields_in_order(record):
    assert all(field.init and not field.kw_only for field in fields(record))
