"""With a folder, the chats are there again after a restart."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

import aiohttp
import pytest

from sandbox.phone import Telegram
from sandbox.server import Sandbox
from tests.sandbox.calls import Calls

pytestmark = pytest.mark.asyncio

ROOT = Path(__file__).parents[2]


async def test_chats_updates_and_files_come_back(tmp_path: Path) -> None:
    first = Sandbox(folder=tmp_path)
    await first.start()
    async with Telegram(first.url) as tg, aiohttp.ClientSession() as http:
        anna = await tg.person("Anna", "de", username="anna_s")
        await anna.start()
        document = await anna.send_file("document", "a.txt", b"kept")
        keyboard = {"keyboard": [[{"text": "Yes"}]]}
        await Calls(http, first.url).ok(
            "sendMessage",
            chat_id=anna.id,
            text="<b>hi</b>",
            parse_mode="HTML",
            reply_markup=keyboard,
        )
        await Calls(http, first.url).ok("setMyDescription", description="A diary")
        before = await anna.chat()
    await first.stop()

    second = Sandbox(folder=tmp_path)
    await second.start()
    async with Telegram(second.url) as tg, aiohttp.ClientSession() as http:
        anna = await tg.phone(anna.id)
        after = await anna.chat()
        updates = await Calls(http, second.url).updates()
        said = await anna.say("next")
        file = await Calls(http, second.url).ok(
            "getFile", file_id=document.message["document"]["file_id"]
        )
    await second.stop()

    assert before.pop("number") < after.pop("number")
    assert before == after
    assert [u["message"].get("text") for u in updates] == ["/start", None]
    assert said.id == before["messages"][-1]["message"]["message_id"] + 1
    assert file["file_size"] == 4


@pytest.mark.parametrize("broken", ["{", "{}", '{"bot": {"colour": "red"}}'])
async def test_a_broken_file_is_named(tmp_path: Path, broken: str) -> None:
    (tmp_path / "sandbox.json").write_text(broken)

    with pytest.raises(ValueError, match=r"sandbox\.json cannot be read; remove it"):
        await Sandbox(folder=tmp_path).start()


async def test_a_process_of_its_own_prints_its_address_and_ends_on_sigterm(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", "--port", "0", "--folder", str(tmp_path),
        cwd=ROOT, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().strip()
    async with Telegram(url) as tg:
        await tg.person("Anna")
    process.send_signal(signal.SIGTERM)

    assert await asyncio.wait_for(process.wait(), 10) == 0
    assert "Anna" in (tmp_path / "sandbox.json").read_text()
