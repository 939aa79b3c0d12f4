"""How each view looks: one function a view, values in, a screen out. No Telegram here.

Every module registers its functions with `render`, by the type of the view; they are imported
below, so that knowing `render` is knowing them all.
"""

from __future__ import annotations

from functools import singledispatch

from bot.screen import Screen
from content.language import Language


@singledispatch
def render(view: object, language: Language) -> Screen:
    """Return the screen of *view* in *language*. Errors: TypeError for a view nobody draws."""
    raise TypeError(f"no screen for {type(view).__name__}")


from bot.screens import (  # noqa: E402
    age,  # noqa: F401
    card,  # noqa: F401
    checkin,  # noqa: F401
    entries,  # noqa: F401
    erase,  # noqa: F401
    export,  # noqa: F401
    helplines,  # noqa: F401
    history,  # noqa: F401
    home,  # noqa: F401
    imports,  # noqa: F401
    items,  # noqa: F401
    join,  # noqa: F401
    marks,  # noqa: F401
    pages,  # noqa: F401
    pause,  # noqa: F401
    proposals,  # noqa: F401
    quiet_hours,  # noqa: F401
    reminder_change,  # noqa: F401
    reminder_list,  # noqa: F401
    reminder_making,  # noqa: F401
    reminder_times,  # noqa: F401
    reminders,  # noqa: F401
    settings,  # noqa: F401
    snippets,  # noqa: F401
    summary,  # noqa: F401
    tip_shelf,  # noqa: F401
    tip_topics,  # noqa: F401
    travel,  # noqa: F401
    warnings,  # noqa: F401
)
