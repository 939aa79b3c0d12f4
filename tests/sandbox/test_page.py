"""The page is served whole, from this machine alone, and hears of every change."""

from __future__ import annotations

import asyncio
import json
import re

import aiohttp
import pytest

from sandbox.phone import NotSeen, Phone, Telegram
from sandbox.server import Sandbox
from tests.sandbox.calls import Calls

pytestmark = pytest.mark.asyncio


async def test_the_page_and_all_that_it_names_are_served(server: Sandbox, api: Calls) -> None:
    seen, waiting = set[str](), {"/"}
    while waiting:
        path = waiting.pop()
        seen.add(path)
        async with api.http.get(server.url + path) as response:
            assert response.status == 200, path
            assert "default-src 'none'" in response.headers["Content-Security-Policy"]
            text = await response.text()
        named = re.findall(r'"(/page/[a-z_]+\.[a-z]+)"', text)
        named += [f"/page/{name}" for name in re.findall(r'from "\./([a-z_]+\.js)"', text)]
        waiting |= set(named) - seen
        assert not re.findall(r"(?:src|href)=\"https?:|url\(|@import", text), path

    assert {"/page/main.js", "/page/style.css", "/page/text.js", "/page/icon.svg"} <= seen


@pytest.mark.parametrize("path", ["/page/none.js", "/page/__init__.py", "/page/..%2fserver.py"])
async def test_nothing_else_is_served(server: Sandbox, api: Calls, path: str) -> None:
    async with api.http.get(server.url + path) as response:
        assert response.status == 404


async def test_a_file_that_could_act_is_only_downloaded(
    server: Sandbox, api: Calls, anna: Phone
) -> None:
    sent = await anna.send_file("document", "ä b<.html", b"<script>", mime="text/html")
    path = f"/sandbox/files/{sent.message['document']['file_id']}"

    async with api.http.get(server.url + path) as response:
        assert response.content_type == "application/octet-stream"
        assert (
            response.headers["Content-Disposition"]
            == "attachment; filename*=UTF-8''%C3%A4%20b%3C.html"
        )
        assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_listener_hears_of_a_message_and_an_answer(
    server: Sandbox, api: Calls, anna: Phone
) -> None:
    async with api.http.get(f"{server.url}/sandbox/events") as stream:
        await stream.content.readline()
        sent = await api.ok("sendMessage", chat_id=anna.id, text="x")
        query = await anna.tap_data("a", sent["message_id"])
        await api.ok("answerCallbackQuery", callback_query_id=query, text="ok", show_alert=True)
        heard: list[dict[str, object]] = []
        async with asyncio.timeout(3):
            while not heard or heard[-1]["kind"] != "answer":
                line = await stream.content.readline()
                if line.startswith(b"data: "):
                    heard.append(json.loads(line[6:]))

    assert heard[0]["kind"] == "message"
    assert heard[0]["message_id"] == sent["message_id"]
    assert (heard[-1]["text"], heard[-1]["show_alert"]) == ("ok", True)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "http://bent.example", "Host": "bent.example"},
        {"Sec-Fetch-Mode": "cors", "Host": "bent.example"},
    ],
)
async def test_another_page_cannot_drive_the_people(
    server: Sandbox, api: Calls, headers: dict[str, str]
) -> None:
    path = f"{server.url}/sandbox/people"
    async with api.http.post(path, json={"name": "x"}, headers=headers) as response:
        assert response.status == 403
    assert server.world.people == {}


async def test_settling_waits_for_the_bot_and_says_when_it_does_not_come(
    api: Calls, anna: Phone
) -> None:
    with pytest.raises(NotSeen, match="the bot is not done"):
        await anna.settle(within=0.1)
    await api.updates()
    await anna.settle()

    query = await anna.tap_data("a", 1)
    await api.updates()
    with pytest.raises(NotSeen, match=f"tap {query} waits for an answer"):
        await anna.settle(within=0.1)


async def test_a_wait_sees_only_what_came_after_the_last_act(api: Calls, anna: Phone) -> None:
    await api.ok("sendMessage", chat_id=anna.id, text="question one")
    await anna.say("answer")

    with pytest.raises(NotSeen):
        await anna.wait_for("question", within=0.1)
    assert (await anna.wait_for("question", ever=True)).text == "question one"
    waiting = asyncio.create_task(anna.wait_for("question"))
    await api.ok("sendMessage", chat_id=anna.id, text="question two")
    assert (await waiting).text == "question two"


async def test_the_server_stops_with_a_listener_and_a_poller_there() -> None:
    server = Sandbox()
    await server.start()
    async with aiohttp.ClientSession() as http, Telegram(server.url):
        poll = asyncio.create_task(Calls(http, server.url).raw("getUpdates", timeout=30))
        async with http.get(f"{server.url}/sandbox/events") as stream:
            await stream.content.readline()
            await asyncio.wait_for(server.stop(), 3)

    assert await poll == {"ok": True, "result": []}
