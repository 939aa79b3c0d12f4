"""How the topics of tips are chosen: a button for each, in words whether it is wanted."""

from __future__ import annotations

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
    buttons = [
        Button(
            language(
                f"tip_topics.buttons.{'on' if on else 'off'}", topic=language(f"topics.{topic}")
            ),
            ChooseTopicTap(topic, 0 if on else 1),
        )
        for topic, on in view.topics
    ]
    everything: tuple[Row, ...] = ()
    if not view.all_of_them:
        everything = ((Button(language("tip_topics.buttons.all"), ChooseTopicTap(ALL, 1)),),)
    return Screen(
        (
            Title(language("tip_topics.title")),
            Para(language(f"tip_topics.{now}")),
            Quiet(language("tip_topics.how")),
        ),
        (
            *grid(buttons, 1),
            *everything,
            (Button(language("tip_topics.buttons.back"), TipsTap()),),
        ),
    )
