"""How the topics of tips are chosen: a button for each, in words whether it is wanted."""

from __future__ import annotations

from actions.tip_shelf import on_supplements
from actions.tip_topics import ALL, TopicChoices
from bot.screen import Button, Para, Quiet, Row, Screen, Title, grid
from bot.screens import render
from bot.taps import ChooseTopicTap, TipsTap
from content.language import Language


@render.register
def choices(view: TopicChoices, language: Language) -> Screen:
    """The topics, and what is chosen of them now."""
    wanted = sum(on for _, on in view.topics)
    now = "all" if view.all_of_them else "some" if wanted else "none"
    buttons = [_topic(topic, on, view.all_of_them, language) for topic, on in view.topics]
    everything: tuple[Row, ...] = ()
    if not view.all_of_them:
        everything = ((Button(language("tip_topics.buttons.all"), ChooseTopicTap(ALL, 1)),),)
    return Screen(
        (
            Title(language("tip_topics.title")),
            Para(language(f"tip_topics.{now}")),
            Quiet(language("tip_topics.how_from_all" if view.all_of_them else "tip_topics.how")),
        ),
        (
            *grid(buttons, 1),
            *everything,
            (Button(language("tip_topics.buttons.back"), TipsTap()),),
        ),
    )


def called(topic: str, language: Language) -> str:
    """Return what a topic is called where those on supplements stand among the others."""
    name = language(f"topics.{topic}")
    return language("tip_topics.on_supplements", topic=name) if on_supplements(topic) else name


def _topic(topic: str, on: bool, all_of_them: bool, language: Language) -> Button:
    """Return a topic's button: where none is chosen yet it chooses this one, else it turns it over."""
    if all_of_them:
        return Button(called(topic, language), ChooseTopicTap(topic, 1))
    words = language(f"tip_topics.buttons.{'on' if on else 'off'}", topic=called(topic, language))
    return Button(words, ChooseTopicTap(topic, 0 if on else 1))
