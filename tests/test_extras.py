from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from compliance.cli.app import app
from compliance.config import ModelConfig
from compliance.errors import MissingExtraError
from compliance.extras import EXTRAS, check_extra, hide_modules
from compliance.store.relations import RunTables
from compliance.text.embedding.encoder import Prefix
from compliance.text.embedding.loading import load_encoder

PROJECT = Path(__file__).parents[1] / "pyproject.toml"
PACKAGES = {  # where the names differ
    "sentence_transformers": "sentence-transformers",
    "sklearn": "scikit-learn",
    "python_multipart": "python-multipart",
}


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be installed that an extra brings."""
    monkeypatch.setattr("compliance.extras.find_spec", lambda module: None)


@pytest.mark.parametrize("extra", EXTRAS)
def test_an_extra_brings_every_module_that_is_asked_for(extra) -> None:
    listed = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["optional-dependencies"][extra]
    assert {PACKAGES.get(module, module) for module in EXTRAS[extra]} <= {each.split(">")[0] for each in listed}


@pytest.mark.parametrize("extra", sorted(EXTRAS.keys() - {"arrow"}))  # «all», and so the tests, has no use for Arrow
def test_nothing_is_said_where_all_is_installed(extra) -> None:
    check_extra(extra, asked_for="Noe")


def test_an_arrow_table_without_pyarrow_says_what_to_install(bare) -> None:
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE runs (id VARCHAR)")
        with pytest.raises(MissingExtraError, match=r"Arrow-tabeller trenger pyarrow, .*\[arrow\]"):
            RunTables(connection).read_arrow("runs")


def test_the_error_names_what_is_missing_and_the_command(bare) -> None:
    with pytest.raises(MissingExtraError, match=r"Noe trenger sklearn, torch, .*\[train\]") as caught:
        check_extra("train", asked_for="Noe")
    assert caught.value.extra == "train"


def test_another_model_without_its_libraries_says_what_to_install(bare) -> None:
    encoder = load_encoder(ModelConfig(name="another", device="cpu"))
    with pytest.raises(MissingExtraError, match=r"«another» .*\[encoders\]"):
        encoder.encode(["Kommunen"], prefix=Prefix.PASSAGE)


def test_training_without_its_libraries_says_what_to_install(bare, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["train", str(tmp_path), "--out", str(tmp_path / "out")])
    assert isinstance(done.exception, MissingExtraError)
    assert not (tmp_path / "out").exists()


def test_modules_are_hidden_within_the_block_and_loaded_ones_stay() -> None:
    with hide_modules("wave", "tomllib"):
        with pytest.raises(ImportError):
            import wave
        import tomllib as loaded
    import wave

    assert wave.open
    assert loaded is tomllib


def test_the_encoder_does_without_the_converters_of_models() -> None:
    program = "import sys, compliance.text.embedding.cpu.session as session\nassert session.ov.Core\n"
    check = "assert not [name for name in sys.modules if name.startswith('openvino.tools') or name == 'ssl']"
    subprocess.run([sys.executable, "-c", program + check], check=True)
