"""What arrives is stored before it is acknowledged, has its turn, and is made good after a stop.

A real bot on our transport, polling a Telegram of our own; only what a turn does is the test's.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import func, select
from telegram import Update

from actions import updates
from actions.work import Runner, Work
from bot.answering import Doors
from bot.context import Context, build_application
from bot.inbox import Inbox
from bot.poller import Poller, PollingBot
from bot.request import AiohttpRequest
from domain.errors import Unavailable
from sandbox.phone import Phone, Telegram
from sandbox.server import Sandbox
from storage.inbox import Arrived, Stored
from storage.tables import Inbox as InboxRow

pytestmark = pytest.mark.asyncio

TOKEN = "77:nothing-but-a-test"


@dataclass
class Turns:
    """What the test's turns do, and what was said to whom."""

    handled: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    apologies: int = 0
    delays: int = 0
    groups: int = 0
    act: Callable[[Context, str], Awaitable[None]] | None = None

    async def handle(self, update: Update, context: Context) -> None:
        text = str(update.effective_message and update.effective_message.text)
        self.handled.append(text)
        if self.act:
            await self.act(context, text)

    async def show_current(self, update: Update, _: Context) -> None:
        self.shown.append(str(update.effective_message and update.effective_message.text))

    async def apologise(self, _: Update, __: Context) -> None:
        self.apologies += 1

    async def explain_delay(self, _: Update, __: Context) -> None:
        self.delays += 1

    async def tell_operator(self, event: str) -> None:
        self.told.append(event)

    def hear_group(self, _: dict[str, Any]) -> None:
        self.groups += 1

    def doors(self) -> Doors:
        return Doors(
            self.handle, self.show_current, self.apologise, self.explain_delay,
            self.tell_operator, self.hear_group,
        )  # fmt: skip


@pytest_asyncio.fixture
async def tg() -> AsyncIterator[Telegram]:
    server = Sandbox(token=TOKEN)
    await server.start()
    async with Telegram(server.url, within=30) as telegram:
        yield telegram
    await server.stop()


@pytest_asyncio.fixture
async def anna(tg: Telegram) -> Phone:
    return await tg.person("Anna")


@pytest.fixture
def turns() -> Turns:
    return Turns()


@pytest_asyncio.fixture
async def bot(tg: Telegram) -> AsyncIterator[PollingBot]:
    bot = PollingBot(
        TOKEN,
        base_url=f"{tg.url}/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
    )
    async with bot:
        yield bot


@pytest_asyncio.fixture
async def inbox(bot: PollingBot, run: Runner, turns: Turns) -> AsyncIterator[Inbox]:
    """An inbox that a poller feeds until the test ends."""
    inbox = Inbox(build_application(bot), run, turns.doors())
    await inbox.replay()
    poller = asyncio.create_task(
        Poller(bot, inbox.receive, lambda _: None, turns.tell_operator).run()
    )
    yield inbox
    poller.cancel()
    await inbox.finish(within=5)


async def until(seen: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not seen():  # noqa: ASYNC110 - what it waits for cannot wake it
            await asyncio.sleep(0.01)


async def rows(work: Work) -> int:
    return await work.session.scalar(select(func.count()).select_from(InboxRow)) or 0


async def test_messages_are_handled_in_order_and_answered(
    anna: Phone, inbox: Inbox, turns: Turns, run: Runner
) -> None:
    for n in range(20):
        await anna.say(f"message {n}")
    await until(lambda: len(turns.handled) == 20 and not len(inbox))

    assert turns.handled == [f"message {n}" for n in range(20)]
    assert await run(updates.waiting) == (0, 0)


async def test_a_turn_that_always_raises_is_parked_and_later_ones_flow(
    anna: Phone, inbox: Inbox, turns: Turns, run: Runner
) -> None:
    async def act(_: Context, text: str) -> None:
        if text == "poison":
            raise ValueError("always")

    turns.act = act
    await anna.say("poison")
    await anna.say("after")
    await until(lambda: "after" in turns.handled and not len(inbox))

    assert turns.handled == ["poison"] * 3 + ["after"]
    assert (turns.apologies, turns.told) == (1, ["update_parked"])
    assert await run(updates.waiting) == (0, 1)


async def test_a_turn_that_raised_after_its_effect_is_not_run_again(
    anna: Phone, inbox: Inbox, turns: Turns
) -> None:
    async def act(context: Context, _: str) -> None:
        await context.run(rows)
        raise ValueError("after the commit")

    turns.act = act
    await anna.say("once")
    await until(lambda: bool(turns.shown) and not len(inbox))

    assert (turns.handled, turns.shown) == (["once"], ["once"])


async def test_a_stop_leaves_what_waits_for_the_next_start(
    anna: Phone, bot: PollingBot, run: Runner, turns: Turns
) -> None:
    gate = asyncio.Event()

    async def act(context: Context, text: str) -> None:
        if text == "first":
            await context.run(rows)  # its effect is stored, and then the power fails
            await gate.wait()

    turns.act = act
    first = Inbox(build_application(bot), run, turns.doors())
    await first.replay()
    for n, text in enumerate(["first", "second"]):
        await anna.say(text)
        await first.receive(await bot.raw_updates(None if n == 0 else n))
    await until(lambda: turns.handled == ["first"])
    await first.finish(within=0)

    second = Inbox(build_application(bot), run, turns.doors())
    assert await second.replay() == 2
    await until(lambda: not len(second))

    assert (turns.handled, turns.shown) == (["first", "second"], ["first"])
    await second.finish(within=5)


async def test_a_group_is_answered_and_nothing_of_it_is_kept(
    tg: Telegram, anna: Phone, inbox: Inbox, turns: Turns, run: Runner
) -> None:
    group = await tg.group("Family", anna)
    await anna.say("/start", chat=group)
    await until(lambda: turns.groups >= 2)  # being added, and the command

    assert len(inbox) == 0
    assert turns.handled == []
    assert await run(rows) == 0


async def test_a_database_that_is_away_holds_a_turn_up_and_loses_nothing(
    anna: Phone, inbox: Inbox, turns: Turns, run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.answering.AGAIN_IN", (0.01,))

    async def act(_: Context, text: str) -> None:
        if text == "wait" and len(turns.handled) < 6:
            raise Unavailable("away")

    turns.act = act
    await anna.say("wait")
    await anna.say("after")
    await until(lambda: "after" in turns.handled and not len(inbox))

    assert turns.handled == ["wait"] * 6 + ["after"]
    assert (turns.delays, turns.apologies) == (1, 0)
    assert await run(updates.waiting) == (0, 0)


async def test_what_was_done_before_the_database_went_away_is_not_done_again(
    anna: Phone, inbox: Inbox, turns: Turns, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.answering.AGAIN_IN", (0.01,))

    async def act(context: Context, _: str) -> None:
        await context.run(rows)
        raise Unavailable("away, after the commit")

    turns.act = act
    await anna.say("once")
    await until(lambda: bool(turns.shown) and not len(inbox))

    assert (turns.handled, turns.shown) == (["once"], ["once"])


async def test_who_writes_while_nothing_can_be_stored_is_told_once_and_answered_later(
    anna: Phone, bot: PollingBot, run: Runner, turns: Turns, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = True

    async def arrive(work: Work, batch: Sequence[Arrived], takes: bool) -> list[Stored]:
        if away:
            raise Unavailable("the disk is full")
        return await updates_arrive(work, batch, takes)

    updates_arrive = updates.arrive
    monkeypatch.setattr(updates, "arrive", arrive)
    inbox = Inbox(build_application(bot), run, turns.doors())
    await inbox.replay()
    await anna.say("hello")
    raw = await bot.raw_updates(None)
    for _ in range(3):
        with pytest.raises(Unavailable):
            await inbox.receive(raw)
    assert (turns.delays, turns.handled) == (1, [])

    away = False
    await inbox.receive(raw)
    await until(lambda: not len(inbox))

    assert turns.handled == ["hello"]


async def test_before_the_start_is_made_good_nothing_is_taken(
    anna: Phone, bot: PollingBot, run: Runner, turns: Turns
) -> None:
    inbox = Inbox(build_application(bot), run, turns.doors())
    await anna.say("early")
    raw = await bot.raw_updates(None)
    with pytest.raises(Unavailable):
        await inbox.receive(raw)
    assert (turns.delays, await run(rows)) == (0, 0)

    await inbox.replay()
    await inbox.receive(raw)
    await until(lambda: not len(inbox))

    assert turns.handled == ["early"]
