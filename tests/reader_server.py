"""A chat endpoint of our own on loopback, which answers, errs, stalls or lies as a test tells it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[[BaseHTTPRequestHandler, dict[str, Any]], None]


def send(handler: BaseHTTPRequestHandler, status: int, content: bytes, **headers: str) -> None:
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(content)), **headers}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(content)


def wrap(content: object, *, finish: str = "stop") -> bytes:
    text = content if isinstance(content, str) else json.dumps(content)
    choice = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": text}}
    return json.dumps({"id": "1", "object": "chat.completion", "model": "m", "choices": [choice]}).encode()


def answer(content: object, *, finish: str = "stop") -> Behaviour:
    """Answer as a chat endpoint does, with this content."""
    return lambda handler, _: send(handler, 200, wrap(content, finish=finish))


def answer_with_first_words(goal: str) -> Behaviour:
    """Give every passage one goal, on its first word."""

    def behave(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        word = json.loads(body["messages"][1]["content"])["passage"].split()[0]
        send(handler, 200, wrap({"goals": [{"goal": goal, "quote": word}], "level": "intention"}))

    return behave


def fail(status: int, **headers: str) -> Behaviour:
    """Answer with an HTTP status."""
    return lambda handler, _: send(handler, status, b"{}", **headers)


def send_raw(content: bytes) -> Behaviour:
    """Answer 200 with these bytes."""
    return lambda handler, _: send(handler, 200, content)


def hang_up(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
    """End the connection without a word."""
    handler.connection.close()


class Server:
    """A running endpoint. It does what `script` says, one entry a request, and goes on with the last."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}/v1"
        self.script: Sequence[Behaviour] = [fail(500)]
        self.bodies: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.released = threading.Event()

    def stall(self, handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
        """Say nothing until the test is over."""
        self.released.wait(30)

    def trickle(self, handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
        """Send a header that never ends, byte by byte."""
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not self.released.wait(0.05):
            try:
                handler.wfile.write(b"a")
            except OSError:
                return


@contextmanager
def serve() -> Iterator[Server]:
    """Run an endpoint until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            running.bodies.append(body)
            running.paths.append(self.path)
            running.headers.append(dict(self.headers))
            behave = running.script[min(len(running.bodies), len(running.script)) - 1]
            behave(self, body)

        def log_message(self, *_: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            pass  # a client that has left

    with Quiet(("127.0.0.1", 0), Handler) as server:
        running = Server(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield running
        finally:
            running.released.set()
            server.shutdown()
            thread.join()
