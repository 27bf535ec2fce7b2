"""Official documents that the user adds stay, by set, and come back with their hash."""

from __future__ import annotations

import hashlib

import pytest

from compliance.config import GuidelinesConfig
from compliance.errors import SettingsError
from compliance.guidelines.references import keep_reference, list_references


@pytest.fixture
def config(tmp_path):
    return GuidelinesConfig(reference_folder=tmp_path / "references")


def test_nothing_is_kept_at_first(config):
    assert list_references(config) == ()


def test_document_is_kept_by_set(config):
    keep_reference("strategi.txt", b"Ordlyden", set_id="ks", config=config)
    keep_reference("annet.txt", b"Mer", set_id=None, config=config)
    found = list_references(config)
    assert [(each.set_id, each.path.name) for each in found] == [("ks", "strategi.txt"), (None, "annet.txt")]
    assert found[0].sha256 == hashlib.sha256(b"Ordlyden").hexdigest()


def test_same_name_is_replaced(config):
    for content in (b"gammel", b"ny"):
        keep_reference("strategi.txt", content, set_id="ks", config=config)
    (kept,) = list_references(config)
    assert kept.path.read_bytes() == b"ny"


def test_folder_that_cannot_be_made_is_told_of(tmp_path):
    (tmp_path / "references").write_text("en fil")
    with pytest.raises(SettingsError, match="references"):
        keep_reference("a.txt", b"A", set_id=None, config=GuidelinesConfig(reference_folder=tmp_path / "references"))
