"""The delivery promise, with two senders on PostgreSQL that are killed again and again.

None lost; doubled at most what was in flight at a kill, once more and without a sound; no row says
"sent" of a message that the server has not seen. Leases end by themselves after two minutes: where there
are many kills they are ended as soon as both senders are dead, as nobody else can hold one then; one
drill waits for them.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import func, select

from actions import planning
from actions.work import Runner, Work
from domain.delivery import State
from domain.recurrence import EVERY_DAY, AtMoment
from domain.reminders import Kind
from jobs.deliver import LEASE
from sandbox.phone import Phone, Telegram
from sandbox.server import Sandbox
from storage import reminders
from storage.crypto import new_key_file, read_key_file
from storage.tables import Occurrence, Reminder, ReminderSlot
from tests.actions.members import join, member
from tests.jobs.ledger import lapse
from tests.races.bot_process import TOKEN, BotProcess

pytestmark = [pytest.mark.asyncio, pytest.mark.postgresql]

AT_ONCE = 8
"""The sends in flight of one process, at most: its default."""

WITHIN = 120
"""Seconds in which everything has to have an end once nobody is killed any more."""


@pytest_asyncio.fixture
async def tg() -> AsyncIterator[Telegram]:
    server = Sandbox(token=TOKEN)
    await server.start()
    async with Telegram(server.url, within=60) as telegram:
        yield telegram
    await server.stop()


@pytest.fixture
def real(run: Runner, tmp_path: Path) -> Runner:
    """The same database by the real clock, with the keys that the processes read."""
    path = tmp_path / "commensal.key"
    new_key_file(path)
    return replace(run, keys=read_key_file(path), clock=lambda: datetime.now(UTC))


async def due_now(work: Work, who: int, name: str, count: int) -> None:
    """Let *who* have *count* reminders that are due now, each with words of its own."""
    await join(work, who)
    person = await member(work, who)
    for n in range(count):
        row = Reminder(
            person_id=person.id,
            kind=Kind.OWN,
            weekdays=reminders.mask(EVERY_DAY),
            created_at=work.now,
        )
        reminders.set_pattern(row, AtMoment(work.now + timedelta(seconds=1)))
        work.session.add(row)
        await work.session.flush()
        reminders.set_words(person, row, {"text": f"<{name}.{n}>"})
        work.session.add(ReminderSlot(reminder_id=row.id, at=work.now.time()))
    await work.session.flush()
    await planning.replan(work, person)


def senders(tmp_path: Path, api: str, database: str, count: int, **more: str) -> list[BotProcess]:
    return [
        BotProcess(tmp_path, api, role="work", name=f"sender{n}", DATABASE_URL=database, **more)
        for n in range(count)
    ]


async def open_rows(work: Work) -> int:
    """How many messages have no end yet."""
    open_ = Occurrence.state.in_((State.DUE, State.CLAIMED, State.UNKNOWN))
    query = select(func.count()).select_from(Occurrence).where(open_, Occurrence.reason.is_(None))
    return await work.session.scalar(query) or 0


async def said_sent(work: Work) -> list[int]:
    """The message ids of the rows that say "sent"."""
    query = select(Occurrence.message_id).where(Occurrence.state == State.SENT)
    return [one or 0 for one in await work.session.scalars(query)]


async def until_all_ended(run: Runner, within: float = WITHIN) -> None:
    async with asyncio.timeout(within):
        while await run(open_rows):  # noqa: ASYNC110 - of other processes
            await asyncio.sleep(0.3)


async def claimed_now(work: Work) -> int:
    query = select(func.count()).select_from(Occurrence).where(Occurrence.state == State.CLAIMED)
    return await work.session.scalar(query) or 0


def own_word(text: str) -> str:
    """Which reminder a message is of."""
    return text[text.index("<") : text.index(">") + 1] if "<" in text else ""


async def seen(tg: Telegram) -> tuple[Counter[str], Counter[str], set[int]]:
    """What the server has seen: how often each reminder came, how often without a sound, and all ids."""
    came, silently, ids = Counter[str](), Counter[str](), set[int]()
    for message in await tg.sent():
        word = own_word(message["text"])
        came[word] += 1
        silently[word] += bool(message["silent"])
        ids.add(message["message_id"])
    return came, silently, ids


async def people(tg: Telegram, run: Runner, count: int, each: int) -> list[str]:
    """Let *count* people have *each* reminders due now; return what they are called."""
    phones: list[Phone] = []
    for n in range(count):
        phone = await tg.person(f"P{n}")
        await phone.start()
        phones.append(phone)
    for n, phone in enumerate(phones):
        await run(due_now, phone.id, str(n), each)
    return [f"<{n}.{k}>" for n in range(count) for k in range(each)]


@pytest.mark.parametrize(
    ("crowd", "each", "rounds"),
    [(20, 12, 4), pytest.param(100, 36, 100, marks=pytest.mark.drill)],
)
async def test_none_is_lost_and_at_most_what_was_in_flight_comes_twice(
    tg: Telegram,
    real: Runner,
    tmp_path: Path,
    database_url: str,
    crowd: int,
    each: int,
    rounds: int,
) -> None:
    chance = random.Random(rounds)
    wanted = await people(tg, real, crowd, each)
    await tg.fail("delay_after", times=None, method="sendMessage", seconds=0.15)
    both = senders(tmp_path, tg.url, database_url, 2, MESSAGES_PER_SECOND="40")

    async def run_for_a_moment(sender: BotProcess) -> None:
        await sender.start()
        await sender.logged("started")
        await asyncio.sleep(chance.uniform(0.05, 0.9))
        await sender.kill()

    for _ in range(rounds):
        await asyncio.gather(*(run_for_a_moment(sender) for sender in both))
        await real(lapse)
    left = await real(open_rows)
    await tg.clear_faults()
    for sender in both:
        await sender.start()
    await until_all_ended(real)
    for sender in both:
        assert await sender.stop() == 0

    came, silently, ids = await seen(tg)
    lost = [word for word in wanted if not came[word]]
    doubled = [word for word in wanted if came[word] > 1]
    kills = 2 * rounds
    print(
        f"{len(wanted)} reminders, {kills} kills, {left} left at the last one, "
        f"lost {len(lost)}, doubled {len(doubled)}"
    )
    assert lost == []
    assert len(doubled) <= kills * AT_ONCE
    assert [word for word in doubled if came[word] != 2 or not silently[word]] == []
    assert left > 0, "the kills went on to the end"
    assert set(await real(said_sent)) <= ids


@pytest.mark.drill
async def test_what_a_killed_sender_had_in_hand_comes_once_its_leases_have_run_out_by_themselves(
    tg: Telegram, real: Runner, tmp_path: Path, database_url: str
) -> None:
    wanted = await people(tg, real, 4, 12)
    await tg.fail("delay_after", times=None, method="sendMessage", seconds=0.3)
    first, second = senders(tmp_path, tg.url, database_url, 2)
    await first.start()
    async with asyncio.timeout(30):
        while not await real(claimed_now):  # noqa: ASYNC110 - of another process
            await asyncio.sleep(0.05)
    await first.kill()
    leased = await real(claimed_now)
    await tg.clear_faults()
    began = time.monotonic()
    await second.start()
    await until_all_ended(real, within=LEASE.total_seconds() + WITHIN)
    took = time.monotonic() - began
    assert await second.stop() == 0

    came, silently, _ = await seen(tg)
    doubled = [word for word in wanted if came[word] > 1]
    print(f"{leased} messages in hand at the kill, all ended {took:.0f} s later, doubled {doubled}")
    assert leased > 0
    assert [word for word in wanted if not came[word]] == []
    assert len(doubled) <= AT_ONCE
    assert [word for word in doubled if came[word] != 2 or not silently[word]] == []
    assert took > LEASE.total_seconds() / 2, "a lease was waited for, and not ended by hand"


@pytest.mark.parametrize(
    ("crowd", "each"), [(25, 12), pytest.param(200, 10, marks=pytest.mark.drill)]
)
async def test_four_senders_send_each_of_many_once(
    tg: Telegram, real: Runner, tmp_path: Path, database_url: str, crowd: int, each: int
) -> None:
    wanted = await people(tg, real, crowd, each)
    four = senders(tmp_path, tg.url, database_url, 4, MESSAGES_PER_SECOND="200")
    for sender in four:
        await sender.start()
    await until_all_ended(real)
    for sender in four:
        assert await sender.stop() == 0

    came, silently, ids = await seen(tg)
    lost = [word for word in wanted if not came[word]]
    doubled = [word for word in wanted if came[word] > 1]
    print(f"{len(wanted)} reminders, 4 senders, lost {len(lost)}, doubled {len(doubled)}")
    assert (lost, doubled, +silently) == ([], [], Counter())
    assert sorted(await real(said_sent)) == sorted(ids)
    assert await tg.refusals() == []
