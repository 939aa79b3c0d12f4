"""Makes the pictures of docs/shots anew: a few days with the bot, on a phone's screen.

    python -m tools.shots [folder]

It runs the trial in a folder of its own, lets somebody made up live through it, and photographs the
chat page in Debian's Chromium; then somebody of each language sees the same four screens. The clock starts at the same moment every time, so that the same
words give the same pictures. It never touches anybody's data.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from playwright.async_api import async_playwright

from bot.taps import TipTap
from commensal import logs
from commensal.settings import Settings
from commensal.trial import trial
from content.library import Library
from sandbox.clock import SandboxClock
from sandbox.phone import Phone, Telegram
from sandbox.transcript import Bubble
from tools import tongues
from tools.camera import Camera, browser, camera

SCALE = 1.75
SHOTS = Path(__file__).parent.parent / "docs" / "shots"
BEGINS = datetime(2030, 3, 4, 17, 12, tzinfo=UTC)
"""A Monday evening in Berlin. It has to lie ahead, as the sandbox's clock only goes forward."""

EVENINGS = (
    ("3", "2", "2", "Smooth and soft", "4", "7 to 8 h", "Good", "No, nothing"),
    ("5", "4", "1", "A lumpy log", "6", "5 to 6 h", "Okay", "No, nothing"),
    ("2", "1", "2", "Smooth and soft", "3", "7 to 8 h", "Very good", "No, nothing"),
)
"""What is tapped on each evening."""


async def live(tg: Telegram, phone: Phone, camera: Camera) -> None:
    """A few days, with a picture of each thing worth seeing."""
    await phone.start()
    await camera.shoot(phone, "join", "how old are you?")
    await _join(phone)

    await _evening(tg, phone)
    await camera.shoot(phone, "reminder", "1 of 8")
    await _answer(phone, EVENINGS[0], camera)
    await phone.say("/note")
    await phone.wait_for("Type")
    await phone.say("Lentil soup at noon, with Ben.")
    await camera.shoot(phone, "card", "Lentil soup")

    for evening in EVENINGS[1:]:
        await _evening(tg, phone)
        await _answer(phone, evening)
    await phone.say("/history")
    await camera.shoot(phone, "history", "Your days")
    await phone.say("/learn")
    await camera.shoot(phone, "learn", "Something to read")
    await tongues.tap(phone, tongues.is_topic)
    await tongues.tap(phone, lambda t: isinstance(t, TipTap))
    await camera.shoot(phone, "tip", "From the article")
    await phone.say("/reminders")
    await camera.shoot(phone, "reminders", "Your reminders")
    listed = await phone.last()
    await phone.tap(
        next(label for label in listed.buttons if label.endswith("Evening check-in")), listed
    )
    await camera.shoot(phone, "reminder-sheet", "20:30")
    await phone.say("/settings")
    await camera.shoot(phone, "settings", "Time zone: Berlin")
    await phone.say("/export")
    await camera.shoot(phone, "export", _is_table)
    await phone.say("/warning")
    listed = await phone.wait_for("The warning list")
    await phone.tap(listed.rows[0][0], listed)
    await camera.shoot(phone, "warning", "This can be an emergency")
    await phone.say("/delete")
    await camera.shoot(phone, "delete", "Delete everything?")


async def _join(phone: Phone) -> None:
    for label in ("18 or older", "Yes, keep my check-ins", "Yes, send me tips"):
        await phone.tap(label)
    await phone.wait_for("Where are you?")
    await phone.share_location()
    await phone.tap("20:30")
    await phone.wait_for("All set")


async def _evening(tg: Telegram, phone: Phone) -> None:
    """Move the clock until the evening's check-in is asked for."""
    while True:
        await tg.jump("next_due")
        if (await phone.settle())[-1].text.startswith("Your evening check-in"):
            return


async def _answer(phone: Phone, evening: tuple[str, ...], camera: Camera | None = None) -> None:
    for place, label in enumerate(evening, start=1):
        asked = await phone.wait_for(f"{place} of {len(evening)}", ever=True)
        if camera and label == "4":
            await camera.shoot(phone, "check-in", f"{place} of")
        await phone.tap(label, asked)
    await phone.wait_for("nothing on it")


def _is_table(bubble: Bubble) -> bool:
    return str(bubble.message.get("document", {}).get("file_name", "")).endswith(".csv")


async def main(folder: Path) -> None:
    """Make every picture. Errors: SystemExit where one is too large."""
    logs.configure("error", "text")
    with tempfile.TemporaryDirectory() as data:
        SandboxClock(Path(data) / "sandbox" / "clock.json").move_to(BEGINS)
        environ = {"COMMENSAL_DATA_DIR": data, "COMMENSAL_SANDBOX_PORT": "0"}
        settings = Settings.read(environ, for_sandbox=True)
        async with (
            trial(settings) as (url, _),
            Telegram(url, within=20) as tg,
            async_playwright() as playwright,
        ):
            phone = await tg.person("Anna", language="en")
            await tg.ask("PATCH", f"people/{phone.id}", {"zone": "Europe/Berlin"})
            opened = await browser(playwright)
            await live(tg, phone, await camera(opened, url, phone, folder, SCALE))
            tags = sorted(Library.load().languages)
            await tongues.live(tg, opened, url, folder, tags)
            await opened.close()


if __name__ == "__main__":
    chosen = Path(sys.argv[1]) if len(sys.argv) > 1 else SHOTS
    chosen.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(chosen))
