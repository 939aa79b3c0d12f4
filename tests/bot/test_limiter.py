"""The limiter as python-telegram-bot uses it: a real ExtBot, and a Telegram that notes every call."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import orjson
import pytest
from telegram.error import BadRequest, RetryAfter
from telegram.ext import ExtBot
from telegram.request import BaseRequest, RequestData

from bot.limiter import BULK, Limiter
from bot.pace import Lane
from bot.request import NotSent

pytestmark = pytest.mark.asyncio

ANNA, BEN = 7, 8


@dataclass
class Clock:
    """Time that passes when the test says so, and the timers set on it."""

    now: float = 100.0
    timers: list[tuple[float, Callable[[], None], asyncio.TimerHandle]] = field(
        default_factory=list
    )

    def time(self) -> float:
        return self.now

    def later(self, seconds: float, act: Callable[[], None]) -> asyncio.TimerHandle:
        # Far away on the loop's clock: only advance() runs it.
        handle = asyncio.get_running_loop().call_later(10_000, act)
        self.timers.append((self.now + seconds, act, handle))
        return handle

    async def advance(self, seconds: float) -> None:
        end = self.now + seconds
        while True:
            await settle()
            due = [t for t in self.timers if not t[2].cancelled() and t[0] <= end]
            if not due:
                break
            moment, act, handle = min(due, key=lambda t: t[0])
            handle.cancel()
            self.now = max(self.now, moment)
            act()
        self.now = end
        self.timers = [t for t in self.timers if not t[2].cancelled()]


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


class Telegram(BaseRequest):
    """Notes what is called and answers with what `answers` holds for the chat."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.calls: list[tuple[float, str, int | None]] = []
        self.answers: dict[int, tuple[int, dict[str, Any]]] = {}

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
        given = request_data.parameters if request_data else {}
        chat = given.get("chat_id")
        assert chat is None or isinstance(chat, int)
        self.calls.append((self.clock.now, url.rsplit("/", 1)[1], chat))
        if chat in self.answers:
            code, body = self.answers[chat]
            return code, orjson.dumps(body)
        message = {"message_id": 1, "date": 0, "chat": {"id": 7, "type": "private"}}
        me = {"id": 1, "is_bot": True, "first_name": "B", "username": "b"}
        result: object = me if url.endswith("getMe") else message
        if url.endswith(("answerCallbackQuery", "setMyCommands")):
            result = True
        return 200, orjson.dumps({"ok": True, "result": result})

    def times(self, chat: int) -> list[float]:
        return [at for at, _, called in self.calls if called == chat]


@dataclass
class House:
    clock: Clock
    telegram: Telegram
    limiter: Limiter
    bot: ExtBot[dict[str, Any]]


@pytest.fixture
def house() -> House:
    clock = Clock()
    telegram = Telegram(clock)
    limiter = Limiter(30, 1.0, clock.time, clock.later)
    bot = ExtBot("1:x", request=telegram, rate_limiter=limiter)
    return House(clock, telegram, limiter, bot)


def too_many(seconds: int) -> tuple[int, dict[str, Any]]:
    return 429, {"ok": False, "description": "x", "parameters": {"retry_after": seconds}}


async def test_a_chat_is_paced_and_every_call_gets_its_answer(house: House) -> None:
    calls = [asyncio.create_task(house.bot.send_message(ANNA, "x")) for _ in range(5)]
    await house.clock.advance(5)

    assert [call.result().message_id for call in calls] == [1] * 5
    assert house.telegram.times(ANNA) == pytest.approx([100, 100, 100, 101, 102], abs=1e-3)


async def test_calls_that_are_no_message_pass_at_once(house: House) -> None:
    sent = [asyncio.create_task(house.bot.send_message(n, "x")) for n in range(1, 100)]
    await settle()

    await asyncio.gather(*(house.bot.answer_callback_query("q") for _ in range(40)))
    await house.bot.get_me()
    await house.bot.set_my_commands([("start", "x")])

    assert sum(chat is None for _, _, chat in house.telegram.calls) == 42
    assert sum(chat is not None for _, _, chat in house.telegram.calls) == 3
    await house.clock.advance(5)
    await asyncio.gather(*sent)


async def test_an_answer_goes_before_bulk_that_asked_first(house: House) -> None:
    bulk = [
        asyncio.create_task(house.bot.send_message(n, "x", rate_limit_args=BULK))
        for n in range(100, 200)
    ]
    await house.clock.advance(1)
    answer = asyncio.create_task(house.bot.send_message(ANNA, "x"))
    await house.clock.advance(0.05)

    assert answer.done()
    assert house.limiter.waiting[Lane.BULK] > 60
    await house.clock.advance(10)
    await asyncio.gather(*bulk)


async def test_a_retry_after_goes_up_unsent_again_and_pauses_only_its_chat(house: House) -> None:
    house.telegram.answers[ANNA] = too_many(5)
    with pytest.raises(RetryAfter):
        await house.bot.send_message(ANNA, "x")
    assert len(house.telegram.calls) == 1
    del house.telegram.answers[ANNA]

    again = asyncio.create_task(house.bot.send_message(ANNA, "x"))
    await house.bot.send_message(BEN, "x")
    await house.clock.advance(6)

    await again
    assert house.telegram.times(ANNA) == pytest.approx([100, 105], abs=1e-3)
    assert house.telegram.times(BEN) == [100]


async def test_bulk_to_a_paused_chat_is_told_how_long_without_asking_telegram(
    house: House,
) -> None:
    house.telegram.answers[ANNA] = too_many(5)
    with pytest.raises(RetryAfter):
        await house.bot.send_message(ANNA, "x")

    with pytest.raises(RetryAfter) as told:
        await house.bot.send_message(ANNA, "x", rate_limit_args=BULK)

    assert told.value.retry_after == timedelta(seconds=5)
    assert len(house.telegram.calls) == 1


async def test_a_cancelled_call_is_never_made(house: House) -> None:
    calls = [asyncio.create_task(house.bot.send_message(ANNA, "x")) for _ in range(5)]
    await settle()
    calls[3].cancel()
    await house.clock.advance(5)

    assert calls[3].cancelled()
    assert house.telegram.times(ANNA) == pytest.approx([100, 100, 100, 101], abs=1e-3)


async def test_stopping_gives_back_what_waits(house: House) -> None:
    calls = [asyncio.create_task(house.bot.send_message(ANNA, "x")) for _ in range(4)]
    await settle()

    await house.limiter.shutdown()

    with pytest.raises(NotSent):
        await calls[3]
    assert len(house.telegram.calls) == 3


async def test_other_refusals_go_up_and_pause_nothing(house: House) -> None:
    house.telegram.answers[ANNA] = (400, {"ok": False, "description": "chat not found"})

    for _ in range(3):
        with pytest.raises(BadRequest):
            await house.bot.send_message(ANNA, "x")

    assert len(house.telegram.calls) == 3


async def test_a_lane_that_is_none_is_a_bug(house: House) -> None:
    with pytest.raises(ValueError, match="express"):
        await house.bot.send_message(ANNA, "x", rate_limit_args={"lane": "express"})


async def test_it_runs_on_the_loops_own_clock() -> None:
    clock = Clock()
    telegram = Telegram(clock)
    bot = ExtBot("1:x", request=telegram, rate_limiter=Limiter(500))

    await asyncio.gather(*(bot.send_message(n, "x", rate_limit_args=BULK) for n in range(1, 21)))

    assert len(telegram.calls) == 20
