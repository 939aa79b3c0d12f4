"""Ways through the bot that many stories begin with."""

from __future__ import annotations

import json
from typing import Any

import aiohttp

from sandbox.phone import Phone
from sandbox.transcript import Bubble

EVENING = ("3", "2", "2", "Smooth and soft", "4", "7 to 8 h", "Good", "No, nothing")
"""What a person taps on a usual evening, with the content that the bot is shipped with."""


async def join(phone: Phone, at: str = "20:30") -> None:
    """Join with both consents, in Berlin, with a reminder."""
    await phone.start()
    for label in ("18 or older", "Yes, keep my check-ins", "Yes, send me tips"):
        await phone.tap(label)
    await phone.wait_for("Where are you?")
    await phone.share_location()
    await phone.tap(at)
    await phone.wait_for("All set")


async def exported(phone: Phone) -> dict[str, Any]:
    """Ask for everything, and read the JSON that comes."""
    await phone.say("/export")
    bubble = await phone.wait_for(lambda b: _file_name(b).endswith(".json"))
    return dict(json.loads(await downloaded(phone, bubble)))


async def downloaded(phone: Phone, bubble: Bubble) -> bytes:
    """Return the content of the document in *bubble*."""
    file_id = bubble.message["document"]["file_id"]
    url = f"{phone.telegram.url}/sandbox/files/{file_id}"
    async with aiohttp.ClientSession() as http, http.get(url) as response:
        assert response.status == 200
        return await response.read()


def _file_name(bubble: Bubble) -> str:
    return str(bubble.message.get("document", {}).get("file_name", ""))
