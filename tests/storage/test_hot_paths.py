"""What is asked again and again reads the beginning of an index, and no tap asks once for each reminder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time, timedelta

import pytest
import pytest_asyncio
from sqlalchemy import event
from sqlalchemy.engine import Engine

from actions import deliveries, planning
from actions.work import Runner, Work
from domain.reminders import Kind
from tests.actions.members import join, member
from tests.actions.wishes import wish
from tests.conftest import Clock

pytestmark = [pytest.mark.asyncio, pytest.mark.sqlite]

ANNA = 7
TIMES = tuple(time(hour) for hour in range(8, 20))


@contextmanager
def watched(run: Runner) -> Iterator[list[tuple[str, object]]]:
    """Gather the statements that are made meanwhile, with what they were given."""
    engine: Engine = run.maker.kw["bind"].sync_engine
    made: list[tuple[str, object]] = []

    def note(_c: object, _k: object, statement: str, given: object, *_: object) -> None:
        made.append((statement, given))

    event.listen(engine, "before_cursor_execute", note)
    yield made
    event.remove(engine, "before_cursor_execute", note)


@pytest_asyncio.fixture(autouse=True)
async def many(run: Runner) -> None:
    """Anna has twenty reminders of twelve times a day."""
    await run(join, ANNA)
    for _ in range(20):
        await run(wish, ANNA, Kind.OWN, TIMES)


async def plans(work: Work, made: list[tuple[str, object]]) -> list[str]:
    """How SQLite would go about the statements that read the ledger."""
    connection = await work.session.connection()
    found = []
    for statement, given in made:
        if statement.startswith("SELECT") and "FROM occurrence" in statement:
            explained = f"EXPLAIN QUERY PLAN {statement}"
            rows = await connection.exec_driver_sql(explained, given)  # type: ignore[arg-type]
            found.append("\n".join(rows.scalars(3)))
    return found


async def test_a_claim_sorts_nothing_however_much_is_due(run: Runner, clock: Clock) -> None:
    clock.advance(days=1)
    with watched(run) as made:
        await run(deliveries.claim, 1000, timedelta(minutes=2))
    found = await run(plans, [one for one in made if "LIMIT" in one[0]])

    assert len(found) == 6
    assert [one for one in found if "TEMP B-TREE" in one or "SCAN" in one] == []


async def test_what_comes_next_is_asked_in_few_statements_for_many_reminders(run: Runner) -> None:
    async def ask(work: Work) -> None:
        await planning.next_message(work, await member(work, ANNA))

    with watched(run) as made:
        await run(ask)
    assert len(made) < 12


async def test_everything_is_planned_anew_in_few_statements(run: Runner) -> None:
    async def plan(work: Work) -> None:
        await planning.replan(work, await member(work, ANNA))

    with watched(run) as made:
        await run(plan)
    assert len(made) < 12
