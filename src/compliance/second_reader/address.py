"""Where document text is sent, in words."""

from __future__ import annotations

import ipaddress

from pydantic import HttpUrl, TypeAdapter


def is_loopback(address: str) -> bool:
    """Whether the address is on this machine."""
    host = (TypeAdapter(HttpUrl).validate_python(address).host or "").strip("[]")
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def describe_address(address: str) -> str:
    """Return the address with what a reader of the summary must know of it."""
    if is_loopback(address):
        return f"{address} (på denne maskinen)"
    return f"{address} (utenfor denne maskinen{'' if address.startswith('https:') else ', ukryptert'})"
