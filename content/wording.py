"""What a text may be: its placeholders, plural forms and lengths, and what a snippet may not say.

Only looks at texts. Where they come from, and which of them a language needs, is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from string import Formatter
from typing import Any

from babel import Locale

from content.language import CATEGORIES, Text
from content.loading import Faults

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
        (r"snippets\.\w+\.title", 60, 96),
        (r"disclaimers\.\w+\.short", 200, 320),
        (r"(\w+\.)*buttons\..+", 40, 64),
    )
)
"""Which text may be how long, in English and in others, so that buttons stay readable on a phone."""

FORBIDDEN: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (called, re.compile(pattern, re.IGNORECASE))
    for called, pattern in (
        ("heal", r"\bheal(s|ed|ing|er|ers)?\b"),
        ("cure", r"\bcur(e|es|ed|ing)\b"),
        ("detox", r"\bdetox\w*"),
        ("toxins", r"\btoxi(n|ns|c)\b"),
        ("leaky gut syndrome", r"\bleaky[ -]gut\b"),
        (
            "a dose",
            r"\b\d[\d.,]*\s?(g|mg|mcg|µg|kg|grams?|milligrams?|capsules?|scoops?)\b|\bg/kg\b",
        ),
        ("a dose", r"\bgrams? (a|per) day\b"),
        ("a promise", r"\b(guarantee\w*|miracle\w*|proven|promising|superfoods?|boosts?)\b"),
        ("a shop", r"\b(buy|brands?|discount\w*|shop|order now)\b"),
        ("fear", r"\b(parasites?|candida|poison\w*|perfect storm|autoimmune)\b"),
    )
)
"""What no snippet says, with what to call it."""

_NAME = re.compile(r"[a-z][a-z0-9_]*")


def flatten(prefix: str, values: Mapping[str, Any], file: str, faults: Faults) -> dict[str, Text]:
    """Return the texts below *prefix* by dotted key. A table of plural categories is one text."""
    found: dict[str, Text] = {}
    for name, value in values.items():
        key = f"{prefix}.{name}"
        if isinstance(value, str):
            found[key] = value
        elif not isinstance(value, dict) or not value:
            faults.add(file, f"'{key}' must be a text")
        elif set(value) <= CATEGORIES and name != "options":
            found[key] = {k: v if isinstance(v, str) else "" for k, v in value.items()}
        else:
            found |= flatten(key, value, file, faults)
    return found


def placeholders(text: Text) -> frozenset[str]:
    """Return the names in braces. Errors: ValueError where the braces do not match."""
    forms = [text] if isinstance(text, str) else text.values()
    names = (name for form in forms for _, name, _, _ in Formatter().parse(form))
    return frozenset(name for name in names if name is not None)


def check(
    texts: Mapping[str, Text], conventions: Locale, file: str, faults: Faults, *, english: bool
) -> None:
    """Report texts that are empty, too long, with wrong braces or without a plural they need."""
    needed = conventions.plural_form.tags | {"other"}
    for key, text in texts.items():
        forms = {"": text} if isinstance(text, str) else text
        if any(not form.strip() for form in forms.values()):
            faults.add(file, f"'{key}' is empty")
        if not isinstance(text, str) and needed - set(text):
            missing = ", ".join(sorted(needed - set(text)))
            faults.add(file, f"'{key}' lacks the plural form for {missing}")
        most = limit(key, english=english)
        longest = max(utf16_length(form) for form in forms.values())
        if longest > most:
            faults.add(file, f"'{key}' has {longest} characters, {most} at most")
        if not _braces_fit(text):
            faults.add(file, f"'{key}' has braces that are no placeholder like {{name}}")


def compare(
    texts: Mapping[str, Text], english: Mapping[str, Text], file: str, faults: Faults
) -> None:
    """Report texts that English does not have, and placeholders that differ from English."""
    for key, text in texts.items():
        if key not in english:
            faults.add(file, f"unknown text '{key}'")
        elif isinstance(english[key], str) and not isinstance(text, str):
            faults.add(file, f"'{key}' has plural forms, which English does not have here")
        elif _braces_fit(text) and _braces_fit(english[key]):
            ours, theirs = placeholders(text), placeholders(english[key])
            if ours - {"count"} != theirs - {"count"} or ours - theirs:
                named = ", ".join(sorted(ours ^ theirs))
                faults.add(file, f"'{key}' differs from English in its placeholders: {named}")


def forbidden(text: str) -> Iterable[str]:
    """Yield what *text* says that no snippet may say."""
    for called, pattern in FORBIDDEN:
        found = pattern.search(text)
        if found:
            yield f"{called} ('{found[0]}')"


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
