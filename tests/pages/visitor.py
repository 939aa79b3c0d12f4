"""Somebody in front of the page: sees what is there, and taps and types like anybody."""

from __future__ import annotations

from playwright.async_api import Locator, Page, expect


class Visitor:
    """Drives one page. Everything is found by what it says or is called, as a person would."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def messages(self) -> Locator:
        """Every message of the chat, whoever sent it."""
        return self.page.get_by_role("article")

    @property
    def last(self) -> Locator:
        """The newest message."""
        return self.messages.last

    def button(self, label: str) -> Locator:
        """The newest button that is called *label*."""
        return self.page.get_by_role("button", name=label, exact=True).last

    async def introduce(self, name: str) -> None:
        """Make somebody up on the page of a sandbox, whether it is empty or not."""
        await expect(self.page.locator("#chat-name")).not_to_be_empty()
        if await self.button("Add this person").count():
            await self.page.get_by_label("Name", exact=True).fill(name)
            await self.tap("Add this person")
        else:
            await self.tap("Add a person")
            await self.page.get_by_label("Name", exact=True).fill(name)
            await self.tap("Add")
        await expect(self.button("START")).to_be_visible()

    async def sees(self, text: str) -> None:
        """Wait until the newest message says *text*."""
        await expect(self.last).to_contain_text(text)

    async def tap(self, label: str) -> None:
        await self.button(label).click()

    async def say(self, text: str) -> None:
        await self.page.get_by_label("Message", exact=True).fill(text)
        await self.button("Send").click()

    async def join(self) -> None:
        """Join from START on, in Berlin, with a reminder at 20:30."""
        await self.tap("START")
        await self.sees("how old are you?")
        await self.tap("18 or older")
        await self.sees("May I keep your check-ins?")
        await self.tap("Yes, keep my check-ins")
        await self.sees("Would you like short tips?")
        await self.tap("Yes, send me tips")
        await self.sees("Where are you?")
        await self.tap("Share my location")
        await self.tap("Berlin")
        await self.sees("When shall I ask")
        await self.tap("20:30")
        await self.sees("All set")

    async def tab_to(self, label: str) -> None:
        """Press Tab until what is called *label* has the focus."""
        for _ in range(60):
            await self.page.keyboard.press("Tab")
            named = await self.page.evaluate(
                "() => { const e = document.activeElement;"
                " return e.getAttribute('aria-label') || e.labels?.[0]?.textContent"
                " || e.textContent; }"
            )
            if str(named).strip() == label:
                return
        raise AssertionError(f"Tab never came to {label!r}")
