"""Nothing secret and nothing that people say reaches a log, at any level and by any way we know of."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import orjson
import pytest
import structlog
from aiohttp import web
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.request import BaseRequest, RequestData

from commensal import logs
from tests.commensal.logging_kept import logging_kept

TOKEN = "123456:AAcanaryAAcanaryAAcanaryAAcanaryAA1"
DATABASE = 'postgresql+asyncpg://anna:ca"nary\\pä@host/name'


@pytest.fixture(autouse=True)
def put_back() -> Iterator[None]:
    with logging_kept():
        yield


class Captured:
    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def read(self) -> str:
        return self._capsys.readouterr().err


@pytest.fixture(params=["text", "json"])
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def written(form: str, capsys: pytest.CaptureFixture[str]) -> Captured:
    """What a process with debug logs would have written."""
    logs.configure("debug", form, [DATABASE, "s"])
    return Captured(capsys)


class Echo(BaseRequest):
    """A Bot API that refuses the token, and repeats what it was asked."""

    def __init__(self, code: int, body: bytes) -> None:
        self.answer = code, body

    @property
    def read_timeout(self) -> float | None:
        return 1.0

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *_: object,
        **__: object,
    ) -> tuple[int, bytes]:
        return self.answer


def test_a_record_of_ours_is_written_with_its_values(written: Captured, form: str) -> None:
    structlog.get_logger("jobs.deliver").info("settled", count=3)

    line = written.read()
    if form == "json":
        record = json.loads(line)
        assert record["event"] == "settled"
        assert record["count"] == 3
        assert record["level"] == "info"
        assert record["logger"] == "jobs.deliver"
        assert record["timestamp"].endswith("Z")
    else:
        assert "settled" in line
        assert "count=3" in line


def test_the_level_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("warning", "text")
    structlog.get_logger("bot.inbox").info("quiet")
    logging.getLogger("bot.inbox").info("quiet")
    structlog.get_logger("bot.inbox").warning("loud")

    out = capsys.readouterr().err
    assert "quiet" not in out
    assert "loud" in out


def test_setting_up_twice_writes_once(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("info", "text")
    logs.configure("info", "text")
    structlog.get_logger("bot").info("once")

    assert capsys.readouterr().err.count("once") == 1


@pytest.mark.parametrize("level", ["debug", "info", "warning", "error"])
def test_other_libraries_are_heard_from_warning_on_even_if_they_turn_themselves_up(
    level: str, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure(level, "text")
    for name in ("httpx", "telegram.Bot", "apscheduler", "uvicorn.error"):
        logger = logging.getLogger(name)
        before = logger.level
        logger.setLevel(logging.DEBUG)
        logger.debug("quiet")
        logger.info("quiet")
        logger.error("loud")
        logger.setLevel(before)

    out = capsys.readouterr().err
    assert "quiet" not in out
    assert out.count("loud") == 4


@pytest.mark.asyncio
async def test_the_token_in_an_address_that_httpx_logs_is_not_seen(written: Captured) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response()

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    async with httpx.AsyncClient(trust_env=False) as client:
        await client.get(f"http://127.0.0.1:{port}/bot{TOKEN}/getMe")
    await runner.cleanup()
    # As if it had been louder:
    logging.getLogger("httpx").error("HTTP Request: GET http://host/bot%s/getMe", TOKEN)

    out = written.read()
    assert out.count("HTTP Request") == 1
    assert "canary" not in out


@pytest.mark.asyncio
async def test_the_token_in_the_words_of_an_error_is_not_seen(written: Captured) -> None:
    refusal = Echo(401, b'{"ok":false,"description":"Unauthorized"}')
    bot = Bot(TOKEN, request=refusal, get_updates_request=refusal)
    with pytest.raises(InvalidToken, match=TOKEN):
        await bot.initialize()
    try:
        await bot.initialize()
    except InvalidToken as error:
        structlog.get_logger("commensal.run").exception("refused")
        structlog.get_logger("commensal.run").error("refused", error=str(error))
        logging.getLogger("telegram.ext").exception("Invalid token", exc_info=error)

    out = written.read()
    assert out.count("`***`") == 3
    assert "canary" not in out


def test_the_token_in_a_repr_is_not_seen(written: Captured) -> None:
    bot = Bot(TOKEN)
    assert TOKEN in repr(bot)
    structlog.get_logger("bot.app").info(
        "made", bot=bot, told=repr(bot), quoted="123456%3A" + "A" * 35
    )
    structlog.get_logger("bot.app").info("kept", at=Path(f"/file/bot{TOKEN}/x"), **{TOKEN: 1})
    logging.getLogger("telegram").warning("made %r %s", bot, {"bot": bot})

    out = written.read()
    assert out.count("made") == 2
    assert out.count("kept") == 1
    assert "canary" not in out
    assert "AAAA" not in out


def test_configured_secrets_are_not_seen_however_they_are_spelled(written: Captured) -> None:
    log = structlog.get_logger("storage")
    log.info("one", url=DATABASE)
    log.info("two", url=repr(DATABASE))
    log.info("three", url=json.dumps(DATABASE))
    logging.getLogger("alembic").warning("four %s", [DATABASE])
    try:
        raise OSError(f"cannot reach {DATABASE}")
    except OSError:
        log.exception("five")

    out = written.read()
    assert out.count("***") >= 5
    assert "nary" not in out


def test_the_traceback_of_an_error_shows_code_and_no_values(written: Captured) -> None:
    note = "canary note"
    try:
        try:
            int(note)
        except ValueError:
            {}[note]  # type: ignore[index]
    except KeyError:
        structlog.get_logger("bot.handlers").exception("fault")
        logging.getLogger("asyncio").exception("fault")
    try:
        raise ExceptionGroup("several", [ValueError(note)])
    except ExceptionGroup:
        structlog.get_logger("bot.handlers").exception("fault")

    out = written.read()
    assert "int(note)" in out
    assert "KeyError: ***" in out
    assert "canary" not in out


def test_objects_are_named_and_not_shown(written: Captured) -> None:
    structlog.get_logger("bot").info("seen", update={"text": "canary"}, person=["canary"], n=1)

    out = written.read()
    assert "<dict>" in out
    assert "<list>" in out
    assert "canary" not in out


@pytest.mark.asyncio
async def test_an_update_that_cannot_be_read_is_not_printed(written: Captured) -> None:
    body = orjson.dumps({"ok": True, "result": [{"update_id": 1, "message": {"text": "canary"}}]})
    answer = Echo(200, body)
    with pytest.raises((TypeError, KeyError)):
        await Bot(TOKEN, request=answer, get_updates_request=answer).get_updates()

    broken = Echo(200, b'{"text": "canary')
    with pytest.raises(TelegramError):
        await Bot(TOKEN, request=broken, get_updates_request=broken).get_updates()

    assert written.read() == ""


@pytest.mark.asyncio
async def test_message_texts_at_debug_are_not_printed(written: Captured) -> None:
    sent = {"message_id": 1, "date": 0, "chat": {"id": 7, "type": "private"}, "text": "canary"}
    answer = Echo(200, orjson.dumps({"ok": True, "result": sent}))
    await Bot(TOKEN, request=answer, get_updates_request=answer).send_message(7, "canary")

    assert written.read() == ""


@pytest.mark.asyncio
async def test_databases_are_silent(written: Captured, tmp_path: Path) -> None:
    engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path}/x.db")
    async with engine.connect() as connection:
        await connection.execute(text("select :note"), {"note": "canary"})
    await engine.dispose()
    logging.getLogger("sqlalchemy.pool").error("canary")
    logging.getLogger("aiosqlite").error("canary")

    assert written.read() == ""


@pytest.mark.asyncio
async def test_an_error_that_nobody_fetched_is_told_without_its_words(written: Captured) -> None:
    loop = asyncio.get_running_loop()
    loop.call_exception_handler(
        {"message": "Task exception was never retrieved", "exception": ValueError("canary"),
         "task": "<Task exception=ValueError('canary')>"}
    )  # fmt: skip

    out = written.read()
    assert "Task exception was never retrieved" in out
    assert "canary" not in out


def test_a_record_that_cannot_be_written_is_not_printed_raw(written: Captured) -> None:
    ours = logging.getLogger("bot.screen")
    root = logging.getLogger()
    root.handlers[:] = [h for h in root.handlers if not type(h).__module__.startswith("_pytest")]
    ours.error("%d canary", "canary")

    out = written.read()
    assert "could not be written" in out
    assert "canary" not in out


def test_what_ends_the_process_goes_through_the_same_nets(written: Captured) -> None:
    try:
        raise InvalidToken(f"The token `{TOKEN}` was rejected")
    except InvalidToken as error:
        sys.excepthook(type(error), error, error.__traceback__)

    out = written.read()
    assert "uncaught" in out
    assert "was rejected" in out
    assert "canary" not in out
