"""The ledger is asked at every wake, so its questions do not grow with what is planned."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.engine import Connection

from actions.work import Runner, Work
from domain.delivery import State
from storage import deliveries
from storage.tables import Occurrence
from tests.actions.diaries import ANNA, plant

pytestmark = [pytest.mark.asyncio, pytest.mark.sqlite]


async def plans(work: Work) -> list[str]:
    """How SQLite goes about the questions of a wake."""
    asked: list[tuple[str, tuple[Any, ...]]] = []

    def note(
        _: Connection, __: object, statement: str, values: tuple[Any, ...], *___: object
    ) -> None:
        asked.append((statement, values))

    connection = await work.session.connection()
    event.listen(connection.sync_connection, "before_cursor_execute", note)
    await deliveries.earliest(work.session)
    event.remove(connection.sync_connection, "before_cursor_execute", note)
    found = []
    for statement, values in asked:
        explained = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        found += [row.detail for row in explained]
    return found


async def test_a_wake_reads_the_beginning_of_an_index_and_sorts_nothing(run: Runner) -> None:
    found = await run(plans)

    reads = [step for step in found if "occurrence" in step]
    assert len(reads) == 6
    assert all("USING INDEX ix_occurrence" in step for step in reads), found
    assert not [step for step in found if "TEMP B-TREE" in step]


async def ledger(work: Work, *rows: tuple[State, int, int | None]) -> None:
    """Rows as (state, due in so many minutes, lease that ends in so many)."""
    await plant(work, ANNA)
    (planted,) = (
        await work.session.execute(text("SELECT reminder_id, slot FROM occurrence"))
    ).all()
    for step, (state, due, lease) in enumerate(rows, 1):
        work.session.add(
            Occurrence(
                reminder_id=planted[0], slot=planted[1], step=step, local_day=work.now.date(),
                due_at=work.now + timedelta(minutes=due), expires_at=work.now + timedelta(days=1),
                state=state, lease_until=None if lease is None else work.now + timedelta(minutes=lease),
            )
        )  # fmt: skip


async def first(work: Work) -> list[float | None]:
    moments = await deliveries.earliest(work.session)
    return [None if m is None else (m - work.now).total_seconds() / 60 for m in moments]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((), [None, None]),
        (((State.DUE, 9, None), (State.DUE, 5, None)), [5, None]),
        (((State.DUE, 9, None), (State.CLAIMED, 1, 4), (State.UNKNOWN, 2, 3)), [9, 3]),
        (((State.SENT, 1, None), (State.UNKNOWN, 7, None), (State.DUE, 8, None)), [7, None]),
    ],
)
async def test_a_wake_finds_the_first_that_is_free_and_the_first_lease_that_ends(
    run: Runner, rows: tuple[tuple[State, int, int | None], ...], expected: list[float | None]
) -> None:
    await run(ledger, *rows)

    assert await run(first) == expected
