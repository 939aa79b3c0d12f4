"""A newcomer in front of the page, with the whole bot behind it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.async_api import expect

from sandbox.phone import Phone, Telegram
from tests.journeys.walks import EVENING
from tests.pages.conftest import Visit
from tests.pages.visitor import Visitor

pytestmark = [pytest.mark.page, pytest.mark.asyncio(loop_scope="session")]

WIDE = 1000


async def test_a_newcomer_joins_and_checks_in_with_taps_and_a_reload_keeps_it(
    tg: Telegram, visit: Visit
) -> None:
    anna = await visit(tg.url, WIDE)
    await anna.introduce("Anna")
    await anna.join()
    await expect(anna.page.locator("#keyboard")).to_be_hidden()

    before = await anna.messages.count()
    await anna.tap("Do one now")
    for place, label in enumerate(EVENING, start=1):
        await anna.sees(f"{place} of {len(EVENING)}")
        await anna.tap(label)
    await anna.sees("Warning list: nothing on it")
    await expect(anna.last).to_contain_text("edited")
    assert await anna.messages.count() == before

    await anna.page.reload()
    await anna.sees("Warning list: nothing on it")
    assert await anna.messages.count() == before


async def test_the_clock_brings_reminders_and_moves_by_an_hour_and_to_tomorrow(
    tg: Telegram, visit: Visit
) -> None:
    ben = await visit(tg.url, WIDE)
    await ben.introduce("Ben")
    await ben.join()
    now = ben.page.locator("#now")
    ahead = ben.page.get_by_role("button", name="Next reminder")
    comes = ""
    while "20:30" not in comes:
        await expect(ahead).to_be_enabled()
        comes = await ahead.inner_text()
        await ahead.click()
        await expect(ahead).not_to_have_text(comes, use_inner_text=True)
    await ben.sees("Your evening check-in")
    await ben.sees("1 of 8")
    await expect(now).to_contain_text("20:30")

    await ben.tap("+1 h")
    await expect(now).to_contain_text("21:30")
    await ben.tap("Tomorrow 08:00")
    await expect(now).to_contain_text("08:00")


async def test_an_export_is_downloaded_from_the_chat(
    tg: Telegram, visit: Visit, tmp_path: Path
) -> None:
    cara = await _started(tg, visit, "Cara")
    await cara.say("/export")
    link = cara.page.get_by_role("link", name=".json")
    async with cara.page.expect_download() as coming:
        await link.click()
    download = await coming.value
    await download.save_as(tmp_path / "diary.json")

    assert download.suggested_filename.endswith(".json")
    assert json.loads((tmp_path / "diary.json").read_text())["format"] == "commensal-diary"


async def test_a_button_out_of_date_says_so_in_a_box_to_close(tg: Telegram, visit: Visit) -> None:
    dan = await tg.person("Dan", language="en")
    first = await _welcomed(dan)
    page = await visit(f"{tg.url}/?person={dan.id}")
    await page.sees("how old are you?")
    await dan.tap_data("zz.1", first)

    box = page.page.get_by_role("dialog")
    await expect(box).to_contain_text("out of date")
    await page.tap("OK")
    await expect(box).to_have_count(0)


async def test_who_blocks_the_bot_can_unblock_it_and_talk_on(tg: Telegram, visit: Visit) -> None:
    eva = await _started(tg, visit, "Eva")
    await eva.tap("More")
    await eva.page.get_by_role("menuitem", name="Block the bot").click()
    await expect(eva.button("Unblock")).to_be_visible()
    await expect(eva.page.get_by_label("Message", exact=True)).to_be_hidden()

    await eva.tap("Unblock")
    await eva.say("/help")
    await eva.sees("/privacy")


async def test_the_menu_of_commands_narrows_while_typing_and_sends_what_is_chosen(
    tg: Telegram, visit: Visit
) -> None:
    fay = await _started(tg, visit, "Fay")
    await fay.tap("Commands")
    items = fay.page.get_by_role("menuitem")
    await expect(items.filter(has_text="/checkin")).to_contain_text("How was today?")
    await fay.page.keyboard.press("Escape")
    await expect(items).to_have_count(0)

    await fay.page.get_by_label("Message", exact=True).press_sequentially("/pri")
    await expect(items).to_have_count(1)
    await fay.page.keyboard.press("ArrowDown")
    await fay.page.keyboard.press("Enter")
    await fay.sees("This is the policy of this bot")


async def test_joining_and_talking_need_no_mouse(tg: Telegram, visit: Visit) -> None:
    gil = await visit(tg.url, WIDE)
    keys = gil.page.keyboard
    await gil.tab_to("Add a person")
    await keys.press("Enter")
    await keys.type("Gil")
    await keys.press("Enter")
    await expect(gil.button("START")).to_be_focused()
    await keys.press("Enter")
    await gil.sees("how old are you?")
    await gil.tab_to("18 or older")
    await keys.press("Enter")
    await gil.sees("May I keep your check-ins?")
    await gil.tab_to("Message")
    await keys.type("/privacy")
    await keys.press("Enter")
    await gil.sees("This is the policy of this bot")


async def test_what_a_person_types_comes_back_as_text(tg: Telegram, visit: Visit) -> None:
    hal = await visit(tg.url, WIDE)
    await hal.introduce("<b>Hal</b>")
    await hal.join()
    note = "<img src=x onerror='window.gone=1'><b>bold?</b> & so on"
    await hal.say("/note")
    await hal.sees("Type it and send it")
    await hal.say(note)
    await hal.sees("Add a note")

    await expect(hal.last).to_contain_text(note)
    assert await hal.page.locator("#messages img, .person b").count() == 0
    assert await hal.page.evaluate("window.gone") is None
    await expect(hal.page.locator("#chat-status")).to_have_text("with <b>Hal</b>")


async def _welcomed(phone: Phone) -> int:
    await phone.start()
    return (await phone.wait_for("how old are you?")).id


async def _started(tg: Telegram, visit: Visit, name: str) -> Visitor:
    """Somebody who has begun to join, at a phone's width."""
    phone = await tg.person(name, language="en")
    await _welcomed(phone)
    await phone.tap("18 or older")
    visitor = await visit(f"{tg.url}/?person={phone.id}")
    await visitor.sees("May I keep your check-ins?")
    return visitor
