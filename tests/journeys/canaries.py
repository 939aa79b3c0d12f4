"""Looking for what must not lie around in clear: words and numbers, in the ways that files spell them."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

SURE = 8
"""Letters of Base64 that no random bytes hold by chance."""


class Found(NamedTuple):
    """A canary that lies in clear: which one, in which file, how it is spelled there."""

    canary: str
    file: str
    spelled: str


class Canaries:
    """What to look for: *words* as they are, *numbers* (Telegram ids), *raw* bytes (keys)."""

    def __init__(
        self, words: Iterable[str], numbers: Iterable[int] = (), raw: Iterable[bytes] = ()
    ) -> None:
        self._spellings = [
            *((word, *spelled) for word in words for spelled in _of_word(word)),
            *((str(number), *spelled) for number in numbers for spelled in _of_number(number)),
            *((f"key {n}", *spelled) for n, key in enumerate(raw) for spelled in _of_bytes(key)),
        ]

    def within(self, *paths: Path) -> list[Found]:
        """Return what lies in clear in these files, and in those of these folders."""
        files = [f for path in paths for f in (path.rglob("*") if path.is_dir() else [path])]
        return [found for file in files if file.is_file() for found in self._in(file)]

    def _in(self, file: Path) -> Iterator[Found]:
        content = file.read_bytes()
        for canary, how, pattern in self._spellings:
            if pattern in content:
                yield Found(canary, file.name, how)


def _of_word(word: str) -> Iterator[tuple[str, bytes]]:
    yield "utf-8", word.encode()
    yield "utf-16", word.encode("utf-16-le")
    yield "json", json.dumps(word)[1:-1].encode()
    yield "hex", word.encode().hex().encode()
    yield from (("base64", part) for part in _base64(word.encode()))


def _of_number(number: int) -> Iterator[tuple[str, bytes]]:
    yield "decimal", str(number).encode()
    yield "hexadecimal", f"{number:x}".encode()
    yield "big-endian", number.to_bytes(8, "big")
    yield "little-endian", number.to_bytes(8, "little")
    yield "fewest bytes, as SQLite stores it", number.to_bytes(-(-number.bit_length() // 8), "big")
    yield "varint of SQLite", _varint(number)
    yield "varint of others", _leb128(number)
    yield from (("base64", part) for part in _base64(str(number).encode()))


def _of_bytes(key: bytes) -> Iterator[tuple[str, bytes]]:
    yield "bytes", key
    yield "hex", key.hex().encode()
    yield from (("base64", part) for part in _base64(key))


def _base64(content: bytes) -> Iterator[bytes]:
    """What of *content* any Base64 around it holds, whichever of three places it begins at."""
    for shift in range(3):
        whole = base64.b64encode(b"\0" * shift + content)
        inner = whole[4 if shift else 0 : len(whole) - 4]
        if len(inner) >= SURE:
            yield inner


def _varint(number: int) -> bytes:
    """Seven bits a byte, the highest first."""
    parts = [number & 0x7F]
    while number := number >> 7:
        parts.append(number & 0x7F | 0x80)
    return bytes(reversed(parts))


def _leb128(number: int) -> bytes:
    """Seven bits a byte, the lowest first."""
    parts = []
    while number > 0x7F:
        parts.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*parts, number])
