"""How an export looks: a short explanation, and two documents below it."""

from __future__ import annotations

from actions.export import Files, NothingKept
from bot.screen import Document, Para, Quiet, Screen, Title
from bot.screens import render
from content.language import Language


@render.register
def files(view: Files, language: Language) -> Screen:
    """What the two files are for."""
    name = f"commensal-{view.day.isoformat()}"
    days = language("export.days", count=view.check_ins)
    entries = language("export.entries", count=view.entries)
    return Screen(
        (
            Title(language("export.title")),
            Para(language("export.what", days=days, entries=entries)),
            Para(language("export.json")),
            Para(language("export.csv")),
            Quiet(language("export.careful")),
        ),
        documents=(Document(f"{name}.json", view.json), Document(f"{name}.csv", view.csv)),
    )


@render.register
def nothing(_: NothingKept, language: Language) -> Screen:
    """There is nothing to export."""
    return Screen((Para(language("export.nothing")),))
