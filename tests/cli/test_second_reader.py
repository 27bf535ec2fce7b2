"""`compliance evaluate --second-reader`: where text goes is said first, then whether the reader is good enough."""

from __future__ import annotations

import json
import sys

import pytest

from compliance.cli.app import main
from gold_folders import make_row, write_gold
from reader_server import answer_with_first_words, serve

TEXTS = [
    "Kommunen skal dele åpne data med innbyggerne og næringslivet.",
    "Vi skal ta i bruk digitale skjemaer, slik at innbyggerne slipper å møte opp.",
    "Vi har åtte barnehager.",
]


@pytest.fixture
def evaluate(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("compliance.second_reader.open.find_cache_folder", lambda _: tmp_path / "cache")
    rows = [make_row(0, goals=("DA4",)), make_row(1, goals=("DA1",)), make_row(2)]
    write_gold(tmp_path / "gold" / "plan", TEXTS, labels=rows)

    def run(address: str, *more: str) -> tuple[int, str, str]:
        (tmp_path / "s.toml").write_text(
            f'[second_reader]\nmodel = "leser-1"\naddress = "{address}"\nask_from = 0.07\nask_below = 1.0\n',
            encoding="utf-8",
        )
        asked = ["evaluate", "gold", "--second-reader", "--config", "s.toml", *more]
        monkeypatch.setattr(sys, "argv", ["compliance", *asked])
        with pytest.raises(SystemExit) as left:
            main()
        told = capsys.readouterr()
        return int(left.value.code or 0), told.out, told.err

    return run


def test_a_reader_that_is_not_good_enough_is_advised_against(evaluate, tmp_path) -> None:
    with serve() as server:
        server.script = [answer_with_first_words("KS4.4")]
        code, out, err = evaluate(server.address, "--json", "leser.json")
    assert code == 1
    assert f"tvilsomme avsnitt sendes til {server.address} (på denne maskinen)" in err
    assert "doubtful.reader.micro_f1" in out
    assert "«leser-1» er målt til F1 0.00" in out
    assert "Det er under 0.75: ikke bruk den." in out
    written = json.loads((tmp_path / "leser.json").read_text(encoding="utf-8"))
    assert written["usable"] is False
    assert written["second_reader"]["doubtful.reader.micro_f1"] == 0.0
    assert len(list((tmp_path / "cache" / "second-reader" / "measured").iterdir())) == 1


def test_it_is_not_mixed_with_other_measurements(evaluate) -> None:
    code, _, err = evaluate("http://127.0.0.1:9/v1", "--baseline", "now.json")
    assert code == 2
    assert "går ikke sammen med --baseline" in err
