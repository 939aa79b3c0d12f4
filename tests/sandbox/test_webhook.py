"""A webhook gets updates in order, with the secret, again until it says yes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web

from sandbox.phone import Phone
from sandbox.server import Sandbox
from tests.sandbox.calls import Calls

pytestmark = pytest.mark.asyncio


@dataclass
class Hook:
    """A bot's end of a webhook: answers with *statuses*, then with 200."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    got: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)

    async def receive(self, request: web.Request) -> web.Response:
        self.got.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)


@pytest_asyncio.fixture
async def hook(server: Sandbox) -> AsyncIterator[Hook]:
    server.webhook.first_wait = 0.01
    hook, app = Hook(), web.Application()
    app.router.add_post("/hook", hook.receive)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


async def test_updates_come_in_order_with_the_secret(api: Calls, anna: Phone, hook: Hook) -> None:
    await api.ok("setWebhook", url=hook.url, secret_token="s3cret", max_connections=1)
    for n in range(5):
        await anna.say(str(n))
    await anna.settle()

    assert [u["message"]["text"] for u in hook.got] == ["/start", "0", "1", "2", "3", "4"]
    assert set(hook.secrets) == {"s3cret"}
    assert (await api.ok("getWebhookInfo"))["pending_update_count"] == 0


async def test_what_fails_comes_again_and_nothing_overtakes_it(
    api: Calls, anna: Phone, hook: Hook
) -> None:
    hook.statuses = [500, 302, 403]
    await api.ok("setWebhook", url=hook.url)
    await anna.say("next")
    await anna.settle()

    assert [u["message"]["text"] for u in hook.got] == ["/start"] * 4 + ["next"]
    info = await api.ok("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 403 Forbidden"


async def test_polling_and_a_webhook_exclude_each_other(
    api: Calls, anna: Phone, hook: Hook
) -> None:
    await api.ok("setWebhook", url=hook.url)
    await anna.settle()

    conflict = await api.raw("getUpdates")
    await api.ok("deleteWebhook", drop_pending_updates=True)

    assert conflict["error_code"] == 409
    assert "deleteWebhook to delete the webhook first" in conflict["description"]
    assert await api.ok("getUpdates") == []


async def test_a_secret_that_telegram_would_not_take_is_refused(api: Calls, hook: Hook) -> None:
    refused = await api.refused("setWebhook", url=hook.url, secret_token="a b")

    assert refused == "Bad Request: secret token contains unallowed characters"
