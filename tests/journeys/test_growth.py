"""One file more, and the running bot asks, tells or offers it; one folder more, and it speaks it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from commensal.trial import trial
from content import pseudo
from content.library import Library
from sandbox.phone import Phone, Telegram
from tests.journeys.conftest import settings_of
from tests.journeys.copies import content_in
from tests.journeys.walks import EVENING, join

pytestmark = pytest.mark.asyncio

QUESTION = """\
id = "itch"
version = 1
routines = ["evening"]
order = 11
shape = "choice"
options = ["no", "some", "lots"]
columns = 3
on_by_default = true

[text]
ask = "Did anything itch?"
short = "Itching"
options = { no = "Not at all", some = "A little", lots = "A lot" }
"""

HABIT = """\
id = "whistling"
version = 1
order = 5
topics = ["sleep"]

[text]
name = "Whistling a tune"
ask = "Did you whistle today?"
hint = "One tune is enough."
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return content_in(tmp_path)


@asynccontextmanager
async def bot_with(root: Path) -> AsyncIterator[Telegram]:
    """The whole bot with the content of *root*."""
    settings = settings_of(root.parent / "data")
    async with trial(settings, Library.load(root)) as (url, _), Telegram(url) as telegram:
        yield telegram
        assert await telegram.refusals() == []


async def joined(telegram: Telegram) -> Phone:
    anna = await telegram.person("Anna", language="en")
    await join(anna)
    return anna


async def test_a_question_is_one_file(root: Path) -> None:
    (root / "questions" / "itch.toml").write_text(QUESTION, encoding="utf-8")

    async with bot_with(root) as telegram:
        anna = await joined(telegram)
        await anna.tap("Do one now")
        await anna.tap(EVENING[0], await anna.wait_for("1 of 9"))
        asked = await anna.wait_for("Did anything itch?")
        await anna.tap("A little", asked)
        for n, label in enumerate(EVENING[1:], start=3):
            await anna.tap(label, await anna.wait_for(f"{n} of 9", ever=True))
        assert "Itching: A little" in (await anna.wait_for("nothing on it")).text


async def test_a_habit_is_one_file(root: Path) -> None:
    (root / "habits" / "whistling.toml").write_text(HABIT, encoding="utf-8")

    async with bot_with(root) as telegram:
        anna = await joined(telegram)
        await anna.say("/settings")
        await anna.tap("Questions and habits")
        await anna.tap("Choose habits")
        listed = await anna.wait_for("Habits to keep an eye on")
        await anna.tap(next(b for b in listed.buttons if "Whistling a tune" in b), listed)
        await anna.wait_for(lambda b: "Whistling a tune: chosen" in b.buttons)


async def test_a_tip_is_one_file(root: Path) -> None:
    text = (root / "snippets" / "how_much_sleep.md").read_text(encoding="utf-8")
    for old, new in (
        ('id = "how_much_sleep"', 'id = "a_new_one"'),
        ('title = "About seven to eight hours"', 'title = "A tip from a new file"'),
    ):
        assert old in text
        text = text.replace(old, new)
    (root / "snippets" / "a_new_one.md").write_text(text, encoding="utf-8")

    async with bot_with(root) as telegram:
        anna = await joined(telegram)
        await anna.say("/learn")
        shelf = await anna.wait_for("Something to read")
        await anna.tap(next(b for b in shelf.buttons if b.startswith("Sleep")), shelf)
        await anna.tap("Unread: A tip from a new file")
        tip = await anna.wait_for("seven to eight hours of sound sleep")
        assert "General information: no medical advice" in tip.text


async def test_a_language_is_one_folder(root: Path) -> None:
    pseudo.write(Library.load(root), root / "locales", "de")

    async with bot_with(root) as telegram:
        anna = await joined(telegram)
        await anna.say("/settings")
        await anna.tap("Language")
        await anna.tap(pseudo.pseudo("English"), await anna.wait_for("the language I speak"))
        await anna.wait_for(pseudo.pseudo("Settings"))
        await anna.say("/checkin")
        await anna.wait_for(lambda b: b.text.startswith(pseudo.OPEN))
        carl = await telegram.person("Carl", language="de")
        await carl.start()
        assert (await carl.wait_for("")).text.startswith(pseudo.OPEN)
