"""On which line of a TOML file each key stands, for faults that can be found.

The standard library's parser gives no positions, so this walks over text that it has accepted
already. Never decides whether a file is valid, and gives no value.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping

Path = tuple[str, ...]
"""The keys that lead to a value; a place in a list is its number from 0, as a text."""

_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*'",
    re.DOTALL,
)
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ATOM = re.compile(r"[^,\]}#\n]+")


def locate(source: str) -> Mapping[Path, int]:
    """Return the line of every key and table of a valid TOML text, counted from 1; () is line 1.

    A table's line is its header's, or that of the first key that names it.
    """
    walk = _Walk(source)
    walk.document()
    return walk.lines


def line_of(lines: Mapping[Path, int], path: Path) -> int:
    """Return the line of *path*, or of what is nearest around it where it is not there."""
    while path not in lines and path:
        path = path[:-1]
    return lines.get(path, 1)


class _Walk:
    """One walk over a text from its beginning to its end."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.lines: dict[Path, int] = {(): 1}
        self._line, self._counted = 1, 0
        self._rows: dict[Path, int] = {}

    def document(self) -> None:
        table: Path = ()
        self._skip()
        while self.at < len(self.source):
            if self._takes("["):
                table = self._header(is_row=self._takes("["))
            else:
                self._pair(table)
            self._skip()

    def _header(self, *, is_row: bool) -> Path:
        line, (*outer, last) = self._now(), self._key()
        self.at = self.source.index("]", self.at) + (2 if is_row else 1)
        path = (*self._current(tuple(outer)), last)
        if is_row:
            self.lines.setdefault(path, line)
            row = self._rows[path] = self._rows.get(path, -1) + 1
            path = (*path, str(row))
        self._note(path, line, is_header=True)
        return path

    def _current(self, keys: Path) -> Path:
        """Return the path that *keys* mean: within a list of tables, the newest of them."""
        path: Path = ()
        for key in keys:
            path = (*path, key)
            if path in self._rows:
                path = (*path, str(self._rows[path]))
        return path

    def _pair(self, table: Path) -> None:
        line, path = self._now(), (*table, *self._key())
        self._note(path, line)
        self._skip()
        self.at += 1  # the equals sign
        self._value(path)

    def _value(self, path: Path) -> None:
        self._skip()
        if self._takes("["):
            for n in self._items("]"):
                self._note((*path, str(n)), self._now())
                self._value((*path, str(n)))
        elif self._takes("{"):
            for _ in self._items("}"):
                self._pair(path)
        elif found := _STRING.match(self.source, self.at) or _ATOM.match(self.source, self.at):
            self.at = found.end()

    def _items(self, end: str) -> Iterator[int]:
        n = 0
        self._skip()
        while not self._takes(end):
            yield n
            n += 1
            self._skip()
            self._takes(",")
            self._skip()

    def _key(self) -> Path:
        parts = []
        while True:
            self._skip()
            found = _STRING.match(self.source, self.at) or _BARE.match(self.source, self.at)
            if found is None:
                break
            self.at = found.end()
            parts.append(_unquoted(found[0]))
            self._skip()
            if not self._takes("."):
                break
        return tuple(parts)

    def _note(self, path: Path, line: int, *, is_header: bool = False) -> None:
        if is_header:
            self.lines[path] = line
        for n in range(1, len(path) + 1):
            self.lines.setdefault(path[:n], line)

    def _takes(self, mark: str) -> bool:
        if not self.source.startswith(mark, self.at):
            return False
        self.at += len(mark)
        return True

    def _skip(self) -> None:
        found = _SPACE.match(self.source, self.at)
        self.at = found.end() if found else self.at

    def _now(self) -> int:
        self._line += self.source.count("\n", self._counted, self.at)
        self._counted = self.at
        return self._line


def _unquoted(key: str) -> str:
    if key.startswith("'"):
        return key[1:-1]
    # A basic string's escapes are Python's, but for \e, which only a newer TOML knows.
    return str(ast.literal_eval(key)) if key.startswith('"') else key
