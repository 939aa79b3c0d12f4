"""The row that all senders share: what is given, who was told to wait, and what is forgotten."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import delete, select

from actions import budget, erase
from actions.work import Runner, Work
from domain.budget import Ask, Slice
from storage.crypto import Keys
from storage.tables import ChatPause, SendBudget
from tests.actions.members import join

pytestmark = pytest.mark.asyncio

ANNA, BEN, CLEO = 7, 8, 9
RATE = 30


async def take(run: Runner, answers: int = 0, bulk: int = 0, known: int | None = None) -> Slice:
    return await run(budget.take, Ask(answers, bulk, known), RATE)


async def tell(run: Runner, chat: int, seconds: float = 60, *, everything: bool = False) -> None:
    await run(budget.pause, chat, seconds, everything=everything)


async def test_the_first_who_asks_finds_a_whole_budget(run: Runner) -> None:
    given = await take(run, answers=1)

    assert given.starts == (given.now,)


async def test_what_one_was_given_is_given_to_nobody_else(run: Runner) -> None:
    slices = [await take(run, bulk=3) for _ in range(4)]

    starts = [start for given in slices for start in given.starts]
    assert len(starts) >= 5
    gaps = [b - a for a, b in pairwise(starts)]
    assert min(gaps) >= timedelta(seconds=1 / RATE)


async def test_pauses_are_told_to_those_who_do_not_know_them(run: Runner, keys: Keys) -> None:
    before = await take(run)
    await tell(run, ANNA, 60)

    news = await take(run, known=before.known)
    nothing = await take(run, known=news.known)

    assert before.pauses == {}
    assert news.pauses is not None
    assert list(news.pauses) == [keys.lookup(ANNA)]
    assert timedelta(seconds=59) < news.pauses[keys.lookup(ANNA)] - news.now < timedelta(seconds=61)
    assert nothing.pauses is None


async def test_a_chat_told_a_shorter_wait_keeps_the_longer_one(run: Runner, keys: Keys) -> None:
    await tell(run, ANNA, 60)
    await tell(run, ANNA, 1)

    given = await take(run)
    assert given.pauses is not None
    assert given.pauses[keys.lookup(ANNA)] - given.now > timedelta(seconds=50)


async def test_three_chats_told_together_pause_all_and_the_same_one_thrice_does_not(
    run: Runner,
) -> None:
    for _ in range(3):
        await tell(run, ANNA)
    await tell(run, BEN)
    assert (await take(run, bulk=1)).starts != ()

    await tell(run, CLEO)
    given = await take(run, bulk=1)
    assert given.starts == ()
    assert given.paused_until - given.now > timedelta(seconds=50)


async def test_those_told_before_a_pause_of_all_do_not_count_for_the_next(run: Runner) -> None:
    for chat in (ANNA, BEN, CLEO):
        await tell(run, chat, 0.0)
    await tell(run, ANNA, 60)
    await tell(run, BEN, 60)

    assert (await take(run, bulk=1)).starts != ()


async def test_one_process_that_has_seen_enough_pauses_all(run: Runner) -> None:
    await tell(run, ANNA, everything=True)

    assert (await take(run, bulk=1)).starts == ()


async def set_back(work: Work, by: timedelta) -> None:
    """As if the row had been written by a clock that was so much ahead."""
    row = await work.session.get_one(SendBudget, 1)
    for name in ("at", "spent_until", "answers_until", "paused_until", "counted_from"):
        setattr(row, name, getattr(row, name) + by)


async def test_a_clock_that_was_set_back_silences_nobody(run: Runner) -> None:
    await tell(run, ANNA, 60)
    known = (await take(run, bulk=10)).known
    await run(set_back, timedelta(hours=1))

    given = await take(run, answers=1, known=known)

    assert given.answers_at - given.now < timedelta(seconds=1)
    assert given.pauses == {}


async def pauses(work: Work) -> int:
    return len((await work.session.scalars(select(ChatPause))).all())


async def test_what_is_over_is_tidied_away(run: Runner) -> None:
    await tell(run, ANNA, 0.0)
    await tell(run, BEN, 60.0)

    await run(budget.tidy)

    assert await run(pauses) == 1


async def test_who_is_erased_leaves_no_pause_behind(run: Runner) -> None:
    await run(join, ANNA)
    await tell(run, ANNA)
    await tell(run, BEN)
    view = (await run(erase.ask, ANNA, "en")).views[-1]
    assert isinstance(view, erase.Ask)

    await run(erase.confirm, ANNA, "en", view.asked, messages=False)

    assert await run(pauses) == 1


async def forget_the_row(work: Work) -> None:
    await work.session.execute(delete(SendBudget))


async def test_a_row_that_is_gone_is_made_anew(run: Runner) -> None:
    await take(run)
    await run(forget_the_row)

    assert len((await take(run, answers=1)).starts) == 1
