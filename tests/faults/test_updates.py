"""What people say comes twice, in the wrong order, in floods, or makes a turn fail: each has its effect once."""

from __future__ import annotations

import asyncio
import random
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import select

from actions import entries, updates
from actions.work import Here, Runner, Work
from bot.inbox import Inbox
from storage import people
from storage.entries import between
from storage.tables import Person
from tests.faults.tally import Tally, received, tally
from tests.faults.town import Town, done, until
from tests.faults.town import town as a_town

pytestmark = pytest.mark.asyncio

CROWD = range(1000, 1003)
ANNA = CROWD[0]
OTHERS = range(2000, 2020)
EACH = 10
DAY = date(2025, 3, 3)


@pytest_asyncio.fixture(autouse=True)
async def diaries(town: Town) -> None:
    """Three people keep a diary, and none wants to be reminded."""
    await town.move_in(CROWD, at=None)


def write_notes(town: Town) -> list[dict[str, Any]]:
    """Let everybody write ten notes, in turn; return the updates, as Telegram numbers them."""
    for n in range(EACH):
        for who in CROWD:
            town.server.people.say(who, f"/note {who}.{n}")
    return town.updates()


WRITTEN = [f"{who}.{n}" for who in CROWD for n in range(EACH)]


async def kept(work: Work) -> list[tuple[str, bool]]:
    """Every note that is kept."""
    notes = []
    for person_id in await work.session.scalars(select(Person.id)):
        person = await people.get(work.session, work.keys, person_id)
        assert person is not None
        days = await between(work.session, person, DAY, DAY)
        notes += [(entry.value, False) for entry in days]
    return notes


async def test_an_update_that_comes_five_times_counts_once(town: Town) -> None:
    raw = write_notes(town)

    async with town.inbox() as inbox:
        await asyncio.gather(*(inbox.receive(raw) for _ in range(3)))
        await done(inbox)
        await inbox.receive(raw)
        await done(inbox)
    async with town.inbox() as after_a_start:
        await after_a_start.receive(raw)
        await done(after_a_start)

    assert tally("update five times", WRITTEN, await town.run(kept)) == Tally(30, 30)
    assert town.count("and its answers", due=list(CROWD) * EACH) == Tally(30, 30)


async def test_updates_in_the_wrong_order_count_once_each(town: Town) -> None:
    raw = write_notes(town)
    random.Random(7).shuffle(raw)

    async with town.inbox() as inbox:
        await asyncio.gather(*(inbox.receive([one]) for one in raw))
        await done(inbox)

    assert tally("updates out of order", WRITTEN, await town.run(kept)) == Tally(30, 30)
    assert town.count("and their answers", due=list(CROWD) * EACH) == Tally(30, 30)


async def test_an_update_that_always_fails_is_parked_and_later_ones_flow(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, tries = entries.write_note, []

    async def fail_on_one(work: Work, who: int, text: str) -> Here:
        if text == f"{ANNA}.3":
            tries.append(text)
            raise ValueError("always")
        return await write(work, who, text)

    monkeypatch.setattr(entries, "write_note", fail_on_one)
    raw = write_notes(town)

    async with town.inbox() as inbox:
        await inbox.receive(raw)
        await done(inbox)

    due = [note for note in WRITTEN if note != f"{ANNA}.3"]
    assert tally("a handler that always raises", due, await town.run(kept)) == Tally(29, 29)
    assert (len(tries), town.told) == (3, ["update_parked"])
    assert town.count("and the answers, an apology too", due=list(CROWD) * EACH) == Tally(30, 30)
    assert await town.run(updates.waiting) == (0, 1)


@pytest.mark.parametrize("flood", [150, pytest.param(2000, marks=pytest.mark.drill)])
async def test_the_flood_of_one_person_keeps_nobody_else_waiting(
    run: Runner, tmp_path: Path, flood: int
) -> None:
    async with (
        a_town(run, tmp_path, MESSAGES_PER_SECOND="30", MESSAGES_PER_CHAT="1") as paced,
        paced.inbox() as inbox,
    ):
        paced.phones([ANNA])
        await paced.move_in(OTHERS, at=None)
        for n in range(flood):
            paced.server.people.say(ANNA, f"/note {n}")
        flooding = paced.updates()
        for at in range(0, flood, 100):  # as polling brings them
            await inbox.receive(flooding[at : at + 100])
        waited = sorted([await _answered(paced, inbox, who) for who in OTHERS])
        left = len(inbox)
        print(f"{flood} messages of one: p95 of others {waited[-2]:.2f} s, {left} wait still")

        others = [note for note in paced.sent if note["chat_id"] in OTHERS]
        assert tally("the others", OTHERS, received(others)) == Tally(20, 20)
        assert left > flood / 2
        assert flood < 2000 or waited[-2] < 1


async def _answered(town: Town, inbox: Inbox, who: int) -> float:
    """Let somebody write a note, and wait for their answer; return the seconds."""
    began = monotonic()
    town.server.people.say(who, "/note all is well")
    await inbox.receive(town.updates())
    await until(lambda: who in {note["chat_id"] for note in town.sent})
    return monotonic() - began
