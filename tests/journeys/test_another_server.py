"""The bot unchanged against other Bot APIs, at an address: by polling, by webhook, and one that is not ours."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from sandbox.phone import Phone, Telegram
from tests.journeys.strict import StrictApi
from tests.journeys.walks import EVENING, downloaded, join
from tests.races.bot_process import TOKEN, BotProcess

pytestmark = pytest.mark.asyncio

SECRET = "the-secret-of-this-test"


@asynccontextmanager
async def standalone() -> AsyncIterator[str]:
    """A sandbox as a process of its own; its address."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", "--port", "0", "--token", TOKEN,
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        async with asyncio.timeout(20):
            yield (await process.stdout.readline()).decode().strip()
    finally:
        process.terminate()
        await process.wait()


@pytest_asyncio.fixture
async def telegram() -> AsyncIterator[Telegram]:
    async with standalone() as url, Telegram(url, within=45) as client:
        yield client


@pytest_asyncio.fixture
async def strict() -> AsyncIterator[StrictApi]:
    api = StrictApi(TOKEN)
    await api.start()
    yield api
    await api.stop()


@pytest.fixture
def port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        return int(free.getsockname()[1])


async def evening(phone: Phone) -> None:
    await phone.tap("Do one now")
    for n, label in enumerate(EVENING, start=1):
        await phone.tap(label, await phone.wait_for(f"{n} of", ever=True))
    await phone.wait_for("Warning list: nothing on it")


async def everything(telegram: Telegram) -> None:
    """Join, check in, export; and bring the file in from another phone."""
    anna, ben = await telegram.person("Anna"), await telegram.person("Ben")
    await asyncio.gather(join(anna), join(ben))
    await evening(anna)
    await anna.say("/export")
    bubble = await anna.wait_for(
        lambda b: b.message.get("document", {}).get("file_name", "").endswith(".json")
    )
    diary = await downloaded(anna, bubble)
    assert b"pain_worst" in diary
    await ben.say("/import")
    await ben.wait_for(".json")
    await ben.send_file("document", "diary.json", diary, mime="application/json")
    assert "one day" in (await ben.wait_for("It would add")).text
    await ben.tap("Add it")
    await ben.wait_for("It is in")
    await asyncio.gather(anna.settle(), ben.settle())
    assert await telegram.refusals() == []


async def test_everything_goes_by_polling_another_process(
    telegram: Telegram, tmp_path: Path
) -> None:
    async with BotProcess(tmp_path, telegram.url) as bot:
        await everything(telegram)
        calls = await telegram.calls()
        assert calls["getUpdates"] > 0
        assert calls["getFile"] == 1
        assert await bot.stop() == 0


async def test_everything_goes_by_webhook_and_only_with_its_secret(
    telegram: Telegram, tmp_path: Path, port: int
) -> None:
    address = f"http://127.0.0.1:{port}/telegram/webhook"
    settings = {
        "WEBHOOK_URL": address,
        "WEBHOOK_SECRET": SECRET,
        "LISTEN": f"127.0.0.1:{port}",
    }
    async with BotProcess(tmp_path, telegram.url, **settings) as bot:
        await everything(telegram)
        assert (await telegram.calls()).get("getUpdates", 0) == 0
        assert await post(address, secret="another") == 403
        assert await post(address, secret=None) == 403
        assert await post(address, secret=SECRET) == 200
        assert await bot.stop() == 0
    assert SECRET not in bot.log.read_text(encoding="utf-8")


async def test_the_webhook_stores_while_answers_are_slow_and_a_restart_makes_them_good(
    telegram: Telegram, tmp_path: Path, port: int
) -> None:
    settings = {
        "WEBHOOK_URL": f"http://127.0.0.1:{port}",
        "WEBHOOK_SECRET": SECRET,
        "LISTEN": f"127.0.0.1:{port}",
    }
    async with BotProcess(tmp_path, telegram.url, **settings) as bot:
        phones = [await telegram.person(f"P{n}") for n in range(5)]
        await bot.logged("started")
        await telegram.fail("delay", times=None, method="sendMessage", seconds=30)
        for phone in phones:
            await phone.start()
        await delivered(telegram.url)
        await bot.kill()
        await phones[0].say("/help")  # nobody is there: it is brought again
        await telegram.clear_faults()
        await bot.start()
        for phone in phones:
            await phone.wait_for(lambda bubble: "18 or older" in bubble.buttons, ever=True)
        await phones[0].wait_for("To reach a human")
        assert await bot.stop() == 0


async def test_a_strict_api_of_other_hands_would_refuse_nothing(
    strict: StrictApi, tmp_path: Path
) -> None:
    async with BotProcess(tmp_path, strict.url) as bot:
        await strict.say(text="/start")
        for label in ("18 or older", "Yes, keep my check-ins", "Yes, send me tips"):
            await strict.tap(label)
        await strict.shows("Where are you?")
        await strict.say(location={"latitude": 52.52, "longitude": 13.405})
        await strict.tap("20:30")
        await strict.tap("Do one now")
        for n, label in enumerate(EVENING, start=1):
            await strict.shows(f"{n} of {len(EVENING)}")
            await strict.tap(label)
        await strict.shows("Warning list: nothing on it")
        for command in (
            "help",
            "settings",
            "history",
            "learn",
            "note",
            "privacy",
            "menu",
            "nonsense",
        ):
            await strict.say(text=f"/{command}")
        await strict.shows("I did not get that")
        assert await bot.stop() == 0

    assert strict.refused == []
    assert {"getMe", "deleteWebhook", "setMyCommands", "editMessageText"} <= set(strict.calls)
    assert strict.calls.index("deleteWebhook") < strict.calls.index("getUpdates")


async def test_the_strict_api_does_refuse(strict: StrictApi) -> None:
    wrong = {
        "sendMessage": {"chat_id": "4711", "text": "<b>x", "parse_mode": "HTML"},
        "editMessageText": {"chat_id": "4711", "message_id": "1", "text": "x"},
        "answerCallbackQuery": {"callback_query_id": "1"},
        "getUpdates": {"timeout": "25", "colour": "red"},
        "sendmessage": {},
    }
    async with aiohttp.ClientSession() as http:
        for method, given in wrong.items():
            async with http.post(f"{strict.url}/bot{TOKEN}/{method}", data=given) as response:
                assert response.status == 400
    assert len(strict.refused) == len(wrong)


async def post(address: str, secret: str | None) -> int:
    """Bring an update to the webhook; return the status."""
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
    update = {"update_id": 5, "poll": {}}
    async with (
        aiohttp.ClientSession() as http,
        http.post(address, json=update, headers=headers) as response,
    ):
        return response.status


async def delivered(url: str) -> None:
    """Wait until the webhook has taken all that waited."""
    async with asyncio.timeout(10), aiohttp.ClientSession() as http:
        while True:
            async with http.post(f"{url}/bot{TOKEN}/getWebhookInfo") as response:
                if not (await response.json())["result"]["pending_update_count"]:
                    return
