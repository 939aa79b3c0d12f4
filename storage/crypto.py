"""Encryption at rest: a person's words under a key of their own, that key under one from a file.

AES-256-GCM; the associated data binds a ciphertext to its table, column, row and person.
Plaintexts are padded, so that a length does not tell which answer was given. Keys never reach a
log or a `repr`. The file is never in the database or its backup; destroying a person's key
erases what they said.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.errors import SettingsError

KEY_BYTES = 32
NONCE_BYTES = 12
PAD_TO = 32


class Where(NamedTuple):
    """The place of a ciphertext. A copy to another row, column or person does not open."""

    table: str
    column: str
    row: int
    person: int

    def data(self) -> bytes:
        """Return it as associated data."""
        return f"{self.table}.{self.column}/{self.row}/{self.person}".encode()


class CannotOpen(Exception):  # noqa: N818 - says what happened
    """A ciphertext that this key, at this place, does not open."""


@dataclass(frozen=True, slots=True)
class Box:
    """One key, to seal and to open with: a person's own, or a day's of the inbox."""

    _key: bytes = field(repr=False)

    def seal(self, where: Where, text: str) -> bytes:
        """Return *text* as nonce and ciphertext, bound to *where*."""
        return self.seal_bytes(where, text.encode())

    def open(self, where: Where, sealed: bytes) -> str:
        """Return what was sealed at *where*. Errors: CannotOpen."""
        return self.open_bytes(where, sealed).decode()

    def seal_bytes(self, where: Where, content: bytes) -> bytes:
        """Return *content* as nonce and ciphertext, padded to whole blocks of 32 bytes."""
        nonce = os.urandom(NONCE_BYTES)
        padding = b"\x80" + b"\x00" * (-(len(content) + 1) % PAD_TO)
        return nonce + AESGCM(self._key).encrypt(nonce, content + padding, where.data())

    def open_bytes(self, where: Where, sealed: bytes) -> bytes:
        """Return what was sealed at *where*. Errors: CannotOpen."""
        try:
            padded = AESGCM(self._key).decrypt(
                sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], where.data()
            )
        except (InvalidTag, ValueError):
            raise CannotOpen(f"{where.table}.{where.column}") from None
        return padded.rstrip(b"\x00")[:-1]


@dataclass(frozen=True, slots=True)
class Keys:
    """What the key file holds: wrapping keys by version, and the one lookup key that never rotates."""

    wrapping: Mapping[int, bytes] = field(repr=False)
    lookup_key: bytes = field(repr=False)

    def lookup(self, telegram_id: int) -> bytes:
        """Return the keyed hash (32 bytes) under which a Telegram id is found."""
        return hmac.digest(self.lookup_key, b"telegram:%d" % telegram_id, "sha256")

    def digest(self, content: bytes) -> bytes:
        """Return a keyed hash (32 bytes) of *content*, to know it again without keeping it."""
        return hmac.digest(self.lookup_key, b"content:" + content, "sha256")

    def check_value(self) -> str:
        """Return what the database keeps, to know this key file again."""
        return hmac.digest(self.lookup_key, b"check value", "sha256").hex()

    def new_wrapped(self, where: Where) -> bytes:
        """Make a fresh key and return it wrapped under the newest wrapping key."""
        version = max(self.wrapping)
        sealed = Box(self.wrapping[version]).seal_bytes(where, secrets.token_bytes(KEY_BYTES))
        return version.to_bytes(2, "big") + sealed

    def unwrap(self, where: Where, wrapped: bytes) -> Box:
        """Return the key that was wrapped at *where*. Errors: CannotOpen."""
        key = self.wrapping.get(int.from_bytes(wrapped[:2], "big"))
        if key is None:
            raise CannotOpen("a wrapping key of that version is not in the key file")
        return Box(_unpadded_key(Box(key).open_bytes(where, wrapped[2:])))


def new_key_file(path: Path) -> None:
    """Write a new key file with mode 0600. Errors: FileExistsError where there is one already."""
    content = {
        "wrapping": {"1": base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()},
        "lookup": base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode(),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(content, file, indent=1)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())


def read_key_file(path: Path) -> Keys:
    """Return the keys of *path*. Errors: SettingsError that names COMMENSAL_KEY_FILE."""
    name = f"COMMENSAL_KEY_FILE: {path}"
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        wrapping = {int(v): _decode(text) for v, text in content["wrapping"].items()}
        keys = Keys(wrapping, _decode(content["lookup"]))
    except FileNotFoundError:
        raise SettingsError([f"{name} is not there; `commensal key new` makes one"]) from None
    except OSError as error:
        raise SettingsError([f"{name} cannot be read ({error.strerror})"]) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise SettingsError([f"{name} is not a key file of ours"]) from None
    if not wrapping:
        raise SettingsError([f"{name} holds no wrapping key"])
    return keys


def _decode(text: str) -> bytes:
    try:
        return _unpadded_key(base64.b64decode(text, validate=True))
    except binascii.Error:
        raise ValueError("not base64") from None


def _unpadded_key(key: bytes) -> bytes:
    if len(key) != KEY_BYTES:
        raise ValueError("a key has 32 bytes")
    return key
