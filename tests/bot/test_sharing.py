"""Several processes on one budget, on a time of the test's own: together they keep to the rate."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from telegram.error import RetryAfter

from bot.budget import MODEST
from bot.leases import PATIENCE
from bot.request import NotSent, asked_wait
from domain.budget import AHEAD, SEVERAL
from tests.bot.senders import Sender, Table, Telegram, play, senders

RATE = 30
"""Calls a second over all."""


def crowd(sender: Sender) -> range:
    """Chats of a sender's own, more than it can send to in a test."""
    return range(10_000 * (sender.number + 1), 10_000 * (sender.number + 2))


async def stop(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


@pytest.mark.parametrize(("busy", "slow"), [(1, 0.005), (4, 0.005), (1, 0.08), (4, 0.08)])
def test_all_together_keep_to_the_rate_and_use_it(busy: int, slow: float) -> None:
    table, telegram = Table(RATE, slow), Telegram()

    async def story() -> None:
        sending = [asyncio.create_task(s.saturate(crowd(s))) for s in senders(4, table, telegram)[:busy]]  # fmt: skip
        await asyncio.sleep(20)
        await stop(*sending)

    play(story)
    assert telegram.fullest_second() <= RATE
    assert len(telegram.sent) >= 0.85 * RATE * 20
    assert table.asks <= 10 * 20 * busy


def test_nobody_is_left_behind() -> None:
    table, telegram = Table(RATE), Telegram()

    async def story() -> None:
        sending = [asyncio.create_task(s.saturate(crowd(s))) for s in senders(4, table, telegram)]
        await asyncio.sleep(40)
        await stop(*sending)

    play(story)
    shares = Counter(number for _, number, _ in telegram.sent)
    assert min(shares[n] for n in range(4)) >= 0.4 * len(telegram.sent) / 4


def test_who_has_nothing_to_send_asks_for_nothing() -> None:
    table, telegram = Table(RATE), Telegram()

    async def story() -> None:
        await senders(1, table, telegram)[0].send(7)
        await asyncio.sleep(60)

    play(story)
    assert table.asks == 1


def test_an_answer_goes_before_bulk_of_other_processes_that_asked_earlier() -> None:
    table, telegram = Table(RATE), Telegram()
    overtaken: list[int] = []

    async def story() -> None:
        *busy, calm = senders(4, table, telegram)
        sending = [asyncio.create_task(s.saturate(crowd(s), at_once=100)) for s in busy]
        for chat in range(1, 41):
            await asyncio.sleep(0.3)
            before = len(telegram.sent)
            await calm.send(chat)
            overtaken.append(len(telegram.sent) - before - 1)
        await stop(*sending)

    play(story)
    # 300 others wait all the time; what is ahead of an answer is what was given out already.
    assert sorted(overtaken)[38] <= 8


def test_many_answers_keep_bulk_away_until_they_are_through() -> None:
    table, telegram = Table(RATE), Telegram()

    async def story() -> None:
        busy, calm = senders(2, table, telegram)
        sending = asyncio.create_task(busy.saturate(crowd(busy)))
        await asyncio.sleep(3)
        telegram.sent.clear()
        await asyncio.gather(*(calm.send(chat) for chat in range(1, 101)))
        await stop(sending)

    play(story)
    between = [number for _, number, _ in telegram.sent].count(0)
    assert between <= 8
    assert telegram.fullest_second() <= RATE


def test_a_chat_told_to_wait_is_left_alone_by_every_process() -> None:
    table, telegram = Table(RATE), Telegram()

    async def story() -> None:
        first, second = senders(2, table, telegram)
        telegram.refuses = lambda chat: RetryAfter(timedelta(seconds=60)) if chat == 7 else None
        with pytest.raises(RetryAfter):
            await first.send(7, bulk=True)
        telegram.refuses = lambda _chat: None
        await asyncio.sleep(1)
        await second.send(8, bulk=True)

        with pytest.raises(RetryAfter) as told:
            await second.send(7, bulk=True)
        assert 55 < asked_wait(told.value).total_seconds() < 60
        await asyncio.sleep(60)
        await second.send(7, bulk=True)

    play(story)
    assert [chat for _, _, chat in telegram.sent] == [8, 7]


def test_when_all_are_told_to_wait_every_process_is_silent() -> None:
    table, telegram = Table(RATE), Telegram()
    told_at = 0.0

    async def story() -> None:
        nonlocal told_at
        first, *others = senders(4, table, telegram)
        sending = [asyncio.create_task(_keep_on(s)) for s in others]
        await asyncio.sleep(3)
        telegram.refuses = lambda chat: RetryAfter(timedelta(seconds=7)) if chat < 10 else None
        told = [first.send(chat) for chat in range(1, 1 + SEVERAL)]
        await asyncio.gather(*told, return_exceptions=True)
        told_at = asyncio.get_running_loop().time()
        await asyncio.sleep(20)
        await stop(*sending)

    play(story)
    silence = [m for m in telegram.moments() if told_at + 0.3 < m < told_at + 6.9]
    after = [m for m in telegram.moments() if told_at + 7 <= m < told_at + 17]
    assert silence == []
    assert len(after) >= 0.85 * RATE * 10
    assert telegram.fullest_second() <= RATE


async def _keep_on(sender: Sender) -> None:
    """Send bulk as the dispatcher does, which comes back to what was refused."""
    chats = iter(crowd(sender))

    async def one() -> None:
        for chat in chats:
            try:
                await sender.send(chat, bulk=True)
            except RetryAfter as error:
                await asyncio.sleep(asked_wait(error).total_seconds() + 0.01)

    await asyncio.gather(*(one() for _ in range(8)))


@pytest.mark.parametrize("fault", ["away", "frozen"])
def test_without_a_database_people_are_answered_modestly_until_it_is_back(fault: str) -> None:
    table, telegram = Table(RATE), Telegram()

    async def story() -> None:
        sender = senders(1, table, telegram)[0]
        sending = asyncio.create_task(_answer_all(sender))
        await asyncio.sleep(5)
        setattr(table, fault, True)
        await asyncio.sleep(20)
        setattr(table, fault, False)
        await asyncio.sleep(10)
        await stop(sending)

    play(story)
    counts = [sum(1000 + a <= m < 1000 + b for m in telegram.moments()) for a, b in [(0, 5), (7, 25), (28, 35)]]  # fmt: skip
    assert counts[0] >= 0.85 * RATE * 5
    assert 0.8 * MODEST * RATE * 18 <= counts[1] <= MODEST * RATE * 18 + 1
    assert counts[2] >= 0.85 * RATE * 7
    assert table.asks <= 10 * 15 + 25


async def _answer_all(sender: Sender) -> None:
    await asyncio.gather(*(sender.send(chat) for chat in range(1, 2000)))


def test_the_first_answer_of_a_process_whose_database_is_frozen_goes_after_a_second() -> None:
    table, telegram = Table(RATE, frozen=True), Telegram()

    async def story() -> None:
        sender = senders(1, table, telegram)[0]
        await sender.send(7)
        await sender.send(8)
        await sender.limiter.shutdown()

    play(story)
    first, second = telegram.moments()
    assert first == pytest.approx(1000 + PATIENCE, abs=0.01)
    assert second - first <= 1 / (MODEST * RATE) + 0.1


@pytest.mark.parametrize("moved", [-3600.0, 3600.0, 86400.0])
def test_a_database_whose_clock_is_set_changes_nothing(moved: float) -> None:
    table, telegram = Table(RATE), Telegram()

    async def story() -> None:
        sending = [asyncio.create_task(s.saturate(crowd(s))) for s in senders(3, table, telegram)]
        for moves in (moved, 0.0, moved):
            await asyncio.sleep(5)
            table.ahead = moves
        await asyncio.sleep(5)
        await stop(*sending)

    play(story)
    assert len(telegram.sent) >= 0.85 * RATE * 20
    # What was given out ahead may be given once more.
    assert telegram.fullest_second() <= RATE * (1 + AHEAD.total_seconds()) + 1


def test_answers_wait_out_a_chats_own_pace_without_asking_all_the_time() -> None:
    table, telegram = Table(RATE), Telegram()

    async def story() -> None:
        sender = senders(1, table, telegram)[0]
        await asyncio.gather(*(sender.send(7) for _ in range(13)))

    play(story)
    assert telegram.moments()[-1] - 1000 == pytest.approx(10, abs=0.3)
    assert table.asks <= 3 * 13


def test_stopping_gives_back_what_waits_and_ends_what_asks() -> None:
    table, telegram = Table(RATE, frozen=True), Telegram()

    async def story() -> None:
        sender = senders(1, table, telegram)[0]
        waiting = asyncio.create_task(sender.send(7))
        await asyncio.sleep(0.1)
        await sender.limiter.shutdown()

        with pytest.raises(NotSent):
            await waiting
        assert asyncio.all_tasks() == {asyncio.current_task()}

    play(story)
    assert telegram.sent == []


def test_an_answer_sits_out_a_short_pause_that_another_process_was_told_of() -> None:
    table, telegram = Table(RATE), Telegram()

    async def story() -> None:
        first, second = senders(2, table, telegram)
        telegram.refuses = lambda _chat: RetryAfter(timedelta(seconds=5))
        with pytest.raises(RetryAfter):
            await first.send(7)
        telegram.refuses = lambda _chat: None
        await asyncio.sleep(0.1)
        await asyncio.gather(second.send(7), second.send(8))

    play(story)
    assert [chat for _, _, chat in telegram.sent] == [8, 7]
    assert telegram.moments()[1] - 1000 == pytest.approx(5, abs=0.2)


def test_bulk_in_line_is_given_back_when_all_are_told_to_wait_elsewhere() -> None:
    table, telegram = Table(RATE), Telegram()

    async def story() -> None:
        first, second = senders(2, table, telegram)
        bulk = [asyncio.create_task(second.send(chat, bulk=True)) for chat in range(100, 200)]
        await asyncio.sleep(1)
        await first.send(8)
        await table.pause(7, 60, True)
        await asyncio.sleep(1)
        assert all(task.done() for task in bulk)
        outcomes = await asyncio.gather(*bulk, return_exceptions=True)
        assert {type(outcome) for outcome in outcomes} == {float, RetryAfter}

    play(story)
    assert len(telegram.sent) < 60
