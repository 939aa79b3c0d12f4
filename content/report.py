"""What is wrong with a folder of content, and what its languages lack, as lines for an operator."""

from __future__ import annotations

from pathlib import Path

from content.library import PACKAGE, Library
from domain.errors import ContentError


def faults(things: Path = PACKAGE, locales: Path | None = None) -> list[str]:
    """Return every fault of a folder of content, a line each; empty where it can be served."""
    try:
        Library.load(things, locales)
    except ContentError as error:
        return error.faults
    return []


def missing(library: Library) -> list[str]:
    """Return a line for each text for which English stands in."""
    return [f"{tag}: {key}" for tag in library.languages for key in library.texts_missing(tag)]


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
