"""How /learn looks: the topics, lists of titles, and what a search found."""

from __future__ import annotations

from collections.abc import Sequence

from actions.tip_shelf import (
    AskWords,
    Found,
    Line,
    Shelf,
    SupplementTopics,
    Titles,
    TopicLine,
    on_supplements,
)
from bot.screen import Block, Button, Para, Quiet, Row, Screen, Title, grid
from bot.screens import render
from bot.taps import (
    HomeTap,
    LearnTap,
    RandomTipTap,
    SavedTipsTap,
    SearchTipsTap,
    SupplementTopicsTap,
    TipTap,
    TopicTitlesTap,
    UnreadTipTap,
)
from content.language import Language


@render.register
def shelf(view: Shelf, language: Language) -> Screen:
    """Where reading begins."""
    ways = [Button(language("tips.buttons.search"), SearchTipsTap())]
    if view.saved:
        ways.append(Button(language("tips.buttons.saved_list", count=view.saved), SavedTipsTap(0)))
    reads = [Button(language("tips.buttons.random"), RandomTipTap())]
    if view.unread:
        reads.insert(0, Button(language("tips.buttons.unread"), UnreadTipTap()))
    rows: list[Row] = [tuple(ways), tuple(reads), *_topics(view.topics, language)]
    if view.supplements:
        words = language("tips.buttons.supplements", count=view.supplements)
        rows.append((Button(words, SupplementTopicsTap()),))
    blocks = (Title(language("tips.title")), Para(language("tips.topics")))
    return Screen(blocks, (*rows, _menu(language)))


@render.register
def supplement_topics(view: SupplementTopics, language: Language) -> Screen:
    """The topics on supplements."""
    blocks = (Title(language("tips.supplements_title")), Para(language("tips.supplements")))
    return Screen(blocks, (*_topics(view.topics, language), _back(LearnTap(), language)))


@render.register
def titles(view: Titles, language: Language) -> Screen:
    """A page of titles."""
    if view.topic is None:
        title = language("tips.saved_title")
        text = language("tips.saved" if view.lines else "tips.saved_none")
    else:
        title = language(f"topics.{view.topic}")
        text = language("tips.choose")
    blocks: list[Block] = [Title(title), Para(text)]
    if view.pages > 1:
        number = view.page + 1
        blocks.append(Quiet(language("tips.page", number=number, pages=view.pages)))
    turns = [
        Button(language(f"tips.buttons.{name}"), _turn(view.topic, page))
        for name, page in (("earlier", view.page - 1), ("later", view.page + 1))
        if 0 <= page < view.pages
    ]
    grouped = view.topic is not None and on_supplements(view.topic)
    up = SupplementTopicsTap() if grouped else LearnTap()
    rows = (*_lines(view.lines, language), *grid(turns, 2), _back(up, language))
    return Screen(tuple(blocks), rows)


@render.register
def ask_words(_view: AskWords, language: Language) -> Screen:
    """Type what to look for."""
    return Screen((Para(language("tips.search.ask")),), (_back(LearnTap(), language),))


@render.register
def found(view: Found, language: Language) -> Screen:
    """What was found, or what to try instead."""
    if not view.lines:
        blocks: list[Block] = [Para(language("tips.search.nothing", typed=view.typed))]
        topics = [
            Button(language(f"topics.{topic}"), TopicTitlesTap(topic, 0)) for topic in view.topics
        ]
        return Screen(tuple(blocks), (*grid(topics, 1), _all(language)))
    blocks = [Para(language("tips.search.found", typed=view.typed))]
    if view.more:
        blocks.append(Quiet(language("tips.search.more")))
    again = (Button(language("tips.buttons.again"), SearchTipsTap()),)
    return Screen(tuple(blocks), (*_lines(view.lines, language), again, _all(language)))


def _topics(lines: Sequence[TopicLine], language: Language) -> tuple[Row, ...]:
    return grid(
        [Button(_topic_words(line, language), TopicTitlesTap(line.topic, 0)) for line in lines], 1
    )


def _topic_words(line: TopicLine, language: Language) -> str:
    name = language(f"topics.{line.topic}")
    stands = "new" if line.unread == line.count else "unread" if line.unread else "read"
    texts = language("tips.texts", count=line.count)
    return language(f"tips.topic_{stands}", topic=name, texts=texts, unread=line.unread)


def _lines(lines: Sequence[Line], language: Language) -> tuple[Row, ...]:
    return grid([Button(_title(line, language), TipTap(line.snippet.id)) for line in lines], 1)


def _title(line: Line, language: Language) -> str:
    title = language(f"snippets.{line.snippet.id}.title")
    return language("tips.unread_title", title=title) if line.unread else title


def _turn(topic: str | None, page: int) -> SavedTipsTap | TopicTitlesTap:
    return SavedTipsTap(page) if topic is None else TopicTitlesTap(topic, page)


def _back(tap: LearnTap | SupplementTopicsTap, language: Language) -> Row:
    return (Button(language("common.buttons.back"), tap),)


def _all(language: Language) -> Row:
    return (Button(language("tips.buttons.topics"), LearnTap()),)


def _menu(language: Language) -> Row:
    return (Button(language("common.buttons.menu"), HomeTap()),)
