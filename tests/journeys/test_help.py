"""Help where a person is: a number by the time zone, another country, none, and a note that worries."""

from __future__ import annotations

import pytest

from sandbox.phone import Phone, Telegram
from tests.journeys.walks import join

pytestmark = pytest.mark.asyncio

FAINTING = "Fainting"
CHANGE = "Not there? Change country"


async def sign(phone: Phone) -> str:
    """Tap a sign of the list that wants help at once; return the fixed text below it."""
    before = {bubble.id for bubble in await phone.messages()}
    await phone.say("/warning")
    listed = await phone.wait_for("The warning list")
    await phone.tap(next(b for b in listed.buttons if FAINTING in b), listed)
    await phone.settle()
    fresh = [b for b in await phone.messages() if b.id not in before]
    return next(b.text for b in fresh if b.text.startswith(FAINTING))


async def test_a_stranger_is_helped_without_a_number(tg: Telegram, anna: Phone) -> None:
    text = await sign(anna)

    assert "emergency number" in text
    assert "112" not in text

    flag = await anna.wait_for(FAINTING)
    await anna.tap("Choose your country", flag)
    asked = await anna.wait_for("Choose a country to see its numbers")
    assert asked.id != flag.id, "the text of the sign stays"
    await anna.tap("More countries", asked)
    await anna.settle()
    asked = next(b for b in await anna.messages() if b.id == asked.id)
    await anna.tap(next(b for b in asked.buttons if b == "Brazil"), asked)
    assert await anna.wait_for("Brazil: 192")
    assert "112" not in await sign(anna), "nothing of it is kept"


async def test_berlin_sees_112_portugal_is_chosen_and_then_none(tg: Telegram, anna: Phone) -> None:
    await join(anna)
    first = await sign(anna)
    assert "Germany, by your time zone: 112" in first
    flag = await anna.wait_for("Germany, by your time zone: 112")

    await anna.tap(CHANGE, flag)
    asked = await anna.wait_for("Country for help")
    assert asked.id != flag.id, "the text of the sign stays"
    await anna.tap("Type another country", asked)
    await anna.wait_for("Type the name of your country")
    await anna.say("Portugal")
    chosen = await anna.wait_for("808 24 24 24")
    assert "Portugal: 112" in await sign(anna)

    await anna.tap("Show no number", chosen)
    await anna.wait_for("I show no number, as you chose.")
    assert "112" not in await sign(anna)


async def test_a_note_that_worries_is_kept_and_answered_and_leads_to_help(
    tg: Telegram, anna: Phone
) -> None:
    await join(anna)
    await anna.say("/note I don't want to live anymore")

    text = await anna.wait_for("If I misread that, forgive me")

    assert "0800 111 0 111" in text.text
    await anna.tap("Where to find help", text)
    listed = await anna.wait_for("The warning list")
    assert listed.id != text.id
    await anna.say("/learn")
    await anna.wait_for("No tips for a day")

    await anna.tap("You misread me", text)
    await anna.wait_for("Thank you for telling me")
    await anna.say("/learn")
    await anna.wait_for("Something to read")


async def test_about_is_there_before_joining(tg: Telegram, anna: Phone) -> None:
    await anna.say("/about")

    assert "signed off by a clinician" in (await anna.wait_for("What this is")).text
