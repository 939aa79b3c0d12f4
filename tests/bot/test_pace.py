"""Whose turn it is, on a clock of the test's own: nothing here waits."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.budget import Chat
from bot.pace import BURST, FORGET_FROM, Lane, Pace, Turn
from domain.budget import SEVERAL

ANNA, BEN, CLEO = 7, 8, 9


@dataclass
class Line:
    """A pace, its clock, and what became of those who asked."""

    per_second: int = 30
    now: float = 1000.0
    went: list[tuple[float, Chat, Lane]] = field(default_factory=list)
    refused: list[tuple[Chat, float]] = field(default_factory=list)
    look_at: float | None = None

    def __post_init__(self) -> None:
        self.pace = Pace(self.per_second, lambda: self.now)

    def ask(self, chat: Chat, lane: Lane = Lane.ANSWERS, cost: float = 1.0) -> Turn:
        def done(wait: float | None) -> None:
            if wait is None:
                self.went.append((self.now, chat, lane))
            else:
                self.refused.append((chat, round(wait, 6)))

        turn = Turn(lane, chat, cost, done)
        self.pace.ask(turn)
        self.look()
        return turn

    def look(self) -> None:
        wait = self.pace.release()
        self.look_at = None if wait is None else self.now + wait

    def until(self, moment: float) -> None:
        """Let time pass, looking exactly when the pace asked to be."""
        steps = 0
        while self.look_at is not None and self.look_at <= moment:
            self.now = max(self.now, self.look_at)
            self.look()
            steps += 1
            assert steps < 100_000
        self.now = max(self.now, moment)

    def chats(self) -> list[Chat]:
        return [chat for _, chat, _ in self.went]


def most_in_a_window(moments: list[float], seconds: float) -> int:
    """The largest number of moments in any half-open window; floats are forgiven a nanosecond."""
    return max(
        (sum(start <= m < start + seconds - 1e-9 for m in moments) for start in moments), default=0
    )


requests = st.lists(
    st.tuples(
        st.floats(0, 4), st.integers(1, 6), st.sampled_from(list(Lane)), st.sampled_from([0.5, 1.0])
    ),
    max_size=120,
)


@given(requests, st.integers(1, 40))
def test_no_window_holds_more_than_is_allowed_and_all_go(
    asked: list[tuple[float, int, Lane, float]], per_second: int
) -> None:
    line = Line(per_second)
    for after, chat, lane, cost in sorted(asked):
        line.until(1000 + after)
        line.ask(chat, lane, cost)
    line.until(2000)

    assert Counter(line.chats()) == Counter(chat for _, chat, _, _ in asked)
    assert most_in_a_window([m for m, _, _ in line.went], 1.0) <= per_second
    for chat in range(1, 7):
        moments = [m for m, c, _ in line.went if c == chat]
        for seconds in (1, 5):
            # An edit costs half, so up to twice as many.
            assert most_in_a_window(moments, seconds) <= 2 * (BURST + seconds)


@given(st.lists(st.floats(0, 4), max_size=40))
def test_a_private_chat_gets_its_burst_and_then_one_a_second(asked: list[float]) -> None:
    line = Line()
    for after in sorted(asked):
        line.until(1000 + after)
        line.ask(ANNA)
    line.until(2000)

    moments = [m for m, _, _ in line.went]
    assert len(moments) == len(asked)
    for seconds in (0.5, 1, 3, 10):
        assert most_in_a_window(moments, seconds) <= BURST + seconds


def test_a_quiet_chat_gets_three_at_once_and_the_next_a_second_later() -> None:
    line = Line()
    for _ in range(5):
        line.ask(ANNA)
    line.until(1010)

    assert [m for m, _, _ in line.went] == pytest.approx([1000, 1000, 1000, 1001, 1002], abs=1e-3)


def test_edits_count_half() -> None:
    line = Line(per_second=1000)
    for _ in range(8):
        line.ask(ANNA, cost=0.5)
    line.until(1010)

    assert [m for m, _, _ in line.went] == pytest.approx([1000] * 6 + [1000.5, 1001], abs=1e-3)


def test_a_gesture_costs_its_chat_nothing() -> None:
    line = Line(per_second=1000)
    for _ in range(4):
        line.ask(ANNA)
    line.ask(ANNA, Lane.BULK, cost=0.0)

    assert line.went[-1] == (1000, ANNA, Lane.BULK)


@pytest.mark.parametrize("group", [-100123, "@channel"])
def test_a_group_gets_twenty_a_minute(group: Chat) -> None:
    line = Line()
    for _ in range(60):
        line.ask(group)
    line.until(1060)

    assert len(line.went) == pytest.approx(20 + BURST, abs=1)


def test_over_all_thirty_go_in_a_second_and_the_rest_later() -> None:
    line = Line()
    for chat in range(1, 91):
        line.ask(chat)
    line.until(1000.999)
    assert len(line.went) == 29  # three at once, then 27 a second, evenly

    line.until(1004)
    assert len(line.went) == 90


def test_a_delay_on_the_way_does_not_make_two_seconds_arrive_as_one() -> None:
    line = Line()
    for chat in range(1, 201):
        line.ask(chat)
    line.until(1010)

    moments = [m for m, _, _ in line.went]
    late = sorted(m + (0.2 if m < 1001 else 0.0) for m in moments)
    assert most_in_a_window(late, 1.0) <= 30 + 0.2 * 27 + 1


def test_answers_overtake_bulk() -> None:
    line = Line()
    for chat in range(1, 301):
        line.ask(chat, Lane.BULK)
    line.until(1002)
    line.ask(ANNA * 1000)
    line.until(1002.05)

    assert (ANNA * 1000, Lane.ANSWERS) in [(c, lane) for _, c, lane in line.went]
    assert line.pace.waiting[Lane.BULK] > 200


def test_an_answer_takes_the_slot_that_bulk_was_waiting_for() -> None:
    line = Line(per_second=1)
    line.ask(99)
    line.ask(BEN, Lane.BULK)
    line.ask(ANNA)
    line.until(1001.2)

    assert line.chats() == [99, ANNA]


def test_bulk_goes_out_evenly_at_nine_tenths_of_the_rate() -> None:
    line = Line()
    for chat in range(1, 301):
        line.ask(chat, Lane.BULK)
    line.until(1009)

    assert 26 * 9 <= len(line.went) <= 28 * 9


def test_bulk_keeps_its_rate_when_timers_are_late() -> None:
    line = Line()
    for chat in range(1, 301):
        line.ask(chat, Lane.BULK)
    while line.look_at is not None and line.now < 1009:
        line.now = line.look_at + 0.004
        line.look()

    assert 26 * 9 <= len(line.went) <= 28 * 9


def test_a_chat_with_much_to_say_holds_up_no_other() -> None:
    line = Line(per_second=6)
    for _ in range(50):
        line.ask(ANNA)
    for _ in range(2):
        line.ask(BEN)
        line.ask(CLEO)
    line.until(1001.5)

    assert Counter(line.chats())[BEN] == 2
    assert Counter(line.chats())[CLEO] == 2


def test_ready_chats_take_turns() -> None:
    line = Line(per_second=1)
    line.ask(99)
    for _ in range(2):
        line.ask(ANNA)
    line.ask(BEN)
    line.until(1010)

    assert line.chats() == [99, ANNA, BEN, ANNA]


def test_a_chats_own_messages_keep_their_order() -> None:
    line = Line()
    costs = [1.0] * 4 + [0.0]
    for cost in costs:
        line.ask(ANNA, cost=cost)
    line.until(1010)

    assert [m for m, _, _ in line.went] == pytest.approx([1000, 1000, 1000, 1001, 1001], abs=1e-3)


def test_a_chat_told_to_wait_leaves_the_others_going() -> None:
    line = Line()
    line.pace.refused(ANNA, 5)
    line.ask(ANNA)
    line.ask(BEN)
    line.until(1010)

    assert line.went == [(1000, BEN, Lane.ANSWERS), (1005, ANNA, Lane.ANSWERS)]


def test_bulk_to_a_paused_chat_is_given_back_at_once() -> None:
    line = Line()
    line.pace.refused(ANNA, 5)
    line.until(1002)
    line.ask(ANNA, Lane.BULK)

    assert line.refused == [(ANNA, 3)]
    assert line.pace.waiting == {Lane.ANSWERS: 0, Lane.BULK: 0}


def test_an_answer_does_not_sit_out_a_long_pause() -> None:
    line = Line()
    line.pace.refused(ANNA, 60)
    line.ask(ANNA)

    assert line.refused == [(ANNA, 60)]


def test_a_pause_reaches_those_already_in_line() -> None:
    line = Line()
    for _ in range(5):
        line.ask(ANNA)
        line.ask(BEN)
    line.until(1000.5)
    line.pace.refused(ANNA, 60)
    line.until(1010)

    assert line.refused == [(ANNA, 60), (ANNA, 60)]
    assert Counter(line.chats()) == {ANNA: 3, BEN: 5}


def test_several_chats_told_off_for_bulk_pause_bulk_and_no_answer() -> None:
    line = Line()
    for chat in range(1, SEVERAL + 1):
        line.pace.refused(chat, 4, Lane.BULK)
    line.ask(ANNA)
    line.ask(BEN, Lane.BULK)
    line.until(1010)

    assert line.went == [(1000, ANNA, Lane.ANSWERS)]
    assert line.refused == [(BEN, 4)]


def test_several_chats_told_to_wait_for_answers_pause_everything() -> None:
    line = Line()
    for chat in range(1, SEVERAL + 1):
        line.pace.refused(chat, 4)
    line.ask(ANNA)
    line.ask(BEN, Lane.BULK)
    line.until(1010)

    assert line.went == [(1004, ANNA, Lane.ANSWERS)]
    assert line.refused == [(BEN, 4)]


def test_one_chat_told_to_wait_again_and_again_pauses_only_itself() -> None:
    line = Line()
    for _ in range(SEVERAL * 3):
        line.pace.refused(ANNA, 4)
    line.ask(BEN)

    assert line.chats() == [BEN]


def test_chats_told_to_wait_far_apart_pause_only_themselves() -> None:
    line = Line()
    for chat in range(1, SEVERAL * 3):
        line.now += 6
        line.pace.refused(chat, 4)
    line.ask(ANNA * 1000)

    assert line.chats() == [ANNA * 1000]


def test_who_withdraws_takes_nobodys_turn() -> None:
    line = Line()
    turns = [line.ask(ANNA) for _ in range(5)]
    line.pace.withdraw(turns[3])
    line.pace.withdraw(turns[0])
    line.until(1010)

    assert [m for m, _, _ in line.went] == pytest.approx([1000, 1000, 1000, 1001], abs=1e-3)
    assert line.pace.waiting[Lane.ANSWERS] == 0


def test_quiet_chats_are_forgotten() -> None:
    line = Line(per_second=1000)
    for chat in range(1, 20_001):
        line.until(line.now + 0.01)
        line.ask(chat)

    assert len(line.went) == 20_000
    assert line.pace.known <= 2 * FORGET_FROM


def test_a_paused_chat_is_not_forgotten() -> None:
    line = Line(per_second=1000)
    line.pace.refused(ANNA, 1000)
    for chat in range(100, 100 + 3 * FORGET_FROM):
        line.until(line.now + 0.01)
        line.ask(chat)
    line.ask(ANNA)

    assert ANNA not in line.chats()
