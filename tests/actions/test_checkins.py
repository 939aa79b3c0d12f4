"""The check-in from its first question to its card, as somebody's taps go through it.

The tests' own library: ache (0-10), visits (0, 1, 2+), shape (unless no visits), the warning list.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
import pytest_asyncio
from sqlalchemy import func, select

from actions import cards, checkins, entries, habits, home, items, people, warnings
from actions.cards import Card, Step
from actions.work import Runner, Work
from domain.checkin import Answer, Source
from domain.consent import Purpose
from domain.errors import Refused
from storage import checkins as store
from storage.tables import AnswerRow, CheckIn
from tests.actions.members import decide, join, member
from tests.conftest import Clock

pytestmark = pytest.mark.asyncio

ANNA, BEN = 7, 8


@pytest_asyncio.fixture(autouse=True)
async def evening(run: Runner) -> None:
    """Anna and Ben have joined; in Berlin it is 20:00 on Monday, 3 March 2025."""
    await run(join, ANNA)
    await run(join, BEN)


async def begin(run: Runner, who: int = ANNA) -> Step:
    return step((await run(checkins.start, who)).views[-1])


async def say(run: Runner, check_in_id: int, *said: tuple[str, str | None]) -> object:
    """Answer one question after the other (None: skip); return the last view."""
    view: object = None
    for name, code in said:
        if code is None:
            view = (await run(checkins.skip, ANNA, check_in_id, name)).views[-1]
        else:
            view = (await run(checkins.answer, ANNA, check_in_id, name, code)).views[-1]
    return view


def step(view: object) -> Step:
    assert isinstance(view, Step)
    return view


def card(view: object) -> Card:
    assert isinstance(view, Card)
    return view


def told(view: object) -> dict[str, str | None]:
    """What a card says of each item: its code, '-' where nobody answered."""
    return {
        line.item.question.id: line.answer.code if line.answer else "-" for line in card(view).lines
    }


async def stored(work: Work, check_in_id: int) -> dict[str, Answer]:
    person = await member(work, ANNA)
    return (await store.answers(work.session, person, [check_in_id]))[check_in_id]


async def rows(work: Work) -> tuple[int, int]:
    """How many check-ins and answers there are."""
    check_ins = await work.session.scalar(select(func.count()).select_from(CheckIn))
    answers = await work.session.scalar(select(func.count()).select_from(AnswerRow))
    return check_ins or 0, answers or 0


WHOLE = (("ache", "3"), ("visits", "1"), ("shape", "round"), ("warning", "no"))


async def test_one_tap_an_answer_leads_to_the_card_and_finishes_the_day(run: Runner) -> None:
    first = await begin(run)

    last = card(await say(run, first.check_in_id, *WHOLE))

    assert (first.item.question.id, first.place, first.total) == ("ache", 1, 4)
    assert told(last) == {"ache": "3", "visits": "1", "shape": "round", "warning": "no"}
    assert last.thanks
    assert not last.open


async def test_each_answer_is_stored_at_once_and_the_check_in_resumes_where_it_stands(
    run: Runner,
) -> None:
    first = await begin(run)
    await say(run, first.check_in_id, ("ache", "0"))

    again = await begin(run)

    assert again.check_in_id == first.check_in_id
    assert (again.item.question.id, again.place) == ("visits", 2)
    assert await run(stored, first.check_in_id) == {"ache": Answer("0", Source.TAPPED)}


async def test_a_second_tap_changes_nothing(run: Runner) -> None:
    first = await begin(run)
    once = await run(checkins.answer, ANNA, first.check_in_id, "ache", "3")
    twice = await run(checkins.answer, ANNA, first.check_in_id, "ache", "3")

    assert once.views == twice.views
    assert await run(rows) == (1, 1)


async def test_back_shows_the_question_before_with_its_answer_and_another_tap_replaces_it(
    run: Runner,
) -> None:
    first = await begin(run)
    second = step(await say(run, first.check_in_id, ("ache", "3")))
    assert second.back_to == "ache"

    back = step(
        (await run(checkins.show_question, ANNA, first.check_in_id, second.back_to)).views[-1]
    )
    following = step(await say(run, first.check_in_id, ("ache", "8")))

    assert back.answer == Answer("3", Source.TAPPED)
    assert following.item.question.id == "visits"
    assert (await run(stored, first.check_in_id))["ache"].code == "8"


async def test_a_question_falls_away_when_the_count_is_0(run: Runner) -> None:
    first = await begin(run)

    view = step(await say(run, first.check_in_id, ("ache", "1"), ("visits", "0")))

    assert (view.item.question.id, view.place, view.total) == ("warning", 3, 3)


async def test_an_answer_that_a_fix_made_fall_away_is_not_shown_and_comes_back_with_it(
    run: Runner,
) -> None:
    first = await begin(run)
    await say(run, first.check_in_id, *WHOLE)

    fixed = await say(run, first.check_in_id, ("visits", "0"))
    back = await say(run, first.check_in_id, ("visits", "2+"))

    assert told(fixed) == {"ache": "3", "visits": "0", "warning": "no"}
    assert told(back) == {"ache": "3", "visits": "2+", "shape": "round", "warning": "no"}


async def test_a_fix_that_asks_for_more_asks_it_and_returns_to_the_card(run: Runner) -> None:
    first = await begin(run)
    await say(run, first.check_in_id, ("ache", "3"), ("visits", "0"), ("warning", "no"))

    newly = step(await say(run, first.check_in_id, ("visits", "1")))
    end = await say(run, first.check_in_id, ("shape", "square"))

    assert newly.item.question.id == "shape"
    assert newly.finished
    assert told(end)["shape"] == "square"
    assert not card(end).thanks


async def test_skipped_is_unknown_and_never_zero(run: Runner) -> None:
    first = await begin(run)

    end = await say(
        run, first.check_in_id, ("ache", None), ("visits", None), ("shape", None), ("warning", None)
    )

    assert told(end) == {"ache": None, "visits": None, "shape": None, "warning": None}
    assert not any(line.answer and line.answer.code == "0" for line in card(end).lines)


async def test_stop_says_how_much_is_kept_and_go_on_leads_back(run: Runner) -> None:
    first = await begin(run)
    await say(run, first.check_in_id, ("ache", "3"), ("visits", None))

    stopped = (await run(checkins.stop, ANNA, first.check_in_id)).views[-1]
    again = step((await run(checkins.resume, ANNA, first.check_in_id)).views[-1])

    assert isinstance(stopped, checkins.Stopped)
    assert stopped.kept == 1
    assert again.item.question.id == "shape"


async def test_a_calm_day_is_shown_first_and_sets_only_what_it_says(run: Runner) -> None:
    first = await begin(run)

    offer = (await run(checkins.offer_calm, ANNA, first.check_in_id)).views[-1]
    assert isinstance(offer, checkins.CalmOffer)
    assert await run(stored, first.check_in_id) == {}
    left = step((await run(checkins.set_calm, ANNA, first.check_in_id)).views[-1])

    assert [(item.question.id, code) for item, code in offer.sets] == [("ache", "0")]
    assert [item.question.id for item in offer.leaves] == ["visits", "shape"]
    assert left.item.question.id == "warning"
    end = await say(run, first.check_in_id, ("warning", "no"))
    assert told(end) == {"ache": "0", "visits": None, "shape": None, "warning": "no"}
    assert (await run(stored, first.check_in_id))["ache"] == Answer("0", Source.PRESET)
    fixed = await say(run, first.check_in_id, ("visits", "1"), ("shape", "round"))
    assert told(fixed)["visits"] == "1"


async def test_a_calm_day_after_answers_keeps_them(run: Runner) -> None:
    first = await begin(run)
    await say(run, first.check_in_id, ("ache", "5"))

    await run(checkins.set_calm, ANNA, first.check_in_id)
    await run(checkins.set_calm, ANNA, first.check_in_id)

    assert (await run(stored, first.check_in_id))["ache"] == Answer("5", Source.TAPPED)


async def test_an_answer_on_a_later_day_is_marked_late(run: Runner, clock: Clock) -> None:
    first = await begin(run)
    clock.advance(days=1)

    await say(run, first.check_in_id, ("ache", "3"))

    assert (await run(stored, first.check_in_id))["ache"] == Answer("3", Source.LATE)


async def test_after_midnight_it_is_still_the_evening_before(run: Runner, clock: Clock) -> None:
    first = await begin(run)
    clock.advance(hours=6)

    assert (await begin(run)).check_in_id == first.check_in_id
    clock.advance(hours=1, minutes=1)
    assert (await begin(run)).check_in_id != first.check_in_id


@pytest.mark.parametrize(("days", "open_still"), [(7, True), (8, False)])
async def test_an_old_button_works_for_seven_days(
    run: Runner, clock: Clock, days: int, open_still: bool
) -> None:
    first = await begin(run)
    clock.advance(days=days)

    if open_still:
        await say(run, first.check_in_id, ("ache", "3"))
    else:
        with pytest.raises(Refused, match="day_closed"):
            await say(run, first.check_in_id, ("ache", "3"))


async def test_yesterday_can_be_filled_in_and_tomorrow_cannot(run: Runner, clock: Clock) -> None:
    today = clock.now.date()

    view = step((await run(checkins.fill_in, ANNA, today - timedelta(days=1))).views[-1])

    assert view.late
    for day, why in ((today + timedelta(days=1), "ahead"), (today - timedelta(days=8), "closed")):
        with pytest.raises(Refused, match=f"day_{why}"):
            await run(checkins.fill_in, ANNA, day)


@pytest.mark.parametrize(
    ("who", "name", "code"),
    [
        (BEN, "ache", "3"),
        (ANNA, "ache", "11"),
        (ANNA, "glow", "dim"),
        (ANNA, "nonsense", "3"),
        (ANNA, "warning", "seen"),
    ],
)
async def test_a_tap_is_never_trusted(run: Runner, who: int, name: str, code: str) -> None:
    first = await begin(run)

    with pytest.raises(Refused, match="stale"):
        await run(checkins.answer, who, first.check_in_id, name, code)

    assert await run(rows) == (1, 0)


@pytest.mark.parametrize(
    "act",
    [
        checkins.stop,
        checkins.resume,
        checkins.offer_calm,
        checkins.set_calm,
        checkins.fix,
        checkins.close,
        habits.show,
        warnings.in_check_in,
    ],
)
async def test_nobody_acts_on_the_check_in_of_another(run: Runner, act: object) -> None:
    first = await begin(run)

    with pytest.raises(Refused, match="stale"):
        await run(act, BEN, first.check_in_id)  # type: ignore[arg-type]


async def test_without_the_consent_nothing_is_opened_or_kept(run: Runner) -> None:
    first = await begin(run)
    await run(decide, ANNA, Purpose.KEEP, given=False)

    with pytest.raises(Refused, match="consent_first"):
        await run(checkins.start, ANNA)
    with pytest.raises(Refused, match="consent_first"):
        await run(checkins.answer, ANNA, first.check_in_id, "ache", "3")


async def test_a_stranger_is_asked_to_join(run: Runner) -> None:
    with pytest.raises(Refused, match="join_first"):
        await run(checkins.start, 99)


async def test_where_a_person_stands_is_their_open_check_in(run: Runner, clock: Clock) -> None:
    async def standing(work: Work) -> Step | Card | None:
        return await checkins.current_step(work, await member(work, ANNA))

    assert await run(standing) is None
    first = await begin(run)
    assert await run(standing) == first
    clock.advance(hours=5)
    await say(run, first.check_in_id, ("ache", "3"))
    clock.advance(minutes=55)  # 01:55, still the same day
    assert step(await run(standing)).item.question.id == "visits"
    await say(run, first.check_in_id, *WHOLE)
    assert told(await run(standing))["ache"] == "3"
    clock.advance(minutes=11)
    assert await run(standing) is None


async def test_a_day_is_done_once_its_check_in_is_finished(run: Runner, clock: Clock) -> None:
    async def done(work: Work) -> bool:
        person = await member(work, ANNA)
        return await checkins.is_done(work, person, people.today_of(work, person))

    first = await begin(run)
    await say(run, first.check_in_id, *WHOLE[:3])
    assert not await run(done)
    await say(run, first.check_in_id, *WHOLE[3:])
    assert await run(done)
    assert told((await run(checkins.start, ANNA)).views[-1])["ache"] == "3"


async def test_an_item_switched_off_is_not_asked_and_its_answer_stays(run: Runner) -> None:
    first = await begin(run)
    await say(run, first.check_in_id, ("ache", "3"))

    await run(items.switch, ANNA, "ache", False)
    view = await begin(run)

    assert (view.item.question.id, view.place, view.total) == ("visits", 1, 3)
    end = await say(run, first.check_in_id, ("visits", "0"), ("warning", "no"))
    assert told(end)["ache"] == "3"


async def test_an_item_switched_on_after_the_day_was_done_stays_open_on_the_card(
    run: Runner,
) -> None:
    first = await begin(run)
    await say(run, first.check_in_id, *WHOLE)

    await run(items.switch, ANNA, "glow", True)
    end = (await run(checkins.start, ANNA)).views[-1]

    assert told(end)["glow"] == "-"


async def test_habits_go_round_their_answers_and_unknown_is_one_of_them(run: Runner) -> None:
    first = await begin(run)
    choice = (await run(habits.show, ANNA, first.check_in_id)).views[-1]
    assert isinstance(choice, items.HabitList)
    await run(items.choose_habit, ANNA, first.check_in_id, "walk", True)

    seen = []
    code: str | None = None
    for _ in range(5):
        code = habits.following(code if code != habits.UNSET else None)
        view = (await run(habits.answer, ANNA, first.check_in_id, "walk", code)).views[-1]
        assert isinstance(view, habits.HabitSheet)
        seen.append(dict(view.states)["walk"])

    assert seen == ["yes", "partly", "not_today", "not_applicable", None]
    assert await run(stored, first.check_in_id) == {}


async def test_habits_stand_on_the_card_and_never_among_the_questions(run: Runner) -> None:
    first = await begin(run)
    await run(items.choose_habit, ANNA, 0, "walk", True)
    await run(habits.answer, ANNA, first.check_in_id, "walk", "partly")

    end = card(await say(run, first.check_in_id, *WHOLE))

    assert end.habits == (("walk", "partly"),)
    assert len(end.lines) == 4


async def test_any_tap_of_the_check_in_ends_the_wait_for_a_note(run: Runner) -> None:
    first = await begin(run)
    await run(entries.ask_note, ANNA)

    await say(run, first.check_in_id, ("ache", "3"))

    async def expected(work: Work) -> bool:
        from actions import awaiting

        return await awaiting.expected(work, await member(work, ANNA)) is not None

    assert not await run(expected)


async def test_the_reminder_brings_the_first_question_and_home_the_open_one(run: Runner) -> None:
    async def brought(work: Work) -> object:
        person = await member(work, ANNA)
        return await checkins.open_for(work, person, people.today_of(work, person))

    first = step(await run(brought))
    await say(run, first.check_in_id, ("ache", "1"))

    assert step(await run(brought)).item.question.id == "visits"
    assert step((await run(home.current, ANNA, None)).views[-1]).item.question.id == "visits"


async def test_a_card_tells_an_earlier_day_that_is_closed(run: Runner, clock: Clock) -> None:
    first = await begin(run)
    await say(run, first.check_in_id, *WHOLE)
    clock.advance(days=9)

    async def look(work: Work) -> Card:
        return await cards.card(work, await member(work, ANNA), first.day)

    assert not (await run(look)).editable
