"""Ctrl-C and SIGTERM: the command ends in order, says what is kept, and exits as a shell expects (130, 143)."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interrupted(SystemExit):
    """The user or the system asks the program to end; `message` is what it says on its way out."""

    def __init__(self, number: int) -> None:
        self.message = "Avbrutt."
        super().__init__(128 + number)


def listen_for_signals() -> None:
    """Raise Interrupted in the main thread at the first signal; at a second one the program ends at once."""
    for number in SIGNALS:
        signal.signal(number, _interrupt)


def _interrupt(number: int, _: FrameType | None) -> NoReturn:
    for each in SIGNALS:
        signal.signal(each, signal.SIG_DFL)
    raise Interrupted(number)


@contextmanager
def tell_when_interrupted(describe: Callable[[], str]) -> Iterator[None]:
    """Let the message say what is kept, where the block is interrupted."""
    try:
        yield
    except Interrupted as interrupted:
        interrupted.message = f"Avbrutt. {describe()}"
        raise
