"""Whatever tip is sent, to whomever, in whichever language: what Telegram gets is whole, and takes it.

As Telegram gets it: the HTML of the one renderer, read back by a strict reader of Telegram's subset.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from actions.reminded import Reminded
from actions.snippets import Tip
from bot.screen import Button, Screen, html
from bot.screens import render
from bot.tap import write
from content.language import Language
from content.library import Library
from domain.opinions import Opinion
from domain.reminders import Kind
from domain.snippets import UNDER_18, Snippet, allowed
from sandbox.entities import parse_html, units

MOST_UNITS, MOST_BYTES = 4096, 64
NOON = datetime(2025, 3, 3, 12, 0, tzinfo=UTC)


@cache
def library() -> Library:
    return Library.load()


languages = st.deferred(lambda: st.sampled_from(sorted(library().languages)))
tips = st.deferred(lambda: st.sampled_from(sorted(library().snippets)))
marks = st.deferred(lambda: st.sets(st.sampled_from(sorted(library().marks))))
opinions = st.builds(
    Opinion,
    saved=st.none() | st.just(NOON),
    helpful=st.none() | st.booleans(),
    tried=st.none() | st.just(date(2025, 3, 3)),
)


@st.composite
def messages(draw: st.DrawFn, tip: Tip) -> object:
    """The tip as somebody gets it: opened, or by its reminder with whatever is said above it."""
    if draw(st.booleans()):
        return tip
    return Reminded(
        occurrence_id=draw(st.integers(1, 2**63 - 1)),
        kind=Kind.TIP,
        view=tip,
        missed=draw(st.integers(0, 400)),
        discreet=draw(st.booleans()),
        evening=draw(st.booleans()),
        nudge=draw(st.booleans()),
        planned_for=draw(st.none() | st.just(NOON)),
        zone=ZoneInfo("America/Argentina/ComodRivadavia"),
        trial=draw(st.booleans()),
    )


@settings(deadline=None, max_examples=600)
@given(st.data())
def test_what_is_sent_is_whole_and_telegram_takes_it(data: st.DataObject) -> None:
    snippet = library().snippets[data.draw(tips)]
    language = library().language(data.draw(languages))
    if data.draw(st.booleans()):
        language = language.in_plain()
    tip = Tip(snippet, data.draw(opinions))

    screen = render(data.draw(messages(tip)), language)

    assert_whole(screen, snippet, language)


def test_every_tip_in_every_language_is_whole() -> None:
    for tag in library().languages:
        for language in (library().language(tag), library().language(tag).in_plain()):
            for snippet in library().snippets.values():
                tip = Tip(snippet)
                assert_whole(render(tip, language), snippet, language)


@given(tips, marks, st.booleans())
def test_nobody_who_is_left_out_may_get_a_text_on_supplements_but_the_caution(
    name: str, chosen: set[str], adult: bool
) -> None:
    snippet = library().snippets[name]
    left_out = {mark: library().marks[mark].leaves_out for mark in chosen}
    if not adult:
        left_out[UNDER_18] = frozenset({"supplement"})

    if allowed(snippet, left_out) and "supplement" in snippet.disclaimers:
        excluding = {mark for mark, keys in left_out.items() if "supplement" in keys}
        assert excluding <= snippet.caution_for


def assert_whole(screen: Screen, snippet: Snippet, language: Language) -> None:
    """Every disclaimer stands in the message; its HTML, its length and its buttons are what may be."""
    text, entities = parse_html(html(screen))
    for name in ("general", *snippet.disclaimers):
        assert language(f"disclaimers.{name}.short") in text
    assert language(f"snippets.{snippet.id}.body").split("\n")[0] in text
    assert language(f"sections.{snippet.section}") in text
    assert units(text) <= MOST_UNITS
    assert all(entity["offset"] + entity["length"] <= units(text) for entity in entities)
    for row in screen.rows:
        for button in row:
            assert isinstance(button, Button)
            assert button.label.strip()
            assert 0 < len(write(button.tap).encode()) <= MOST_BYTES
