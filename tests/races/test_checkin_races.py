"""Many taps at once on a real PostgreSQL: no answer is lost, none is there twice.

Four runners on engines of their own stand for four processes. Each person taps everything twice.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace

import pytest
import pytest_asyncio
from sqlalchemy import func, select

from actions import checkins, entries, people, warnings
from actions.cards import Card, Step
from actions.work import Here, Runner, Work
from storage import checkins as store
from storage.database import open_engine, sessions
from storage.tables import AnswerRow, CheckIn, Entry, Warned
from tests.actions.members import join, member

pytestmark = [pytest.mark.asyncio, pytest.mark.postgresql]

CROWD = range(1000, 1050)
TAPS = (("ache", "3"), ("visits", "2+"), ("shape", "round"))


@pytest_asyncio.fixture
async def runners(run: Runner, database_url: str) -> AsyncIterator[list[Runner]]:
    """Four processes' worth of runners; everybody has joined."""
    for who in CROWD:
        await run(join, who)
    engines = [open_engine(database_url) for _ in range(4)]
    yield [replace(run, maker=sessions(engine)) for engine in engines]
    for engine in engines:
        await engine.dispose()


async def everybody(
    runners: list[Runner], act: Callable[[Runner, int], Awaitable[Here]]
) -> list[Here]:
    """Let each person do *act* four times at once, once in each process, all persons mixed."""
    return await asyncio.gather(*(act(run, who) for who in CROWD for run in runners))


async def count(work: Work) -> tuple[int, int, int]:
    """How many check-ins, answers and warning rows there are."""
    found = [
        await work.session.scalar(select(func.count()).select_from(table)) or 0
        for table in (CheckIn, AnswerRow, Warned)
    ]
    return found[0], found[1], found[2]


async def told(work: Work, who: int) -> dict[str, str | None]:
    person = await member(work, who)
    row = await store.find(work.session, person, people.today_of(work, person))
    assert row is not None
    answers = await store.answers(work.session, person, [row.id])
    return {name: answer.code for name, answer in answers[row.id].items()}


async def test_four_processes_lose_and_double_none_of_the_answers_of_fifty_people(
    run: Runner, runners: list[Runner]
) -> None:
    opened = await everybody(runners, lambda r, who: r(checkins.start, who))
    ids = Counter(here.views[-1].check_in_id for here in opened if isinstance(here.views[-1], Step))
    assert sorted(ids.values()) == [4] * len(CROWD), "each person has one check-in, seen four times"
    by_person = {
        who: here.views[-1].check_in_id
        for who, here in zip((who for who in CROWD for _ in runners), opened, strict=True)
        if isinstance(here.views[-1], Step)
    }

    async def tap_all(runner: Runner, who: int) -> Here:
        for name, code in TAPS:
            await runner(checkins.answer, who, by_person[who], name, code)
        return await runner(warnings.choose_in_check_in, who, by_person[who], "red")

    ends = await everybody(runners, tap_all)

    assert all(isinstance(here.views[-1], Card) for here in ends)
    lost = [who for who in CROWD if await run(told, who) != {**dict(TAPS), "warning": "seen"}]
    assert lost == []
    people_count = len(CROWD)
    assert await run(count) == (people_count, 4 * people_count, people_count)


async def test_a_log_tapped_four_times_at_once_is_one_log(
    run: Runner, runners: list[Runner]
) -> None:
    ids = {who: who * 1_000_003 for who in CROWD}

    await everybody(runners, lambda r, who: r(entries.log, who, ids[who], "ache", "6"))

    async def logs(work: Work) -> int:
        return await work.session.scalar(select(func.count()).select_from(Entry)) or 0

    assert await run(logs) == len(CROWD)
