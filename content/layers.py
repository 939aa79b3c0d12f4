"""Our content with an operator's laid over it: which file of a thing counts.

A thing of the same id replaces ours, a new one is added, and a file that holds only `left_out = true`
hides ours. What keeps people safe is never left out, and `kept` says what of it can change. Never reads
what a file means.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from content import kept
from content.folders import files, is_file, is_folder, within
from content.kept import SAFETY
from content.loading import Faults, Table, read_markdown, read_toml

KINDS: Mapping[str, str] = {
    **dict.fromkeys(("questions", "routines", "habits", *sorted(SAFETY)), ".toml"),
    "snippets": ".md",
}
"""What a folder of content holds, each with the ending of its files."""

TABLES = frozenset({"points.toml", "references.toml", "sections.toml", "helplines.toml"})
"""The files of a folder of content itself, merged by their keys."""

LEFT_OUT = "left_out"
LOCALES = "locales"


class Found(NamedTuple):
    """A thing's file as read. body: what is below a Markdown file's front matter."""

    stem: str
    table: Table
    body: str


class Layers:
    """A folder of content, and the one laid over it if there is one.

    dropped: prefixes of the keys of texts that no longer hold in other languages, as the English was
    replaced or left out.
    """

    def __init__(self, root: Path, locales: Path, over: Path | None, faults: Faults) -> None:
        self.root = root
        self.locales = locales
        self.over = over
        self.faults = faults
        self.dropped: dict[str, str] = {}
        if over is not None:
            self._look_around(over)

    @property
    def base(self) -> str:
        """What the folder itself is called in faults."""
        return self.root.name

    def things(self, kind: str) -> Iterator[Found]:
        """Yield each thing of a kind, from the file that counts."""
        found = self._read(self.root, self.base, kind)
        own = self._read(self.over, str(self.over), kind) if self.over else {}
        for stem, thing in own.items():
            ours = found.get(stem)
            if LEFT_OUT in thing.table.names() and len(thing.table.names()) == 1:
                if self._leaves_out(kind, thing, ours):
                    del found[stem]
                    self._drop(kind, thing)
                continue
            if ours:
                kept.compare(kind, thing.table, ours.table)
            if ours and not (kind in SAFETY and _version(thing) == _version(ours)):
                self._drop(kind, thing)
            found[stem] = thing
        yield from (found[stem] for stem in sorted(found))

    def tables(self, name: str) -> list[Table]:
        """Return the tables of a file of the folder itself: ours, then the one laid over it."""
        places = [(self.root, self.base), (self.over, str(self.over))]
        found = (
            read_toml(folder / name, f"{base}/{name}", self.faults)
            for folder, base in places
            if folder and (folder is self.root or is_file(folder / name))
        )
        return [table for table in found if table is not None]

    def languages(self) -> list[str]:
        """Return the tags of all languages."""
        folders = [self.locales, *([self.over / LOCALES] if self.over else [])]
        found = (path for one in folders for path in within(one, str(one), self.faults) or ())
        return sorted(
            {p.name for p in found if is_folder(p) and not p.name.startswith((".", "__"))}
        )

    def language(self, tag: str) -> list[tuple[Path, str]]:
        """Return the folders of a language with their names in faults: ours, then the other."""
        ours = (self.locales / tag, f"{self.locales.parent.name}/{self.locales.name}/{tag}")
        if self.over is None or not is_folder(self.over / LOCALES / tag):
            return [ours]
        own = (self.over / LOCALES / tag, f"{self.over}/{LOCALES}/{tag}")
        return [ours, own] if is_folder(ours[0]) else [own]

    def dropped_by(self, key: str) -> str | None:
        """Return the operator's file that put an end to our translation of the text at *key*."""
        return self.dropped.get(".".join(key.split(".")[:2]))

    def _read(self, folder: Path, base: str, kind: str) -> dict[str, Found]:
        found = {}
        suffix = KINDS[kind]
        for path, file in files(folder / kind, suffix, f"{base}/{kind}", self.faults):
            if suffix == ".md":
                both = read_markdown(path, file, self.faults)
            else:
                table = read_toml(path, file, self.faults)
                both = None if table is None else (table, "")
            if both is not None:
                found[path.stem] = Found(path.stem, *both)
        return found

    def _leaves_out(self, kind: str, thing: Found, ours: Found | None) -> bool:
        is_left_out = thing.table.flag(LEFT_OUT)
        if not is_left_out:
            thing.table.fault(f"'{LEFT_OUT}' alone must be true", LEFT_OUT)
        elif ours is None:
            thing.table.fault("leaves out what is not there", LEFT_OUT)
        elif kind in SAFETY or ours.table.look("shape") == "warning":
            thing.table.fault("keeps people safe: it can be reworded, not left out", LEFT_OUT)
        else:
            return True
        return False

    def _drop(self, kind: str, thing: Found) -> None:
        self.dropped[f"{kind}.{thing.stem}"] = thing.table.file

    def _look_around(self, over: Path) -> None:
        if not is_folder(over):
            self.faults.add(str(over), "is no folder")
            return
        held = within(over, str(over), self.faults)
        if held is None:  # said once, and not for every kind
            self.over = None
            return
        for path in held:
            known = path.name in KINDS or path.name == LOCALES if is_folder(path) else False
            readable = path.name in TABLES or path.stem == "README"
            if not (known or readable or path.name.startswith(".")):
                self.faults.add(f"{over}/{path.name}", "unexpected: nothing reads this")


def _version(thing: Found) -> object:
    return thing.table.look("version")
