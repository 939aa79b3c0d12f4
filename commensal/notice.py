"""The file of an announcement: a text for each language, checked before anybody is told anything.

    [texts]
    en = "What changed, and what it means for the reader."

What people get is these words as they stand: no markup, no placeholders.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from actions.reminded import Announced, Reminded
from bot.screen import MOST_TEXT, plain
from bot.screens import render
from content.language import Language
from content.library import Library
from domain.errors import ContentError
from domain.reminders import Kind


def read(path: Path, library: Library) -> dict[str, str]:
    """Return the texts of the file by language. Errors: ContentError, every fault in a line."""
    try:
        held = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ContentError([f"{path}: cannot be read ({error.strerror})"]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ContentError([f"{path}: not valid TOML ({error})"]) from None
    faults = [f"{path}: {fault}" for fault in _faults(held, library)]
    if faults:
        raise ContentError(faults)
    return {tag: text.strip() for tag, text in held["texts"].items()}


def shown(texts: Mapping[str, str], language: Language) -> str:
    """Return the message as its reader sees it."""
    return plain(render(_message(texts), language))


def _faults(held: Mapping[str, Any], library: Library) -> Iterator[str]:
    for key in held.keys() - {"texts"}:
        yield f"unknown key {key!a}: there is only [texts]"
    texts = held.get("texts")
    if not isinstance(texts, dict):
        yield '[texts] is missing, with en = "…" in it'
        return
    if "en" not in texts:
        yield "texts.en is missing: it is what people read whose language has no text"
    for tag, text in texts.items():
        if tag not in library.languages:
            known = ", ".join(sorted(library.languages))
            yield f"texts.{tag}: no language is called so: there are {known}"
        elif fault := _fault(text, library.languages[tag]):
            yield f"texts.{tag}: {fault}"


def _fault(text: object, language: Language) -> str:
    if not isinstance(text, str):
        return "must be a text"
    if not text.strip():
        return "is empty"
    if any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" for c in text):
        return "holds a control character"
    if "{" in text or "}" in text:
        return "holds a brace: nothing is filled in, everybody gets the same words"
    late = datetime(2000, 1, 1, tzinfo=UTC)
    whole = plain(render(_message({language.tag: text}, missed=1000, late=late), language))
    over = len(whole.encode("utf-16-le")) // 2 - MOST_TEXT
    return f"is {over} characters too long for one message" if over > 0 else ""


def _message(texts: Mapping[str, str], missed: int = 0, late: datetime | None = None) -> Reminded:
    """Return the message; at its longest where something was *missed* and it comes *late*."""
    return Reminded(
        occurrence_id=0,
        kind=Kind.NOTICE,
        view=Announced(dict(texts)),
        missed=missed,
        discreet=True,
        planned_for=late,
        zone=ZoneInfo("UTC"),
    )
