"""Telegram fails, refuses or does not answer: what is due comes once, or once more without a sound."""

from __future__ import annotations

import asyncio
from datetime import date
from functools import partial

import pytest
import pytest_asyncio
from sqlalchemy import func, select

from actions.work import Work
from bot.poller import Poller
from bot.sender import Sender
from commensal.health import Wellbeing
from domain.delivery import Reason, State
from storage.tables import CheckIn, Person
from tests.actions.members import finish
from tests.conftest import Clock
from tests.faults.tally import Tally, received, tally
from tests.faults.town import Town, done, until
from tests.jobs.ledger import ledger

pytestmark = pytest.mark.asyncio

CROWD = range(1000, 1020)
UNLUCKY = CROWD[:5]
ANNA = CROWD[0]


@pytest_asyncio.fixture(autouse=True)
async def evening(town: Town, clock: Clock) -> None:
    """Twenty people are to be reminded at half past eight, and it is a minute later."""
    await town.move_in(CROWD)
    clock.advance(minutes=31)


@pytest.mark.parametrize(
    ("kind", "doubled"), [("drop_after", 5), ("status_after", 5), ("drop_before", 0), ("status", 0)]
)
async def test_an_answer_that_is_lost_costs_one_silent_second_at_most(
    town: Town, kind: str, doubled: int
) -> None:
    for unlucky in UNLUCKY:
        town.fail(kind, chat_id=unlucky)

    await town.deliver(rounds=3)

    assert town.count(f"answer lost ({kind})") == Tally(20, 20 + doubled, doubled=doubled)
    assert await town.run(ledger) == [(State.SENT, None)] * 20


async def test_a_connection_that_is_refused_thrice_loses_and_doubles_nothing(town: Town) -> None:
    port = int(town.server.url.rsplit(":", 1)[1])
    await town.server.stop()
    await town.deliver(rounds=3)
    assert await town.run(ledger) == [(State.DUE, None)] * 20

    await town.server.start(port=port)
    await town.deliver()

    assert town.count("connection refused thrice") == Tally(20, 20)
    assert not any(note["silent"] for note in town.sent)


async def test_who_blocked_the_bot_is_left_alone_keeps_their_data_and_can_come_back(
    town: Town, clock: Clock
) -> None:
    await town.run(finish, ANNA, date(2025, 3, 2))
    for gone in UNLUCKY:
        town.server.membership.block(gone)
    await town.deliver(rounds=2)
    assert (await town.run(ledger)).count((State.FAILED, Reason.BLOCKED)) == 5

    clock.advance(days=1)
    before = town.calls
    await town.deliver(rounds=2)
    assert town.calls - before == 15, "who is gone is not even tried"

    town.updates()
    town.server.people.start(ANNA)
    async with town.inbox() as inbox:
        await inbox.receive(town.updates())
        await done(inbox)
    assert [note["chat_id"] for note in town.sent[30:]] == [ANNA]
    clock.advance(days=1)
    await town.deliver()

    reminders = [note for n, note in enumerate(town.sent) if n != 30]
    due = [*list(CROWD[5:]) * 3, ANNA]
    assert tally("403", due, received(reminders)) == Tally(46, 46)
    assert await town.run(kept) == (20, 1)


async def kept(work: Work) -> tuple[int, int]:
    """How many people and how many finished check-ins are there."""
    people = await work.session.scalar(select(func.count()).select_from(Person))
    days = await work.session.scalar(select(func.count(CheckIn.finished_at)))
    return people or 0, days or 0


async def test_a_chat_that_has_migrated_gets_it_once_under_its_new_id(town: Town) -> None:
    new = 5000
    town.phones([new])
    town.who.remove(new)
    town.fail("migrated", times=None, chat_id=ANNA, to_chat_id=new)

    await town.deliver(rounds=2)

    assert town.count("chat migrated", due=[new, *CROWD[1:]]) == Tally(20, 20)
    assert await town.run(ledger) == [(State.SENT, None)] * 20


async def test_a_chat_that_is_not_there_is_given_up_and_counted_and_the_others_go_on(
    town: Town,
) -> None:
    for gone in UNLUCKY:
        del town.server.world.chats[gone], town.server.world.people[gone]

    await town.deliver(rounds=3)

    assert town.count("chat not found", due=CROWD[5:]) == Tally(15, 15)
    assert town.calls == 20, "each was tried once"
    ends = await town.run(ledger)
    assert ends.count((State.FAILED, Reason.CHAT_NOT_FOUND)) == 5


async def test_a_token_that_is_revoked_and_restored_loses_nothing_and_health_is_red_meanwhile(
    town: Town,
) -> None:
    health = Wellbeing(town.run)
    sender = Sender(town.bot, partial(health.set, "telegram"))
    town.fail("revoked", times=None)
    for one in UNLUCKY:
        town.server.people.say(one, "/note all is well")

    async with town.inbox() as inbox:
        polling = Poller(town.bot, inbox.receive, partial(health.set, "updates"), town.tell).run()
        poller = asyncio.create_task(polling)
        for _ in range(3):
            await town.deliver(sender=sender)
        await until(lambda: "token" in health.problems["updates"])
        assert "token" in health.problems["telegram"]
        assert town.sent == []
        assert set(town.told) == {"Telegram does not know this token"}

        town.mend()
        await town.deliver(sender=sender)
        await until(lambda: len(town.sent) == 25)
        await done(inbox)
        poller.cancel()

    assert town.count("token revoked and restored", due=[*CROWD, *UNLUCKY]) == Tally(25, 25)
    assert (health.problems["telegram"], health.problems["updates"]) == ("", "")
    assert await town.run(ledger) == [(State.SENT, None)] * 20
