"""`compliance serve`: the check of a draft in a browser, for someone who has never opened a terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.options import ConfigOption

if TYPE_CHECKING:
    from compliance.config import Config

HOST = "127.0.0.1"  # this machine alone


def serve(
    port: Annotated[
        int, typer.Option("--port", metavar="NUMMER", min=1, max=65535, help="Porten siden svarer på.")
    ] = 8321,
    data: Annotated[
        Path | None,
        typer.Option("--data", metavar="MAPPE", help="Der planene tas vare på; uten: brukerens egen datamappe."),
    ] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Åpne ikke nettleseren.")] = False,
    config: ConfigOption = None,
) -> None:
    """Åpner sjekken i nettleseren. Alt skjer på denne maskinen; avslutt med Ctrl-C."""
    from compliance.cli.model import prepare_default
    from compliance.config import load_config
    from compliance.extras import check_extra

    check_extra("web", asked_for="compliance serve")
    settings = load_config(config)
    prepare_default(settings)
    _run(settings, settings_file=config, data=data, port=port, open_browser=not no_browser)


def _run(config: Config, *, settings_file: Path | None, data: Path | None, port: int, open_browser: bool) -> None:
    import threading
    import webbrowser

    from platformdirs import user_data_path

    from compliance.web.app import ServeSettings, run_app

    folder = data or user_data_path("compliance") / "serve"
    address = f"http://{HOST}:{port}"
    settings = ServeSettings(folder, config, settings_file)
    _check_port(port)
    typer.echo(f"Siden er åpen på {address}. Planene ligger i {folder}. Avslutt med Ctrl-C.")
    if open_browser:
        threading.Timer(1.0, webbrowser.open, [address]).start()
    run_app(settings, host=HOST, port=port)
    typer.echo("Avsluttet. Det som var ferdig, er tatt vare på; resten fortsetter neste gang.")


def _check_port(port: int) -> None:
    """Raise SettingsError where the port cannot be used: before the page is said to be open."""
    import socket

    from compliance.errors import SettingsError, describe_os_error

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does: one that ended holds no port
        try:
            probe.bind((HOST, port))
        except OSError as error:
            advice = "Er siden åpen fra før, så bruk den; ellers velg en annen port med --port."
            raise SettingsError(f"Porten {port} kan ikke brukes ({describe_os_error(error)}). {advice}") from error
