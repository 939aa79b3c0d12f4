"""A pseudo-language made from English: every text in it shows that it came through the library.

Letters get accents, texts get brackets and grow by about a third. What a program reads stays as it
is: placeholders, addresses and commands, and the words in which people say when. It is for tests
and for looking at screens, never for people.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from content import distress, grammar, wary
from content.language import Text
from content.library import FALLBACK, PACKAGE, Library

TAG = "en-XA"
"""The tag that is usual for accented English."""

OPEN, CLOSE = "⟦", "⟧"
"""What every text of the pseudo-language begins and ends with."""

_ACCENTED = str.maketrans(
    "AEIOUYaeiouyNncCsSzZ",
    "ÀÉÎÖÛÝàéîöûýÑñçÇšŠžŽ",
)
_KEPT = re.compile(r"(\{\w+\}|https?://\S+|(?<![\w/])/[a-z_]+|@\w+)")
_PADDING = "one two three four five six seven eight nine ten "


def write(library: Library, locales: Path, tag: str = TAG) -> Path:
    """Write the pseudo-language of *library* into a new folder of *locales*; return the folder.

    Errors: FileExistsError where the folder is there already.
    """
    folder = locales / tag
    folder.mkdir()
    about = f'name = "{pseudo("English")}"\nconventions = "en_GB"\n'
    (folder / "language.toml").write_text(about, encoding="utf-8")
    for stem in (grammar.STEM, distress.STEM, wary.STEM):
        shutil.copy(PACKAGE / "locales" / FALLBACK / f"{stem}.toml", folder)
    by_file: dict[str, list[str]] = {}
    for key, text in library.languages[FALLBACK].texts.items():
        stem, _, rest = key.partition(".")
        by_file.setdefault(stem, []).extend(_lines(rest, text))
    for stem, lines in by_file.items():
        (folder / f"{stem}.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def pseudo(text: str) -> str:
    """Return *text* accented, in brackets and about a third longer."""
    parts = _KEPT.split(text)
    accented = "".join(part if n % 2 else part.translate(_ACCENTED) for n, part in enumerate(parts))
    longer = (_PADDING * (len(text) // 100 + 1))[: len(text) * 3 // 10].rstrip()
    return f"{OPEN}{accented}{' ' + longer if longer else ''}{CLOSE}"


def _lines(key: str, text: Text) -> list[str]:
    quoted = ".".join(json.dumps(part) for part in key.split("."))
    if isinstance(text, Mapping):
        return [f"{quoted}.{json.dumps(form)} = {_toml(value)}" for form, value in text.items()]
    return [f"{quoted} = {_toml(text)}"]


def _toml(text: str) -> str:
    """Return *text* as a TOML string; JSON's escapes are TOML's too."""
    return json.dumps(pseudo(text), ensure_ascii=False)
