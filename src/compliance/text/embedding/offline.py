"""No library asks a hub for anything: models are files on this machine."""

from __future__ import annotations

import os

# Read by the libraries when they are first imported. `local_files_only` alone lets huggingface_hub look up who runs it.
_SWITCHES = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY", "DO_NOT_TRACK")


def switch_off_network() -> None:
    """Tell Hugging Face's libraries to stay offline, unless the user's environment says otherwise."""
    for name in _SWITCHES:
        os.environ.setdefault(name, "1")
