"""All of the bot as it is read aloud, and as it is read from right to left."""

from __future__ import annotations

import re

import pytest

from bot import taps
from bot.tap import Tap, write
from content.direction import ISOLATED, RIGHT, first_strong
from content.library import Library
from sandbox.phone import Telegram
from tests.bot.test_plain_text import unread
from tests.journeys.test_languages import Walk

COMMANDS = (
    "checkin", "menu", "note", "history", "week", "warning", "learn", "pause", "settings", "reminders",
    "remind", "travel", "export", "import", "delete", "privacy", "developer_info", "help", "cancel",
)  # fmt: skip

MIXED = re.compile(r"[A-Za-z]{3,}(?: [A-Za-z]+)+")
"""Words in Latin letters, in a row."""

LINES = re.compile(r"[^\n]+")


class Reader(Walk):
    """Walks without turning plain text on or off."""

    async def tell(self, tap: Tap) -> None:
        """Tap what need not be on the screen."""
        await self._say(write(tap))

    def _is_new(self, data: str) -> bool:
        return super()._is_new(data) and not isinstance(self._read(data), taps.PlainTap)


async def walked(tg: Telegram, language: str, *first: Tap) -> list[str]:
    """Return all that was said to somebody of *language* who tapped *first*, and then all there is."""
    anna = await tg.person("Anna", language=language)
    walk = Reader(anna)
    await walk.join()
    for tap in first:
        await walk.tell(tap)
    begins = len(await anna.messages())
    walk.seen.clear()
    for command in COMMANDS:
        await anna.say(f"/{command}")
        await walk.on()
    await tg.jump("next_due")
    await walk.on()
    assert len(walk.kinds) >= 35
    messages = (await anna.messages())[begins:]
    return [bubble.text for bubble in messages if bubble.from_bot] + walk.seen


@pytest.mark.drill
@pytest.mark.asyncio
async def test_in_plain_text_no_screen_of_a_walk_has_a_symbol(tg: Telegram) -> None:
    said = await walked(tg, "en", taps.PlainTap(1))

    assert any(text.startswith("Chosen: ") for text in said)
    assert {text: found for text in said if (found := unread(text))} == {}


@pytest.mark.drill
@pytest.mark.asyncio
async def test_every_line_of_an_arabic_walk_is_read_from_right_to_left(tg: Telegram) -> None:
    said = await walked(tg, "ar")

    lines = {line for text in said for line in LINES.findall(text)}
    assert len(lines) > 300
    turned = {
        line
        for line in lines
        if first_strong(line) == "L" and not line.startswith(RIGHT) and not ISOLATED.match(line)
    }
    assert {line for line in turned if not is_cited(line)} == set()
    bare = {line for line in lines if MIXED.search(ISOLATED.sub("", line))}
    assert {line for line in bare if not is_cited(line)} == set()


def is_cited(line: str) -> bool:
    """Whether a line is what it is in every language: a study's title, a language's name, a file's."""
    library = Library.load()
    cited = {reference.title for reference in library.references.values()}
    names = {language.name for language in library.languages.values()}
    return line in cited | names or line.endswith((".csv", ".json"))
