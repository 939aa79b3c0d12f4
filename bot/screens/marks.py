"""How the marks look: what is left out now, and a button for each mark that says whether it is chosen."""

from __future__ import annotations

from actions.left_out import LeftOut
from bot.screen import Block, Button, Para, Quiet, Row, Screen, Title
from bot.screens import render
from bot.taps import ConsiderTap, MarkTap, NoMarksTap, SettingsTap
from content.language import Language
from domain.consent import Purpose


@render.register
def left_out(view: LeftOut, language: Language) -> Screen:
    """What is chosen, and what stays away because of it."""
    gone = tuple(mark for mark in sorted(view.chosen) if mark not in view.marks)
    minor: tuple[Block, ...] = () if view.of_age else (Para(language("left_out.minor")),)
    return Screen(
        (
            Title(language("left_out.title")),
            Para(_now(view, language)),
            *minor,
            Quiet(language("left_out.how")),
        ),
        (
            *(_mark(mark, view, language) for mark in view.marks),
            *(_mark(mark, view, language) for mark in gone),
            _none(view, language),
            (Button(language("left_out.buttons.erase"), ConsiderTap(Purpose.MARKS)),),
            (Button(language("settings.buttons.back"), SettingsTap()),),
        ),
    )


def _now(view: LeftOut, language: Language) -> str:
    if not view.leaves_out:
        return language("left_out.nothing")
    lines = (language("left_out.line", what=_kind(key, language)) for key in view.leaves_out)
    return "\n".join((language("left_out.now"), *lines, language("left_out.cautions")))


def _kind(key: str, language: Language) -> str:
    """Return the words for a kind of tips: by what they warn of, or by their topic."""
    topic = f"topics.{key}"
    if topic in language:
        return language("left_out.on_topic", topic=language(topic))
    return language(f"left_out.kinds.{key}")


def _mark(mark: str, view: LeftOut, language: Language) -> Row:
    key = f"marks.{mark}.label"
    label = language(key) if key in language else mark
    chosen = mark in view.chosen
    shown = language("settings.buttons.chosen", choice=label) if chosen else label
    return (Button(shown, MarkTap(mark, int(not chosen))),)


def _none(view: LeftOut, language: Language) -> Row:
    key = "none" if view.chosen else "none_now"
    return (Button(language(f"left_out.buttons.{key}"), NoMarksTap()),)
