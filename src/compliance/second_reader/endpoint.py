"""The one place that sends document text anywhere: to the address in the settings, and to no other."""

from __future__ import annotations

import os
import ssl
import threading
import time
from collections.abc import Callable
from http import HTTPStatus
from queue import Empty, Queue

import httpx
from pydantic import BaseModel, ValidationError

from compliance.config import SecondReaderConfig
from compliance.errors import SettingsError
from compliance.records import ReaderOutcome
from compliance.second_reader.reply import Failure, JsonObject

BACK_OFF_SECONDS = 1.0  # before the second attempt; twice as long before each that follows
MAX_BYTES = 1_000_000  # of an answer; the longest that we ask for has some thousand characters
GRACE_SECONDS = 5.0  # that httpx's own limits have to end a request before it is left behind
BUSY = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})
REFUSED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})


class HttpEndpoint:
    """An OpenAI-compatible chat endpoint over HTTP.

    Follows no redirect and uses no proxy of the environment, so that text goes to the address and nowhere else. Raises
    SettingsError where the key that the settings speak of is not in the environment.
    """

    def __init__(self, config: SecondReaderConfig, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self._config, self._sleep = config, sleep
        self._url = f"{config.address}/chat/completions"
        self._headers = {"Accept-Encoding": "identity", **_authorise(config)}
        self._trust = ssl.create_default_context()

    def ask(self, body: JsonObject) -> str | Failure:
        """Return the text of the answer, after as many attempts as the settings allow.

        What is slow is not asked again: it would be as slow.
        """
        for attempt in range(self._config.attempts):
            if attempt:
                self._sleep(BACK_OFF_SECONDS * 2 ** (attempt - 1))
            answer = self._try_once(body)
            if isinstance(answer, str) or not answer.passing:
                break
        return answer

    def _try_once(self, body: JsonObject) -> str | Failure:
        """Return what one request leads to, within its time whatever the other end does.

        The request has a thread of its own: httpx's limits are between bytes, and a header that trickles in could hold
        us for ever. One that is left behind ends with the program.
        """
        done: Queue[str | Failure] = Queue(maxsize=1)

        def work() -> None:
            answer: str | Failure = Failure(ReaderOutcome.FAILED, "Forespørselen endte med en feil hos oss.")
            try:
                answer = self._request(body)
            finally:
                done.put(answer)

        threading.Thread(target=work, daemon=True).start()
        try:
            return done.get(timeout=self._config.request_seconds + GRACE_SECONDS)
        except Empty:
            return self._fail_late()

    def _request(self, body: JsonObject) -> str | Failure:
        seconds = self._config.request_seconds
        try:
            with (
                httpx.Client(timeout=seconds, trust_env=False, follow_redirects=False, verify=self._trust) as client,
                client.stream("POST", self._url, json=body, headers=self._headers) as response,
            ):
                return self._receive(response, deadline=time.monotonic() + seconds)
        except httpx.TimeoutException:
            return self._fail_late()
        except httpx.TransportError as error:  # refused, reset, broken off
            why = type(error).__name__
            return Failure(ReaderOutcome.FAILED, f"Fikk ikke kontakt med {self._config.address} ({why}).", passing=True)
        except httpx.HTTPError as error:
            return Failure(ReaderOutcome.INVALID, f"Svaret kunne ikke leses ({type(error).__name__}).")

    def _receive(self, response: httpx.Response, *, deadline: float) -> str | Failure:
        if response.status_code != HTTPStatus.OK:
            return _refuse(response.status_code)
        content = bytearray()
        for chunk in response.iter_bytes():
            content += chunk
            if time.monotonic() > deadline:
                return self._fail_late()
            if len(content) > MAX_BYTES:
                return Failure(ReaderOutcome.INVALID, "Svaret var altfor langt.")
        return _read_message(bytes(content))

    def _fail_late(self) -> Failure:
        seconds = f"{self._config.request_seconds:g}"
        return Failure(ReaderOutcome.FAILED, f"Svaret kom ikke innen {seconds} sekunder.")


def _authorise(config: SecondReaderConfig) -> dict[str, str]:
    if config.key_variable is None:
        return {}
    key = os.environ.get(config.key_variable)
    if not key:
        raise SettingsError(f"second_reader.key_variable: miljøvariabelen {config.key_variable} er ikke satt.")
    return {"Authorization": f"Bearer {key}"}


def _refuse(status: int) -> Failure:
    """Return what an HTTP status other than 200 means."""
    if status in BUSY or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Failure(ReaderOutcome.FAILED, f"Tjeneren svarte med feil {status}.", passing=True)
    if status in REFUSED:
        why = "Den krever en nøkkel, eller godtar ikke den den fikk"
    elif status == HTTPStatus.NOT_FOUND:
        why = "Adressen skal som regel slutte på /v1, og modellen må finnes der"
    elif HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        why = "Den viser videre til en annen adresse, og dit sender vi ikke tekst"
    else:
        why = "Den godtok ikke spørsmålet"
    return Failure(ReaderOutcome.FAILED, f"Tjeneren svarte med {status}. {why}.")


class _Message(BaseModel):
    content: str


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Completion(BaseModel):
    choices: tuple[_Choice, ...]


def _read_message(content: bytes) -> str | Failure:
    """Return the answer's text out of what a chat endpoint wraps it in."""
    try:
        completion = _Completion.model_validate_json(content)
    except ValidationError:
        return Failure(ReaderOutcome.INVALID, "Svaret var ikke fra en tjener som følger OpenAIs form.")
    if not completion.choices:
        return Failure(ReaderOutcome.INVALID, "Svaret var tomt.")
    first = completion.choices[0]
    if first.finish_reason == "length":
        return Failure(ReaderOutcome.INVALID, "Svaret ble kuttet før det var ferdig.")
    return first.message.content
