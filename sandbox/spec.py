"""Check a call's parameters against the names and types of the Bot API.

Stricter than Telegram in one point: an unknown parameter or field, which Telegram would ignore, is
refused, because it is a mistake in the bot.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from sandbox.refusal import Refusal, bad

Json = dict[str, Any]

EMPTY = {"text": "message text is empty", "chat_id": "chat_id is empty"}
"""Telegram's own words where a required parameter is missing."""


class Upload:
    """A file that came with a call."""

    def __init__(self, name: str, content: bytes, mime: str) -> None:
        self.name, self.content, self.mime = name, content, mime


@cache
def spec() -> Json:
    """Return the Bot API: `methods` and `types`, a field's type text beginning with `!` if required."""
    path = Path(__file__).with_name("spec.json")
    loaded: Json = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def method_name(name: str) -> str:
    """Return *name* as the Bot API spells it; case does not matter. Errors: 404."""
    found = _by_lower_case().get(name.lower())
    if found is None:
        raise Refusal(404, "Not Found")
    return found


@cache
def _by_lower_case() -> dict[str, str]:
    return {name.lower(): name for name in spec()["methods"]}


def check_call(method: str, given: Json, uploads: dict[str, Upload]) -> Json:
    """Return *given* with every value read as its type. Errors: 400 for what does not fit."""
    known: dict[str, str] = spec()["methods"][method]
    for name in given.keys() - known.keys():
        raise bad(f'unknown parameter "{name}" of {method}')
    values: Json = {}
    for name, kind in known.items():
        value: object = uploads.get(name, given.get(name))
        if value is None or value == "":
            if kind.startswith("!"):
                raise bad(EMPTY.get(name, f'parameter "{name}" is required'))
            continue
        values[name] = read(kind.lstrip("!"), value, name)
    return values


def read(kind: str, value: object, where: str) -> Any:  # noqa: ANN401 - what kind says
    """Return *value* read as *kind* (`A|B` is either). Errors: 400 that names *where*."""
    *others, last = kind.split("|")
    for one in others:
        try:
            return _read_one(one, value, where)
        except Refusal:
            continue
    return _read_one(last, value, where)


def _read_one(kind: str, value: object, where: str) -> Any:  # noqa: ANN401
    match kind:
        case "Integer":
            return _integer(value, where)
        case "Float":
            return _float(value, where)
        case "Boolean":
            return _boolean(value, where)
        case "String":
            if isinstance(value, str):
                return value
            raise bad(f'"{where}" must be of type String')
        case "InputFile":
            if isinstance(value, Upload | str):
                return value
            raise bad(f'"{where}" must be a file')
    return _read_structure(kind, value, where)


def _read_structure(kind: str, value: object, where: str) -> Any:  # noqa: ANN401
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise bad(f"can't parse {_spoken(where)} JSON object") from None
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            raise bad(f'"{where}" must be of type Array')
        inner = kind.removeprefix("Array of ")
        return [read(inner, item, where) for item in value]
    shape = spec()["types"][kind]
    if isinstance(shape, list):
        return _read_subtype(shape, value, where)
    if not isinstance(value, dict):
        raise bad(f'"{where}" must be of type {kind}')
    for name in value.keys() - shape.keys():
        raise bad(f'unknown field "{name}" in {where} ({kind})')
    for name, inner in shape.items():
        if inner.startswith("!") and value.get(name) is None:
            raise bad(f'can\'t find field "{name}" in {where} ({kind})')
    return {
        name: read(shape[name].lstrip("!"), item, f"{where}.{name}")
        for name, item in value.items()
        if item is not None
    }


def _read_subtype(subtypes: list[str], value: object, where: str) -> Any:  # noqa: ANN401
    """Return *value* as the first of *subtypes* that it fits; the error is that of the last."""
    error: Refusal | None = None
    for kind in subtypes:
        try:
            return read(kind, value, where)
        except Refusal as refusal:
            error = error or refusal
    raise error or bad(f'"{where}" has no type')


def _integer(value: object, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise bad(f'"{where}" must be of type Integer')
    try:
        return int(value)
    except ValueError:
        raise bad(f'"{where}" must be of type Integer') from None


def _float(value: object, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise bad(f'"{where}" must be of type Float')
    try:
        return float(value)
    except ValueError:
        raise bad(f'"{where}" must be of type Float') from None


def _boolean(value: object, where: str) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in ("true", "false", "1", "0"):
        return value.lower() in ("true", "1")
    raise bad(f'"{where}" must be of type Boolean')


def _spoken(where: str) -> str:
    return "reply keyboard markup" if where == "reply_markup" else where
