"""The second reader on the terminal: where text will be sent, before any is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from compliance.config import Config


def announce_second_reader(config: Config) -> None:
    """Say on stderr that passages will be sent, and where to; nothing where no second reader is asked for."""
    from compliance.second_reader.address import describe_address

    if config.second_reader.enabled:
        address = describe_address(config.second_reader.address)
        typer.echo(f"En annen leser er slått på: tvilsomme avsnitt sendes til {address}.", err=True)
