"""How a tip looks. One function draws it, and it always adds every disclaimer."""

from __future__ import annotations

from actions.snippets import Cautions, NoTipToday, Sources, Tip, Topics, Why
from bot.screen import Block, Button, Link, Para, Quiet, Row, Screen, Title, grid
from bot.screens import render
from bot.taps import (
    CautionsTap,
    HomeTap,
    LearnTap,
    NextTipTap,
    SourcesTap,
    TipTap,
    TopicTap,
    WhyTap,
)
from content.language import Language


@render.register
def tip(view: Tip, language: Language) -> Screen:
    """A tip: its text, what it rests on, and its disclaimers, in one message."""
    key, snippet = f"snippets.{view.snippet.id}", view.snippet
    blocks: list[Block] = [Title(language(f"{key}.title")), Para(language(f"{key}.body"))]
    if f"{key}.try" in language:
        blocks.append(Para(language("tips.try", text=language(f"{key}.try"))))
    blocks.append(Quiet(_source(view.section, snippet.evidence, language)))
    blocks += [Para(language(f"disclaimers.{name}.short")) for name in snippet.disclaimers]
    rows: tuple[Row, ...] = (
        (
            Button(language("tips.buttons.cautions"), CautionsTap(snippet.id)),
            Button(language("tips.buttons.sources"), SourcesTap(snippet.id)),
        ),
        (
            Button(language("tips.buttons.why"), WhyTap(snippet.id)),
            Button(language("tips.buttons.next"), NextTipTap(snippet.id)),
        ),
        (Button(language("tips.buttons.topics"), LearnTap()),),
    )
    return Screen(tuple(blocks), rows)


@render.register
def topics(view: Topics, language: Language) -> Screen:
    """The topics there are tips on."""
    buttons = [Button(language(f"topics.{topic}"), TopicTap(topic)) for topic in view.topics]
    blocks = (Title(language("tips.title")), Para(language("tips.topics")))
    return Screen(blocks, (*grid(buttons, 1), _menu(language)))


@render.register
def no_tip_today(_view: NoTipToday, language: Language) -> Screen:
    """Help comes before reading today."""
    return Screen((Para(language("tips.quiet")),), (_menu(language),))


@render.register
def cautions(view: Cautions, language: Language) -> Screen:
    """The disclaimers of a tip, whole."""
    texts = [Para(language(f"disclaimers.{name}.full")) for name in view.snippet.disclaimers]
    return Screen((Title(language("tips.cautions")), *texts), _back(view.snippet.id, language))


@render.register
def sources(view: Sources, language: Language) -> Screen:
    """What a tip rests on; a reference that nobody opened says so."""
    blocks: list[Block] = [
        Title(language("tips.sources")),
        Para(_source(view.section, view.snippet.evidence, language)),
    ]
    for reference in view.references:
        blocks.append(Link(reference.title, reference.address))
        if not reference.checked:
            blocks.append(Quiet(language("evidence.listed")))
    return Screen(tuple(blocks), _back(view.snippet.id, language))


@render.register
def why(view: Why, language: Language) -> Screen:
    """How a tip was chosen."""
    topic = language(f"topics.{view.snippet.topic}")
    how = "asked" if view.asked else "text"
    blocks = (Title(language("tips.why.title")), Para(language(f"tips.why.{how}", topic=topic)))
    return Screen(blocks, _back(view.snippet.id, language))


def _source(section: str, evidence: str, language: Language) -> str:
    source = language("tips.source", section=section)
    return f"{source}\n{language(f'evidence.{evidence}')}"


def _back(snippet_id: str, language: Language) -> tuple[Row, ...]:
    return ((Button(language("tips.buttons.back"), TipTap(snippet_id)),),)


def _menu(language: Language) -> Row:
    return (Button(language("common.buttons.menu"), HomeTap()),)
