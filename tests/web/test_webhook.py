"""The webhook stores what Telegram brings and says so; everything else is turned away, unlogged."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest
import pytest_asyncio

from commensal import logs
from tests.commensal.logging_kept import logging_kept
from tests.web.conftest import Serve
from web.app import build
from web.health import Health
from web.metrics import Metrics
from web.webhook import MOST_BYTES, SECRET_HEADER, Webhook

pytestmark = pytest.mark.asyncio

SECRET = "canary-secret_1"
UPDATE = {"update_id": 5, "message": {"text": "canary"}}


@dataclass
class Inbox:
    """Stores updates unless it is told to fail."""

    url: str = ""
    stored: list[dict[str, Any]] = field(default_factory=list)
    fails: bool = False
    answers: Counter[str] = field(default_factory=Counter)

    async def receive(self, update: dict[str, Any]) -> None:
        if self.fails:
            raise OSError("canary: the disk is full")
        self.stored.append(update)

    def count(self, name: str, word: str) -> None:
        assert name == "webhook"
        self.answers[word] += 1


@pytest_asyncio.fixture
async def inbox(served: Serve) -> AsyncIterator[Inbox]:
    here = Inbox()
    webhook = Webhook(SECRET, here.receive, path="/own/path", count=here.count)
    here.url = await served(build(Health({}), Metrics("1"), webhook)) + "/own/path"
    yield here


async def post(
    client: aiohttp.ClientSession,
    inbox: Inbox,
    body: bytes,
    secret: str | None = SECRET,
    kind: str = "application/json",
) -> int:
    headers = {"Content-Type": kind} | ({SECRET_HEADER: secret} if secret is not None else {})
    async with client.post(inbox.url, data=body, headers=headers) as answer:
        assert await answer.read() == b""
        assert "server" not in answer.headers
        return answer.status


async def test_an_update_is_stored_before_it_is_acknowledged(
    inbox: Inbox, client: aiohttp.ClientSession
) -> None:
    assert await post(client, inbox, json.dumps(UPDATE).encode()) == 200
    assert inbox.stored == [UPDATE]
    assert inbox.answers == {"stored": 1}


async def test_what_cannot_be_stored_is_left_with_telegram(
    inbox: Inbox, client: aiohttp.ClientSession
) -> None:
    inbox.fails = True

    assert await post(client, inbox, json.dumps(UPDATE).encode()) == 503
    inbox.fails = False
    assert await post(client, inbox, json.dumps(UPDATE).encode()) == 200


@pytest.mark.parametrize("secret", [None, "", "canary", SECRET + "1", SECRET.upper(), "ä"])
async def test_without_the_secret_nothing_is_read(
    inbox: Inbox, client: aiohttp.ClientSession, secret: str | None
) -> None:
    assert await post(client, inbox, json.dumps(UPDATE).encode(), secret) == 403
    assert inbox.stored == []


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "x"])
async def test_another_type_is_refused(
    inbox: Inbox, client: aiohttp.ClientSession, kind: str
) -> None:
    assert await post(client, inbox, json.dumps(UPDATE).encode(), kind=kind) == 415


async def test_the_type_may_name_a_charset(inbox: Inbox, client: aiohttp.ClientSession) -> None:
    body = json.dumps(UPDATE).encode()

    assert await post(client, inbox, body, kind="Application/JSON; charset=utf-8") == 200


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"{}",
        b'{"update_id":"5"}',
        b'{"update_id":true}',
        b'{"update_id":-1}',
        b'{"update_id":9223372036854775808}',
        b'{"update_id":NaN}',
        b'{"update_id":1,"x":Infinity}',
        b"\xff\xfe",
        b"[" * 200_000,
        b"1" * 10_000,
    ],
)
async def test_what_is_no_update_is_refused(
    inbox: Inbox, client: aiohttp.ClientSession, body: bytes
) -> None:
    assert await post(client, inbox, body) == 400
    assert inbox.stored == []


async def test_half_a_surrogate_pair_is_an_update(
    inbox: Inbox, client: aiohttp.ClientSession
) -> None:
    assert await post(client, inbox, b'{"update_id":1,"x":"\\ud83d"}') == 200


@pytest.mark.parametrize("chunked", [False, True])
async def test_a_body_that_is_too_large_is_not_read_to_its_end(
    inbox: Inbox, client: aiohttp.ClientSession, chunked: bool
) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b" " * (MOST_BYTES // 10)

    headers = {"Content-Type": "application/json", SECRET_HEADER: SECRET}
    data = pieces() if chunked else BytesIO(b" " * (MOST_BYTES + 1))
    # The answer comes while the body is still being written, and may be lost with it.
    with suppress(aiohttp.ClientError):
        async with client.post(inbox.url, data=data, headers=headers) as answer:
            assert answer.status == 413
    assert inbox.answers == {"size": 1}
    assert inbox.stored == []


async def test_the_largest_body_is_still_read(inbox: Inbox, client: aiohttp.ClientSession) -> None:
    body = json.dumps(UPDATE).encode()

    assert await post(client, inbox, body + b" " * (MOST_BYTES - len(body))) == 200


async def test_a_body_that_does_not_come_is_given_up(served: Serve) -> None:
    webhook = Webhook(SECRET, Inbox().receive, path="/own/path", patience=0.1)
    url = await served(build(Health({}), Metrics("1"), webhook))
    parts = urlsplit(f"{url}/own/path")
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    head = f"POST {parts.path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    writer.write(f"{head}{SECRET_HEADER}: {SECRET}\r\nContent-Length: 50\r\n\r\n{{".encode())

    assert (await reader.readline()).startswith(b"HTTP/1.1 408")
    writer.close()
    await writer.wait_closed()


async def test_other_methods_are_refused(inbox: Inbox, client: aiohttp.ClientSession) -> None:
    async with client.get(inbox.url, headers={SECRET_HEADER: SECRET}) as answer:
        assert answer.status == 405


async def test_when_polling_there_is_no_webhook(
    served: Serve, client: aiohttp.ClientSession
) -> None:
    url = await served(build(Health({}), Metrics("1")))

    async with client.post(f"{url}/telegram/webhook", json=UPDATE) as answer:
        assert answer.status == 404


async def test_a_webhook_without_a_secret_is_a_bug() -> None:
    with pytest.raises(ValueError, match="secret"):
        Webhook("", Inbox().receive, path="/x")


async def test_neither_secret_nor_body_is_logged_at_any_level(
    inbox: Inbox, client: aiohttp.ClientSession, capsys: pytest.CaptureFixture[str]
) -> None:
    with logging_kept():
        logs.configure("debug", "text")
        await post(client, inbox, json.dumps(UPDATE).encode(), "canary-wrong")
        await post(client, inbox, b'{"canary')
        inbox.fails = True
        await post(client, inbox, json.dumps(UPDATE).encode())

    out = capsys.readouterr().err
    assert "webhook_not_stored" in out
    assert "canary" not in out
