"""What the page makes of anything a bot may send, and how it looks to different eyes."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import expect

from sandbox.phone import Phone
from tests.pages.conftest import Bare, Visit
from tests.pages.visitor import Visitor

pytestmark = [pytest.mark.page, pytest.mark.asyncio(loop_scope="session")]

EVIL = "<img src=x onerror='window.gone=1'><script>window.gone=1</script>"
ARABIC = "كيف كان يومك؟ 3 من 8"
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverleihung" * 2

CONTRAST = """node => {
  const light = (text) => { const [r, g, b] = text.match(/[\\d.]+/g).slice(0, 3).map((v) => {
      const c = v / 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  let behind = node;
  while (/, 0\\)|transparent/.test(getComputedStyle(behind).backgroundColor)) behind = behind.parentElement;
  const [a, b] = [light(getComputedStyle(node).color), light(getComputedStyle(behind).backgroundColor)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05); }"""


def buttons(*labels: str) -> dict[str, object]:
    return {"inline_keyboard": [[{"text": label, "callback_data": label[:20]}] for label in labels]}


async def begun(bare: Bare, name: str = "Anna") -> Phone:
    phone = await bare.tg.person(name, language="en")
    await phone.start()
    return phone


async def test_nothing_that_is_sent_acts_as_markup(bare: Bare, visit: Visit) -> None:
    anna = await begun(bare, EVIL[:60])
    await bare.api.ok("setMyCommands", commands=[{"command": "x", "description": EVIL}])
    await bare.api.ok("setMyDescription", description=EVIL)
    sent = await bare.api.ok(
        "sendMessage", chat_id=anna.id, text=EVIL, reply_markup=buttons(EVIL[:40])
    )
    await anna.send_file("document", f"{EVIL[:40]}.txt", b"x", caption=EVIL)
    other = await bare.tg.person(EVIL[:50])
    page = await visit(f"{bare.url}/?person={anna.id}", 1000)
    await expect(page.messages).to_have_count(3)
    query = await anna.tap_data("q", sent["message_id"])
    await bare.api.ok("answerCallbackQuery", callback_query_id=query, text=EVIL, show_alert=True)
    await expect(page.page.get_by_role("dialog")).to_contain_text(EVIL)
    await page.tap("OK")
    await page.tap("Commands")
    await expect(page.page.get_by_role("menuitem")).to_contain_text(EVIL)
    await page.page.get_by_role("button", name=f"{EVIL[:50]} has not").click()

    await expect(page.page.locator(".welcome")).to_contain_text(EVIL)
    assert await page.page.locator("main img, #people img, script:not([src])").count() == 0
    assert await page.page.evaluate("window.gone") is None
    assert other.id != anna.id


async def test_an_answer_without_a_box_is_said_for_a_moment(bare: Bare, visit: Visit) -> None:
    anna = await begun(bare)
    await bare.api.ok("sendMessage", chat_id=anna.id, text="Ready?", reply_markup=buttons("Yes"))
    page = await visit(f"{bare.url}/?person={anna.id}")
    await page.tap("Yes")
    await expect(page.button("Yes")).to_have_attribute("aria-busy", "")
    (tap,) = [u["callback_query"] for u in await bare.api.updates() if "callback_query" in u]
    await bare.api.ok("answerCallbackQuery", callback_query_id=tap["id"], text="Noted")

    await expect(page.page.locator("#toast")).to_have_text("Noted")
    await expect(page.button("Yes")).not_to_have_attribute("aria-busy", "")


async def test_an_edit_changes_a_message_where_it_stands(bare: Bare, visit: Visit) -> None:
    anna = await begun(bare)
    first = await bare.api.ok("sendMessage", chat_id=anna.id, text="One")
    await bare.api.ok("sendMessage", chat_id=anna.id, text="Two")
    page = await visit(f"{bare.url}/?person={anna.id}")
    await page.sees("Two")
    await bare.api.ok(
        "editMessageText", chat_id=anna.id, message_id=first["message_id"], text="One, mended"
    )

    await expect(page.messages.nth(1)).to_contain_text("One, mended")
    await expect(page.messages.nth(1)).to_contain_text("edited")
    await expect(page.messages).to_have_count(3)


async def test_two_people_have_a_chat_each_and_news_is_marked(bare: Bare, visit: Visit) -> None:
    anna, ben = await begun(bare, "Anna"), await begun(bare, "Ben")
    await bare.api.ok("sendMessage", chat_id=anna.id, text="For Anna")
    page = await visit(f"{bare.url}/?person={anna.id}", 1000)
    await page.sees("For Anna")
    await bare.api.ok("sendMessage", chat_id=ben.id, text="For Ben")
    row = page.page.locator(".person", has_text="Ben")
    await expect(row.get_by_role("img", name="new")).to_be_visible()
    await row.click()

    await page.sees("For Ben")
    await expect(page.page.get_by_text("For Anna")).to_have_count(1)
    await expect(row.get_by_role("img", name="new")).to_have_count(0)
    await expect(page.page.locator("#chat-status")).to_have_text("with Ben")


async def test_a_quote_stands_apart_by_one_empty_line_and_a_command_is_sent_by_a_tap(
    bare: Bare, visit: Visit
) -> None:
    anna = await begun(bare)
    text = "<b>Title</b>\n\n<blockquote>Said</blockquote>\n\nSend /help."
    await bare.api.ok("sendMessage", chat_id=anna.id, text=text, parse_mode="HTML")
    page = await visit(f"{bare.url}/?person={anna.id}")
    await page.sees("Send /help.")

    title, quote, command = [
        await page.last.locator(part).evaluate("n => n.getBoundingClientRect().toJSON()")
        for part in (".text b", ".text blockquote", ".text .command")
    ]
    above, below = quote["top"] - title["bottom"], command["top"] - quote["bottom"]
    assert abs(above - below) < 10, (above, below)
    await page.page.get_by_role("button", name="/help").click()
    await expect(page.last).to_contain_text("/help")
    await expect(page.messages).to_have_count(3)


async def test_arabic_runs_from_right_to_left_and_english_beside_it_does_not(
    bare: Bare, visit: Visit
) -> None:
    anna = await begun(bare, "ليلى")
    await bare.api.ok("sendMessage", chat_id=anna.id, text="In English")
    await bare.api.ok(
        "sendMessage", chat_id=anna.id, text=ARABIC, reply_markup=buttons("نعم", "Yes")
    )
    page = await visit(f"{bare.url}/?person={anna.id}")
    await page.sees(ARABIC)

    async def runs(text: str) -> str:
        there = page.page.get_by_text(text, exact=True).last
        return str(await there.evaluate("n => getComputedStyle(n).direction"))

    assert [await runs(text) for text in (ARABIC, "نعم", "In English", "Yes")] == [
        "rtl", "rtl", "ltr", "ltr",
    ]  # fmt: skip
    text = page.last.locator(".text")
    side = await text.evaluate(
        "n => { const r = document.createRange(); r.selectNodeContents(n);"
        " const [t, b] = [r.getBoundingClientRect(), n.getBoundingClientRect()];"
        " return Math.abs(t.right - b.right); }"
    )
    assert side < 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_everything_can_be_read_by_day_and_by_night(
    bare: Bare, visit: Visit, scheme: str
) -> None:
    anna = await begun(bare)
    await bare.api.ok(
        "sendMessage", chat_id=anna.id, text="/settings and more", reply_markup=buttons("A button")
    )
    page = await visit(f"{bare.url}/?person={anna.id}", 1000, color_scheme=scheme)
    await page.sees("and more")
    back = await page.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (sum(int(v) for v in back.strip("rgb()").split(",")) < 300) == (scheme == "dark")

    poor = {}
    for part in (".text", ".text .command", ".inline button", ".meta time", ".person .preview",
                 "#chat-status", ".jump-buttons button, #add", ".mine .text", ".day"):  # fmt: skip
        ratio = await page.page.locator(part).first.evaluate(CONTRAST)
        if ratio < 4.5:
            poor[part] = ratio
    assert poor == {}


async def test_nothing_has_to_be_scrolled_sideways_on_a_narrow_phone(
    bare: Bare, visit: Visit
) -> None:
    anna = await begun(bare, "A" * 60)
    for n in range(3):
        await bare.api.ok(
            "sendMessage",
            chat_id=anna.id,
            text=f"{LONG} {n}\n<pre>{'x ' * 80}</pre>",
            parse_mode="HTML",
            reply_markup={
                "inline_keyboard": [
                    [{"text": str(i), "callback_data": str(i)} for i in range(8)],
                    [{"text": LONG, "callback_data": "x"}],
                ]
            },
        )
    await anna.send_file("document", f"{LONG}.txt", b"x")
    await anna.share_location()
    await bare.api.ok("pinChatMessage", chat_id=anna.id, message_id=2)
    await bare.api.ok(
        "sendMessage",
        chat_id=anna.id,
        text="A keyboard",
        reply_markup={"keyboard": [[{"text": LONG}], [{"text": "Yes"}, {"text": "No"}]]},
    )
    page = await visit(f"{bare.url}/?person={anna.id}", 360)
    await page.sees("A keyboard")

    await _fits(page)
    await page.tap("Send something else")
    await _fits(page)
    await page.page.get_by_role("menuitem", name="Place").click()
    await _fits(page)
    await page.page.keyboard.press("Escape")
    await page.tap("People and clock")
    await _fits(page)
    await page.tap("Add a person")
    await _fits(page)


async def _fits(page: Visitor) -> None:
    """Nothing is wider than the window, but for what scrolls by itself (code)."""
    await asyncio.sleep(0.25)  # the side's way in
    wide = await page.page.evaluate(
        "() => [...document.querySelectorAll('html, body, #scroll, #side, #composer, dialog, "
        "#popup, .bubble, .inline')].filter((n) => n.scrollWidth > n.clientWidth + 1 || "
        "n.scrollWidth > innerWidth).map((n) => `${n.id || n.className} ${n.scrollWidth}`)"
    )
    assert wide == []
