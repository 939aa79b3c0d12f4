"""What `commensal content check` says: what is wrong with a folder of content, and what its languages lack."""

from __future__ import annotations

from pathlib import Path

from content.library import PACKAGE, Library
from domain.errors import ContentError


def faults(
    things: Path = PACKAGE, locales: Path | None = None, over: Path | None = None
) -> list[str]:
    """Return every fault of a folder of content, a line each; empty where it can be served."""
    try:
        Library.load(things, locales, over)
    except ContentError as error:
        return error.faults
    return []


def missing(library: Library) -> list[str]:
    """Return a line for each text for which English stands in."""
    return [f"{tag}: {key}" for tag in library.languages for key in library.texts_missing(tag)]


def languages(library: Library) -> list[str]:
    """Return a line for each language: its own tips, what falls back, and who reviewed it."""
    lines = []
    for tag, language in library.languages.items():
        missing = library.texts_missing(tag)
        own = sum(f"snippets.{name}.body" not in missing for name in library.snippets)
        back = f"{len(missing)} texts fall back to English" if missing else "complete"
        who = (
            f"reviewed {language.reviewed}" if language.reviewed else "not reviewed by a clinician"
        )
        lines.append(
            f"{tag}: {len(language.texts) - len(missing)} texts, {own} tips, {back}, {who}"
        )
    return lines


def summary(library: Library) -> str:
    """Return in one line what the library holds."""
    counts = (
        (len(library.questions), "questions"),
        (len(library.habits), "habits"),
        (len(library.snippets), "tips"),
        (len(library.signs), "warning signs"),
        (len(library.languages), "languages"),
    )
    return ", ".join(f"{count} {called}" for count, called in counts)
