"""The same four screens in every language, into a folder each: joining, a question, a tip, a red flag.

Buttons are tapped by what they do, so that no word of a language stands here.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.async_api import Browser

from bot.tap import Tap, read
from bot.taps import (
    AgeTap,
    AnswerTap,
    AnySignTap,
    ConsentTap,
    SaveTipTap,
    TimeTap,
    TipTap,
    TopicTitlesTap,
)
from domain.consent import CURRENT, Purpose
from sandbox.phone import Phone, Telegram
from sandbox.transcript import Bubble
from tools.camera import camera

SCALE = 1.0
TOPIC = "sleep"
FIRST, LAST = 0, -1


async def live(tg: Telegram, browser: Browser, url: str, folder: Path, tags: list[str]) -> None:
    """Let somebody of each language come by."""
    for tag in tags:
        phone = await tg.person("Sam", language=tag)
        await tg.ask("PATCH", f"people/{phone.id}", {"zone": "Europe/Berlin"})
        lens = await camera(browser, url, phone, folder / tag, SCALE)
        await phone.start()
        await lens.shoot(phone, "join", lambda b: _has(b, AgeTap))
        await _join(phone)
        await phone.say("/checkin")
        await lens.shoot(phone, "check-in", lambda b: _has(b, AnswerTap))
        await phone.say("/learn")
        await tap(phone, is_topic)
        await tap(phone, lambda t: isinstance(t, TipTap))
        await lens.shoot(phone, "tip", lambda b: _has(b, SaveTipTap))
        await phone.say("/warning")
        await tap(phone, lambda t: isinstance(t, AnySignTap))
        await lens.shoot(phone, "red-flag", lambda b: not _has(b, AnySignTap))
        await lens.page.close()


async def _join(phone: Phone) -> None:
    """Join as a grown-up with both consents, in Berlin, with a reminder."""
    await tap(phone, lambda t: isinstance(t, AgeTap), LAST)
    for purpose in (Purpose.KEEP, Purpose.TIPS):
        yes = ConsentTap(purpose, CURRENT[purpose], 1)
        await tap(phone, yes.__eq__)
    await phone.settle()
    await phone.share_location()
    await tap(phone, lambda t: isinstance(t, TimeTap), LAST)
    await phone.settle()


async def tap(phone: Phone, wanted: Callable[[Tap], object], place: int = FIRST) -> None:
    """Tap the button that is *wanted*, once it is there."""

    def fitting(bubble: Bubble) -> list[str]:
        read_taps = ((data, read(data)) for data in bubble.buttons.values())
        return [data for data, one in read_taps if one is not None and wanted(one) is True]

    bubble = await phone.wait_for(lambda b: bool(fitting(b)), ever=True)
    await phone.settle()
    await phone.tap_data(fitting(bubble)[place], bubble)


def is_topic(one: Tap) -> bool:
    """Whether a tap leads to the tips of the pictures."""
    return isinstance(one, TopicTitlesTap) and one.topic == TOPIC


def _has(bubble: Bubble, kind: type[Tap]) -> bool:
    return any(isinstance(read(data), kind) for data in bubble.buttons.values())
