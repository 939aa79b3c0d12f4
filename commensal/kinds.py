"""The kinds of values that a setting may have, each read from the text an operator wrote.

A reader raises ValueError with words that follow the setting's name, and never repeats the
text: somebody will paste the token into the wrong line.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

TELEGRAM = "https://api.telegram.org"
WEBHOOK_PATH = "/telegram/webhook"
"""Where the webhook lives when its address names no path."""

TOKEN = re.compile(r"\d+:[\w-]{30,}", re.ASCII)
"""What a bot's token looks like."""


class Secret:
    """A text that no repr shows. Take it out with reveal(), where it is needed and nowhere else."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return "Secret(***)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)


class Address(NamedTuple):
    """Where to listen. An IPv6 host is without brackets; port 0 takes any free one."""

    host: str
    port: int


def _parts(text: str, schemes: tuple[str, ...]) -> SplitResult:
    """Split an address without anything secret or odd in it. Errors: ValueError with the reason."""
    try:
        parts = urlsplit(text)
        odd = parts.username or parts.password or parts.query or parts.fragment
        if parts.scheme not in schemes or not parts.hostname or parts.port == 0:
            raise ValueError
    except ValueError:
        raise ValueError(f"must be an address like {schemes[0]}://host") from None
    if odd or re.search(r"\s", text):
        raise ValueError("must be a plain address: no user, password, query, fragment or space")
    return parts


def api(text: str) -> str:
    parts = _parts(text, ("https", "http"))
    if TOKEN.search(text):
        raise ValueError("must not hold the token")
    if parts.hostname == "api.telegram.org" and text.rstrip("/") != TELEGRAM:
        raise ValueError(f"must be {TELEGRAM} where it means Telegram's own")
    return text.rstrip("/")


def webhook(text: str) -> str:
    parts = _parts(text, ("https", "http"))
    return text if parts.path.strip("/") else text.rstrip("/") + WEBHOOK_PATH


def heartbeat(text: str) -> Secret:
    try:
        parts = urlsplit(text)
        if parts.scheme not in ("https", "http") or not parts.hostname or parts.port == 0:
            raise ValueError
    except ValueError:
        raise ValueError("must be an address like https://host/path") from None
    if not re.fullmatch(r"[!-~]+", text) or parts.username or parts.fragment:
        raise ValueError("must be an address without user, fragment, space or odd characters")
    return Secret(text)


def database(text: str) -> Secret:
    """Name the driver that we use; a libpq `sslmode` becomes asyncpg's `ssl`."""
    scheme, _, rest = text.partition("://")
    if scheme in ("sqlite", "sqlite+aiosqlite"):
        if not rest.startswith("/") or len(rest) < 2 or rest[1:].startswith(":") or "?" in rest:
            raise ValueError("must name a file: sqlite:///folder/file.db")
        return Secret(f"sqlite+aiosqlite://{rest}")
    if scheme not in ("postgresql", "postgres", "postgresql+asyncpg"):
        raise ValueError("must begin with sqlite:/// or postgresql://")
    try:
        parts = urlsplit(text)
        if not parts.path.strip("/") or parts.port == 0:
            raise ValueError
    except ValueError:
        raise ValueError(
            "must be like postgresql://user:password@host:5432/name; "
            "write odd characters in it as %-codes"
        ) from None
    # As text, since urllib writes a missing host another way.
    return Secret("postgresql+asyncpg://" + re.sub(r"([?&])sslmode=", r"\1ssl=", rest))


def listen(text: str) -> Address:
    found = re.fullmatch(r"(?:\[([0-9A-Fa-f:.]+)\]|([^\s:\[\]/]+)):(\d{1,5})", text, re.ASCII)
    if not found or int(found[3]) > 65535:
        raise ValueError("must be host:port, as in 127.0.0.1:8080 or [::1]:8080")
    return Address(found[1] or found[2], int(found[3]))


def token(text: str) -> Secret:
    if re.search(r"\s", text):
        raise ValueError("must be one word, without spaces or further lines")
    return Secret(text)


def webhook_secret(text: str) -> Secret:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", text):
        raise ValueError("must be 1 to 256 of the characters A-Z a-z 0-9 _ -")
    return Secret(text)


def contact(text: str) -> str:
    if len(text) > 200 or not text.isprintable():
        raise ValueError("must be one line of at most 200 characters")
    return text


def number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch(r"-?\d{1,18}", text, re.ASCII) or not least <= int(text) <= most:
            raise ValueError(f"must be a whole number from {least} to {most}")
        return int(text)

    return read


def days(text: str) -> timedelta:
    return timedelta(days=number(1, 36500)(text))


def one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.lower() not in words:
            raise ValueError(f"must be one of {', '.join(words)}")
        return text.lower()

    return read


def is_token(text: str) -> bool:
    return TOKEN.fullmatch(text) is not None


def database_file(url: Secret) -> Path | None:
    """Return the file of an SQLite database; None on PostgreSQL."""
    scheme, _, path = url.reveal().partition(":///")
    return Path(path) if scheme == "sqlite+aiosqlite" else None
