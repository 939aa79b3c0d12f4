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
    TopicTap,
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
        await _tap(phone, lambda tap: isinstance(tap, TopicTap) and tap.topic == TOPIC)
        await lens.shoot(phone, "tip", lambda b: _has(b, SaveTipTap))
        await phone.say("/warning")
        await _tap(phone, lambda tap: isinstance(tap, AnySignTap))
        await lens.shoot(phone, "red-flag", lambda b: _has(b, AnySignTap))
        await lens.page.close()


async def _join(phone: Phone) -> None:
    """Join as a grown-up with both consents, in Berlin, with a reminder."""
    await _tap(phone, lambda tap: isinstance(tap, AgeTap), LAST)
    for purpose in (Purpose.KEEP, Purpose.TIPS):
        yes = ConsentTap(purpose, CURRENT[purpose], 1)
        await _tap(phone, yes.__eq__)
    await phone.settle()
    await phone.share_location()
    await _tap(phone, lambda tap: isinstance(tap, TimeTap), LAST)
    await phone.settle()


async def _tap(phone: Phone, wanted: Callable[[Tap], object], place: int = FIRST) -> None:
    """Tap the button that is *wanted*, once it is there."""

    def fitting(bubble: Bubble) -> list[str]:
        taps = ((data, read(data)) for data in bubble.buttons.values())
        return [data for data, tap in taps if tap is not None and wanted(tap) is True]

    bubble = await phone.wait_for(lambda b: bool(fitting(b)), ever=True)
    await phone.settle()
    await phone.tap_data(fitting(bubble)[place], bubble)


def _has(bubble: Bubble, kind: type[Tap]) -> bool:
    return any(isinstance(read(data), kind) for data in bubble.buttons.values())
