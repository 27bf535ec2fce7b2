"""`compliance guidelines fingerprint`, `import` and `fetch` as a user runs them."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest
from typer.testing import CliRunner

from compliance.cli.guidelines import app
from compliance.config import GuidelinesConfig
from compliance.errors import FetchError, SettingsError
from compliance.guidelines import download
from compliance.guidelines.references import list_references

WORDING = "KS1.1: Alle kommuner på øyene skal ha gratis ferge hver morgen.\n"


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    file = tmp_path / "settings.toml"
    file.write_text('[guidelines]\nreference_folder = "references"\n')
    return file


def kept(settings: Path) -> list[str]:
    config = GuidelinesConfig(reference_folder=settings.parent / "references")
    return [f"{each.set_id}/{each.path.name}" for each in list_references(config)]


def run(*arguments: object, code: int = 0) -> str:
    result = CliRunner().invoke(app, list(map(str, arguments)))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == code
    return result.output


def test_fingerprint_prints_numbers(tmp_path: Path) -> None:
    (tmp_path / "ordlyd.md").write_text(WORDING, encoding="utf-8")
    content = json.loads(run("fingerprint", tmp_path / "ordlyd.md", "--edition", "ks"))
    assert content["set"] == "ks"
    assert len(content["goals"]["KS1.1"][0]) == 10  # a number a word


def test_fingerprint_writes_a_file(tmp_path: Path) -> None:
    (tmp_path / "ordlyd.md").write_text(WORDING + "KS1.2: For kort.\n", encoding="utf-8")
    output = run("fingerprint", tmp_path / "ordlyd.md", "--edition", "ks", "--out", tmp_path / "ks.json")
    assert "KS1.2" in output
    assert list(json.loads((tmp_path / "ks.json").read_text())["goals"]) == ["KS1.1"]


@pytest.mark.parametrize(
    ("wording", "edition"),
    [
        pytest.param(WORDING, "finnesikke", id="unknown set"),
        pytest.param("XX9: Alle kommuner på øyene skal ha ferge hver morgen.", "ks", id="unknown goal"),
        pytest.param("KS1.1: For kort.", "ks", id="too short"),
    ],
)
def test_fingerprint_refuses(wording: str, edition: str, tmp_path: Path) -> None:
    (tmp_path / "ordlyd.md").write_text(wording, encoding="utf-8")
    with pytest.raises(SettingsError):
        run("fingerprint", tmp_path / "ordlyd.md", "--edition", edition)


def test_import_keeps_the_document(settings: Path, tmp_path: Path) -> None:
    (tmp_path / "strategi.txt").write_text("Strategi\n\nAlle kommuner skal rydde i arkivet.\n", encoding="utf-8")
    assert "strategi.txt" in run("import", tmp_path / "strategi.txt", "--set", "ks", "--config", settings)
    assert kept(settings) == ["ks/strategi.txt"]


def test_import_refuses_an_unknown_set(settings: Path, tmp_path: Path) -> None:
    (tmp_path / "strategi.txt").write_text("Alle kommuner skal rydde.", encoding="utf-8")
    with pytest.raises(SettingsError, match="finnesikke"):
        run("import", tmp_path / "strategi.txt", "--set", "finnesikke", "--config", settings)
    assert kept(settings) == []


def test_fetch_keeps_what_came_and_tells_when_it_is_the_same(settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = b"<p>Alle kommuner skal rydde i arkivet sitt.</p>"
    answer = download.Download("https://example.no/s", "s.html", content, sha256(content).hexdigest())
    monkeypatch.setattr(download, "fetch_document", lambda url: answer)
    assert "hentet" in run("fetch", "ks", "--config", settings)
    assert kept(settings) == ["ks/s.html"]
    assert "uendret" in run("fetch", "ks", "--config", settings)


def test_fetch_without_a_network_says_what_to_do(settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(url: str) -> download.Download:
        raise FetchError(url, "ingen forbindelse")

    monkeypatch.setattr(download, "fetch_document", fail)
    output = run("fetch", "--config", settings, code=1)
    assert output.count("compliance guidelines import") == 3
    assert kept(settings) == []


def test_fetch_keeps_nothing_that_cannot_be_read(settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = b"<html><body><script>app()</script></body></html>"  # a page that asks for JavaScript
    answer = download.Download("https://example.no/s", "s.html", content, sha256(content).hexdigest())
    monkeypatch.setattr(download, "fetch_document", lambda url: answer)
    assert "ingen tekst" in run("fetch", "ks", "--config", settings, code=1)
    assert kept(settings) == []


def test_coverage_counts_the_known_sentences_of_every_goal() -> None:
    known = json.loads(run("coverage", "--json"))
    assert all(known["ks"].values())
    assert known["digitalisation_circular"]
