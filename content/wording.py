"""What a text may be: its placeholders, plural forms and lengths, and where each was read.

Only looks at texts. Where they come from, and which of them a language needs, is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import Formatter
from typing import Any, NamedTuple

from babel import Locale

from content.language import CATEGORIES, Text
from content.loading import Faults
from content.positions import Path

MOST_TEXT = 4096
"""Telegram's limit on a message, in UTF-16 units."""

OUR_LINES = 400
"""What a snippet's screen says of its own: its source, why this one."""

SNIPPET_LENGTH = (250, 600)
"""Characters of a snippet's body and what it suggests to try, in English."""

LIMITS: tuple[tuple[re.Pattern[str], int, int], ...] = tuple(
    (re.compile(pattern), english, others)
    for pattern, english, others in (
        (r"questions\.\w+\.short", 24, 40),
        (r"questions\.\w+\.(low|high)", 40, 60),
        (r"questions\.\w+\.options\..+", 30, 48),
        (r"habits\.\w+\.name", 24, 40),
        (r"routines\.\w+\.name", 24, 40),
        (r"redflags\.\w+\.label", 60, 96),
        (r"marks\.\w+\.label", 40, 56),
        (r"snippets\.\w+\.title", 60, 96),
        (r"disclaimers\.\w+\.short", 200, 320),
        (r"(\w+\.)*buttons\..+", 40, 64),
    )
)
"""Which text may be how long, in English and in others, so that buttons stay readable on a phone."""

_NAME = re.compile(r"[a-z][a-z0-9_]*")


class Origin(NamedTuple):
    """Where texts were read: below the table *within* of *file*, their keys begin with *prefix*."""

    file: str
    prefix: str
    within: Path = ()

    def at(self, key: str) -> Path:
        """Return where in the file the text at *key* stands."""
        return (*self.within, *key.removeprefix(f"{self.prefix}.").split("."))

    def fault(self, faults: Faults, key: str, what: str) -> None:
        """Note that *what* is wrong with the text at *key*."""
        faults.add(self.file, what, self.at(key))


def flatten(
    prefix: str, values: Mapping[str, Any], origin: Origin, faults: Faults
) -> dict[str, Text]:
    """Return the texts below *prefix* by dotted key. A table of plural categories is one text."""
    found: dict[str, Text] = {}
    for name, value in values.items():
        key = f"{prefix}.{name}"
        if isinstance(value, str):
            found[key] = value
        elif not isinstance(value, dict) or not value:
            origin.fault(faults, key, f"'{key}' must be a text")
        elif set(value) <= CATEGORIES and name != "options":
            found[key] = {k: v if isinstance(v, str) else "" for k, v in value.items()}
        else:
            found |= flatten(key, value, origin, faults)
    return found


def placeholders(text: Text) -> frozenset[str]:
    """Return the names in braces. Errors: ValueError where the braces do not match."""
    forms = [text] if isinstance(text, str) else text.values()
    names = (name for form in forms for _, name, _, _ in Formatter().parse(form))
    return frozenset(name for name in names if name is not None)


def check(
    texts: Mapping[str, Text], conventions: Locale, origin: Origin, faults: Faults, *, english: bool
) -> None:
    """Report texts that are empty, too long, with wrong braces or without a plural they need."""
    needed = conventions.plural_form.tags | {"other"}
    for key, text in texts.items():
        forms = {"": text} if isinstance(text, str) else text
        if any(not form.strip() for form in forms.values()):
            origin.fault(faults, key, f"'{key}' is empty")
        if not isinstance(text, str) and needed - set(text):
            missing = ", ".join(sorted(needed - set(text)))
            origin.fault(faults, key, f"'{key}' lacks the plural form for {missing}")
        most = limit(key, english=english)
        longest = max(utf16_length(form) for form in forms.values())
        if longest > most:
            origin.fault(faults, key, f"'{key}' has {longest} characters, {most} at most")
        if not _braces_fit(text):
            origin.fault(faults, key, f"'{key}' has braces that are no placeholder like {{name}}")


def compare(
    texts: Mapping[str, Text], english: Mapping[str, Text], origin: Origin, faults: Faults
) -> None:
    """Report texts that English does not have, and placeholders that differ from English."""
    for key, text in texts.items():
        if key not in english:
            origin.fault(faults, key, f"unknown text '{key}'")
        elif isinstance(english[key], str) and not isinstance(text, str):
            origin.fault(faults, key, f"'{key}' has plural forms, which English does not have here")
        elif _braces_fit(text) and _braces_fit(english[key]):
            ours, theirs = placeholders(text), placeholders(english[key])
            if ours - {"count"} != theirs - {"count"} or ours - theirs:
                named = ", ".join(sorted(ours ^ theirs))
                origin.fault(
                    faults, key, f"'{key}' differs from English in its placeholders: {named}"
                )


def limit(key: str, *, english: bool) -> int:
    """Return how long the text at *key* may be, in UTF-16 units."""
    for pattern, ours, others in LIMITS:
        if pattern.fullmatch(key):
            return ours if english else others
    return MOST_TEXT


def utf16_length(text: str) -> int:
    """Return how long *text* is to Telegram, which counts UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def _braces_fit(text: Text) -> bool:
    forms = [text] if isinstance(text, str) else text.values()
    try:
        parts = [part for form in forms for part in Formatter().parse(form)]
    except ValueError:
        return False
    plain = not any("{" in literal or "}" in literal for literal, _, _, _ in parts)
    return plain and all(
        _NAME.fullmatch(name) and not spec and not conversion
        for _, name, spec, conversion in parts
        if name is not None
    )
