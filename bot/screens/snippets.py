"""How a tip looks. One function draws it, and it always adds every disclaimer."""

from __future__ import annotations

from collections.abc import Callable

from actions.snippets import Cautions, Closed, MoreOf, NoTipToday, Sources, Tip, TopicEnd, Why
from actions.tip_opinions import Tried
from bot.screen import Block, Button, Link, Para, Quiet, Row, Screen, Title
from bot.screens import render
from bot.tap import Tap
from bot.taps import (
    CautionsTap,
    FollowTipTap,
    HelpfulTipTap,
    HomeTap,
    LearnTap,
    NextTipTap,
    NotForMeTap,
    SaveTipTap,
    SourcesTap,
    TipHabitDoneTap,
    TipMoreTap,
    TipTap,
    TopicTap,
    TopicTitlesTap,
    TriedTipTap,
    WhyTap,
)
from content.language import Language
from domain.opinions import Opinion
from domain.snippets import Snippet


@render.register
def tip(view: Tip, language: Language) -> Screen:
    """A tip: its text, what it rests on, and its disclaimers, in one message."""
    key, snippet = f"snippets.{view.snippet.id}", view.snippet
    blocks: list[Block] = [Title(language(f"{key}.title")), Para(language(f"{key}.body"))]
    if f"{key}.try" in language:
        blocks.append(Para(language("tips.try", text=language(f"{key}.try"))))
    blocks.append(Quiet(_source(snippet, language)))
    blocks += [Para(language(f"disclaimers.{name}.short")) for name in snippet.disclaimers]
    blocks += [Quiet(text) for text in _made(view.opinion, language)]
    return Screen(tuple(blocks), _below(snippet, view.opinion, language))


@render.register
def topic_end(view: TopicEnd, language: Language) -> Screen:
    """The last on a topic; what to read now."""
    topic = language(f"topics.{view.topic}")
    on = "tips.buttons.rest" if view.unread else "tips.buttons.anew"
    if view.unread is None:
        said = language("tips.end.last", topic=topic)
    elif view.unread:
        left = language("tips.texts", count=view.unread)
        said = language("tips.end.unread", topic=topic, texts=left)
    else:
        said = language("tips.end.read", topic=topic)
    return Screen(
        (Para(said),),
        (
            (Button(language("tips.buttons.topics"), LearnTap()),),
            (Button(language(on), TopicTap(view.topic)),),
        ),
    )


@render.register
def no_tip_today(view: NoTipToday, language: Language) -> Screen:
    """Help comes before reading today."""
    menu = (Button(language("common.buttons.menu"), HomeTap()),)
    return Screen((Para(language(f"tips.quiet.{view.reason}")),), (menu,))


@render.register
def closed(view: Closed, language: Language) -> Screen:
    """A text that is left out for them, in its place."""
    back = (Button(language("tips.buttons.topics"), LearnTap()),)
    return Screen((Para(language(f"refused.{view.why}")),), (back,))


@render.register
def tried(view: Tried, language: Language) -> Screen:
    """It was tried; a habit that goes with it may be chosen, or noted."""
    name = view.snippet.id
    blocks: list[Block] = [Para(language("tips.tried.day", day=language.day(view.day)))]
    rows: list[Row] = []
    if view.habit is not None:
        habit = language(f"habits.{view.habit}.name")
        stands = "done" if view.done else "new" if view.new else "followed"
        stands = stands if view.followed else "offer"
        blocks.append(Para(language(f"tips.tried.{stands}", habit=habit)))
        rows = _habit_rows(view, language)
    rows.append((Button(language("tips.buttons.fine"), TipTap(name)),))
    rows.append((Button(language("tips.buttons.not_tried"), TriedTipTap(name, 0)),))
    return Screen(tuple(blocks), tuple(rows))


@render.register
def more(view: MoreOf, language: Language) -> Screen:
    """What else there is about a tip."""
    name, topic = view.snippet.id, view.snippet.topic
    on = language("tips.buttons.on_topic", topic=language(f"topics.{topic}"))
    return Screen(
        (Title(language(f"snippets.{name}.title")), Para(language("tips.more"))),
        (
            (Button(language("tips.buttons.sources"), SourcesTap(name)),),
            (Button(language("tips.buttons.why"), WhyTap(name)),),
            (Button(on, TopicTitlesTap(topic, 0)),),
            (Button(language("tips.buttons.topics"), LearnTap()),),
            *_back(name, language),
        ),
    )


@render.register
def cautions(view: Cautions, language: Language) -> Screen:
    """The disclaimers of a tip, whole."""
    texts = [Para(language(f"disclaimers.{name}.full")) for name in view.snippet.disclaimers]
    return Screen((Title(language("tips.cautions")), *texts), _back(view.snippet.id, language))


@render.register
def sources(view: Sources, language: Language) -> Screen:
    """What a tip rests on, who looked at it, and which version it is."""
    snippet = view.snippet
    blocks: list[Block] = [
        Title(language("tips.sources")),
        Para(_source(snippet, language)),
    ]
    for reference in view.references:
        blocks.append(Link(reference.title, reference.address))
        opened = "tips.opened" if reference.checked else "evidence.listed"
        blocks.append(Quiet(language(opened)))
    if snippet.signed_off is None:
        reviewed = language("tips.unreviewed")
    else:
        reviewed = language("tips.reviewed", by=snippet.signed_off)
    blocks.append(Para(f"{reviewed}\n{language('tips.version', number=snippet.version)}"))
    return Screen(tuple(blocks), _back(snippet.id, language))


@render.register
def why(view: Why, language: Language) -> Screen:
    """How a tip was chosen."""
    topic = language(f"topics.{view.snippet.topic}")
    if view.fits is not None:
        said = language(f"questions.{view.fits}.fits")
        text = language("tips.why.fits", topic=topic, said=said)
    else:
        text = language(f"tips.why.{_came(view.asked)}", topic=topic)
    blocks = (Title(language("tips.why.title")), Para(text))
    return Screen(blocks, _back(view.snippet.id, language))


def _came(asked: bool | None) -> str:
    """Return the key of how a tip came, that nothing logged has led to."""
    if asked is None:
        return "unknown"
    return "asked" if asked else "text"


def _below(snippet: Snippet, made: Opinion, language: Language) -> tuple[Row, ...]:
    """Return the buttons below a tip. What was said is a button that says so, and takes it back."""
    name = snippet.id

    def button(said: bool, before: str, after: str, tap: Callable[[str, int], Tap]) -> Button:
        words = language(f"tips.buttons.{after if said else before}")
        return Button(words, tap(name, 0 if said else 1))

    own = [button(made.saved is not None, "save", "saved", SaveTipTap)]
    if snippet.can_be_tried:
        words = "tips.buttons.tried" if made.tried else "tips.buttons.try"
        own.append(Button(language(words), TriedTipTap(name, 1)))
    return (
        tuple(own),
        (
            button(made.helpful is True, "helpful", "is_helpful", HelpfulTipTap),
            button(made.helpful is False, "not_for_me", "is_not_for_me", NotForMeTap),
        ),
        (
            Button(language("tips.buttons.cautions"), CautionsTap(name)),
            Button(language("tips.buttons.next"), NextTipTap(name)),
        ),
        (Button(language("tips.buttons.more"), TipMoreTap(name)),),
    )


def _made(made: Opinion, language: Language) -> list[str]:
    """Return what the person made of a tip, where a button is too short to say it."""
    lines = []
    if made.tried is not None:
        lines.append(language("tips.tried.day", day=language.day(made.tried)))
    if made.helpful is False:
        lines.append(language("tips.not_for_me"))
    return lines


def _habit_rows(view: Tried, language: Language) -> list[Row]:
    name = view.snippet.id
    if not view.followed:
        return [(Button(language("tips.buttons.follow"), FollowTipTap(name, 1)),)]
    if view.done:
        return [(Button(language("tips.buttons.undone"), TipHabitDoneTap(name, 0)),)]
    rows: list[Row] = [(Button(language("tips.buttons.done"), TipHabitDoneTap(name, 1)),)]
    if view.new:
        rows.append((Button(language("tips.buttons.unfollow"), FollowTipTap(name, 0)),))
    return rows


def _source(snippet: Snippet, language: Language) -> str:
    """Return the article's heading that a tip rests on, and what stands behind it."""
    source = language("tips.source", section=language(f"sections.{snippet.section}"))
    return f"{source}\n{language(f'evidence.{snippet.evidence}')}"


def _back(snippet_id: str, language: Language) -> tuple[Row, ...]:
    return ((Button(language("tips.buttons.back"), TipTap(snippet_id)),),)
