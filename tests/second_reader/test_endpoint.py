"""What comes of a question when the endpoint answers, errs, stalls, breaks off or sends us elsewhere."""

from __future__ import annotations

import json

import pytest

from compliance.config import SecondReaderConfig
from compliance.errors import SettingsError
from compliance.records import ReaderOutcome
from compliance.second_reader import endpoint as module
from compliance.second_reader.address import describe_address, is_loopback
from compliance.second_reader.endpoint import HttpEndpoint
from compliance.second_reader.reply import Failure
from reader_server import answer, fail, hang_up, send_raw, wrap

BODY = {"model": "m", "messages": [{"role": "user", "content": "Kommunen skal 🏔️"}]}


@pytest.fixture
def ask(server):
    """Put one question to the server; returns the answer and the seconds waited before each new attempt."""

    def put(*script, **settings):
        server.script = script
        waited: list[float] = []
        config = SecondReaderConfig(address=server.address, model="m", **settings)
        return HttpEndpoint(config, sleep=waited.append).ask(BODY), waited

    return put


def test_answer_is_the_message_and_the_question_arrives_whole(ask, server) -> None:
    assert ask(answer("svaret")) == ("svaret", [])
    assert server.paths == ["/v1/chat/completions"]
    assert server.bodies == [BODY]
    assert "authorization" not in {name.lower() for name in server.headers[0]}


def test_what_passes_is_tried_again_after_longer_and_longer(ask, server) -> None:
    said, waited = ask(fail(503), fail(429), hang_up, answer("til slutt"), attempts=4)
    assert said == "til slutt"
    assert waited == [1.0, 2.0, 4.0]


def test_it_is_not_tried_for_ever(ask, server) -> None:
    said, waited = ask(fail(500))
    assert said == Failure(ReaderOutcome.FAILED, "Tjeneren svarte med feil 500.", passing=True)
    assert (len(server.bodies), waited) == (3, [1.0, 2.0])


@pytest.mark.parametrize(
    ("status", "told"),
    [
        pytest.param(401, "nøkkel", id="no key"),
        pytest.param(404, "/v1", id="another place"),
        pytest.param(400, "godtok ikke", id="refused"),
    ],
)
def test_what_will_not_pass_is_told_at_once(ask, server, status, told) -> None:
    said, waited = ask(fail(status))
    assert said.outcome is ReaderOutcome.FAILED
    assert told in said.detail
    assert (len(server.bodies), waited) == (1, [])


def test_text_is_sent_to_the_address_and_to_no_other(ask, server) -> None:
    said, _ = ask(fail(307, Location=f"{server.address}/elsewhere"))
    assert "dit sender vi ikke tekst" in said.detail
    assert server.paths == ["/v1/chat/completions"]


def test_a_proxy_of_the_environment_sees_nothing(ask, server, monkeypatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert ask(answer("svaret"))[0] == "svaret"


def test_nobody_there_is_told(server) -> None:
    config = SecondReaderConfig(address="http://127.0.0.1:9/v1", model="m")
    said = HttpEndpoint(config, sleep=lambda _: None).ask(BODY)
    assert said.outcome is ReaderOutcome.FAILED
    assert "Fikk ikke kontakt med http://127.0.0.1:9/v1" in said.detail


def test_silence_ends_with_the_time(ask, server) -> None:
    said, waited = ask(server.stall, request_seconds=0.2)
    assert said == Failure(ReaderOutcome.FAILED, "Svaret kom ikke innen 0.2 sekunder.")
    assert (len(server.bodies), waited) == (1, [])


def test_a_header_that_never_ends_does_not_hold_us(ask, server, monkeypatch) -> None:
    monkeypatch.setattr(module, "GRACE_SECONDS", 0.1)
    said, _ = ask(server.trickle, request_seconds=0.3)
    assert said == Failure(ReaderOutcome.FAILED, "Svaret kom ikke innen 0.3 sekunder.")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(b"<html>Velkommen</html>", "OpenAIs form", id="a web page"),
        pytest.param(b'{"error": "no model"}', "OpenAIs form", id="an error that says 200"),
        pytest.param(b'{"choices": []}', "tomt", id="nothing"),
        pytest.param(wrap("{", finish="length"), "kuttet", id="cut off"),
        pytest.param(b" " * 1_000_001, "altfor langt", id="endless"),
        pytest.param(json.dumps({"choices": [{"message": {"content": None}}]}).encode(), "OpenAIs form", id="null"),
    ],
)
def test_what_is_no_answer_is_none(ask, content, told) -> None:
    said, waited = ask(send_raw(content))
    assert (said.outcome, waited) == (ReaderOutcome.INVALID, [])
    assert told in said.detail


def test_key_comes_from_the_environment(ask, server, monkeypatch) -> None:
    with pytest.raises(SettingsError, match="LESER_TEST er ikke satt"):
        ask(answer("svaret"), key_variable="LESER_TEST")
    monkeypatch.setenv("LESER_TEST", "hemmelig")
    ask(answer("svaret"), key_variable="LESER_TEST")
    assert server.headers[0]["Authorization"] == "Bearer hemmelig"


@pytest.mark.parametrize(
    ("address", "here", "said"),
    [
        pytest.param("http://127.0.0.1:8080/v1", True, "på denne maskinen", id="loopback"),
        pytest.param("http://[::1]:8080/v1", True, "på denne maskinen", id="loopback, IPv6"),
        pytest.param("http://localhost:11434/v1", True, "på denne maskinen", id="by name"),
        pytest.param("https://ki.eksempel.no/v1", False, "utenfor denne maskinen)", id="another machine"),
        pytest.param("http://10.0.0.5:8000/v1", False, "utenfor denne maskinen, ukryptert", id="in the clear"),
        pytest.param("http://localhost.eksempel.no/v1", False, "utenfor denne maskinen", id="a name that begins so"),
    ],
)
def test_it_is_said_where_text_goes(address, here, said) -> None:
    assert is_loopback(address) is here
    assert said in describe_address(address)
