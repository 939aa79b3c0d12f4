"""What a button carries: frozen dataclasses with a short versioned code.

A tap is at most 64 bytes, its code is never used again for something else, and nothing in
it is trusted: the action asks whether the thing is this person's. An old tap of ours that no longer
means anything reads as None and gets a friendly answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import date, time
from enum import Enum
from functools import lru_cache
from typing import Any, ClassVar, TypeVar, get_type_hints

MOST_BYTES = 64
MOST_NUMBER = 2**63 - 1
"""What the database takes; our ids are below it."""

SEPARATOR = ":"


class Tap:
    """The kind of all taps. Fields may be int, str (without a colon), date, time or an enum."""

    code: ClassVar[str] = ""


T = TypeVar("T", bound=type[Tap])

CODES: dict[str, type[Tap]] = {}
"""Every code that a button of ours may carry, with what it means."""

_HINTS: dict[str, dict[str, Any]] = {}


def tap(code: str) -> Callable[[T], T]:
    """Register a frozen dataclass under *code*: a letter, then digits. Errors: ValueError if taken."""

    def register(kind: T) -> T:
        if code in CODES:
            raise ValueError(f"the tap code {code} is taken by {CODES[code].__name__}")
        kind.code = code
        CODES[code] = kind
        _HINTS[code] = get_type_hints(kind)
        return kind

    return register


def write(value: Tap) -> str:
    """Return the text that a button carries. Errors: ValueError above 64 bytes or with a colon."""
    parts = [value.code, *(_write(getattr(value, f.name)) for f in fields(value))]  # type: ignore[arg-type]
    if any(SEPARATOR in part for part in parts):
        raise ValueError(f"{type(value).__name__}: a field holds the separator")
    text = SEPARATOR.join(parts)
    if len(text.encode()) > MOST_BYTES:
        raise ValueError(f"{type(value).__name__}: longer than {MOST_BYTES} bytes")
    return text


@lru_cache(maxsize=4096)
def read(data: str) -> Tap | None:
    """Return the tap that *data* carries, or None where it is none of ours or no longer one."""
    code, *parts = data.split(SEPARATOR)
    kind = CODES.get(code)
    if kind is None:
        return None
    hints = _HINTS[code]
    names = [f.name for f in fields(kind)]  # type: ignore[arg-type]
    if len(names) != len(parts):
        return None
    try:
        return kind(**{n: _read(hints[n], p) for n, p in zip(names, parts, strict=True)})
    except ValueError:
        return None


def _write(value: Any) -> str:  # noqa: ANN401 - the field types are those of Tap's docstring
    match value:
        case Enum():
            return str(value.value)
        case date():
            return value.strftime("%Y%m%d")
        case time():
            return value.strftime("%H%M")
        case _:
            return str(value)


def _read(kind: type[Any], text: str) -> Any:  # noqa: ANN401
    if issubclass(kind, Enum):
        return kind(text)
    if kind is date:
        return date.fromisoformat(f"{text[:4]}-{text[4:6]}-{text[6:]}")
    if kind is time:
        return time.fromisoformat(f"{text[:2]}:{text[2:]}")
    if kind is int:
        if not (text.isascii() and text.isdigit() and int(text) <= MOST_NUMBER):
            raise ValueError("not a number of ours")
        return int(text)
    return text
