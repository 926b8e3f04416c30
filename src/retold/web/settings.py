"""What ``retold serve`` may be told, by option or by environment variable."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from retold.errors import UsageError

PREFIX = "RETOLD_"
"""Begins the name of every variable: ``RETOLD_PORT`` is the setting ``port``."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How the desk is served."""

    host: str = "127.0.0.1"
    """Address that is bound to."""
    port: int = 8765
    token: str = ""
    """Secret that lets in with the role of an editor; empty for none."""
    names: tuple[str, ...] = ()
    """Host names that the desk answers to, beside the address it is bound to and loopback."""
    proxy: str = ""
    """Address of a reverse proxy whose word on client and scheme is taken, or its network, or
    several with commas between; empty for none."""
    body_bytes: int = 4 << 20
    """Bytes of one request's body: four times the longest text that is read."""
    body_seconds: float = 30.0
    """Seconds in which a body must have come."""
    rate: float = 50.0
    """Requests a second that one client may make over time; 0 for no limit."""
    burst: int = 200
    """Requests that one client may make at once."""
    session_hours: float = 12.0
    """Hours after which one must log in again."""
    private: bool = False
    """Whether an address that is pasted may be of this machine or of a private network."""
    contact: str = ""
    """Mail or web address that sites are told when an address is pasted; empty for none."""
    work: bool = True
    """Whether what waits is placed and renewed beside the serving."""

    @property
    def loopback(self) -> bool:
        """Whether only this machine reaches it, and no proxy lets others in."""
        return is_loopback(self.host) and not self.proxy


def is_loopback(host: str) -> bool:
    """Say whether a host is this machine alone, by name or address."""
    name = host.strip("[]").lower()
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def from_environment(environment: Mapping[str, str], **given: Any) -> Settings:
    """Return the settings: what is given, else what the environment says, else the defaults.

    Raises:
        UsageError: a variable cannot be read as what it should be.
    """
    found: dict[str, Any] = {}
    for field in fields(Settings):
        told = environment.get(PREFIX + field.name.upper())
        if told is not None:
            found[field.name] = _read(field.name, told)
    found.update({name: value for name, value in given.items() if value is not None})
    return checked(replace(Settings(), **found))


def _read(name: str, told: str) -> Any:
    usual = getattr(Settings(), name)
    try:
        if isinstance(usual, bool):
            return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}[
                told.strip().lower()
            ]
        if isinstance(usual, tuple):
            return tuple(told.replace(",", " ").split())
        return type(usual)(told)
    except (KeyError, ValueError):
        kind = "1 or 0" if isinstance(usual, bool) else "a number"
        raise UsageError(f"{PREFIX}{name.upper()}={told}: give {kind}") from None


def checked(settings: Settings) -> Settings:
    """Return the settings as they are, if they can be meant.

    Raises:
        UsageError: a number is out of its range, the token too short to be secret, or the proxy no
            address.
    """
    if not 0 <= settings.port <= 65535:
        raise UsageError(f"port {settings.port}: give a number from 0 to 65535")
    for name in ("body_bytes", "body_seconds", "burst", "session_hours"):
        if getattr(settings, name) <= 0:
            raise UsageError(f"{name.replace('_', '-')}: give a number above 0")
    if settings.rate < 0:
        raise UsageError("rate: give a number of requests a second, or 0 for no limit")
    if settings.token and (len(settings.token) < 16 or not settings.token.isascii()):
        raise UsageError(
            "token: give 16 or more plain characters; `openssl rand -hex 24` makes one"
        )
    for part in filter(None, settings.proxy.split(",")):
        if not _is_network(part.strip()):
            raise UsageError(
                f"proxy {part.strip()}: give its address, such as 127.0.0.1; whoever asks could"
                " else name any client"
            )
    return settings


def _is_network(given: str) -> bool:
    """Say whether something is an address or a network, and not the whole internet."""
    try:
        return ipaddress.ip_network(given).prefixlen > 0
    except ValueError:
        return False


def require_secret(settings: Settings, *, people: bool) -> None:
    """Refuse to be reached from other machines where nobody would have to say who they are.

    Args:
        settings: where it binds and its token.
        people: whether anyone can log in with a password.

    Raises:
        UsageError: it would be open.
    """
    if not (settings.loopback or settings.token or people):
        how = " through the proxy" if settings.proxy else f" at {settings.host}"
        raise UsageError(
            f"other machines could reach the desk{how}: give a --token, or make a user with"
            " `retold desk user add NAME`, or serve on 127.0.0.1"
        )
