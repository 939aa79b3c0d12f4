"""What our transport raises decides whether a message is sent again: each failure, on a real socket.

The server is a real one on loopback and the bot a real telegram.Bot; only what Telegram would
answer is ours.
"""

from __future__ import annotations

import asyncio
import socket
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
import pytest_asyncio
from aiohttp import web
from telegram import Bot, InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.request import AiohttpRequest, NoAnswer, NotSent, Unknown

pytestmark = pytest.mark.asyncio

TOKEN = "123456:AAcanaryAAcanaryAAcanaryAAcanaryAA1"
ME = {"id": 123456, "is_bot": True, "first_name": "Bot", "username": "some_bot"}
SENT = {"message_id": 5, "date": 0, "chat": {"id": 7, "type": "private"}, "text": "hi"}

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


def ok(result: object) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def refused(code: int, description: str, **parameters: int) -> web.Response:
    body = {"ok": False, "error_code": code, "description": description}
    return web.json_response(body | ({"parameters": parameters} if parameters else {}), status=code)


def read(upload: bytes | bytearray | web.FileField) -> tuple[str, str, bytes]:
    assert isinstance(upload, web.FileField)
    return upload.filename, upload.content_type, upload.file.read()


@dataclass
class Telegram:
    """A Bot API that counts what reaches it and answers as told."""

    url: str = ""
    answer: Answer | None = None
    calls: list[str] = field(default_factory=list)
    forms: list[dict[str, object]] = field(default_factory=list)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.calls.append(request.path.rsplit("/", 1)[1])
        if self.answer is not None:
            return await self.answer(request)
        if request.method == "POST":
            form = await request.post()
            self.forms.append(
                {name: held if isinstance(held, str) else read(held) for name, held in form.items()}
            )
        return ok(ME if request.path.endswith("getMe") else SENT)


@pytest_asyncio.fixture
async def telegram() -> AsyncIterator[Telegram]:
    here = Telegram()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", here.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1, handler_cancellation=True)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    here.url = f"http://{host}:{port}"
    yield here
    await runner.cleanup()


async def bot_at(url: str, request: AiohttpRequest) -> Bot:
    await request.initialize()
    return Bot(TOKEN, f"{url}/bot", f"{url}/file/bot", request=request)


@pytest_asyncio.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    request = AiohttpRequest(read_timeout=0.2, write_timeout=0.2)
    yield await bot_at(telegram.url, request)
    await request.shutdown()


def drop(request: web.Request) -> None:
    assert request.transport is not None
    request.transport.abort()


async def test_a_message_is_sent_and_its_answer_read(bot: Bot, telegram: Telegram) -> None:
    message = await bot.send_message(7, "grüß ‮dich & <b>", parse_mode="HTML")

    assert message.message_id == 5
    assert telegram.forms == [{"chat_id": "7", "text": "grüß ‮dich & <b>", "parse_mode": "HTML"}]


async def test_half_a_surrogate_pair_is_no_bug(bot: Bot, telegram: Telegram) -> None:
    await bot.send_message(7, "x\ud83d")

    assert telegram.forms[0]["text"] == "x?"


async def test_a_file_is_uploaded_with_its_name(bot: Bot, telegram: Telegram) -> None:
    await bot.send_document(7, InputFile(b"a,b", 'mein "Tägebuch" 1.csv'), caption="hier")

    [form] = telegram.forms
    assert form["document"] == ('mein "Tägebuch" 1.csv', "text/csv", b"a,b")
    assert form["caption"] == "hier"


async def test_a_file_is_fetched(telegram: Telegram, bot: Bot) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(body=b"\x00raw")

    telegram.answer = answer

    assert await bot.request.retrieve(f"{telegram.url}/file/bot{TOKEN}/a/b.json") == b"\x00raw"


async def test_calls_share_connections(telegram: Telegram) -> None:
    ports: list[object] = []

    async def answer(request: web.Request) -> web.Response:
        assert request.transport is not None
        ports.append(request.transport.get_extra_info("peername"))
        await asyncio.sleep(0.005)
        return ok(SENT)

    telegram.answer = answer
    async with AiohttpRequest(connections=4) as request:
        bot = await bot_at(telegram.url, request)
        await asyncio.gather(*(bot.send_message(n, "x") for n in range(40)))

    assert len(ports) == 40
    assert len(set(ports)) == 4


async def test_a_refused_connection_is_not_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    async with AiohttpRequest() as request:
        bot = await bot_at(f"http://127.0.0.1:{port}", request)
        with pytest.raises(NotSent):
            await bot.send_message(7, "x")


async def test_a_host_without_an_address_is_not_sent() -> None:
    async with AiohttpRequest() as request:
        bot = await bot_at("http://nobody.invalid", request)
        with pytest.raises(NotSent):
            await bot.send_message(7, "x")


async def test_a_failed_handshake_is_not_sent(telegram: Telegram) -> None:
    async with AiohttpRequest() as request:
        bot = await bot_at(telegram.url.replace("http:", "https:"), request)
        with pytest.raises(NotSent):
            await bot.send_message(7, "x")
    assert telegram.calls == []


async def test_a_connection_that_is_not_made_in_time_is_not_sent() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=1) as deaf:
        # Nobody accepts: once the backlog is full the kernel answers no more.
        full = [socket.socket() for _ in range(4)]
        for one in full:
            one.setblocking(False)
            one.connect_ex(deaf.getsockname())
        async with AiohttpRequest(connect_timeout=0.1, pool_timeout=0.1) as request:
            bot = await bot_at(f"http://127.0.0.1:{deaf.getsockname()[1]}", request)
            with pytest.raises(NotSent):
                await bot.send_message(7, "x")
        for one in full:
            one.close()


async def test_no_free_connection_is_not_sent(telegram: Telegram) -> None:
    async def answer(request: web.Request) -> web.Response:
        await asyncio.sleep(0.5)
        return ok(SENT)

    telegram.answer = answer
    request = AiohttpRequest(connections=1, connect_timeout=0.05, pool_timeout=0.05)
    async with request:
        bot = await bot_at(telegram.url, request)
        first = asyncio.create_task(bot.send_message(7, "x"))
        await asyncio.sleep(0.05)
        with pytest.raises(NotSent):
            await bot.send_message(8, "x")
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
    assert len(telegram.calls) == 1


async def test_a_closed_transport_is_not_sent(bot: Bot, telegram: Telegram) -> None:
    await bot.request.shutdown()

    with pytest.raises(NotSent):
        await bot.send_message(7, "x")
    assert telegram.calls == []


async def test_no_answer_in_time_is_unknown_and_timed_out(bot: Bot, telegram: Telegram) -> None:
    async def answer(request: web.Request) -> web.Response:
        await asyncio.sleep(5)
        return ok(SENT)

    telegram.answer = answer

    with pytest.raises(NoAnswer) as seen:
        await bot.send_message(7, "x")
    assert isinstance(seen.value, Unknown)
    assert isinstance(seen.value, TimedOut)
    assert len(telegram.calls) == 1


async def test_a_server_that_stops_reading_is_unknown() -> None:
    """A large upload into a connection that nobody drains: aiohttp alone would wait for ever."""
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        async with AiohttpRequest(read_timeout=0.1) as request:
            bot = await bot_at(f"http://127.0.0.1:{deaf.getsockname()[1]}", request)
            with pytest.raises(NoAnswer):
                await bot.send_document(7, InputFile(bytes(8_000_000), "x"), write_timeout=0.1)


async def test_what_cannot_be_sent_is_not_shown_in_the_error(bot: Bot) -> None:
    with pytest.raises(NotSent) as seen:
        await bot.send_document(7, InputFile(b"canary", "line\r\nbreak"), caption="canary")
    assert "canary" not in repr(seen.value)


@pytest.mark.parametrize("after_reading", [False, True])
async def test_a_dropped_connection_is_unknown_and_not_tried_again(
    bot: Bot, telegram: Telegram, after_reading: bool
) -> None:
    async def answer(request: web.Request) -> web.Response:
        if after_reading:
            await request.post()
        drop(request)
        return ok(SENT)

    telegram.answer = answer

    with pytest.raises(Unknown):
        await bot.send_message(7, "x")
    assert len(telegram.calls) == 1


async def test_a_kept_connection_that_drops_is_not_tried_again(
    bot: Bot, telegram: Telegram
) -> None:
    await bot.send_message(7, "x")

    async def answer(request: web.Request) -> web.Response:
        drop(request)
        return ok(SENT)

    telegram.answer = answer
    with pytest.raises(Unknown):
        await bot.send_message(7, "x")
    assert len(telegram.calls) == 2


async def test_half_an_answer_is_unknown(bot: Bot, telegram: Telegram) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        half = web.StreamResponse(headers={"Content-Length": "100"})
        await half.prepare(request)
        await half.write(b'{"ok":true,')
        drop(request)
        return half

    telegram.answer = answer

    with pytest.raises(Unknown):
        await bot.send_message(7, "x")


@pytest.mark.parametrize("code", [500, 502, 503, 504])
async def test_a_fault_of_the_server_is_unknown(bot: Bot, telegram: Telegram, code: int) -> None:
    async def answer(request: web.Request) -> web.Response:
        return refused(code, "Internal Server Error", retry_after=5)

    telegram.answer = answer

    with pytest.raises(Unknown):
        await bot.send_message(7, "x")


@pytest.mark.parametrize("body", [b"<html>", b"", b"[1]", b"{}", b"[" * 100_000])
async def test_an_answer_that_is_none_is_unknown(bot: Bot, telegram: Telegram, body: bytes) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(body=body)

    telegram.answer = answer

    with pytest.raises(Unknown):
        await bot.send_message(7, "x")


async def test_a_redirect_is_not_followed(bot: Bot, telegram: Telegram) -> None:
    async def answer(request: web.Request) -> web.Response:
        raise web.HTTPFound(f"{telegram.url}/elsewhere")

    telegram.answer = answer

    with pytest.raises(NotSent):
        await bot.send_message(7, "x")
    assert telegram.calls == ["sendMessage"]


@pytest.mark.parametrize(
    ("code", "parameters", "kind"),
    [
        (400, {}, BadRequest),
        (400, {"migrate_to_chat_id": -100}, ChatMigrated),
        (401, {}, InvalidToken),
        (403, {}, Forbidden),
        (404, {}, InvalidToken),
        (409, {}, Conflict),
        (429, {"retry_after": 3}, RetryAfter),
    ],
)
async def test_what_telegram_refuses_goes_on_as_it_is(
    bot: Bot, telegram: Telegram, code: int, parameters: dict[str, int], kind: type[TelegramError]
) -> None:
    async def answer(request: web.Request) -> web.Response:
        return refused(code, "Bad Request: chat not found", **parameters)

    telegram.answer = answer

    with pytest.raises(kind) as seen:
        await bot.send_message(7, "x")
    assert type(seen.value) is kind
    if isinstance(seen.value, RetryAfter):
        assert seen.value.retry_after == timedelta(seconds=3)


@pytest.mark.parametrize(
    ("headers", "seconds"), [({}, 1), ({"Retry-After": "7"}, 7), ({"Retry-After": "Tue"}, 1)]
)
async def test_too_many_requests_without_a_time_is_still_a_retry_after(
    bot: Bot, telegram: Telegram, headers: dict[str, str], seconds: int
) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=429, text="slow down", headers=headers)

    telegram.answer = answer

    with pytest.raises(RetryAfter) as seen:
        await bot.send_message(7, "x")
    assert seen.value.retry_after == timedelta(seconds=seconds)


@pytest.mark.parametrize("as_json", [False, True])
@pytest.mark.parametrize("code", [400, 404, 413, 500])
async def test_a_server_that_repeats_the_address_does_not_leak_the_token(
    bot: Bot, telegram: Telegram, code: int, as_json: bool
) -> None:
    async def answer(request: web.Request) -> web.Response:
        text = f"no such page: {request.path}"
        return refused(code, text) if as_json else web.Response(status=code, text=text)

    telegram.answer = answer

    with pytest.raises(TelegramError) as seen:
        await bot.send_message(7, "x")
    assert "canary" not in f"{seen.value!r} {seen.value}"


async def test_no_failure_names_the_address(telegram: Telegram) -> None:
    failures: list[NetworkError] = []

    async def answer(request: web.Request) -> web.Response:
        drop(request)
        return ok(SENT)

    telegram.answer = answer
    async with AiohttpRequest() as request:
        for url in (telegram.url, "http://nobody.invalid", "http://127.0.0.1:1"):
            bot = await bot_at(url, request)
            with pytest.raises(NetworkError) as seen:
                await bot.send_message(7, "x")
            failures.append(seen.value)

    for failure in failures:
        assert failure.__cause__ is None  # whose words may hold it
        assert "canary" not in "".join(traceback.format_exception(failure))
        assert "canary" not in repr(failure)
        assert "127.0.0.1" not in repr(failure)


async def test_a_cancelled_call_is_cancelled(bot: Bot, telegram: Telegram) -> None:
    async def answer(request: web.Request) -> web.Response:
        await asyncio.sleep(5)
        return ok(SENT)

    telegram.answer = answer
    call = asyncio.create_task(bot.send_message(7, "x"))
    await asyncio.sleep(0.05)
    call.cancel()

    with pytest.raises(asyncio.CancelledError):
        await call


async def test_an_update_with_half_a_surrogate_pair_is_read(bot: Bot, telegram: Telegram) -> None:
    async def answer(request: web.Request) -> web.Response:
        body = '{"ok":true,"result":[{"update_id":1,"message":{"message_id":1,"date":0,'
        body += '"chat":{"id":7,"type":"private"},"text":"\\ud83d"}}]}'
        return web.Response(text=body, content_type="application/json")

    telegram.answer = answer
    async with AiohttpRequest() as polling:
        poller = Bot(TOKEN, f"{telegram.url}/bot", request=polling, get_updates_request=polling)
        [update] = await poller.get_updates()

    assert update.message is not None
    assert update.message.text == "\ud83d"


async def test_a_proxy_from_the_environment_is_used_but_never_for_this_machine(
    telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append((await reader.readuntil(b"\r\n\r\n")).decode())
        writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(proxy, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, f"http://anna:word@127.0.0.1:{port}")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    async with AiohttpRequest() as request:
        far = await bot_at("https://api.telegram.invalid", request)
        with pytest.raises(NotSent):
            await far.send_message(7, "x")
        near = await bot_at(telegram.url, request)
        await near.send_message(7, "x")
    server.close()
    await server.wait_closed()

    [head] = asked
    assert head.startswith("CONNECT api.telegram.invalid:443 ")
    assert "Proxy-Authorization: Basic YW5uYTp3b3Jk" in head
    assert TOKEN not in head
    assert telegram.calls == ["sendMessage"]
