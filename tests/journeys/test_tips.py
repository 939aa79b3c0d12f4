"""A tip on a phone: saved, found again, searched for, not for me, tried; old buttons and quiet days."""

from __future__ import annotations

import pytest

from sandbox.phone import Phone, Telegram
from sandbox.transcript import Bubble
from tests.journeys.walks import exported, join

pytestmark = pytest.mark.asyncio

NOTE = "From the article's section"


async def test_a_tip_is_saved_and_found_again_in_four_taps(tg: Telegram, anna: Phone) -> None:
    await _open_sleep(anna)
    tip = await anna.wait_for(NOTE)
    title = tip.text.splitlines()[0]

    await anna.tap("Save")
    await anna.wait_for(lambda b: "Saved" in _labels(b))
    await anna.say("/learn")
    await anna.tap("Saved (1)")
    await anna.tap(title)

    again = await anna.wait_for(lambda b: b.text.startswith(title) and "Saved" in _labels(b))
    assert "Please note" in _labels(again)
    await anna.tap("Saved")
    await anna.wait_for(lambda b: b.text.startswith(title) and "Save" in _labels(b))
    assert (await exported(anna))["tip_opinions"] == []


async def test_words_find_a_tip_after_the_command_and_as_a_message(
    tg: Telegram, anna: Phone
) -> None:
    await join(anna)
    await anna.say("/learn sleep")
    found = await anna.wait_for("Texts with")
    assert len(_labels(found)) >= 3

    await anna.say("/learn")
    await anna.tap("Search")
    await anna.wait_for("Type a word or two")
    await anna.say("xylophone")
    await anna.wait_for("I found nothing")
    await anna.say("Breathing")
    found = await anna.wait_for(lambda b: "Texts with" in b.text and "Breathing" in b.text)
    await anna.tap(_labels(found)[0], found)
    await anna.wait_for(NOTE)


async def test_not_for_me_says_what_it_does_and_is_taken_back(tg: Telegram, anna: Phone) -> None:
    await _open_sleep(anna)
    await anna.tap("Not for me")
    await anna.wait_for("its topic will come less often")
    (row,) = (await exported(anna))["tip_opinions"]
    assert row["helpful"] is False

    await anna.tap("Marked as not for me", await anna.wait_for("less often", ever=True))
    await anna.settle()

    assert (await exported(anna))["tip_opinions"] == []


async def test_what_was_tried_becomes_a_habit_to_keep_an_eye_on(tg: Telegram, anna: Phone) -> None:
    await _open_sleep(anna)
    await anna.tap("I tried it")
    await anna.tap("Keep an eye on it")
    await anna.tap("Note it as done today")
    await anna.wait_for("is noted for today")
    await anna.tap("Fine, back to the text")
    await anna.wait_for("You tried it on")

    diary = await exported(anna)
    (day,) = diary["check_ins"]
    assert [(a["question"], a["code"]) for a in day["answers"]] == [("habit:sleep", "yes")]


async def test_what_else_there_is_lies_behind_one_button(tg: Telegram, anna: Phone) -> None:
    await _open_sleep(anna)
    await anna.tap("Sources and more")
    await anna.tap("Sources")
    await anna.wait_for("No clinician has signed this text off yet.")
    await anna.tap("Back to the text")
    await anna.tap("Please note")
    await anna.wait_for("Please keep in mind")
    await anna.tap("Back to the text")
    await anna.wait_for(NOTE)


async def test_buttons_of_the_last_release_still_work(tg: Telegram, anna: Phone) -> None:
    await _open_sleep(anna)
    tip = await anna.wait_for(NOTE)
    name = next(data for data in tip.buttons.values() if data.startswith("t5:"))[3:]

    for data, words in (
        ("t2:sleep", NOTE),
        (f"t3:{name}", NOTE),
        (f"t4:{name}", ""),
        (f"t5:{name}", "Please keep in mind"),
        (f"t6:{name}", "Where this comes from"),
        (f"t7:{name}", "Why this one?"),
        ("t1", "Something to read"),
    ):
        await anna.tap_data(data, tip)
        await anna.settle()
        assert words in (await anna.wait_for(words, ever=True)).text


async def test_a_text_that_left_the_library_gets_a_kind_word(tg: Telegram, anna: Phone) -> None:
    await _open_sleep(anna)
    tip = await anna.wait_for(NOTE)

    for code in ("t3", "t4", "t12"):
        await anna.tap_data(f"{code}:gone", tip)
    for code in ("t8", "t9", "t10", "t11", "t13", "t14"):
        await anna.tap_data(f"{code}:gone:1", tip)
    await anna.settle()

    assert NOTE in (await anna.last()).text
    assert (await exported(anna))["tip_opinions"] == []


async def _open_sleep(phone: Phone) -> None:
    """Join, and open the first text on sleep: /learn and two taps."""
    await join(phone)
    await phone.say("/learn")
    shelf = await phone.wait_for("Something to read")
    await phone.tap(next(label for label in _labels(shelf) if label.startswith("Sleep")))
    titles = await phone.wait_for("Which one would you like to read?")
    await phone.tap(_labels(titles)[0])
    await phone.wait_for(NOTE)


def _labels(bubble: Bubble) -> list[str]:
    return [label for row in bubble.rows for label in row]
