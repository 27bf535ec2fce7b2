"""`compliance guidelines`: what is printed, and the exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from compliance.cli.guidelines import app
from compliance.errors import SettingsError
from guideline_files import MONEY, write_guidelines


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(arguments))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout


def test_list_marks_the_default_sets() -> None:
    code, output = run("list")
    assert code == 0
    assert "* ks: " in output
    assert "  fn: " in output
    assert "KS4.5" in output


def test_list_as_json_has_every_set() -> None:
    _, output = run("list", "--json")
    assert {"ks", "fn", "en_digital"} <= {chosen["id"] for chosen in json.loads(output)}


def test_show_prints_one_goal_in_both_languages() -> None:
    _, output = run("show", "DA1")
    assert "Tjenester" in output
    assert "Tenestene" in output
    assert "regjeringen.no" in output


@pytest.mark.parametrize(("name", "kind"), [("DA1", dict), ("digital_agenda", list)], ids=["goal", "set"])
def test_show_as_json(name: str, kind: type) -> None:
    _, output = run("show", name, "--json")
    assert isinstance(json.loads(output), kind)


def test_show_of_an_unknown_id_says_where_to_look() -> None:
    with pytest.raises(SettingsError, match="guidelines list"):
        run("show", "KS9.9")


def test_everything_that_ships_lints_clean() -> None:
    code, output = run("lint")
    assert (code, "ingen feil" in output) == (0, True)


def test_lint_tells_every_broken_file_and_exits_2(tmp_path: Path) -> None:
    guidelines = write_guidelines(tmp_path, old="publisher: Eit fylke\n", new="")
    rules = tmp_path / "money.yaml"
    rules.write_text(MONEY.replace("own_sum", "amount_kroner"), encoding="utf-8")
    code, output = run("lint", str(guidelines), str(rules))
    assert code == 2
    assert f"{guidelines}:1: publisher: feltet mangler" in output
    assert f"{rules}:2: cues[1].id" in output


def test_lint_checks_the_folders_of_the_settings(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    write_guidelines(folder, old="id: F1", new="id: KS4.5")
    settings = tmp_path / "settings.toml"
    settings.write_text(f"[guidelines]\nfolders = ['{folder}']\n", encoding="utf-8")
    code, output = run("lint", "--config", str(settings))
    assert code == 2
    assert "KS4.5" in output


def test_lint_of_a_missing_file_is_a_settings_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="finnes ikke"):
        run("lint", str(tmp_path / "borte.yaml"))
