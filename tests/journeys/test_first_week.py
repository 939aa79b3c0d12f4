"""A person's first week, from the first tap to the last, on a phone, with the content that is shipped."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from sandbox.phone import Phone, Telegram
from tests.journeys.walks import EVENING, exported, join

pytestmark = pytest.mark.asyncio


async def test_a_week_from_joining_to_leaving(tg: Telegram, anna: Phone, tmp_path: Path) -> None:
    await join(anna)
    await anna.tap("Do one now")
    await _tap_through(anna)

    await _next_evening(tg, anna)
    await _tap_through(anna)

    await anna.say("/learn")
    shelf = await anna.wait_for("Something to read")
    await anna.tap(next(row[0] for row in shelf.rows if row[0].startswith("Sleep")))
    titles = await anna.wait_for("Which one would you like to read?")
    await anna.tap(titles.rows[0][0])
    tip = await anna.wait_for("From the article")
    assert "General information" in tip.text

    diary = await exported(anna)
    assert [day["day"] for day in diary["check_ins"]] == sorted(
        day["day"] for day in diary["check_ins"]
    )
    assert [len(day["answers"]) for day in diary["check_ins"]] == [8, 8]

    await anna.say("/delete")
    await anna.tap("Delete everything")
    await anna.wait_for("Everything is deleted")
    await anna.settle()
    assert _rows(tmp_path) == {}
    await anna.say("/export")
    await anna.wait_for("nothing about you")


async def test_a_usual_evening_takes_eight_taps_and_leaves_one_message(
    tg: Telegram, anna: Phone
) -> None:
    await join(anna)
    before = len(await tg.sent())
    await _next_evening(tg, anna)

    taps = await _tap_through(anna)

    sent = [m for m in (await tg.sent())[before:] if "A short read" not in m["text"]]
    assert taps == 8
    assert len(sent) == 1


async def test_joining_takes_at_most_seven_taps(tg: Telegram, anna: Phone) -> None:
    taps = 0

    async def tap(label: str) -> None:
        nonlocal taps
        taps += 1
        await anna.tap(label)

    taps += 1  # START
    await anna.start()
    for label in ("18 or older", "Yes, keep my check-ins", "Yes, send me tips"):
        await tap(label)
    await tap("Share my location")
    await tap("20:30")
    await anna.wait_for("All set")

    assert taps <= 7


async def test_a_check_in_that_was_left_goes_on_from_an_old_button(
    tg: Telegram, anna: Phone
) -> None:
    await join(anna)
    await anna.tap("Do one now")
    first = await anna.wait_for("1 of 8")
    await anna.tap("3")
    await anna.say("/checkin")
    await anna.wait_for("2 of 8")

    await anna.tap_data(first.buttons["4"], first)
    await anna.settle()

    diary = await exported(anna)
    ((answer,),) = [day["answers"] for day in diary["check_ins"]]
    assert (answer["question"], answer["code"]) == ("pain_worst", "4")


async def test_a_warning_sign_gets_its_text_and_no_tip_that_day(tg: Telegram, anna: Phone) -> None:
    await join(anna)
    await _next_evening(tg, anna)
    for n, label in enumerate(EVENING[:-1], start=1):
        await anna.tap(label, await anna.wait_for(f"{n} of", ever=True))
    await anna.tap("Show the list")
    listed = await anna.wait_for("warning list")
    sign = listed.rows[0][0]
    await anna.tap(sign)
    await anna.wait_for("emergency number")
    await anna.settle()
    card = (await anna.messages())[-1]
    assert "Thank you for looking in" not in card.text

    await anna.say("/learn")
    await anna.settle()
    assert "General information" not in (await anna.last()).text


async def _next_evening(tg: Telegram, phone: Phone) -> None:
    """Move the clock until the next check-in reminder has come."""
    for _ in range(5):
        await tg.jump("next_due")
        await phone.settle()
        if (await phone.last()).text.startswith("Your evening check-in"):
            return
    raise AssertionError(await phone.show())


async def _tap_through(phone: Phone) -> int:
    """Answer a usual evening; return how many taps it took."""
    for n, label in enumerate(EVENING, start=1):
        await phone.tap(label, await phone.wait_for(f"{n} of", ever=True))
    await phone.wait_for("Warning list: nothing on it")
    return len(EVENING)


def _rows(folder: Path) -> dict[str, int]:
    """Count the rows of every table that has any, but for what names nobody."""
    engine = create_engine(f"sqlite:///{folder / 'sandbox' / 'commensal.db'}")
    with engine.connect() as connection:
        tables = set(inspect(connection).get_table_names())
        counts = {
            name: connection.scalar(text(f'SELECT count(*) FROM "{name}"')) or 0
            for name in tables - {"alembic_version", "meta", "inbox_key", "consent_text"}
        }
    engine.dispose()
    return {name: count for name, count in counts.items() if count}
