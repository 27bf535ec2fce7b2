"""Settings: read from TOML, checked once, changed only by name."""

from __future__ import annotations

import pytest

from compliance.config import Config, IngestConfig, RunConfig, hash_config, load_config, override
from compliance.errors import SettingsError


def write(folder, text):
    path = folder / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_no_file_gives_the_defaults():
    assert load_config(None) == Config()


def test_relative_paths_are_taken_from_the_file(tmp_path):
    config = load_config(write(tmp_path, '[guidelines]\nfolders = ["mine"]\n[model]\ncache_folder = "cache"\n'))
    assert config.guidelines.folders == (tmp_path / "mine",)
    assert config.model.cache_folder == tmp_path / "cache"


@pytest.mark.parametrize(
    ("text", "field", "advice"),
    [
        pytest.param("[ingest]\nlayuot = 'fast'\n", "ingest.layuot", "Mente du «layout»?", id="misspelt field"),
        pytest.param("[inngest]\n", "inngest", "Mente du «ingest»?", id="misspelt section"),
        pytest.param("[nothing]\n", "nothing", "Velg blant run, ingest,", id="unknown section"),
        pytest.param("[analyse.reuse]\nx = 1\n", "analyse.reuse.x", "Velg blant seed_words,", id="section in section"),
        pytest.param("[ingest]\nlayout = 'slow'\n", "ingest.layout", "«slow» er ikke en av", id="unknown value"),
        pytest.param("[segment]\nmax_chars = 10\n", "segment.max_chars", "skal være minst 200", id="out of bounds"),
        pytest.param("[run]\nprocesses = 0\n", "run.processes", "skal være minst 1", id="member of a union"),
        pytest.param("ingest = 3\n", "ingest", "navngitte felt", id="field for a section"),
    ],
)
def test_wrong_setting_is_named_with_advice(tmp_path, text, field, advice):
    with pytest.raises(SettingsError) as caught:
        load_config(write(tmp_path, text))
    assert caught.value.field == field
    assert f"settings.toml: {field}: " in str(caught.value)
    assert advice in str(caught.value)


def test_settings_in_another_encoding_are_refused(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_bytes("[ingest]\nmunicipality = 'Bø'\n".encode("cp1252"))
    with pytest.raises(SettingsError, match="UTF-8"):
        load_config(path)


def test_broken_toml_is_named(tmp_path):
    with pytest.raises(SettingsError, match="TOML"):
        load_config(write(tmp_path, "[ingest\n"))


def test_missing_file_is_named(tmp_path):
    with pytest.raises(SettingsError, match=r"nowhere\.toml"):
        load_config(tmp_path / "nowhere.toml")


def test_override_changes_what_is_given_and_nothing_else():
    config = override(Config(), {"report.language": "nn", "model.name": None})
    assert config.report.language == "nn"
    assert config.model == Config().model


def test_override_refuses_what_the_file_would_be_refused():
    with pytest.raises(SettingsError, match=r"report\.language"):
        override(Config(), {"report.language": "sv"})


def test_equal_settings_have_equal_hashes():
    assert hash_config(IngestConfig()) == hash_config(IngestConfig(layout="fast"))
    assert hash_config(IngestConfig()) != hash_config(IngestConfig(layout="neural"))


@pytest.mark.parametrize(("processes", "files", "expected"), [(3, 1, 3), ("auto", 1, 1), ("auto", 0, 1)])
def test_processes(processes, files, expected):
    assert RunConfig(processes=processes).count_processes(files) == expected


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        pytest.param({"enabled": True}, "model mangler", id="on without a model"),
        pytest.param({"address": "ki.kommunen.no"}, "ikke en adresse", id="no address"),
        pytest.param({"address": "file:///etc/passwd"}, "ikke en adresse", id="no server"),
        pytest.param({"address": "http://kari:hemmelig@127.0.0.1/v1"}, "uten navn, passord", id="a password in it"),
        pytest.param({"address": "http://127.0.0.1/v1?key=hemmelig"}, "uten navn, passord", id="a key in it"),
        pytest.param({"ask_from": 0.6, "ask_below": 0.2}, "mindre enn ask_below", id="upside down"),
    ],
)
def test_second_reader_is_checked_at_the_door(changes, told) -> None:
    with pytest.raises(SettingsError, match=told) as caught:
        override(Config(), {f"second_reader.{name}": value for name, value in changes.items()})
    assert "hemmelig" not in str(caught.value)


def test_second_reader_is_off_and_on_this_machine_by_default() -> None:
    assert not Config().second_reader.enabled
    assert Config().second_reader.address.startswith("http://127.0.0.1:")
    changed = override(Config(), {"second_reader.address": "https://ki.eksempel.no/v1/"})
    assert changed.second_reader.address == "https://ki.eksempel.no/v1"
