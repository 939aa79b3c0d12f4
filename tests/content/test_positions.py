"""Every key of a TOML text is found on the line on which it stands."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from content.library import PACKAGE
from content.positions import line_of, locate

KEYS = st.one_of(
    st.from_regex(r"[A-Za-z0-9_-]{1,6}", fullmatch=True),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=5),
)
TEXTS = st.text(st.sampled_from(" ab\n\"'#[]{}=,.\\é"), max_size=12)
VALUES = st.one_of(st.integers(), st.booleans(), TEXTS, st.lists(TEXTS, max_size=3))
TABLES = st.dictionaries(
    KEYS,
    st.one_of(
        VALUES,
        st.dictionaries(KEYS, VALUES, max_size=3),
        st.lists(st.dictionaries(KEYS, VALUES, max_size=2), min_size=1, max_size=3),
    ),
    max_size=5,
)


def paths(value: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()  # fmt: skip
    for key, held in items:
        yield from paths(held, (*path, str(key)))


class Writer:
    """Writes a table as TOML in one of its many ways, and keeps the line of every key it wrote."""

    def __init__(self, data: st.DataObject) -> None:
        self.data = data
        self.lines: list[str] = []
        self.stands: dict[tuple[str, ...], int] = {}

    def key(self, key: str) -> str:
        bare = key.isascii() and key.replace("-", "").replace("_", "").isalnum()
        literal = "'" not in key and self.data.draw(st.booleans())
        if bare and self.data.draw(st.booleans()):
            return key
        return f"'{key}'" if literal else json.dumps(key, ensure_ascii=False)

    def value(self, value: object) -> str:
        if isinstance(value, str):
            as_many = '"""\n' + value.replace("\\", "\\\\").replace('"', '\\"') + '"""'
            return self.data.draw(st.sampled_from([json.dumps(value), as_many]))
        if isinstance(value, list):
            between = self.data.draw(st.sampled_from([", ", ",\n  # ] a comment = [\n  "]))
            return "[" + between.join(json.dumps(item) for item in value) + "]"
        return str(value).lower()

    def pairs(self, table: dict[str, object], path: tuple[str, ...]) -> None:
        for key, value in table.items():
            self.put((*path, key), f"{self.key(key)} = {self.value(value)}  # x = 1")

    def put(self, path: tuple[str, ...], text: str) -> None:
        self.lines += self.data.draw(st.sampled_from([[], [""], ["# [no.table]"]]))
        self.stands[path] = len("\n".join([*self.lines, ""]).split("\n")) if self.lines else 1
        self.lines.append(text)

    def whole(self, table: dict[str, object]) -> str:
        nested = {key: held for key, held in table.items() if is_nested(held)}
        self.pairs({key: held for key, held in table.items() if key not in nested}, ())
        for key, held in nested.items():
            if isinstance(held, dict):
                self.put((key,), f"[ {self.key(key)} ]")
                self.pairs(held, (key,))
                continue
            assert isinstance(held, list)
            for n, row in enumerate(held):
                self.put((key, str(n)), f"[[{self.key(key)}]]")
                self.pairs(row, (key, str(n)))
        return "\n".join(self.lines)


def is_nested(value: object) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and any(isinstance(row, dict) for row in value)
    )


@settings(max_examples=200, deadline=None)
@given(TABLES, st.data())
def test_every_key_is_found_on_its_line_however_it_is_written(
    table: dict[str, object], data: st.DataObject
) -> None:
    writer = Writer(data)
    source = writer.whole(table)
    assert tomllib.loads(source) == table

    found = locate(source)

    assert {path: found[path] for path in writer.stands} == writer.stands
    assert set(found) == set(paths(table))


def test_every_key_of_the_content_is_found() -> None:
    for path in PACKAGE.rglob("*.toml"):
        source = path.read_text(encoding="utf-8")
        assert set(locate(source)) == set(paths(tomllib.loads(source))), path


def test_dotted_keys_inline_tables_and_strings_of_many_lines_are_followed() -> None:
    source = 'a.b = """x\n]"""\n[t."x.y"]\nk = { m = 1,\tn = [ 2,\n 3 ] }\n[[r]]\n[r.s]\nz = \'\'\'\n#\'\'\'\nlast = 1'

    found = locate(source)

    assert found["a", "b"] == 1
    assert found["t",] == found["t", "x.y"] == 3
    assert (found["t", "x.y", "k", "n", "0"], found["t", "x.y", "k", "n", "1"]) == (4, 5)
    assert (found["r", "0"], found["r", "0", "s"], found["r", "0", "s", "last"]) == (6, 7, 10)


def test_what_is_missing_is_on_the_line_of_what_is_around_it() -> None:
    found = locate("a = 1\n\n[t]\nb = 2")

    assert line_of(found, ("t", "c")) == 3
    assert line_of(found, ("x", "y")) == 1


def test_a_file_of_nothing_begins_on_line_one(tmp_path: Path) -> None:
    assert locate("") == {(): 1}
