"""Reading content files strictly: what is not understood is a fault, and no fault hides another.

Readers here collect faults and go on with a harmless value, so that one start names everything
that is wrong. Never decides what a question or a snippet may be: that is for their own modules.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from content import positions

ID = re.compile(r"[a-z0-9_]{1,24}")
"""What a thing may be called; its file has the same name."""

BODY = "body"
"""What the text below the front matter is called."""

MOST = 1_000_000
"""Characters of a file, at most."""

DEEPEST = 20
"""How deep tables and lists may stand in one another."""

TOO_DEEP = "nests too deeply"

FENCE = "+++"
"""The line before and after the front matter of a Markdown file."""

_LINE = re.compile(r"\(at line (\d+), column \d+\)")


class Faults:
    """The faults found so far, one line each: `file:line: what`, or `file: what` without a line."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._positions: dict[str, Mapping[positions.Path, int]] = {}
        self._sources: dict[str, str] = {}

    def know(
        self, file: str, lines: Mapping[positions.Path, int], source: str | None = None
    ) -> None:
        """Remember on which lines the keys of *file* stand, and those of its TOML, *source*, once they
        are asked for: most files have no fault."""
        self._positions[file] = lines
        if source is not None:
            self._sources[file] = source

    def known(self, file: str) -> Mapping[positions.Path, int]:
        """Return the lines of the keys of *file*; empty where it was not read."""
        source = self._sources.pop(file, None)
        if source is not None:
            self._positions[file] = {**positions.locate(source), **self._positions[file]}
        return self._positions.get(file, {})

    def add(self, file: str, what: str, at: positions.Path | None = None) -> None:
        """Note that *what* is wrong in *file*: *at* a key, or at what is nearest around it."""
        known = {} if at is None else self.known(file)
        line = f":{positions.line_of(known, at or ())}" if known else ""
        # A file's name need not be text; what is printed must be.
        self.lines.append(f"{file}{line}: {what}".encode(errors="backslashreplace").decode())


class Table:
    """A TOML table being read. Every read takes its key away; `close` reports what is left."""

    def __init__(
        self,
        values: Mapping[str, Any],
        file: str,
        faults: Faults,
        within: str = "",
        path: positions.Path = (),
    ) -> None:
        self._left = dict(values)
        self._within = within
        self.path: positions.Path = path
        self.file = file
        self.faults = faults

    @property
    def where(self) -> str:
        """Say which part of the file this is: empty for the whole, else like "P001: "."""
        return self._within.rstrip(".") + ": " if self._within else ""

    def fault(self, what: str, *at: str) -> None:
        """Note a fault of this table, on the line of the key *at*, or else of its own header."""
        self.faults.add(self.file, what, (*self.path, *at))

    def text(self, key: str, default: str | None = None) -> str:
        """Take a text that is not empty; required where there is no *default*."""
        value = self._take(key, str, "a text", required=default is None)
        if value is not None and not value.strip():
            self.fault(f"'{self._within}{key}' is empty", key)
        return (default or "") if value is None else str(value)

    def whole(self, key: str, low: int, high: int) -> int:
        """Take a whole number from *low* to *high*."""
        value = self._take(key, int, "a whole number")
        if value is None:
            return low
        if not low <= value <= high:
            self.fault(f"'{self._within}{key}' must be from {low} to {high}", key)
            return low
        return int(value)

    def flag(self, key: str, *, required: bool = True) -> bool:
        """Take true or false; an absent one that is not required is false."""
        return bool(self._take(key, bool, "true or false", required=required))

    def texts(self, key: str, *, required: bool = True) -> tuple[str, ...]:
        """Take a list of different texts."""
        value = self._take(key, list, "a list of texts", required=required)
        found = [item for item in value or [] if isinstance(item, str)]
        if value is not None and len(found) != len(value):
            self.fault(f"'{self._within}{key}' must be a list of texts", key)
        for item in sorted({item for item in found if found.count(item) > 1}):
            self.fault(f"'{self._within}{key}' holds '{item}' twice", key)
        return tuple(found)

    def table(self, key: str, *, required: bool = True) -> Table | None:
        """Take a table within this one."""
        value = self._take(key, dict, "a table", required=required)
        if value is None:
            return None
        within, path = f"{self._within}{key}.", (*self.path, key)
        return Table(value, self.file, self.faults, within, path)

    def tables(self, key: str) -> list[Table]:
        """Take the tables that stand under `[[key]]`, which nobody must have."""
        value = self._take(key, list, "a list of tables", required=False) or []
        if not all(isinstance(item, dict) for item in value):
            self.fault(f"'{self._within}{key}' must be a list of tables", key)
            return []
        within, path = f"{self._within}{key}.", (*self.path, key)
        return [Table(item, self.file, self.faults, within, path) for item in value]

    def look(self, key: str) -> object:
        """Return what stands at *key* without taking it."""
        return self._left.get(key)

    def names(self) -> list[str]:
        """Return the keys that nobody took yet."""
        return list(self._left)

    def rest(self) -> dict[str, Any]:
        """Take all that is left."""
        left, self._left = self._left, {}
        return left

    def close(self) -> None:
        """Report every key that nobody asked for."""
        for key in self.names():
            self.fault(f"unknown key '{self._within}{key}'", key)

    def _take(self, key: str, kind: type, called: str, *, required: bool = True) -> Any:  # noqa: ANN401 - checked here
        value = self._left.pop(key, None)
        if value is None:
            if required:
                self.fault(f"missing '{self._within}{key}'")
            return None
        # bool is an int to Python, not to a reader.
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.fault(f"'{self._within}{key}' must be {called}", key)
            return None
        return value


def read_toml(path: Path, file: str, faults: Faults) -> Table | None:
    """Return the file's table, or None where it cannot be read."""
    text = _decode(path, file, faults)
    return None if text is None else _parse(text, file, faults)


def read_markdown(path: Path, file: str, faults: Faults) -> tuple[Table, str] | None:
    """Return the front matter and the body of a Markdown file, or None where it cannot be read."""
    text = _decode(path, file, faults)
    if text is None:
        return None
    lines = text.split("\n")
    if lines[0].strip() != FENCE or FENCE not in (line.strip() for line in lines[1:]):
        faults.add(file, f"no front matter between two lines of {FENCE}")
        return None
    end = next(n for n, line in enumerate(lines) if n and line.strip() == FENCE)
    # The blank line stands for the first fence, so that line numbers in faults are the file's.
    first = next((n for n, line in enumerate(lines) if n > end and line.strip()), end)
    table = _parse("\n".join(["", *lines[1:end]]), file, faults, {(BODY,): first + 1})
    if table is None:
        return None
    return table, "\n".join(lines[end + 1 :]).strip()


def identity(table: Table, stem: str) -> tuple[str, int]:
    """Take a thing's id, which is its file's name, and its version."""
    found = table.text("id")
    if found and found != stem:
        table.fault(f"id '{found}' is not the file's name '{stem}'", "id")
    if not ID.fullmatch(stem):
        table.fault(f"id '{stem}' must be 1 to 24 of a-z, 0-9 and _", "id")
    return stem, table.whole("version", 1, 9999)


def known(table: Table, called: str, names: Iterable[str], within: Iterable[str], *at: str) -> bool:
    """Report every one of *names* that is not *within*; return whether all are.

    at: the key that names them; by itself what they are *called*, or more of those.
    """
    there = set(within)
    unknown = [name for name in names if name not in there]
    for name in unknown:
        table.fault(f"{table.where}unknown {called} '{name}'", *(at or _key_of(called, table)))
    return not unknown


def _key_of(called: str, table: Table) -> positions.Path:
    """Return the key that things *called* so stand under: `topic` or `topics`."""
    there = table.faults.known(table.file)
    return next(((key,) for key in (called, f"{called}s") if (*table.path, key) in there), ())


def _decode(path: Path, file: str, faults: Faults) -> str | None:
    try:
        with path.open(encoding="utf-8-sig") as opened:
            text = opened.read(MOST + 1)
        if len(text) <= MOST:
            return text
        faults.add(file, f"is too large: at most {MOST:,} characters")
    except UnicodeDecodeError:
        faults.add(file, "is not UTF-8")
    except OSError as error:
        faults.add(file, f"cannot be read ({error.strerror})")
    return None


def _parse(
    text: str, file: str, faults: Faults, beside: Mapping[positions.Path, int] | None = None
) -> Table | None:
    """Return the table of a TOML *text*. beside: lines of what else the file holds."""
    try:
        values = tomllib.loads(text)
    except RecursionError:
        faults.add(file, TOO_DEEP)
        return None
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        line = _LINE.search(message)
        # An end that comes too early has no line: it is the last one.
        faults.know(file, {(): int(line[1]) if line else text.count("\n") + 1})
        faults.add(file, f"not valid TOML: {_LINE.sub('', message).strip()}", ())
        return None
    if _is_too_deep(values):
        faults.add(file, TOO_DEEP)
        return None
    faults.know(file, beside or {}, text)
    return Table(values, file, faults)


def _is_too_deep(values: dict[str, Any]) -> bool:
    level: list[dict[str, Any] | list[Any]] = [values]
    for _ in range(DEEPEST):
        held = (one.values() if isinstance(one, dict) else one for one in level)
        level = [item for items in held for item in items if isinstance(item, dict | list)]
    return bool(level)
